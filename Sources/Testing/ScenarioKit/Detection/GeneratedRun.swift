package import Mutants
package import StrictYAML

/// What became of one generated mutant.
package struct GeneratedResult: Sendable {
    package enum Outcome: Sendable, Equatable {
        /// - Parameters:
        ///   - by: An invariant, an expectation, a step that could not be taken.
        ///   - runs: How many were tried until then.
        ///   - isSingle: Whether no other run catches it; `nil`: nobody looked.
        case caught(by: String, in: String, runs: Int, isSingle: Bool?)
        /// Something is different, and nothing turns red in so many runs.
        case missed(runs: Int)
        /// The engine sends the same at the same time, and both systems and the journal end the same, in so many runs.
        case withoutEffect(runs: Int)
        /// The member has one value in every run, so there is none to freeze or to confuse it with.
        case neverDiffers
    }

    package let mutant: GeneratedMutant
    package let outcome: Outcome
}

/// The result of the generated mutants.
package struct GeneratedRun: Sendable {
    package let results: [GeneratedResult]
    /// How many runs could notice something.
    package let runs: Int
    /// Scenarios that are red without a mutant.
    package let failing: [(title: String, problem: String)]
    package let unreadable: [(path: String, problem: InvalidFile)]
    /// Whether all mutants were tried.
    package let isWhole: Bool
}
