import SyncCore
import Testing
import Trade
import Units

struct DecisionTests {
    static let moment = Moment(milliseconds: 0)

    static func order(_ progress: OrderProgress) -> SalesOrder {
        SalesOrder(number: OrderNumber("1042"), progress: progress, lines: [], updatedAt: moment)
    }

    static func line(_ quantity: String, done: String? = nil, ours: String = "0") -> LineProgress {
        LineProgress(quantity: Quantity(quantity)!, done: done.map { Quantity($0)! }, bookedByUs: Quantity(ours)!)
    }

    @Test(arguments: [
        (OrderProgress.draft, false, PushDecision.leave),
        (.draft, true, .cancel(.reopened)),
        (.booked, false, .put),
        (.booked, true, .put),
        (.cancelled, true, .cancel(.cancelled)),
        (.cancelled, false, .leave),
        (.shipped, false, .leave),
        (.shipped, true, .cancel(.finishedByOthers)),
    ])
    func anOrderIsDecidedByWhereItStandsAndWhatTheWarehouseHas(
        progress: OrderProgress, mayBeHeld: Bool, expected: PushDecision
    ) {
        let decision = PushDecision.decide(order: Self.order(progress), lines: [Self.line("5")], mayBeHeld: mayBeHeld)
        #expect(decision == expected)
    }

    @Test func anOrderThatWeShippedIsLeftAlone() {
        let lines = [Self.line("5", done: "5", ours: "5")]
        #expect(PushDecision.decide(order: Self.order(.shipped), lines: lines, mayBeHeld: true) == .leave)
    }

