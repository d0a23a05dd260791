import Exchange
import JSON
import OngoingClient
import Scripted

/// The choices that the client reads, as the ledger has them.
let defaults = Profile(
    system: .ongoing, choices: ["put.null_members": "keep", "line_price": "total", "zone_less_time": "UTC"])

/// A client with scripted responses.
struct Bench {
    let transport: ScriptedTransport
    let client: OngoingClient

    init(_ responses: [Response], choosing changes: [String: String] = [:]) {
        transport = ScriptedTransport(responses)
        let retryingClient = RetryingClient(
            system: .ongoing, transport: transport, clock: ManualClock(), rateLimiter: RateLimiter(calls: nil),
            random: FixedNumber())
        client = OngoingClient(
            retryingClient: retryingClient, basePath: "/demo/api/v1", user: "WSIfjord", password: "pæss:w0rd", goodsOwner: 42,
            profile: defaults.changing(changes))
    }

    init(_ responses: JSON..., choosing changes: [String: String] = [:]) {
        self.init(responses.map { Response(status: 200, json: $0) }, choosing: changes)
    }
}
