import Exchange
import HTTPTypes
import Units

extension Fault {
    /// What is put on the wire for a request that the server never carries out.
    ///
    /// - Parameter earlier: What the server said to the same read before; there must be one for a stale read.
    func answerInstead(earlier: Response?, now: Moment) -> Served {
        switch kind {
        case .requestLost: return .closed
        case .tooManyRequests:
            return .answer(CorruptedResponse.tooManyRequests(retryAfter: String(retryAfter.milliseconds / 1000)))
        case .tooManyRequestsUntilDate:
            var response = CorruptedResponse.tooManyRequests(retryAfter: HTTPDate.text(now + retryAfter))
            response.headers[.date] = HTTPDate.text(now)
            return .answer(response)
        case .serverErrorBefore: return .answer(CorruptedResponse.serverError)
        case .badGateway: return .answer(CorruptedResponse.page(status: 502, "Bad Gateway"))
        case .serviceUnavailable: return .answer(CorruptedResponse.page(status: 503, "Service Unavailable"))
        case .requestTimeout: return .answer(CorruptedResponse.page(status: 408, "Request Timeout"))
        case .unauthorised: return .answer(Response(status: 401))
        case .html: return .answer(CorruptedResponse.page(status: 200, "Down for maintenance"))
        case .staleRead: return .answer(earlier!)
        case .refusedConnection: preconditionFailure("a refused connection brings no request")
        case .responseLost, .serverErrorAfter, .slow, .lateEffect, .resetMidBody, .truncatedJSON, .noID, .noContent,
            .duplicatedRequest:
            preconditionFailure("\(kind.rawValue) is carried out")
        }
    }

    /// What is put on the wire of an answer that the server gave.
    func spoil(_ response: Response) -> Served {
        switch kind {
        case .responseLost: return .closed
        case .serverErrorAfter: return .answer(CorruptedResponse.serverError)
        case .resetMidBody: return .cutShort(response, afterBodyBytes: response.body.count / 2)
        case .truncatedJSON: return .answer(CorruptedResponse.cutShort(response))
        case .noID: return .answer(CorruptedResponse.withoutID(response))
        case .noContent: return .answer(response.isSuccess ? Response(status: 204) : response)
        case .duplicatedRequest: return .answer(response)
        case .refusedConnection, .requestLost, .tooManyRequests, .tooManyRequestsUntilDate, .serverErrorBefore, .badGateway,
            .serviceUnavailable, .requestTimeout, .unauthorised, .html, .staleRead, .slow, .lateEffect:
            preconditionFailure("\(kind.rawValue) leaves no answer of the server's to spoil")
        }
    }
}
