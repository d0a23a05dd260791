import FakeKit
import JSON
package import Units

extension RackbeatFake {
    /// Counts an item by hand: stock becomes the counted quantity at once.
    ///
    /// - Parameter cause: the cause in the ledger, such as `manual count`.
    package func countStock(_ item: String, at location: Int, to quantity: ExactDecimal, cause: String) throws {
        let wish = "count \(item) at location \(location) as \(quantity)"
        try perform(wish, held(product: item)) {
            guard store.products[item] != nil else { throw Refusal.notFound }
            guard store.locations[location] != nil else { throw Refusal.rule("location", "There is no location \(location).") }
            guard store.products[item]?.inventoryEnabled == true else {
                throw Refusal.rule("item_id", "No stock is kept of \(item).")
            }
            _ = try adjust(item, at: location, quantity, .total, reason: cause, date: today, isByHand: true)
        }
    }
}
