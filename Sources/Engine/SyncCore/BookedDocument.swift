package import Trade
package import Units

/// A shipment or a receipt of Rackbeat as far as booking one is concerned.
package struct BookedDocument: Hashable, Sendable {
    package var id: DocumentID
    /// Marked as shipped or received: the only thing that moves stock.
    package var isConfirmed: Bool
    package var lines: [ShipmentLine]
    /// By Rackbeat's clock; `nil` when the account does not say.
    package var createdAt: Moment?

    package init(id: DocumentID, isConfirmed: Bool, lines: [ShipmentLine], createdAt: Moment? = nil) {
        self.id = id
        self.isConfirmed = isConfirmed
        self.lines = lines
        self.createdAt = createdAt
    }

    package init(_ shipment: Shipment) {
        self.init(
            id: shipment.id, isConfirmed: shipment.isShipped, lines: shipment.lines, createdAt: shipment.createdAt)
    }

    package init(_ receipt: Receipt) {
        self.init(
            id: receipt.id, isConfirmed: receipt.isReceived, lines: receipt.lines, createdAt: receipt.createdAt)
    }
}
