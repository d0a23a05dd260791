import ClientKit
import Exchange
import Trade

extension OngoingClient {
    /// The statuses that an order can have. Each warehouse names and numbers them itself: compare the number, show the text.
    package func orderStatuses() throws -> [(number: Int, text: String)] { try statuses("orders/statuses") }

    package func purchaseOrderStatuses() throws -> [(number: Int, text: String)] { try statuses("purchaseOrders/statuses") }

    /// Both catalogues stand under `orderStatuses`.
    private func statuses(_ path: String) throws -> [(number: Int, text: String)] {
        try api.read(.get(path)) { wire throws(WireError) in
            try wire.nullableRows("orderStatuses").map { row throws(WireError) in
                (number: try row.required("number", .whole), text: try row.optional("text", .text) ?? "")
            }
        }
    }

    /// The goods owners that the user reaches, by number.
    ///
    /// - Returns: `nil` when the warehouse's version of the API does not have them yet.
    package func goodsOwners() throws -> [Int: String]? {
        do {
            return try api.read(.get("goodsOwners")) { wire throws(WireError) in
                var names: [Int: String] = [:]
                for row in try wire.nullableRows("goodsOwners") {
                    names[try row.required("goodsOwnerId", .whole)] = try row.optional("goodsOwnerName", .text) ?? ""
                }
                return names
            }
        } catch let error as ExchangeError {
            // Any 404 will do, a page as well: it is the route that is unknown, and nothing is decided by it.
            guard error.isPage || error.saysAbsent else { throw error }
            return nil
        }
    }
}
