import StrictYAML
import SyncCore
import Units

/// One setting of a connection, as scenarios write it.
struct Setting: Sendable {
    let field: Field
    let apply: @Sendable (Value, inout ConnectionSettings) -> Void

    private init(
        _ name: String, _ shape: Shape, _ doc: String, example: String,
        apply: @escaping @Sendable (Value, inout ConnectionSettings) -> Void
    ) {
        field = .optional(name, shape, doc, example: example)
        self.apply = apply
    }

    /// Sets what the record says, and leaves what it does not speak of.
    static func apply(_ record: Value, to settings: inout ConnectionSettings) {
        for setting in all {
            if let value = record[setting.field.name] { setting.apply(value, &settings) }
        }
    }

    private static let status = Shape.whole(1...9999)

    static let all: [Setting] = [
        Setting("shipped-status-from", status, "From this status on an order counts as shipped. Default: 450.", example: "400") {
            $1.shippedStatusFrom = $0.int
        },
        Setting("shipped-status-to", status, "Up to this status an order counts as shipped. Default: 500.", example: "500") {
            $1.shippedStatusTo = $0.int
        },
        Setting(
            "completed-statuses", .list(status), "The statuses in which a purchase order is completed. Default: [ 500 ].",
            example: "[ 400, 500 ]"
        ) { $1.completedStatuses = Set($0.list.map(\.int)) },
        Setting("cancelled-order-status", status, "The status of a cancelled order. Default: 1000.", example: "1000") {
            $1.cancelledOrderStatus = $0.int
        },
        Setting("cancelled-purchase-status", status, "The status of a cancelled purchase order. Default: 900.", example: "900") {
            $1.cancelledPurchaseStatus = $0.int
        },
        Setting(
            "receipt-trigger", .choice(["completed", "immediate"]),
            "Whether goods are booked in when the purchase order is completed, or as they come in. Default: completed.",
            example: "immediate"
        ) { $1.receiptTrigger = ReceiptTrigger(rawValue: $0.text)! },
        Setting(
            "barred-products", .choice(["leave", "deactivate"]),
            "Whether a barred product stays an active article of the warehouse. Default: leave.", example: "deactivate"
        ) { $1.barredProducts = BarredProducts(rawValue: $0.text)! },
        Setting(
            "stock-sync", .choice(["off", "on", "on-with-offset"]),
            "Whether the warehouse's adjustments are replayed: not at all; once both sides agree; or carrying their present "
                + "differences as the known offset. Default: off.", example: "on"
        ) { $1.stockSync = StockSync(rawValue: $0.text)! },
        Setting("marks-reported", .flag, "Whether what was booked is reported back to Ongoing. Default: true.", example: "false")
        {
            $1.marksReported = $0.flag
        },
        Setting(
            "sends-supplier-group", .flag,
            "Whether the supplier's group goes to the purchase order's free values. Default: false.",
            example: "true"
        ) { $1.sendsSupplierGroup = $0.flag },
        Setting("limits", .record(limits), "How long a text the warehouse takes.", example: "{ names: 40 }") {
            if let value = $0["numbers"] { $1.limits.numbers = value.int }
            if let value = $0["names"] { $1.limits.names = value.int }
            if let value = $0["remarks"] { $1.limits.remarks = value.int }
        },
        Setting("schedule", .record(schedule), "How often each job runs.", example: "{ orders: 1m, shipments: 1m }") {
            record, settings in
            for job in Job.allCases {
                if let value = record[job.rawValue] { settings.schedule[job] = value.duration }
            }
            if let value = record["overlap"] { settings.schedule.overlap = value.duration }
            if let value = record["sweep"] { settings.schedule.sweep = value.duration }
        },
    ]

    private static let limits = Record(
        "the limits",
        [
            .optional("numbers", .whole(1...10_000), "Numbers and codes. Default: 50."),
            .optional("names", .whole(1...10_000), "Names. Default: 100."),
            .optional("remarks", .whole(1...10_000), "Remarks. Default: 500."),
        ])

    private static let schedule = Record(
        "the schedule",
        Job.allCases.map { .optional($0.rawValue, .duration, "How often the job \($0.rawValue) runs.") } + [
            .optional("overlap", .duration, "How far a read goes back behind the newest known change. Default: 2m."),
            .optional("sweep", .duration, "How often everything is read again. Default: 1d."),
        ])
}
