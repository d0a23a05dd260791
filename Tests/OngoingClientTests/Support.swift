import Exchange
import HTTPTypes
import JSON
import OngoingClient
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

    /// The body of the last request, a member a line.
    var lastBody: String {
        guard let body = requests.last?.body, let json = try? JSON.parse(body) else { return "no body" }
        return json.pretty
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

    /// The same object with another member, or without it when the value is `nil`; the name may lead into objects: `info/id`.
    func with(_ path: String, _ value: JSON?) -> JSON {
        let names = path.split(separator: "/", maxSplits: 1).map(String.init)
        var members = object!
        members[names[0]] = names.count == 1 ? value : members[names[0]]!.with(names[1], value)
        return .object(members)
    }

    func without(_ path: String) -> JSON { with(path, nil) }

    /// The same object with the first element of one of its arrays changed.
    func withFirst(of name: String, _ change: (JSON) -> JSON) -> JSON {
        var elements = self[name]!.array!
        elements[0] = change(elements[0])
        return with(name, .array(elements))
    }
}
