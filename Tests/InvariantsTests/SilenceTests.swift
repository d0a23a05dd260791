import Exchange
import HTTPTypes
import Invariants
import JSON
import ScenarioKit
import Simulation
import SyncCore
import Testing
import Units

/// A discrepancy that only the other side knows is a finding, unless it is repaired, parked, or younger than promised.
@Suite struct SilenceTests {
    // MARK: Statuses

    /// Seen for the first time beyond the shipped range: it left all the same.
    @Test(arguments: [(800, 0, false), (800, 3, true), (650, 0, false), (650, 3, true), (400, 0, true), (400, 3, false)])
    func anOrderThatPassedTheShippedRangeIsShipped(_ status: Int, _ shipped: Int, _ holds: Bool) {
        let verdict = Fixture.judge(ShippedEqualsPicked.self) {
            $0.ongoing.orders[0].history = [.init(time: Fixture.at(2), status: 200), .init(time: Fixture.at(11), status: status)]
            $0.ongoing.orders[0].lines[0].reported = nil
            $0.rackbeat.shipments[0].lines[0].quantity = ExactDecimal(shipped)
        }
        #expect((verdict == .holds) == holds)
    }

    @Test(arguments: [(600, 0, false), (600, 40, true), (300, 0, true), (300, 40, false)])
    func aPurchaseOrderThatPassedItsCompletedStatusIsReceived(_ status: Int, _ received: Int, _ holds: Bool) {
        let verdict = Fixture.judge(ReceivedEqualsReceipts.self) {
            $0.ongoing.purchaseOrders[0].history = [.init(time: Fixture.at(21), status: status)]
            $0.ongoing.purchaseOrders[0].lines[0].reported = nil
            $0.rackbeat.receipts[0].lines[0].quantity = ExactDecimal(received)
        }
        #expect((verdict == .holds) == holds)
    }

    /// Put back to Picked, an order keeps what was booked; what is picked from then on waits until it is sent again.
    @Test(arguments: [(3, true), (0, true), (5, false), (2, false)])
    func anOrderThatWasPutBackKeepsWhatIsBooked(_ shipped: Int, _ holds: Bool) {
        let verdict = Fixture.judge(ShippedEqualsPicked.self) {
            $0.ongoing.orders[0].history.append(.init(time: Fixture.at(20), status: 400))
            $0.actionLog.record(
                .picked(goodsOwner: 1, order: "1042", line: "90011", item: "KOP-01", quantity: 2), at: Fixture.at(25))
            $0.ongoing.orders[0].lines[0].moved = 5
            $0.ongoing.orders[0].lines[0].reported = nil
            $0.rackbeat.shipments[0].lines[0].quantity = ExactDecimal(shipped)
        }
        #expect((verdict == .holds) == holds)
    }

    @Test func goodsPutBackFromAnOrderThatWasPutBackAreFound() {
        let verdict = Fixture.judge(ShippedEqualsPicked.self) {
            $0.ongoing.orders[0].history.append(.init(time: Fixture.at(20), status: 400))
            $0.actionLog.record(
                .unpicked(goodsOwner: 1, order: "1042", line: "90011", item: "KOP-01", quantity: 1), at: Fixture.at(25))
            $0.ongoing.orders[0].lines[0].moved = 2
        }
        #expect(verdict != .holds)
    }

    // MARK: Cancelled in the warehouse

