package import Units

/// What is different about evidence that comes from the two APIs instead of a run.
///
/// The invariants are the same. A run has the fakes' own models, the recorded actions and every exchange. The APIs show less: who
/// made a document is not written there, some members cannot be read back, and what people did is known only by what it left behind.
package struct APIFacts: Sendable {
    /// The members of the warehouse's documents that can be written and not read back, as paths.
    package var unseenMembers: Set<String> = []
    /// The adjustments in Rackbeat that the engine made for this connection, by their reason.
    package var ownAdjustments: Set<Int> = []
    /// The locations of every configured connection.
    package var locations: Set<String> = []
    /// The accepted differences of stock by item, Ongoing minus Rackbeat; `nil` when nobody kept them.
    package var acceptedOffsets: [String: ExactDecimal]?
    /// The invariants that this evidence cannot decide, by id, with the reason.
    package var unanswered: [String: String] = [:]

    package init() {}
}
