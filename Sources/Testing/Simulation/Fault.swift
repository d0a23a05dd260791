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
    case serviceUnavailableAfter = "service-unavailable-after"
    case requestTimeoutAfter = "request-timeout-after"
    case duplicatedLater = "duplicated-later"
    case futureRow = "future-row"
    case endlessList = "endless-list"
    case endlessRows = "endless-rows"
    case oversized
    case badGatewayAfter = "bad-gateway-after"
    case serviceUnavailableWithRetryAfter = "service-unavailable-with-retry-after"
    case notFoundPage = "not-found-page"
    case unsorted
    case filterIgnored = "filter-ignored"
    case lateRow = "late-row"
    case numbersAsTexts = "numbers-as-texts"
    /// The two have their response from the fault.
    case respond
    case respondAfter = "respond-after"

    /// For people, after «exchange 12:».
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
        case .serviceUnavailableAfter: "503, although it was carried out"
        case .requestTimeoutAfter: "408, although it was carried out"
        case .duplicatedLater: "delivered and carried out, and once more some time later"
        case .endlessList: "the list showed its first page, whichever was asked for, and said that another is behind it"
        case .endlessRows: "the list showed rows that it had not shown before, and said that another page is behind it"
        case .oversized: "carried out, but the response is longer than any client takes"
        case .respond: "a response of the fault's own, not carried out"
        case .respondAfter: "a response of the fault's own, although it was carried out"
        case .futureRow: "the first row of the list is dated in the future, and the response has no `Date`"
        case .badGatewayAfter: "502 from a proxy, although it was carried out"
        case .serviceUnavailableWithRetryAfter: "503 with Retry-After in seconds, not carried out"
        case .notFoundPage: "a proxy responded 404 with HTML, not carried out"
        case .unsorted: "the rows of the list came in reverse order"
        case .filterIgnored: "the list came without any filter applied"
        case .lateRow: "the last row of the list was not visible yet"
        case .numbersAsTexts: "every number of the response came as a text"
        }
    }

    /// Whether the word says all of it. The others need a response that somebody writes.
    package var isComplete: Bool { self != .respond && self != .respondAfter }

    /// Whether this can happen to such a request: only a read can be stale, only a response to a write has the id of a new document,
    /// only a list has pages.
    package func applies(to request: Request) -> Bool {
        switch self {
        case .staleRead, .futureRow, .unsorted, .filterIgnored, .lateRow: request.method == .get
        case .noID: request.method != .get
        case .endlessList: EndlessList.isPage(request)
        // The rows of a page by identifiers would be other records.
        case .endlessRows: EndlessList.isNumberedPage(request)
        default: true
        }
    }
}

/// A fault that is planned: which exchanges it matches, and what goes wrong with them.
package struct Fault: Sendable, Equatable {
    package var match: ExchangePattern
    package var kind: FaultKind
    /// The name of a connection; `nil`: any.
    package var connection: String?
    /// The first matching exchange that it is applied to, from 1.
    package var nth = 1
    /// How many from then on; `nil`: all.
    package var times: Int? = 1
    /// Only exchanges that begin within this time match.
    package var from: Moment?
    package var until: Moment?
    /// The value of `Retry-After` of a 429 or a 503, in whole seconds.
    package var retryAfter = Duration.seconds(30)
    /// How long after the time-out a late effect comes, or after the first delivery the second.
    package var delay = Duration.seconds(5)
    /// How far in the future a row is dated, in whole days.
    package var ahead = Duration.seconds(8 * 86_400)
    /// What ``FaultKind/respond`` and ``FaultKind/respondAfter`` put on the wire.
    package var response = Response(status: 200)

    package init(_ match: ExchangePattern, _ kind: FaultKind, nth: Int = 1, times: Int? = 1) {
        self.match = match
        self.kind = kind
        self.nth = nth
        self.times = times
    }
}
