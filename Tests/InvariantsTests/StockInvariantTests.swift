import Invariants
import JSON
import ScenarioKit
import SyncCore
import Testing
import Units

@Suite struct StockInvariantTests {
    // MARK: Adjustments

    private func adjusting(
        _ rows: [ExactDecimal], booked: [ExactDecimal], sync: Bool = true, minute: Int = 25, parked: [[Int]] = [],
        _ invariant: any Invariant.Type
    ) -> Verdict {
        Fixture.judge(invariant) {
            $0.expectedParked = parked.isEmpty ? [] : [ExpectedParked(job: .stock, number: "KOP-01")]
            $0.parked = parked.map { documents in
                ParkedFact(
                    connection: "main", job: .stock, record: RecordRef(.product, "KOP-01"), reason: "It fails.",
                    documents: documents.map { RecordRef(.adjustment, String($0)) })
            }
            if sync {
                $0.connections = [Fixture.connection { $0.stockSync = .on }]
                $0.stockSyncBegan = ["main": Fixture.at(5)]
            }
            for (index, row) in rows.enumerated() {
                $0.actionLog.record(
                    .adjusted(goodsOwner: 1, item: "KOP-01", change: row, inventory: index), at: Fixture.at(minute))
            }
            $0.rackbeat.adjustments = booked.enumerated().map { index, change in
                .init(id: 50 + index, item: "KOP-01", location: "1001", change: change, reason: "", isByHand: false)
            }
            $0.rackbeat.stock[0].stock += booked.reduce(.zero, +)
            $0.ongoing.stock[0].stock += rows.reduce(.zero, +)
            $0.ongoing.adjustments = rows.enumerated().map { index, row in
                .init(goodsOwner: 1, inventory: index, article: "KOP-01", change: row, time: Fixture.at(minute))
            }
        }
    }

    /// A lost, repeated, mixed-up or misread adjustment does not pass.
    @Test(
        arguments: [
            ([2], [2], true), ([2], [], false), ([2], [2, 2], false), ([2, 3], [2], false), ([-1], [1], false),
            ([2, -2], [], false), ([2, -2], [2, -2], true), ([2, 3], [3, 2], true),
            // A shipment came between reading and booking, and one more adjustment was necessary.
            ([2], [1, 1], true),
            ([], [1], false),
        ] as [([ExactDecimal], [ExactDecimal], Bool)])
    func eachAdjustmentIsRecreatedOnce(_ rows: [ExactDecimal], _ booked: [ExactDecimal], _ holds: Bool) {
        #expect((adjusting(rows, booked: booked, AdjustmentsRecreatedOnce.self) == .holds) == holds)
        #expect((adjusting(rows, booked: booked, StockAgrees.self) == .holds) == (holds || rows == [2, -2]))
    }

    /// Each parked record accounts for one change that is not recreated, and for what the documents hold that it names.
    @Test(
        arguments: [
            ([2, 5], [2], [[]], true), ([2, 5], [5], [[]], true), ([2, 5], [], [[]], false), ([2, 5], [], [[], []], true),
            ([2], [2, 2], [[]], false), ([2], [2, 2], [[51]], true), ([2], [7], [[50]], true), ([2], [7], [[]], false),
            ([2, 5], [9], [[50]], false), ([2, 5], [2, 9], [[51]], true),
        ] as [([ExactDecimal], [ExactDecimal], [[Int]], Bool)])
    func aParkedAdjustmentExcusesWhatItTells(
        _ rows: [ExactDecimal], _ booked: [ExactDecimal], _ parked: [[Int]], _ holds: Bool
    ) {
        #expect((adjusting(rows, booked: booked, parked: parked, AdjustmentsRecreatedOnce.self) == .holds) == holds)
        #expect((adjusting(rows, booked: booked, parked: parked, StockAgrees.self) == .holds) == holds)
    }

    @Test func withStockSyncOffNothingIsRecreatedAndTheDifferenceIsExplained() {
        #expect(adjusting([2], booked: [], sync: false, AdjustmentsRecreatedOnce.self) == .holds)
        #expect(adjusting([2], booked: [], sync: false, StockAgrees.self) == .holds)
        #expect(adjusting([2], booked: [2], sync: false, AdjustmentsRecreatedOnce.self) != .holds)
    }

    @Test func anAdjustmentBeforeStockSyncBeganIsNotRecreated() {
        #expect(adjusting([2], booked: [], minute: 25, AdjustmentsRecreatedOnce.self) != .holds)
        let verdict = Fixture.judge(AdjustmentsRecreatedOnce.self) {
            $0.connections = [Fixture.connection { $0.stockSync = .on }]
            $0.stockSyncBegan = ["main": Fixture.at(27)]
            $0.actionLog.record(.adjusted(goodsOwner: 1, item: "KOP-01", change: 2, inventory: 1), at: Fixture.at(25))
            $0.ongoing.adjustments = [
                .init(goodsOwner: 1, inventory: 1, article: "KOP-01", change: 2, time: Fixture.at(25))
            ]
        }
        #expect(verdict == .holds)
    }

