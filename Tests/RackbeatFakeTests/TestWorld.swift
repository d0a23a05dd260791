import Exchange
import FakeKit
import HTTPTypes
import JSON
import Units

@testable import RackbeatFake

/// An account with a clock that the test sets, used through its API.
final class TestWorld {
    /// 2026-03-02 14:05:09 in Copenhagen.
    var time = Moment(iso: "2026-03-02T13:05:09Z")!
    private(set) var fake: RackbeatFake!

    /// - Parameter changes: what differs from the defaults of the assumption ledger.
    init(_ changes: [String: String] = [:]) {
        let profile = Profile(system: .rackbeat, choices: Self.defaults).changing(changes)
        fake = RackbeatFake(profile: profile, token: "secret", clock: { [unowned self] in time })
    }

    /// A main and a second location, a group with 25 % tax, and 100 mugs at the main one.
    static func stocked(_ changes: [String: String] = [:]) throws -> TestWorld {
        let world = TestWorld(changes)
        try world.fake.addLocation(LocationSeed(number: 1001, name: "Main", isDefault: true))
        try world.fake.addLocation(LocationSeed(number: 1002, name: "Shop"))
        try world.fake.addGroup(GroupSeed(number: 1, name: "Tableware"))
        try world.fake.addProduct(
            ProductSeed(number: "KOP-01", name: "Mug, blue", price: 80, group: 1, stock: [1001: 100]))
        try world.fake.addProduct(ProductSeed(number: "SKAL-02", name: "Bowl", price: 120, group: 1, stock: [1001: 10]))
        return world
    }

    func pass(_ duration: Duration) { time = time + duration }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil, headers: HTTPFields? = nil
    ) -> Response {
        let fields = headers ?? [.authorization: "Bearer secret", .accept: "application/json"]
        return fake.respond(to: Request(method, "/api/" + path, headers: fields, body: body?.serialized ?? []))
    }

    func get(_ path: String) -> Response { send(.get, path) }
    func post(_ path: String, _ body: JSON? = nil) -> Response { send(.post, path, body) }
    func put(_ path: String, _ body: JSON) -> Response { send(.put, path, body) }
    func delete(_ path: String) -> Response { send(.delete, path) }

    static let defaults: [String: String] = [
        "list_status": "206", "default_limit": "20", "max_limit": "1000", "limit_over_max": "clamp", "page_after_last": "empty",
        "list.paging_members": "both",
        "unknown_param": "ignore", "updated_from_param": "updated_at_from", "updated_from_inclusive": "true",
        "time_zone": "Europe/Copenhagen", "datetime_format": "iso", "require_accept_header": "false",
        "require_consumer_headers": "false", "url_decode_passes": "2", "rate_limit": "480", "rate_window_s": "60",
        "error_message_key": "both", "orders.post_creates": "draft", "orders.list_embeds_lines": "true",
        "po.list_embeds_lines": "true", "supplier.name_keys": "both", "supplier.group_shape": "object",
        "delivery_terms_shape": "string", "order.address_name2": "absent", "document.references": "both",
        "order.billing_same": "computed",
        "line.incl_vat_field": "absent", "price.taxful": "computed", "shipment.partial_mode": "lines_in_body",
        "shipment.body_ignored": "false", "shipment.line_exposes_order_line_id": "true", "shipment.create_also_ships": "false",
        "shipment.cap_to_stock": "true", "shipment.over_quantity": "422", "shipment.create_status": "201",
        "receipt.partial_mode": "edit_after_create", "receipt.envelope_key": "purchase_order_receipt",
        "receipt.over_quantity": "accept", "receipt.create_status": "201", "adjustment.mode": "absolute_via_read",
        "adjustment.relative_flag_name": "is_relative", "adjustment.relative_flag_ignored": "false",
        "adjustment.needs_booking": "true", "adjustment.line_quantity": "change", "adjustment.deletable": "true",
        "adjustment.zero_change": "422", "stock.allow_negative": "plain", "touch_updated_at": "default",
        "location_match": "exact", "null_line_location": "default", "cancelled_orders": "flagged",
        "reopen_keeps_line_ids": "true", "reopen_when": "nothing_shipped", "rest_closed": "quantities_stay",
        "strict_batch_serial": "false", "ledger.shape": "tandem", "double_book": "422",
        "partly_shipped_when_shipped": "false", "receipt.line_put_quantity_alone": "true",
        "po.received_name": "quantity_received",
        "sort_param": "order_by", "webhook_on_suppress": "honoured", "shipped_lists": "paged",
    ]
}

extension Response {
    /// The body as a tree; `null` when there is none or it is not JSON.
    var json: JSON { (try? JSON.parse(body)) ?? .null }

    /// The texts of a 422 for one property.
    func problems(_ path: String) -> [String] { (json["errors"]?[path]?.array ?? []).compactMap(\.string) }
}
