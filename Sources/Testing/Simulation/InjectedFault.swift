/// A fault at a point of a run that is named by its number.
///
/// A run repeats to the byte up to the first injected fault. So a number taken from one run names the same exchange or commit in
/// every run into which nothing was injected before it.
package enum InjectedFault: Hashable, Sendable {
    package enum Point: Hashable, Sendable {
        /// The nth exchange of the engine, from 1.
        case exchange(Int)
        /// The nth commit of its journal, from 1.
        case commit(Int)
    }

    case fault(FaultKind, exchange: Int)
    case crash(CrashPlan.Side, Point)
}

/// As it is written on the command line: `response-lost@12`, `crash-after@12`, `crash-before-commit@7`.
extension InjectedFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .fault(let kind, let number): "\(kind.rawValue)@\(number)"
        case .crash(let side, .exchange(let number)): "crash-\(side.rawValue)@\(number)"
        case .crash(let side, .commit(let number)): "crash-\(side.rawValue)-commit@\(number)"
        }
    }

    /// - Returns: `nil` for a text that ``description`` cannot have written.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int(parts[1]), number > 0 else { return nil }
        switch parts[0] {
        case "crash-before": self = .crash(.before, .exchange(number))
        case "crash-after": self = .crash(.after, .exchange(number))
        case "crash-before-commit": self = .crash(.before, .commit(number))
        case "crash-after-commit": self = .crash(.after, .commit(number))
        default:
            guard let kind = FaultKind(rawValue: String(parts[0])), kind.isComplete else { return nil }
            self = .fault(kind, exchange: number)
        }
    }
}

extension InjectedFault.Point {
    var inPlan: CrashPlan.Place {
        switch self {
        case .exchange(let number): .number(number)
        case .commit(let number): .commitNumber(number)
        }
    }
}
