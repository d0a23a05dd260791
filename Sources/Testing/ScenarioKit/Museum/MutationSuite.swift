package import Invariants
import Mutants
import Simulation
package import StrictYAML
import Units

/// Plays the defects that others paid for, and says which rule noticed each, and when.
///
/// Each exhibit is played twice: with its sabotage, where the rules that it names must be broken, and with the sound engine, where
/// none may be. What cries wolf at the sound engine proves nothing by crying at the broken one.
package struct MutationSuite {
    private let seed: UInt64?
    private let progress: (Runner.Progress) -> Void

    /// - Parameter seed: Instead of the scenarios' own.
    package init(seed: UInt64? = nil, progress: @escaping (Runner.Progress) -> Void = { _ in }) {
        self.seed = seed
        self.progress = progress
    }

    /// Plays every scenario that has a sabotage; the others are no exhibits.
    package func visit(_ entries: [Runner.Entry]) -> MutationRun {
        var mutantResults: [MutantResult] = []
        var unreadable: [(path: String, problem: InvalidFile)] = []
        for (index, entry) in entries.enumerated() {
            progress(Runner.Progress(done: index, files: entries.count, next: entry.path))
            switch entry {
            case .scenario(let scenario): mutantResults += scenario.variants.compactMap { mutantResult(scenario, $0) }
            case .bad(let path, let problem): unreadable.append((path, problem))
            }
        }
        progress(Runner.Progress(done: entries.count, files: entries.count, next: nil))
        return MutationRun(mutantResults: mutantResults, unreadable: unreadable)
    }

    // MARK: One exhibit

    private func mutantResult(_ scenario: Scenario, _ variant: Scenario.Variant) -> MutantResult? {
        guard let name = scenario.mutant?.text, let mutant = Mutant.named(name) else { return nil }
        var mutantResult = MutantResult(
            name: scenario.title, path: scenario.path, variant: variant.name ?? "", mutant: name, story: mutant.story)
        do {
            let broken = try play(scenario, variant)
            mutantResult.isCaught = broken.result.outcome == .caught
            mutantResult.exchanges = broken.result.exchanges
            mutantResult.catches = broken.catches
            mutantResult.wanted = scenario.caughtBy.map(\.invariantName)
            mutantResult.problem = broken.result.problem
            mutantResult.alarms = try play(scenario.withUnmodifiedEngine, variant).result.invariantResults
        } catch {
            mutantResult.isCaught = false
            mutantResult.problem =
                (error as? Problem).map { "line \($0.place.line): \($0.text)" } ?? "the engine stopped: \(error)"
        }
        return mutantResult
    }

    /// Judged after every step, to know when a rule could first tell, and as every scenario is at the end.
    private func play(
        _ scenario: Scenario, _ variant: Scenario.Variant
    ) throws -> (result: ScenarioResult, catches: [MutantResult.Catch]) {
        var options = RunOptions()
        options.seed = seed
        let world = try World(scenario, variant, options)
        var told: [String: Int] = [:]
        var madeBefore = 0
        func judge() throws {
            let made = world.network.journal.count
            defer { madeBefore = made }
            for invariantResult in AllInvariants.judge(try world.evidence()) {
                guard case .broken(let findings) = invariantResult.verdict else {
                    // It was trouble that passed.
                    told[invariantResult.invariant] = nil
                    continue
                }
                guard told[invariantResult.invariant] == nil else { continue }
                // The last exchange that a finding names made it true, when it came after the rule was last found to hold; what
                // is wrong because something was left out is only certain at the end of the step.
                let named = findings.compactMap(\.exchanges.last).filter { $0 > madeBefore }
                told[invariantResult.invariant] = named.min() ?? made
            }
        }
        let isUnmodified = scenario.mutant == nil
        try world.play(afterEachStep: isUnmodified ? {} : judge)
        if !isUnmodified { try judge() }
        var result = ScenarioResult(name: scenario.title, path: scenario.path, outcome: .passed, seed: seed ?? scenario.seed)
        _ = try Judge(scenario: scenario, world: world).judge(&result)
        result.exchanges = world.network.journal.count
        let catches = AllInvariants.ids.compactMap { invariant in
            told[invariant].map { MutantResult.Catch(invariant: invariant, exchange: $0) }
        }
        return (result, catches)
    }
}

/// A defect, and what became of it.
package struct MutantResult: Sendable {
    /// A rule that noticed.
    package struct Catch: Sendable, Equatable {
        package let invariant: String
        /// How many exchanges had been made when it first could tell.
        package let exchange: Int
    }

    /// Folder and file, as in other reports.
    package let name: String
    package let path: String
    /// Which variant of a matrix; empty without one.
    package let variant: String
    package let mutant: String
    /// The defect as somebody had it.
    package let story: String
    /// The rules that the scenario says must notice.
    package internal(set) var wanted: [String] = []
    package internal(set) var isCaught = false
    /// Every rule that noticed, in the order of the rules.
    package internal(set) var catches: [Catch] = []
    /// Of the whole run with the defect.
    package internal(set) var exchanges = 0
    /// What rules said of the sound engine in the same scenario. Empty when all is well.
    package internal(set) var alarms: [InvariantResult] = []
    /// Why it was not caught, or could not be played.
    package internal(set) var problem: String?

    /// When the first of the rules that had to notice could tell.
    package var firstCatch: Catch? { catches.filter { wanted.contains($0.invariant) }.min { $0.exchange < $1.exchange } }
}

/// What a visit to the museum showed.
package struct MutationRun {
    package let mutantResults: [MutantResult]
    package let unreadable: [(path: String, problem: InvalidFile)]

    /// Invariants that no mutant names and breaks: nobody knows whether they would find anything.
    package var untestedInvariants: [String] {
        let caught = Set(mutantResults.filter(\.isCaught).flatMap(\.wanted))
        return AllInvariants.ids.filter { !caught.contains($0) }
    }

    /// Whether everything was caught and no rule raised an alarm at the sound engine.
    package var isGood: Bool { unreadable.isEmpty && mutantResults.allSatisfy { $0.isCaught && $0.alarms.isEmpty } }
}
