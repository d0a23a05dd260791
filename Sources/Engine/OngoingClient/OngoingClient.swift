package import Exchange
import HTTPTypes
import JSON
import Trade
package import Units

/// Ongoing's API for goods owners, asked and answered in the trade's terms.
///
/// One client speaks for one goods owner; one user may reach several, so the goods owner stands apart from the credentials.
///
/// Every call throws ``ExchangeError``. A success that cannot be understood is `.unreadable`; after a write its effect is
/// `unknown`, since the server did say yes. Every write is a PUT by natural key, a PATCH or a DELETE, and may be repeated.
package final class OngoingClient {
    package let profile: Profile
    /// The warehouse's clock at its latest answer; `nil` while it has not told.
    package var serverTime: Moment? { retryingClient.serverTime }
    /// How many writes have gone without an answer that says what became of them.
    package var writesInDoubt: Int { retryingClient.writesInDoubt }
    let goodsOwner: Int

    private let retryingClient: RetryingClient
    private let basePath: String
    private let user: String
    private let password: Secret

    /// - Parameter basePath: What every path begins with, such as `/demo/api/v1`; the first part names the warehouse.
    package init(
        retryingClient: RetryingClient, basePath: String, user: String, password: String, goodsOwner: Int, profile: Profile
    ) {
        let secrets = [Secret(password), Secret(Base64.encode("\(user):\(password)"))]
        self.retryingClient = retryingClient
        self.basePath = basePath
        self.user = user
        self.password = secrets[0]
        self.goodsOwner = goodsOwner
        self.profile = profile
        retryingClient.explain = { response in
            secrets.reduce(RefusalText.of(response)) { text, secret in secret.masked(in: text) }
        }
    }

    /// Reads, and tells of when the oldest part of it is by the warehouse's clock; `nil` when no answer told. An answer that a cache
    /// gives again keeps the date of its first time.
    package func dated<Value>(_ read: () throws -> Value) rethrows -> (value: Value, asOf: Moment?) {
        retryingClient.oldestServerTime = nil
        return (try read(), retryingClient.oldestServerTime)
    }

    /// Sends one call and hands back its 2xx response.
    func send(_ call: Call) throws -> Response {
        var target = basePath + "/" + call.path
        if !call.query.isEmpty { target += "?" + call.query.text }
        var headers: HTTPFields = [.accept: "application/json"]
        headers[.authorization] = "Basic " + Base64.encode("\(user):\(password.reveal())")
        if call.body != nil { headers[.contentType] = "application/json" }
        let request = Request(
            call.method, target, headers: headers, body: call.body?.serialized ?? [], timeout: .seconds(30))
        return try retryingClient.send(request, place: call.place, repeatable: true)
    }
}
