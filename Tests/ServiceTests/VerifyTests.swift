import Contract
import Exchange
import HTTPTypes
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

@Suite struct VerificationTests {
    private func world() -> CannedServers {
        let servers = smallWorld()
        servers.on("GET /demo/api/v1/goodsOwners", ["goodsOwners": [["goodsOwnerId": 42, "goodsOwnerName": "Fjord"]]])
        servers.on(
            "GET /demo/api/v1/orders/statuses",
            [
                "orderStatuses": [
                    ["number": 450, "text": "Sent"], ["number": 500, "text": "Collected"], ["number": 1000, "text": "Cancelled"],
                ]
            ])
        servers.on(
            "GET /demo/api/v1/purchaseOrders/statuses",
            ["orderStatuses": [["number": 500, "text": "Received"], ["number": 900, "text": "Cancelled"]]])
        return servers
    }

    private func verify(_ servers: CannedServers, _ file: String = plainFile, mayWrite: Bool = false) throws -> Verification {
        let configuration = try configuration(file)
        return try Verification(
            configuration, credentials(of: configuration), runtime: servers.runtime, mayWrite: mayWrite, log: silence)
    }

    private func outcome(_ key: String, _ verification: Verification) -> String? {
        verification.findings.first { $0.assumption.key == key }.map { "\($0.outcome.rawValue): \($0.seen)" }
    }

    @Test func nothingIsWrittenUnlessItIsAllowed() throws {
        let servers = world()
        _ = try verify(servers)
        #expect(servers.requests.allSatisfy { $0.method == .get })
        _ = try verify(servers, mayWrite: true)
        #expect(servers.writes.contains("POST /api/webhooks"))
    }

    @Test func whatTheConfigurationNamesIsLookedFor() throws {
        let healthy = try verify(world())
        #expect(
            healthy.text.hasPrefix(
                """
                ok  Rackbeat account                          4711 Fjord Fiktiv ApS
                ok  connection main, location                 1001 Main
                ok  connection main, goods owner              42 Fjord
                ok  connection main, order statuses           450 Sent, 500 Collected, 1000 Cancelled
                ok  connection main, purchase order statuses  500 Received, 900 Cancelled

                """), "\(healthy.text)")
        let servers = world()
        servers.on("GET /api/locations/1001", ["message": "Not found."], status: 404)
        let file =
            plainFile.replacing("4711", with: "4712").replacing("goods-owner: 42", with: "goods-owner: 43")
            + "\n    completed-statuses: [ 400, 500 ]\n"
        let failing = try verify(servers, file)
        #expect(
            failing.checks.filter { $0.outcome == .failed }.map(\.text) == [
                "the token belongs to 4711 Fjord Fiktiv ApS, but 'rackbeat.account' says 4712", "Rackbeat has no location 1001",
                "the user does not reach goods owner 43, but 42",
                "'completed-statuses' says 400, but the warehouse has 500 Received, 900 Cancelled",
            ])
        #expect(failing.exitStatus == .needsAction)
    }

    /// What a probe sees is compared with what the profile says.
    @Test func assumptionsAreConfirmedRefutedOrUntested() throws {
        let servers = world()
        servers.on("GET /api/products") { request in
            let query = Query(parsing: request.queryText ?? "")
            let isFuture = query["updated_at_from"]?.hasPrefix("2099") ?? false
            let limit = min(query["limit"].flatMap { Int($0) } ?? 50, 1000)
            let rows: [JSON] = isFuture || query["page"] == "1000000" ? [] : [mug]
            return Response(
                status: 206,
                json: [
                    "products": .array(rows), "total": JSON(rows.count), "pages": 1, "limit": JSON(limit),
                    "page": query["page"].flatMap { Int($0) }.map { JSON($0) } ?? 1,
                ])
        }
        let verification = try verify(servers)
        #expect(outcome("list_status", verification) == "confirmed: 206")
        #expect(outcome("default_limit", verification) == "refuted: 50")
        #expect(outcome("limit_over_max", verification) == "confirmed: clamp")
        #expect(outcome("page_after_last", verification) == "confirmed: empty")
        #expect(outcome("updated_from_param", verification) == "untested: honoured by products, ignored by orders")
        #expect(outcome("datetime_format", verification) == "confirmed: iso")
        #expect(outcome("orders.list_embeds_lines", verification) == "confirmed: true")
        #expect(outcome("po.list_embeds_lines", verification) == "untested: the list is empty")
        #expect(outcome("date_header", verification) == "refuted: absent")
        #expect(outcome("location_match", verification) == "untested: only Rackbeat itself can tell")
        #expect(verification.exitStatus == .needsAction)
        #expect(
            verification.text.contains(
                "  RB-02  refuted    default_limit: 20 assumed, 50 seen; set 'default_limit: 50' in 'rackbeat.profile'\n"),
            "\(verification.text)")
    }

    /// A request that breaks the contract on purpose is no finding; a response that does is.
    @Test func responsesAreCheckedAgainstTheContract() throws {
        let servers = world()
        servers.on(
            "GET /api/self", ["user_account": ["id": "4711", "company_name": "Fjord Fiktiv ApS"], "user": ["id": 9]])
        let verification = try verify(servers)
        #expect(!verification.violations.contains { $0.side == .request }, "\(verification.violations)")
        #expect(verification.violations.contains { $0.operation == "GET /self" && $0.side == .response })
        #expect(verification.problems.count == 1, "a number that came as a text cannot be read")
        #expect(verification.exitStatus == .unreachable)
    }
}
