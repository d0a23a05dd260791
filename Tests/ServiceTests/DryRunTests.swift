import Exchange
import JSON
import SyncCore
import SyncEngine
import Testing
import Trade
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

    /// A catalogue of twenty thousand is no list that anybody reads.
    @Test func longListsAreFolded() throws {
        let servers = smallWorld()
        let products = (1...300).map { number in
            mug.replacing(["number"], with: .string("P-\(number)")).replacing(["name"], with: .string("<Mug> \(number)"))
        }
        servers.on("GET /api/products") { request in
            let page = Query(parsing: request.queryText ?? "")["page"].flatMap { Int($0) } ?? 1
            let rows = Array(products.dropFirst(100 * (page - 1)).prefix(100))
            return Response(
                status: 200,
                json: ["products": .array(rows), "total": 300, "pages": 3, "limit": 100, "page": JSON(page)])
        }
        servers.on("GET /api/orders", list("orders", []))
        let run = try dryRun(servers, journal: try Journal.inMemory())
        #expect(run.writes.count == 300)
        #expect(run.text.split(separator: "\n").count < 120, "\(run.text)")
        #expect(run.text.contains("\n  products: create 290 more in Ongoing: article P-"), "\(run.text)")
        #expect(run.text.contains(" and 285 more\n"), "\(run.text)")
        #expect(run.html.contains("products: create article P-300 in Ongoing"))
        #expect(run.html.contains("&lt;Mug&gt; 300"), "what a system wrote is text, not markup")
    }

    /// An article that is held already is not written again, and what it would write for the order is called a change.
    @Test func aChangeIsShownWithItsContent() throws {
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        try round(servers, journal: journal)
        servers.on(
            "GET /api/products", list("products", [mug.replacing(["updated_at"], with: "2026-03-02T12:30:00+01:00")]))
        servers.on(
            "GET /api/orders",
            list(
                "orders",
                [
                    order1042.replacing(["updated_at"], with: "2026-03-02T12:30:00+01:00").replacing(
                        ["deliver_at"], with: "2026-03-09")
                ]))
        servers.on("GET /demo/api/v1/orders", paged([heldOrder]))
        let before = try journal.dump()
        let run = try dryRun(servers, journal: journal)
        let change = try #require(run.writes.first)
        #expect(run.writes.count == 1)
        #expect(change.action == .change)
        #expect(change.subject == "order 1042")
        #expect(change.fields.contains(PlannedWrite.Field(name: "deliveryDate", value: "2026-03-09")))
        #expect(change.fields.contains(PlannedWrite.Field(name: "line 90011, numberOfItems", value: "5")))
        #expect(
            run.text.hasSuffix("1 thing would be written; nothing was, neither there nor in the journal.\n"), "\(run.text)")
        #expect(
            run.json["writes"]?[0]?["fields"]?.array?.contains(["name": "deliveryDate", "value": "2026-03-09"]) == true)
        #expect(try journal.dump() == before)
    }

    @Test func aChangeOfAnArticleIsShown() throws {
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        try round(servers, journal: journal)
        let renamed = mug.replacing(["updated_at"], with: "2026-03-02T12:30:00+01:00").replacing(["name"], with: "Mug, red")
        servers.on("GET /api/products", list("products", [renamed]))
        let run = try dryRun(servers, journal: journal)
        #expect(run.writes.map { "\($0.action) \($0.subject)" } == ["change article KOP-01"])
        #expect(run.writes.first?.fields[1] == PlannedWrite.Field(name: "articleName", value: "Mug, red"))
    }

    /// A receipt needs what the journal knows of the purchase order, so that a real round sends it first.
    @Test func aPurchaseOrderAndItsReceiptAreShown() throws {
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        servers.on("GET /api/orders", list("orders", []))
        servers.on("GET /api/purchase-orders", list("purchase_orders", [purchase77]))
        let first = try dryRun(servers, journal: journal)
        #expect(first.writes.map { "\($0.action) \($0.subject)" } == ["create article KOP-01", "create purchase order 77"])
        #expect(first.writes.last?.fields.contains(PlannedWrite.Field(name: "line 5001, numberOfItems", value: "8")) == true)
        servers.on("PUT /demo/api/v1/purchaseOrders", ["purchaseOrderId": 80_077, "message": ""])
        try round(servers, journal: journal)
        servers.on("GET /demo/api/v1/purchaseOrders") { purchasePage($0, receivedPurchase) }
        servers.on("GET /api/purchase-orders/77/receipts", list("purchase_order_receipts", []))
        let run = try dryRun(servers, journal: journal)
        #expect(
            run.text == """
                connection main
                  receipts: receive purchase order 77 in Rackbeat
                      line 5001, KOP-01 at 1001  6
                  receipts: report purchase order 77 in Ongoing
                      line 5001  6
                2 things would be written; nothing was, neither there nor in the journal.

                """, "\(run.text)")
        #expect(!servers.writes.contains { $0.contains("receipts") })
        servers.on(
            "GET /api/purchase-orders",
            list(
                "purchase_orders",
                [
                    purchase77.replacing(["updated_at"], with: "2026-03-02T12:30:00+01:00").replacing(
                        ["is_cancelled"], with: true)
                ]))
        servers.on("GET /demo/api/v1/purchaseOrders") {
            purchasePage($0, receivedPurchase.replacing(["purchaseOrderLines"], with: []))
        }
        let cancelled = try dryRun(servers, journal: journal)
        #expect(cancelled.writes.map { "\($0.action) \($0.subject)" } == ["cancel purchase order 77"], "\(cancelled.text)")
    }

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

    /// The draft, its comparison and its confirmation are one shipment for the reader.
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
                  shipments: report order 1042 in Ongoing
                      line 90011  3
                2 things would be written; nothing was, neither there nor in the journal.

                """, "\(run.text)")
        #expect(servers.writes.count == 2, "those of the round before")
    }

    /// A draft that an earlier run could not confirm is completed; no second one is planned.
    @Test func aDraftOfAnEarlierRunIsCompleted() throws {
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        try round(servers, journal: journal)
        servers.on("GET /demo/api/v1/orders", paged([pickedOrder]))
        servers.on("GET /api/orders/1042/shipments", list("order_shipments", []))
        servers.on("POST /api/orders/1042/create-shipment") { [servers] _ in
            servers.on("GET /api/orders/1042/shipments", list("order_shipments", [draft31]))
            return Response(status: 201, json: ["order_shipment": draft31])
        }
        servers.on("POST /api/orders/shipments/31/mark-shipped") { _ in throw TransportFailure.notConnected("nobody listens") }
        try round(servers, journal: journal)
        let before = try journal.dump()
        let written = servers.writes
        servers.on("GET /api/order-shipments/31", ["order_shipment": draft31])
        let run = try dryRun(servers, journal: journal)
        let shipment = try #require(run.writes.first, "\(run.text)")
        #expect(run.writes.count == 1, "\(run.text)")
        #expect(shipment.action == .ship)
        #expect(
            shipment.fields == [
                PlannedWrite.Field(name: "completes draft", value: "31"),
                PlannedWrite.Field(name: "line 90011, KOP-01 at 1001", value: "3"),
            ])
        #expect(run.parked == [])
        servers.on("GET /api/order-shipments/31", ["message": "No such shipment"], status: 404)
        let deleted = try dryRun(servers, journal: journal)
        #expect(deleted.writes == [])
        #expect(deleted.parked.map(\.subject) == ["1042"], "it was to be retried, and would be parked now")
        #expect(deleted.exitStatus == .needsAction)
        #expect(servers.writes == written)
        #expect(try journal.dump() == before)
    }

    /// Every kind that the other tests do not come past.
    @Test func aRemovalNamesItsDrafts() {
        let write = PlannedWrite(
            .removeDrafts([DocumentID(31), DocumentID(32)], of: "order 1042"), connection: "main", job: .shipments)
        #expect(write.action == .remove)
        #expect(write.system == .rackbeat)
        #expect(write.subject == "draft 31, 32 of order 1042")
    }

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
                      stock   -2
                      reason  WMS adj 5/9001 #e2ad2d44
                  stock: report adjustment 5 of KOP-01 in Ongoing
                  stock: adjust KOP-01 at 1001 in Rackbeat
                      stock   +3
                      reason  WMS adj 6/9001 #ed8db91
                  stock: report adjustment 6 of KOP-01 in Ongoing
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
                "\nnot told\n  main/products: Rackbeat GET /self: no connection (nobody listens). Nothing changed in Rackbeat.\n"),
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

private let draft31: JSON = [
    "id": 31, "order_id": 1042, "is_shipped": false,
    "lines": [
        [
            "id": 311, "order_line_id": 90_011, "item": ["number": "KOP-01"], "child_id": "KOP-01",
            "location": ["number": 1001], "location_id": 1001, "quantity": 3,
        ]
    ],
]

private let purchase77: JSON = [
    "number": 77, "supplier_id": 9, "supplier": ["number": 9, "name": "Potter Fiktiv"], "is_booked": true, "is_received": false,
    "is_partly_received": false, "is_cancelled": false, "currency": "DKK",
    "lines": [
        [
            "id": 5001, "child_id": "KOP-01", "item": ["number": "KOP-01", "name": "Mug, blue"],
            "location": ["number": 1001, "name": "Main"], "quantity": 8, "quantity_received": 0, "line_total": 320,
            "vat_percentage": 25,
        ]
    ], "updated_at": "2026-03-02T08:00:00+01:00",
]

private let receivedPurchase: JSON = [
    "purchaseOrderInfo": [
        "purchaseOrderId": 80_077, "purchaseOrderNumber": "77", "purchaseOrderStatus": ["number": 500, "text": "Received"],
    ],
    "purchaseOrderLines": [
        [
            "id": 90_077, "rowNumber": "5001", "article": ["articleSystemId": 9001, "articleNumber": "KOP-01"],
            "advisedNumberOfItems": 8, "receivedNumberOfItems": 6, "reportedNumberOfItems": nil,
        ]
    ],
]

/// One purchase order that pages by its identifier as the warehouse does.
private func purchasePage(_ request: Request, _ order: JSON) -> Response {
    let query = Query(parsing: request.queryText ?? "")
    let from = query["purchaseOrderIdFrom"].flatMap { Int($0) } ?? 0
    let id = order.at(["purchaseOrderInfo", "purchaseOrderId"])?.int ?? 0
    return Response(status: 200, json: id >= from ? [order] : [])
}
