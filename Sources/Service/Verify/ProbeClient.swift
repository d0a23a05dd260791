import Exchange
import HTTPTypes
import JSON
import Units

/// Sends raw requests to one system: a response that a client would turn into an error is evidence here.
final class ProbeClient {
    let system: System
    let profile: Profile
    private let transport: any Transport
    private let clock: any Clock
    private let rateLimiter: RateLimiter
    private let basePath: String
    private let headers: HTTPFields
    /// Every `X-RateLimit-Limit` that was seen is the same one; `nil` until then.
    private(set) var rateLimit: String?
    /// Whether what is sent breaks the contract on purpose.
    private(set) var isProvoking = false
    private var remembered: [String: Response] = [:]

    init(
        _ system: System, profile: Profile, transport: any Transport, clock: any Clock, rateLimiter: RateLimiter,
        basePath: String,
        headers: HTTPFields
    ) {
        self.system = system
        self.profile = profile
        self.transport = transport
        self.clock = clock
        self.rateLimiter = rateLimiter
        self.basePath = basePath
        self.headers = headers
    }

    func now() -> Moment { clock.now() }

    /// Reads; several probes with the same request share one response.
    func get(_ path: String, _ parameters: KeyValuePairs<String, String> = [:]) throws -> Response {
        try get(path, parameters.map { ($0.key, $0.value) })
    }

    func get(_ path: String, _ parameters: [(String, String)]) throws -> Response {
        let target = target(path, parameters)
        if let known = remembered[target] { return known }
        let response = try send(Request(.get, target, headers: headers))
        remembered[target] = response
        return response
    }

    /// Reads what may have changed since it was read before.
    func fresh(_ path: String, _ parameters: [(String, String)]) throws -> Response {
        remembered[target(path, parameters)] = nil
        return try get(path, parameters)
    }

    /// Reads in a way that the contract does not allow, to see how the server responds.
    func provoke(
        _ path: String, _ parameters: KeyValuePairs<String, String> = [:], without names: [HTTPField.Name] = []
    ) throws -> Response {
        isProvoking = true
        defer { isProvoking = false }
        var headers = headers
        for name in names { headers[name] = nil }
        return try send(Request(.get, target(path, parameters.map { ($0.key, $0.value) }), headers: headers))
    }

    /// Writes. Only where the operator allowed it.
    func write(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON?, isProvoking: Bool = false
    ) throws -> Response {
        self.isProvoking = isProvoking
        defer { self.isProvoking = false }
        var headers = headers
        headers[.contentType] = "application/json"
        remembered = [:]
        return try send(Request(method, target(path, []), headers: headers, body: body?.serialized ?? []))
    }

    private func target(_ path: String, _ parameters: [(String, String)]) -> String {
        var query = Query()
        for (name, value) in parameters { query.append(name, value) }
        return basePath + "/" + path + (query.isEmpty ? "" : "?" + query.text)
    }

    /// A response to the request itself: a server that is busy or failing is asked up to three times.
    private func send(_ request: Request) throws -> Response {
        var attempt = 1
        while true {
            while true {
                let delay = rateLimiter.take(at: clock.now())
                guard delay > .zero else { break }
                try clock.wait(for: delay)
            }
            let response = try transport.send(request)
            if let limit = response.headers[.rateLimitLimit] { rateLimit = limit }
            guard response.status == 429 || response.status >= 500, attempt < 3, request.method == .get else {
                return response
            }
            let asked = response.headers[.retryAfter].flatMap { Int($0) } ?? 5
            try clock.wait(for: .seconds(min(max(asked, 1), 120)))
            attempt += 1
        }
    }
}

extension HTTPField.Name {
    fileprivate static let rateLimitLimit = HTTPField.Name("X-RateLimit-Limit")!
}

/// What a probe found.
enum ProbeResult {
    /// The system behaves as this choice of the assumption says.
    case choice(String)
    /// Neither confirmed nor refuted, and why.
    case inconclusive(String)

    static func flag(_ value: Bool) -> ProbeResult { .choice(value ? "true" : "false") }

    /// A response that was not expected.
    static func unexpected(_ response: Response) -> ProbeResult { .inconclusive("the response was \(response.status)") }
}

extension Response {
    /// The rows of a list.
    func rows(_ key: String) -> [JSON]? { tree?[key]?.array }
}
