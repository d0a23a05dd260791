import Exchange
import JSON
import RackbeatClient
import Scripted

/// The choices that the client reads, as the ledger has them.
let defaults = Profile(
    system: .rackbeat,
    choices: [
        "time_zone": "Europe/Copenhagen", "max_limit": "1000", "updated_from_param": "updated_at_from",
        "updated_from_inclusive": "true", "sort_param": "order_by", "orders.list_embeds_lines": "true",
        "po.list_embeds_lines": "true", "price.taxful": "computed", "shipment.partial_mode": "lines_in_body",
        "receipt.partial_mode": "edit_after_create", "receipt.envelope_key": "purchase_order_receipt",
        "receipt.line_put_quantity_alone": "true", "adjustment.mode": "absolute_via_read",
        "adjustment.relative_flag_name": "is_relative", "adjustment.needs_booking": "true",
        "adjustment.line_quantity": "change", "adjustment.deletable": "true",
    ])

/// A client with scripted responses.
struct Bench {
    let transport: ScriptedTransport
    let client: RackbeatClient

    init(_ responses: [Response], choosing changes: [String: String] = [:], token: String = "s3cret-t0ken") {
        transport = ScriptedTransport(responses)
        let retryingClient = RetryingClient(
            system: .rackbeat, transport: transport, clock: ManualClock(), rateLimiter: RateLimiter(calls: nil),
            random: FixedNumber())
        client = RackbeatClient(
            retryingClient: retryingClient, basePath: "/api", token: token, profile: defaults.changing(changes),
            userAgent: "Tandem (mail@example.test)", consumerName: "Tandem", consumerContact: "mail@example.test")
    }

    init(_ responses: JSON..., choosing changes: [String: String] = [:]) {
        self.init(responses.map { Response(status: 200, json: $0) }, choosing: changes)
    }
}

extension JSON {
    /// The same object with its first line changed.
    func withFirstLine(_ change: (JSON) -> JSON) -> JSON { withFirst(of: "lines", change) }
}
