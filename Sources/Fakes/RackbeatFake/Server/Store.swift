/// The next number of each kind of document. Numbers are never given twice, not even after a deletion.
struct Numbers {
    private(set) var order = 1000
    private(set) var purchaseOrder = 1000
    var orderLine = 90_000
    var purchaseOrderLine = 61_000
    private var shipment = 699
    private var shipmentLine = 8000
    private var receipt = 299
    private var receiptLine = 5000
    private var adjustment = 54
    private var adjustmentLine = 400
    private var webhook = 0
    private var movement = 0
    private var movementLine = 600
    private var checking = 0
    private var invoice = 10_000
    private var contact = 0
    private var product = 30

    mutating func nextOrder() -> Int { Self.next(&order) }
    mutating func nextPurchaseOrder() -> Int { Self.next(&purchaseOrder) }
    mutating func nextOrderLine() -> Int { Self.next(&orderLine) }
    mutating func nextPurchaseOrderLine() -> Int { Self.next(&purchaseOrderLine) }
    mutating func nextShipment() -> Int { Self.next(&shipment) }
    mutating func nextShipmentLine() -> Int { Self.next(&shipmentLine) }
    mutating func nextReceipt() -> Int { Self.next(&receipt) }
    mutating func nextReceiptLine() -> Int { Self.next(&receiptLine) }
    mutating func nextAdjustment() -> Int { Self.next(&adjustment) }
    mutating func nextAdjustmentLine() -> Int { Self.next(&adjustmentLine) }
    mutating func nextWebhook() -> Int { Self.next(&webhook) }
    mutating func nextMovement() -> Int { Self.next(&movement) }
    mutating func nextMovementLine() -> Int { Self.next(&movementLine) }
    mutating func nextChecking() -> Int { Self.next(&checking) }
    mutating func nextInvoice() -> Int { Self.next(&invoice) }
    mutating func nextContact() -> Int { Self.next(&contact) }
    mutating func nextProduct() -> Int { Self.next(&product) }

    /// Numbers that a seed brought along are not given again.
    mutating func taken(order number: Int) { order = max(order, number) }
    mutating func taken(purchaseOrder number: Int) { purchaseOrder = max(purchaseOrder, number) }
    mutating func taken(orderLine id: Int) { orderLine = max(orderLine, id) }
    mutating func taken(purchaseOrderLine id: Int) { purchaseOrderLine = max(purchaseOrderLine, id) }

    private static func next(_ counter: inout Int) -> Int {
        counter += 1
        return counter
    }
}
