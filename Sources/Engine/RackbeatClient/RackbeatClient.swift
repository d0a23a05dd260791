package import Exchange
import HTTPTypes
import JSON
import Trade
import Units

/// Rackbeat's API, asked and answered in the trade's terms.
///
/// One client speaks for one account: a token is an account. It decides nothing and remembers nothing but suppliers; what the
/// public material leaves open about the account is read from the profile.
///
/// Every call throws ``ExchangeError``. A success that cannot be understood is `.unreadable`; after a write its effect is
/// `unknown`, since the server did say yes.
package final class RackbeatClient {
    package let profile: Profile
    /// The clock of the account: filters carry no offset, and answers may carry none.
    let zone: Zone
    /// What was learnt about suppliers since the last list was begun; `nil` for one that does not exist.
    var suppliers: [String: Supplier?] = [:]

    private let retryingClient: RetryingClient
    private let basePath: String
    private let headers: HTTPFields
    private let token: Secret

    /// - Parameters:
    ///   - basePath: What every path begins with, such as `/api`.
    ///   - userAgent: In the form `Name (mail)`. Anonymous clients risk being shut out, says the official client's configuration.
    package init(
        retryingClient: RetryingClient, basePath: String, token: String, profile: Profile, userAgent: String,
        consumerName: String,
        consumerContact: String
    ) {
        guard let zone = Zone(rawValue: profile["time_zone"]) else {
            preconditionFailure("'\(profile["time_zone"])' is no time zone of the ledger")
        }
        let token = Secret(token)
        self.retryingClient = retryingClient
        self.basePath = basePath
        self.token = token
        self.profile = profile
        self.zone = zone
        // The docs ask for both types on every call, also on one without a body.
        headers = [
            .accept: "application/json",
            .contentType: "application/json",
            .userAgent: userAgent,
            .consumerName: consumerName,
            .consumerContact: consumerContact,
            .apiVersion: "latest",
        ]
        retryingClient.explain = { token.masked(in: RefusalText.of($0)) }
    }

    /// Sends one call and hands back its 2xx response.
    func send(_ call: Call) throws -> Response {
        var target = basePath + "/" + call.path
        if !call.query.isEmpty { target += "?" + call.query.text }
        var headers = headers
        headers[.authorization] = "Bearer " + token.reveal()
        // The official client allows ninety seconds in all.
        let request = Request(
            call.method, target, headers: headers, body: call.body?.serialized ?? [], timeout: .seconds(90))
        return try retryingClient.send(request, place: call.place, repeatable: call.isRepeatable)
    }
}

extension HTTPField.Name {
    static let consumerName = HTTPField.Name("Consumer-Name")!
    static let consumerContact = HTTPField.Name("Consumer-Contact")!
    static let apiVersion = HTTPField.Name("API-Version")!
}
