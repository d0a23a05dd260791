import ClientKit
import Exchange
import JSON
package import Trade

extension RackbeatClient {
    /// How a receipt of less than what is outstanding is made.
    package enum ReceiptMode: Sendable {
        /// It is created with everything that is outstanding, and its lines are changed while it is a draft. Every call of this
        /// way is in the vendor's specification of 2018.
        case editAfterCreate
        /// The lines are named when it is created.
        case linesInBody
    }

    package var receiptMode: ReceiptMode {
        profile["receipt.partial_mode"] == "lines_in_body" ? .linesInBody : .editAfterCreate
    }

    /// The key of a receipt in responses. Only inferred from how the other keys are made.
    private var receiptKey: String { profile["receipt.envelope_key"] }
    /// The same of a list of them.
    var receiptsKey: String { receiptKey + "s" }

    /// Every receipt of a purchase order, drafts as well.
    package func receipts(of order: PurchaseOrderNumber) throws -> [Receipt] {
        let rows = try all("\(path(order))/receipts", receiptsKey) { wire throws(WireError) in
            (
                receipt: try wire.rows("lines") == nil ? nil : Receipt(wire, of: order),
                id: DocumentID(try wire.required("number", .whole))
            )
        }
        return try rows.compactMap { row in try row.receipt ?? receipt(row.id, of: order) }
    }

    /// - Returns: `nil` when the purchase order has no such receipt.
    package func receipt(_ id: DocumentID, of order: PurchaseOrderNumber) throws -> Receipt? {
        try oneIfPresent(.get(path(order, id)), receiptKey) { wire throws(WireError) in try Receipt(wire, of: order) }
    }

    /// Makes a draft of a receipt.
    ///
    /// - Parameter lines: `nil` for everything that is outstanding, at whatever location.
    /// - Returns: What was really made: compare before ``markReceived(_:order:)``.
    /// - Throws: ``ExchangeError``. When its effect is `unknown`, read ``receipts(of:)`` before making another.
    package func createReceipt(
        for order: PurchaseOrderNumber, lines: [(line: LineID, quantity: Quantity, location: LocationNumber)]?
    ) throws -> Receipt {
        let body = lines.map { lines -> JSON in
            let rows = lines.map { line -> JSON in
                [
                    "purchase_order_line_id": .key(line.line), "quantity": .decimal(line.quantity.units),
                    "location_id": .key(line.location),
                ]
            }
            return ["lines": .array(rows)]
        }
        return try one(.post("\(path(order))/create-receipt", body ?? [:]), receiptKey) { wire throws(WireError) in
            try Receipt(wire, of: order)
        }
    }

    /// Whether a line is changed by its quantity alone; otherwise by all that it holds.
    package var receiptLinesTakeQuantityAlone: Bool { profile.isOn("receipt.line_put_quantity_alone") }

    /// Changes how much a line of a draft receives.
    ///
    /// - Parameter held: The draft's lines as they are, for an account that wants the whole of a line.
    package func setReceiptLine(
        _ line: DocumentID, of receipt: DocumentID, order: PurchaseOrderNumber, to quantity: Quantity, held: [ShipmentLine]
    ) throws {
        let call = Call.put("\(path(order, receipt))/lines/\(line)", ["quantity": .decimal(quantity.units)])
        guard !receiptLinesTakeQuantityAlone else { return try perform(call) }
        guard let held = held.first(where: { $0.id == line }), let item = held.item else {
            throw ExchangeError(
                system: .rackbeat, place: call.place(in: .rackbeat),
                reason: .refused(status: 404, message: "receipt \(receipt) has no line \(line) with an item"), effect: .unchanged)
        }
        var whole = call
        whole.body = lineBody(item, quantity, held.location)
        try perform(whole)
    }

    package func removeReceiptLine(_ line: DocumentID, of receipt: DocumentID, order: PurchaseOrderNumber) throws {
        try remove("\(path(order, receipt))/lines/\(line)")
    }

    /// Adds a line to a draft, also for an item that was not ordered.
    package func addReceiptLine(
        item: ItemNumber, quantity: Quantity, location: LocationNumber, to receipt: DocumentID, order: PurchaseOrderNumber
    ) throws {
        try perform(.post("\(path(order, receipt))/lines", lineBody(item, quantity, location)))
    }

    /// Removes a draft. Nothing happens when it is gone already.
    package func deleteReceipt(_ id: DocumentID, order: PurchaseOrderNumber) throws {
        try remove(path(order, id))
    }

    /// Books the receipt. This is what moves the stock.
    package func markReceived(_ id: DocumentID, order: PurchaseOrderNumber) throws {
        try perform(.post("\(path(order, id))/mark-received"))
    }

    private func lineBody(_ item: ItemNumber, _ quantity: Quantity, _ location: LocationNumber?) -> JSON {
        var body: JSONObject = ["product_id": .string(item.text), "quantity": .decimal(quantity.units)]
        if let location { body.append("location_id", .key(location)) }
        return .object(body)
    }

    private func path(_ order: PurchaseOrderNumber) -> String { "purchase-orders/\(segment(order))" }

    private func path(_ order: PurchaseOrderNumber, _ receipt: DocumentID) -> String {
        "\(path(order))/receipts/\(receipt)"
    }
}

extension Receipt {
    init(_ wire: WireReader, of order: PurchaseOrderNumber) throws(WireError) {
        self.init(
            id: DocumentID(try wire.required("number", .whole)), order: order,
            isReceived: try wire.required("is_received", .flag),
            lines: try wire.requiredRows("lines").map { line throws(WireError) in
                try ShipmentLine(line, orderLine: "purchase_order_line_id")
            }, createdAt: try wire.optional("created_at", .moment))
    }
}
