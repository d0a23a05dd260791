import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

/// One goods owner, 42, its user, and a clock the test moves.
final class Tenancy {
    let fake: OngoingFake
    private let clock: Clock
    var credentials: String? = "V1NJb25lOnNlY3JldA=="

    private final class Clock {
        var now = Moment(iso: "2026-09-01T08:00:00.250Z")!
    }

    init(_ changes: [String: String] = [:], goodsOwner: Int = 42) {
        let clock = Clock()
        self.clock = clock
        let profile = Profile(system: .ongoing, choices: Self.defaults).changing(changes)
        fake = OngoingFake(profile: profile) { clock.now }
        fake.addGoodsOwner(id: goodsOwner, name: "Nordic Shop")
        fake.addUser(name: "WSIone", password: "secret", goodsOwners: [goodsOwner])
    }

    var now: Moment {
        get { clock.now }
        set { clock.now = newValue }
    }

    func wait(_ duration: Duration) { clock.now = clock.now + duration }

    /// The defaults of the assumptions, so that these tests stand alone.
    static let defaults = [
        "order.initial_status": "200", "order.editable_below": "320", "order.editable_when_allocated": "false",
        "purchase_order.initial_status": "100", "purchase_order.editable_below": "300", "put.create_status": "201",
        "put.null_members": "keep", "put.missing_lines": "delete", "put.absent_line_array": "keep",
        "put.cancelled_number": "refuse", "put.strict_members": "ignore", "text.limits": "none", "line_price": "total",
        "cancel.again": "400", "error.key_case": "lower", "adjustments.is_reported_false": "unreported",
        "adjustments.single_get": "first_article", "filter.after": "strict", "purchase_order.400_is_final": "false",
        "back_order.number_suffix": "-B", "back_order.row_numbers": "copied", "back_order.goods_owner_order_id": "copied",
        "zone_less_time": "UTC", "rate_limit": "0", "consignee.match": "name_and_address", "read_lag_ms": "0",
        "dimension_unit": "m", "unpick": "counters_drop", "unpick.touches_status": "false", "auth.401_body": "empty",
        "wrong_goods_owner": "400", "unknown_article": "create", "article.number_case": "ignored",
        "structures.article_kind": "required", "finished_stock": "at_receipt",
        "shipped_status_sets_time": "450", "order.orders_updated_filter_hours": "48", "articles.stock_filter_hours": "24",
        "webhooks.success": "2xx", "webhooks.timeout_s": "30", "date_header": "present",
    ]

    // MARK: Calling

    func call(_ method: HTTPRequest.Method, _ target: String, _ body: JSON? = nil) -> Response {
        var request = Request(method, "/demo/api/v1/" + target)
        if let credentials { request.headers[.authorization] = "Basic " + credentials }
        if let body {
            request.headers[.contentType] = "application/json"
            request.body = body.serialized
        }
        return fake.respond(to: request)
    }

    /// The response body of a call that must succeed.
    @discardableResult
    func json(_ method: HTTPRequest.Method, _ target: String, _ body: JSON? = nil) throws -> JSON {
        let response = call(method, target, body)
        let text = String(decoding: response.body, as: UTF8.self)
        try #require(response.isSuccess, "\(method) \(target): \(response.status) \(text)")
        return try JSON.parse(response.body)
    }

    // MARK: Bodies

    static func order(_ number: String, _ lines: [(String, String, Int)], _ more: JSONObject = [:]) -> JSON {
        let body: JSONObject = [
            "goodsOwnerId": 42, "orderNumber": .string(number), "deliveryDate": "2026-09-03",
            "consignee": ["customerNumber": "1007", "name": "Hansen & Co", "city": "Aarhus", "countryCode": "DK"],
            "orderLines": .array(
                lines.map { ["rowNumber": .string($0.0), "articleNumber": .string($0.1), "numberOfItems": JSON($0.2)] }),
        ]
        return .object(JSONObject(body.members.filter { more[$0.name] == nil } + more.members))
    }

    static func purchaseOrder(_ number: String, _ lines: [(String, String, Int)], _ more: JSONObject = [:]) -> JSON {
        let body: JSONObject = [
            "goodsOwnerId": 42, "purchaseOrderNumber": .string(number), "inDate": "2026-09-10",
            "purchaseOrderLines": .array(
                lines.map { ["rowNumber": .string($0.0), "articleNumber": .string($0.1), "numberOfItems": JSON($0.2)] }),
        ]
        return .object(JSONObject(body.members.filter { more[$0.name] == nil } + more.members))
    }

    @discardableResult
    func putOrder(_ number: String, _ lines: [(String, String, Int)] = [("1", "CHAIR", 5)], _ more: JSONObject = [:]) throws
        -> Int
    {
        try #require(json(.put, "orders", Self.order(number, lines, more))["orderId"]?.int)
    }

    @discardableResult
    func putPurchaseOrder(
        _ number: String, _ lines: [(String, String, Int)] = [("1", "CHAIR", 10)], _ more: JSONObject = [:]
    ) throws -> Int {
        try #require(json(.put, "purchaseOrders", Self.purchaseOrder(number, lines, more))["purchaseOrderId"]?.int)
    }

    /// The numbers of the orders a list has, in its order.
    func orderNumbers(_ query: String) throws -> [String] {
        let list = try json(.get, "orders?goodsOwnerId=42" + (query.isEmpty ? "" : "&" + query))
        return try #require(list.array).compactMap { $0["orderInfo"]?["orderNumber"]?.string }
    }

    func purchaseOrderNumbers(_ query: String) throws -> [String] {
        let list = try json(.get, "purchaseOrders?goodsOwnerId=42&" + query)
        return try #require(list.array).compactMap { $0["purchaseOrderInfo"]?["purchaseOrderNumber"]?.string }
    }

    func open(_ article: String, _ quantity: Int) {
        fake.openStock(goodsOwner: 42, article: article, quantity: ExactDecimal(quantity))
    }

    func line(_ order: String, _ row: String = "1") throws -> OngoingFake.OrderLineRecord {
        try #require(fake.order(order, of: 42)?.line(row))
    }

    func stock(_ article: String) -> ExactDecimal { fake.ledger.stock(of: article, at: "42") }
}

extension JSON {
    /// The value at a path of names and positions.
    func at(_ path: String) -> JSON? {
        path.split(separator: ".").reduce(self as JSON?) { value, name in
            Int(name).map { value?[$0] } ?? value?[String(name)]
        }
    }
}

func pick(_ row: String, _ quantity: Int, batch: String? = nil, serial: String? = nil) -> OngoingFake.LineQuantity {
    OngoingFake.LineQuantity(row: row, quantity: ExactDecimal(quantity), batch: batch, serial: serial)
}
