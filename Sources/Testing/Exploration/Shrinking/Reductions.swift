import ScenarioKit
import StrictYAML
import Units

/// Ways to make a scenario smaller by one thing, the large ones first.
enum Reductions {
    static func faults(_ scenario: Scenario) -> [Scenario] {
        scenario.faults.indices.map { index in
            var faults = scenario.faults
            faults.remove(at: index)
            return scenario.with(faults: faults)
        }
    }

    /// Removes the world, then its members one by one.
    static func world(_ scenario: Scenario) -> [Scenario] {
        guard let world = scenario.world else { return [] }
        return [scenario.with(world: .some(nil)).withoutUnknownConnections()]
            + ValueReductions.of(world, keeping: ["number", "name", "location", "goods-owner"]).map {
                scenario.with(world: $0).withoutUnknownConnections()
            }
    }

    /// Reduces the arguments of steps: lines, optional members, quantities.
    static func steps(_ scenario: Scenario) -> [Scenario] {
        scenario.steps.enumerated().flatMap { index, step -> [Scenario] in
            guard let argument = step.argument, let shape = step.kind.argument.shape else { return [] }
            return ValueReductions.of(argument, keeping: telling.union(required(by: shape))).map { value in
                var steps = scenario.steps
                steps[index] = Step(kind: step.kind, argument: value, time: step.time, place: step.place)
                return scenario.with(steps: steps)
            }
        }
    }

    /// Members without which a step means something else.
    private static let telling: Set<String> = [
        "order", "purchase-order", "item", "change", "line", "lines", "before", "after", "before-commit", "after-commit",
        "connection",
        "waybill", "quantity", "status",
    ]

    /// Members that a step needs, at whatever depth they stand.
    private static func required(by shape: Shape) -> Set<String> {
        switch shape {
        case .record(let record):
            record.fields.reduce(into: Set(record.exactlyOneOf.joined())) { names, field in
                if field.isRequired { names.insert(field.name) }
                names.formUnion(required(by: field.shape))
            }
        case .list(let element), .confidential(let element, _): required(by: element)
        case .table(_, let value): required(by: value)
        case .either(let shapes): shapes.reduce(into: []) { $0.formUnion(required(by: $1)) }
        default: []
        }
    }

    /// Removes the times of steps, which are then taken in turn, and replaces long waits by one sync round.
    static func times(_ scenario: Scenario) -> [Scenario] {
        var candidates: [Scenario] = []
        for (index, step) in scenario.steps.enumerated() {
            func replaced(_ step: Step) -> Scenario {
                var steps = scenario.steps
                steps[index] = step
                return scenario.with(steps: steps)
            }
            if step.time != nil {
                candidates.append(replaced(Step(kind: step.kind, argument: step.argument, time: nil, place: step.place)))
            }
            if step.kind.word == "run-until", let sync = StepKind.named("engine.sync") {
                candidates.append(replaced(Step(kind: sync, argument: nil, time: nil, place: step.place)))
            }
        }
        return candidates
    }
}

/// Ways to make a value smaller by one thing.
enum ValueReductions {
    /// - Parameter kept: Members that are never removed, though they may get smaller.
    static func of(_ value: Value, keeping kept: Set<String>) -> [Value] {
        switch value.content {
        case .record(let members):
            let fewer = members.indices.filter { !kept.contains(members[$0].name) }.map { index in
                var rest = members
                rest.remove(at: index)
                return Value(.record(rest), at: value.place)
            }
            return fewer
                + members.indices.flatMap { index in
                    of(members[index].value, keeping: kept).map { smaller in
                        var all = members
                        all[index] = Value.Member(name: members[index].name, place: members[index].place, value: smaller)
                        return Value(.record(all), at: value.place)
                    }
                }
        case .list(let elements):
            return fewer(elements).map { Value(.list($0), at: value.place) }
                + elements.indices.flatMap { index in
                    of(elements[index], keeping: kept).map { smaller in
                        var all = elements
                        all[index] = smaller
                        return Value(.list(all), at: value.place)
                    }
                }
        case .table(let entries):
            return fewer(entries).map { Value(.table($0), at: value.place) }
                + entries.indices.flatMap { index in
                    of(entries[index].value, keeping: kept).map { smaller in
                        var all = entries
                        all[index].value = smaller
                        return Value(.table(all), at: value.place)
                    }
                }
        case .decimal(let number):
            // The simplest numbers first: 1, 2, then the whole part.
            let ones: [ExactDecimal] = number.isNegative ? [-1, -2] : [1, 2]
            return (ones + [whole(number)]).filter { simpler($0, than: number) }.map { Value(.decimal($0), at: value.place) }
        default: return []
        }
    }

    /// Removes one element; the last one stays.
    private static func fewer<Element>(_ elements: [Element]) -> [[Element]] {
        guard elements.count > 1 else { return [] }
        return elements.indices.map { index in
            var rest = elements
            rest.remove(at: index)
            return rest
        }
    }

    private static func whole(_ number: ExactDecimal) -> ExactDecimal {
        ExactDecimal(millionths: number.millionths / 1_000_000 * 1_000_000)
    }

    private static func simpler(_ left: ExactDecimal, than right: ExactDecimal) -> Bool {
        !left.isZero && left != right && left.isNegative == right.isNegative
            && (left.magnitude < right.magnitude || (left.isWhole && !right.isWhole))
    }
}
