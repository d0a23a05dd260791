import SyncCore
import Testing

struct MissingRecordsTests {
    private static func missing(
        _ count: Int, of held: Int, _ witness: MissingRecords.Witness, vanish: Bool = false, kind: RecordRef.Kind = .order
    ) -> MissingRecords {
        MissingRecords(
            kind: kind, numbers: (0..<count).map { String(1001 + $0) }, held: held, witness: witness, cancelledVanish: vanish)
    }

    /// Missing, held, what was found beside them, whether a person confirmed it: what they are taken for.
    @Test(
        arguments: [
            // Nothing answers: however few there are, and whoever asks.
            (1, 1, .none, false, .untold), (1, 100, .none, false, .untold), (1, 100, .none, true, .untold),
            (100, 100, .none, true, .untold),
            // Rackbeat has no order at all, but products: a small shop has deleted its last ones.
            (1, 1, .otherKind, false, .deleted), (5, 5, .otherKind, false, .deleted), (6, 6, .otherKind, false, .untold),
            (6, 6, .otherKind, true, .untold), (200, 200, .otherKind, true, .untold),
            // A tenth is a reason only beside another of the kind.
            (6, 100, .otherKind, false, .untold), (5, 100, .otherKind, false, .deleted),
            // Rackbeat finds another order.
            (1, 2, .sameKind, false, .deleted), (5, 5, .sameKind, false, .deleted), (6, 6, .sameKind, false, .tooMany),
            (6, 6, .sameKind, true, .deleted), (10, 100, .sameKind, false, .deleted), (11, 100, .sameKind, false, .tooMany),
            (11, 100, .sameKind, true, .deleted), (99, 1000, .sameKind, false, .deleted),
            (0, 0, .none, false, .deleted),
        ] as [(Int, Int, MissingRecords.Witness, Bool, MissingRecords.Verdict)])
    func whatIsMissingIsTakenForDeletedOnlyWhenRackbeatCanBeBelieved(
        count: Int, held: Int, witness: MissingRecords.Witness, isConfirmed: Bool, expected: MissingRecords.Verdict
    ) {
        let missing = Self.missing(count, of: held, witness)
        #expect(missing.verdict(isConfirmed: isConfirmed) == expected)
        #expect((missing.failure(isConfirmed: isConfirmed) == nil) == (expected == .deleted))
    }

    /// Where cancelled orders vanish, a day's cancellations are nothing unusual.
    @Test(arguments: [(20, 20, MissingRecords.Verdict.deleted), (33, 100, .deleted), (34, 100, .tooMany)])
    func moreMayVanishWhereCancelledOrdersDo(count: Int, held: Int, expected: MissingRecords.Verdict) {
        #expect(Self.missing(count, of: held, .sameKind, vanish: true).verdict(isConfirmed: false) == expected)
    }

    @Test func aConfirmationIsForTheseRecordsAlone() {
        let seven = Self.missing(7, of: 7, .sameKind)
        var turned = seven
        turned.numbers.reverse()
        #expect(turned.fingerprint == seven.fingerprint)
        #expect(Self.missing(8, of: 8, .sameKind).fingerprint != seven.fingerprint)
        #expect(Self.missing(7, of: 7, .sameKind, kind: .purchaseOrder).fingerprint != seven.fingerprint)
    }

    @Test func itSaysWhichAndWhatToDo() {
        #expect(
            Self.missing(12, of: 40, .sameKind).failure(isConfirmed: false)?.description == """
                Rackbeat does not find 12 of 40 orders that the warehouse holds (1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, \
                1010 and 2 more), which is too many to act upon unasked. Nothing was cancelled: the warehouse goes on working on what \
                it holds. If they were not deleted, check the token's permissions and any proxy between. If they were, retry this: \
                the next comparison ('tandem sync --reconcile') then cancels them in the warehouse.
                """)
        #expect(
            Self.missing(1, of: 40, .none).failure(isConfirmed: false)?.description == """
                Rackbeat does not find order 1001 that the warehouse holds, nor any other order that it should have. Nothing was \
                cancelled: the warehouse goes on working on what it holds. Check the company, the token's permissions, the base URL \
                and any proxy between. It clears by itself when Rackbeat finds orders again.
                """)
    }
}
