import Units

/// What the account holds, for those who judge from outside: value snapshots in the order of their keys.
extension RackbeatFake {
    public var locations: [LocationRecord] { locationBook.all }
    public var groups: [GroupRecord] { groupBook.all }
    public var suppliers: [SupplierRecord] { supplierBook.all }
    public var supplierGroups: [SupplierGroupRecord] { supplierGroupBook.all }
    public var customers: [CustomerRecord] { customerBook.all }
    public var paymentTerms: [PaymentTermRecord] { paymentTermBook.all }
    public var employees: [EmployeeRecord] { employeeBook.all }
    /// With those that were deleted.
    public var products: [ProductRecord] { productBook.all }
    /// With those that were cancelled or deleted.
    public var orders: [OrderRecord] { orderBook.all }
    public var shipments: [ShipmentRecord] { shipmentBook.all }
    /// With those that were cancelled or deleted.
    public var purchaseOrders: [PurchaseOrderRecord] { purchaseOrderBook.all }
    public var receipts: [ReceiptRecord] { receiptBook.all }
    public var adjustments: [AdjustmentRecord] { adjustmentBook.all }
    public var webhooks: [WebhookRecord] { webhookBook.all }

    public func location(_ number: Int) -> LocationRecord? { locationBook[number] }
    public func group(_ number: Int) -> GroupRecord? { groupBook[number] }
    public func supplier(_ number: Int) -> SupplierRecord? { supplierBook[number] }
    public func supplierGroup(_ number: Int) -> SupplierGroupRecord? { supplierGroupBook[number] }
    public func customer(_ number: Int) -> CustomerRecord? { customerBook[number] }
    public func paymentTerm(_ number: Int) -> PaymentTermRecord? { paymentTermBook[number] }
    public func employee(_ number: Int) -> EmployeeRecord? { employeeBook[number] }
    public func product(_ number: String) -> ProductRecord? { productBook[any: number] }
    public func order(_ number: Int) -> OrderRecord? { orderBook[any: number] }
    public func shipment(_ id: Int) -> ShipmentRecord? { shipmentBook[id] }
    public func shipments(ofOrder number: Int) -> [ShipmentRecord] {
        (shipmentsOfOrder[number] ?? []).compactMap { shipmentBook[$0] }
    }
    public func purchaseOrder(_ number: Int) -> PurchaseOrderRecord? { purchaseOrderBook[any: number] }
    public func receipt(_ number: Int) -> ReceiptRecord? { receiptBook[number] }
    public func receipts(ofPurchaseOrder number: Int) -> [ReceiptRecord] {
        (receiptsOfPurchaseOrder[number] ?? []).compactMap { receiptBook[$0] }
    }
    public func adjustment(_ id: Int) -> AdjustmentRecord? { adjustmentBook[id] }

    /// What lies at a location, by its number.
    public func stockOnHand(_ item: String, at location: Int) -> ExactDecimal { stock(of: item, at: location) }

    /// Where stock moves for a line: the location it names, else the item's default, else the account's.
    public func effectiveLocation(of item: String, named location: Int?) -> Int? { place(of: item, location: location) }
}
