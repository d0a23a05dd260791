import Exchange
import FakeKit
import HTTPTypes
import JSON

/// Documents to print, invoices and custom fields of an order.
extension RackbeatFake {
    static var invoiceRoutes: [Route<Handler>] {
        [
            .post("orders/shipments/{id}/download", postDownload),
            .post("orders/shipments/{id}/download-delivery-note", postDownloadDeliveryNote),
            .post("orders/{number}/convert-to-invoice", postConvertToInvoice),
            .put("orders/{number}/fields", putOrderFields),
        ]
    }

    func postDownload(_ context: RequestContext) throws(Refusal) -> Response { try document("Shipment", context) }

    func postDownloadDeliveryNote(_ context: RequestContext) throws(Refusal) -> Response {
        try document("Delivery note", context)
    }

    private func document(_ title: String, _ context: RequestContext) throws(Refusal) -> Response {
        let shipment = try shipment(context)
        var rows = ["\(title) \(shipment.id)", "Order \(shipment.order)"]
        rows += shipment.lines.map { "\($0.quantity) x \($0.item)" }
        return Response(
            status: 200, headers: [.contentType: "application/pdf"], body: PortableDocument.page(of: rows))
    }

    /// Turns an order into an invoice. Invoices themselves are not kept.
    func postConvertToInvoice(_ context: RequestContext) throws(Refusal) -> Response {
        let order = try order(context)
        // A draft of an invoice and a booked one are the same here: neither is kept.
        _ = try context.flag("book")
        return Response(status: 200, json: ["invoice_id": JSON(try invoice(order))])
    }

    /// - Returns: the number of the invoice.
    @discardableResult
    func invoice(_ order: OrderRecord) throws(Refusal) -> Int {
        switch order.state {
        case .booked, .partlyFulfilled, .fulfilled: break
        case .draft: throw .rule("number", "The order must be booked before it can be invoiced.")
        case .cancelled, .deleted: throw .rule("number", "The order is cancelled.")
        }
        guard order.invoice == nil else { throw .rule("number", "The order is already invoiced.") }
        let invoice = store.numbers.next(\.invoice)
        update(OrderRecord.self, order.number) { [now] in
            $0.invoice = invoice
            $0.invoicedAt = now
        }
        return invoice
    }

    /// Fields that are not named keep their values.
    func putOrderFields(_ context: RequestContext) throws(Refusal) -> Response {
        var order = try order(context)
        let problems = Problems()
        let reader = BodyReader(object: context.body, problems: problems)
        reader.require("fields")
        for field in reader.elements("fields") ?? [] {
            field.require("field_id")
            var id: Int?
            var value: String?
            field.int("field_id", into: &id)
            field.text("value", into: &value, limit: 10_000)
            guard let id else { continue }
            if !field.has("value") { field.add("value", "The value field is required.") }
            if let index = order.fieldValues.firstIndex(where: { $0.field == id }) {
                order.fieldValues[index].value = value
            } else {
                order.fieldValues.append(FieldValue(field: id, value: value))
            }
        }
        try problems.throwIfAny()
        let values = order.fieldValues
        update(OrderRecord.self, order.number) { $0.fieldValues = values }
        return Response(status: 200, json: ["field_values": .array(values.map(wire))])
    }
}
