import ArgumentParser
import Contract
import Exchange

struct AssumptionsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "assumptions",
        abstract: "Prints what the public material about both systems does not settle, and what Tandem takes it to be.")

    func perform(on terminal: Terminal) throws -> Ending {
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
                    probe     \(assumption.probe?.how ?? "none: only people of \(assumption.system.title) can tell")

                """)
        }
        return .allHeld
    }
}
