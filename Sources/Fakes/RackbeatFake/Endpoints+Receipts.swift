import Exchange
import JSON
import Units

/// Receipts of purchase orders.
extension RackbeatFake {
    private var receiptListing: Listing<ReceiptRecord> {
        Listing(
            plural: choices.receiptKey + "s", keyName: "number",
            filters: [
                .flag("is_received", \.isReceived), .number("purchase_order_number", \.purchaseOrder),
                .number("supplier_number") { [self] in purchaseOrderBook[any: $0.purchaseOrder]?.supplier },
                locationFilter { $0.lines.map(\.location) },
                .search { [String($0.number), String($0.purchaseOrder)] },
            ], write: { [self] in wire($0) })
    }

    func listReceipts(_ asked: Asked) throws(Refusal) -> Response {
        try list(receiptBook, receiptListing, asked.query)
    }

    func listReceiptsOfPurchaseOrder(_ asked: Asked) throws(Refusal) -> Response {
        let order = try asked.number("number")
        guard purchaseOrderBook[order] != nil else { throw .notFound }
        let rows = (receiptsOfPurchaseOrder[order] ?? []).map { receiptBook[$0]! }
        return try list(rows, receiptListing, asked.query)
    }

    private func receipt(_ asked: Asked) throws(Refusal) -> ReceiptRecord {
        guard let receipt = receiptBook[try asked.number("receipt")] else { throw .notFound }
        if asked.has("number"), try asked.number("number") != receipt.purchaseOrder { throw .notFound }
        return receipt
    }

    func getReceipt(_ asked: Asked) throws(Refusal) -> Response {
        one(choices.receiptKey, wire(try receipt(asked)), fields: try asked.fields())
    }

    func postReceipt(_ asked: Asked) throws(Refusal) -> Response {
        let order = try asked.number("number")
        guard purchaseOrderBook[order] != nil else { throw .notFound }
        let receipt = try createReceipt(of: order, try wantedReceiptLines(asked.body))
        return one(choices.receiptKey, wire(receipt), status: choices.receiptCreateStatus)
    }

    private func wantedReceiptLines(_ body: JSONObject) throws(Refusal) -> [WantedReceiptLine]? {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        guard let lines = reader.elements("lines") else {
            try problems.throwIfAny()
            return nil
        }
        guard choices.receiptMode == .linesInBody else {
            throw .rule("lines", "The lines of a receipt cannot be chosen when it is created.")
        }
        let wanted = lines.map { line in
            line.require("purchase_order_line_id", "quantity")
            var (id, location): (Int?, Int?)
            var quantity = ExactDecimal.zero
            line.int("purchase_order_line_id", into: &id)
            line.quantity("quantity", into: &quantity)
            line.int("location_id", into: &location)
            return WantedReceiptLine(
                purchaseOrderLine: id ?? 0, quantity: quantity, location: location, path: line.prefix)
        }
        try problems.throwIfAny()
        return wanted
    }

    func deleteReceipt(_ asked: Asked) throws(Refusal) -> Response {
        try delete(receipt: try asked.number("receipt"), of: try asked.number("number"))
        return deleted()
    }

    func postMarkReceived(_ asked: Asked) throws(Refusal) -> Response {
        let receipt = try receive(try asked.number("receipt"), of: try asked.number("number"))
        return one(choices.receiptKey, wire(receipt))
    }

    private var lineKey: String { choices.receiptKey + "_line" }

    func listReceiptLines(_ asked: Asked) throws(Refusal) -> Response {
        try list(try receipt(asked).lines.map { wire($0) }, as: lineKey + "s", asked.query)
    }

    func getReceiptLine(_ asked: Asked) throws(Refusal) -> Response {
        let id = try asked.number("line")
        guard let line = try receipt(asked).lines.first(where: { $0.id == id }) else { throw .notFound }
        return one(lineKey, wire(line), fields: try asked.fields())
    }

    func postReceiptLine(_ asked: Asked) throws(Refusal) -> Response {
        let problems = Problems()
        let reader = Reader(object: asked.body, problems: problems)
        reader.require("product_id", "quantity")
        var line = ReceiptLineChange(item: nil, quantity: 0, location: nil)
        read(reader, into: &line)
        try problems.throwIfAny()
        let added = try addLine(line, receipt: try asked.number("receipt"), of: try asked.number("number"))
        return one(lineKey, wire(added), status: 201)
    }

    func putReceiptLine(_ asked: Asked) throws(Refusal) -> Response {
        let problems = Problems()
        let reader = Reader(object: asked.body, problems: problems)
        if !choices.receiptLineTakesQuantityAlone { reader.require("product_id", "quantity") }
        // What cannot be read must be found before anything is changed.
        var probe = ReceiptLineChange(item: nil, quantity: 1, location: nil)
        read(reader, into: &probe)
        try problems.throwIfAny()
        let line = try changeLine(
            try asked.number("line"), receipt: try asked.number("receipt"), of: try asked.number("number")
        ) { read(reader, into: &$0) }
        return one(lineKey, wire(line))
    }

    private func read(_ reader: Reader, into line: inout ReceiptLineChange) {
        reader.text("product_id", into: &line.item)
        reader.quantity("quantity", into: &line.quantity)
        reader.int("location_id", into: &line.location)
    }

    func deleteReceiptLine(_ asked: Asked) throws(Refusal) -> Response {
        try removeLine(
            try asked.number("line"), receipt: try asked.number("receipt"), of: try asked.number("number"))
        return deleted()
    }
}
