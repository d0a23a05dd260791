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

/// What a canary may do, as the operator says.
package struct CanaryPlan: Sendable, Equatable {
    /// The goods owners that the configuration names.
    package var allowed: Set<Int>
    /// The goods owner whose number the operator gave for this run.
    package var confirmed: Int?
    package var maxWrites: Int

    package init(allowed: Set<Int>, confirmed: Int?, maxWrites: Int) {
        self.allowed = allowed
        self.confirmed = confirmed
        self.maxWrites = maxWrites
    }
}

/// Writes documents of its own to both systems, reads them back, and removes them: what reading alone cannot tell.
///
/// Everything it makes bears one prefix. What is removed is found by that prefix, in the systems and not in memory: so the run after a
/// crash, a lost response or Ctrl-C removes what is left just as this one does at its end. No shipment, receipt or adjustment is booked, and
/// no product that was there before is touched.
final class Canary {
    static let prefix = "TANDEM-CANARY-"

    private(set) var kinds: [ReadinessFinding.Kind] = []
    /// What it saw, by system and key of the ledger.
    private(set) var seen: [System: [String: ProbeResult]] = [:]

    private let plan: CanaryPlan
    private let settings: ConnectionSettings
    private let clients: EngineFactory.Clients
    private let rackbeat: ProbeClient
    private let warehouse: ProbeClient
    private let budget: WriteBudget
    private let clock: any Clock
    private let progress: AuditProgress

    private let product = Canary.prefix + "PRODUCT"
    private let article = Canary.prefix + "ARTICLE"
    private let reason = Canary.prefix + "ADJUSTMENT"

    init(
        _ plan: CanaryPlan, _ connection: Configuration.ConnectionPlan, _ clients: EngineFactory.Clients,
        _ raw: [System: ProbeClient], _ budget: WriteBudget, clock: any Clock, progress: @escaping AuditProgress
    ) {
        self.plan = plan
        settings = connection.settings
        self.clients = clients
        rackbeat = raw[.rackbeat]!
        warehouse = raw[.ongoing]!
        self.budget = budget
        self.clock = clock
        self.progress = progress
    }

    func run() throws {
        guard plan.allowed.contains(settings.goodsOwner) else {
            return kinds.append(.canaryRefused(.notAllowed(goodsOwner: settings.goodsOwner)))
        }
        guard plan.confirmed == settings.goodsOwner else {
            return kinds.append(.canaryRefused(.notConfirmed(goodsOwner: settings.goodsOwner)))
        }
        let swept = try sweepUp()
        if !swept.isEmpty { kinds.append(.canarySweptUp(swept)) }
        let before = budget.used
        // Each group leaves enough of the budget to remove what it makes.
        try step("warehouse order and purchase order", writes: 7, tryWarehouse)
        try step("test product and adjustment in Rackbeat", writes: 4, tryAdjustment)
        try step("shipment draft in Rackbeat", writes: 6, tryShipment)
        try step("receipt draft in Rackbeat", writes: 4, tryReceipt)
        _ = try sweepUp()
        let left = try leftovers()
        if !left.isEmpty { kinds.append(.canaryLeft(left.map(\.name))) }
        if kinds.allSatisfy({ if case .canarySweptUp = $0 { true } else { false } }) {
            kinds.append(.canaryRan(writes: budget.used - before))
        }
    }

    /// A step that fails ends itself only; what it made is removed at the end.
    private func step(_ name: String, writes: Int, _ body: () throws -> Void) throws {
        progress("canary: \(name)", 0)
        guard budget.left >= writes + reserved else {
            return kinds.append(.canaryBudget(step: name, most: plan.maxWrites))
        }
        do {
            try body()
        } catch let error as ExchangeError {
            kinds.append(.canaryFailed(step: name, reason: error.description))
        } catch let failure as TransportFailure {
            kinds.append(.canaryFailed(step: name, reason: "\(failure)"))
        } catch let failure as StepFailure {
            kinds.append(.canaryFailed(step: name, reason: failure.reason))
        } catch is WriteBudgetSpent {
            kinds.append(.canaryFailed(step: name, reason: "the budget of \(plan.maxWrites) writes is spent"))
        }
    }

