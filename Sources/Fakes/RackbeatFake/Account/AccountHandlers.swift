import Exchange
import FakeKit
import JSON
import Units

/// The account, its users and settings, and small lists of which little is known.
extension RackbeatFake {
    static var accountRoutes: [Route<Handler>] {
        [
            .get("self", getSelf),
            .list("settings", listSettings),
            .get("settings/{key}", getSetting),
            .list("layouts", listLayouts),
            .list("fields", listFields),
            .list("users", listUsers),
        ]
    }

    func listLayouts(_ context: RequestContext) throws(Refusal) -> Response {
        try list([["number": 1, "name": "Standard"]], as: "layouts", context.query)
    }

    /// No custom fields are kept.
    func listFields(_ context: RequestContext) throws(Refusal) -> Response { try list([JSON](), as: "fields", context.query) }

    func getSelf(_ context: RequestContext) throws(Refusal) -> Response {
        let address: JSON = ["street": nil, "street2": nil, "city": nil, "zipcode": nil, "country": "Denmark"]
        let account: JSON = [
            "id": JSON(accountNumber), "company_name": .string(companyName), "address": address,
        ]
        return Response(status: 200, json: ["user_account": account, "user": Self.user])
    }

    var companyName: String { "Account \(accountNumber)" }

    private static let user: JSON = ["id": 9, "name": "Integration", "email": "integration@example.test"]

    func listUsers(_ context: RequestContext) throws(Refusal) -> Response { try list([Self.user], as: "users", context.query) }

    // MARK: Settings

    private var settings: [(key: String, value: JSON)] {
        [
            ("company_name", .string(companyName)), ("currency", "DKK"),
            ("default_location_id", defaultLocation.map(JSON.init(_:)) ?? .null), ("locale", "da-DK"),
        ]
    }

    func listSettings(_ context: RequestContext) throws(Refusal) -> Response {
        try list(settings.map { ["key": .string($0.key), "value": $0.value] }, as: "settings", context.query)
    }

    func getSetting(_ context: RequestContext) throws(Refusal) -> Response {
        let candidates = context.candidates("key")
        guard let setting = settings.first(where: { candidates.contains($0.key) }) else { throw .notFound }
        return one("setting", ["key": .string(setting.key), "value": setting.value])
    }
}
