package import Invariants
import Mutants
import Simulation
package import StrictYAML
import Units

/// Runs the mutants, and says which invariant catches each, and after how many exchanges.
///
/// Each scenario runs twice: with its mutant, where the invariants that it names must be violated, and with the unmodified engine,
/// where none may be. An invariant that is violated without the mutant proves nothing.
package struct MutationSuite: Batch {
    private let mutants: [(scenario: Scenario, variant: Scenario.Variant)]
    private let unreadable: [(path: String, problem: InvalidFile)]
    private let seed: UInt64?

    /// - Parameters:
    ///   - entries: Scenarios without a mutant are left out.
    ///   - seed: Instead of the scenarios' own.
    package init(_ entries: [Runner.Entry], seed: UInt64? = nil) {
        self.seed = seed
        var mutants: [(Scenario, Scenario.Variant)] = []
        var unreadable: [(String, InvalidFile)] = []
        for entry in entries {
            switch entry {
            case .scenario(let scenario):
                guard let name = scenario.mutant?.text, Mutant.named(name) != nil else { continue }
                mutants += scenario.variants.map { (scenario, $0) }
            case .bad(let path, let problem): unreadable.append((path, problem))
            }
        }
        self.mutants = mutants
        self.unreadable = unreadable
    }

    package var count: Int? { mutants.count }

    package func title(_ number: Int) -> String { mutants[number].scenario.title }

    package func run(_ number: Int) -> MutantResult { mutantResult(mutants[number].scenario, mutants[number].variant) }

    /// - Parameter results: Of every mutant, in order.
    package func whole(_ results: [MutantResult]) -> MutationRun {
        MutationRun(mutantResults: results, unreadable: unreadable)
    }

    /// Runs every mutant, one after the other.
    package func run() -> MutationRun { whole((0..<mutants.count).map(run)) }

    // MARK: One mutant

    private func mutantResult(_ scenario: Scenario, _ variant: Scenario.Variant) -> MutantResult {
        guard let name = scenario.mutant?.text, let mutant = Mutant.named(name) else {
            preconditionFailure("the suite has scenarios with a mutant only")
        }
        var mutantResult = MutantResult(
            name: scenario.title, path: scenario.path, variant: variant.name ?? "", mutant: name, description: mutant.description)
        do {
            let mutated = try run(scenario, variant)
            mutantResult.isCaught = mutated.result.outcome == .caught
            mutantResult.exchanges = mutated.result.exchanges
            mutantResult.catches = mutated.catches
            mutantResult.wanted = scenario.caughtBy.map(\.invariantName)
            mutantResult.problem = mutated.result.problem
            mutantResult.alarms = try run(scenario.withUnmodifiedEngine, variant).result.invariantResults
        } catch {
            mutantResult.isCaught = false
            mutantResult.problem =
                ((error as? StepProblem)?.problem ?? error as? Problem).map { "line \($0.place.line): \($0.text)" }
                ?? "the engine stopped: \(error)"
        }
        return mutantResult
    }

    /// Judges after every step, to know when an invariant is first violated, and at the end like every scenario.
    private func run(
        _ scenario: Scenario, _ variant: Scenario.Variant
    ) throws -> (result: ScenarioResult, catches: [MutantResult.Catch]) {
        var options = RunOptions()
        options.seed = seed
        let world = try World(scenario, variant, options)
        var violatedAt: [String: Int] = [:]
        var madeBefore = 0
        func judge() throws {
            let made = world.network.journal.count
            defer { madeBefore = made }
            for invariantResult in AllInvariants.judge(try world.evidence()) {
                guard case .broken(let findings) = invariantResult.verdict else {
                    // The violation was temporary.
                    violatedAt[invariantResult.invariant] = nil
                    continue
                }
                guard violatedAt[invariantResult.invariant] == nil else { continue }
                // The last exchange of a finding caused it, if it came after the invariant last held. What is wrong because
                // something is missing is only certain at the end of the step.
                let named = findings.compactMap(\.exchanges.last).filter { $0 > madeBefore }
                violatedAt[invariantResult.invariant] = named.min() ?? made
            }
        }
        let isUnmodified = scenario.mutant == nil
        try world.run(afterEachStep: isUnmodified ? {} : judge)
        if !isUnmodified { try judge() }
        var result = ScenarioResult(name: scenario.title, path: scenario.path, outcome: .passed, seed: seed ?? scenario.seed)
        _ = try Judge(scenario: scenario, world: world).judge(&result)
        result.exchanges = world.network.journal.count
        let catches = AllInvariants.ids.compactMap { invariant in
            violatedAt[invariant].map { MutantResult.Catch(invariant: invariant, exchange: $0) }
        }
        return (result, catches)
    }
}

/// A mutant, and which invariants caught it.
package struct MutantResult: Sendable {
    /// An invariant that was violated.
    package struct Catch: Sendable, Equatable {
        package let invariant: String
        /// How many exchanges there were when it was first violated.
        package let exchange: Int
    }

    /// Folder and file, as in other reports.
    package let name: String
    package let path: String
    /// Which variant of a matrix; empty without one.
    package let variant: String
    package let mutant: String
    /// The bug, and the harm that it did.
    package let description: String
    /// The invariants that must catch it.
    package internal(set) var wanted: [String] = []
    package internal(set) var isCaught = false
    /// Every invariant that was violated, in the order of the invariants.
    package internal(set) var catches: [Catch] = []
    /// Of the whole run with the mutant.
    package internal(set) var exchanges = 0
    /// Violations in the same scenario with the unmodified engine. Empty when all is well.
    package internal(set) var alarms: [InvariantResult] = []
    /// Why it was not caught, or why the run could not complete.
    package internal(set) var problem: String?

    /// The first violation of an invariant that must catch it.
    package var firstCatch: Catch? { catches.filter { wanted.contains($0.invariant) }.min { $0.exchange < $1.exchange } }
}

/// The result of the mutation suite.
package struct MutationRun {
    package let mutantResults: [MutantResult]
    package let unreadable: [(path: String, problem: InvalidFile)]

    /// Invariants that no mutant names and breaks: nobody knows whether they would find anything.
    package var untestedInvariants: [String] {
        let caught = Set(mutantResults.filter(\.isCaught).flatMap(\.wanted))
        return AllInvariants.ids.filter { !caught.contains($0) }
    }

    /// Whether every mutant was caught and the unmodified engine violated no invariant.
    package var isGood: Bool { unreadable.isEmpty && mutantResults.allSatisfy { $0.isCaught && $0.alarms.isEmpty } }
}
