package import ScenarioKit
import Simulation

/// Every scenario with every blow that its runs can take.
///
/// A run is judged twice over. Whatever people do while the engine has trouble, every standing rule must hold. What the scenario
/// itself expects at the end may rest on the engine having seen one thing before people did the next: it must come true when
/// they wait for the engine to come round, and need not when they did not. And it need not when a blow fell where the scenario's
/// own trouble was to strike: what it tells of that trouble did not happen.
package struct Sweep: Batch {
    private let subjects: [SweepSubject]
    private let items: [(subject: Int, point: SweepPoint)]
    private let checksDeterminism: Bool
    private let journals = JournalPool()

    /// - Parameter shard: Which part of the items is played, of how many.
    package init(_ subjects: [SweepSubject], shard: Shard = .whole, checksDeterminism: Bool = false) {
        self.subjects = subjects
        self.checksDeterminism = checksDeterminism
        let all = subjects.enumerated().flatMap { index, subject in subject.points.map { (subject: index, point: $0) } }
        items = all.enumerated().filter { shard.has($0.offset) }.map(\.element)
    }

    package var count: Int? { items.count }

    package func work(on number: Int) -> Outcome {
        let (index, point) = items[number]
        let subject = subjects[index]
        var outcome = Outcome()
        let struck = play(subject, point, .struck(by: point.injectedFaults, demanding: .theEnd), &outcome)
        guard !struck.result.outcome.isGood else {
            if struck.injectedFaultsApplied < min(1, point.injectedFaults.count) { outcome.note(idle(subject, point, struck)) }
            return outcome
        }
        var rulesAlone = RunOptions.struck(by: point.injectedFaults, demanding: .nothing)
        rulesAlone.steps = .leftInTheEnd
        let withRules = play(subject, point, rulesAlone, &outcome)
        guard withRules.result.outcome.isGood else {
            outcome.note(failure(subject, point, rulesAlone, withRules.result))
            return outcome
        }
        guard struck.faultsDisplaced == 0 else { return outcome }
        var patient = RunOptions.struck(by: point.injectedFaults, demanding: .theEnd)
        patient.peopleWait = true
        let withPatience = play(subject, point, patient, &outcome)
        if !withPatience.result.outcome.isGood { outcome.note(failure(subject, point, patient, withPatience.result)) }
        return outcome
    }

    private func play(_ subject: SweepSubject, _ point: SweepPoint, _ runOptions: RunOptions, _ outcome: inout Outcome)
        -> ScenarioRun
    {
        let played = journals.lend { Runner.run(subject.scenario, subject.variant, runOptions, journal: $0) }
        outcome.add(played)
        if checksDeterminism, let parting = Determinism.parting(subject.scenario, subject.variant, runOptions, from: played) {
            var result = played.result
            result.outcome = .error
            result.problem = parting
            outcome.note(failure(subject, point, runOptions, result))
        }
        return played
    }

    /// A blow that never struck would let the sweep count what it has not tried.
    private func idle(_ subject: SweepSubject, _ point: SweepPoint, _ played: ScenarioRun) -> Failure {
        var result = played.result
        result.outcome = .error
        result.problem = "nothing was struck: the run did not repeat the one without blows up to there"
        return failure(subject, point, .struck(by: point.injectedFaults, demanding: .theEnd), result)
    }

    private func failure(_ subject: SweepSubject, _ point: SweepPoint, _ runOptions: RunOptions, _ result: ScenarioResult)
        -> Failure
    {
        var replay = "explore --exhaustive \(Failure.quoted(subject.scenario.path))"
        if let variant = subject.variant.name { replay += " --variant \(Failure.quoted(variant))" }
        replay += " --only \(Failure.quoted(point.text))"
        return Failure(
            result: result, scenario: subject.scenario, variant: subject.variant, runOptions: runOptions,
            circumstances: point.injectedFaults.map { subject.words(for: $0) }, replay: replay)
    }
}

extension SweepSubject {
    /// What a blow is aimed at, as the run without blows has it.
    fileprivate func words(for injectedFault: InjectedFault) -> String {
        func name(_ number: Int) -> String {
            guard let exchange = clean.exchanges.first(where: { $0.number == number }) else { return "exchange \(number)" }
            let nth = clean.exchanges.count {
                $0.number <= number && ($0.system, $0.method, $0.path) == (exchange.system, exchange.method, exchange.path)
            }
            return "exchange \(number), \(exchange.system) \(exchange.method) \(exchange.path)" + (nth > 1 ? ", no. \(nth)" : "")
        }
        switch injectedFault {
        case .fault(let kind, let number): return "\(name(number)): \(kind.words)"
        case .crash(let side, .exchange(let number)): return "the engine crashed \(side.rawValue) \(name(number))"
        case .crash(let side, .commit(let number)): return "the engine crashed \(side.rawValue) commit \(number) of its journal"
        }
    }
}

extension Outcome {
    package mutating func add(_ played: ScenarioRun) {
        figures.add(played)
        var together = EventDigest()
        together.add(Int64(bitPattern: digest))
        together.add(played.result.digest)
        digest = together.value
    }

    package mutating func note(_ failure: Failure) {
        failures.append(failure)
        figures.broken += 1
    }
}
