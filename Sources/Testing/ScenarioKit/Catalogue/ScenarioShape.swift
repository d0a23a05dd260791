import Invariants
import Mutants
import Simulation
import StrictYAML

/// A whole scenario file.
enum ScenarioShape {
    static let file = Record(
        "a scenario",
        [
            .optional("tags", .list(.text), "Tags to select scenarios by. The name of the folder is one, too."),
            .optional("seed", .whole(0...999_999_999), "Random seed. Default: 1."),
            .optional("world", .record(WorldShapes.world), "How both systems and the engine are set up."),
            .optional("faults", .list(.record(FaultShapes.fault)), "Faults of exchanges, from the start on."),
            .required("steps", .list(step), "What happens, in this order."),
            .optional(
                "settle", .duration,
                "How long the schedule runs on after the last step, with all faults ended and access restored, before the judgement."
            ),
            .optional("matrix", .list(.record(variant)), "Variants. The whole scenario runs once under each."),
            .optional("expect", .record(expectations), "What must be true at the end, beside the invariants."),
            .optional("mutant", .choice(Mutant.all.map(\.name)), "A known bug that is put into the engine or a fake."),
            .optional(
                "caught-by", .list(caughtBy),
                "Invariants that must catch the mutant. The scenario passes when each of them is violated."),
        ],
        rules: [
            KeyRule("mutant", .requires("caught-by")) { "'mutant' requires '\($0)', the invariants that must catch it" }
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

    /// The name of a step alone, or a mapping of the name and its argument, and perhaps a time.
    static let step = Shape.either([
        .stepWord,
        .record(
            Record(
                "a step",
                StepKind.all.map { .optional($0.word, $0.argument.reading, $0.doc) } + [
                    .optional(
                        "at", .time,
                        "When it happens: a time after the start, a time of day in Copenhagen, or a moment. Only for steps of people and "
                            + "the network. The next step does not wait for it.")
                ],
                exactlyOneOf: [StepKind.all.map(\.word)],
                rules: [
                    KeyRule("at", .excludes(StepKind.all.filter { $0.taker == .run }.map(\.word))) {
                        "'\($0)' takes no 'at': it happens when its turn comes; let time pass with wait or run-until before it"
                    }
                ], keyTitle: "word", plural: "steps")),
    ])

    static let variant = Record(
        "a variant",
        [
            .required("name", .text, "The name of the variant. Results show it after the name of the file."),
            .optional("engine", .record(WorldShapes.engine), "Settings of every connection."),
            .optional("profile", WorldShapes.profiles("the profile"), "Choices of clients and fakes."),
            .optional("fake-profile", WorldShapes.profiles("the fakes' profile"), "Choices of the fakes only."),
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
