import Exchange
import JSON
import SyncEngine
import Testing
import Units

@testable import Service

@Suite struct DryRunTests {
    private func dryRun(_ servers: CannedServers, journal: Journal, _ file: String = plainFile) throws -> DryRun {
        let configuration = try configuration(file)
        return try DryRun(
            configuration, credentials(of: configuration), journal: journal, runtime: servers.runtime, log: silence)
    }

    private func round(_ servers: CannedServers, journal: Journal, _ file: String = plainFile) throws {
        let configuration = try configuration(file)
        _ = try SyncRound(
            configuration, credentials(of: configuration), journal: journal, runtime: servers.runtime, log: silence)
    }

    @Test func whatWouldBeCreatedIsShownAndNothingIsWritten() throws {
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        let before = try journal.dump()
        let run = try dryRun(servers, journal: journal)
        #expect(
            run.text == """
                connection main
                  products: create article KOP-01 in Ongoing
                      articleNumber                            KOP-01
                      articleName                              Mug, blue
                      productCode                              KOP-01
                      customerPrice                            100
                      articleGroup.code                        1
                      articleGroup.name                        Tableware
                      storageProperties.isBatchArticle         false
                      storageProperties.isSerialNumberArticle  false
                  orders: create order 1042 in Ongoing
                      orderNumber                                        1042
                      goodsOwnerOrderId                                  1042
                      deliveryDate                                       2026-03-05
                      customsInfo.customsValueCurrencyCode               DKK
                      consignee.customerNumber                           501
                      consignee.name                                     Cafe Fiktiv
                      consignee.address1                                 Lager 2
                      consignee.city                                     Aarhus N
                      consignee.advanced.emailNotification.toBeNotified  true
                      consignee.advanced.emailNotification.value         in@example.test
                      emailNotification.toBeNotified                     true
                      emailNotification.value                            in@example.test
                      line 90011, rowNumber                              90011
                      line 90011, externalId                             90011
                      line 90011, articleNumber                          KOP-01
                      line 90011, numberOfItems                          5
                      line 90011, lineTotalCustomsValue                  500
                      line 90011, prices.customerLinePrice               500
                      line 90011, prices.currencyCode                    DKK
                2 things would be written; nothing was, neither there nor in the journal.

                """, "\(run.text)")
        #expect(run.writes.map { "\($0.action) \($0.subject)" } == ["create article KOP-01", "create order 1042"])
        #expect(servers.writes == [])
        #expect(try journal.dump() == before)
        #expect(run.exitStatus == .success)
    }

    /// Only what differs is shown, with what the warehouse holds now.
    @Test func aChangeIsShownWithItsOldAndItsNewValue() throws {
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        try round(servers, journal: journal)
        servers.on(
            "GET /api/orders",
            list(
                "orders",
                [
                    order1042.replacing(["updated_at"], with: "2026-03-02T12:30:00+01:00").replacing(
                        ["deliver_at"], with: "2026-03-09")
                ]))
        servers.on("GET /demo/api/v1/orders", paged([heldOrder]))
        let run = try dryRun(servers, journal: journal)
        #expect(
            run.text == """
                connection main
                  orders: change order 1042 in Ongoing (the warehouse holds it at status 300 Released)
                      deliveryDate                                       2026-03-05 -> 2026-03-09
                      consignee.advanced.emailNotification.toBeNotified  (empty) -> true
                      consignee.advanced.emailNotification.value         (empty) -> in@example.test
                      consignee.advanced.smsNotification.toBeNotified    (empty) -> false
                      emailNotification.toBeNotified                     (not shown) -> true
                      emailNotification.value                            (not shown) -> in@example.test
                      smsNotification.toBeNotified                       (not shown) -> false
                1 thing would be written; nothing was, neither there nor in the journal.

                """, "\(run.text)")
        let change = try #require(run.writes.first)
        #expect(change.action == .change)
        #expect(change.note == "the warehouse holds it at status 300 Released")
        #expect(
            change.fields.first { $0.name == "deliveryDate" }
                == PlannedWrite.Field(name: "deliveryDate", held: .value("2026-03-05"), new: "2026-03-09"))
        #expect(!change.fields.contains { $0.name.hasPrefix("line 90011, numberOfItems") }, "5.0 is 5")
        #expect(change.calls.map { "\($0.method) \($0.path)" } == ["PUT /orders"])
    }

    /// A cancelling is believed only when the order is seen to be cancelled: so the rehearsal shows it cancelled.
    @Test func aCancellationIsShown() throws {
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        try round(servers, journal: journal)
        servers.on(
            "GET /api/orders",
            list(
                "orders",
                [
                    order1042.replacing(["updated_at"], with: "2026-03-02T12:30:00+01:00").replacing(
                        ["is_cancelled"], with: true)
                ]))
        servers.on("GET /demo/api/v1/orders", paged([heldOrder]))
        servers.on("GET /demo/api/v1/orders/70011", heldOrder)
        let run = try dryRun(servers, journal: journal)
        #expect(run.writes.map { "\($0.action) \($0.subject)" } == ["cancel order 1042"])
        #expect(run.parked == [])
        #expect(servers.writes == ["PUT /demo/api/v1/articles", "PUT /demo/api/v1/orders"])
    }

    /// The draft, the comparison, the confirmation and the report to the warehouse: one shipment for the reader.
    @Test(arguments: ["lines_in_body", "edit_after_create"]) func aPartialPickIsShownAsOneShipment(mode: String) throws {
        let file = plainFile.replacing("  account: 4711", with: "  account: 4711\n  profile: { shipment.partial_mode: \(mode) }")
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        try round(servers, journal: journal, file)
        servers.on("GET /demo/api/v1/orders", paged([pickedOrder]))
        servers.on("GET /api/orders/1042/shipments", list("order_shipments", []))
        let run = try dryRun(servers, journal: journal, file)
        #expect(
            run.text == """
                connection main
                  shipments: ship order 1042 in Rackbeat
                      line 90011, KOP-01 at 1001  3
                  shipments: report order with the identifier 70011 in Ongoing
                      line 88120, reportedNumberOfItems  (not shown) -> 3
                2 things would be written; nothing was, neither there nor in the journal.

                """, "\(run.text)")
        let calls = run.writes[0].calls.map { "\($0.method) \($0.path)" }
        #expect(calls.first == "POST /orders/1042/create-shipment")
        #expect(calls.last == "POST /orders/shipments/900000001/mark-shipped")
        #expect(calls.count == (mode == "lines_in_body" ? 2 : 3))
    }

    /// The total that would be booked stands on what the account holds now, and a second change on the first.
    @Test func adjustmentsAreShownAsChangesOfTheStock() throws {
        let file = plainFile + "\n    stock-sync: on\n"
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        servers.on("GET /demo/api/v1/inventoryAdjustments", [])
        servers.on("GET /demo/api/v1/articles/inventoryPerWarehouse", [])
        servers.on("GET /api/reports/checking", list("items", []))
        try round(servers, journal: journal, file)
        servers.on(
            "GET /demo/api/v1/inventoryAdjustments",
            [
                [
                    "article": ["articleSystemId": 9001, "articleNumber": "KOP-01"],
                    "inventoryAdjustments": [
                        ["inventoryId": 5, "numberOfItems": -2, "inventoryTime": "2026-03-02T12:10:00Z"],
                        ["inventoryId": 6, "numberOfItems": 3, "inventoryTime": "2026-03-02T12:11:00Z"],
                    ],
                ]
            ])
        servers.on(
            "GET /api/products/KOP-01/locations/1001", ["product_location": ["stock_quantity": 120]])
        servers.on("GET /api/reports/ledger/KOP-01", list("ledger_items", []))
        servers.on("GET /api/inventory-adjustments", list("inventory_regulations", []))
        let run = try dryRun(servers, journal: journal, file)
        #expect(
            run.text == """
                connection main
                  stock: adjust KOP-01 at 1001 in Rackbeat
                      stock   120 -> 118 (-2)
                      reason  WMS adj 5/9001 #1
                  stock: report adjustment 5 in Ongoing
                  stock: adjust KOP-01 at 1001 in Rackbeat
                      stock   118 -> 121 (+3)
                      reason  WMS adj 6/9001 #2
                  stock: report adjustment 6 in Ongoing
                4 things would be written; nothing was, neither there nor in the journal.

                """, "\(run.text)")
        #expect(servers.writes.count == 2, "those of the round before")
    }

    @Test func aSystemThatCannotBeReachedIsSaid() throws {
        let servers = smallWorld()
        servers.on("GET /api/self") { _ in throw TransportFailure.notConnected("nobody listens") }
        let run = try dryRun(servers, journal: .inMemory())
        #expect(run.exitStatus == .unreachable)
        #expect(
            run.text.contains(
                "not told: main/products: Rackbeat GET /self: no connection (nobody listens). Nothing changed in Rackbeat.\n"),
            "\(run.text)")
    }
}

