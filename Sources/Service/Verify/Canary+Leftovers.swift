import ClientKit
import Exchange
import HTTPTypes
import JSON
import OngoingClient
import RackbeatClient
import SyncCore
import SyncEngine
import Trade
import Units

extension Canary {
    struct Leftover {
        let name: String
        let remove: () throws -> Void
    }

    /// Removes everything that bears the prefix, this run's or an earlier one's.
    ///
    /// - Returns: What was removed.
    func sweepUp() throws -> [String] {
        progress("canary: removing what is left", 0)
        var removed: [String] = []
        for leftover in try leftovers() {
            do {
                try leftover.remove()
                removed.append(leftover.name)
            } catch is ExchangeError {
            } catch is TransportFailure {
            } catch is WriteBudgetSpent {
            } catch is StepFailure {}
        }
        return removed
    }

    /// In the order in which they can be removed.
    func leftovers() throws -> [Leftover] {
        var found: [Leftover] = []
        do {
            found += try warehouseLeftovers()
            found += try rackbeatLeftovers()
        } catch let error as ExchangeError {
            kinds.append(.canaryFailed(step: "looking for what is left", reason: error.description))
        } catch let failure as TransportFailure {
            kinds.append(.canaryFailed(step: "looking for what is left", reason: "\(failure)"))
        }
        return found
    }

    func warehouseLeftovers() throws -> [Leftover] {
        let client = clients.ongoing
        var found: [Leftover] = []
        workedOn = []
        for order in try client.orders(.status(from: 0, to: settings.shippedStatusFrom - 1)).compactMap(\.value)
        where order.number.text.hasPrefix(Self.prefix) {
            guard order.lines.allSatisfy(\.picked.isZero) else {
                workedOn.append("order \(order.number), picked and not sent")
                continue
            }
            found.append(Leftover(name: "order \(order.number) in Ongoing") { try client.cancelOrder(order.id) })
        }
        let last = (settings.completedStatuses.min() ?? settings.cancelledPurchaseStatus) - 1
        for order in try client.purchaseOrders(.status(from: 0, to: last)).compactMap(\.value)
        where order.number.text.hasPrefix(Self.prefix) {
            guard order.lines.allSatisfy(\.received.isZero) else {
                workedOn.append("purchase order \(order.number), received and not finished")
                continue
            }
            found.append(Leftover(name: "purchase order \(order.number) in Ongoing") { try client.cancelPurchaseOrder(order.id) })
        }
        // Articles cannot be deleted: an inactive one takes no orders.
        var known: [WarehouseID] = []
        for number in [article, article.lowercased()] {
            guard let held = try client.article(ItemNumber(number)), held.isActive, !known.contains(held.id) else { continue }
            known.append(held.id)
            found.append(
                Leftover(name: "article \(number) in Ongoing") {
                    var goods = Article(number: ItemNumber(number))
                    goods.name = "Tandem canary, not for sale"
                    goods.isActive = false
                    try client.put(goods, isUpdate: true)
                })
        }
        return found
    }

    func rackbeatLeftovers() throws -> [Leftover] {
        var found: [Leftover] = []
        for row in try search("orders", "orders") where row["other_reference"]?.string?.hasPrefix(Self.prefix) == true {
            guard let number = row["number"]?.key, row["is_cancelled"]?.bool != true else { continue }
            for shipment in try fresh("orders/\(number)/shipments").rows("order_shipments") ?? [] {
                guard let id = shipment["id"]?.key else { continue }
                found.append(remover("shipment \(id)", "orders/\(number)/shipments/\(id)"))
            }
            found.append(remover("order \(number)", "orders/\(number)"))
        }
        for row in try search("purchase-orders", "purchase_orders") where row["note"]?.string?.hasPrefix(Self.prefix) == true {
            guard let number = row["number"]?.key, row["is_cancelled"]?.bool != true else { continue }
            for receipt in try fresh("purchase-orders/\(number)/receipts").rows(rackbeat.profile["receipt.envelope_key"] + "s")
                ?? []
            {
                guard let id = receipt["number"]?.key else { continue }
                found.append(remover("receipt \(id)", "purchase-orders/\(number)/receipts/\(id)"))
            }
            found.append(remover("purchase order \(number)", "purchase-orders/\(number)"))
        }
        for adjustment in try clients.rackbeat.adjustments(searching: reason) {
            found.append(remover("adjustment \(adjustment.id)", "inventory-adjustments/\(adjustment.id)"))
        }
        if try clients.rackbeat.product(ItemNumber(product)) != nil {
            found.append(remover("product \(product)", "products/\(PercentEncoding.encode(product))"))
        }
        return found
    }

    /// The server's search is only a hint: it may be ignored. What was made last comes first.
    func search(_ path: String, _ key: String) throws -> [JSON] {
        let parameters = [
            ("limit", "100"), ("search", Self.prefix), (rackbeat.profile["sort_param"], "updated_at"),
            ("order_direction", "DESC"),
        ]
        return try rackbeat.fresh(path, parameters).rows(key) ?? []
    }

    func fresh(_ path: String) throws -> Response { try rackbeat.fresh(path, [("limit", "100")]) }

    func remover(_ name: String, _ path: String) -> Leftover {
        Leftover(name: name + " in Rackbeat") { [rackbeat] in
            let response = try rackbeat.write(.delete, path, nil)
            guard response.isSuccess || response.status == 404 else {
                throw StepFailure(reason: "DELETE /\(path) was refused with \(response.status)")
            }
        }
    }
}
