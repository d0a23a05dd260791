package import Exchange
import HTTPTypes
package import JSON

/// Stands between a caller and a server and holds what they say to each other against the contract.
///
/// It knows neither the client nor the fake, and shares nothing with them: an agreement between the two that the contract
/// does not know is what it is there to find.
package final class Observer {
    package init() {}

    /// What in the exchange the contract does not allow: first in the request, then in what the server answered.
    ///
    /// Looks at the request as it was sent and at the answer as the server gave it (``Exchanged/served``), so that a fault on
    /// the way accuses nobody. Where the contract has no such path or method, the answer is not looked at. At most 25
    /// violations a body are listed: a list repeats the mistake of one row in every row.
    ///
    /// - Parameters:
    ///   - basePath: what stands before the contract's paths in the target, such as `/api`.
    ///   - requestBody: the request's body when the caller has parsed it already.
    ///   - responseBody: the body of the answer as served when the caller has parsed it already.
    package func violations(
        in exchange: Exchanged, basePath: String, requestBody: JSON? = nil, responseBody: JSON? = nil
    ) -> [Violation] {
        var check = ExchangeCheck(contract: .of(exchange.system), request: exchange.request, basePath: basePath)
        guard let operation = check.checkRequest(body: requestBody) else { return check.violations }
        if let served = exchange.served { check.check(served, to: operation, body: responseBody) }
        return check.violations
    }

    /// The operation that a request asks for, as the contract writes it, such as `PUT /orders/{orderId}`; `nil` where it has none
    /// such. For whoever counts exchanges: there are only so many operations, whatever numbers stand in the paths.
    package static func operation(of request: Request, to system: System, basePath: String) -> String? {
        guard let segments = RequestTarget(request.target, basePath: basePath).segments else { return nil }
        let contract = CompiledContract.of(system)
        return contract.paths.find(segments)?.operations.first { $0.method == request.method.rawValue }
            .map { contract.operations[$0.plan].label }
    }
}
