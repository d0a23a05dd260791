import Units

/// What is there when a scenario does not say otherwise.
enum WorldDefaults {
    /// Names that exist unless the file gives others of their kind.
    static let names: [Shape.Name: String] = [
        .location: "1001", .group: "1", .supplier: "20", .customer: "501", .paymentTerm: "7", .employee: "3", .connection: "main",
    ]

    static let goodsOwner = 42

    /// A Monday at 8 in the morning in Copenhagen.
    static let start = Moment(iso: "2026-03-02T07:00:00Z")!

    /// What the engine is let in with. Secrets in a simulation too: no report may show them.
    static let token = "rb-7f3c1d95e2a84b06"
    static let user = "WSI-tandem"
    static let password = "ow-59d0c4e1b7a2"
}
