import Exchange
import HTTPTypes
import Invariants
import JSON
import SyncCore
import Testing
import Units

/// What the engine began is finished or parked.
@Suite struct NothingStuckTests {
    @Test func aJobThatNeverEndsIsFound() {
        func findings(_ beginnings: Int) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.unfinishedJobs = [UnfinishedJob(connection: "main", job: "shipments", beginnings: beginnings)]
            }
        }
        #expect(findings(1) == [], "one crash is an injected fault")
        #expect(
            findings(3) == [
                "shipments, connection 'main': The job started 3 times, and each time the process ended first. "
                    + "| expected a job that runs to its end"
            ])
    }

    @Test func anUnknownOutcomeIsFound() {
        #expect(
            Fixture.findings(NothingStuck.self) {
                $0.unknownOutcomes = [
                    UnknownOutcome(connection: "main", record: RecordRef(.order, "1042"), kind: "shipment", state: "creating")
                ]
            } == [
                "shipment of order 1042, connection 'main': The outcome is still unknown (creating). | expected every outcome known"
            ])
    }

    @Test func aDraftOfTheEnginesIsFoundAndOneOfAnERPUsersIsNot() {
        func findings(_ exchanges: [Exchanged]) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.rackbeat.shipments[0].shippedAt = nil
                $0.exchanges = exchanges
            }
        }
        let response = Response(status: 201, json: ["order_shipment": ["id": 700]])
        #expect(
            findings([Fixture.exchange(31, .post, "/api/orders/1042/create-shipment", response: response)]) == [
                "order 1042: The engine left a draft behind. | expected no draft "
                    + "| Rackbeat shipment 700, not shipped, of 3 KOP-01"
            ])
        #expect(findings([]) == [])
    }

    /// Each kind of document by itself.
    @Test func aDraftOfAReceiptOrAnAdjustmentIsFoundToo() {
        func findings(_ number: Int, byHand: Bool = false) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.rackbeat.receipts[0].receivedAt = nil
                $0.rackbeat.adjustments = [
                    .init(id: 55, item: "KOP-01", location: "1001", change: nil, reason: "", isByHand: byHand)
                ]
                $0.exchanges = [
                    Fixture.exchange(
                        1, .post, "/api/purchase-orders/2001/create-receipt",
                        response: Response(status: 201, json: ["purchase_order_receipt": ["number": JSON(number)]])),
                    Fixture.exchange(
                        2, .post, "/api/inventory-adjustments",
                        response: Response(status: 201, json: ["inventory_regulation": ["id": 55]])),
                ]
            }
        }
        let receipt =
            "purchase order 2001: The engine left a draft behind. | expected no draft | Rackbeat receipt 300, not received, "
            + "of 40 KOP-01"
        let adjustment =
            "KOP-01 at location 1001: The engine left a draft behind. | expected no draft | Rackbeat adjustment 55, not booked"
        #expect(findings(300) == [receipt, adjustment])
        #expect(findings(300, byHand: true) == [receipt])
        #expect(findings(301) == [adjustment])
    }

    /// After a lost response, a draft with other lines may be an ERP user's: the engine shows it and does not delete it.
    @Test func aDraftThatAParkedRecordNamesIsNotLeftBehind() {
        func findings(_ documents: [RecordRef]) -> [String] {
            Fixture.findings(NothingStuck.self) {
                $0.rackbeat.shipments[0].shippedAt = nil
                let response = Response(status: 201, json: ["order_shipment": ["id": 700]])
                $0.exchanges = [Fixture.exchange(31, .post, "/api/orders/1042/create-shipment", response: response)]
                $0.parked = [
                    ParkedFact(
                        connection: "main", job: .shipments, record: RecordRef(.order, "1042"), reason: "It differs.",
                        documents: documents)
                ]
                $0.expectedParked = [ExpectedParked(job: .shipments, number: "1042")]
            }
        }
        #expect(findings([RecordRef(.shipment, "700")]) == [])
        #expect(findings([RecordRef(.shipment, "7001")]).count == 1)
        #expect(findings([RecordRef(.receipt, "700")]).count == 1)
        #expect(findings([]).count == 1)
    }

    /// A fault may have kept the engine from seeing the record. What is parked must be expected all the same.
    @Test func anExpectedParkedRecordNeedNotBeThereWhereItIsNotDemanded() {
        #expect(
            Fixture.judge(NothingStuck.self) {
                $0.expectedParked = [ExpectedParked(job: .orders, number: "1042")]
                $0.demandsExpectedParked = false
            } == .holds)
    }

    @Test func aParkedRecordMustBeExpectedAndAnExpectedOneMustBeThere() {
        let fact = ParkedFact(connection: "main", job: .orders, record: RecordRef(.order, "1042"), reason: "Work has begun.")
        #expect(
            Fixture.findings(NothingStuck.self) { $0.parked = [fact] } == [
                "orders 1042, connection 'main': The record is parked: Work has begun. "
                    + "| expected no parked record but those that the scenario lists under 'expect: parked'"
            ])
        let expected = ExpectedParked(job: .orders, number: "1042")
        for other in [
            ExpectedParked(job: .shipments, number: "1042"), ExpectedParked(connection: "second", number: "1042"),
            ExpectedParked(number: "104"), ExpectedParked(number: "1042", document: RecordRef(.shipment, "700")),
        ] {
            let verdict = Fixture.judge(NothingStuck.self) {
                $0.parked = [fact]
                $0.expectedParked = [other]
                $0.demandsExpectedParked = false
            }
            #expect(verdict != .holds, "\(other)")
        }
        #expect(
            Fixture.judge(NothingStuck.self) {
                $0.parked = [fact]
                $0.expectedParked = [expected]
            } == .holds)
        #expect(
            Fixture.findings(NothingStuck.self) { $0.expectedParked = [expected] } == [
                "orders 1042: The scenario expects a parked record, and there is none. | expected a parked record"
            ])
    }
}
