import ClientKit
import Exchange
package import JSON
package import Units

/// Lists as the warehouse shows them, page by page and with every member, for who compares more than the engine needs.
extension OngoingClient {
    package enum ShownOrders: Sendable {
        case all
        case statusChanged(after: Moment)
        case picked(after: Moment)
        /// Those with a line of which less was reported than picked.
        case toReport
        case number(String)
        /// Those that came from this order of Rackbeat.
        case erpNumber(String)
    }

    package enum ShownPurchaseOrders: Sendable {
        case all
        case statusChanged(after: Moment)
        case received(after: Moment)
        case toReport
        case number(String)
    }

    package func shownArticles(_ page: ([JSON]) throws -> Void) throws {
        try eachPage(
            "articles", query(), idFrom: "articleSystemIdFrom", limit: "maxArticlesToGet",
            id: { wire throws(WireError) in try wire.required("articleSystemId", .whole) },
            { try page($0.map(\.value)) })
    }

    /// Time filters may give more than they were asked for.
    package func shownOrders(_ orders: ShownOrders, _ page: ([JSON]) throws -> Void) throws {
        var query = query()
        switch orders {
        case .all: break
        case .statusChanged(let moment): query.append("orderStatusChangedTimeFrom", Self.bound(after: moment))
        case .picked(let moment): query.append("lastPickingTimeFrom", Self.bound(after: moment))
        case .toReport: query.append("onlyOrdersWithOrderLinesToReport", "true")
        case .number(let number): query.append("orderNumber", number)
        case .erpNumber(let number): query.append("goodsOwnerOrderId", number)
        }
        try eachPage(
            "orders", query, idFrom: "orderIdFrom", limit: "maxOrdersToGet",
            id: { wire throws(WireError) in try wire.requiredObject("orderInfo").required("orderId", .whole) },
            { try page($0.map(\.value)) })
    }

    /// Time filters may give more than they were asked for.
    package func shownPurchaseOrders(_ orders: ShownPurchaseOrders, _ page: ([JSON]) throws -> Void) throws {
        var query = query()
        switch orders {
        case .all: break
        case .statusChanged(let moment):
            query.append("purchaseOrderStatusChangedTimeFrom", Self.bound(after: moment))
        case .received(let moment): query.append("lastReceiveTimeFrom", Self.bound(after: moment))
        case .toReport: query.append("onlyPurchaseOrdersWithOrderLinesToReport", "true")
        case .number(let number): query.append("purchaseOrderNumber", number)
        }
        try eachPage(
            "purchaseOrders", query, idFrom: "purchaseOrderIdFrom", limit: "maxPurchaseOrdersToGet",
            id: { wire throws(WireError) in
                try wire.requiredObject("purchaseOrderInfo").required("purchaseOrderId", .whole)
            }, { try page($0.map(\.value)) })
    }

    /// Rows of a page, at most.
    package var rowsOfAPage: Int { Self.pageSize }
}
