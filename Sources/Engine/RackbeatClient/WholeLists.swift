import ClientKit
import Exchange
import JSON
package import Trade
package import Units

/// Lists over all orders and purchase orders, for who compares everything instead of following one document.
extension RackbeatClient {
    /// One page of the shipments of all orders, drafts as well.
    package func shipments(page: Int) throws -> Page<Shipment> {
        try changes("order-shipments", "order_shipments", from: nil, page: page, Query()) { wire in
            guard try wire.rows("lines") == nil else { return try Shipment(wire) }
            return try shipment(DocumentID(try wire.required("id", .whole)))
        }
    }

    /// One page of the receipts of all purchase orders, drafts as well.
    package func receipts(page: Int) throws -> Page<Receipt> {
        try changes("purchase-order-receipts", receiptsKey, from: nil, page: page, Query()) { wire in
            guard let order = try wire.first(.key, of: "purchase_order/number", "purchase_order_number", "purchase_order_id")
            else { throw WireError(problem: "\(wire.pointer.appending("purchase_order")) is missing") }
            let number = PurchaseOrderNumber(order)
            guard try wire.rows("lines") == nil else { return try Receipt(wire, of: number) }
            return try receipt(DocumentID(try wire.required("number", .whole)), of: number)
        }
    }

    /// One page of all adjustments of stock, drafts as well.
    package func adjustments(page: Int) throws -> Page<StockAdjustment> {
        try changes("inventory-adjustments", "inventory_regulations", from: nil, page: page, Query()) { try StockAdjustment($0) }
    }

    /// Every location of the account, with the one that it is in.
    package func locations() throws -> [(number: LocationNumber, parent: LocationNumber?, isDefault: Bool)] {
        try all("locations", "locations") { wire throws(WireError) in
            (
                number: LocationNumber(try wire.required("number", .key)),
                parent: try wire.first(.key, of: "parent_id", "parent/number").map { LocationNumber($0) },
                isDefault: try wire.optional("is_default", .flag) ?? false
            )
        }
    }

    /// A list of the account, of which only the length is asked.
    package enum WholeList: CaseIterable, Sendable {
        case products, orders, purchaseOrders, shipments, receipts, adjustments
    }

    /// How many rows a list has; `nil` when the account does not say. Costs one call.
    package func total(of list: WholeList) throws -> Int? { try firstPage(of: list).total }

    /// The number of a record that a list names; `nil` when it names none. Costs one call, as rows are read no further.
    package func newestNumber(in list: WholeList) throws -> String? {
        for row in try firstPage(of: list).rows {
            if let number = try? row.optional("number", .key) { return number }
        }
        return nil
    }

    private func firstPage(of list: WholeList) throws -> RawPage {
        let (path, key) =
            switch list {
            case .products: ("products", "products")
            case .orders: ("orders", "orders")
            case .purchaseOrders: ("purchase-orders", "purchase_orders")
            case .shipments: ("order-shipments", "order_shipments")
            case .receipts: ("purchase-order-receipts", receiptsKey)
            case .adjustments: ("inventory-adjustments", "inventory_regulations")
            }
        return try rawPage(path, key, page: 1)
    }

    /// Rows of a page, at most.
    package var pageSize: Int { min(100, profile.int("max_limit")) }
    /// The account's clock at its latest response; `nil` while no response carried it.
    package var serverTime: Moment? { api.serverTime }
}