    private struct StepFailure: Error {
        let reason: String
    }

    /// The writes that removing what earlier steps made will take, beyond those that each step counts for itself.
    private var reserved = 0

    private func see(_ system: System, _ key: String, _ result: ProbeResult) { seen[system, default: [:]][key] = result }

    // MARK: The warehouse

    private func tryWarehouse() throws {
        let stamp = "\(clock.now().milliseconds / 1000)"
        var goods = Article(number: ItemNumber(article))
        goods.name = "Tandem canary, not for sale"
        goods.isActive = true
        try clients.ongoing.put(goods)
        reserved = 3
        let today = clock.now().date(in: .copenhagen)
        var consignee = WarehouseAddress()
        consignee.name = "Tandem canary, do not send"
        consignee.address1 = "Do not pick"
        consignee.postCode = "0000"
        consignee.city = "Nowhere"
        consignee.countryCode = "DK"
        let number = OrderNumber(Self.prefix + stamp)
        var order = OutboundOrder(
            number: number, erpNumber: number, deliveryDate: today, consignee: consignee,
            lines: (1...2).map {
                OutboundLine(
                    row: LineID("\($0)"), article: ItemNumber(article), quantity: Quantity("\($0 + 1)")!, totalWithVAT: nil)
            })
        order.deliveryInstruction = "A test of Tandem: do not pick."
        let id = try clients.ongoing.put(order)
        if try !clients.ongoing.shows(order, at: id) {
            kinds.append(.canaryDiffers(step: "order", field: "the warehouse does not show it as it was written"))
        }
        // Without the second line and without the text: what is left out is deleted, erased or kept.
        var body: JSONObject = [
            "goodsOwnerId": JSON(settings.goodsOwner), "orderNumber": .string(number.text),
            "deliveryDate": .string(today.description), "consignee": ["name": "Tandem canary, do not send"],
        ]
        body.append(
            "orderLines", [["rowNumber": "1", "articleNumber": .string(article), "numberOfItems": 2]])
        let updated = try warehouse.write(.put, "orders", .object(body))
        guard updated.isSuccess else { throw StepFailure(reason: "the update of the order was refused with \(updated.status)") }
        let held = try warehouse.get("orders/\(id)").tree
        see(.ongoing, "put.missing_lines", .choice((held?["orderLines"]?.array?.count ?? 0) > 1 ? "keep" : "delete"))
        let text = held?.at(["orderInfo", "deliveryInstruction"])?.string ?? ""
        see(.ongoing, "put.null_members", .choice(text.isEmpty ? "erase" : "keep"))
        try clients.ongoing.cancelOrder(id)
        let status = try clients.ongoing.order(id)?.status
        if let status, status != settings.cancelledOrderStatus {
            kinds.append(
                .canaryDiffers(
                    step: "cancelled order",
                    field: "status \(status), and 'cancelled-order-status' says \(settings.cancelledOrderStatus)"))
        }
        let purchase = InboundOrder(
            number: PurchaseOrderNumber(number.text), erpNumber: PurchaseOrderNumber(number.text),
            lines: [
                InboundLine(
                    row: LineID("1"), article: ItemNumber(article), quantity: Quantity("3")!, currency: nil, totalWithVAT: nil)
            ])
        let purchaseID = try clients.ongoing.put(purchase)
        if try !clients.ongoing.shows(purchase, at: purchaseID) {
            kinds.append(.canaryDiffers(step: "purchase order", field: "the warehouse does not show it as it was written"))
        }
        reserved = 2
    }

    // MARK: Rackbeat

