import Invariants
import JSON
import ScenarioKit
import SyncCore
import Testing
import Units

@Suite struct MovementInvariantTests {
    // MARK: Shipping

    @Test func moreShippedThanPickedIsFound() {
        #expect(
            Fixture.findings(ShippedEqualsPicked.self) { $0.rackbeat.shipments[0].lines[0].quantity = 5 } == [
                "order 1042, line 90011: Rackbeat has shipped more than the warehouse picked and sent. | expected 3 shipped "
                    + "| Rackbeat 5 shipped | Ongoing 3 picked"
            ])
    }

    /// A parked record tells that something is not booked, or names a document that is too much. It excuses nothing else.
    @Test func aParkedRecordExcusesNoMoreThanItTells() {
        func found(documents: [RecordRef] = [], _ change: (inout Evidence) -> Void) -> Int {
            Fixture.findings(ShippedEqualsPicked.self) {
                $0.expectedParked = [ExpectedParked(job: .shipments, number: "1042")]
                $0.parked = [
                    ParkedFact(
                        connection: "main", job: .shipments, record: RecordRef(.order, "1042"), reason: "It fails.",
                        documents: documents)
                ]
                change(&$0)
            }.count
        }
        func shipTwice(_ evidence: inout Evidence) {
            evidence.rackbeat.shipments.append(
                .init(
                    id: 701, order: "1042", shippedAt: Fixture.at(13),
                    lines: [.init(orderLine: "90011", item: "KOP-01", location: "1001", quantity: 3)]))
        }
        #expect(
            found {
                $0.rackbeat.shipments = []
                $0.ongoing.orders[0].lines[0].reported = nil
            } == 0)
        #expect(found(shipTwice) == 1)
        #expect(found(documents: [RecordRef(.shipment, "701")], shipTwice) == 0)
        #expect(found { $0.ongoing.orders[0].lines[0].reported = 4 } == 1)
    }

    @Test func aPickThatIsNotShippedIsFoundOnceTheOrderIsSent() {
        #expect(Fixture.judge(ShippedEqualsPicked.self) { $0.rackbeat.shipments = [] } != .holds)
        // Nothing need be shipped before the order is sent.
        let verdict = Fixture.judge(ShippedEqualsPicked.self) {
            $0.rackbeat.shipments = []
            $0.ongoing.orders[0].history = [.init(time: Fixture.at(2), status: 400)]
            $0.ongoing.orders[0].lines[0].reported = nil
        }
        #expect(verdict == .holds)
    }

    @Test func aDraftDoesNotCountAsShipped() {
        #expect(Fixture.judge(ShippedEqualsPicked.self) { $0.rackbeat.shipments[0].shippedAt = nil } != .holds)
    }

    @Test func aShipmentOfGoodsThatWereNotPickedIsFound() {
        #expect(
            Fixture.findings(ShippedEqualsPicked.self) {
                $0.rackbeat.shipments.append(
                    .init(
                        id: 701, order: "1099", shippedAt: Fixture.at(12),
                        lines: [.init(orderLine: "90099", item: "KOP-01", location: "1001", quantity: 1)]))
            } == [
                "order 1099, line 90099: Rackbeat has shipped more than the warehouse picked and sent. | expected 0 shipped "
                    + "| Rackbeat 1 shipped | Ongoing 0 picked"
            ])
    }

    @Test func aShipmentByHandDoesNotCount() {
        let verdict = Fixture.judge(ShippedEqualsPicked.self) {
            $0.actionLog.record(.shippedByHand(order: "1042", line: "90011", location: "1001", quantity: 2), at: Fixture.at(25))
            $0.rackbeat.shipments.append(
                .init(
                    id: 701, order: "1042", shippedAt: Fixture.at(25),
                    lines: [.init(orderLine: "90011", item: "KOP-01", location: "1001", quantity: 2)]))
        }
        #expect(verdict == .holds)
    }

    /// A pick after the last round began may be booked or not; one before it must be.
    @Test(arguments: [(31, 3, true), (31, 5, true), (31, 4, false), (29, 3, false), (29, 5, true)])
    func aPickAfterTheLastRoundMayBeBookedOrNot(_ minute: Int, _ shipped: Int, _ holds: Bool) {
        let verdict = Fixture.judge(ShippedEqualsPicked.self) {
            $0.actionLog.record(
                .picked(goodsOwner: 1, order: "1042", line: "90011", item: "KOP-01", quantity: 2), at: Fixture.at(minute))
            $0.ongoing.orders[0].lines[0].moved = 5
            $0.rackbeat.shipments[0].lines[0].quantity = ExactDecimal(shipped)
        }
        #expect((verdict == .holds) == holds)
    }

    @Test func anOrderSentAfterTheLastRoundMayBeBookedOrNot() {
        for shipped in [0, 3] {
            let verdict = Fixture.judge(ShippedEqualsPicked.self) {
                $0.ongoing.orders[0].history = [.init(time: Fixture.at(31), status: 450)]
                $0.rackbeat.shipments[0].lines[0].quantity = ExactDecimal(shipped)
                $0.ongoing.orders[0].lines[0].reported = nil
            }
            #expect(verdict == .holds)
        }
    }

    /// The engine cannot undo a shipment: it parks the record, and the scenario has to expect that.
    @Test func goodsPutBackAfterBookingAreFoundUnlessExpectedToBeParked() {
        func judge(_ change: (inout Evidence) -> Void) -> Verdict {
            Fixture.judge(ShippedEqualsPicked.self) {
                $0.actionLog.record(
                    .unpicked(goodsOwner: 1, order: "1042", line: "90011", item: "KOP-01", quantity: 1), at: Fixture.at(25))
                $0.ongoing.orders[0].lines[0].moved = 2
                change(&$0)
            }
        }
        #expect(judge { _ in } != .holds)
        #expect(judge { $0.expectedParked = [ExpectedParked(number: "1042")] } == .holds)
        #expect(judge { $0.expectedParked = [ExpectedParked(number: "10420")] } != .holds)
    }

    @Test func aBackOrderCountsForTheLineOfItsOrder() {
        func judge(_ shipped: Int, row: String?) -> Verdict {
            Fixture.judge(ShippedEqualsPicked.self) {
                var back = $0.ongoing.orders[0]
                (back.id, back.number, back.goodsOwnerOrderId, back.backOrderFor) = (70012, "1042-B", nil, 70011)
                back.lines = [.init(id: 88200, row: row, article: "KOP-01", quantity: 2, moved: 2, fields: [:])]
                $0.ongoing.orders.append(back)
                // The item is on one line only at this location, so that a line without a row number is identified.
                $0.rackbeat.orders[0].lines.removeLast()
                $0.actionLog.record(
                    .picked(goodsOwner: 1, order: "1042-B", line: row ?? "88200", item: "KOP-01", quantity: 2),
                    at: Fixture.at(25))
                $0.rackbeat.shipments[0].lines[0].quantity = ExactDecimal(shipped)
            }
        }
        #expect(judge(5, row: "90011") == .holds)
        #expect(judge(3, row: "90011") != .holds)
        #expect(judge(5, row: nil) == .holds)
    }

    /// The invariant judges by the action log; when the warehouse's documents differ, it cannot tell which is right.
    @Test func anActionLogThatTheWarehouseContradictsLeavesTheInvariantUndecided() {
        let verdict = Fixture.judge(ShippedEqualsPicked.self) { $0.ongoing.orders[0].lines[0].moved = 4 }
        #expect(
            verdict
                == .undecided("the action log has 3 picked of order 1042, line 90011, the warehouse 4"))
        let received = Fixture.judge(ReceivedEqualsReceipts.self) { $0.ongoing.purchaseOrders[0].lines[0].moved = 39 }
        #expect(
            received
                == .undecided("the action log has 40 received of order 2001, line 61001, the warehouse 39"))
        let adjusted = Fixture.judge(AdjustmentsRecreatedOnce.self) {
            $0.ongoing.adjustments = [
                .init(goodsOwner: 1, inventory: 1, article: "KOP-01", change: 2, time: Fixture.at(25))
            ]
        }
        #expect(adjusted == .undecided("the action log has adjustments of KOP-01 by nothing, the warehouse by +2"))
    }

    @Test func moreReportedThanBookedIsFound() {
        #expect(
            Fixture.findings(ShippedEqualsPicked.self) { $0.ongoing.orders[0].lines[0].reported = 4 } == [
                "order 1042, line 90011: The engine reported more to the warehouse than Rackbeat has booked. | expected at most 3 reported "
                    + "| Rackbeat 3 shipped | Ongoing 3 picked, 4 reported"
            ])
    }

    // MARK: Receiving

    @Test func aParkedReceiptExcusesNoMoreThanItTells() {
        func found(_ change: (inout Evidence) -> Void) -> Int {
            Fixture.findings(ReceivedEqualsReceipts.self) {
                $0.expectedParked = [ExpectedParked(job: .receipts, number: "2001")]
                change(&$0)
            }.count
        }
        #expect(
            found {
                $0.rackbeat.receipts = []
                $0.ongoing.purchaseOrders[0].lines[0].reported = nil
            } == 0)
        #expect(found { $0.rackbeat.receipts[0].lines[0].quantity = 41 } == 1)
        #expect(found { $0.ongoing.purchaseOrders[0].lines[0].reported = 41 } == 1)
    }

    @Test func moreReceivedThanArrivedIsFound() {
        #expect(
            Fixture.findings(ReceivedEqualsReceipts.self) { $0.rackbeat.receipts[0].lines[0].quantity = 80 } == [
                "purchase order 2001, line 61001: Rackbeat has received more than the warehouse received. "
                    + "| expected 40 received | Rackbeat 80 received | Ongoing 40 received"
            ])
    }

    /// Before a purchase order is complete in the warehouse, only the immediate trigger books receipts.
    @Test func theTriggerDecidesWhenAReceiptIsDue() {
        func judge(_ trigger: String, booked: Int) -> Bool {
            let verdict = Fixture.judge(ReceivedEqualsReceipts.self) {
                $0.ongoing.purchaseOrders[0].history = [.init(time: Fixture.at(3), status: 300)]
                $0.ongoing.purchaseOrders[0].lines[0].reported = nil
                $0.connections = [Fixture.connection { $0.receiptTrigger = trigger == "immediate" ? .immediate : .completed }]
                if booked == 0 { $0.rackbeat.receipts = [] }
            }
            return verdict == .holds
        }
        #expect(judge("completed", booked: 0))
        #expect(!judge("completed", booked: 40))
        #expect(judge("immediate", booked: 40))
        #expect(!judge("immediate", booked: 0))
    }

    @Test func goodsBeyondTheOrderCountForTheirItem() {
        let verdict = Fixture.judge(ReceivedEqualsReceipts.self) {
            $0.actionLog.record(
                .received(goodsOwner: 1, purchaseOrder: "2001", line: "61001", item: "KOP-01", quantity: 4), at: Fixture.at(25))
            $0.ongoing.purchaseOrders[0].lines[0].moved = 44
            $0.rackbeat.receipts[0].lines.append(.init(orderLine: nil, item: "KOP-01", location: "1001", quantity: 4))
        }
        #expect(verdict == .holds)
    }

    @Test func aCorrectionAfterBookingIsFoundUnlessExpectedToBeParked() {
        func judge(_ expected: [ExpectedParked]) -> Verdict {
            Fixture.judge(ReceivedEqualsReceipts.self) {
                $0.actionLog.record(
                    .receiptCorrected(goodsOwner: 1, purchaseOrder: "2001", line: "61001", item: "KOP-01", change: -5),
                    at: Fixture.at(25))
                $0.ongoing.purchaseOrders[0].lines[0].moved = 35
                $0.expectedParked = expected
            }
        }
        #expect(judge([]) != .holds)
        #expect(judge([ExpectedParked(job: .receipts, number: "2001")]) == .holds)
        #expect(judge([ExpectedParked(job: .stock, number: "2001")]) != .holds)
    }
}
