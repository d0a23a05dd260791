package import ClientKit
import Exchange
import JSON
package import Trade
package import Units

extension OngoingClient {
    /// Creates or replaces the order with this number.
    ///
    /// Refused once the warehouse has begun to work on the order.
    ///
    /// - Parameter isUpdate: Whether the warehouse holds the order already, so that what has no value any more is cleared.
    /// - Throws: ``ExchangeError``. When its effect is `unknown`, the order may or may not be there: look it up.
    ///
    /// Source: Ongoing Goods Owner REST API v1, `PUT /orders`.
    @discardableResult
    package func put(_ order: OutboundOrder, isUpdate: Bool = false) throws -> WarehouseID {
        let body = written(order, clearsTexts: clearsTexts(onUpdate: isUpdate))
        return try identifier(from: .put("orders", body, about: "order \(order.number)"), "orderId")
    }

    /// Whether the warehouse shows the order as it would be written now, as far as it can be read back. How many items a line has
    /// is not compared: that changes when the warehouse splits an order.
    ///
    /// - Throws: ``ExchangeError``.
    package func shows(_ order: OutboundOrder, at id: WarehouseID, withLines: Bool = true) throws -> Bool {
        try api.readIfPresent(.get("orders/\(id)")) { [self] wire in
            let written = written(order, clearsTexts: true)
            return Comparison.agrees(written, ["consignee"], with: wire.value)
                && Comparison.agrees(written, except: ["consignee", "orderLines"], with: wire.value["orderInfo"])
                && (!withLines || Comparison.agree(rows: written["orderLines"], with: wire.value["orderLines"]))
        } ?? false
    }

    func written(_ order: OutboundOrder, clearsTexts: Bool) -> JSON {
        body(clearsTexts: clearsTexts) { body in
            body.code("orderNumber", order.number.text)
            body.code("goodsOwnerOrderId", order.erpNumber.text)
            body.text("referenceNumber", order.reference)
            body.code("deliveryDate", order.deliveryDate.description)
            body.text("deliveryInstruction", order.deliveryInstruction)
            body.object("customsInfo") { $0.code("customsValueCurrencyCode", order.currency) }
            body.object("advanced") { advanced in
                advanced.text("invoiceNumber", order.invoiceNumber)
                advanced.text("termsOfPaymentString", order.termsOfPayment)
            }
            // Required, even when nothing is known of it.
            body.requiredObject("consignee") { write(order, to: &$0) }
            notifications(order.consignee, to: &body)
            body.array("orderLines", order.lines) { line, value in write(value, currency: order.currency, to: &line) }
        }
    }

    private func write(_ order: OutboundOrder, to consignee: inout BodyWriter) {
        consignee.code("customerNumber", order.customerNumber)
        address(order.consignee, to: &consignee)
        consignee.object("advanced") { notifications(order.consignee, to: &$0) }
        guard let invoiceAddress = order.invoiceAddress else { return }
        consignee.object("invoiceAddress") { invoice in
            address(invoiceAddress, to: &invoice)
            // Here a notification has no flag that it is wanted.
            invoice.object("advanced") { advanced in
                advanced.object("emailNotification") { $0.text("value", invoiceAddress.email) }
                advanced.object("smsNotification") { $0.text("value", invoiceAddress.phone) }
            }
        }
    }

    private func address(_ address: WarehouseAddress, to writer: inout BodyWriter) {
        writer.text("name", address.name)
        writer.text("address1", address.address1)
        writer.text("address2", address.address2)
        writer.text("postCode", address.postCode)
        writer.text("city", address.city)
        writer.code("countryCode", address.countryCode)
    }

    /// Stands at the order and at its consignee: which of the two a warehouse acts on is not said.
    private func notifications(_ address: WarehouseAddress, to writer: inout BodyWriter) {
        notification("emailNotification", address.email, to: &writer)
        notification("smsNotification", address.phone, to: &writer)
    }

    private func notification(_ name: String, _ value: String?, to writer: inout BodyWriter) {
        guard value != nil || writer.clearsTexts else { return }
        writer.object(name) { notification in
            notification.flag("toBeNotified", !(value ?? "").isEmpty)
            notification.text("value", value)
        }
    }

