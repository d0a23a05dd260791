package import ClientKit
import Exchange
import JSON
package import Trade
package import Units

extension OngoingClient {
    /// Creates or replaces the purchase order with this number.
    ///
    /// Refused once goods have been received.
    ///
    /// - Parameter isUpdate: Whether the warehouse holds it already, so that what has no value any more is cleared.
    /// - Throws: ``ExchangeError``. When its effect is `unknown`, it may or may not be there: look it up.
    ///
    /// Source: Ongoing Goods Owner REST API v1, `PUT /purchaseOrders`.
    @discardableResult
    package func put(_ order: InboundOrder, isUpdate: Bool = false) throws -> WarehouseID {
        let body = written(order, clearsTexts: clearsTexts(onUpdate: isUpdate))
        let call = Call.put("purchaseOrders", body, about: "purchase order \(order.number)")
        return try identifier(from: call, "purchaseOrderId")
    }

    /// Whether the warehouse shows the purchase order as it would be written now, as far as it can be read back: of the supplier's
    /// address that is the place, under other names.
    ///
    /// - Throws: ``ExchangeError``.
    package func shows(_ order: InboundOrder, at id: WarehouseID, withLines: Bool = true) throws -> Bool {
        try api.readIfPresent(.get("purchaseOrders/\(id)")) { [self] wire in
            let written = written(order, clearsTexts: true)
            return Comparison.agrees(written, ["supplierInfo"], with: wire.value)
                && Comparison.agrees(shownAddress(of: order), with: wire.value["supplierInfo"]?["address"])
                && Comparison.agrees(
                    written, except: ["supplierInfo", "purchaseOrderLines"], with: wire.value["purchaseOrderInfo"])
                && (!withLines || Comparison.agree(rows: written["purchaseOrderLines"], with: wire.value["purchaseOrderLines"]))
        } ?? false
    }

    func written(_ order: InboundOrder, clearsTexts: Bool) -> JSON {
        body(clearsTexts: clearsTexts) { body in
            body.code("purchaseOrderNumber", order.number.text)
            body.text("referenceNumber", order.reference)
            body.text("purchaseOrderRemark", order.remark)
            body.object("advanced") { $0.code("orderDate", order.orderDate?.iso(in: .utc)) }
            body.object("supplierInfo") { supplier in
                supplier.code("supplierNumber", order.supplierNumber)
                supplier.code("supplierName", order.supplierName)
                guard let address = order.supplierAddress else { return }
                supplier.object("supplierAddress") { write(address, to: &$0) }
            }
            // REST has no field for the supplier's group: two of the free texts take it when the setting asks for it.
            body.object("freeValues") { values in
                values.code("freeText1", order.supplierGroupNumber)
                values.code("freeText2", order.supplierGroupName)
            }
            body.array("purchaseOrderLines", order.lines) { line, value in write(value, to: &line) }
        }
    }

    /// Source: Ongoing Goods Owner REST API v1, `GetPurchaseOrderSupplierAddress`.
    private func shownAddress(of order: InboundOrder) -> JSON {
        body(clearsTexts: true) { body in
            guard let address = order.supplierAddress else { return }
            body.text("address1", address.address1)
            body.text("address2", address.address2)
            body.text("postCode", address.postCode)
            body.text("city", address.city)
            body.code("countryCode", address.countryCode)
        }
    }

    /// The first line is `address`, not `address1` as everywhere else, and the telephone `telePhone`.
    private func write(_ address: WarehouseAddress, to writer: inout BodyWriter) {
        writer.text("name", address.name)
        writer.text("address", address.address1)
        writer.text("address2", address.address2)
        writer.text("postCode", address.postCode)
        writer.text("city", address.city)
        writer.code("countryCode", address.countryCode)
        writer.text("email", address.email)
        writer.text("telePhone", address.phone)
        writer.text("mobilePhone", address.phone)
    }

    private func write(_ line: InboundLine, to writer: inout BodyWriter) {
        writer.code("rowNumber", line.row.text)
        writer.code("externalOrderLineId", line.row.text)
        writer.code("articleNumber", line.article.text)
        writer.decimal("numberOfItems", line.quantity.units)
        // The price of the whole row: seen in a live purchase order, where price by quantity is constant for each article.
        writer.decimal("rowPrice", line.totalWithVAT?.amount)
        writer.code("currencyCode", line.currency)
    }

    /// Which purchase orders to read.
    package enum PurchaseFilter: Sendable {
        case number(PurchaseOrderNumber)
        /// Those with a line of which another amount was reported than received.
        case toReport
        /// Head or lines changed.
        case updated(after: Moment)
        case lastReceived(after: Moment)
        case statusChanged(after: Moment)
        case status(from: Int, to: Int)
    }

