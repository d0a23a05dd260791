import FakeKit
import JSON
package import Units

extension RackbeatFake {
    /// Creates a draft receipt by hand.
    ///
    /// - Parameter lines: quantity by line id; `nil` takes everything that is open.
    /// - Returns: the number of the receipt.
    @discardableResult
    package func draftReceiptByHand(purchaseOrder number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try perform("create a receipt of purchase order \(number) by hand", held(PurchaseOrderRecord.self, number)) {
            try createReceipt(of: number, try wanted(lines)).number
        }
    }

    /// Creates a receipt by hand and receives it, without the integration.
    ///
    /// - Parameter lines: quantity by line id; `nil` receives everything that is open.
    /// - Returns: the number of the receipt.
    @discardableResult
    package func receiveByHand(purchaseOrder number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try perform("receive purchase order \(number) by hand", held(PurchaseOrderRecord.self, number)) {
            let receipt = try createReceipt(of: number, try wanted(lines))
            do {
                return try receive(receipt.number, of: number).number
            } catch {
                // A receipt that cannot be received must not stay behind as a draft.
                try delete(ReceiptRecord.self, receipt.number, of: number)
                throw error
            }
        }
    }

    /// Marks any draft receipt as received by hand.
    package func confirmDraftReceipt(_ number: Int) throws {
        _ = try perform("mark receipt \(number) as received", held(receipt: number)) {
            guard let receipt = store.receipts[number] else { throw Refusal.notFound }
            return try receive(number, of: receipt.purchaseOrder)
        }
    }

    /// Deletes any draft receipt by hand.
    package func deleteDraftReceipt(_ number: Int) throws {
        try perform("delete receipt \(number)", held(receipt: number)) {
            guard let receipt = store.receipts[number] else { throw Refusal.notFound }
            try delete(ReceiptRecord.self, number, of: receipt.purchaseOrder)
        }
    }
}
