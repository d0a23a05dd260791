import SyncCore
import Testing
import Trade

struct DraftComparisonTests {
    static let here = LocationNumber("1001")
    static let there = LocationNumber("2002")

    static func want(_ row: String, _ item: String, _ quantity: String) -> WantedLine {
        WantedLine(row: LineID(row), item: ItemNumber(item), location: here, quantity: Quantity(quantity)!)
    }

    static func line(_ id: Int, _ item: String, _ quantity: String, row: String? = nil, at location: LocationNumber = here)
        -> ShipmentLine
    {
        ShipmentLine(
            id: DocumentID(id), orderLine: row.map { LineID($0) }, item: ItemNumber(item), location: location,
            quantity: Quantity(quantity)!)
    }

    static func open(_ row: String, _ item: String, at location: LocationNumber = here) -> OpenLine {
        OpenLine(row: LineID(row), item: ItemNumber(item), location: location)
    }

    @Test func equalLinesInAnotherOrderAreTheSame() {
        let draft = [Self.line(1, "A", "2"), Self.line(2, "A", "3"), Self.line(3, "B", "1")]
        let wanted = [Self.want("12", "B", "1"), Self.want("10", "A", "3"), Self.want("11", "A", "2")]
        #expect(DraftComparison.compare(draft, with: wanted, open: nil) == .same)
    }

    /// Without the name of the order line, the order of the open lines tells two lines of one item apart.
    @Test func theSecondLineOfAnItemIsFoundByTheOrderOfTheOpenLines() {
        let draft = [Self.line(1, "A", "5"), Self.line(2, "A", "5")]
        let open = [Self.open("10", "A"), Self.open("11", "A")]
        #expect(
            DraftComparison.compare(draft, with: [Self.want("11", "A", "3")], open: open)
                == .differs([.remove(line: DocumentID(1)), .set(line: DocumentID(2), to: Quantity("3")!)]))
    }

    /// Goods that never arrived at the other location would be booked in.
    @Test func aLineAtAnotherLocationIsRemoved() {
        let draft = [Self.line(1, "A", "5"), Self.line(2, "A", "4", at: Self.there)]
        let open = [Self.open("10", "A"), Self.open("11", "A", at: Self.there)]
        #expect(
            DraftComparison.compare(draft, with: [Self.want("10", "A", "5")], open: open)
                == .differs([.remove(line: DocumentID(2))]))
    }

    @Test func whatTheDraftLacksIsAdded() {
        #expect(
            DraftComparison.compare([], with: [Self.want("10", "A", "2")], open: [])
                == .differs([.add(item: ItemNumber("A"), location: Self.here, quantity: Quantity("2")!)]))
    }

    @Test func aNamedOrderLineDecidesOverEverythingElse() {
        let draft = [Self.line(1, "A", "3", row: "11")]
        #expect(
            DraftComparison.compare(draft, with: [Self.want("10", "A", "3")], open: nil)
                == .differs([
                    .remove(line: DocumentID(1)), .add(item: ItemNumber("A"), location: Self.here, quantity: Quantity("3")!),
                ]))
    }
}
