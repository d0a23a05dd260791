import Exchange
import HTTPTypes
package import ScenarioKit
package import Simulation

extension Scenario {
    /// The scenario with the trouble in it that was aimed at a run by numbers: as faults and crashes that name the exchange, so that
    /// a file can say them and steps can be left out around them. Where people waited for the engine, it says that too.
    ///
    /// - Parameter struck: The run that was struck, with its exchanges listed.
    /// - Returns: `nil` when no blow fell on anything.
    package func saying(_ injectedFaults: [InjectedFault], of struck: ScenarioRun) -> Scenario? {
        var added: [Value] = []
        var crashes: [Step] = []
        for injectedFault in injectedFaults {
            switch injectedFault {
            case .fault(let kind, let number):
                guard let hit = Hit(kind, number, in: struck) else { continue }
                added.append(.record([("match", hit.pattern), ("fault", .text(kind.rawValue)), ("nth", hit.nthIfNotFirst)]))
            case .crash(let side, .exchange(let number)):
                guard let hit = Hit(side, number, in: struck) else { continue }
                crashes.append(Self.crash(.record([(side.rawValue, hit.pattern), ("nth", hit.nthIfNotFirst)])))
            case .crash(let side, .commit(let number)):
                guard number <= struck.commits else { continue }
                crashes.append(Self.crash(.record([("\(side.rawValue)-commit", .whole(number))])))
            }
        }
        guard added.count + crashes.count > 0 else { return nil }
        return with(faults: added + faults, steps: crashes + asTaken(in: struck))
    }

    /// The scenario without what another one with the same blows says of them, to see what becomes of it when nothing strikes.
    ///
    /// - Parameter told: What ``saying(_:of:)`` made of the scenario that both come from.
    func without(blowsOf told: Scenario, count: Int) -> Scenario {
        let trouble = Set(
            told.faults.prefix(count).map(ScenarioWriting.flow) + told.steps.prefix(count).compactMap(\.crash))
        return with(
            faults: faults.filter { !trouble.contains(ScenarioWriting.flow($0)) },
            steps: steps.filter { step in step.crash.map { !trouble.contains($0) } ?? true })
    }

    private static func crash(_ argument: Value) -> Step { step("engine.crash", argument) }

    private static func step(_ word: String, _ argument: Value) -> Step {
        guard let kind = StepKind.named(word) else { preconditionFailure("there is no step \(word)") }
        return Step(kind: kind, argument: argument, time: nil, place: .start)
    }

    /// The steps with what people did when they could not be taken at once.
    private func asTaken(in struck: ScenarioRun) -> [Step] {
        (0...steps.count).flatMap { index -> [Step] in
            let wait = struck.waits[index].map { Self.step("run-until", .time($0)) }
            guard index < steps.count else { return [wait].compactMap(\.self) }
            let step = steps[index]
            let late = struck.late[index].map {
                Step(kind: step.kind, argument: step.argument, time: .sinceStart($0), place: step.place)
            }
            return [wait, late ?? step].compactMap(\.self)
        }
    }
}

/// An exchange that was struck by its number, told by its name and which of that name it was.
private struct Hit {
    let pattern: Value
    let nthIfNotFirst: Value?

    init?(_ kind: FaultKind, _ number: Int, in struck: ScenarioRun) {
        guard let exchange = struck.exchanges.first(where: { $0.number == number }), kind.strikes(exchange.request) else {
            return nil
        }
        var nth = 0
        var answered: Set<String> = []
        for other in struck.exchanges where other.number <= number && other.hasTheName(of: exchange) {
            // Only what was answered before can be answered so again, to the connection that read it.
            let read = "\(other.connection) \(other.request.target)"
            if kind.strikes(other.request), kind != .staleRead || answered.contains(read) { nth += 1 }
            if other.wasServed { answered.insert(read) }
        }
        guard nth > 0 else { return nil }
        self.init(exchange.system, exchange.method, exchange.path, nth)
    }

    init?(_ side: CrashPlan.Side, _ number: Int, in struck: ScenarioRun) {
        switch side {
        case .before:
            guard let unsent = struck.unsent.first(where: { $0.number == number }) else { return nil }
            let earlier = struck.exchanges.count {
                $0.number < number && ($0.system, $0.method, $0.path) == (unsent.system, unsent.method, unsent.path)
            }
            self.init(unsent.system, unsent.method, unsent.path, earlier + 1)
        case .after:
            guard let exchange = struck.exchanges.first(where: { $0.number == number }), exchange.wasServed else { return nil }
            // What never came to the server has no «after».
            let nth = struck.exchanges.count { $0.number <= number && $0.wasServed && $0.hasTheName(of: exchange) }
            self.init(exchange.system, exchange.method, exchange.path, nth)
        }
    }

    private init(_ system: System, _ method: HTTPRequest.Method, _ path: String, _ nth: Int) {
        pattern = Value(.exchange(ExchangePattern(system, method, path)), at: .start)
        nthIfNotFirst = nth > 1 ? .whole(nth) : nil
    }
}

extension Step {
    /// What a crash of the engine is aimed at; `nil` for any other step.
    fileprivate var crash: String? { kind.word == "engine.crash" ? argument.map(ScenarioWriting.flow) : nil }
}

extension ScenarioRun.Exchange {
    fileprivate func hasTheName(of other: ScenarioRun.Exchange) -> Bool {
        (system, method, path) == (other.system, other.method, other.path)
    }
}
