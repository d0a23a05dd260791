import ArgumentParser
import Contract
import Exchange

struct AssumptionsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "assumptions",
        abstract: "Print the assumptions: what public material about both systems leaves open, and what Tandem assumes.")

    func perform(on terminal: Terminal) throws -> ExitReason {
        let ledger = AssumptionLedger.standard
        let all = ledger.assumptions(about: .rackbeat) + ledger.assumptions(about: .ongoing)
        for assumption in all {
            terminal.print(
                """
                \(assumption.number)  \(assumption.key) = \(assumption.defaultChoice)
                    \(assumption.statement)
                    choices   \(assumption.alternativesText)\(assumption.concernsFakeOnly ? " (fakes only)" : "")
                    affects   \(assumption.affects)
                    source    \(assumption.source)
                    probe     \(assumption.probe?.how ?? "none: ask \(assumption.system.title)")

                """)
        }
        return .allHeld
    }
}
