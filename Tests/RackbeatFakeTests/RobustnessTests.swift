import Exchange
import FakeKit
import HTTPTypes
import JSON
import Testing
import Units

@testable import RackbeatFake

/// Every request gets a response, and never a 5xx.
struct RobustnessTests {
    private static let oddValues: [JSON] = [
        nil, true, 0, -1, 1, .number(JSONNumber("1e12")!), .number(JSONNumber("1e999")!), .number(JSONNumber("-0.0000001")!),
        .number(JSONNumber("9223372036854775808")!), "", "KOP-01", "9999-12-31", "0001-01-01", [], [nil], [[:]], [:],
        ["id": 1, "quantity": 999_999_999, "line_price": 999_999_999, "item_id": "KOP-01"],
    ]
    private static let names = [
        "number", "name", "group", "sales_price", "physical", "customer_id", "supplier_id", "lines", "deliver_at", "vat_zone",
        "delivery_address", "quantity", "item_id", "product_id", "location_id", "location", "adjustment_type", "regulated_at",
        "reason", "pick", "event", "url", "is_active", "parent_id", "numbers", "payment_terms_id", "id", "book",
    ]
    private static let paths = [
        "products", "products/KOP-01", "products/bulk/delete", "locations", "locations/1001", "locations/1002", "product-groups",
        "suppliers", "customers", "orders", "orders/drafts", "orders/1001", "orders/1001/book", "orders/1001/reopen",
        "orders/1001/lines", "orders/1001/lines/1", "orders/1001/create-shipment", "orders/shipments/700/mark-shipped",
        "orders/1001/shipments/700/lines/8001", "orders/1001/shipments/700", "purchase-orders", "purchase-orders/1001",
        "purchase-orders/1001/book", "purchase-orders/1001/create-receipt", "purchase-orders/1001/receipts/300/lines",
        "purchase-orders/1001/receipts/300/lines/5001", "purchase-orders/1001/receipts/300/mark-received",
        "inventory-adjustments", "inventory-adjustments/55/book", "webhooks", "webhooks/1",
    ]

    @Test(arguments: ["lines_in_body", "edit_after_create"])
    func oddBodiesNeverBreakTheServerOrItsBooks(mode: String) throws {
        let world = try TestWorld.stocked(["shipment.partial_mode": mode, "receipt.partial_mode": mode, "rate_limit": "0"])
        let line = LineSeed(id: 1, item: "KOP-01", quantity: 5, location: 1001)
        try world.fake.addOrder(OrderSeed(lines: [line]), book: true)
        try world.fake.addPurchaseOrder(PurchaseOrderSeed(lines: [line]), book: true)
        var worst = 0
        for (offset, path) in Self.paths.enumerated() {
            for (index, value) in Self.oddValues.enumerated() {
                // Mostly valid members with one that is not, so that later checks are reached too.
                var body: JSONObject = [
                    "customer_id": 1, "supplier_id": 1, "item_id": "KOP-01", "quantity": 1, "location": 1001,
                    "adjustment_type": "quantity", "regulated_at": "2026-03-02", "reason": "odd", "name": "Odd",
                ]
                for step in 0..<3 { body[Self.names[(offset * 7 + index * 3 + step * 11) % Self.names.count]] = value }
                for method in [HTTPRequest.Method.post, .put, .delete] {
                    let response = world.send(method, path, .object(body))
                    worst = max(worst, response.status)
                    if response.status >= 500 { Issue.record("\(method) \(path) \(JSON.object(body)): \(response.status)") }
                }
            }
        }
        #expect(worst == 422)
        #expect(world.fake.ledger.imbalances().isEmpty)
        for path in ["orders", "purchase-orders", "products", "order-shipments", "inventory-adjustments", "locations"] {
            #expect(world.get(path).status == 206)
        }
    }

    @Test func oddTargetsGetAResponse() throws {
        let world = try TestWorld.stocked()
        for target in [
            "", "/", "/api", "/api/", "/api//orders", "/api?", "/api/orders?&&=&%", "/api/products/%ZZ%", "/api/orders/%00",
            "/api/orders/99999999999999999999", "/api/orders/-1", "/api/" + String(repeating: "a/", count: 20_000),
            "/api/orders?fields=%28%29%2C&search=%FF&page=+1", "/api/orders?updated_at_from=9999-12-31%2023:59:59",
            "/api/orders?updated_at_from=0001-01-01",
        ] {
            let response = world.fake.respond(to: Request(.get, target, headers: [.authorization: "Bearer secret"]))
            #expect(response.status < 500, "\(target.prefix(60))")
        }
    }

    /// Two accounts give the same bytes for the same requests.
    @Test func theSameCallsGiveTheSameBytes() throws {
        func bytesOfADay() throws -> [UInt8] {
            let world = try TestWorld.stocked()
            for _ in 0..<30 {
                try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01"), LineSeed(item: "SKAL-02")]), book: true)
            }
            try world.fake.shipByHand(order: 1005)
            return world.get("orders?order_by=updated_at&order_direction=DESC").body + world.get("items").body
        }
        #expect(try bytesOfADay() == bytesOfADay())
    }

    /// The cost of a page must not depend on the length of the list: a year of orders is read in pages of a hundred.
    @Test func pagesOfALongListAreReadFromTheIndex() throws {
        let world = try TestWorld.stocked(["rate_limit": "0"])
        for index in 0..<3000 {
            try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01", location: 1001)]), book: true)
            if index % 10 == 0 { world.pass(.seconds(1)) }
        }
        for number in stride(from: 1001, to: 4001, by: 7) { try world.fake.cancelOrder(number) }
        var seen: [Int] = []
        for page in 1...30 {
            let rows = world.get("orders?limit=100&page=\(page)&order_by=updated_at&fields=number,updated_at").json["orders"]?
                .array
            seen += (rows ?? []).compactMap { $0["number"]?.int }
        }
        let expected = world.fake.orders.sorted { ($0.updatedAt, $0.number) < ($1.updatedAt, $1.number) }.map(\.number)
        #expect(seen == expected)
    }
}
