package import Contract
import Exchange

/// One choice of one assumption that is not its default.
package struct Alternative: Sendable {
    package let assumption: Assumption
    package let choice: String

    /// `RB-47=children`, as the command line takes it.
    package var name: String { "\(assumption.number)=\(choice)" }

    /// `RB-47 location_match = children`.
    package var title: String { "\(assumption.number) \(assumption.key) = \(choice)" }

    /// Why it is not run: configurations and scenarios refuse it with this sentence. `nil`: it is supported.
    package var refusal: String? {
        guard case .refused(let sentence) = assumption.support(of: choice) else { return nil }
        return sentence
    }

    /// Every alternative of every assumption, in the order of their numbers. Where any number is a choice, the ledger's examples.
    package static let all: [Alternative] = ledger.flatMap { assumption in
        assumption.choicesToTry.map { Alternative(assumption: assumption, choice: $0) }
    }

    private static var ledger: [Assumption] {
        AssumptionLedger.standard.assumptions(about: .rackbeat) + AssumptionLedger.standard.assumptions(about: .ongoing)
    }

    /// Those of an assumption, or the one of a choice.
    ///
    /// - Parameter text: `RB-47`, or `RB-47=children`, also for a number or text that is no example.
    /// - Returns: Empty when there is none.
    package static func named(_ text: String) -> [Alternative] {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard let number = parts.first, let assumption = AssumptionLedger.standard.assumption(number: number) else { return [] }
        guard parts.count == 2 else { return all.filter { $0.assumption.number == number } }
        guard assumption.accepts(parts[1]), parts[1] != assumption.defaultChoice else { return [] }
        return [Alternative(assumption: assumption, choice: parts[1])]
    }
}