    @Test func anAdjustmentAfterTheLastRoundMayBeRecreatedOrNot() {
        #expect(adjusting([2], booked: [], minute: 31, AdjustmentsRecreatedOnce.self) == .holds)
        #expect(adjusting([2], booked: [2], minute: 31, AdjustmentsRecreatedOnce.self) == .holds)
        #expect(adjusting([2], booked: [1], minute: 31, AdjustmentsRecreatedOnce.self) != .holds)
    }

    @Test func anAdjustmentByHandDoesNotCount() {
        let verdict = Fixture.judge(AdjustmentsRecreatedOnce.self) {
            $0.rackbeat.adjustments = [
                .init(id: 50, item: "KOP-01", location: "1001", change: 2, reason: "count", isByHand: true)
            ]
        }
        #expect(verdict == .holds)
    }

    // MARK: Stock

    @Test func anUnexplainedDifferenceIsFound() {
        #expect(
            Fixture.findings(StockAgrees.self) { $0.ongoing.stock[0].stock = 45 } == [
                "KOP-01 at location 1001: Stock differs by -2, of which -2 is unexplained. | expected no difference "
                    + "| Rackbeat 47 | Ongoing 45"
            ])
    }

    @Test func onlyADeclarationExplainsADrift() {
        func judge(_ declared: ExactDecimal?) -> Verdict {
            Fixture.judge(StockAgrees.self) {
                $0.actionLog.record(.drifted(.ongoing(goodsOwner: 1), item: "KOP-01", change: -2), at: Fixture.at(25))
                $0.ongoing.stock[0].stock = 45
                $0.declaredDrift = declared.map { [DeclaredDrift(item: "KOP-01", difference: $0)] } ?? []
            }
        }
        #expect(judge(nil) != .holds)
        #expect(judge(-2) == .holds)
        #expect(judge(2) != .holds)
        #expect(judge(-3) != .holds)
    }

    @Test func aDeclaredDriftThatIsNotThereIsFound() {
        #expect(
            Fixture.findings(StockAgrees.self) {
                $0.declaredDrift = [DeclaredDrift(item: "KOP-01", location: "1001", difference: 2)]
            } == [
                "KOP-01 at location 1001: Stock differs by 0, of which -2 is unexplained. "
                    + "| expected a difference of +2 declared drift | Rackbeat 47 | Ongoing 47"
            ])
    }

    @Test func pickedAndNotSentExplainsADifference() {
        let verdict = Fixture.judge(StockAgrees.self) {
            $0.actionLog.record(.picked(goodsOwner: 1, order: "1043", line: "1", item: "KOP-01", quantity: 2), at: Fixture.at(25))
            var order = $0.ongoing.orders[0]
            (order.id, order.number, order.goodsOwnerOrderId) = (70012, "1043", "1043")
            order.history = [.init(time: Fixture.at(24), status: 400)]
            order.lines = [.init(id: 1, row: "1", article: "KOP-01", quantity: 2, moved: 2, fields: [:])]
            $0.ongoing.orders.append(order)
            $0.ongoing.stock[0].stock = 45
        }
        #expect(verdict == .holds)
    }

    /// The same two pieces of a sent order have to be booked.
    @Test func pickedAndSentExplainsNothing() {
        let verdict = Fixture.judge(StockAgrees.self) {
            $0.rackbeat.shipments = []
            $0.rackbeat.stock[0].stock = 50
        }
        #expect(verdict != .holds)
    }

    @Test func anAdjustmentByHandExplainsADifference() {
        let verdict = Fixture.judge(StockAgrees.self) {
            $0.actionLog.record(.adjustedByHand(item: "KOP-01", location: "1001", change: -1), at: Fixture.at(25))
            $0.rackbeat.stock[0].stock = 46
        }
        #expect(verdict == .holds)
    }

    /// An explained difference may be declared as well; the declared difference must still be there.
    @Test(arguments: [(1, true), (0, true), (2, false), (-1, false)])
    func anAdjustmentByHandMayBePartOfTheDeclaredDrift(_ declared: Int, _ holds: Bool) {
        let verdict = Fixture.judge(StockAgrees.self) {
            $0.actionLog.record(.adjustedByHand(item: "KOP-01", location: "1001", change: -1), at: Fixture.at(25))
            $0.rackbeat.stock[0].stock = 46
            $0.declaredDrift = [DeclaredDrift(item: "KOP-01", difference: ExactDecimal(declared))]
        }
        #expect((verdict == .holds) == holds)
    }

    @Test func anAcceptedOffsetExplainsADifference() {
        func judge(_ sync: Bool) -> Verdict {
            Fixture.judge(StockAgrees.self) { evidence in
                evidence.connections = [Fixture.connection { $0.stockSync = sync ? .onWithOffset : .off }]
                evidence.stockSyncBegan = ["main": Fixture.at(28)]
                evidence.actionLog.record(.drifted(.rackbeat(location: "1001"), item: "KOP-01", change: 4), at: Fixture.at(27))
                evidence.rackbeat.stock[0].stock = 51
            }
        }
        #expect(judge(true) == .holds)
        #expect(judge(false) != .holds)
    }
}
