import FakeKit
import JSON
package import Units

extension RackbeatFake {
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
            guard let receipt = store.receipts[number] else { throw Refusal.notFound }
            return try receive(number, of: receipt.purchaseOrder)
        }
    }

    /// Throws somebody's draft receipt away in the office.
    package func deleteDraftReceipt(_ number: Int) throws {
        try pull("delete receipt \(number)", held(receipt: number)) {
            guard let receipt = store.receipts[number] else { throw Refusal.notFound }
            try delete(receipt: number, of: receipt.purchaseOrder)
        }
    }
}
