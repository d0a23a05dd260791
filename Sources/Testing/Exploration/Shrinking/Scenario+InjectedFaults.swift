import Exchange
import HTTPTypes
import ScenarioKit
import Simulation
import StrictYAML

extension Scenario {
    /// Writes faults that were injected by number into the scenario, as faults and crashes that name their exchange. Steps can then
    /// be removed without moving them. Where people waited for the engine, the scenario waits too.
    ///
    /// - Parameter run: The run with the injected faults, with its exchanges listed.
    /// - Returns: `nil` when no fault was applied.
    func writing(_ injectedFaults: [InjectedFault], from run: ScenarioRun) -> Scenario? {
        var added: [Value] = []
        var crashes: [Step] = []
        for injectedFault in injectedFaults {
            switch injectedFault {
            case .fault(let kind, let number):
                guard let target = Target(kind, number, in: run) else { continue }
                added.append(
                    .record([("match", target.pattern), ("fault", .text(kind.rawValue)), ("nth", target.nthIfNotFirst)]))
            case .crash(let side, .exchange(let number)):
                guard let target = Target(side, number, in: run) else { continue }
                crashes.append(Self.crash(.record([(side.rawValue, target.pattern), ("nth", target.nthIfNotFirst)])))
            case .crash(let side, .commit(let number)):
                guard number <= run.commits else { continue }
                crashes.append(Self.crash(.record([("\(side.rawValue)-commit", .whole(number))])))
            }
        }
        guard added.count + crashes.count > 0 else { return nil }
        return with(faults: added + faults, steps: crashes + asTaken(in: run))
    }

    /// The scenario without the faults that ``writing(_:from:)`` added, for a control run.
    ///
    /// - Parameter original: The scenario that ``writing(_:from:)`` returned; this one was shrunk from it.
    func without(faultsWrittenInto original: Scenario, count: Int) -> Scenario {
        let added = Set(
            original.faults.prefix(count).map { FlowText.of($0) } + original.steps.prefix(count).compactMap(\.crash))
        return with(
            faults: faults.filter { !added.contains(FlowText.of($0)) },
            steps: steps.filter { step in step.crash.map { !added.contains($0) } ?? true })
    }

    private static func crash(_ argument: Value) -> Step { step("engine.crash", argument) }

    private static func step(_ word: String, _ argument: Value) -> Step {
        guard let kind = StepKind.named(word) else { preconditionFailure("there is no step \(word)") }
        return Step(kind: kind, argument: argument, time: nil, place: .start)
    }

    /// The steps at the times at which they were taken, with the waits before them.
    private func asTaken(in run: ScenarioRun) -> [Step] {
        (0...steps.count).flatMap { index -> [Step] in
            let wait = run.waits[index].map { Self.step("run-until", .time($0)) }
            guard index < steps.count else { return [wait].compactMap(\.self) }
            let step = steps[index]
            let late = run.late[index].map {
                Step(kind: step.kind, argument: step.argument, time: .sinceStart($0), place: step.place)
            }
            return [wait, late ?? step].compactMap(\.self)
        }
    }
}

/// An exchange that is known by its number, expressed by its pattern and its place among the exchanges that match.
private struct Target {
    let pattern: Value
    let nthIfNotFirst: Value?

    init?(_ kind: FaultKind, _ number: Int, in run: ScenarioRun) {
        guard let exchange = run.exchanges.first(where: { $0.number == number }), kind.applies(to: exchange.request) else {
            return nil
        }
        var nth = 0
        var served: Set<String> = []
        for other in run.exchanges where other.number <= number && other.hasRoute(of: exchange) {
            // A stale read repeats an earlier response to the same connection.
            let read = "\(other.connection) \(other.request.target)"
            if kind.applies(to: other.request), kind != .staleRead || served.contains(read) { nth += 1 }
            if other.wasServed { served.insert(read) }
        }
        guard nth > 0 else { return nil }
        self.init(exchange.system, exchange.method, exchange.path, nth)
    }

    init?(_ side: CrashPlan.Side, _ number: Int, in run: ScenarioRun) {
        switch side {
        case .before:
            guard let unsent = run.unsent.first(where: { $0.number == number }) else { return nil }
            let earlier = run.exchanges.count {
                $0.number < number && ($0.system, $0.method, $0.path) == (unsent.system, unsent.method, unsent.path)
            }
            self.init(unsent.system, unsent.method, unsent.path, earlier + 1)
        case .after:
            guard let exchange = run.exchanges.first(where: { $0.number == number }), exchange.wasServed else { return nil }
            // A request that never reached the server has no «after».
            let nth = run.exchanges.count { $0.number <= number && $0.wasServed && $0.hasRoute(of: exchange) }
            self.init(exchange.system, exchange.method, exchange.path, nth)
        }
    }

    private init(_ system: System, _ method: HTTPRequest.Method, _ path: String, _ nth: Int) {
        pattern = Value(.exchange(ExchangePattern(system, method, path)), at: .start)
        nthIfNotFirst = nth > 1 ? .whole(nth) : nil
    }
}

extension Step {
    /// The point of a crash, as text; `nil` for any other step.
    fileprivate var crash: String? { kind.word == "engine.crash" ? argument.map { FlowText.of($0) } : nil }
}

extension ScenarioRun.Exchange {
    fileprivate func hasRoute(of other: ScenarioRun.Exchange) -> Bool {
        (system, method, path) == (other.system, other.method, other.path)
    }
}
