package import Exchange
import HTTPTypes
import JSON
package import Units

/// Returns responses from a list and records the requests.
package final class ScriptedTransport: Transport {
    package struct ScriptEnded: Error {}

    package private(set) var requests: [Request] = []
    private var responses: [Response]

    package init(_ responses: [Response]) { self.responses = responses }

    package func send(_ request: Request) throws -> Response {
        requests.append(request)
        guard !responses.isEmpty else { throw ScriptEnded() }
        return responses.removeFirst()
    }

    /// Method, target and body of every request, one a line.
    package var conversation: [String] {
        requests.map { request in
            let body = String(decoding: request.body, as: UTF8.self)
            return "\(request.method.rawValue) \(request.target)" + (body.isEmpty ? "" : " \(body)")
        }
    }

    /// The body of the last request, a member a line.
    package var lastBody: String {
        guard let body = requests.last?.body, let json = try? JSON.parse(body) else { return "no body" }
        return json.pretty
    }
}

/// A clock that only moves when somebody waits.
package final class ManualClock: Clock {
    package init() {}

    private var time = Moment(iso: "2026-03-02T13:05:09Z")!
    package func now() -> Moment { time }
    package func wait(for duration: Duration) { time = time + duration }
}

/// Always the same number: the pauses between attempts do not matter here.
package struct FixedNumber: RandomNumberGenerator {
    package init() {}

    package mutating func next() -> UInt64 { 7 }
}
