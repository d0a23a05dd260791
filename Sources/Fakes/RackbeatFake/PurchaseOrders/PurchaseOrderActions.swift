import FakeKit
package import JSON
package import Units

extension RackbeatFake {
    /// Adds a purchase order.
    ///
    /// - Parameter book: whether it is booked in the same moment.
    /// - Returns: its number.
    @discardableResult
    package func addPurchaseOrder(_ seed: PurchaseOrderSeed, book: Bool) throws -> Int {
        var seed = seed
        if seed.supplier == nil { seed.supplier = supplierBook.byKey.elements(0..<1).first ?? newSupplier() }
        let wish = "add purchase order\(seed.number.map { " \($0)" } ?? "")"
        return try pull(wish, seed.number.map(held(purchaseOrder:)) ?? "") { try create(seed, booked: book).number }
    }

    private func newSupplier() -> Int {
        supplierBook.put(SupplierRecord(content: SupplierSeed(), createdAt: now, updatedAt: now))
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

    /// Creates a receipt in the office and leaves it a draft.
    ///
    /// - Parameter lines: quantity by line id; `nil` takes everything that is open.
    /// - Returns: the number of the receipt.
    @discardableResult
    package func draftReceiptByHand(purchaseOrder number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try pull("create a receipt of purchase order \(number) by hand", held(purchaseOrder: number)) {
            try createReceipt(of: number, try wanted(lines)).number
        }
    }

    /// Creates a receipt in the office and receives it, behind everybody's back.
    ///
    /// - Parameter lines: quantity by line id; `nil` receives everything that is open.
    /// - Returns: the number of the receipt.
    @discardableResult
    package func receiveByHand(purchaseOrder number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try pull("receive purchase order \(number) by hand", held(purchaseOrder: number)) {
            let receipt = try createReceipt(of: number, try wanted(lines))
            do {
                return try receive(receipt.number, of: number).number
            } catch {
                // What cannot be received must not stay behind as a draft that nobody asked for.
                try delete(receipt: receipt.number, of: number)
                throw error
            }
        }
    }

    private func wanted(_ lines: [Int: ExactDecimal]?) throws -> [WantedReceiptLine]? {
        try lines?.sorted { $0.key < $1.key }.map { line, quantity in
            guard quantity > 0 else {
                throw Refusal.rule("quantity", "The quantity of line \(line) must be greater than 0.")
            }
            return WantedReceiptLine(purchaseOrderLine: line, quantity: quantity, location: nil, path: "line \(line).")
        }
    }

    /// Marks somebody's draft receipt as received in the office.
    package func confirmDraftReceipt(_ number: Int) throws {
        _ = try pull("mark receipt \(number) as received", held(receipt: number)) {
            guard let receipt = receiptBook[number] else { throw Refusal.notFound }
            return try receive(number, of: receipt.purchaseOrder)
        }
    }

    /// Throws somebody's draft receipt away in the office.
    package func deleteDraftReceipt(_ number: Int) throws {
        try pull("delete receipt \(number)", held(receipt: number)) {
            guard let receipt = receiptBook[number] else { throw Refusal.notFound }
            try delete(receipt: number, of: receipt.purchaseOrder)
        }
    }
}
