package import StrictYAML

/// One kind of step of a scenario: the single source of how it is read, documented and carried out.
package struct StepKind: Sendable {
    package enum Argument: Sendable {
        /// The word stands alone.
        case none
        case optional(Shape)
        case required(Shape)

        package var shape: Shape? {
            switch self {
            case .none: nil
            case .optional(let shape), .required(let shape): shape
            }
        }
    }

    /// Who does it.
    package enum Taker: Sendable {
        /// A person or the network. Such a step may have a time of its own (`at`).
        case world
        /// The engine or the clock. Such a step happens in its turn.
        case run
    }

    package let word: String
    package let taker: Taker
    /// What happens, in a sentence or two.
    package let doc: String
    package let argument: Argument
    /// The step and those before it, as YAML. It runs in the world of ``ReferencePage/exampleWorld``.
    package let example: String
    let run: @Sendable (World, Step) throws -> Void

    init(
        _ word: String, by taker: Taker = .world, _ doc: String, _ argument: Argument = .none, example: String,
        run: @escaping @Sendable (World, Step) throws -> Void
    ) {
        self.word = word
        self.taker = taker
        self.doc = doc
        self.argument = argument
        self.example = example
        self.run = run
    }
}

/// A step of a scenario as it was read.
package struct Step: Sendable {
    package let kind: StepKind
    /// `nil` when the word stands alone.
    package let argument: Value?
    /// When it happens; `nil`: when its turn comes.
    package let time: TimePoint?
    package let place: Place

    package init(kind: StepKind, argument: Value?, time: TimePoint?, place: Place) {
        self.kind = kind
        self.argument = argument
        self.time = time
        self.place = place
    }

    /// The argument of a word that requires one.
    package var value: Value {
        guard let argument else { preconditionFailure("\(place): '\(kind.word)' requires an argument") }
        return argument
    }
}

extension StepKind {
    /// Every word, in the order of the reference page.
    package static let all: [StepKind] =
        time + rackbeatCatalogue + rackbeatOrders + rackbeatPurchases + rackbeatStock + ongoingOrders
        + ongoingDocuments + ongoingPurchases + ongoingStock + requests + engine + faults

    private static let byWord = Dictionary(uniqueKeysWithValues: all.map { ($0.word, $0) })

    package static func named(_ word: String) -> StepKind? { byWord[word] }
}
