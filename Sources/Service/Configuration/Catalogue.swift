import Exchange
import SyncCore
import Trade
import Units

/// Every key there is, in the order in which the example shows them.
enum Catalogue {
    typealias GeneralKey = ConfigurationKey<Configuration.General>
    typealias ConnectionKey = ConfigurationKey<Configuration.ConnectionPlan>

    static let logLevels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    static var general: [GeneralKey] {
        let fresh = Configuration.General()
        return [
            .text(
                "journal", \.journal, in: fresh,
                "The file in which Tandem keeps what it must not forget. Relative to the folder it is started in. One process at a time."
            ),
            .word("log-level", logLevels, \.logLevel, in: fresh, "The least weight of what is logged."),
            .word(
                "log-format", ["auto", "text", "json"], \.logFormat, in: fresh,
                "Lines for people or one JSON object a line; auto: for people on a terminal."),
            .required(
                "rackbeat.base-url", .url, sample: "https://app.rackbeat.com/api", "Where Rackbeat's API is, with its base path."
            ) { if case .endpoint(let endpoint) = $1 { $0.rackbeat.endpoint = endpoint } },
            .required(
                "rackbeat.token", .secret, sample: "{ env: RACKBEAT_TOKEN }",
                "The place of the account's API token: { env: NAME } or { file: PATH }. Never the token itself."
            ) { if case .secret(let reference) = $1 { $0.rackbeat.token = reference } },
            .required(
                "rackbeat.name", .text, sample: "Fjord Fiktiv integration",
                "Who calls. Rackbeat may shut out callers that stay anonymous."
            ) { if case .text(let text) = $1 { $0.rackbeat.name = text } },
            .required(
                "rackbeat.mail", .mail, sample: "operations@example.test", "Whom Rackbeat may write to about these calls."
            ) { if case .text(let text) = $1 { $0.rackbeat.mail = text } },
            .optional(
                "rackbeat.account", .whole(1...Int(Int32.max)), sample: "4711",
                "The number of the account that the token is to belong to. Needed for webhooks, checked by 'tandem verify'."
            ) { if case .whole(let number) = $1 { $0.rackbeat.account = number } },
            .optional(
                "rackbeat.profile", .profile(.rackbeat), sample: "{ list_status: 206 }",
                "Other choices than the defaults for what Rackbeat's public material leaves open. 'tandem verify' shows the keys."
            ) { if case .choices(let choices) = $1 { $0.rackbeat.choices = choices } },
            .optional(
                "listen.address", .address, sample: "127.0.0.1:8080",
                "Where webhooks, /health and /metrics are answered. Nothing listens without it."
            ) { if case .text(let text) = $1 { $0.listen.address = text } },
            .optional(
                "listen.rackbeat-tokens", .secrets, sample: "[ { env: RACKBEAT_WEBHOOK_TOKEN } ]",
                "The places of the tokens that Rackbeat gave its webhooks, one for each. Without any, none is taken."
            ) { if case .secrets(let references) = $1 { $0.listen.rackbeatTokens = references } },
            .optional(
                "listen.ongoing-tokens", .secrets, sample: "[ { env: ONGOING_WEBHOOK_TOKEN } ]",
                "The places of the tokens that Ongoing's webhooks send as X-Auth-Token. Without any, none is taken."
            ) { if case .secrets(let references) = $1 { $0.listen.ongoingTokens = references } },
        ]
    }

