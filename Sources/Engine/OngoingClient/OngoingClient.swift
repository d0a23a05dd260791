import ClientKit
package import Exchange
import HTTPTypes
import JSON
import Trade
package import Units

/// Ongoing's API for goods owners, in the trade's terms.
///
/// One client speaks for one goods owner; one user may reach several, so the goods owner stands apart from the credentials.
///
/// Every call throws ``ExchangeError``. A success that cannot be understood is `.unreadable`; after a write its effect is
/// `unknown`, because the server did accept the request. Every write is a PUT by natural key, a PATCH or a DELETE, and may be repeated.
package final class OngoingClient {
    package let profile: Profile
    /// The warehouse's clock at its latest response; `nil` while no response carried it.
    package var serverTime: Moment? { api.serverTime }
    /// The same, with when that response came by our own clock.
    package var latestDate: (shown: Moment, came: Moment)? { api.latestDate }
    /// How many writes got no response that says what became of them.
    package var writesWithUnknownOutcome: Int { api.writesWithUnknownOutcome }
    let goodsOwner: Int

    let api: APIClient

    /// Reads, and returns how far the warehouse's clock is ahead of ours as well; `nil` when no response carried it.
    package func watchingClock<Value>(_ read: () throws -> Value) rethrows -> (value: Value, clockAhead: Duration?) {
        try api.watchingClock(read)
    }

    /// - Parameter basePath: What every path begins with, such as `/demo/api/v1`; the first part names the warehouse.
    package init(
        retryingClient: RetryingClient, basePath: String, user: String, password: String, goodsOwner: Int, profile: Profile
    ) {
        self.goodsOwner = goodsOwner
        self.profile = profile
        api = APIClient(
            retryingClient: retryingClient, basePath: basePath, scheme: "Basic",
            credentials: Secret(Base64.encode("\(user):\(password)")), hiding: [Secret(password)],
            dialect: APIClient.Dialect(
                headers: [.accept: "application/json"], timeout: .seconds(30), isRepeatable: { _ in true },
                refusalText: OngoingRefusal.text, zone: Zone(rawValue: profile["zone_less_time"]) ?? .utc))
    }

    /// Reads, and returns the warehouse's clock at the oldest response as well; `nil` when no response carried it.
    package func dated<Value>(_ read: () throws -> Value) rethrows -> (value: Value, asOf: Moment?) { try api.dated(read) }

    /// Sends a call whose response says nothing that is needed. Some are declared as a bare stream of bytes; a page of HTML,
    /// however, comes from a proxy and not from Ongoing.
    func perform(_ call: Call) throws {
        let response = try api.send(call)
        let type = response.headers[.contentType]?.lowercased() ?? ""
        if type.hasPrefix("text/html") {
            throw api.unreadable(call, "status \(response.status) with Content-Type text/html instead of JSON")
        }
    }
}
