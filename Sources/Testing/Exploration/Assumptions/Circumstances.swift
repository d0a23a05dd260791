import Contract
import Exchange

/// What an alternative makes different about the working day: what else must be so that it matters at all, and what people can only
/// do otherwise.
struct Circumstances {
    private let choices: [System: [String: String]]
    private let parked: [Parked]
    private let isAtWinterTime: Bool

    /// A record that a person has to settle on such an account.
    private struct Parked {
        let connection: String
        let job: String
        let subject: String

        init(_ connection: String, _ job: String, _ subject: String) {
            self.connection = connection
            self.job = job
            self.subject = subject
        }
    }

    /// Everything as the ledger has it, but for these choices. What is parked is left to a prediction.
    init(_ choices: [System: [String: String]] = [:]) {
        self.choices = choices
        parked = []
        isAtWinterTime = false
    }

    init(_ alternative: Alternative) {
        let (assumption, choice) = (alternative.assumption, alternative.choice)
        var choices: [System: [String: String]] = [assumption.system: Self.companions[assumption.key] ?? [:]]
        choices[assumption.system, default: [:]][assumption.key] = choice
        self.choices = choices
        parked = (Self.isTakenLate(choices) ? [] : [Parked("main", "orders", "1053")]) + (Self.parked[alternative.name] ?? [])
        isAtWinterTime = Self.ofTime.contains(assumption.key)
    }

    // MARK: What differs

    /// Choices without which the assumption decides nothing.
    private static let companions: [String: [String: String]] = [
        "page_after_last": ["max_limit": "4"], "limit_over_max": ["max_limit": "4"], "rate_window_s": ["rate_limit": "40"],
        "shipment.cap_to_stock": ["shipment.partial_mode": "edit_after_create"],
        "adjustment.relative_flag_name": ["adjustment.mode": "relative_flag"],
        "order.editable_when_allocated": ["order.editable_below": "450"],
    ]

    /// For these the day ends when winter time begins: one hour happens twice.
    private static let ofTime: Set<String> = [
        "time_zone", "datetime_format", "updated_from_param", "updated_from_inclusive", "zone_less_time", "filter.after",
    ]

    /// Where only whole orders can be shipped, what is picked of a part is for a person to book.
    private static let partialShipments = [
        Parked("main", "shipments", "1042"), Parked("main", "shipments", "1042-B"), Parked("main", "shipments", "1043"),
        Parked("north", "shipments", "1043"), Parked("main", "shipments", "1044"), Parked("north", "shipments", "1044"),
        Parked("main", "shipments", "1045"),
    ]

    private static let parked: [String: [Parked]] = [
        "RB-27=whole_only": partialShipments,
        // More came than was ordered, and Rackbeat takes no more.
        "RB-36=422": [Parked("north", "receipts", "3002")],
        // The warehouse takes no line more on an order that it has begun with.
        "RB-65=part_shipped": [Parked("main", "orders", "1052")],
        // No body has a place for batches.
        "RB-51=true": [Parked("north", "shipments", "1047"), Parked("north", "receipts", "3002")],
        // The warehouse takes no change of what it has.
        "ON-02=200": [
            Parked("main", "orders", "1048"), Parked("main", "orders", "1049"), Parked("main", "orders", "1054"),
            Parked("main", "shipments", "1048"),
        ],
        "ON-02=300": [Parked("main", "orders", "1054")],
        // A text that is too long is refused, and never cut.
        "ON-12=strict": [Parked("main", "orders", "1055")],
    ]

    /// Whether the warehouse cancels an order that has stock allocated to it.
    private static func isTakenLate(_ choices: [System: [String: String]]) -> Bool {
        choices[.ongoing]?["order.editable_when_allocated"] == "true"
    }

    // MARK: In the words of the day

    /// Longer than a warehouse with limits takes.
    static let longStreet = "Industrivej " + String(repeating: "x", count: 110)

    private func choice(_ key: String, of system: System) -> String {
        choices[system]?[key] ?? AssumptionLedger.standard.profile(for: system)[key]
    }

