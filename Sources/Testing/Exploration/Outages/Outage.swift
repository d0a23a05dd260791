import Contract
package import Exchange
import HTTPTypes
import ScenarioKit
package import Simulation

/// One operation of a system, as faults match it and the contract names it.
package struct Operation: Sendable, Hashable {
    package let system: System
    /// As the contract writes it: `PUT /orders/{orderId}`.
    let label: String

    /// - Returns: `nil` for a request that no contract describes.
    init?(_ exchange: ScenarioRun.Exchange) {
        let basePath = BasePaths()[exchange.system]
        guard let label = Observer.operation(of: exchange.request, to: exchange.system, basePath: basePath) else { return nil }
        system = exchange.system
        self.label = label
    }

    /// As scenarios match it: `ongoing PUT /orders/{}`.
    package var match: String {
        var pattern = ""
        var isInside = false
        for character in label {
            if character == "}" { isInside = false }
            if !isInside { pattern.append(character) }
            if character == "{" { isInside = true }
        }
        return "\(system.rawValue) \(pattern)"
    }
}

/// A fault of every exchange of one operation for hours.
package struct Outage: Sendable, Hashable {
    package let operation: Operation
    package let kind: FaultKind

    /// `html@ongoing PUT /orders`, as the command line takes it.
    package var name: String { "\(kind.rawValue)@\(operation.match)" }

    package var title: String { "\(operation.match): \(kind.words)" }

    /// Whether it is meant by a word of the command line: its name, its kind, its operation.
    package func isNamed(_ text: String) -> Bool { text == name || text == kind.rawValue || text == operation.match }
}

extension FaultKind {
    /// Whether it can stand for hours on such a request, and is not the same as another kind.
    func canStand(on request: Request, wasReadBefore: Bool) -> Bool {
        // A late second delivery of a read changes nothing.
        self == .duplicatedLater ? request.method != .get : isDistinct(for: request, wasReadBefore: wasReadBefore)
    }
}
