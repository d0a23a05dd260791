import Exchange
import ScenarioKit
import Simulation
import StrictYAML

/// Draws alternatives of the assumptions, for client and fakes alike, under which every invariant must hold.
///
/// Left out are alternatives under which an invariant cannot hold in time (orders that vanish when they are cancelled, or whose booking
/// does not change the time of their last change; back orders without a reference to their order), alternatives whose right reading no
/// invariant knows (times without a zone that are not UTC, a supplier's group without its name), and those that the shipped scenarios
/// cover one by one.
struct CaseProfile {
    private(set) var rackbeat: [(key: String, choice: String)] = []
    private(set) var ongoing: [(key: String, choice: String)] = []

    /// Whether a shipment begins as a draft of what is open and in stock.
    var cutsToStock: Bool { rackbeat.contains { $0.key == "shipment.partial_mode" } }

    /// Whether the warehouse's responses show its time.
    var showsTime: Bool { !ongoing.contains { $0.key == "date_header" } }

    var value: Value? {
        guard !rackbeat.isEmpty || !ongoing.isEmpty else { return nil }
        func record(_ choices: [(key: String, choice: String)]) -> Value? {
            choices.isEmpty ? nil : .record(choices.map { ($0.key, Self.value($0.key, $0.choice)) })
        }
        return .record([("rackbeat", record(rackbeat)), ("ongoing", record(ongoing))])
    }

    /// Alternatives that are numbers.
    private static func value(_ key: String, _ choice: String) -> Value {
        numbers.contains(key) ? .whole(Int(choice) ?? 0) : .text(choice)
    }

    private static let numbers: Set<String> = [
        "default_limit", "max_limit", "rate_limit", "order.editable_below", "purchase_order.initial_status",
        "purchase_order.editable_below", "read_lag_ms",
    ]

    static func draw(_ random: inout SeededRandom) -> CaseProfile {
        var profile = CaseProfile()
        // Few at a time: combinations of two are found all the same, and a case stays readable.
        let share = random.pick([5, 15, 30] as [Int64])
        for (key, choices) in rackbeatChoices where random.percent(share) { profile.rackbeat.append((key, random.pick(choices))) }
        for (key, choices) in ongoingChoices where random.percent(share) { profile.ongoing.append((key, random.pick(choices))) }
        if profile.cutsToStock { profile.rackbeat.removeAll { $0.key == "shipment.create_also_ships" } }
        return profile
    }

    mutating func add(_ choice: (key: String, choice: String)) { rackbeat.append(choice) }

    /// For cases with these features alone.
    static let partsReopen = (key: "reopen_when", choice: "part_shipped")
    static let restsAreCut = (key: "rest_closed", choice: "quantities_cut")

    /// What cases draw from.
    static var all: [(system: System, key: String, choice: String)] {
        (rackbeatChoices + [partsReopen, restsAreCut].map { ($0.key, [$0.choice]) })
            .flatMap { key, choices in choices.map { (system: System.rackbeat, key: key, choice: $0) } }
            + ongoingChoices.flatMap { key, choices in choices.map { (system: System.ongoing, key: key, choice: $0) } }
    }

    private static let rackbeatChoices: [(String, [String])] = [
        ("list_status", ["200"]), ("default_limit", ["3", "50"]), ("max_limit", ["100", "4"]), ("limit_over_max", ["422"]),
        ("page_after_last", ["404"]), ("updated_from_param", ["simple_filter", "none"]), ("updated_from_inclusive", ["false"]),
        ("time_zone", ["UTC"]), ("datetime_format", ["sql"]), ("require_accept_header", ["true"]),
        ("require_consumer_headers", ["true"]), ("url_decode_passes", ["1"]), ("error_message_key", ["errors"]),
        ("orders.list_embeds_lines", ["false"]), ("po.list_embeds_lines", ["false"]),
        ("supplier.name_keys", ["name", "company_name"]),
        ("order.address_name2", ["present"]), ("order.billing_same", ["field"]),
        ("line.incl_vat_field", ["line_total_incl_vat"]), ("price.taxful", ["field", "net"]),
        ("shipment.partial_mode", ["edit_after_create"]), ("shipment.create_also_ships", ["true"]),
        ("shipment.create_status", ["200"]), ("receipt.partial_mode", ["lines_in_body"]),
        ("receipt.envelope_key", ["receipt"]), ("receipt.create_status", ["200"]), ("adjustment.mode", ["relative_flag"]),
        ("adjustment.needs_booking", ["false"]), ("adjustment.line_quantity", ["total"]), ("adjustment.deletable", ["false"]),
        ("adjustment.zero_change", ["accept"]), ("double_book", ["200"]),
        ("partly_shipped_when_shipped", ["true"]), ("sort_param", ["sort"]), ("po.received_name", ["absent"]),
    ]

    private static let ongoingChoices: [(String, [String])] = [
        ("order.initial_status", ["300"]), ("order.editable_below", ["300", "400"]), ("order.editable_when_allocated", ["true"]),
        ("purchase_order.initial_status", ["200"]), ("put.create_status", ["200"]), ("put.null_members", ["erase"]),
        ("put.cancelled_number", ["revive"]), ("put.strict_members", ["refuse"]), ("line_price", ["unit"]),
        ("cancel.again", ["200"]), ("error.key_case", ["upper"]), ("adjustments.is_reported_false", ["all"]),
        ("filter.after", ["inclusive"]), ("back_order.number_suffix", ["-R"]),
        ("rate_limit", ["60", "600"]), ("consignee.match", ["always_new"]), ("read_lag_ms", ["500", "3000"]),
        ("dimension_unit", ["cm", "mm"]), ("auth.401_body", ["json"]), ("unknown_article", ["refuse"]),
        ("shipped_status_sets_time", ["500"]), ("date_header", ["absent"]),
    ]
}
