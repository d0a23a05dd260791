/// Something that the engine does for a reason, and a way to take it from the engine without changing it: what the engine asks for is
/// answered, hidden or forgotten outside, so that it behaves as if it had never been built.
package struct Mechanism: Sendable {
    /// In kebab-case, as the record of detection names it.
    package let name: String
    /// What is off, and how.
    package let description: String
    /// All of them together.
    package let mutants: [Mutant]

    package static let all: [Mechanism] = reading + writing + pausing + remembering

    package static func named(_ name: String) -> Mechanism? { all.first { $0.name == name } }

    init(_ name: String, _ description: String, _ acts: [Mutant.Act]) {
        self.name = name
        self.description = description
        mutants = acts.map { Mutant(name: name, description: description, caughtBy: "", act: $0) }
    }

    /// One that is off in a mutant made by hand.
    init(_ name: String, asIn mutants: [String]) {
        self.name = name
        self.mutants = mutants.map { name in
            guard let mutant = Mutant.named(name) else { preconditionFailure("there is no mutant '\(name)'") }
            return mutant
        }
        description = self.mutants.map(\.description).joined(separator: " ")
    }
}
