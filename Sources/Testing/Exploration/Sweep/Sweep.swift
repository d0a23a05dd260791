package import ScenarioKit
import Simulation
import Units

/// The fault sweep: every scenario with every fault at every exchange, and a crash at every point.
///
/// A run that fails is judged again, more leniently. The invariants must hold whatever people do while a fault lasts. The
/// scenario's own expectations may depend on the engine having seen one thing before people did the next. They must hold when
/// people wait for the engine, and need not hold when they do not. Nor need they hold when an injected fault took the place of
/// a fault of the scenario, because what the scenario says about that fault did not happen.
package struct Sweep: Batch {
    private let subjects: [SweepSubject]
    private let items: [(subject: Int, point: SweepPoint)]
    private let checksDeterminism: Bool
    private let journals = JournalPool()

    /// - Parameter shard: The part of the runs that this batch makes.
    package init(_ subjects: [SweepSubject], shard: Shard = .whole, checksDeterminism: Bool = false) {
        self.subjects = subjects
        self.checksDeterminism = checksDeterminism
        let all = subjects.enumerated().flatMap { index, subject in subject.points.map { (subject: index, point: $0) } }
        items = all.enumerated().filter { shard.has($0.offset) }.map(\.element)
    }

    package var count: Int? { items.count }

    /// What the item of that number is about.
    package func item(_ number: Int) -> (subject: SweepSubject, point: SweepPoint) {
        (subjects[items[number].subject], items[number].point)
    }

    package func run(_ number: Int) -> ItemResult {
        let (index, point) = items[number]
        let subject = subjects[index]
        var item = ItemResult()
        let first = run(subject, point, .injecting(point.injectedFaults, demanding: .endState), &item)
        guard !first.result.outcome.isGood else {
            if first.injectedFaultsApplied < min(1, point.injectedFaults.count) { item.add(notApplied(subject, point, first)) }
            return item
        }
        var invariantsOnly = RunOptions.injecting(point.injectedFaults, demanding: .nothing)
        invariantsOnly.steps = .retriedThenSkipped
        let second = run(subject, point, invariantsOnly, &item)
        guard second.result.outcome.isGood else {
            item.add(failure(subject, point, invariantsOnly, second.result))
            return item
        }
        guard first.faultsDisplaced == 0 else { return item }
        var waiting = RunOptions.injecting(point.injectedFaults, demanding: .endState)
        waiting.actorsWait = true
        let third = run(subject, point, waiting, &item)
        if !third.result.outcome.isGood { item.add(failure(subject, point, waiting, third.result)) }
        return item
    }

    private func run(_ subject: SweepSubject, _ point: SweepPoint, _ options: RunOptions, _ item: inout ItemResult) -> ScenarioRun
    {
        let run = journals.lend { Runner.run(subject.scenario, subject.variant, options, journal: $0) }
        item.add(run)
        if checksDeterminism, let difference = Determinism.difference(subject.scenario, subject.variant, options, from: run) {
            var result = run.result
            result.outcome = .error
            result.problem = difference
            item.add(failure(subject, point, options, result))
        }
        return run
    }

    /// A fault that is never applied would be counted without being tested.
    private func notApplied(_ subject: SweepSubject, _ point: SweepPoint, _ run: ScenarioRun) -> Failure {
        var result = run.result
        result.outcome = .error
        result.problem = "No fault was applied: the run did not repeat the run without faults up to that point."
        return failure(subject, point, .injecting(point.injectedFaults, demanding: .endState), result)
    }

    private func failure(
        _ subject: SweepSubject, _ point: SweepPoint, _ options: RunOptions, _ result: ScenarioResult
    ) -> Failure {
        var replay = "sweep \(subject.scenario.path.quotedForShell)"
        if let variant = subject.variant.name { replay += " --variant \(variant.quotedForShell)" }
        replay += " --inject \(point.text.quotedForShell)"
        return Failure(
            result: result, scenario: subject.scenario, variant: subject.variant, options: options,
            conditions: point.injectedFaults.map { subject.description(of: $0) }, replay: replay)
    }
}

extension SweepSubject {
    /// Names the exchange or commit as it is in the run without faults.
    fileprivate func description(of injectedFault: InjectedFault) -> String {
        func name(_ number: Int) -> String {
            guard let exchange = baseline.exchanges.first(where: { $0.number == number }) else { return "exchange \(number)" }
            let nth = baseline.exchanges.count {
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