private let heldOrder: JSON = [
    "orderInfo": [
        "orderId": 70_011, "orderNumber": "1042", "goodsOwnerOrderId": "1042", "deliveryDate": "2026-03-05",
        "orderStatus": ["number": 300, "text": "Released"], "customsInfo": ["customsValueCurrencyCode": "DKK"],
    ],
    "consignee": ["customerNumber": "501", "name": "Cafe Fiktiv", "address1": "Lager 2", "city": "Aarhus N", "advanced": nil],
    "orderLines": [
        [
            "id": 88_120, "rowNumber": "90011", "externalId": "90011",
            "article": ["articleSystemId": 9001, "articleNumber": "KOP-01"], "orderedNumberOfItems": .read("5.0"),
            "pickedNumberOfItems": 0, "reportedNumberOfItems": nil, "lineTotalCustomsValue": 500,
            "prices": ["customerLinePrice": 500, "currencyCode": "DKK"],
        ]
    ],
]

private let pickedOrder: JSON = {
    var line = heldOrder["orderLines"]![0]!.object!
    line["pickedNumberOfItems"] = 3
    return heldOrder.replacing(["orderLines"], with: [.object(line)])
        .replacing(["orderInfo", "orderStatus"], with: ["number": 450, "text": "Sent"])
}()
