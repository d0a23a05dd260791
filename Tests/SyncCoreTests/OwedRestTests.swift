import SyncCore
import Testing
import Trade

@Suite struct OwedRestTests {
    private static func wanted(_ row: String, _ item: String, _ quantity: String, shipped: String = "0") -> OwedRest.Wanted {
        OwedRest.Wanted(
            row: LineID(row), item: ItemNumber(item), quantity: Quantity(quantity)!, shipped: Quantity(shipped)!)
    }

    private static func held(_ row: String?, _ item: String, _ ordered: String, booked: String = "0") -> OwedRest.Held {
        OwedRest.Held(
            row: row.map { LineID($0) }, item: ItemNumber(item), ordered: Quantity(ordered)!, booked: Quantity(booked)!)
    }

    /// As `line: quantity`.
    private static func owed(_ wanted: [OwedRest.Wanted], _ held: [OwedRest.Held]) -> [String] {
        OwedRest.work(out: wanted, held: held).map { "\($0.row): \($0.owed)" }
    }

    @Test func whatNoOpenOrderHasIsOwed() {
        let wanted = [Self.wanted("1", "CHAIR", "5", shipped: "3")]
        #expect(Self.owed(wanted, [Self.held("1", "CHAIR", "3", booked: "3")]) == ["1: 2"])
        // The first three are not booked yet; they are on their way.
        #expect(
            Self.owed([Self.wanted("1", "CHAIR", "5")], [Self.held("1", "CHAIR", "3")]) == ["1: 2"])
    }

    @Test func aBackOrderThatIsOpenOwesNothing() {
        let wanted = [Self.wanted("1", "CHAIR", "5", shipped: "3")]
        let first = Self.held("1", "CHAIR", "3", booked: "3")
        #expect(Self.owed(wanted, [first, Self.held("1", "CHAIR", "2")]).isEmpty)
        #expect(Self.owed(wanted, [first, Self.held("1", "CHAIR", "1")]) == ["1: 1"])
        #expect(Self.owed(wanted, [first, Self.held(nil, "CHAIR", "2")]).isEmpty)
        #expect(Self.owed(wanted, [first, Self.held(nil, "TABLE", "2")]) == ["1: 2"])
    }

    @Test func whatIsShippedInAnotherWayOrCutIsNotOwed() {
        let first = Self.held("1", "CHAIR", "3", booked: "3")
        #expect(Self.owed([Self.wanted("1", "CHAIR", "5", shipped: "5")], [first]).isEmpty)
        #expect(Self.owed([Self.wanted("1", "CHAIR", "3", shipped: "3")], [first]).isEmpty)
        #expect(Self.owed([], [first]).isEmpty)
    }

    /// What a line without a row number brings to one line of its item it does not bring to the other.
    @Test func aLineWithoutRowNumberCountsOnce() {
        let wanted = [Self.wanted("1", "CHAIR", "2"), Self.wanted("2", "CHAIR", "2")]
        #expect(Self.owed(wanted, [Self.held(nil, "CHAIR", "3")]) == ["2: 1"])
    }

    @Test func theFailureSaysHowMuchAndWhatToDo() {
        let owed = OwedRest.work(
            out: [Self.wanted("1", "CHAIR", "5", shipped: "3")], held: [Self.held("1", "CHAIR", "3", booked: "3")])
        #expect(
            OwedRest.failure(owed, order: "1042", cancelled: ["1042-B"])?.description == """
                order 1042: the warehouse cancelled back order 1042-B, and no open order there has 2 of CHAIR (line 1). \
                Rackbeat holds line 1 with 3 of 5 shipped and still owes the rest; nobody is going to send it. \
                Ask the warehouse for a new back order, or ship the rest in another way, or take it off the order in Rackbeat.
                """)
        #expect(OwedRest.failure([], order: "1042", cancelled: ["1042-B"]) == nil)
    }
}
