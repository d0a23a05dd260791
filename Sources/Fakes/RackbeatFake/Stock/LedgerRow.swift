import FakeKit
import Units

/// One movement of stock as a row of the ledger report.
struct LedgerRow: Document {
    let entry: StockLedger.Entry

    var key: Int { entry.number }
    var createdAt: Moment { entry.time.truncatedToSecond }
    var updatedAt: Moment { createdAt }
    var isListed: Bool { true }

    /// The kind of document, as the report names it.
    var type: String {
        switch entry.document.split(separator: " ").first {
        case "shipment": "order_shipment"
        case "receipt": "purchase_order_receipt"
        case "adjustment", "check": "inventory_adjustment"
        case "movement": "movement"
        default: "opening"
        }
    }

    /// The number of the document; opening stock has none.
    var document: Int? { entry.document.split(separator: " ").last.flatMap { Int($0) } }
}
