import ClientKit
package import Exchange
import HTTPTypes
import JSON
import Trade
import Units

/// Rackbeat's API, in the trade's terms.
///
/// One client speaks for one account: a token is an account. It decides nothing and remembers nothing but suppliers; what the
/// public material leaves open about the account is read from the profile.
///
/// Every call throws ``ExchangeError``. A success that cannot be understood is `.unreadable`; after a write its effect is
/// `unknown`, because the server did accept the request.
package final class RackbeatClient {
    package let profile: Profile
    /// The clock of the account: filters carry no offset, and responses may carry none.
    let zone: Zone
    /// What was learnt about suppliers since the last list was begun; `nil` for one that does not exist.
    var suppliers: [String: Supplier?] = [:]

    /// The page that was read last, when it was full and nothing said whether there is another.
    var latestFullPage: (path: String, page: Int, rows: UInt64)?
    /// What was seen of the lists that are being read.
    var watches: [String: ListWatch] = [:]

    let api: APIClient

    /// Reads, and returns how far Rackbeat's clock is ahead of ours as well; `nil` when no response carried it.
    package func watchingClock<Value>(_ read: () throws -> Value) rethrows -> (value: Value, clockAhead: Duration?) {
        try api.watchingClock(read)
    }

    /// - Parameters:
    ///   - basePath: What every path begins with, such as `/api`.
    ///   - userAgent: In the form `Name (email)`. Anonymous clients risk being shut out, says the official client's configuration.
    package init(
        retryingClient: RetryingClient, basePath: String, token: String, profile: Profile, userAgent: String,
        consumerName: String,
        consumerContact: String
    ) {
        guard let zone = Zone(rawValue: profile["time_zone"]) else {
            preconditionFailure("'\(profile["time_zone"])' is no time zone of the ledger")
        }
        self.profile = profile
        self.zone = zone
        api = APIClient(
            retryingClient: retryingClient, basePath: basePath, scheme: "Bearer", credentials: Secret(token),
            dialect: APIClient.Dialect(
                // The docs ask for both types on every call, also on one without a body.
                headers: [
                    .accept: "application/json",
                    .contentType: "application/json",
                    .userAgent: userAgent,
                    .consumerName: consumerName,
                    .consumerContact: consumerContact,
                    .apiVersion: "latest",
                ],
                // The official client allows ninety seconds in all.
                timeout: .seconds(90),
                // Neither idempotency keys nor natural keys exist, so a POST carried out twice makes two documents.
                isRepeatable: { $0 != .post }, refusalText: RackbeatRefusal.text, zone: zone))
    }
}

extension HTTPField.Name {
    static let consumerName = HTTPField.Name("Consumer-Name")!
    static let consumerContact = HTTPField.Name("Consumer-Contact")!
    static let apiVersion = HTTPField.Name("API-Version")!
}