    private func tryAdjustment() throws {
        guard let group = try rackbeat.get("product-groups", ["limit": "1"]).rows("product_groups")?.first?["number"]?.int else {
            throw StepFailure(reason: "the account has no product group")
        }
        try make(
            "products",
            [
                "number": .string(product), "name": "Tandem canary, not for sale", "group": JSON(group), "sales_price": 1,
                "suppress_webhooks": true,
            ])
        reserved += 1
        let made = try rackbeat.write(
            .post, "inventory-adjustments",
            [
                "item_id": .string(product), "adjustment_type": "quantity", "quantity": 3, "location": location,
                "regulated_at": .string(clock.now().date(in: .copenhagen).description), "reason": .string(reason),
            ])
        guard made.isSuccess, let draft = made.tree?["inventory_regulation"], let id = draft["id"]?.int else {
            throw StepFailure(reason: "the adjustment was answered with \(made.status)")
        }
        // Total and change are one number here, as the stock of a new product is nought: which of the two is meant, a draft cannot tell.
        see(.rackbeat, "adjustment.needs_booking", .flag(try stock()?.isZero ?? true))
        let deleted = try rackbeat.write(.delete, "inventory-adjustments/\(id)", nil)
        see(.rackbeat, "adjustment.deletable", .flag(deleted.isSuccess))
    }

    private func stock() throws -> Quantity? {
        let path = "products/\(PercentEncoding.encode(product))/locations/\(PercentEncoding.encode(settings.location.text))"
        return try rackbeat.get(path).tree?.at(["product_location", "stock_quantity"])?.quantity
    }

    private var location: JSON { Int(settings.location.text).map { JSON($0) } ?? .string(settings.location.text) }

    /// An order of two, of which one is put on a shipment that stays a draft.
    private func tryShipment() throws {
        guard let customer = try rackbeat.get("customers", ["limit": "1"]).rows("customers")?.first?["number"]?.int else {
            throw StepFailure(reason: "the account has no customer")
        }
        reserved += 2
        let order = try make(
            "orders/drafts",
            [
                "customer_id": JSON(customer), "other_reference": .string(Self.prefix + "ORDER"), "suppress_webhooks": true,
                "lines": [["item_id": .string(product), "quantity": 2, "line_price": 1, "location_id": location]],
            ])["order"]
        guard let number = order?["number"]?.key, let line = order?["lines"]?[0]?["id"]?.key else {
            throw StepFailure(reason: "the order has no number or no line")
        }
        _ = try make("orders/\(number)/book", nil)
        let made = try rackbeat.write(
            .post, "orders/\(number)/create-shipment",
            [
                "lines": [["order_line_id": Int(line).map { JSON($0) } ?? .string(line), "quantity": 1]],
                "suppress_webhooks": true,
            ])
        if let shipment = made.tree?["order_shipment"] {
            see(.rackbeat, "shipment.create_also_ships", .flag(shipment["is_shipped"]?.bool == true))
            let quantity = shipment["lines"]?[0]?["quantity"]?.quantity
            return see(
                .rackbeat, "shipment.partial_mode", .choice(quantity == Quantity("1") ? "lines_in_body" : "edit_after_create"))
        }
        guard made.status == 422 else { throw StepFailure(reason: "create-shipment was answered with \(made.status)") }
        // Lines are refused, so the draft holds all that is open. Whether its lines can be lowered tells the other two apart.
        let whole = try make("orders/\(number)/create-shipment", ["suppress_webhooks": true])["order_shipment"]
        see(.rackbeat, "shipment.create_also_ships", .flag(whole?["is_shipped"]?.bool == true))
        guard let id = whole?["id"]?.key, let drafted = whole?["lines"]?[0]?["id"]?.key else {
            return see(.rackbeat, "shipment.partial_mode", .choice("whole_only"))
        }
        let lowered = try rackbeat.write(.put, "orders/\(number)/shipments/\(id)/lines/\(drafted)", ["quantity": 1])
        see(.rackbeat, "shipment.partial_mode", .choice(lowered.isSuccess ? "edit_after_create" : "whole_only"))
    }

