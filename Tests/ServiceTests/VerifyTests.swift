import Contract
import Exchange
import JSON
import SyncEngine
import Testing
import Trade
import Units

@testable import Service

@Suite struct DriftReportTests {
    private func report(_ stock: JSON, _ rackbeat: JSON, _ file: String = plainFile) throws -> DriftReport {
        let servers = smallWorld()
        servers.on("GET /demo/api/v1/articles/inventoryPerWarehouse") { request in
            let isFirst = request.target.contains("articleSystemIdFrom=0")
            return Response(status: 200, json: isFirst ? stock : [])
        }
        servers.on("GET /api/reports/checking", rackbeat)
        servers.on("GET /demo/api/v1/orders", paged([picked1042]))
        servers.on("GET /demo/api/v1/inventoryAdjustments", [])
        servers.on(
            "GET /api/inventory-adjustments",
            list(
                "inventory_regulations",
                [["id": 77, "reason": "In the showroom", "lines": []], ["id": 78, "reason": "WMS adj 5/1 #1", "lines": []]]))
        servers.on(
            "GET /api/reports/ledger/C",
            list(
                "ledger_items",
                [["location_id": 1001, "quantity": -1, "type": "inventory_adjustment", "document_id": 77]]))
        servers.on("GET /api/reports/ledger/E", list("ledger_items", []))
        servers.on("GET /api/reports/ledger/A", list("ledger_items", []))
        let configuration = try configuration(file)
        return try DriftReport(
            configuration, credentials(of: configuration), journal: nil, runtime: servers.runtime, log: silence)
    }

    /// Three of A are picked, none is reported.
    private var picked1042: JSON {
        [
            "orderInfo": ["orderId": 1, "orderNumber": "1042", "orderStatus": ["number": 450]],
            "orderLines": [
                [
                    "id": 11, "rowNumber": "1", "article": ["articleNumber": "A"], "orderedNumberOfItems": 3,
                    "pickedNumberOfItems": 3, "reportedNumberOfItems": nil,
                ]
            ],
        ]
    }

    private func held(_ id: Int, _ number: String, _ count: JSON, picked: Int = 0, received: Int = 0) -> JSON {
        [
            "articleSystemId": JSON(id), "articleNumber": .string(number),
            "inventoryPerWarehouse": [
                [
                    "numberOfItems": count,
                    "reported": [
                        "pickedToBeReportedNumberOfItems": JSON(picked), "receivedToBeReportedNumberOfItems": JSON(received),
                    ],
                ]
            ],
        ]
    }

    private func rackbeat(_ stock: KeyValuePairs<String, Int>) -> JSON {
        list(
            "items",
            stock.map { number, count in
                [
                    "number": .string(number), "name": "", "locations": [["number": 1001, "stock_quantity": JSON(count)]],
                ]
            })
    }

    /// What was picked and is not booked yet makes a difference that is none.
    @Test func differencesAreShownWithWhatExplainsThem() throws {
        let report = try report(
            [
                held(1, "A", .read("7.0"), picked: 3), held(2, "B", 12, received: 2), held(3, "C", 5), held(4, "D", 1),
            ], rackbeat(["A": 10, "B": 10, "C": 4, "E": 2, "D": 1]))
        #expect(
            report.text == """
                connection main
                  item  Ongoing  Rackbeat  difference  to report  to adjust  accepted  unexplained
                  A     7        10        -3          -3         0          0         -
                  B     12       10        +2          +2         0          0         -
                  C     5        4         +1          0          0          0         +1
                  E     0        2         -2          0          0          0         -2
                  A: -3 picked for order 1042 and not booked yet
                  C: +1 since somebody else adjusted Rackbeat by -1 with adjustment 77
                  5 items, 4 shown, 2 unexplained. Differences are Ongoing minus Rackbeat.

                """, "\(report.text)")
        #expect(report.exitStatus == .needsAction)
        #expect(report.json[0]?["rows"]?[0]?["pickedToReport"] == 3)
    }

    @Test func equalSidesAreSaidToBeEqual() throws {
        let report = try report([held(1, "A", 7)], rackbeat(["A": 7]))
        #expect(report.text == "connection main\n  1 item, all equal.\n")
        #expect(report.exitStatus == .success)
    }

    /// Where nothing is reported, what is to be reported is everything that was ever picked.
    @Test func reportsThatAreSwitchedOffExplainNothing() throws {
        let report = try report([held(1, "A", 7, picked: 3)], rackbeat(["A": 10]), plainFile + "\n    marks-reported: false\n")
        #expect(report.sections[0].rows.map(\.unexplained) == [Quantity("-3")!])
    }

    @Test func aSystemThatCannotBeReadIsNoAgreement() throws {
        let report = try report([held(1, "A", 7)], ["message": "no"])
        #expect(report.exitStatus == .unreachable)
        #expect(report.text.hasPrefix("connection main\n  not compared: Rackbeat GET /reports/checking"), "\(report.text)")
    }
}

@Suite struct AssumptionHarmTests {
    /// A refuted assumption without a consequence would be no reason to act.
    @Test func eachAssumptionThatTheEngineReadsSaysWhatGoesWrong() {
        for system in System.allCases {
            for assumption in AssumptionLedger.standard.assumptions(about: system) where !assumption.concernsFakeOnly {
                let harm = AssumptionHarm.of(assumption)
                #expect((harm != nil) == (assumption.readBy == .engine), "\(assumption.number)")
                if let harm { #expect(harm.sentence.hasSuffix("."), "\(assumption.number)") }
            }
        }
    }
}
