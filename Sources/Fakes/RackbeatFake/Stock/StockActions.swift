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

    /// Creates a draft of an adjustment by hand. It moves stock when somebody confirms it.
    ///
    /// - Returns: the id of the adjustment.
    @discardableResult
    package func draftAdjustmentByHand(_ item: String, at location: Int, change: ExactDecimal, cause: String) throws -> Int {
        try perform("draft an adjustment of \(item) at location \(location) by \(change)", held(product: item)) {
            guard store.locations[location] != nil else { throw Refusal.rule("location", "There is no location \(location).") }
            guard store.products[item]?.inventoryEnabled == true else {
                throw Refusal.rule("item_id", "No stock is kept of \(item).")
            }
            return try draft(item, at: location, change, .change, reason: cause, date: today, isByHand: true).id
        }
    }

    /// Books a draft of an adjustment by hand, whoever made it.
    ///
    /// - Returns: the change of stock.
    package func confirmDraftAdjustment(_ id: Int) throws -> ExactDecimal {
        try perform("book adjustment \(id)", "") { try book(adjustment: id).change ?? 0 }
    }

    package func deleteDraftAdjustment(_ id: Int) throws {
        try perform("delete adjustment \(id)", "") { try delete(adjustment: id) }
    }
}
