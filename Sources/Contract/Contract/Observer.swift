package import Exchange
import HTTPTypes
package import JSON

/// Checks the requests of a caller and the responses of a server against the contract.
///
/// It knows neither the client nor the fake, and shares nothing with them: it finds where the two agree with each other and not
/// with the contract.
package final class Observer {
    package init() {}

    /// What in the exchange the contract does not allow: first in the request, then in the response.
    ///
    /// Checks the request as it was sent and the response as the server sent it (``Exchanged/served``), so that an injected
    /// fault is no violation. Where the contract has no such path or method, the response is not checked. At most 25
    /// violations a body are listed: a list repeats the mistake of one row in every row.
    ///
    /// - Parameters:
    ///   - basePath: what stands before the contract's paths in the target, such as `/api`.
    ///   - requestBody: the request's body when the caller has parsed it already.
    ///   - responseBody: the body of the response as served when the caller has parsed it already.
    package func violations(
        in exchange: Exchanged, basePath: String, requestBody: JSON? = nil, responseBody: JSON? = nil
    ) -> [Violation] {
        var check = ExchangeCheck(contract: .of(exchange.system), request: exchange.request, basePath: basePath)
        guard let operation = check.checkRequest(body: requestBody) else { return check.violations }
        if let served = exchange.served { check.check(served, to: operation, body: responseBody) }
        return check.violations
    }

    /// The requested operation, as the contract writes it, such as `PUT /orders/{orderId}`; `nil` where it has none. For
    /// counting exchanges: the number of operations is limited, whatever keys the paths contain.
    package static func operation(of request: Request, to system: System, basePath: String) -> String? {
        guard let segments = RequestTarget(request.target, basePath: basePath).segments else { return nil }
        let contract = CompiledContract.of(system)
        return contract.paths.find(segments)?.operations.first { $0.method == request.method.rawValue }
            .map { contract.operations[$0.plan].label }
    }
}
