import Contract
import Exchange
import Invariants
import Mutants
import Simulation
import Synchronization

/// One run with one or more defects.
struct Trial: Sendable {
    /// What turned it red: an invariant, an expectation, a step that could not be taken; `nil`: nothing did.
    var catcher: String?
    /// Whether the engine did anything else, or either system or the journal ended otherwise.
    var hadEffect: Bool
}

/// Runs scenarios with defects. Thread-safe: each run has a world of its own.
struct TrialRunner: Sendable {
    private let journals = JournalPool()
    var seed: UInt64?

    /// Runs a scenario as it is, and collects its traffic.
    func baseline(_ scenario: Scenario, _ variant: Scenario.Variant) -> Subject {
        let subject = Mutex(Subject(scenario: scenario, variant: variant))
        var options = options
        options.atEnd = { world in
            var traffic = Traffic()
            for exchange in world.network.journal.entries where exchange.fault?.isSecondDelivery != true {
                traffic.read(exchange, basePath: world.basePaths[exchange.system])
            }
            let (members, end, count) = (traffic.members, try RunEnd(of: world), world.network.journal.count)
            subject.withLock {
                $0.members = members
                $0.end = end
                $0.exchanges = count
            }
        }
        let result = run(scenario, variant, options)
        return subject.withLock {
            if result.outcome != .passed { $0.problem = Self.catcher(of: result) }
            return $0
        }
    }

    func trial(_ mutants: [Mutant], in subject: Subject) -> Trial {
        let end = Mutex<RunEnd?>(nil)
        var options = options
        options.mutants = mutants
        // The bounds of `calls-are-few` lie far below.
        options.exchangeLimit = subject.exchanges * 3 + 400
        options.atEnd = { world in
            let reached = try RunEnd(of: world)
            end.withLock { $0 = reached }
        }
        let result = run(subject.scenario, subject.variant, options)
        let isSame = end.withLock { $0 != nil && $0 == subject.end }
        let catcher = result.outcome == .passed ? nil : Self.catcher(of: result)
        // What is wrong with a request alone changes neither side, and is judged all the same.
        return Trial(catcher: catcher, hadEffect: !isSame || catcher != nil)
    }

    func trial(_ mutants: [GeneratedMutant], in subject: Subject) -> Trial {
        let basePaths = BasePaths()
        return trial(
            GeneratedMutant.mutants(mutants) { Observer.operation(of: $0, to: $1, basePath: basePaths[$1]) }, in: subject)
    }

    private var options: RunOptions {
        var options = RunOptions()
        options.seed = seed
        options.digestsRequests = true
        return options
    }

    private func run(_ scenario: Scenario, _ variant: Scenario.Variant, _ options: RunOptions) -> ScenarioResult {
        journals.lend { Runner.run(scenario, variant, options, journal: $0).result }
    }

    private static func catcher(of result: ScenarioResult) -> String {
        if let broken = result.invariantResults.first { return broken.invariant }
        if let failed = result.failedExpectations.first { return "expectation \(failed.expectation)" }
        if result.outcome == .failed { return "a step" }
        return result.errorType == "TooManyExchanges" ? "no end" : "error: \(result.problem ?? "")"
    }
}
