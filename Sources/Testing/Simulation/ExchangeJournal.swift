package import Exchange

/// Every exchange of a run, in the order in which they ended. A request that arrived twice has two entries with one number.
package final class ExchangeJournal {
    package private(set) var entries: [Exchanged] = []
    /// How many exchanges have begun, kept or not.
    package private(set) var count = 0
    /// Whether entries are kept. A run of millions that no invariant judges needs none.
    package var keepsEntries = true
    /// How much is kept; `nil`: everything. Beyond it the oldest are removed, many at a time.
    package var limit: Limit?
    /// How many entries were removed.
    package private(set) var removed = 0
    private var bytes = 0

    package struct Limit: Sendable {
        package var entries: Int
        /// Of the bodies.
        package var bytes: Int

        package init(entries: Int, bytes: Int) {
            self.entries = entries
            self.bytes = bytes
        }
    }

    package init() {}

    /// The number of the exchange that begins now.
    func begin() -> Int {
        count += 1
        return count
    }

    func append(_ exchange: Exchanged) {
        guard keepsEntries else { return }
        entries.append(exchange)
        bytes += Self.bytes(of: exchange)
        guard let limit, entries.count > limit.entries || bytes > limit.bytes else { return }
        // Each removal moves all that stay, so an eighth is removed at a time.
        let stay = Limit(entries: limit.entries - limit.entries / 8, bytes: limit.bytes - limit.bytes / 8)
        var leaving = 0
        while leaving < entries.count, entries.count - leaving > stay.entries || bytes > stay.bytes {
            bytes -= Self.bytes(of: entries[leaving])
            leaving += 1
        }
        entries.removeFirst(leaving)
        removed += leaving
    }

    private static func bytes(of exchange: Exchanged) -> Int {
        exchange.request.target.utf8.count + exchange.request.body.count + (exchange.served?.body.count ?? 0)
    }

    /// The server has carried out a request after its time-out.
    func wasServed(_ number: Int, _ response: Response) {
        guard let index = entries.lastIndex(where: { $0.number == number }) else { return }
        bytes += response.body.count - (entries[index].served?.body.count ?? 0)
        entries[index].served = response
    }
}
