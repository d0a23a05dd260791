import Mutants
import StrictYAML
import Units

/// Runs a batch on the threads that there are, and returns the results in the order of the items.
package protocol BatchRunner {
    /// - Parameter phase: What the batch does, for a line of progress.
    func results<Items: Batch>(of batch: Items, _ phase: String) -> [Items.Output]
}

/// Makes every member of the shipped scenarios' traffic wrong, one after the other, and looks which scenario turns red.
///
/// To stay affordable it stops at the first scenario that does, tries those first that are short and those that noticed a neighbour, and
/// proves that a member is not read for all of them at once: a run in which all members that seem unread are wrong, and which is the
/// same as without, proves it for each.
package struct GeneratedSuite {
    package struct Options: Sendable {
        /// At most so many mutants, chosen by a hash of their names; `nil`: all.
        package var limit: Int?
        package var shard = Shard.whole
        /// The names of the mutants that are tried, `*` stands for any text; none: all are.
        package var patterns: [String] = []
        /// In how many runs in which a mutant changes something it is tried before it counts as missed.
        package var tries = 30
        /// Whether it goes on until a second run catches, to know which mutants hang by a single one.
        package var countsSingles = false
        package var seed: UInt64?

        package init() {}
    }

    private let scenarios: [Scenario]
    private let unreadable: [(path: String, problem: InvalidFile)]
    private let options: Options

    /// In so many runs without an effect a member seems to be unread.
    private static let quietTries = 3
    /// A mutant that rarely changes anything is tried in so many times as many runs.
    private static let rareTries = 4
    /// So many runs at most look for unread members before those that are read are taken out.
    private static let longestWave = 32

    /// - Parameter entries: Scenarios with a mutant of their own are left out.
    package init(_ entries: [Runner.Entry], _ options: Options) {
        (scenarios, unreadable) = Self.sorted(entries)
        self.options = options
    }

    static func sorted(_ entries: [Runner.Entry]) -> (scenarios: [Scenario], unreadable: [(path: String, problem: InvalidFile)]) {
        var (scenarios, unreadable): ([Scenario], [(path: String, problem: InvalidFile)]) = ([], [])
        for entry in entries {
            switch entry {
            case .scenario(let scenario): if scenario.mutant == nil { scenarios.append(scenario) }
            case .bad(let path, let problem): unreadable.append((path, problem))
            }
        }
        return (scenarios, unreadable)
    }

    package func run(on runner: some BatchRunner) -> GeneratedRun {
        var trials = TrialRunner()
        trials.seed = options.seed
        let all = runner.results(of: BaselineBatch(scenarios, trials), "scenarios without a mutant")
        let subjects = all.filter { $0.problem == nil }
        var suite = Progress(subjects: subjects, trials: trials, options: options)
        suite.generate()
        suite.decide(suite.mutants.filter { $0.alteration == .altered }, on: runner)
        suite.decide(suite.mutants.filter { $0.alteration != .altered }, on: runner)
        return GeneratedRun(
            results: suite.mutants.map { GeneratedResult(mutant: $0, outcome: suite.outcomes[$0] ?? .missed(runs: 0)) },
            runs: subjects.count, failing: all.filter { $0.problem != nil }.map { ($0.title, $0.problem!) },
            unreadable: unreadable, isWhole: options.limit == nil && options.shard == .whole && options.patterns.isEmpty)
    }

    // MARK: Phases

    struct BaselineBatch: Batch {
        let runs: [(Scenario, Scenario.Variant)]
        let trials: TrialRunner

        init(_ scenarios: [Scenario], _ trials: TrialRunner) {
            runs = scenarios.flatMap { scenario in scenario.variants.map { (scenario, $0) } }
            self.trials = trials
        }

        var count: Int? { runs.count }
        func run(_ number: Int) -> Subject { trials.baseline(runs[number].0, runs[number].1) }
    }

    private struct Progress {
        let subjects: [Subject]
        let trials: TrialRunner
        let options: Options
        var mutants: [GeneratedMutant] = []
        var outcomes: [GeneratedMutant: GeneratedResult.Outcome] = [:]
        /// The runs in which a mutant changes an exchange, the shortest first.
        var candidates: [GeneratedMutant: [Int]] = [:]
        /// Members that no run reads, as far as their other alterations tell.
        var unread: Set<ExchangeMember> = []
        /// By member, the runs that caught another alteration of it, and then those in which one had an effect.
        var promising: [ExchangeMember: [Int]] = [:]

        mutating func generate() {
            var all: Set<GeneratedMutant> = []
            let order = subjects.indices.sorted { (subjects[$0].exchanges, $0) < (subjects[$1].exchanges, $1) }
            for index in order {
                for (member, sighting) in subjects[index].members {
                    for alteration in GeneratedMutant.Alteration.allCases where member.part != .path || alteration != .dropped {
                        guard alteration == .dropped || sighting.isScalar else { continue }
                        let mutant = GeneratedMutant(member, alteration)
                        all.insert(mutant)
                        if sighting.takes(alteration) { candidates[mutant, default: []].append(index) }
                    }
                }
            }
            let patterns = options.patterns.map { NamePattern($0) }
            if !patterns.isEmpty {
                all = all.filter { mutant in patterns.contains { $0.covers(mutant.id) } }
                candidates = candidates.filter { all.contains($0.key) }
            }
            var chosen = all.map { (hash: FNV1a.hash($0.id.utf8), mutant: $0) }.sorted {
                ($0.hash, $0.mutant.id) < ($1.hash, $1.mutant.id)
            }
            chosen = chosen.enumerated().filter { options.shard.has($0.offset) }.map(\.element)
            if let limit = options.limit { chosen = Array(chosen.prefix(limit)) }
            mutants = chosen.map(\.mutant).sorted { $0.id < $1.id }
        }

        mutating func decide(_ mutants: [GeneratedMutant], on runner: some BatchRunner) {
            for mutant in mutants where candidates[mutant] == nil { outcomes[mutant] = .neverDiffers }
            let open = mutants.filter { outcomes[$0] == nil }
            var quiet = Set(open.filter { unread.contains($0.member) })
            let families = Dictionary(grouping: open.filter { !quiet.contains($0) }) { Family(of: $0) }
            var batch = TryBatch(progress: self, families: families.values.map { $0 }, quietTries: GeneratedSuite.quietTries)
            for results in runner.results(of: batch, "mutants one by one") {
                for result in results {
                    if let outcome = result.outcome { outcomes[result.mutant] = outcome } else { quiet.insert(result.mutant) }
                    promising[result.mutant.member, default: []] += result.runs
                }
            }
            let read = settle(quiet, on: runner)
            batch = TryBatch(
                progress: self, families: Dictionary(grouping: read.keys) { Family(of: $0) }.values.map { Array($0) },
                quietTries: nil)
            batch.firstRuns = read
            for results in runner.results(of: batch, "mutants that few scenarios notice") {
                for result in results {
                    outcomes[result.mutant] = result.outcome
                    promising[result.mutant.member, default: []] += result.runs
                }
            }
        }

        /// Looks for an effect of mutants that had none so far, in all runs.
        ///
        /// - Returns: Those that have one and were not caught by it, with the run.
        private mutating func settle(_ quiet: Set<GeneratedMutant>, on runner: some BatchRunner) -> [GeneratedMutant: Int] {
            guard options.limit == nil else {
                for mutant in quiet { outcomes[mutant] = .withoutEffect(runs: GeneratedSuite.quietTries) }
                return [:]
            }
            var quiet = quiet
            var read: [GeneratedMutant: Int] = [:]
            // The richest first and few at a time: they find nearly all that are read, and later waves have few to look for.
            let order = subjects.indices.sorted { (-subjects[$0].members.count, $0) < (-subjects[$1].members.count, $1) }
            var (start, length) = (0, 2)
            while start < order.count, !quiet.isEmpty {
                let part = order[start..<min(order.count, start + length)]
                let batch = QuietBatch(progress: self, subjects: Array(part), quiet: quiet.sorted { $0.id < $1.id })
                for (index, found) in zip(part, runner.results(of: batch, "members that nobody reads")) {
                    for (mutant, trial) in found where quiet.contains(mutant) || read[mutant] != nil {
                        quiet.remove(mutant)
                        promising[mutant.member, default: []].append(index)
                        if let catcher = trial.catcher {
                            outcomes[mutant] = .caught(by: catcher, in: subjects[index].title, runs: 1, isSingle: nil)
                            read[mutant] = nil
                        } else if outcomes[mutant] == nil, read[mutant] == nil {
                            read[mutant] = index
                        }
                    }
                }
                start = part.endIndex
                length = min(length * 2, GeneratedSuite.longestWave)
            }
            for mutant in quiet {
                outcomes[mutant] = .withoutEffect(runs: candidates[mutant]?.count ?? 0)
                if mutant.alteration == .altered { unread.insert(mutant.member) }
            }
            return read
        }
    }

    private struct Family: Hashable {
        let operation: String
        let part: ExchangeMember.Part
        let alteration: GeneratedMutant.Alteration

        init(of mutant: GeneratedMutant) {
            operation = "\(mutant.member.system) \(mutant.member.operation)"
            part = mutant.member.part
            alteration = mutant.alteration
        }
    }

    /// The mutants of one operation and alteration: what notices one notices its neighbours.
    private struct TryBatch: Batch {
        let progress: Progress
        let families: [[GeneratedMutant]]
        let quietTries: Int?
        var firstRuns: [GeneratedMutant: Int] = [:]

        init(progress: Progress, families: [[GeneratedMutant]], quietTries: Int?) {
            self.progress = progress
            // Few in each, so that all threads have work, and the same few whatever the number of threads.
            self.families = families.map { $0.sorted { $0.id < $1.id } }.sorted { $0[0].id < $1[0].id }.flatMap { family in
                stride(from: 0, to: family.count, by: 16).map { Array(family[$0..<min($0 + 16, family.count)]) }
            }
            self.quietTries = quietTries
        }

        var count: Int? { families.count }

        struct Tried: Sendable {
            let mutant: GeneratedMutant
            /// `nil`: it had no effect so far.
            var outcome: GeneratedResult.Outcome?
            /// The run that caught it, and then those in which it had an effect.
            var runs: [Int] = []
        }

        func run(_ number: Int) -> [Tried] {
            var catches: [Int: Int] = [:]
            return families[number].map { mutant in
                var tried = Tried(mutant: mutant)
                tried.outcome = outcome(of: mutant, &catches, &tried.runs)
                return tried
            }
        }

        /// Those first in which another alteration of the member was noticed, then those that caught a neighbour, then the shortest of
        /// each scenario: its other variants differ little.
        private func order(of mutant: GeneratedMutant, _ catches: [Int: Int]) -> [Int] {
            let candidates = progress.candidates[mutant] ?? []
            let promising = ([firstRuns[mutant]].compactMap(\.self) + (progress.promising[mutant.member] ?? [])).prefix(
                Self.mostPromising)
            let first = promising.filter(Set(candidates).contains)
            var variants: [String: Int] = [:]
            let rest = candidates.enumerated().map { offset, index in
                let title = progress.subjects[index].scenario.title
                defer { variants[title, default: 0] += 1 }
                return (index: index, key: (-catches[index, default: 0], variants[title, default: 0], offset))
            }.sorted { $0.key < $1.key }.map(\.index)
            var seen: Set<Int> = []
            return (first + rest).filter { seen.insert($0).inserted }
        }

        private static let mostPromising = 6

        private func outcome(
            of mutant: GeneratedMutant, _ catches: inout [Int: Int], _ noticed: inout [Int]
        ) -> GeneratedResult.Outcome? {
            let order = order(of: mutant, catches)
            var caught: (by: String, in: String, runs: Int)?
            var (runs, effects, hadEffect) = (0, 0, firstRuns[mutant] != nil)
            for index in order.prefix(progress.options.tries * GeneratedSuite.rareTries) {
                let trial = progress.trials.trial([mutant], in: progress.subjects[index])
                runs += 1
                if let catcher = trial.catcher {
                    catches[index, default: 0] += 1
                    noticed.insert(index, at: 0)
                    guard progress.options.countsSingles else {
                        return .caught(by: catcher, in: progress.subjects[index].title, runs: runs, isSingle: nil)
                    }
                    if let caught { return .caught(by: caught.by, in: caught.in, runs: caught.runs, isSingle: false) }
                    caught = (catcher, progress.subjects[index].title, runs)
                }
                if trial.catcher == nil, trial.hadEffect { noticed.append(index) }
                hadEffect = hadEffect || trial.hadEffect
                if trial.hadEffect { effects += 1 }
                if effects >= progress.options.tries { break }
                if !hadEffect, let quietTries, runs >= quietTries { return nil }
            }
            if let caught { return .caught(by: caught.by, in: caught.in, runs: caught.runs, isSingle: true) }
            return hadEffect || quietTries == nil ? .missed(runs: effects) : nil
        }
    }

    /// All mutants that seem to have no effect at once, in one run; where they have one together, halves of them.
    private struct QuietBatch: Batch {
        let progress: Progress
        let subjects: [Int]
        let quiet: [GeneratedMutant]

        var count: Int? { subjects.count }

        func run(_ number: Int) -> [(GeneratedMutant, Trial)] {
            let subject = progress.subjects[subjects[number]]
            let taken = quiet.filter { subject.members[$0.member]?.takes($0.alteration) ?? false }
            return GeneratedMutant.Alteration.allCases.flatMap { alteration in
                effective(taken.filter { $0.alteration == alteration }, in: subject)
            }
        }

        private func effective(_ mutants: [GeneratedMutant], in subject: Subject) -> [(GeneratedMutant, Trial)] {
            guard !mutants.isEmpty else { return [] }
            let trial = progress.trials.trial(mutants, in: subject)
            guard trial.hadEffect else { return [] }
            guard mutants.count > 1 else { return [(mutants[0], trial)] }
            let half = mutants.count / 2
            return effective(Array(mutants[..<half]), in: subject) + effective(Array(mutants[half...]), in: subject)
        }
    }
}