    private func write(_ line: OutboundLine, currency: String?, to writer: inout BodyWriter) {
        writer.code("rowNumber", line.row.text)
        writer.code("externalId", line.row.text)
        writer.code("articleNumber", line.article.text)
        writer.decimal("numberOfItems", line.quantity.units)
        writer.decimal("lineTotalCustomsValue", line.totalWithVAT?.amount)
        guard let price = customerLinePrice(line) else { return }
        writer.object("prices") { prices in
            prices.decimal("customerLinePrice", price)
            prices.code("currencyCode", currency)
        }
    }

    /// Whether the price is the line's or one unit's is not stated; the profile says.
    private func customerLinePrice(_ line: OutboundLine) -> ExactDecimal? {
        guard let total = line.totalWithVAT?.amount, profile["line_price"] == "unit" else { return line.totalWithVAT?.amount }
        return total.divided(by: line.quantity.units)
    }

    /// Which orders to read.
    package enum OrderFilter: Sendable {
        case number(OrderNumber)
        /// Every order that came from this one of Rackbeat.
        case erpNumber(OrderNumber)
        /// Those with a line of which less was reported than picked.
        case toReport(statusFrom: Int, statusTo: Int)
        /// At most ``updatedFilterReach`` back.
        case updated(after: Moment)
        case statusChanged(after: Moment, statusFrom: Int, statusTo: Int)
        case lastPicked(after: Moment)
        case status(from: Int, to: Int)
        /// Those that complete this order, after the warehouse split it.
        case backOrders(of: WarehouseID)
    }

    /// How far back the warehouse shows what was updated, less a margin for clocks that differ and for the time that lists take.
    package var updatedFilterReach: Duration {
        let limit = Duration.seconds(profile.int("order.orders_updated_filter_hours") * 3600)
        return limit - min(.seconds(3600), limit / 2)
    }

    /// Every order that passes the filter, in the order of the warehouse's identifiers. Time filters may return more than requested.
    package func orders(_ filter: OrderFilter) throws -> [Row<WarehouseOrder>] {
        try orderRows(query(for: filter), isFew: filter.isFew).map(orderRow).filter(filter.concerns)
    }

    /// The same page by page, for lists that are too long to be kept.
    package func eachPage(of filter: OrderFilter, _ dealWith: ([Row<WarehouseOrder>]) throws -> Void) throws {
        try eachPage(
            "orders", query(for: filter), idFrom: "orderIdFrom", limit: "maxOrdersToGet", id: orderID
        ) { try dealWith($0.map(orderRow).filter(filter.concerns)) }
    }

    private func query(for filter: OrderFilter) -> Query {
        var query = query()
        switch filter {
        case .number(let number): query.append("orderNumber", number.text)
        case .erpNumber(let number): query.append("goodsOwnerOrderId", number.text)
        case .toReport(let from, let to):
            query.append("onlyOrdersWithOrderLinesToReport", "true")
            query.appendRange("orderStatus", from, to)
        case .updated(let moment): query.append("orderUpdatedTimeFrom", Self.bound(after: moment))
        case .statusChanged(let moment, let from, let to):
            query.append("orderStatusChangedTimeFrom", Self.bound(after: moment))
            query.appendRange("orderStatus", from, to)
        case .lastPicked(let moment): query.append("lastPickingTimeFrom", Self.bound(after: moment))
        case .status(let from, let to): query.appendRange("orderStatus", from, to)
        case .backOrders(let id): query.append("backOrderForOrderId", String(id.value))
        }
        return query
    }

    private func orderRow(_ wire: WireReader) -> Row<WarehouseOrder> {
        let showsTime = serverTime != nil
        return row(wire, key: orderNumber) { wire throws(WireError) in
            var order = try WarehouseOrder(wire)
            if !showsTime {
                order.newestTime = wire.newestTime(
                    info: ("orderInfo", ["createdDate", "shippedTime"]), lines: "orderLines",
                    items: ("pickedArticleItems", "pickedTime"))
            }
            return order
        }
    }

    private func orderNumber(_ wire: WireReader) throws(WireError) -> String? {
        try wire.object("orderInfo")?.name("orderNumber")
    }

    private func orderID(_ wire: WireReader) throws(WireError) -> Int {
        try wire.requiredObject("orderInfo").required("orderId", .whole)
    }

