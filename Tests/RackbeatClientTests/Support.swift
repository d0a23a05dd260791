import Exchange
import HTTPTypes
import JSON
import RackbeatClient
import Units

/// Returns responses from a list and records the requests.
final class ScriptedTransport: Transport {
    struct ScriptEnded: Error {}

    private(set) var requests: [Request] = []
    private var responses: [Response]

    init(_ responses: [Response]) { self.responses = responses }

    func send(_ request: Request) throws -> Response {
        requests.append(request)
        guard !responses.isEmpty else { throw ScriptEnded() }
        return responses.removeFirst()
    }

    /// Method, target and body of every request, one a line.
    var conversation: [String] {
        requests.map { request in
            let body = String(decoding: request.body, as: UTF8.self)
            return "\(request.method.rawValue) \(request.target)" + (body.isEmpty ? "" : " \(body)")
        }
    }
}

/// A clock that only moves when somebody waits.
final class ManualClock: Clock {
    private var time = Moment(iso: "2026-03-02T13:05:09Z")!
    func now() -> Moment { time }
    func wait(for duration: Duration) { time = time + duration }
}

/// Always the same number: the pauses between attempts do not matter here.
struct FixedNumber: RandomNumberGenerator {
    mutating func next() -> UInt64 { 7 }
}

/// The choices that the client reads, as the ledger has them.
let defaults = Profile(
    system: .rackbeat,
    choices: [
        "time_zone": "Europe/Copenhagen", "max_limit": "1000", "updated_from_param": "updated_at_from",
        "updated_from_inclusive": "true", "sort_param": "order_by", "orders.list_embeds_lines": "true",
        "po.list_embeds_lines": "true", "price.taxful": "computed", "shipment.partial_mode": "lines_in_body",
        "receipt.partial_mode": "edit_after_create", "receipt.envelope_key": "purchase_order_receipt",
        "receipt.line_put_quantity_alone": "true", "adjustment.mode": "absolute_via_read",
        "adjustment.relative_flag_name": "is_relative", "adjustment.needs_booking": "true",
        "adjustment.line_quantity": "change", "adjustment.deletable": "true",
    ])

/// A client with scripted responses.
struct Bench {
    let transport: ScriptedTransport
    let client: RackbeatClient

    init(_ responses: [Response], choosing changes: [String: String] = [:], token: String = "s3cret-t0ken") {
        transport = ScriptedTransport(responses)
        let retryingClient = RetryingClient(
            system: .rackbeat, transport: transport, clock: ManualClock(), rateLimiter: RateLimiter(calls: nil),
            random: FixedNumber())
        client = RackbeatClient(
            retryingClient: retryingClient, basePath: "/api", token: token, profile: defaults.changing(changes),
            userAgent: "Tandem (mail@example.test)", consumerName: "Tandem", consumerContact: "mail@example.test")
    }

    init(_ responses: JSON..., choosing changes: [String: String] = [:]) {
        self.init(responses.map { Response(status: 200, json: $0) }, choosing: changes)
    }
}

/// The text of the error that a call ends with.
func failure(of call: () throws -> some Any) -> String {
    do {
        return "no failure: \(try call())"
    } catch {
        return "\(error)"
    }
}

extension JSON {
    static func read(_ text: String) -> JSON {
        do {
            return try JSON.parse(text)
        } catch {
            preconditionFailure("the sample is no JSON: \(error)")
        }
    }

    /// The same object with another member, or without it when the value is `nil`.
    func with(_ name: String, _ value: JSON?) -> JSON {
        var members = object!
        members[name] = value
        return .object(members)
    }

    func without(_ name: String) -> JSON { with(name, nil) }

    /// The same object with its first line changed.
    func withFirstLine(_ change: (JSON) -> JSON) -> JSON {
        var lines = self["lines"]!.array!
        lines[0] = change(lines[0])
        return with("lines", .array(lines))
    }
}
