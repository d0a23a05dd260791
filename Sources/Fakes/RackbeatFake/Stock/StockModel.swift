import FakeKit
import JSON
import Units

/// Stock moves in one place, so that nothing changes without its entry in the ledger and its webhook.
extension RackbeatFake {
    func stock(of item: String, at location: Int) -> ExactDecimal { ledger.stock(of: item, at: String(location)) }

    /// What lies at all locations together.
    func stock(of item: String) -> ExactDecimal {
        var sum = ExactDecimal.zero
        locationBook.byKey.visit(0..<locationBook.byKey.count) { sum += stock(of: item, at: $0) }
        return sum
    }

    func moveStock(_ item: String, at location: Int, by change: ExactDecimal, _ cause: StockCause) {
        ledger.move(
            item, at: String(location), by: change, cause: cause.name, document: cause.document, time: clock())
        raise("inventory.changed", key: .string(item), keyName: "number") { ["number": .string(item)] }
    }

    /// Where goods of a line without a location lie: at the product's default location, else at the account's.
    func place(of item: String, location: Int?) -> Int? {
        location ?? productBook[any: item]?.defaultLocation ?? defaultLocation
    }

    /// The location marked as default; when none is, the only one there is.
    var defaultLocation: Int? {
        var marked: Int?
        locationBook.byKey.visit(0..<locationBook.byKey.count) { number in
            if marked == nil, locationBook[number]?.isDefault == true { marked = number }
        }
        return marked ?? (locationBook.byKey.count == 1 ? locationBook.byKey.elements(0..<1).first : nil)
    }

    /// Why stock may not fall to `level`; `nil` when it may.
    func objection(to level: ExactDecimal, of item: String, at location: Int) -> String? {
        guard level.isNegative else { return nil }
        let isTracked = productBook[any: item]?.isTracked ?? false
        guard isTracked || !behaviour.plainStockMayBeNegative else { return nil }
        return "The stock of \(item) at location \(location) would be \(level)."
    }

    /// Whether a filter by location admits a place.
    func location(_ place: Int, matches wanted: Int) -> Bool {
        if place == wanted { return true }
        guard behaviour.locationsMatchChildren else { return false }
        return ancestors(of: place).contains(wanted)
    }

    /// The locations in which a location lies, the nearest first.
    func ancestors(of number: Int) -> [Int] {
        var found: [Int] = []
        var next = locationBook[number]?.parent
        while let parent = next, parent != number, !found.contains(parent) {
            found.append(parent)
            next = locationBook[parent]?.parent
        }
        return found
    }

    func children(of number: Int) -> [LocationRecord] { locationBook.all.filter { $0.parent == number } }
}
