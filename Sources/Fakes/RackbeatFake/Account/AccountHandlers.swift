import Exchange
import JSON

/// Small lists that hang on an item or on the account, of which little is known.
extension RackbeatFake {
    /// Custom fields are kept for orders only.
    func listItemFields(_ context: RequestContext) throws(Refusal) -> Response {
        try itemList("field_values", context) { _ in [] }
    }

    /// Prices are kept in the account's own currency only, and stand on the item itself.
    func listItemPrices(_ context: RequestContext) throws(Refusal) -> Response {
        try itemList("currency_prices", context) { _ in [] }
    }

    func listItemTranslations(_ context: RequestContext) throws(Refusal) -> Response {
        try itemList("translations", context) { _ in [] }
    }

    func listItemUnits(_ context: RequestContext) throws(Refusal) -> Response {
        try itemList("item_units", context) { item in
            // Every account has the first unit, and no item more than one.
            let unit = unitBook[item.unit ?? 1].map { ["number": JSON($0.number), "name": .string($0.name)] as JSON }
            return [["unit": unit ?? nil, "quantity": 1]]
        }
    }

    private func itemList(
        _ plural: String, _ context: RequestContext, _ rows: (ProductRecord) -> [JSON]
    ) throws(Refusal) -> Response {
        let item = try product(context, ofKind: context.isBelow("lots") ? .lot : .product)
        return try list(rows(item), as: plural, context.query)
    }

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
