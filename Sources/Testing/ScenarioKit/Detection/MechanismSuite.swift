package import Mutants
package import StrictYAML

/// Switches off one mechanism of the engine after the other, and looks whether the scenarios that are about it turn red.
package struct MechanismSuite {
    private let scenarios: [Scenario]
    private let unreadable: [(path: String, problem: InvalidFile)]
    private let record: DetectionRecord
    private let seed: UInt64?

    /// - Parameter entries: Scenarios with a mutant of their own are left out.
    package init(_ entries: [Runner.Entry], _ record: DetectionRecord, seed: UInt64? = nil) {
        (scenarios, unreadable) = GeneratedSuite.sorted(entries)
        self.record = record
        self.seed = seed
    }

    /// - Parameters:
    ///   - mechanisms: Each is tried in the scenarios that the record names for it.
    ///   - inAll: Whether each is tried in every scenario instead, whatever the record says.
    package func run(_ mechanisms: [Mechanism] = Mechanism.all, inAll: Bool = false, on runner: some BatchRunner) -> MechanismRun
    {
        var trials = TrialRunner()
        trials.seed = seed
        let claims = inAll ? [:] : Dictionary(record.claims.map { ($0.mechanism, $0.scenarios) }, uniquingKeysWith: +)
        let claimed = Set(claims.values.joined())
        let tried = inAll ? scenarios : scenarios.filter { claimed.contains($0.title) }
        let baselines = runner.results(of: GeneratedSuite.BaselineBatch(tried, trials), "scenarios without a mutant")
        let subjects = Dictionary(grouping: baselines.filter { $0.problem == nil }) { $0.scenario.title }
        var pairs: [(Mechanism, String)] = []
        for mechanism in mechanisms {
            let titles = inAll ? tried.map(\.title) : claims[mechanism.name] ?? []
            pairs += titles.filter { subjects[$0] != nil }.map { (mechanism, $0) }
        }
        let batch = ClaimBatch(pairs: pairs, subjects: subjects, trials: trials)
        var results: [String: [MechanismResult.Claim]] = [:]
        for (pair, catcher) in zip(pairs, runner.results(of: batch, "mechanisms")) {
            results[pair.0.name, default: []].append(MechanismResult.Claim(title: pair.1, catcher: catcher))
        }
        let known = Set(scenarios.map(\.title))
        let names = Set(Mechanism.all.map(\.name))
        return MechanismRun(
            results: mechanisms.map {
                MechanismResult(mechanism: $0, claims: results[$0.name] ?? [], reasonNotShown: record.unshown[$0.name])
            },
            scenarios: Set(scenarios.map(\.title)).sorted(),
            failing: baselines.filter { $0.problem != nil }.map { ($0.title, $0.problem!) }, unreadable: unreadable,
            stale: inAll
                ? []
                : record.unshown.keys.sorted().filter { !names.contains($0) || claims[$0] != nil }.map {
                    "'\($0)' is listed as shown by no scenario, and there is no such mechanism or a scenario for it"
                }
                    + record.claims.flatMap { claim in
                        (names.contains(claim.mechanism) ? [] : ["there is no mechanism '\(claim.mechanism)'"])
                            + claim.scenarios.filter { !known.contains($0) }.map {
                                "\(claim.mechanism): there is no scenario \($0)"
                            }
                    })
    }

    private struct ClaimBatch: Batch {
        let pairs: [(Mechanism, String)]
        let subjects: [String: [Subject]]
        let trials: TrialRunner

        var count: Int? { pairs.count }

        /// - Returns: What turned a variant of the scenario red; `nil`: nothing did.
        func run(_ number: Int) -> String? {
            let (mechanism, title) = pairs[number]
            for subject in subjects[title] ?? [] {
                if let catcher = trials.trial(mechanism.mutants, in: subject).catcher { return catcher }
            }
            return nil
        }
    }
}

/// A mechanism, and the scenarios that are about it.
package struct MechanismResult: Sendable {
    package struct Claim: Sendable {
        package let title: String
        /// What turned it red without the mechanism; `nil`: nothing did.
        package let catcher: String?
    }

    package let mechanism: Mechanism
    package let claims: [Claim]
    /// Why no scenario is about it; `nil`: one has to be.
    package let reasonNotShown: String?

    package var isCaught: Bool { claims.contains { $0.catcher != nil } }
}

/// The result of switching mechanisms off.
package struct MechanismRun: Sendable {
    package let results: [MechanismResult]
    /// The titles of all scenarios without a mutant of their own.
    package let scenarios: [String]
    /// Scenarios that are red with the mechanism.
    package let failing: [(title: String, problem: String)]
    package let unreadable: [(path: String, problem: InvalidFile)]
    /// What the record names and is not there.
    package let stale: [String]

    package var isGood: Bool {
        failing.isEmpty && unreadable.isEmpty && stale.isEmpty
            && results.allSatisfy { result in
                result.claims.allSatisfy { $0.catcher != nil } && (result.isCaught || result.reasonNotShown != nil)
            }
    }
}
