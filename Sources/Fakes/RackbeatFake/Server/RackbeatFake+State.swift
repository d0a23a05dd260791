package import Units

/// What the account holds, in the order of the keys: for snapshots and tests.
extension RackbeatFake {
    package var locations: [LocationRecord] { store.locations.all }
    package var groups: [GroupRecord] { store.groups.all }
    package var suppliers: [SupplierRecord] { store.suppliers.all }
    package var supplierGroups: [SupplierGroupRecord] { store.supplierGroups.all }
    package var customers: [CustomerRecord] { store.customers.all }
    package var paymentTerms: [PaymentTermRecord] { store.paymentTerms.all }
    package var employees: [EmployeeRecord] { store.employees.all }

    /// Deleted ones included.
    package var products: [ProductRecord] { store.products.all }

    /// Cancelled and deleted ones included.
    package var orders: [OrderRecord] { store.orders.all }

    package var shipments: [ShipmentRecord] { store.shipments.all }

    /// Cancelled and deleted ones included.
    package var purchaseOrders: [PurchaseOrderRecord] { store.purchaseOrders.all }

    package var receipts: [ReceiptRecord] { store.receipts.all }
    package var adjustments: [AdjustmentRecord] { store.adjustments.all }
    package var webhooks: [WebhookRecord] { store.webhooks.all }
    package func location(_ number: Int) -> LocationRecord? { store.locations[number] }
    package func group(_ number: Int) -> GroupRecord? { store.groups[number] }
    package func supplier(_ number: Int) -> SupplierRecord? { store.suppliers[number] }
    package func supplierGroup(_ number: Int) -> SupplierGroupRecord? { store.supplierGroups[number] }
    package func customer(_ number: Int) -> CustomerRecord? { store.customers[number] }
    package func paymentTerm(_ number: Int) -> PaymentTermRecord? { store.paymentTerms[number] }
    package func employee(_ number: Int) -> EmployeeRecord? { store.employees[number] }
    package func product(_ number: String) -> ProductRecord? { store.products[any: number] }
    package func order(_ number: Int) -> OrderRecord? { store.orders[any: number] }
    package func shipment(_ id: Int) -> ShipmentRecord? { store.shipments[id] }

    package func shipments(ofOrder number: Int) -> [ShipmentRecord] {
        (store.shipmentsOfOrder[number] ?? []).compactMap { store.shipments[$0] }
    }

    package func purchaseOrder(_ number: Int) -> PurchaseOrderRecord? { store.purchaseOrders[any: number] }
    package func receipt(_ number: Int) -> ReceiptRecord? { store.receipts[number] }

    package func receipts(ofPurchaseOrder number: Int) -> [ReceiptRecord] {
        (store.receiptsOfPurchaseOrder[number] ?? []).compactMap { store.receipts[$0] }
    }

    package func adjustment(_ id: Int) -> AdjustmentRecord? { store.adjustments[id] }

    /// The stock at a location, by its number.
    package func stockOnHand(_ item: String, at location: Int) -> ExactDecimal { stock(of: item, at: location) }

    /// The tokens that identify this account to the receivers of webhooks: secrets that no report may show.
    package var webhookTokens: [String] { store.webhooks.all.map(\.token) }
}
