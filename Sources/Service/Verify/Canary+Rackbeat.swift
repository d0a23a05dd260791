import Exchange
import HTTPTypes
import JSON
import SyncCore
import Trade
import Units

extension Canary {
    func tryAdjustment() throws {
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
        let made = try rackbeat.write(.post, "inventory-adjustments", adjustment(of: 3))
        guard made.isSuccess, let draft = made.tree?["inventory_regulation"], let id = draft["id"]?.int else {
            throw StepFailure(reason: "the adjustment was answered with \(made.status)")
        }
        let isDraft = try stock()?.isZero ?? true
        see(.rackbeat, "adjustment.needs_booking", .flag(isDraft))
        adjustmentsAreDrafts = isDraft
        // What is booked cannot be removed, whatever becomes of drafts.
        guard isDraft else { return try takeBack() }
        let deleted = try rackbeat.write(.delete, "inventory-adjustments/\(id)", nil)
        see(.rackbeat, "adjustment.deletable", .flag(deleted.isSuccess))
    }

    func adjustment(of quantity: Int, more: [(String, JSON)] = []) -> JSON {
        var body: JSONObject = [
            "item_id": .string(product), "adjustment_type": "quantity", "quantity": JSON(quantity), "location": location,
            "regulated_at": .string(clock.now().date(in: .copenhagen).description), "reason": .string(reason),
        ]
        for (name, value) in more { body.append(name, value) }
        return .object(body)
    }

    /// The account books at once, so the test product has three now. A quantity of nought takes them away where it is the total, and
    /// changes nothing where it is the change; the line of the one that takes them away shows -3 or 0.
    private func takeBack() throws {
        let again = try rackbeat.write(.post, "inventory-adjustments", adjustment(of: 0))
        let isTotal = try stock()?.isZero ?? false
        if rackbeat.profile["adjustment.mode"] == "absolute_via_read" {
            see(.rackbeat, "adjustment.mode", .choice(isTotal ? "absolute_via_read" : "a quantity is added to the stock"))
        }
        if isTotal, let shown = again.tree?.at(["inventory_regulation", "lines"])?[0]?["quantity"]?.quantity {
            see(.rackbeat, "adjustment.line_quantity", .choice(shown.isZero ? "total" : "change"))
        }
    }

    func stock() throws -> Quantity? {
        let path = "products/\(PercentEncoding.encode(product))/locations/\(PercentEncoding.encode(settings.location.text))"
        return try rackbeat.get(path).tree?.at(["product_location", "stock_quantity"])?.quantity
    }

    var location: JSON { Int(settings.location.text).map { JSON($0) } ?? .string(settings.location.text) }

    /// An order of two, of which one is put on a shipment that stays a draft.
    func tryShipment() throws {
        guard let customer = try rackbeat.get("customers", ["limit": "1"]).rows("customers")?.first?["number"]?.int else {
            throw StepFailure(reason: "the account has no customer")
        }
        reserved += 2
        let order = try make(
            "orders/drafts",
            [
                "customer_id": JSON(customer), "other_reference": .string(Self.prefix + "ORDER"), "suppress_webhooks": true,
                "lines": [
                    ["item_id": .string(product), "quantity": 2, "line_price": 1, "location_id": location],
                    ["item_id": .string(product), "quantity": 1, "line_price": 1],
                ],
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
            // Where a shipment leaves when it is created, one is enough.
            if shipment["is_shipped"]?.bool != true, quantity == Quantity("1"), let other = order?["lines"]?[1]?["id"] {
                lineWithoutLocation = (number, other)
            }
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
    func tryReceipt() throws {
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
        purchaseOrder = number
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
        receiptLine = firstLine(ofReceipt: made, of: number)
        see(
            .rackbeat, "receipt.partial_mode",
            .choice(quantity == Quantity("1") ? "lines_in_body" : "edit_after_create"))
    }

    /// The path of the first line of a receipt that was created.
    func firstLine(ofReceipt made: Response, of order: String) -> String? {
        let receipt = made.tree?.object?.first { _ in true }?.value
        guard let id = receipt?["number"]?.key, let line = receipt?["lines"]?[0]?["id"]?.key else { return nil }
        return "purchase-orders/\(order)/receipts/\(id)/lines/\(line)"
    }

    @discardableResult
    func make(_ path: String, _ body: JSON?) throws -> JSON {
        let response = try rackbeat.write(.post, path, body)
        guard response.isSuccess else { throw StepFailure(reason: "POST /\(path) was refused with \(response.status)") }
        return response.tree ?? [:]
    }
}