    /// What is named by its number is one order or a handful: paging would only cost a second call.
    private func orderRows(_ query: Query, isFew: Bool) throws -> [WireReader] {
        if isFew { return try api.read(.get("orders", query)) { wire throws(WireError) in try wire.list() } }
        return try keySetPages("orders", query, idFrom: "orderIdFrom", limit: "maxOrdersToGet", id: orderID)
    }

    /// - Returns: `nil` when the goods owner has no such order.
    package func order(_ id: WarehouseID) throws -> WarehouseOrder? {
        try api.readIfPresent(.get("orders/\(id)")) { wire throws(WireError) in try WarehouseOrder(wire) }
    }

    /// Refused once the warehouse has begun to work on the order, and perhaps when it is cancelled already: look it up.
    package func cancelOrder(_ id: WarehouseID) throws { try perform(.delete("orders/\(id)")) }

    /// Tells the warehouse how much of the picked quantity of a line has been processed.
    ///
    /// One line and a quantity on purpose: the call that copies every picked quantity would include what was picked since we read.
    package func reportPicked(_ quantity: Quantity, line: WarehouseID, of order: WarehouseID) throws {
        try perform(.patch("orders/\(order)/lines/\(line)/reportedNumberOfItems", reported(quantity)))
    }

    func reported(_ quantity: Quantity) -> JSON {
        var writer = BodyWriter(clearsTexts: false)
        writer.decimal("reportedNumberOfItems", quantity.units)
        return writer.body
    }
}

extension OngoingClient.OrderFilter {
    fileprivate var isFew: Bool {
        switch self {
        case .number, .erpNumber, .backOrders: true
        case .toReport, .updated, .statusChanged, .lastPicked, .status: false
        }
    }

    /// Checks the result of a filter by number or origin: a server that ignores the parameter would return every order.
    fileprivate func concerns(_ row: Row<WarehouseOrder>) -> Bool {
        guard case .value(let order) = row else { return true }
        switch self {
        case .number(let number): return order.number == number
        case .erpNumber(let number): return order.erpNumber == number
        case .backOrders(let id): return order.backOrderFor == id
        case .toReport, .updated, .statusChanged, .lastPicked, .status: return true
        }
    }
}

extension WarehouseOrder {
    init(_ wire: WireReader) throws(WireError) {
        let info = try wire.requiredObject("orderInfo")
        let status = try info.requiredObject("orderStatus")
        self.init(
            id: try info.identifier("orderId"), number: OrderNumber(try info.required("orderNumber", .text)),
            status: try status.required("number", .whole),
            lines: try wire.nullableRows("orderLines").map { line throws(WireError) in try WarehouseOrderLine(line) })
        erpNumber = try info.name("goodsOwnerOrderId").map { OrderNumber($0) }
        statusText = try status.name("text")
        let origin = try info.object("advanced")?.object("backOrderInfo")
        backOrderFor = try origin?.optional("backOrderForOrderId", .whole).map { WarehouseID($0) }
    }
}

extension WarehouseOrderLine {
    init(_ wire: WireReader) throws(WireError) {
        self.init(
            id: try wire.identifier("id"), row: try wire.name("rowNumber").map { LineID($0) },
            article: try wire.object("article")?.name("articleNumber").map { ItemNumber($0) },
            ordered: try wire.quantity("orderedNumberOfItems"), picked: try wire.quantity("pickedNumberOfItems"),
            reported: try wire.optional("reportedNumberOfItems", .decimal).map { Quantity($0) })
        returned = try wire.optional("returnedNumberOfItems", .decimal).map { Quantity($0) } ?? .zero
    }
}

extension Query {
    mutating func appendRange(_ name: String, _ from: Int, _ to: Int) {
        append(name + "From", String(from))
        append(name + "To", String(to))
    }
}

extension ExactDecimal {
    /// The quotient, rounded half away from zero at six decimals; `nil` for a division by zero.
    func divided(by divisor: ExactDecimal) -> ExactDecimal? {
        guard !divisor.isZero else { return nil }
        let dividend = millionths * 1_000_000
        let half = divisor.millionths.magnitude / 2
        let quotient = (dividend.magnitude + half) / divisor.millionths.magnitude
        let isNegative = isNegative != divisor.isNegative
        return ExactDecimal(millionths: isNegative ? -Int128(quotient) : Int128(quotient))
    }
}
