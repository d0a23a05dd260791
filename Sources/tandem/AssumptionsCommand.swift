import ArgumentParser
import Contract
import Exchange

struct AssumptionsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "assumptions",
        abstract: "Print the assumptions: what public material about both systems leaves open, and what Tandem assumes.",
        discussion: """
            An assumption that the engine reads changes what Tandem does: set it in the configuration as the account really is. One \
            that only a fake reads changes what scenarios can try; Tandem does the same whatever it is. One that nobody reads \
            documents how a fake behaves. A choice that is refused is refused everywhere, with the same sentence. \
            'tandem sweep --assumptions' runs a day of work under every other choice.
            """)

    func perform(on terminal: Terminal) throws -> ExitReason {
        let ledger = AssumptionLedger.standard
        let all = ledger.assumptions(about: .rackbeat) + ledger.assumptions(about: .ongoing)
        for assumption in all {
            terminal.print(
                """
                \(assumption.number)  \(assumption.key) = \(assumption.defaultChoice)
                    \(assumption.statement)
                    choices   \(assumption.alternativesText)\(assumption.concernsFakeOnly ? " (fakes only)" : "")
                    read by   \(assumption.readBy.words)
                    affects   \(assumption.affects)
                    source    \(assumption.source)
                    probe     \(assumption.probe?.how ?? "none: ask \(assumption.system.title)")

                """)
        }
        func count(_ reader: Assumption.Reader) -> Int { all.count { $0.readBy == reader } }
        terminal.print(
            "\(all.count) assumptions: \(count(.engine)) read by the engine, \(count(.fake)) by the fake only, "
                + "\(count(.nobody)) by nobody\n")
        return .allHeld
    }
}

extension Assumption.Reader {
    fileprivate var words: String {
        switch self {
        case .engine: "the engine"
        case .fake: "the fake only"
        case .nobody: "nobody: documentation only"
        }
    }
}