    static var connection: [ConnectionKey] {
        let fresh = Configuration.ConnectionPlan(name: "")
        return [
            .required(
                "location", .text, sample: "1001",
                "The number of the Rackbeat location; only order lines there concern this connection."
            ) { if case .text(let text) = $1 { $0.settings.location = LocationNumber(text) } },
            .required(
                "ongoing.base-url", .url, sample: "https://api.ongoingsystems.se/demo/api/v1",
                "Where the warehouse's API is, with its base path."
            ) { if case .endpoint(let endpoint) = $1 { $0.ongoing.endpoint = endpoint } },
            .required("ongoing.user", .text, sample: "WSI-demo", "The API user that the warehouse issued.") {
                if case .text(let text) = $1 { $0.ongoing.user = text }
            },
            .required(
                "ongoing.password", .secret, sample: "{ env: ONGOING_PASSWORD }",
                "The place of its password: { env: NAME } or { file: PATH }."
            ) { if case .secret(let reference) = $1 { $0.ongoing.password = reference } },
            .required(
                "ongoing.goods-owner", .whole(1...Int(Int32.max)), sample: "42", "The warehouse's number of the goods owner."
            ) { if case .whole(let number) = $1 { $0.settings.goodsOwner = number } },
            .optional(
                "ongoing.profile", .profile(.ongoing), sample: "{ line_price: total }",
                "Other choices than the defaults for what Ongoing's public material leaves open."
            ) { if case .choices(let choices) = $1 { $0.ongoing.choices = choices } },
        ] + rules(fresh) + schedule(fresh)
    }

    private static func rules(_ fresh: Configuration.ConnectionPlan) -> [ConnectionKey] {
        let statuses = 0...9999
        return [
            .whole(
                "shipped-status-from", statuses, \.settings.shippedStatusFrom, in: fresh,
                "From this status an order of the warehouse counts as shipped."),
            .whole("shipped-status-to", statuses, \.settings.shippedStatusTo, in: fresh, "Up to this status."),
            .optional(
                "completed-statuses", .wholes,
                sample: "[ \(fresh.settings.completedStatuses.sorted().map(String.init).joined(separator: ", ")) ]",
                "The statuses in which a purchase order of the warehouse counts as completed."
            ) { if case .wholes(let numbers) = $1 { $0.settings.completedStatuses = Set(numbers) } },
            .whole(
                "cancelled-order-status", statuses, \.settings.cancelledOrderStatus, in: fresh,
                "The warehouse's status of a cancelled order."),
            .whole(
                "cancelled-purchase-status", statuses, \.settings.cancelledPurchaseStatus, in: fresh,
                "The warehouse's status of a cancelled purchase order."),
            .choice(
                "receipt-trigger", \.settings.receiptTrigger, in: fresh,
                "When what was received is booked: when the purchase order is completed, or at once."),
            .choice(
                "barred-products", \.settings.barredProducts, in: fresh,
                "What happens to the articles of barred products: they are left alone, or made inactive."),
            .choice(
                "stock-sync", \.settings.stockSync, in: fresh,
                "Whether the warehouse's stock adjustments are replayed in Rackbeat. It begins only while both sides hold the same "
                    + "stock; with on-with-offset it begins all the same and carries the differences on."),
            .flag(
                "marks-reported", \.settings.marksReported, in: fresh,
                "Whether what was booked is written back to Ongoing's reported quantities. Off when another integration uses them."
            ),
            .flag(
                "sends-supplier-group", \.settings.sendsSupplierGroup, in: fresh,
                "Whether the supplier's group is written to the purchase order's free texts, since the API has no field for it."),
            .whole(
                "limits.numbers", 1...4000, \.settings.limits.numbers, in: fresh,
                "The most letters that the warehouse takes for numbers and codes. A longer text is a finding, never cut."),
            .whole("limits.names", 1...4000, \.settings.limits.names, in: fresh, "For names and addresses."),
            .whole("limits.remarks", 1...4000, \.settings.limits.remarks, in: fresh, "For remarks and instructions."),
        ]
    }

    private static func schedule(_ fresh: Configuration.ConnectionPlan) -> [ConnectionKey] {
        let jobs = Job.allCases.map { job in
            ConnectionKey.duration(
                "schedule.\(job.rawValue)", atLeast: .seconds(10), \.settings.schedule[job], in: fresh,
                "How often the job '\(job.rawValue)' runs.")
        }
        return jobs + [
            .duration(
                "schedule.overlap", atLeast: .seconds(2), \.settings.schedule.overlap, in: fresh,
                "How far each reading goes back behind the newest change that is known."),
            .duration(
                "schedule.sweep", atLeast: .seconds(3600), \.settings.schedule.sweep, in: fresh,
                "How often a week of changes is read again, whatever the cursors say."),
        ]
    }
}