    /// Under `world`.
    var profiles: String {
        let records = System.allCases.compactMap { system -> String? in
            guard let choices = choices[system] else { return nil }
            let members = choices.sorted { $0.key < $1.key }.map { "\($0.key): \(Self.written($0.value))" }
            return "\(system.rawValue): { \(members.joined(separator: ", ")) }"
        }
        return "  profile: { \(records.joined(separator: ", ")) }"
    }

    /// Numbers and flags are read as such, and anything else as text.
    private static func written(_ choice: String) -> String {
        let isPlain = choice.utf8.allSatisfy { (48...57).contains($0) } || choice == "true" || choice == "false"
        return isPlain ? choice : "\"\(choice)\""
    }

    var clock: String { isAtWinterTime ? "2026-10-24T08:00:00+02:00" : "2026-03-02T08:00:00+01:00" }
    var deliverAt: String { isAtWinterTime ? "2026-10-25" : "2026-03-05" }

    /// An account without a second line for names has no place for one.
    var secondName: String {
        choice("order.address_name2", of: .rackbeat) == "present" ? "name2: Køkkenet, " : ""
    }

    var orderChange: String {
        choice("reopen_keeps_line_ids", of: .rackbeat) == "true"
            ? "remove-lines: [ 52 ], quantities: { 51: 2 }" : "remove-lines: [ 90002 ], quantities: { 90001: 2 }"
    }

    var purchaseChange: String {
        choice("reopen_keeps_line_ids", of: .rackbeat) == "true"
            ? "remove-lines: [ 122 ], quantities: { 121: 6 }" : "remove-lines: [ 61002 ], quantities: { 61001: 6 }"
    }

    var suffix: String { choice("back_order.number_suffix", of: .ongoing) }

    /// Rows without numbers cannot be picked by number.
    var backOrderLines: String {
        choice("back_order.row_numbers", of: .ongoing) == "copied" ? ", lines: { 1: 2, 2: 2 }" : ""
    }

    /// What the office does late in the day: it adds a line to an order that is partly shipped, where it can.
    var lateChange: String {
        choice("reopen_when", of: .rackbeat) == "part_shipped"
            ? "\n  - rackbeat.reopen-order: { order: 1052 }"
                + "\n  - rackbeat.change-order: { order: 1052, add-lines: [ { id: 93, item: RUG/1 50%, quantity: 1 } ] }"
                + "\n  - rackbeat.book-draft: { order: 1052 }" : ""
    }

    private var givesUpRests: Bool { choices[.rackbeat]?["rest_closed"] != nil }

    /// An order whose rest the office gives up, where the day is about that.
    var orderToGiveUp: String {
        givesUpRests ? "\n  - rackbeat.book-order: { number: 1061, lines: [ { id: 201, item: CHAIR-01, quantity: 3 } ] }" : ""
    }

    /// The warehouse has moved the rest to a back order when it is given up.
    var givenUpRest: String {
        givesUpRests
            ? "  - run-until: 11h\n  - ongoing.pick: { order: 1061, lines: { 201: 1 } }\n  - ongoing.send: { order: 1061 }"
                + "\n  - ongoing.back-order: { order: 1061 }\n  - run-until: 11h55m\n  - rackbeat.close-rest: { order: 1061 }"
            : ""
    }

    private var deviationIsFinal: Bool { choice("purchase_order.400_is_final", of: .ongoing) == "true" }

    /// Where a purchase order with a deviation is at its end, the account says so.
    var completedStatuses: String { deviationIsFinal ? ", completed-statuses: [ 400, 500 ]" : "" }

    /// Goods that come after a deviation was noted; where that is final, none come.
    var lateReceipt: String {
        deviationIsFinal
            ? "" : "  - ongoing.receive: { purchase-order: 3006, late: true }\n  - ongoing.finish: { purchase-order: 3006 }"
    }

    var expectations: String {
        guard !parked.isEmpty else { return "expect: {}" }
        return "expect:\n  parked:\n"
            + parked.map { "    - { connection: \($0.connection), job: \($0.job), subject: \"\($0.subject)\" }" }
            .joined(separator: "\n")
    }
}
