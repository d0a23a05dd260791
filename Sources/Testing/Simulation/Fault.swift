package import Exchange
import HTTPTypes
package import Units

/// What goes wrong with an exchange.
package enum FaultKind: String, Sendable, CaseIterable {
    case refusedConnection = "refused-connection"
    case requestLost = "request-lost"
    case responseLost = "response-lost"
    case tooManyRequests = "too-many-requests"
    case tooManyRequestsUntilDate = "too-many-requests-until-date"
    case serverErrorBefore = "server-error-before"
    case serverErrorAfter = "server-error-after"
    case badGateway = "bad-gateway"
    case serviceUnavailable = "service-unavailable"
    case requestTimeout = "request-timeout"
    case unauthorised
    case slow
    case lateEffect = "late-effect"
    case resetMidBody = "reset-mid-body"
    case truncatedJSON = "truncated-json"
    case html
    case noID = "no-id"
    case noContent = "no-content"
    case staleRead = "stale-read"
    case duplicatedRequest = "duplicated-request"

    /// For reports: stands after «exchange 12:».
    package var words: String {
        switch self {
        case .refusedConnection: "the connection was refused"
        case .requestLost: "the request was lost on the way"
        case .responseLost: "carried out, but the response was lost"
        case .tooManyRequests: "429 with Retry-After in seconds, not carried out"
        case .tooManyRequestsUntilDate: "429 with Retry-After as a date, not carried out"
        case .serverErrorBefore: "500, not carried out"
        case .serverErrorAfter: "500, although it was carried out"
        case .badGateway: "502 from a proxy, not carried out"
        case .serviceUnavailable: "503, not carried out"
        case .requestTimeout: "408, not carried out"
        case .unauthorised: "401, not carried out"
        case .slow: "carried out, but the response came after the time-out"
        case .lateEffect: "carried out only after the time-out"
        case .resetMidBody: "carried out, but the connection broke in the middle of the response"
        case .truncatedJSON: "carried out, but the response was truncated"
        case .html: "a proxy responded 200 with HTML, not carried out"
        case .noID: "carried out, but the response has no id"
        case .noContent: "carried out, but the response was 204 without a body"
        case .staleRead: "an earlier response was repeated, not carried out"
        case .duplicatedRequest: "delivered and carried out twice"
        }
    }

    /// Whether the request can have an effect at the server.
    package var isCarriedOut: Bool {
        switch self {
        case .refusedConnection, .requestLost, .tooManyRequests, .tooManyRequestsUntilDate, .serverErrorBefore, .badGateway,
            .serviceUnavailable, .requestTimeout, .unauthorised, .html, .staleRead:
            false
        case .responseLost, .serverErrorAfter, .slow, .lateEffect, .resetMidBody, .truncatedJSON, .noID, .noContent,
            .duplicatedRequest:
            true
        }
    }

    /// Whether this can happen to such a request: only a read can be stale, only a write answers with the id of what it made.
    package func strikes(_ request: Request) -> Bool {
        switch self {
        case .staleRead: request.method == .get
        case .noID: request.method != .get
        default: true
        }
    }
}

/// A rule for trouble: which exchanges are struck, and by what.
package struct Fault: Sendable, Equatable {
    package var match: ExchangePattern
    package var kind: FaultKind
    /// The name of a connection; `nil`: any.
    package var connection: String?
    /// The first matching exchange that is struck, from 1.
    package var nth = 1
    /// How many from then on; `nil`: all.
    package var times: Int? = 1
    /// Only exchanges that begin within this time count as matching.
    package var from: Moment?
    package var until: Moment?
    /// What `Retry-After` asks for: whole seconds.
    package var retryAfter = Duration.seconds(30)
    /// How long after the caller gave up a late effect comes.
    package var delay = Duration.seconds(5)

    package init(_ match: ExchangePattern, _ kind: FaultKind, nth: Int = 1, times: Int? = 1) {
        self.match = match
        self.kind = kind
        self.nth = nth
        self.times = times
    }
}

/// The faults of a run in their order, and how often each has matched.
struct FaultPlan {
    private var rules: [(fault: Fault, matches: Int)] = []
    /// What strikes the exchange of that number, whichever it is.
    private var numbered: [Int: FaultKind] = [:]
    /// Whether one of them was a stale read: every answer to a read may be wanted again.
    private var keepsEveryRead = false
    /// The latest answer to each read that a stale read may repeat, of those served to callers outside.
    var servedReads: [String: Response] = [:]
    /// In the order in which they rule, and how often each has struck.
    var standing: [(fault: Fault, strikes: Int)] {
        rules.map { fault, matches in
            let reached = max(0, matches - fault.nth + 1)
            return (fault, fault.times.map { min($0, reached) } ?? reached)
        }
    }
    /// How often a fault has struck.
    private(set) var strikes = 0
    /// How often one did that was aimed at a number.
    private(set) var numberedStrikes = 0
    /// How often that took the place of one whose turn it was.
    private(set) var displaced = 0

    mutating func add(_ fault: Fault) { rules.append((fault, 0)) }

    mutating func add(_ kind: FaultKind, exchange number: Int) {
        numbered[number] = kind
        if kind == .staleRead { keepsEveryRead = true }
    }

    mutating func removeAll() {
        rules = []
        numbered = [:]
        servedReads = [:]
    }

    func mayServeStale(_ system: System, _ request: Request, path: Substring) -> Bool {
        keepsEveryRead
            || rules.contains { $0.fault.kind == .staleRead && $0.fault.match.matches(system, request.method, path: path) }
    }

    /// What was aimed at this number, if such a thing can happen to the request.
    mutating func ruling(on request: Request, number: Int, hasEarlierAnswer: Bool) -> Fault? {
        guard let kind = numbered[number], kind.strikes(request), kind != .staleRead || hasEarlierAnswer else { return nil }
        strikes += 1
        numberedStrikes += 1
        return Fault(ExchangePattern(.rackbeat, nil, "/**"), kind)
    }

    /// The first fault whose turn it is. Those that match without its being their turn count the exchange and let it pass.
    ///
    /// - Parameter isTaken: Whether another strikes the exchange in any case. One whose turn it was has had it then.
    mutating func ruling(
        on request: Request, to system: System, of connection: String, path: Substring, at now: Moment, hasEarlierAnswer: Bool,
        isTaken: Bool = false
    ) -> Fault? {
        for index in rules.indices {
            let fault = rules[index].fault
            guard fault.match.matches(system, request.method, path: path), fault.kind.strikes(request),
                fault.kind != .staleRead || hasEarlierAnswer,
                fault.connection.map({ $0 == connection }) ?? true, fault.from.map({ now >= $0 }) ?? true,
                fault.until.map({ now < $0 }) ?? true
            else { continue }
            rules[index].matches += 1
            let turn = rules[index].matches - fault.nth
            guard turn >= 0, fault.times.map({ turn < $0 }) ?? true else { continue }
            guard !isTaken else {
                displaced += 1
                return nil
            }
            strikes += 1
            return fault
        }
        return nil
    }
}
