import Units

/// Everything the account holds, with the indexes beside it.
final class Store {
    var locations = Table<LocationRecord>()
    var groups = Table<GroupRecord>()
    var supplierGroups = Table<SupplierGroupRecord>()
    var suppliers = Table<SupplierRecord>()
    var customers = Table<CustomerRecord>()
    var paymentTerms = Table<PaymentTermRecord>()
    var deliveryTerms = Table<DeliveryTermRecord>()
    var employees = Table<EmployeeRecord>()
    var units = Table<UnitRecord>()
    var products = Table<ProductRecord>()
    var orders = Table<OrderRecord>()
    var shipments = Table<ShipmentRecord>()
    var purchaseOrders = Table<PurchaseOrderRecord>()
    var receipts = Table<ReceiptRecord>()
    var adjustments = Table<AdjustmentRecord>()
    var webhooks = Table<WebhookRecord>()
    var movements = Table<MovementRecord>()
    var stockChecks = Table<CheckingRecord>()
    var people = AddressBook()

    /// The ids of each order's shipments, oldest first.
    var shipmentsOfOrder: [Int: [Int]] = [:]
    /// The numbers of each purchase order's receipts, oldest first.
    var receiptsOfPurchaseOrder: [Int: [Int]] = [:]
    /// What open documents reserve and expect, updated with each change of a document.
    var demand = Demand()
    var numbers = Numbers()
    /// How many products are lots, deleted ones included.
    var lotCount = 0
}

/// The last number given out for each kind of document. A number is never given twice, not even after a deletion.
struct Numbers {
    var order = 1000
    var purchaseOrder = 1000
    var orderLine = 90_000
    var purchaseOrderLine = 61_000
    var shipment = 699
    var shipmentLine = 8000
    var receipt = 299
    var receiptLine = 5000
    var adjustment = 54
    var adjustmentLine = 400
    var webhook = 0
    var movement = 0
    var movementLine = 600
    var checking = 0
    var invoice = 10_000
    var contact = 0
    var product = 30

    mutating func next(_ counter: WritableKeyPath<Numbers, Int>) -> Int {
        self[keyPath: counter] += 1
        return self[keyPath: counter]
    }

    /// A number given by a seed is not given out again.
    mutating func taken(_ counter: WritableKeyPath<Numbers, Int>, _ number: Int) {
        self[keyPath: counter] = max(self[keyPath: counter], number)
    }
}