    /// Every purchase order that passes the filter, in the order of the warehouse's identifiers. Time filters may return more than
    /// requested.
    package func purchaseOrders(_ filter: PurchaseFilter) throws -> [Row<WarehousePurchaseOrder>] {
        try purchaseRows(query(for: filter), filter).map(purchaseRow).filter { row in
            guard case .number(let number) = filter, case .value(let order) = row else { return true }
            return order.number == number
        }
    }

    /// The same page by page, for lists that are too long to be kept.
    package func eachPage(of filter: PurchaseFilter, _ dealWith: ([Row<WarehousePurchaseOrder>]) throws -> Void) throws {
        try eachPage(
            "purchaseOrders", query(for: filter), idFrom: "purchaseOrderIdFrom", limit: "maxPurchaseOrdersToGet",
            id: purchaseOrderID
        ) { try dealWith($0.map(purchaseRow)) }
    }

    private func query(for filter: PurchaseFilter) -> Query {
        var query = query()
        switch filter {
        case .number(let number): query.append("purchaseOrderNumber", number.text)
        case .toReport: query.append("onlyPurchaseOrdersWithOrderLinesToReport", "true")
        case .updated(let moment):
            query.append("purchaseOrderHeadOrLinesChangedTimeFrom", Self.bound(after: moment))
        case .lastReceived(let moment): query.append("lastReceiveTimeFrom", Self.bound(after: moment))
        case .statusChanged(let moment):
            query.append("purchaseOrderStatusChangedTimeFrom", Self.bound(after: moment))
        case .status(let from, let to): query.appendRange("purchaseOrderStatus", from, to)
        }
        return query
    }

    private func purchaseRow(_ wire: WireReader) -> Row<WarehousePurchaseOrder> {
        let showsTime = serverTime != nil
        return row(wire, key: purchaseOrderNumber) { wire throws(WireError) in
            var order = try WarehousePurchaseOrder(wire)
            if !showsTime {
                order.newestTime = wire.newestTime(
                    info: ("purchaseOrderInfo", ["createdDate", "arrivalDate"]), lines: "purchaseOrderLines",
                    items: ("articleItems", "inDate"))
            }
            return order
        }
    }

    private func purchaseOrderNumber(_ wire: WireReader) throws(WireError) -> String? {
        try wire.object("purchaseOrderInfo")?.name("purchaseOrderNumber")
    }

    private func purchaseOrderID(_ wire: WireReader) throws(WireError) -> Int {
        try wire.requiredObject("purchaseOrderInfo").required("purchaseOrderId", .whole)
    }

    /// What is named by its number is one: paging would only cost a second call.
    private func purchaseRows(_ query: Query, _ filter: PurchaseFilter) throws -> [WireReader] {
        if case .number = filter {
            return try api.read(.get("purchaseOrders", query)) { wire throws(WireError) in try wire.list() }
        }
        return try keySetPages(
            "purchaseOrders", query, idFrom: "purchaseOrderIdFrom", limit: "maxPurchaseOrdersToGet", id: purchaseOrderID)
    }

    /// - Returns: `nil` when the goods owner has no such purchase order.
    package func purchaseOrder(_ id: WarehouseID) throws -> WarehousePurchaseOrder? {
        try api.readIfPresent(.get("purchaseOrders/\(id)")) { wire throws(WireError) in try WarehousePurchaseOrder(wire) }
    }

    /// Refused once goods have been received, and perhaps when it is cancelled already: look it up.
    package func cancelPurchaseOrder(_ id: WarehouseID) throws { try perform(.delete("purchaseOrders/\(id)")) }

    /// Tells the warehouse how much of the received quantity of a line has been processed.
    package func reportReceived(_ quantity: Quantity, line: WarehouseID, of order: WarehouseID) throws {
        try perform(.patch("purchaseOrders/\(order)/lines/\(line)/reportedNumberOfItems", reported(quantity)))
    }
}

extension WarehousePurchaseOrder {
    init(_ wire: WireReader) throws(WireError) {
        let info = try wire.requiredObject("purchaseOrderInfo")
        let status = try info.requiredObject("purchaseOrderStatus")
        self.init(
            id: try info.identifier("purchaseOrderId"),
            number: PurchaseOrderNumber(try info.required("purchaseOrderNumber", .text)),
            status: try status.required("number", .whole),
            lines: try wire.nullableRows("purchaseOrderLines").map { line throws(WireError) in try WarehousePurchaseLine(line) })
        statusText = try status.name("text")
    }
}

extension WarehousePurchaseLine {
    init(_ wire: WireReader) throws(WireError) {
        self.init(
            id: try wire.identifier("id"), row: try wire.name("rowNumber").map { LineID($0) },
            article: try wire.object("article")?.name("articleNumber").map { ItemNumber($0) },
            advised: try wire.quantity("advisedNumberOfItems"), received: try wire.quantity("receivedNumberOfItems"),
            reported: try wire.optional("reportedNumberOfItems", .decimal).map { Quantity($0) })
    }
}
