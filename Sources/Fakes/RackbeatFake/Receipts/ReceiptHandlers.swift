import Exchange
import FakeKit
import JSON
import Units

/// Receipts of purchase orders.
extension RackbeatFake {
    static var receiptRoutes: [Route<Handler>] {
        [
            .post("purchase-orders/{number}/create-receipt", postReceipt),
            .list("purchase-order-receipts", listReceipts),
            .get("purchase-order-receipts/{receipt}", getReceipt),
            .list("purchase-orders/{number}/receipts", listReceiptsOfPurchaseOrder),
            .get("purchase-orders/{number}/receipts/{receipt}", getReceipt),
            .delete("purchase-orders/{number}/receipts/{receipt}", deleteReceipt),
            .post("purchase-orders/{number}/receipts/{receipt}/mark-received", postMarkReceived),
            .list("purchase-orders/{number}/receipts/{receipt}/lines", listReceiptLines),
            .post("purchase-orders/{number}/receipts/{receipt}/lines", postReceiptLine),
            .get("purchase-orders/{number}/receipts/{receipt}/lines/{line}", getReceiptLine),
            .put("purchase-orders/{number}/receipts/{receipt}/lines/{line}", putReceiptLine),
            .delete("purchase-orders/{number}/receipts/{receipt}/lines/{line}", deleteReceiptLine),
        ]
    }

    private var receiptListing: Listing<ReceiptRecord> {
        Listing(
            plural: behaviour.receiptKey + "s", keyName: "number",
            filters: [
                .flag("is_received", \.isReceived), .number("purchase_order_number", \.purchaseOrder),
                .number("supplier_number") { [self] in store.purchaseOrders[any: $0.purchaseOrder]?.supplier },
                locationFilter { $0.lines.map(\.location) },
                .search { [String($0.number), String($0.purchaseOrder)] },
            ], write: { [self] in wire($0) })
    }

    func listReceipts(_ context: RequestContext) throws(Refusal) -> Response {
        try list(store.receipts, receiptListing, context.query)
    }

    func listReceiptsOfPurchaseOrder(_ context: RequestContext) throws(Refusal) -> Response {
        let order = try context.number("number")
        _ = try store.purchaseOrders.found(order)
        return try list(parts(ReceiptRecord.self, of: order), receiptListing, context.query)
    }

    private func receipt(_ context: RequestContext) throws(Refusal) -> ReceiptRecord {
        let receipt = try store.receipts.found(context.number("receipt"))
        if context.has("number"), try context.number("number") != receipt.purchaseOrder { throw .notFound }
        return receipt
    }

    func getReceipt(_ context: RequestContext) throws(Refusal) -> Response {
        one(behaviour.receiptKey, wire(try receipt(context)), fields: try context.fields())
    }

    func postReceipt(_ context: RequestContext) throws(Refusal) -> Response {
        let order = try context.number("number")
        _ = try store.purchaseOrders.found(order)
        let wanted = try wantedLines(
            ReceiptRecord.self, context.body, isAllowed: behaviour.receiptMode == .linesInBody, withLocations: true)
        let receipt = try createReceipt(of: order, wanted)
        return one(behaviour.receiptKey, wire(receipt), status: behaviour.receiptCreateStatus)
    }

    func deleteReceipt(_ context: RequestContext) throws(Refusal) -> Response {
        try delete(ReceiptRecord.self, context.number("receipt"), of: context.number("number"))
        return deleted()
    }

    func postMarkReceived(_ context: RequestContext) throws(Refusal) -> Response {
        let receipt = try receive(try context.number("receipt"), of: try context.number("number"))
        return one(behaviour.receiptKey, wire(receipt))
    }

    private var lineKey: String { behaviour.receiptKey + "_line" }

    func listReceiptLines(_ context: RequestContext) throws(Refusal) -> Response {
        try list(try receipt(context).lines.map { wire($0) }, as: lineKey + "s", context.query)
    }

    func getReceiptLine(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.number("line")
        guard let line = try receipt(context).lines.first(where: { $0.id == id }) else { throw .notFound }
        return one(lineKey, wire(line), fields: try context.fields())
    }

    func postReceiptLine(_ context: RequestContext) throws(Refusal) -> Response {
        let problems = Problems()
        let reader = BodyReader(object: context.body, problems: problems)
        reader.require("product_id", "quantity")
        var line = ReceiptLineChange(item: nil, quantity: 0, location: nil)
        read(reader, into: &line)
        try problems.throwIfAny()
        let added = try addLine(line, receipt: try context.number("receipt"), of: try context.number("number"))
        return one(lineKey, wire(added), status: 201)
    }

    func putReceiptLine(_ context: RequestContext) throws(Refusal) -> Response {
        let problems = Problems()
        let reader = BodyReader(object: context.body, problems: problems)
        if !behaviour.receiptLineTakesQuantityAlone { reader.require("product_id", "quantity") }
        // Problems must be found before anything is changed.
        var probe = ReceiptLineChange(item: nil, quantity: 1, location: nil)
        read(reader, into: &probe)
        try problems.throwIfAny()
        let line = try changeLine(
            try context.number("line"), receipt: try context.number("receipt"), of: try context.number("number")
        ) { read(reader, into: &$0) }
        return one(lineKey, wire(line))
    }

    private func read(_ reader: BodyReader, into line: inout ReceiptLineChange) {
        reader.text("product_id", into: &line.item)
        reader.quantity("quantity", into: &line.quantity)
        reader.int("location_id", into: &line.location)
    }

    func deleteReceiptLine(_ context: RequestContext) throws(Refusal) -> Response {
        try removeLine(
            context.number("line"), from: ReceiptRecord.self, context.number("receipt"), of: context.number("number"))
        return deleted()
    }
}
