import StrictYAML
package import Units

/// What exists when a scenario does not say otherwise.
package enum WorldDefaults {
    /// Names that exist unless the file gives others of their kind.
    static let names: [NameKind: String] = [
        .location: "1001", .group: "1", .supplier: "20", .customer: "501", .paymentTerm: "7", .employee: "3", .connection: "main",
    ]

    package static let goodsOwner = 42

    /// A Monday at 8 in the morning in Copenhagen.
    package static let start = Moment(iso: "2026-03-02T07:00:00Z")!
}

/// The credentials of callers.
package struct Credentials: Sendable, Equatable {
    /// Rackbeat's bearer token.
    package var token: String
    /// Ongoing's user and password.
    package var user: String
    package var password: String

    package init(token: String, user: String, password: String) {
        self.token = token
        self.user = user
        self.password = password
    }

    /// Secrets in a simulation too: no report may show them.
    package static let simulated = Credentials(
        token: "rb-7f3c1d95e2a84b06", user: "WSI-tandem", password: "ow-59d0c4e1b7a2")
}
