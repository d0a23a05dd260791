import FakeKit
package import JSON
import Units

extension RackbeatFake {
    /// Adds a purchase order.
    ///
    /// - Parameter book: whether it is booked in the same moment.
    /// - Returns: its number.
    @discardableResult
    package func addPurchaseOrder(_ seed: PurchaseOrderSeed, book: Bool) throws -> Int {
        var seed = seed
        if seed.supplier == nil { seed.supplier = store.suppliers.byKey.elements(0..<1).first ?? newSupplier() }
        let wish = "add purchase order\(seed.number.map { " \($0)" } ?? "")"
        return try pull(wish, seed.number.map(held(purchaseOrder:)) ?? "") { try create(seed, booked: book).number }
    }

    private func newSupplier() -> Int {
        store.suppliers.put(SupplierRecord(content: SupplierSeed(), createdAt: now, updatedAt: now))
        return 1
    }

    package func bookPurchaseOrder(_ number: Int) throws {
        try pull("book purchase order \(number)", held(purchaseOrder: number)) { try book(purchaseOrder: number) }
    }

    /// Changes the members that are named, as a PUT would. Only a draft can be changed.
    package func changePurchaseOrder(_ number: Int, _ members: JSONObject) throws {
        _ = try pull("change purchase order \(number)", held(purchaseOrder: number)) {
            try change(purchaseOrder: number, members)
        }
    }

    /// Turns a booked purchase order back into a draft, as long as nothing of it is received.
    package func reopenPurchaseOrder(_ number: Int) throws {
        try pull("reopen purchase order \(number)", held(purchaseOrder: number)) { try reopen(purchaseOrder: number) }
    }

    package func cancelPurchaseOrder(_ number: Int) throws {
        try pull("cancel purchase order \(number)", held(purchaseOrder: number)) { try cancel(purchaseOrder: number) }
    }

    package func deletePurchaseOrder(_ number: Int) throws {
        try pull("delete purchase order \(number)", held(purchaseOrder: number)) { try delete(purchaseOrder: number) }
    }

    /// - Returns: the id of the line.
    @discardableResult
    package func addPurchaseOrderLine(_ seed: LineSeed, to number: Int) throws -> Int {
        try pull("add a line to purchase order \(number)", held(purchaseOrder: number)) {
            try addLine(seed, toPurchaseOrder: number).id
        }
    }

    /// Changes one line of a draft.
    package func changePurchaseOrderLine(_ id: Int, of number: Int, _ change: (inout LineSeed) -> Void) throws {
        try pull("change line \(id) of purchase order \(number)", held(purchaseOrder: number)) {
            try changeLine(id, ofPurchaseOrder: number, change)
        }
    }

    package func removePurchaseOrderLine(_ id: Int, of number: Int) throws {
        try pull("remove line \(id) of purchase order \(number)", held(purchaseOrder: number)) {
            try removeLine(id, ofPurchaseOrder: number)
        }
    }
}