    /// The warehouse knows the parts of a kit alone, and would send the rest of the order without it.
    @Test(arguments: [true, false]) func anOrderWithAKitIsParkedAndNothingOfItIsSent(mayBeHeld: Bool) {
        let decision = PushDecision.decide(
            order: Self.order(.booked), lines: [Self.line("5"), Self.line("1")], kit: ItemNumber("SET-01"), mayBeHeld: mayBeHeld)
        guard case .park(let failure) = decision else {
            Issue.record("an order with a kit was not parked")
            return
        }
        #expect(!failure.isTransient)
        #expect(failure.text.reason == "order 1042 has a line of SET-01, a kit that Rackbeat assembles from other products.")
        #expect(
            PushDecision.decide(
                order: Self.order(.cancelled), lines: [Self.line("5")], kit: ItemNumber("SET-01"), mayBeHeld: true)
                == .cancel(.cancelled))
    }

    /// Done, and less is moved than was ordered: the rest is not wanted. Where the account does not say what is moved, others moved it.
    @Test(arguments: [
        ("3", "3", PushDecision.cancel(.restGivenUp)), ("5", "3", .cancel(.finishedByOthers)), ("2", "0", .cancel(.restGivenUp)),
    ])
    func aRestThatIsGivenUpIsToldFromOneThatOthersShipped(done: String, ours: String, expected: PushDecision) {
        let lines = [Self.line("5", done: done, ours: ours)]
        #expect(PushDecision.decide(order: Self.order(.shipped), lines: lines, mayBeHeld: true) == expected)
    }

    /// The warehouse would be sent the whole order, and two of the five would leave twice.
    @Test func anOrderThatOthersBeganIsNotSentWhole() {
        let lines = [Self.line("5", done: "2")]
        guard
            case .putIfHeld(let failure) = PushDecision.decide(order: Self.order(.booked), lines: lines, mayBeHeld: false)
        else {
            Issue.record("an order that others began was sent")
            return
        }
        #expect(
            failure.text.description == """
                order 1042 was partly shipped (2 of 5) before this connection sent it. The warehouse does not hold it. \
                Finish it in Rackbeat, or split the rest into an order of its own.
                """)
    }

    /// The warehouse cancelled it after two were shipped. Sent again, those two would leave twice; the rest alone is for a person.
    @Test(arguments: [(true, "shipped"), (false, "received")]) func whatIsBookedInPartIsNotSentWholeAgain(
        isOrder: Bool, verb: String
    ) {
        let lines = [Self.line("1"), Self.line("5", done: "2", ours: "2")]
        let purchase = PurchaseOrder(
            number: PurchaseOrderNumber("1042"), progress: .booked, lines: [], updatedAt: Self.moment)
        func decide(_ mayBeHeld: Bool) -> PushDecision {
            isOrder
                ? PushDecision.decide(order: Self.order(.booked), lines: lines, mayBeHeld: mayBeHeld)
                : PushDecision.decide(order: purchase, lines: lines, mayBeHeld: mayBeHeld)
        }
        #expect(decide(true) == .put)
        guard case .park(let failure) = decide(false) else {
            Issue.record("it was sent whole")
            return
        }
        #expect(
            failure.text.description == """
                \(isOrder ? "order" : "purchase order") 1042 was cancelled in the warehouse after a part was \(verb) (2 of 5); sent \
                again, that part would be \(verb) twice. The warehouse holds it as cancelled, and nobody works on the rest. Finish it \
                in Rackbeat, or split the rest into a document of its own.
                """)
    }

    /// Two came in on the second line, which asked for one: Rackbeat counts the other for the first, and is done with the order.
    @Test func linesOfOneItemAreReceivedTogether() {
        let chair = ItemNumber("CHAIR")
        let lines = LineProgress.byItem([
            (chair, Self.line("1", done: "1", ours: "0")), (ItemNumber("TABLE"), Self.line("2", done: "2", ours: "2")),
            (chair, Self.line("1", done: "1", ours: "2")),
        ])
        #expect(lines == [Self.line("2", done: "2", ours: "2"), Self.line("2", done: "2", ours: "2")])
        let order = PurchaseOrder(number: PurchaseOrderNumber("3001"), progress: .received, lines: [], updatedAt: Self.moment)
        #expect(PushDecision.decide(order: order, lines: lines, mayBeHeld: true) == .leave)
    }

    // MARK: Delivered

    static func work(_ lines: [DeliveredLine], inAll: [LineID: Quantity] = [:], mayExceed: Bool = false) -> Delivery {
        Delivery.work(
            out: lines, ordered: [LineID("1"): (ItemNumber("CHAIR"), Quantity("5")!)], bookedInAll: inAll, mayExceed: mayExceed,
            verb: "picked", document: "order 1042")
    }

    static func delivered(_ row: String?, done: String, booked: String = "0") -> DeliveredLine {
        DeliveredLine(
            row: row.map { LineID($0) }, article: ItemNumber("CHAIR"), done: Quantity(done)!, booked: Quantity(booked)!)
    }

    /// Two lines of one item, and another item that lends nothing: done and booked of each, and what is still to be booked.
    @Test(
        arguments: [
            // Received on the first, booked on the second: nothing is missing.
            (["4", "0", "0"], ["0", "4", "0"], [:]),
            // One too many on the second makes up for one of the two that are missing on the first, and for no more.
            (["4", "1", "0"], ["2", "2", "0"], ["1": "1"]),
            // The excess is greater than what is missing.
            (["4", "1", "0"], ["3", "3", "0"], ["2": "-1"]),
            // A table makes up for no chair.
            (["4", "0", "0"], ["2", "0", "2"], ["1": "2", "3": "-2"]),
        ] as [([String], [String], [String: String])])
    func whatIsTooMuchOnOneLineMakesUpForAnotherOfItsItem(done: [String], booked: [String], left: [String: String]) {
        let items = ["CHAIR", "CHAIR", "TABLE"].map { ItemNumber($0) }
        let lines = (0..<3).map { index in
            DeliveredLine(
                row: LineID("\(index + 1)"), article: items[index], done: Quantity(done[index])!, booked: Quantity(booked[index])!
            )
        }
        let ordered = (0..<3).map { (LineID("\($0 + 1)"), (item: items[$0], quantity: Quantity("9")!)) }
        let delivery = Delivery.work(
            out: lines, ordered: Dictionary(uniqueKeysWithValues: ordered), bookedInAll: [:], mayExceed: false,
            countsByItem: true,
            verb: "received", document: "purchase order 3001")
        let toBook = left.filter { !$0.value.hasPrefix("-") }
        #expect(Dictionary(uniqueKeysWithValues: delivery.toBook.map { ($0.row.text, "\($0.quantity)") }) == toBook)
        #expect(delivery.failures.count == left.count - toBook.count)
    }

    @Test func whatIsBookedIsPickedMinusBooked() {
        let delivery = Self.work([Self.delivered("1", done: "5", booked: "3")], inAll: [LineID("1"): Quantity("3")!])
        #expect(delivery.toBook == [.init(row: LineID("1"), item: ItemNumber("CHAIR"), quantity: Quantity("2")!)])
        #expect(delivery.failures.isEmpty)
    }

    @Test func anUnpickAfterBookingIsFlaggedWithFigures() {
        let delivery = Self.work([Self.delivered("1", done: "1", booked: "3")])
        #expect(delivery.toBook.isEmpty)
        #expect(
            delivery.failures.map(\.description) == [
                """
                order 1042, line 1 (CHAIR): 3 were booked, the warehouse now says 1 picked. \
                Rackbeat holds 2 more as picked than the warehouse. Correct the booking in Rackbeat by hand, then dismiss this.
                """
            ])
    }

    @Test func morePickedThanOrderedIsNotShippedAndNotCut() {
        let delivery = Self.work([Self.delivered("1", done: "6")])
        #expect(delivery.toBook.isEmpty)
        #expect(delivery.failures.first?.reason == "order 1042, line 1 (CHAIR): 6 picked, 5 ordered.")
    }

    /// What a back order ships counts against the same line.
    @Test func whatOtherDocumentsBookedCountsAgainstTheLine() {
        let delivery = Self.work([Self.delivered("1", done: "3")], inAll: [LineID("1"): Quantity("4")!])
        #expect(delivery.toBook.isEmpty)
        #expect(delivery.failures.count == 1)
    }

    @Test func moreReceivedThanOrderedIsBookedAsReceived() {
        #expect(Self.work([Self.delivered("1", done: "6")], mayExceed: true).toBook.first?.quantity == Quantity("6"))
    }

    @Test func aLineThatStaffTypedInIsFlaggedOnceSomethingMoved() {
        #expect(Self.work([Self.delivered(nil, done: "0")]).failures.isEmpty)
        #expect(Self.work([Self.delivered(nil, done: "1")]).failures.count == 1)
    }
}
