package import Units

/// Every movement of stock with its cause, and the stock on hand.
///
/// The stock on hand is kept beside the entries and not computed from them, so that the invariant «stock at a place = sum of
/// its entries» can fail. It is asserted after every movement.
package final class StockLedger {
    package struct Entry: Sendable, Equatable {
        /// From 1.
        package let number: Int
        package fileprivate(set) var time: Moment
        package let item: String
        /// A Rackbeat location number, or the goods owner and warehouse in Ongoing.
        package let place: String
        package let change: ExactDecimal
        /// Such as `opening`, `shipment`, `receipt`, `adjustment`, `pick`.
        package let cause: String
        /// The document that moved it, such as `shipment 700`; empty when there is none.
        package let document: String
    }

    private struct Key: Hashable {
        let item: String
        let place: String
    }

    package private(set) var entries: [Entry] = []
    private var onHand: [Key: ExactDecimal] = [:]
    private var entriesOf: [Key: [Int]] = [:]

    package init() {}

    /// The entries with corrected times: the clock that stamped them was ahead by this much.
    package func entries(clockAhead ahead: Duration) -> [Entry] {
        guard ahead != .zero else { return entries }
        return entries.map { entry in
            var entry = entry
            entry.time = entry.time - ahead
            return entry
        }
    }

    /// Moves stock: changes what is on hand and writes the entry.
    package func move(
        _ item: String, at place: String, by change: ExactDecimal, cause: String, document: String = "", time: Moment
    ) {
        let key = Key(item: item, place: place)
        onHand[key, default: .zero] += change
        entriesOf[key, default: []].append(entries.count)
        entries.append(
            Entry(
                number: entries.count + 1, time: time, item: item, place: place, change: change, cause: cause,
                document: document))
        assertBalance(key)
    }

    /// Changes what is on hand without an entry: only for a mutant that the invariant must catch.
    package func tamper(_ item: String, at place: String, by change: ExactDecimal) {
        onHand[Key(item: item, place: place), default: .zero] += change
    }

    package func stock(of item: String, at place: String) -> ExactDecimal {
        onHand[Key(item: item, place: place)] ?? .zero
    }

    package func entries(of item: String, at place: String) -> [Entry] {
        (entriesOf[Key(item: item, place: place)] ?? []).map { entries[$0] }
    }

    /// Every item and place that ever held anything, in alphabetical order.
    package var positions: [(item: String, place: String, stock: ExactDecimal)] {
        onHand.sorted { ($0.key.item, $0.key.place) < ($1.key.item, $1.key.place) }
            .map { ($0.key.item, $0.key.place, $0.value) }
    }

    /// The positions at which stock is not the sum of the entries; empty when the ledger is sound.
    package func imbalances() -> [(item: String, place: String, stock: ExactDecimal, sum: ExactDecimal)] {
        positions.compactMap { position in
            let sum = sum(Key(item: position.item, place: position.place))
            return sum == position.stock ? nil : (position.item, position.place, position.stock, sum)
        }
    }

    private func sum(_ key: Key) -> ExactDecimal {
        (entriesOf[key] ?? []).reduce(.zero) { $0 + entries[$1].change }
    }

    /// Checks short ledgers each time and long ones now and then: a year of trade must not become quadratic.
    private func assertBalance(_ key: Key) {
        let count = entriesOf[key]?.count ?? 0
        guard count < 64 || count.isMultiple(of: 256) else { return }
        let sum = sum(key)
        precondition(
            onHand[key] == sum,
            "stock of \(key.item) at \(key.place) is \(onHand[key] ?? .zero), the ledger sums to \(sum)")
    }
}
