package import Exchange
package import SyncCore

/// Each read that the engine makes, with the jobs that stop without it. All of them are tried, so that a missing right shows before the
/// night in which it is needed.
package enum EngineRead: String, Sendable, CaseIterable {
    case account, location, locations, locationTree, products, product, stockAtLocation, orders, order, shipments, purchaseOrders,
        purchaseOrder, receipts, suppliers, adjustments, checking, ledger, warehouseStatuses, warehousePurchaseStatuses,
        warehouseOrders, warehouseOrder, warehousePurchaseOrders, warehousePurchaseOrder, warehouseArticle, warehouseStock,
        warehouseAdjustments

    package var system: System {
        switch self {
        case .account, .location, .locations, .locationTree, .products, .product, .stockAtLocation, .orders, .order, .shipments,
            .purchaseOrders, .purchaseOrder, .receipts, .suppliers, .adjustments, .checking, .ledger:
            .rackbeat
        case .warehouseStatuses, .warehousePurchaseStatuses, .warehouseOrders, .warehouseOrder, .warehousePurchaseOrders,
            .warehousePurchaseOrder, .warehouseArticle, .warehouseStock, .warehouseAdjustments:
            .ongoing
        }
    }

    /// As the contract writes it.
    package var operation: String {
        switch self {
        case .account: "GET /self"
        case .location: "GET /locations/{number}"
        case .locations: "GET /locations"
        case .locationTree: "GET /locations/flat"
        case .products: "GET /products"
        case .product: "GET /products/{item}"
        case .stockAtLocation: "GET /products/{item}/locations/{location}"
        case .orders: "GET /orders"
        case .order: "GET /orders/{number}"
        case .shipments: "GET /orders/{number}/shipments"
        case .purchaseOrders: "GET /purchase-orders"
        case .purchaseOrder: "GET /purchase-orders/{number}"
        case .receipts: "GET /purchase-orders/{number}/receipts"
        case .suppliers: "GET /suppliers/{number}"
        case .adjustments: "GET /inventory-adjustments"
        case .checking: "GET /reports/checking"
        case .ledger: "GET /reports/ledger/{item}"
        case .warehouseStatuses: "GET /orders/statuses"
        case .warehousePurchaseStatuses: "GET /purchaseOrders/statuses"
        case .warehouseOrders: "GET /orders"
        case .warehouseOrder: "GET /orders/{orderId}"
        case .warehousePurchaseOrders: "GET /purchaseOrders"
        case .warehousePurchaseOrder: "GET /purchaseOrders/{purchaseOrderId}"
        case .warehouseArticle: "GET /articles"
        case .warehouseStock: "GET /articles/inventoryPerWarehouse"
        case .warehouseAdjustments: "GET /inventoryAdjustments"
        }
    }

    package var jobs: [Job] {
        switch self {
        case .account, .warehouseStatuses, .warehousePurchaseStatuses: Job.ofRound
        case .location, .locations, .locationTree: [.orders, .purchaseOrders, .stock]
        case .products, .product, .warehouseArticle: [.products, .orders, .purchaseOrders]
        case .stockAtLocation, .adjustments, .checking, .ledger, .warehouseStock, .warehouseAdjustments: [.stock]
        case .orders, .order: [.orders, .shipments]
        case .shipments, .warehouseOrders, .warehouseOrder: [.orders, .shipments]
        case .purchaseOrders, .purchaseOrder, .suppliers: [.purchaseOrders, .receipts]
        case .receipts, .warehousePurchaseOrders, .warehousePurchaseOrder: [.purchaseOrders, .receipts]
        }
    }

    /// The jobs that read by an operation of the contract; empty for one that the engine does not make.
    package static func jobs(reading operation: String, of system: System) -> [Job] {
        let jobs = Set(allCases.filter { $0.system == system && $0.operation == operation }.flatMap(\.jobs))
        return Job.ofRound.filter(jobs.contains)
    }
}
