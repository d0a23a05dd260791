import Exchange
import HTTPTypes
import Invariants
import JSON
import Mutants
import ScenarioKit
import Simulation
import SyncCore
import Testing
import Units

@Suite struct ConductInvariantTests {
    // MARK: Location

    private func shipped(_ location: String) -> [String] {
        Fixture.findings(NothingOutsideTheLocation.self) {
            $0.rackbeat.shipments[0].lines[0].location = location
            $0.exchanges = [
                Fixture.exchange(
                    31, .post, "/api/orders/1042/create-shipment",
                    response: Response(status: 201, json: ["order_shipment": ["id": 700]]))
            ]
        }
    }

    @Test func stockMovedAtAnotherLocationIsFound() {
        #expect(shipped("1001") == [])
        #expect(
            shipped("1002") == [
                "shipment 700 of order 1042, KOP-01: Connection 'main' moved stock outside its location. "
                    + "| expected no movement outside location 1001 | Rackbeat -3 at location 1002"
            ])
    }

    /// ERP users may ship from any location: no connection created this document.
    @Test func aDocumentThatNoConnectionCreatedIsAllowed() {
        #expect(Fixture.judge(NothingOutsideTheLocation.self) { $0.rackbeat.shipments[0].lines[0].location = "1002" } == .holds)
    }

    @Test func aReceiptAndAnAdjustmentElsewhereAreFoundToo() {
        let findings = Fixture.findings(NothingOutsideTheLocation.self) {
            $0.rackbeat.receipts[0].lines[0].location = "1002"
            $0.rackbeat.adjustments = [.init(id: 55, item: "KOP-01", location: "1002", change: 2, reason: "", isByHand: false)]
            $0.exchanges = [
                Fixture.exchange(
                    1, .post, "/api/purchase-orders/2001/create-receipt",
                    response: Response(status: 201, json: ["purchase_order_receipt": ["number": 300]])),
                Fixture.exchange(
                    2, .post, "/api/inventory-adjustments",
                    response: Response(status: 201, json: ["inventory_regulation": ["id": 55]])),
            ]
        }
        #expect(findings.count == 2)
        #expect(findings[0].hasPrefix("receipt 300 of purchase order 2001, KOP-01: "))
        #expect(findings[1].hasPrefix("adjustment 55, KOP-01: "))
    }

    // MARK: Contract

    @Test func aRepeatedViolationIsOneFindingWithItsFirstExchanges() {
        let verdict = Fixture.judge(ContractKept.self) {
            $0.violations = (1...9).map {
                ContractBreach(
                    exchange: $0, operation: "ongoing GET /orders", sentence: "The query parameter 'page' is not known.")
            }
        }
        #expect(
            verdict
                == .broken([
                    Finding(
                        subject: "ongoing GET /orders", sentence: "The query parameter 'page' is not known.",
                        exchanges: [1, 2, 3])
                ]))
    }

    // MARK: Secrets

    @Test func aSecretOutsideItsHeaderIsFound() {
        func findings(_ change: (inout Request) -> Void) -> [String] {
            var request = Request(.get, "/api/orders", headers: [.authorization: "Bearer s3cret-token"])
            change(&request)
            return Fixture.findings(NoSecretAnywhere.self) {
                var exchange = Fixture.exchange(1, .get, "/api/orders")
                exchange.request = request
                $0.exchanges = [exchange]
            }
        }
        let rest =
            "The request has a secret outside the Authorization header. | expected secrets in the Authorization header only"
        #expect(findings { _ in } == [])
        #expect(findings { $0.target += "?api_token=s3cret-token" } == ["Rackbeat, request target: \(rest)"])
        #expect(findings { $0.target += "?api_token=s3cret%2Dtoken" } == ["Rackbeat, request target: \(rest)"])
        #expect(findings { $0.body = Array(#"{"note":"s3cret-token"}"#.utf8) } == ["Rackbeat, request body: \(rest)"])
        #expect(findings { $0.headers[.referer] = "s3cret-token" } == ["Rackbeat, header Referer: \(rest)"])
    }

    @Test func aSecretInAnOutputIsFoundAndNotRepeated() {
        let findings = Fixture.findings(NoSecretAnywhere.self) {
            $0.outputs = [("the journal", "refused: Bearer s3cret-token"), ("the log", "all well")]
            $0.parked = [ParkedFact(connection: "main", job: .orders, record: RecordRef(.order, "1042"), reason: "s3cret-token")]
        }
        #expect(
            findings == [
                "the journal: The text has a secret in it. | expected no secret in anything that is stored or shown",
                "parked orders, connection 'main': The text has a secret in it. | expected no secret in anything that is stored or shown",
            ])
        #expect(!findings.joined().contains("s3cret"))
    }

    @Test func withoutSecretsTheInvariantIsUndecided() {
        #expect(Fixture.judge(NoSecretAnywhere.self) { $0.secrets = [] } == .undecided("the run names no secrets to look for"))
    }

    // MARK: Movements

    @Test func stockThatDiffersFromItsMovementsIsFound() {
        #expect(
            Fixture.findings(StockEqualsMovements.self) {
                $0.rackbeat.imbalances = [StockImbalance(item: "KOP-01", place: "1001", stock: 9, sum: 10)]
                $0.ongoing.imbalances = [StockImbalance(item: "KOP-01", place: "1", stock: 11, sum: 10)]
            } == [
                "KOP-01 at location 1001: Stock differs from the sum of its movements. | expected 10 | Rackbeat 9",
                "KOP-01 of goods owner 1: Stock differs from the sum of its movements. | expected 10 | Ongoing 11",
            ])
    }

    // MARK: All invariants

    /// Nothing would ever catch a mutant that names an invariant that does not exist.
    @Test func everyMutantNamesAnInvariantThatExists() {
        for mutant in Mutant.all {
            #expect(AllInvariants.ids.contains(mutant.caughtBy), "\(mutant.name): \(mutant.caughtBy)")
        }
    }

    @Test func everyInvariantHasAnIDOfItsOwnAndAStatementThatSaysTheHarm() {
        #expect(Set(AllInvariants.ids).count == AllInvariants.types.count)
        for invariant in AllInvariants.types {
            #expect(invariant.statement.hasSuffix("."), "\(invariant.id)")
            #expect(invariant.statement.contains("; otherwise "), "\(invariant.id)")
        }
    }
}
