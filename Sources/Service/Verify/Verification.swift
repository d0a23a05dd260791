import Contract
package import Logging
package import SyncEngine
import Units

/// Whether the configured systems are ready for Tandem: rights, set-up, assumptions, data, stock, the first round, the contract.
///
/// Without a canary nothing but GET is sent.
package struct Verification: Sendable {
    package struct Options: Sendable {
        /// The name of one connection; `nil`: all.
        package var only: String?
        /// How many records of each kind are read singly.
        package var sample = 3
        /// Whether assumptions are shown that change nothing in what the engine does.
        package var showsAll = false
        /// `nil`: nothing is written.
        package var canary: CanaryPlan?
        /// With a canary: `nil` when nobody is asked to work on its documents.
        package var people: OperatorPlan?

        package init() {}
    }

    package enum Verdict: Sendable, Equatable {
        case ready
        /// - Parameter todo: What has to be dealt with first.
        case notReady(todo: [ReadinessFinding])
        /// - Parameter open: What could not be looked at, or what only people can tell.
        case cannotKnow(open: [ReadinessFinding])
    }

    package private(set) var findings: [ReadinessFinding] = []
    package private(set) var exchanges = 0
    package private(set) var duration = Duration.zero
    package let options: Options
    /// The choices that were seen or stated, by system and connection.
    private(set) var profiles: [SeenProfile] = []

    struct SeenProfile: Sendable, Equatable {
        /// `nil` for the Rackbeat account.
        let connection: String?
        let choices: [(key: String, choice: String)]

        static func == (left: Self, right: Self) -> Bool {
            left.connection == right.connection && left.choices.elementsEqual(right.choices, by: ==)
        }
    }

    /// - Parameters:
    ///   - journal: `nil` when there is none yet; read, never written.
    ///   - tell: Gets each section as soon as it is complete.
    package init(
        _ configuration: Configuration, _ credentials: Credentials, journal: Journal?, options: Options = Options(),
        runtime: Runtime, log: Logger, stop: StopRequest = StopRequest(),
        progress: @escaping (_ doing: String, _ count: Int) -> Void = { _, _ in },
        tell: (ReadinessSection, Verification) -> Void = { _, _ in }
    ) throws {
        self.options = options
        let visit = try ReadinessVisit(
            Assembly(configuration, credentials, runtime), journal: journal, options: options, log: log, stop: stop,
            progress: progress)
        let began = visit.clock.now()
        func take(_ section: ReadinessSection, _ look: () throws -> Void) throws {
            try look()
            findings = visit.findings
            profiles = visit.profiles
            exchanges = visit.survey.exchanges
            duration = visit.clock.now() - began
            tell(section, self)
        }
        try take(.reach, visit.lookAtReach)
        try take(.setUp, visit.lookAtSetUp)
        try take(.canary) {
            try visit.lookAtAssumptions()
            try visit.runCanary()
        }
        try take(.assumptions) {}
        try take(.data, visit.lookAtData)
        try take(.stock) {}
        try take(.firstRun) {}
        try take(.contract, visit.lookAtContract)
    }

    package func findings(in section: ReadinessSection) -> [ReadinessFinding] { findings.filter { $0.section == section } }

    func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

    /// The assumptions that the engine relies on and that nothing was seen of.
    package var openAssumptions: [ReadinessFinding] {
        findings.filter { finding in
            guard case .assumption(let assumption, _, .untested) = finding.kind else { return false }
            return assumption.readBy == .engine
        }
    }

    package var verdict: Verdict {
        let todo = findings.filter { $0.severity == .failure }
        if !todo.isEmpty { return .notReady(todo: todo) }
        var open = findings.filter { $0.severity == .unknown }
        // The canary is the last look before the first round: what could make stock wrong must be known by then.
        if options.canary != nil {
            open += openAssumptions.filter { finding in
                guard case .assumption(let assumption, _, _) = finding.kind else { return false }
                return AssumptionHarm.of(assumption)?.weight == .stock
            }
        }
        return open.isEmpty ? .ready : .cannotKnow(open: open)
    }

    package var exitStatus: ExitStatus {
        if findings.contains(where: \.isOutOfReach) { return .unreachable }
        return verdict == .ready ? .success : .needsAction
    }
}
