package import Units

/// What the account holds, for those who judge from outside: value snapshots in the order of their keys.
extension RackbeatFake {
    package var locations: [LocationRecord] { locationBook.all }
    package var groups: [GroupRecord] { groupBook.all }
    package var suppliers: [SupplierRecord] { supplierBook.all }
    package var supplierGroups: [SupplierGroupRecord] { supplierGroupBook.all }
    package var customers: [CustomerRecord] { customerBook.all }
    package var paymentTerms: [PaymentTermRecord] { paymentTermBook.all }
    package var employees: [EmployeeRecord] { employeeBook.all }
    /// With those that were deleted.
    package var products: [ProductRecord] { productBook.all }
    /// With those that were cancelled or deleted.
    package var orders: [OrderRecord] { orderBook.all }
    package var shipments: [ShipmentRecord] { shipmentBook.all }
    /// With those that were cancelled or deleted.
    package var purchaseOrders: [PurchaseOrderRecord] { purchaseOrderBook.all }
    package var receipts: [ReceiptRecord] { receiptBook.all }
    package var adjustments: [AdjustmentRecord] { adjustmentBook.all }
    package var webhooks: [WebhookRecord] { webhookBook.all }

    package func location(_ number: Int) -> LocationRecord? { locationBook[number] }
    package func group(_ number: Int) -> GroupRecord? { groupBook[number] }
    package func supplier(_ number: Int) -> SupplierRecord? { supplierBook[number] }
    package func supplierGroup(_ number: Int) -> SupplierGroupRecord? { supplierGroupBook[number] }
    package func customer(_ number: Int) -> CustomerRecord? { customerBook[number] }
    package func paymentTerm(_ number: Int) -> PaymentTermRecord? { paymentTermBook[number] }
    package func employee(_ number: Int) -> EmployeeRecord? { employeeBook[number] }
    package func product(_ number: String) -> ProductRecord? { productBook[any: number] }
    package func order(_ number: Int) -> OrderRecord? { orderBook[any: number] }
    package func shipment(_ id: Int) -> ShipmentRecord? { shipmentBook[id] }
    package func shipments(ofOrder number: Int) -> [ShipmentRecord] {
        (shipmentsOfOrder[number] ?? []).compactMap { shipmentBook[$0] }
    }
    package func purchaseOrder(_ number: Int) -> PurchaseOrderRecord? { purchaseOrderBook[any: number] }
    package func receipt(_ number: Int) -> ReceiptRecord? { receiptBook[number] }
    package func receipts(ofPurchaseOrder number: Int) -> [ReceiptRecord] {
        (receiptsOfPurchaseOrder[number] ?? []).compactMap { receiptBook[$0] }
    }
    package func adjustment(_ id: Int) -> AdjustmentRecord? { adjustmentBook[id] }

    /// What lies at a location, by its number.
    package func stockOnHand(_ item: String, at location: Int) -> ExactDecimal { stock(of: item, at: location) }

    /// Where stock moves for a line: the location it names, else the item's default, else the account's.
    package func effectiveLocation(of item: String, named location: Int?) -> Int? { place(of: item, location: location) }
}
