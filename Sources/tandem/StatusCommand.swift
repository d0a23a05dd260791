import ArgumentParser
import FoundationEssentials
import JSON
import Service
import SyncEngine
import Units

struct StatusCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the progress of every job, unknown outcomes and parked records.",
        discussion: "Works while 'tandem sync' runs. Exits with 0 when nothing needs action, otherwise with 1.")

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "JSON output.")
    var json = false

    func perform(on terminal: Terminal) throws -> ExitReason {
        let configuration = try options.read()
        let journal = try CompanionJournal.open(configuration)
        let report = try StatusReport(
            of: journal, connections: configuration.connections.map(\.name), at: WallClock.time())
        terminal.print(json ? report.json.pretty + "\n" : report.text)
        return ExitReason(report.exitStatus)
    }
}

/// The journal, for a process beside the engine.
enum CompanionJournal {
    /// For reading only.
    ///
    /// - Returns: `nil` when no engine has created one yet.
    static func readIfThere(_ configuration: Configuration) throws -> Journal? {
        guard FileManager.default.fileExists(atPath: configuration.general.journal) else { return nil }
        return try Journal.open(path: configuration.general.journal, access: .reader)
    }

    /// The same of a journal that must be there.
    static func reader(_ options: ConfigurationOptions) throws -> (path: String, journal: Journal) {
        let path = try options.read().general.journal
        return (path, try Journal.open(path: path, access: .reader))
    }

    static func open(_ configuration: Configuration) throws -> Journal {
        try Journal.open(path: configuration.general.journal, access: .companion)
    }
}

extension ExitReason {
    init(_ exitStatus: ExitStatus) {
        switch exitStatus {
        case .success: self = .allHeld
        case .needsAction: self = .violation
        case .usage: self = .usage
        case .unreachable: self = .unreachable
        case .defect: self = .defect
        }
    }
}
