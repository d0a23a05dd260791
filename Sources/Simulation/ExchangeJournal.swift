import Exchange

/// Every exchange of a run in the order in which it was over. A request that arrived twice has two entries of one number.
public final class ExchangeJournal {
    public private(set) var entries: [Exchanged] = []
    /// How many exchanges were begun, kept or not.
    public private(set) var count = 0
    /// Whether entries are kept. A run of millions that no rule reads can do without.
    public var keepsEntries = true

    public init() {}

    /// The number of the exchange that begins now.
    func begin() -> Int {
        count += 1
        return count
    }

    func append(_ exchange: Exchanged) {
        guard keepsEntries else { return }
        entries.append(exchange)
    }

    /// A request that was given up has been carried out after all.
    func wasServed(_ number: Int, _ response: Response) {
        guard let index = entries.lastIndex(where: { $0.number == number }) else { return }
        entries[index].served = response
    }
}
