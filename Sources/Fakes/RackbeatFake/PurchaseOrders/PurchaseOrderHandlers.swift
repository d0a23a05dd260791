import Exchange
import FakeKit
import JSON
import Units

/// Purchase orders and what is not received yet.
extension RackbeatFake {
    static var purchaseOrderRoutes: [Route<Handler>] {
        [
            .list("purchase-orders", listPurchaseOrders),
            .post("purchase-orders", postPurchaseOrder),
            .post("purchase-orders/drafts", postPurchaseOrderDraft),
            .get("purchase-orders/{number}", getPurchaseOrder),
            .put("purchase-orders/{number}", putPurchaseOrder),
            .delete("purchase-orders/{number}", deletePurchaseOrder),
            .post("purchase-orders/{number}/book", postBookPurchaseOrder),
            .post("purchase-orders/{number}/unbook", postReopenPurchaseOrder),
            .post("purchase-orders/{number}/reopen", postReopenPurchaseOrder),
            .list("purchase-orders/{number}/not-received", listNotReceived),
        ]
    }

    func listPurchaseOrders(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<PurchaseOrderRecord>(
            plural: "purchase_orders", keyName: "number",
            filters: [
                .flag("is_booked", \.isBooked), .flag("is_received") { $0.state == .fulfilled },
                .number("supplier_number", \.supplier),
                // The name of 2018 for the same thing.
                .flag("is_delivered") { $0.state == .fulfilled }, .from("date_from", \.purchaseDate),
                .to("date_to", \.purchaseDate), .search { [String($0.number), $0.heading, $0.note] },
            ] + Filter.range("employee", \.employee),
            columns: [
                .by("purchase_date", \.purchaseDate), .byOptional("preferred_delivery_date", \.preferredDeliveryDate),
                .by("supplier_id", \.supplier),
            ],
            write: { [self] in wire($0, withLines: behaviour.purchaseOrderListEmbedsLines) })
        return try list(store.purchaseOrders, listing, context.query)
    }

    private func purchaseOrder(_ context: RequestContext) throws(Refusal) -> PurchaseOrderRecord {
        let order = try store.purchaseOrders.found(context.number("number"))
        return order
    }

    func getPurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        one("purchase_order", wire(try purchaseOrder(context)), fields: try context.fields())
    }

    func postPurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        one("purchase_order", wire(try createPurchaseOrder(context.body, isDraft: false)), status: 201)
    }

    func postPurchaseOrderDraft(_ context: RequestContext) throws(Refusal) -> Response {
        one("purchase_order", wire(try createPurchaseOrder(context.body, isDraft: true)), status: 201)
    }

    func putPurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        one("purchase_order", wire(try change(purchaseOrder: try purchaseOrder(context).number, context.body)))
    }

    func deletePurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        try delete(orderOf: ReceiptRecord.self, purchaseOrder(context).number)
        return deleted()
    }

    func postBookPurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let number = try purchaseOrder(context).number
        try book(PurchaseOrderRecord.self, number)
        return one("purchase_order", wire(store.purchaseOrders[number]!))
    }

    func postReopenPurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let number = try purchaseOrder(context).number
        try reopen(PurchaseOrderRecord.self, number)
        return one("purchase_order", wire(store.purchaseOrders[number]!))
    }

    /// What is ordered and not received. Draft receipts do not count.
    func listNotReceived(_ context: RequestContext) throws(Refusal) -> Response {
        let lines = try purchaseOrder(context).lines.filter { $0.isStock && $0.open > 0 }
        return try list(lines.map { wireOpen($0) }, as: "unreceived_lines", context.query)
    }
}
