import Exchange
import JSON
import Units

/// Purchase orders and what is still to come.
extension RackbeatFake {
    func listPurchaseOrders(_ asked: Asked) throws(Refusal) -> Response {
        let listing = Listing<PurchaseOrderRecord>(
            plural: "purchase_orders", keyName: "number",
            filters: [
                .flag("is_booked", \.isBooked), .flag("is_received") { $0.state == .received },
                // The name of 2018 for the same thing.
                .flag("is_delivered") { $0.state == .received }, .from("date_from", \.purchaseDate),
                .to("date_to", \.purchaseDate), .search { [String($0.number), $0.heading, $0.note] },
            ] + Filter.range("employee", \.employee),
            columns: [
                .by("purchase_date", \.purchaseDate), .byOptional("preferred_delivery_date", \.preferredDeliveryDate),
                .by("supplier_id", \.supplier),
            ],
            write: { [self] in wire($0, withLines: choices.purchaseOrderListEmbedsLines) })
        return try list(purchaseOrderBook, listing, asked.query)
    }

    private func purchaseOrder(_ asked: Asked) throws(Refusal) -> PurchaseOrderRecord {
        guard let order = purchaseOrderBook[try asked.number("number")] else { throw .notFound }
        return order
    }

    func getPurchaseOrder(_ asked: Asked) throws(Refusal) -> Response {
        one("purchase_order", wire(try purchaseOrder(asked)), fields: try asked.fields())
    }

    func postPurchaseOrder(_ asked: Asked) throws(Refusal) -> Response {
        one("purchase_order", wire(try createPurchaseOrder(asked.body, isDraft: false)), status: 201)
    }

    func postPurchaseOrderDraft(_ asked: Asked) throws(Refusal) -> Response {
        one("purchase_order", wire(try createPurchaseOrder(asked.body, isDraft: true)), status: 201)
    }

    func putPurchaseOrder(_ asked: Asked) throws(Refusal) -> Response {
        one("purchase_order", wire(try change(purchaseOrder: try purchaseOrder(asked).number, asked.body)))
    }

    func deletePurchaseOrder(_ asked: Asked) throws(Refusal) -> Response {
        try delete(purchaseOrder: try purchaseOrder(asked).number)
        return deleted()
    }

    func postBookPurchaseOrder(_ asked: Asked) throws(Refusal) -> Response {
        let number = try purchaseOrder(asked).number
        try book(purchaseOrder: number)
        return one("purchase_order", wire(purchaseOrderBook[number]!))
    }

    func postReopenPurchaseOrder(_ asked: Asked) throws(Refusal) -> Response {
        let number = try purchaseOrder(asked).number
        try reopen(purchaseOrder: number)
        return one("purchase_order", wire(purchaseOrderBook[number]!))
    }

    /// What is ordered and not received; draft receipts take nothing away.
    func listNotReceived(_ asked: Asked) throws(Refusal) -> Response {
        let lines = try purchaseOrder(asked).lines.filter { $0.isStock && $0.open > 0 }
        return try list(lines.map { wireOpen($0) }, as: "unreceived_lines", asked.query)
    }
}
