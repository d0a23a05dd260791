import ScenarioKit
import StrictYAML
import Units

extension Scenario {
    func with(
        world: Value?? = .none, faults: [Value]? = nil, steps: [Step]? = nil, expectations: [Expectation]? = nil
    ) -> Scenario {
        Scenario(
            path: path, title: title, summary: summary, tags: tags, seed: seed, world: world ?? self.world,
            faults: faults ?? self.faults, steps: steps ?? self.steps, settle: settle, variants: variants,
            expectations: expectations ?? self.expectations, mutant: mutant, caughtBy: caughtBy)
    }

    func caught(by invariant: String) -> Scenario {
        Scenario(
            path: path, title: title, summary: summary, tags: tags, seed: seed, world: world, faults: faults, steps: steps,
            settle: settle, variants: variants, expectations: expectations, mutant: mutant, caughtBy: [.text(invariant)])
    }

    /// The scenario with one variant alone, and with time for both systems to settle at the end.
    func only(_ variant: Variant, settling settle: Duration) -> Scenario {
        Scenario(
            path: path, title: title, summary: summary, tags: tags, seed: seed, world: world, faults: faults, steps: steps,
            settle: max(settle, self.settle ?? .zero), variants: [variant], expectations: expectations, mutant: mutant,
            caughtBy: caughtBy)
    }

    /// Removes steps that name a connection that no longer exists.
    func withoutUnknownConnections() -> Scenario {
        let given = world?["connections"]?.list.compactMap { $0["name"]?.text } ?? ["main"]
        return with(
            steps: steps.filter { step in
                guard let argument = step.argument, argument.isRecord, let name = argument["connection"] else { return true }
                return given.contains(name.text)
            })
    }

    /// - Parameter places: In the list, from 0.
    func without(steps places: Set<Int>) -> Scenario {
        guard !places.isEmpty else { return self }
        return with(steps: steps.enumerated().filter { !places.contains($0.offset) }.map(\.element))
    }
}