    /// A purchase order of two, of which one is put on a receipt that stays a draft.
    private func tryReceipt() throws {
        guard let supplier = try rackbeat.get("suppliers", ["limit": "1"]).rows("suppliers")?.first?["number"]?.int else {
            throw StepFailure(reason: "the account has no supplier")
        }
        reserved += 2
        let order = try make(
            "purchase-orders",
            [
                "supplier_id": JSON(supplier), "note": .string(Self.prefix + "PURCHASE"), "book": true, "suppress_webhooks": true,
                "lines": [["item_id": .string(product), "quantity": 2, "line_price": 1, "location_id": location]],
            ])["purchase_order"]
        guard let number = order?["number"]?.key, let line = order?["lines"]?[0]?["id"]?.key else {
            throw StepFailure(reason: "the purchase order has no number or no line")
        }
        let made = try rackbeat.write(
            .post, "purchase-orders/\(number)/create-receipt",
            [
                "lines": [["purchase_order_line_id": Int(line).map { JSON($0) } ?? .string(line), "quantity": 1]],
                "suppress_webhooks": true,
            ])
        guard made.isSuccess else {
            if made.status == 422 { see(.rackbeat, "receipt.partial_mode", .choice("edit_after_create")) }
            return
        }
        let quantity = made.tree?.object?.first { _ in true }?.value["lines"]?[0]?["quantity"]?.quantity
        see(
            .rackbeat, "receipt.partial_mode",
            .choice(quantity == Quantity("1") ? "lines_in_body" : "edit_after_create"))
    }

    @discardableResult
    private func make(_ path: String, _ body: JSON?) throws -> JSON {
        let response = try rackbeat.write(.post, path, body)
        guard response.isSuccess else { throw StepFailure(reason: "POST /\(path) was refused with \(response.status)") }
        return response.tree ?? [:]
    }

    // MARK: Removing

    private struct Leftover {
        let name: String
        let remove: () throws -> Void
    }

    /// Removes everything that bears the prefix, this run's or an earlier one's.
    ///
    /// - Returns: What was removed.
    private func sweepUp() throws -> [String] {
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
    private func leftovers() throws -> [Leftover] {
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

    private func warehouseLeftovers() throws -> [Leftover] {
        let client = clients.ongoing
        var found: [Leftover] = []
        for order in try client.orders(.status(from: 0, to: settings.shippedStatusFrom - 1)).compactMap(\.value)
        where order.number.text.hasPrefix(Self.prefix) {
            found.append(Leftover(name: "order \(order.number) in Ongoing") { try client.cancelOrder(order.id) })
        }
        let last = (settings.completedStatuses.min() ?? settings.cancelledPurchaseStatus) - 1
        for order in try client.purchaseOrders(.status(from: 0, to: last)).compactMap(\.value)
        where order.number.text.hasPrefix(Self.prefix) {
            found.append(Leftover(name: "purchase order \(order.number) in Ongoing") { try client.cancelPurchaseOrder(order.id) })
        }
        // Articles cannot be deleted: an inactive one takes no orders.
        if let held = try client.article(ItemNumber(article)), held.isActive {
            found.append(
                Leftover(name: "article \(article) in Ongoing") { [article] in
                    var goods = Article(number: ItemNumber(article))
                    goods.name = "Tandem canary, not for sale"
                    goods.isActive = false
                    try client.put(goods, isUpdate: true)
                })
        }
        return found
    }

    private func rackbeatLeftovers() throws -> [Leftover] {
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
    private func search(_ path: String, _ key: String) throws -> [JSON] {
        let parameters = [
            ("limit", "100"), ("search", Self.prefix), (rackbeat.profile["sort_param"], "updated_at"),
            ("order_direction", "DESC"),
        ]
        return try rackbeat.fresh(path, parameters).rows(key) ?? []
    }

    private func fresh(_ path: String) throws -> Response { try rackbeat.fresh(path, [("limit", "100")]) }

    private func remover(_ name: String, _ path: String) -> Leftover {
        Leftover(name: name + " in Rackbeat") { [rackbeat] in
            let response = try rackbeat.write(.delete, path, nil)
            guard response.isSuccess || response.status == 404 else {
                throw StepFailure(reason: "DELETE /\(path) was refused with \(response.status)")
            }
        }
    }
}
