extension RackbeatFake {
    /// What the receivers of webhooks know this account by: secrets that no report may show.
    package var webhookTokens: [String] { webhookBook.all.map(\.token) }
}
