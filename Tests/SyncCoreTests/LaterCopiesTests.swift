import SyncCore
import Testing
import Trade
import Units

/// A second delivery of the creating request, after the list of the first was read.
struct LaterCopiesTests {
    private static let wanted = [
        WantedLine(row: LineID("1"), item: ItemNumber("CHAIR"), location: LocationNumber("1001"), quantity: Quantity("3")!)
    ]

    private static func document(
        _ id: Int, _ quantity: String = "3", isConfirmed: Bool = false, madeAt seconds: Int? = 5
    ) -> BookedDocument {
        BookedDocument(
            id: DocumentID(id), isConfirmed: isConfirmed,
            lines: [
                ShipmentLine(
                    id: DocumentID(8000 + id), orderLine: LineID("1"), item: ItemNumber("CHAIR"),
                    location: LocationNumber("1001"), quantity: Quantity(quantity)!)
            ], createdAt: seconds.map { Moment(milliseconds: Int64($0) * 1000) })
    }

    private static let own = document(700, isConfirmed: true, madeAt: 0)

    private static func find(
        _ others: [BookedDocument], mode: DocumentBooking.Mode = .linesInBody, own: BookedDocument? = Self.own,
        known: Set<DocumentID> = []
    ) -> LaterCopies? {
        LaterCopies.find(
            in: [own].compactMap(\.self) + others, of: DocumentID(700), mode: mode, wanted: wanted, known: known,
            within: .seconds(120))
    }

    @Test func aDraftWithTheSameLinesIsRemoved() {
        #expect(Self.find([Self.document(701)]) == LaterCopies(drafts: [DocumentID(701)]))
    }

    @Test func whatWasBookedAgainIsTold() {
        #expect(Self.find([Self.document(701, isConfirmed: true)]) == LaterCopies(booked: [DocumentID(701)]))
    }

    /// The office made it, before ours or hours after it, with other lines, or our journal knows whose it is.
    @Test func whatSomebodyElseMadeIsLeftAlone() {
        for other in [Self.document(701, madeAt: 121), Self.document(701, madeAt: -1), Self.document(701, "2")] {
            #expect(Self.find([other]) == LaterCopies(), "\(other)")
        }
        #expect(Self.find([Self.document(701)], known: [DocumentID(701)]) == LaterCopies())
    }

    /// Rackbeat tells whole seconds, and the last one of the settling time is in it.
    @Test(arguments: [(-1, false), (0, true), (1, true), (119, true), (120, true), (121, false)])
    func aCopyIsAsOldAsOursAndNoOlderThanTheSettlingTime(madeAt: Int, isCopy: Bool) {
        #expect(Self.find([Self.document(701, madeAt: madeAt)]) == LaterCopies(drafts: isCopy ? [DocumentID(701)] : []))
    }

    /// A draft of all that is open, as this account makes it before it is edited.
    @Test func anUneditedDraftIsKnownByItsTimeAlone() {
        #expect(Self.find([Self.document(701, "9")], mode: .editAfterCreate) == LaterCopies(drafts: [DocumentID(701)]))
        #expect(Self.find([Self.document(701, "9", madeAt: 7200)], mode: .editAfterCreate) == LaterCopies())
        #expect(Self.find([Self.document(701, "9", madeAt: nil)], mode: .editAfterCreate) == LaterCopies())
    }

    @Test func withoutATimeAPersonDecides() {
        #expect(Self.find([Self.document(701, madeAt: nil)]) == LaterCopies(undated: [DocumentID(701)]))
        let undated = Self.document(700, isConfirmed: true, madeAt: nil)
        #expect(Self.find([Self.document(701)], own: undated) == LaterCopies(undated: [DocumentID(701)]))
    }

    @Test func aListWithoutOurOwnSaysNothing() {
        #expect(Self.find([Self.document(701)], own: nil) == nil)
    }
}