    @Test func goodsOfACancelledOrderThatNobodyBookedAreFoundUnlessParked() {
        func findings(_ change: (inout Evidence) -> Void = { _ in }) -> [String] {
            Fixture.findings(ShippedEqualsPicked.self) {
                $0.ongoing.orders[0].history = [
                    .init(time: Fixture.at(2), status: 400), .init(time: Fixture.at(12), status: 1000),
                ]
                $0.ongoing.orders[0].isCancelled = true
                $0.ongoing.orders[0].lines[0].reported = nil
                $0.rackbeat.shipments = []
                change(&$0)
            }
        }
        #expect(
            findings() == [
                "order 1042, line 90011: The warehouse cancelled the order with goods picked that Rackbeat has not shipped, and nobody "
                    + "is told. | expected 3 shipped, or a parked record | Rackbeat 0 shipped | Ongoing 3 picked"
            ])
        #expect(findings { $0.expectedParked = [ExpectedParked(number: "1042")] }.isEmpty)
        #expect(findings { $0.lastRoundBegan = Fixture.at(11) }.isEmpty)
    }

    @Test func goodsOfACancelledPurchaseOrderThatNobodyBookedAreFound() {
        let findings = Fixture.findings(ReceivedEqualsReceipts.self) {
            $0.ongoing.purchaseOrders[0].history = [
                .init(time: Fixture.at(3), status: 300), .init(time: Fixture.at(21), status: 900),
            ]
            $0.ongoing.purchaseOrders[0].isCancelled = true
            $0.ongoing.purchaseOrders[0].lines[0].reported = nil
            $0.rackbeat.receipts = []
        }
        #expect(findings.count == 1)
        #expect(findings.first?.contains("and nobody is told") == true)
    }

    @Test func aCancelledBackOrderIsFoundUnlessItsRestIsParkedOrShipped() {
        func judge(_ change: (inout Evidence) -> Void = { _ in }) -> Verdict {
            Fixture.judge(OrdersAreThere.self) {
                $0.ongoing.orders[0].lines[0].quantity = 3
                var back = $0.ongoing.orders[0]
                (back.id, back.number, back.backOrderFor, back.isCancelled) = (70012, "1042-B", 70011, true)
                back.history.append(.init(time: Fixture.at(15), status: 1000))
                back.lines[0].quantity = 2
                back.lines[0].moved = 0
                $0.ongoing.orders.append(back)
                change(&$0)
            }
        }
        #expect(judge() != .holds)
        #expect(judge { $0.expectedParked = [ExpectedParked(job: .shipments, number: "1042")] } == .holds)
        #expect(judge { $0.expectedParked = [ExpectedParked(job: .stock, number: "1042")] } != .holds)
        #expect(judge { $0.rackbeat.orders[0].lines[0].moved = 5 } == .holds)
    }

    /// What was shipped by hand need not be in the warehouse. What is still open must be, or a customer waits.
    @Test func anOrderShippedByHandInPartIsMissed() {
        func judge(_ moved: ExactDecimal) -> Verdict {
            Fixture.judge(OrdersAreThere.self) {
                $0.ongoing.orders = []
                $0.actionLog.record(
                    .shippedByHand(order: "1042", line: "90011", location: "1001", quantity: moved), at: Fixture.at(25))
                $0.rackbeat.orders[0].lines[0].moved = moved
            }
        }
        #expect(judge(5) == .holds)
        #expect(judge(2) != .holds)
    }

    // MARK: Gone from Rackbeat

    /// No list shows that something is gone, so the engine has the night to find it.
    @Test(arguments: [(30, true), (24 * 60, true), (48 * 60, false)])
    func aDeletedOrderIsFoundAfterTheNight(_ lastRound: Int, _ holds: Bool) {
        let verdict = Fixture.judge(OrdersAreThere.self) {
            $0.rackbeat.orders[0].state = .deleted
            $0.actionLog.record(.orderCancelled("1042"), at: Fixture.at(25))
            $0.lastRoundBegan = Fixture.at(lastRound == 24 * 60 ? 20 * 60 : lastRound)
        }
        #expect((verdict == .holds) == holds)
        let purchase = Fixture.judge(PurchaseOrdersAreThere.self) {
            $0.rackbeat.purchaseOrders[0].state = .deleted
            $0.actionLog.record(.purchaseOrderCancelled("2001"), at: Fixture.at(25))
            $0.lastRoundBegan = Fixture.at(lastRound == 24 * 60 ? 20 * 60 : lastRound)
        }
        #expect((purchase == .holds) == holds)
    }

    @Test func anArticleOfADeletedProductStaysActiveForNoLongerThanANight() {
        func findings(_ setting: BarredProducts, after minutes: Int, _ change: (inout Evidence) -> Void = { _ in }) -> [String] {
            Fixture.findings(CatalogueAgrees.self) {
                $0.connections = [Fixture.connection { $0.barredProducts = setting }]
                $0.rackbeat.products[0].isDeleted = true
                $0.ongoing.articles[0].fields["isActive"] = true
                $0.lastRoundBegan = Fixture.at(minutes)
                change(&$0)
            }
        }
        #expect(
            findings(.deactivate, after: 48 * 60) == [
                "product KOP-01, goods owner 1: The product was deleted in Rackbeat, and its article is still active. "
                    + "| expected isActive false, or a parked record | Rackbeat nothing | Ongoing an active article"
            ])
        #expect(findings(.deactivate, after: 60).isEmpty)
        #expect(findings(.leave, after: 48 * 60).isEmpty)
        #expect(findings(.deactivate, after: 48 * 60) { $0.ongoing.articles[0].fields["isActive"] = false }.isEmpty)
        #expect(
            findings(.deactivate, after: 48 * 60) { $0.expectedParked = [ExpectedParked(job: .products, number: "KOP-01")] }
                .isEmpty)
    }

    @Test func stockThatOnlyOneSideKnowsIsFoundAfterTheNight() {
        func findings(after minutes: Int, _ change: (inout Evidence) -> Void = { _ in }) -> [String] {
            Fixture.findings(StockAgrees.self) {
                $0.ongoing.stock.append(StockPosition(item: "ODD-99", place: "1", stock: 3))
                $0.ongoing.movements.append(
                    LedgerMovement(
                        number: 9, time: Fixture.at(5), item: "ODD-99", place: "1", change: 3, cause: "found", document: ""))
                $0.lastRoundBegan = Fixture.at(minutes)
                change(&$0)
            }
        }
        #expect(findings(after: 30).isEmpty)
        #expect(
            findings(after: 48 * 60) == [
                "ODD-99 at location 1001: Stock differs by +3, of which +3 is unexplained. | expected no difference | Rackbeat 0 "
                    + "| Ongoing 3"
            ])
        #expect(findings(after: 48 * 60) { $0.declaredDrift = [DeclaredDrift(item: "ODD-99", difference: 3)] }.isEmpty)
        #expect(
            findings(after: 48 * 60) { $0.expectedParked = [ExpectedParked(job: .stock, number: "ODD-99")] }.isEmpty)
    }

    // MARK: Settings over time

    private func changing(
        until minute: Int, lastRound: Int?, stockSyncBegan: Int? = nil, _ old: (inout ConnectionSettings) -> Void,
        now: (inout ConnectionSettings) -> Void = { _ in }
    ) -> ConnectionFacts {
        var facts = Fixture.connection(now)
        facts.earlierSettings = [
            SettingsPeriod(
                settings: Fixture.connection(old).settings, until: Fixture.at(minute), lastRoundBegan: lastRound.map(Fixture.at),
                stockSyncBegan: stockSyncBegan.map(Fixture.at))
        ]
        return facts
    }

    /// Booked while the order counted as shipped at 400, and the setting changed to 450 afterwards. A round saw it in time, so it had
    /// to be booked; without one it may be or not.
    @Test(arguments: [(3, 20, true), (0, 20, false), (3, nil, true), (0, nil, true), (2, nil, false), (5, 20, false)])
    func aShipmentIsJudgedByTheSettingsOfItsTime(_ shipped: Int, _ lastRound: Int?, _ holds: Bool) {
        let verdict = Fixture.judge(ShippedEqualsPicked.self) {
            $0.connections = [changing(until: 25, lastRound: lastRound) { $0.shippedStatusFrom = 400 }]
            $0.ongoing.orders[0].history = [.init(time: Fixture.at(2), status: 200), .init(time: Fixture.at(11), status: 400)]
            $0.ongoing.orders[0].lines[0].reported = nil
            $0.rackbeat.shipments[0].lines[0].quantity = ExactDecimal(shipped)
        }
        #expect((verdict == .holds) == holds)
    }

    /// What lay picked under the old setting is due once the new one lets it through.
    @Test(arguments: [(3, true), (0, false)])
    func aSettingThatLetsMoreThroughMakesItDue(_ shipped: Int, _ holds: Bool) {
        let verdict = Fixture.judge(ShippedEqualsPicked.self) {
            $0.connections = [
                changing(until: 25, lastRound: 20) { _ in
                } now: {
                    $0.shippedStatusFrom = 400
                }
            ]
            $0.ongoing.orders[0].history = [.init(time: Fixture.at(2), status: 200), .init(time: Fixture.at(11), status: 400)]
            $0.ongoing.orders[0].lines[0].reported = nil
            $0.rackbeat.shipments[0].lines[0].quantity = ExactDecimal(shipped)
        }
        #expect((verdict == .holds) == holds)
    }

    @Test(arguments: [(40, true), (39, false), (80, false)])
    func aReceiptIsJudgedByTheTriggerOfItsTime(_ received: Int, _ holds: Bool) {
        let verdict = Fixture.judge(ReceivedEqualsReceipts.self) {
            $0.connections = [changing(until: 25, lastRound: 22) { $0.receiptTrigger = .immediate }]
            $0.ongoing.purchaseOrders[0].history = [.init(time: Fixture.at(3), status: 300)]
            $0.ongoing.purchaseOrders[0].lines[0].reported = nil
            $0.rackbeat.receipts[0].lines[0].quantity = ExactDecimal(received)
        }
        #expect((verdict == .holds) == holds)
    }

    /// The first was seen while stock sync was on, the second came between the last round and the switch, the third after it.
    @Test(arguments: [([1], true), ([1, 2], true), ([], false), ([1, 2, 4], false), ([1, 4], false)] as [([Int], Bool)])
    func anAdjustmentIsJudgedByWhetherSyncWasOn(_ booked: [Int], _ holds: Bool) {
        for invariant in [AdjustmentsRecreatedOnce.self, StockAgrees.self] as [any Invariant.Type] {
            let verdict = Fixture.judge(invariant) {
                $0.connections = [changing(until: 26, lastRound: 24, stockSyncBegan: 5) { $0.stockSync = .on }]
                for (minute, change) in [(23, 1), (25, 2), (27, 4)] {
                    $0.actionLog.record(
                        .adjusted(goodsOwner: 1, item: "KOP-01", change: ExactDecimal(change), inventory: minute),
                        at: Fixture.at(minute))
                    $0.ongoing.adjustments.append(
                        .init(
                            goodsOwner: 1, inventory: minute, article: "KOP-01", change: ExactDecimal(change),
                            time: Fixture.at(minute)))
                    $0.ongoing.stock[0].stock += ExactDecimal(change)
                }
                $0.rackbeat.adjustments = booked.map { change in
                    .init(
                        id: 50 + change, item: "KOP-01", location: "1001", change: ExactDecimal(change), reason: "",
                        isByHand: false)
                }
                $0.rackbeat.stock[0].stock += booked.reduce(ExactDecimal.zero) { $0 + ExactDecimal($1) }
            }
            #expect((verdict == .holds) == holds, "\(invariant.id)")
        }
    }

    // MARK: Shown late

    /// A list leaves out what changed minutes ago. Where the next reading looks back that far, the order is due in it; where something so
    /// much newer shows that it does not, the order is due the next night.
    @Test(arguments: [(0, 0, 30, false), (10, 0, 30, false), (10, 10, 30, true), (10, 10, 60 * 24, false)])
    func whatAListShowsLateIsDueTheNextNight(_ read: Int, _ newest: Int, _ round: Int, _ holds: Bool) {
        func list(_ rows: [(number: Int, changed: Int)]) -> Response {
            let rows = rows.map { row in
                ["number": .number(JSONNumber(row.number)), "updated_at": .string(Fixture.at(row.changed).iso(in: .utc))] as JSON
            }
            return Response(status: 206, json: ["orders": .array(rows), "pages": 1, "total": 2])
        }
        let verdict = Fixture.judge(OrdersAreThere.self) {
            $0.ongoing.orders = []
            var late = Fixture.exchange(
                1, .get, "/api/orders?page=1", response: list([(1043, 1 + newest)]), at: Fixture.at(1 + read))
            late.served = list([(1043, 1 + newest), (1042, 1)])
            late.fault = AppliedFault.injected(.lateRow)
            $0.exchanges = [late]
            $0.lastRoundBegan = Fixture.at(round)
        }
        #expect((verdict == .holds) == holds)
    }
}
