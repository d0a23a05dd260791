import Invariants
import Simulation
import StrictYAML

/// A whole scenario file.
enum ScenarioShape {
    static let file = Record(
        "a scenario",
        [
            .optional("tags", .list(.text), "Words to choose scenarios by; the folder's name is one of itself."),
            .optional("seed", .whole(0...999_999_999), "Where chance begins. Default: 1."),
            .optional("world", .record(WorldShapes.world), "How both systems and the engine are set up."),
            .optional("faults", .list(.record(FaultShapes.fault)), "What goes wrong with exchanges, from the start on."),
            .required("steps", .list(step), "What happens, in this order."),
            .optional(
                "settle", .duration,
                "Trouble ends, access is restored, and the schedule runs on for so long before anything is judged."),
            .optional("matrix", .list(.record(variant)), "Variants: the whole scenario is played under each."),
            .optional("expect", .record(expectations), "What must have come of it, beside what the standing rules demand."),
            .optional("mutant", MutantShape.mutant, "A known bug that is put into the engine or a fake."),
            .optional(
                "caught-by", .list(caughtBy),
                "Invariants that must catch the mutant. The scenario passes when each of them is violated."),
        ])

    /// An invariant, alone or with words that its finding must contain.
    static let caughtBy = Shape.either([
        .choice(AllInvariants.ids),
        .record(
            Record(
                "an invariant that must catch the mutant",
                [
                    .required("invariant", .choice(AllInvariants.ids), "Its id."),
                    .optional("finding", .text, "Words that a finding must contain."),
                ])),
    ])

    /// A word that stands alone, or a mapping of one word and what it needs, and perhaps a time.
    static let step = Shape.either([
        .stepWord,
        .record(
            Record(
                "a step",
                StepKind.all.map { .optional($0.word, $0.argument.reading, $0.doc) } + [
                    .optional(
                        "at", .time,
                        "When it happens: so long after the start, at a time of day in Copenhagen, or at a moment. For what people and "
                            + "the network do; the steps behind it do not wait for it.")
                ],
                exactlyOneOf: [StepKind.all.map(\.word)], keyTitle: "word", plural: "steps")),
    ])

    static let variant = Record(
        "a variant",
        [
            .required("name", .text, "What the variant is called: results show it behind the file's name."),
            .optional("engine", .record(WorldShapes.engine), "Settings of every connection."),
            .optional("profile", WorldShapes.profiles("the profile"), "Choices of clients and fakes."),
            .optional("fake-profile", WorldShapes.profiles("the fakes' profile"), "Choices that only the fakes make."),
            .optional("clock-skew", .record(WorldShapes.clockSkew), "Wrong clocks instead of the world's."),
            .optional("faults", .list(.record(FaultShapes.fault)), "Faults beside those of the scenario."),
        ])

    static let expectations = Record(
        "what is expected", ExpectationKind.all.map { .optional($0.name, $0.shape, $0.doc) }, keyTitle: "expectation")
}

extension StepKind.Argument {
    /// The shape of what stands behind the word and its colon.
    var reading: Shape {
        switch self {
        case .none: .nothing
        case .optional(let shape): .either([.nothing, shape])
        case .required(let shape): shape
        }
    }
}
