import SyncCore
import Testing
import Trade

@Suite struct WarehouseStageTests {
    static func settings(_ change: (inout ConnectionSettings) -> Void = { _ in }) -> ConnectionSettings {
        var settings = ConnectionSettings(name: "main", location: LocationNumber("1001"), goodsOwner: 42)
        change(&settings)
        return settings
    }

    // MARK: Orders

    @Test(arguments: [
        (200, false, WarehouseStage.notBegun, BookingRule.nothingYet),
        (300, true, .underway, .nothingYet),
        // Put back from Sent: on the packing table again.
        (400, true, .underway, .nothingYet),
        (449, true, .underway, .nothingYet),
        (450, true, .complete, .everything),
        (475, true, .complete, .everything),
        (500, true, .complete, .everything),
        (501, true, .passed, .everything),
        (800, true, .passed, .everything),
        (800, false, .passed, .everything),
        (999, true, .passed, .everything),
        (1000, true, .cancelled, .nothingMore),
        (1000, false, .cancelled, .nothingMore),
        (1010, true, .cancelled, .nothingMore),
    ])
    func theStatusOfAnOrderSaysWhatIsBooked(_ status: Int, _ hasMoved: Bool, _ stage: WarehouseStage, _ rule: BookingRule) {
        let settings = Self.settings()
        #expect(settings.stage(ofOrderAt: status, hasMoved: hasMoved) == stage)
        #expect(settings.shipmentRule(stage) == rule)
    }

    /// A warehouse may have statuses of its own on both sides of the cancelled one.
    @Test(arguments: [(100, WarehouseStage.cancelled), (450, .complete), (600, .complete), (700, .passed)])
    func aCancelledStatusBelowTheOthersCancelsNothingElse(_ status: Int, _ stage: WarehouseStage) {
        let settings = Self.settings {
            $0.cancelledOrderStatus = 100
            $0.shippedStatusTo = 600
        }
        // Beyond the shipped range and the cancelled status nothing tells a kind of cancellation from a return.
        #expect(settings.stage(ofOrderAt: status, hasMoved: true) == (status == 700 ? .cancelled : stage))
    }

    @Test func theListsGoUpToTheCancelledStatus() {
        #expect(Self.settings().statusesToBook == 450...1000)
        #expect(Self.settings { $0.shippedStatusTo = 2000 }.statusesToBook == 450...2000)
    }

    // MARK: Purchase orders

    @Test(arguments: [
        (100, false, WarehouseStage.notBegun, BookingRule.nothingYet),
        (300, true, .underway, .nothingYet),
        (400, true, .underway, .nothingYet),
        (500, true, .complete, .everything),
        (600, true, .passed, .everything),
        (899, true, .passed, .everything),
        (900, true, .cancelled, .nothingMore),
        (950, true, .cancelled, .nothingMore),
    ])
    func theStatusOfAPurchaseOrderSaysWhatIsBooked(
        _ status: Int, _ hasMoved: Bool, _ stage: WarehouseStage, _ rule: BookingRule
    ) {
        let settings = Self.settings()
        #expect(settings.stage(ofPurchaseOrderAt: status, hasMoved: hasMoved) == stage)
        #expect(settings.receiptRule(stage) == rule)
    }

    @Test func betweenTwoCompletedStatusesAPurchaseOrderIsNotComplete() {
        let settings = Self.settings { $0.completedStatuses = [400, 500] }
        #expect(settings.stage(ofPurchaseOrderAt: 450, hasMoved: true) == .underway)
        #expect(settings.stage(ofPurchaseOrderAt: 400, hasMoved: true) == .complete)
    }

    @Test(arguments: WarehouseStage.allCases)
    func whatComesInIsBookedAtOnceInWhateverStatus(_ stage: WarehouseStage) {
        #expect(Self.settings { $0.receiptTrigger = .immediate }.receiptRule(stage) == .everything)
    }

    /// What left has left, and is booked; what came back of it a person books.
    @Test func whatACustomerSendsBackIsToldBesideWhatIsBooked() {
        var line = DeliveredLine(row: LineID("1"), article: ItemNumber("CHAIR"), done: Quantity("5")!, booked: Quantity("3")!)
        line.returned = Quantity("2")!
        let delivery = Delivery.work(
            out: [line], ordered: [LineID("1"): (ItemNumber("CHAIR"), Quantity("5")!)],
            bookedInAll: [LineID("1"): Quantity("3")!], mayExceed: false, verb: "picked", document: "order 1042")
        #expect(delivery.toBook.map(\.quantity) == [Quantity("2")!])
        #expect(delivery.failures.map(\.reason) == ["order 1042, line 1 (CHAIR): the customer sent 2 back."])
    }

    // MARK: What the rule does

    private static func work(_ rule: BookingRule, done: String, booked: String) -> Delivery {
        Delivery.work(
            out: [
                DeliveredLine(
                    row: LineID("1"), article: ItemNumber("CHAIR"), done: Quantity(done)!, booked: Quantity(booked)!)
            ], by: rule, ordered: [LineID("1"): (ItemNumber("CHAIR"), Quantity("5")!)],
            bookedInAll: [LineID("1"): Quantity(booked)!], mayExceed: false, verb: "picked", document: "order 1042")
    }

    @Test(
        arguments: [
            (BookingRule.everything, "5", "3", "2", 0), (.everything, "3", "3", nil, 0), (.everything, "2", "3", nil, 1),
            (.nothingYet, "5", "3", nil, 0), (.nothingYet, "3", "3", nil, 0), (.nothingYet, "2", "3", nil, 1),
            (.nothingMore, "5", "3", nil, 1), (.nothingMore, "3", "3", nil, 0), (.nothingMore, "2", "3", nil, 1),
        ] as [(BookingRule, String, String, String?, Int)])
    func theRuleDecidesWhatIsBookedAndWhatIsParked(
        _ rule: BookingRule, _ done: String, _ booked: String, _ toBook: String?, _ failures: Int
    ) {
        let delivery = Self.work(rule, done: done, booked: booked)
        #expect(delivery.toBook.map(\.quantity.description) == [toBook].compactMap(\.self))
        #expect(delivery.failures.count == failures)
    }

    @Test func picksOfACancelledOrderAreParkedWithFigures() {
        #expect(
            Self.work(.nothingMore, done: "5", booked: "3").failures.map(\.description) == [
                """
                order 1042, line 1 (CHAIR): the warehouse cancelled it with 5 picked, of which 3 are booked. \
                Nothing more was booked for that line; Rackbeat does not hold 2 as picked. \
                Ask the warehouse where the goods are. Book them in Rackbeat by hand and dismiss this, or have the \
                warehouse correct what was picked.
                """
            ])
    }
}
