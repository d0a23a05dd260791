/// Records that the warehouse holds by the journal and Rackbeat finds no more, and whether they may be taken for deleted.
///
/// A revoked company, a missing permission, another base URL or a broken proxy answers 404 for everything. Each single 404 looks like
/// a deletion, and believing all of them would cancel every order in the warehouse in one night.
package struct MissingRecords: Hashable, Sendable {
    /// What shows that Rackbeat finds by its number what it has.
    package enum Witness: Hashable, Sendable {
        case none
        /// Its lists name no record of the kind, but a record of another kind was found.
        case otherKind
        /// Another record of the kind was found.
        case sameKind
    }

    package enum Verdict: Hashable, Sendable {
        case deleted
        /// Nothing shows that Rackbeat finds anything.
        case untold
        /// Rackbeat finds others, but too many are missing to have been deleted one by one.
        case tooMany
    }

    package var kind: RecordRef.Kind
    /// In whatever order; each once.
    package var numbers: [String]
    /// How many records of the kind the warehouse holds by the journal, these included.
    package var held: Int
    package var witness: Witness
    /// Whether this account shows a cancelled document no more, so that many may go in a day.
    package var cancelledVanish: Bool

    package init(
        kind: RecordRef.Kind, numbers: [String], held: Int, witness: Witness, cancelledVanish: Bool
    ) {
        self.kind = kind
        self.numbers = numbers
        self.held = held
        self.witness = witness
        self.cancelledVanish = cancelledVanish
    }

    /// What they are parked as.
    package var subject: String { "deleted \(kind.noun)s" }
    package var first: RecordRef? { numbers.first.map { RecordRef(kind, $0) } }

    /// So many may always have been deleted between two looks.
    private var few: Int { cancelledVanish ? 20 : 5 }
    /// Of a large number, a tenth may have been.
    private var most: Int { max(few, cancelledVanish ? held / 3 : held / 10) }

    /// - Parameter isConfirmed: Whether a person has looked at just these records and asked for their deletion to be carried out. That
    ///   settles how many there are, never whether Rackbeat can be believed: `retry` is also asked for without looking.
    package func verdict(isConfirmed: Bool) -> Verdict {
        if numbers.isEmpty { return .deleted }
        switch witness {
        case .none: return .untold
        case .otherKind: return numbers.count <= few ? .deleted : .untold
        case .sameKind: return numbers.count <= most || isConfirmed ? .deleted : .tooMany
        }
    }

    /// What a confirmation is valid for.
    package var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.add(kind.rawValue)
        for number in numbers.sorted() { builder.add(number) }
        return builder.fingerprint
    }

    /// For people; `nil` when they may be taken for deleted.
    package func failure(isConfirmed: Bool) -> RecordFailure? {
        let noun = kind.noun
        let count = numbers.count == 1 ? "\(noun) \(numbers[0])" : "\(numbers.count) of \(held) \(noun)s"
        let effect =
            kind == .product
            ? "Their articles were left as they are in the warehouse."
            : "Nothing was cancelled: the warehouse goes on working on what it holds."
        switch verdict(isConfirmed: isConfirmed) {
        case .deleted: return nil
        case .untold:
            return RecordFailure(
                reason:
                    "Rackbeat does not find \(count) that the warehouse holds\(named), nor any other \(noun) that it should have.",
                effect: effect,
                remedy:
                    "Check the company, the token's permissions, the base URL and any proxy between. It clears by itself when "
                    + "Rackbeat finds \(noun)s again.")
        case .tooMany:
            return RecordFailure(
                reason:
                    "Rackbeat does not find \(count) that the warehouse holds\(named), which is too many to act upon unasked.",
                effect: effect,
                remedy:
                    "If they were not deleted, check the token's permissions and any proxy between. If they were, retry this: the "
                    + "next comparison ('tandem sync --reconcile') then "
                    + (kind == .product ? "deals with their articles." : "cancels them in the warehouse."))
        }
    }

    private var named: String {
        guard numbers.count > 1 else { return "" }
        let shown = numbers.sorted { ($0.count, $0) < ($1.count, $1) }.prefix(10)
        let rest = numbers.count - shown.count
        return " (" + shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more)" : ")")
    }
}
