import FakeKit
package import JSON
import Units

extension RackbeatFake {
    /// Adds a purchase order.
    ///
    /// - Parameter book: whether it is booked at once.
    /// - Returns: its number.
    @discardableResult
    package func addPurchaseOrder(_ seed: PurchaseOrderSeed, book: Bool) throws -> Int {
        var seed = seed
        if seed.supplier == nil { seed.supplier = store.suppliers.byKey.elements(0..<1).first ?? newSupplier() }
        let wish = "add purchase order\(seed.number.map { " \($0)" } ?? "")"
        return try perform(wish, seed.number.map { held(PurchaseOrderRecord.self, $0) } ?? "") {
            try create(seed, booked: book).number
        }
    }

    private func newSupplier() -> Int {
        store.suppliers.put(SupplierRecord(content: SupplierSeed(), createdAt: now, updatedAt: now))
        return 1
    }

    package func bookPurchaseOrder(_ number: Int) throws {
        try perform("book purchase order \(number)", held(PurchaseOrderRecord.self, number)) {
            try book(PurchaseOrderRecord.self, number)
        }
    }

    /// Changes the named members, as a PUT would. Only a draft can be changed.
    package func changePurchaseOrder(_ number: Int, _ members: JSONObject) throws {
        _ = try perform("change purchase order \(number)", held(PurchaseOrderRecord.self, number)) {
            try change(purchaseOrder: number, members)
        }
    }

    /// Turns a booked purchase order back into a draft, as long as nothing of it is received; by profile, as long as not all is.
    package func reopenPurchaseOrder(_ number: Int) throws {
        try perform("reopen purchase order \(number)", held(PurchaseOrderRecord.self, number)) {
            try reopen(PurchaseOrderRecord.self, number)
        }
    }

    /// Gives up what is still open of a partly received purchase order.
    package func closeRest(ofPurchaseOrder number: Int) throws {
        try perform("give up the rest of purchase order \(number)", held(PurchaseOrderRecord.self, number)) {
            try closeRest(orderOf: ReceiptRecord.self, number)
        }
    }

    package func cancelPurchaseOrder(_ number: Int) throws {
        try perform("cancel purchase order \(number)", held(PurchaseOrderRecord.self, number)) {
            try cancel(PurchaseOrderRecord.self, number)
        }
    }

    package func deletePurchaseOrder(_ number: Int) throws {
        try perform("delete purchase order \(number)", held(PurchaseOrderRecord.self, number)) {
            try delete(orderOf: ReceiptRecord.self, number)
        }
    }

    /// - Returns: the id of the line.
    @discardableResult
    package func addPurchaseOrderLine(_ seed: LineSeed, to number: Int) throws -> Int {
        try perform("add a line to purchase order \(number)", held(PurchaseOrderRecord.self, number)) {
            try addLine(seed, to: PurchaseOrderRecord.self, number).id
        }
    }

    /// Changes one line of a draft.
    package func changePurchaseOrderLine(_ id: Int, of number: Int, _ change: (inout LineSeed) -> Void) throws {
        _ = try perform("change line \(id) of purchase order \(number)", held(PurchaseOrderRecord.self, number)) {
            try changeLine(id, of: PurchaseOrderRecord.self, number, change)
        }
    }

    package func removePurchaseOrderLine(_ id: Int, of number: Int) throws {
        try perform("remove line \(id) of purchase order \(number)", held(PurchaseOrderRecord.self, number)) {
            try removeLine(id, of: PurchaseOrderRecord.self, number)
        }
    }
}
