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
            return .response(CorruptedResponse.tooManyRequests(retryAfter: String(retryAfter.milliseconds / 1000)))
        case .tooManyRequestsUntilDate:
            var response = CorruptedResponse.tooManyRequests(retryAfter: HTTPDate.text(now + retryAfter))
            response.headers[.date] = HTTPDate.text(now)
            return .response(response)
        case .serverErrorBefore: return .response(CorruptedResponse.serverError)
        case .badGateway: return .response(CorruptedResponse.page(status: 502, "Bad Gateway"))
        case .serviceUnavailable: return .response(CorruptedResponse.page(status: 503, "Service Unavailable"))
        case .requestTimeout: return .response(CorruptedResponse.page(status: 408, "Request Timeout"))
        case .unauthorised: return .response(Response(status: 401))
        case .html: return .response(CorruptedResponse.page(status: 200, "Down for maintenance"))
        case .staleRead: return .response(earlier!)
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
        case .serverErrorAfter: return .response(CorruptedResponse.serverError)
        case .resetMidBody: return .cutShort(response, afterBodyBytes: response.body.count / 2)
        case .truncatedJSON: return .response(CorruptedResponse.cutShort(response))
        case .noID: return .response(CorruptedResponse.withoutID(response))
        case .noContent: return .response(response.isSuccess ? Response(status: 204) : response)
        case .duplicatedRequest: return .response(response)
        case .refusedConnection, .requestLost, .tooManyRequests, .tooManyRequestsUntilDate, .serverErrorBefore, .badGateway,
            .serviceUnavailable, .requestTimeout, .unauthorised, .html, .staleRead, .slow, .lateEffect:
            preconditionFailure("\(kind.rawValue) leaves no answer of the server's to spoil")
        }
    }
}
