package import Invariants

/// What an audit judges, in the order of its report.
package enum AuditSection: String, Sendable, CaseIterable {
    case catalogue
    case orders
    case purchaseOrders = "purchase-orders"
    case shipped
    case received
    case adjustments
    case stock
    case location

    package var invariant: any Invariant.Type {
        switch self {
        case .catalogue: CatalogueAgrees.self
        case .orders: OrdersAreThere.self
        case .purchaseOrders: PurchaseOrdersAreThere.self
        case .shipped: ShippedEqualsPicked.self
        case .received: ReceivedEqualsReceipts.self
        case .adjustments: AdjustmentsRecreatedOnce.self
        case .stock: StockAgrees.self
        case .location: NothingOutsideTheLocation.self
        }
    }

    package var title: String {
        switch self {
        case .catalogue: "catalogue"
        case .orders: "orders"
        case .purchaseOrders: "purchase orders"
        case .shipped: "shipped = picked"
        case .received: "received = receipts"
        case .adjustments: "adjustments"
        case .stock: "stock"
        case .location: "location"
        }
    }

    /// What a customer loses when it is broken: the second half of the invariant's statement.
    package var harm: String {
        let statement = invariant.statement
        guard let range = statement.firstRange(of: "otherwise ") else { return statement }
        let harm = statement[range.upperBound...]
        return harm.prefix(1).uppercased() + harm.dropFirst()
    }

    /// What a person does about a finding.
    package var remedy: String {
        switch self {
        case .catalogue:
            "Save the product in Rackbeat again, so that the next round sends it. If it still differs, compare the fields in the "
                + "warehouse."
        case .orders:
            "Compare the order on both sides. Save it in Rackbeat to send it again; cancel in the warehouse what Rackbeat does not have."
        case .purchaseOrders:
            "Compare the purchase order on both sides. Save it in Rackbeat to send it again; cancel in the warehouse what Rackbeat does "
                + "not have."
        case .shipped:
            "Ship in Rackbeat what is missing. If Rackbeat shipped too much, or somebody shipped by hand, correct the stock there."
        case .received:
            "Receive in Rackbeat what is missing. If Rackbeat received too much, or somebody received by hand, correct the stock there."
        case .adjustments:
            "Adjust the stock in Rackbeat by what is missing, or reverse what is too much."
        case .stock:
            "First fix what is broken of the item's orders, receipts and adjustments. What still differs then, count in the warehouse, and "
                + "correct the side that is wrong."
        case .location:
            "Reverse the movement at the other location in Rackbeat, and make it at the connection's location."
        }
    }
}
