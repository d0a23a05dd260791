import ArgumentParser
import FoundationEssentials
import JSON
import Service
import SyncEngine
import Units

struct StatusCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows how far every job has come, what is in doubt, and what waits for a person.",
        discussion: "Works while 'tandem sync' runs. Ends with 0 when nothing needs a person, else with 1.")

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Writes JSON.")
    var json = false

    func perform(on terminal: Terminal) throws -> Ending {
        let configuration = try options.read()
        let journal = try CompanionJournal.open(configuration)
        let report = try StatusReport(
            of: journal, connections: configuration.connections.map(\.name), at: WallTime.now())
        terminal.print(json ? report.json.pretty + "\n" : report.text)
        return Ending(report.verdict)
    }
}

/// The journal of a running engine, beside it.
enum CompanionJournal {
    /// To look at only.
    ///
    /// - Returns: `nil` when no engine has made one yet.
    static func readIfThere(_ configuration: Configuration) throws -> Journal? {
        guard FileManager.default.fileExists(atPath: configuration.general.journal) else { return nil }
        return try Journal.open(path: configuration.general.journal, access: .reader)
    }

    static func open(_ configuration: Configuration) throws -> Journal {
        try Journal.open(path: configuration.general.journal, access: .companion)
    }
}

extension Ending {
    init(_ verdict: Verdict) {
        switch verdict {
        case .held: self = .allHeld
        case .broken: self = .ruleBroken
        case .usage: self = .badInput
        case .unreachable: self = .unreachable
        case .defect: self = .defect
        }
    }
}
