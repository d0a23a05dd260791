import Exchange
import HTTPTypes
import Units

/// What a fault does to an exchange. The one description of it, for exchanges of the engine and of callers outside alike.
enum FaultEffect {
    /// What the response of a fault depends on.
    struct Context {
        let fault: Fault
        /// The response to the same read at an earlier time.
        let earlierResponse: Response?
        /// What the system's own clock shows.
        let now: Moment
    }

    /// No connection is made. A caller outside already has one, so it is closed without a response.
    case refusesConnection
    /// Not carried out. This goes on the wire instead.
    case replacesResponse((Context) -> Served)
    /// Carried out. This goes on the wire instead of the server's response.
    case altersResponse((Response, Context) -> Served)
    /// Something else is carried out, and the response to that is changed into one to the request.
    case altersExchange(request: (Request) -> Request, response: (Response, Request) -> Response)
    /// Carried out, but the response comes after the time-out.
    case delaysResponse
    /// Carried out only after the time-out.
    case delaysRequest
    /// Carried out twice. The response is that of the first time.
    case repeatsRequest
    /// Carried out, and once more after the fault's delay. The response is that of the first time.
    case repeatsRequestLater
}

extension FaultKind {
    var effect: FaultEffect {
        switch self {
        case .refusedConnection: .refusesConnection
        case .requestLost: .replacesResponse { _ in .closed }
        case .responseLost: .altersResponse { _, _ in .closed }
        case .tooManyRequests:
            .replacesResponse {
                .response(CorruptedResponse.tooManyRequests(retryAfter: String($0.fault.retryAfter.milliseconds / 1000)))
            }
        case .tooManyRequestsUntilDate:
            .replacesResponse {
                var response = CorruptedResponse.tooManyRequests(retryAfter: HTTPDate.text($0.now + $0.fault.retryAfter))
                response.headers[.date] = HTTPDate.text($0.now)
                return .response(response)
            }
        case .serverErrorBefore: .replacesResponse { _ in .response(CorruptedResponse.serverError) }
        case .serverErrorAfter: .altersResponse { _, _ in .response(CorruptedResponse.serverError) }
        case .badGateway: .replacesResponse { _ in .response(CorruptedResponse.page(status: 502, "Bad Gateway")) }
        case .serviceUnavailable: .replacesResponse { _ in .response(CorruptedResponse.page(status: 503, "Service Unavailable")) }
        case .requestTimeout: .replacesResponse { _ in .response(CorruptedResponse.page(status: 408, "Request Timeout")) }
        case .unauthorised: .replacesResponse { _ in .response(Response(status: 401)) }
        case .slow: .delaysResponse
        case .lateEffect: .delaysRequest
        case .resetMidBody: .altersResponse { response, _ in .cutShort(response, afterBodyBytes: response.body.count / 2) }
        case .truncatedJSON: .altersResponse { response, _ in .response(CorruptedResponse.cutShort(response)) }
        case .html: .replacesResponse { _ in .response(CorruptedResponse.page(status: 200, "Down for maintenance")) }
        case .noID: .altersResponse { response, _ in .response(CorruptedResponse.withoutID(response)) }
        case .noContent: .altersResponse { response, _ in .response(response.isSuccess ? Response(status: 204) : response) }
        case .staleRead:
            .replacesResponse { context in
                guard let earlier = context.earlierResponse else {
                    preconditionFailure("a read cannot be stale before the first response to it")
                }
                return .response(earlier)
            }
        case .duplicatedRequest: .repeatsRequest
        case .serviceUnavailableAfter:
            .altersResponse { _, _ in .response(CorruptedResponse.page(status: 503, "Service Unavailable")) }
        case .requestTimeoutAfter: .altersResponse { _, _ in .response(CorruptedResponse.page(status: 408, "Request Timeout")) }
        case .duplicatedLater: .repeatsRequestLater
        case .endlessList:
            .altersExchange(
                request: EndlessList.firstPage, response: { EndlessList.page($0, for: $1, isNew: false) })
        case .endlessRows:
            .altersExchange(
                request: EndlessList.firstPage, response: { EndlessList.page($0, for: $1, isNew: true) })
        case .oversized: .altersResponse { response, _ in .oversized(response) }
        case .respond: .replacesResponse { .response($0.fault.response) }
        case .respondAfter: .altersResponse { _, context in .response(context.fault.response) }
        case .futureRow:
            .altersResponse { response, context in
                let days = Int(context.fault.ahead.milliseconds / 86_400_000)
                return .response(CorruptedResponse.datedAhead(response, days: days))
            }
        case .badGatewayAfter: .altersResponse { _, _ in .response(CorruptedResponse.page(status: 502, "Bad Gateway")) }
        case .serviceUnavailableWithRetryAfter:
            .replacesResponse {
                var response = CorruptedResponse.page(status: 503, "Service Unavailable")
                response.headers[.retryAfter] = String($0.fault.retryAfter.milliseconds / 1000)
                return .response(response)
            }
        case .notFoundPage: .replacesResponse { _ in .response(CorruptedResponse.page(status: 404, "Not Found")) }
        case .unsorted: .altersResponse { response, _ in .response(CorruptedResponse.list(response) { $0.reversed() }) }
        case .filterIgnored: .altersExchange(request: { $0.withoutFilters }, response: { response, _ in response })
        case .lateRow: .altersResponse { response, _ in .response(CorruptedResponse.list(response) { Array($0.dropLast()) }) }
        case .numbersAsTexts: .altersResponse { response, _ in .response(CorruptedResponse.numbersAsTexts(response)) }
        }
    }

    /// Whether the request can have an effect at the server.
    package var isCarriedOut: Bool {
        switch effect {
        case .refusesConnection, .replacesResponse: false
        case .altersResponse, .altersExchange, .delaysResponse, .delaysRequest, .repeatsRequest, .repeatsRequestLater: true
        }
    }
}

/// What a fault did to an exchange in the journal.
package enum AppliedFault: ExchangeFault, Equatable {
    case injected(FaultKind)
    /// The request of that exchange arrived a second time.
    case secondDelivery(of: Int)

    package var id: String {
        switch self {
        case .injected(let kind): kind.rawValue
        case .secondDelivery(let number): "second-delivery@\(number)"
        }
    }

    package var isSecondDelivery: Bool {
        if case .secondDelivery = self { true } else { false }
    }

    package var description: String {
        switch self {
        case .injected(let kind): kind.words
        case .secondDelivery(let number): "second delivery of the request of exchange \(number)"
        }
    }
}

extension Exchanged {
    /// The fault that was injected; `nil` also for a second delivery.
    package var faultKind: FaultKind? {
        guard case .injected(let kind)? = fault as? AppliedFault else { return nil }
        return kind
    }
}

extension Request {
    /// The same request for the whole list: of the query, only what says which page is wanted, in which order and with which members stays.
    fileprivate var withoutFilters: Request {
        guard let queryText else { return self }
        var query = Query()
        for (name, value) in Query(parsing: queryText).parameters where Self.isNoFilter(name) { query.append(name, value) }
        var request = self
        request.target = query.isEmpty ? String(path) : "\(path)?\(query.text)"
        return request
    }

    private static func isNoFilter(_ name: String) -> Bool {
        ["page", "limit", "order_by", "sort", "direction", "fields", "expand", "goodsOwnerId"].contains(name)
            || name.hasPrefix("max") || name.hasSuffix("IdFrom")
    }
}
