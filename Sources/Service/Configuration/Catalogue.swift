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
                "The journal, Tandem's own database file. Relative to the working directory. One process uses it at a time."
            ),
            .word("log-level", logLevels, \.logLevel, in: fresh, "Minimum log level."),
            .word(
                "log-format", ["auto", "text", "json"], \.logFormat, in: fresh,
                "Log lines as text or as one JSON object each. auto: text on a terminal, JSON elsewhere."),
            .required(
                "rackbeat.base-url", .url, sample: "https://app.rackbeat.com/api", "URL of Rackbeat's API, with its base path."
            ) { if case .endpoint(let endpoint) = $1 { $0.rackbeat.endpoint = endpoint } },
            .required(
                "rackbeat.token", .secret, sample: "{ env: RACKBEAT_TOKEN }",
                "Where the account's API token is kept: { env: NAME } or { file: PATH }. Never the token itself."
            ) { if case .secret(let reference) = $1 { $0.rackbeat.token = reference } },
            .required(
                "rackbeat.name", .text, sample: "Fjord Fiktiv integration",
                "Application name sent with each request. Rackbeat may shut out anonymous clients."
            ) { if case .text(let text) = $1 { $0.rackbeat.name = text } },
            .required(
                "rackbeat.email", .email, sample: "operations@example.test", "Contact address sent with each request."
            ) { if case .text(let text) = $1 { $0.rackbeat.email = text } },
            .optional(
                "rackbeat.account", .whole(1...Int(Int32.max)), sample: "4711",
                "The number of the account that the token must belong to. Required for webhooks, checked by 'tandem verify'."
            ) { if case .whole(let number) = $1 { $0.rackbeat.account = number } },
            .optional(
                "rackbeat.profile", .profile(.rackbeat), sample: "{ list_status: 206 }",
                "Choices for the assumptions about Rackbeat that differ from their defaults, or are confirmed. 'tandem assumptions' lists "
                    + "them. Reading goes back further while time_zone and updated_from_inclusive are not stated."
            ) { if case .choices(let choices) = $1 { $0.rackbeat.choices = choices } },
            .optional(
                "verify.allow-writes-for", .wholes(1...Int(Int32.max)), sample: "[ 42 ]",
                "The goods owners for which 'tandem verify --allow-writes' may write documents of its own. Without any, it writes nothing."
            ) { if case .wholes(let numbers) = $1 { $0.verify.allowWritesFor = Set(numbers) } },
            .optional(
                "listen.address", .address, sample: "127.0.0.1:8080",
                "Address and port of webhooks, /health and /metrics. Without it, nothing listens."
            ) { if case .text(let text) = $1 { $0.listen.address = text } },
            .optional(
                "listen.rackbeat-tokens", .secrets, sample: "[ { env: RACKBEAT_WEBHOOK_TOKEN } ]",
                "Where the tokens of Rackbeat's webhooks are kept, one for each webhook. Without any, no webhook is accepted."
            ) { if case .secrets(let references) = $1 { $0.listen.rackbeatTokens = references } },
            .optional(
                "listen.ongoing-tokens", .secrets, sample: "[ { env: ONGOING_WEBHOOK_TOKEN } ]",
                "Where the tokens are kept that Ongoing's webhooks send as X-Auth-Token. Without any, no webhook is accepted."
            ) { if case .secrets(let references) = $1 { $0.listen.ongoingTokens = references } },
            .optional(
                "tls.ca-file", .text, sample: "/etc/tandem/company-ca.pem",
                "Certificates in PEM that are trusted beside those of the system, such as that of a company's proxy. HTTPS_PROXY, NO_PROXY "
                    + "and SSL_CERT_FILE of the environment are honoured."
            ) { if case .text(let text) = $1 { $0.authorityFile = text } },
        ]
    }

    static var connection: [ConnectionKey] {
        [
            .required(
                "location", .text, sample: "1001",
                "The number of the Rackbeat location. Only order lines at this location belong to the connection."
            ) { if case .text(let text) = $1 { $0.settings.location = LocationNumber(text) } },
            .required(
                "ongoing.base-url", .url, sample: "https://api.ongoingsystems.se/demo/api/v1",
                "URL of the warehouse's API, with its base path."
            ) { if case .endpoint(let endpoint) = $1 { $0.ongoing.endpoint = endpoint } },
            .required("ongoing.user", .text, sample: "WSI-demo", "The API user that the warehouse issued.") {
                if case .text(let text) = $1 { $0.ongoing.user = text }
            },
            .required(
                "ongoing.password", .secret, sample: "{ env: ONGOING_PASSWORD }",
                "Where the user's password is kept: { env: NAME } or { file: PATH }."
            ) { if case .secret(let reference) = $1 { $0.ongoing.password = reference } },
            .required(
                "ongoing.goods-owner", .whole(1...Int(Int32.max)), sample: "42", "The warehouse's number of the goods owner."
            ) { if case .whole(let number) = $1 { $0.settings.goodsOwner = number } },
            .optional(
                "ongoing.profile", .profile(.ongoing), sample: "{ line_price: total }",
                "Choices for the assumptions about Ongoing that differ from their defaults."
            ) { if case .choices(let choices) = $1 { $0.ongoing.choices = choices } },
        ] + SettingsCatalogue.all.map { .setting($0) }
    }
}
