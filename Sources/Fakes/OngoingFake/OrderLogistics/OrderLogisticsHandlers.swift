import Exchange
import FakeKit
import HTTPTypes
import JSON
import Units

/// What hangs on an order beside its lines: classes, tracking, parcels, waybill rows, text lines.
extension OngoingFake {
    /// What belongs to an order beside its lines.
    static var orderLogisticsRoutes: [Route<Handler>] {
        [
            .patch("orders/{orderId}/setOrderClasses", setOrderClasses),
            .patch("orders/{orderId}/addOrderClasses", addOrderClasses),
            .delete("orders/{orderId}/classes", deleteOrderClasses),
            .put("orders/{orderId}/orderTracking", putTracking),
            .put("orders/{orderId}/parcels", putParcel),
            .put("orders/{orderId}/parcels/{parcelId}", putParcelByID),
            .delete("orders/{orderId}/parcels/{parcelId}", deleteParcel),
            .put("orders/{orderId}/parcels/{parcelId}/parcelTracking", putParcelTracking),
            .get("orders/{orderId}/wayBillRows", getWayBillRows),
            .post("orders/{orderId}/wayBillRows", postWayBillRow),
            .patch("orders/{orderId}/wayBillRows/{wayBillRowId}", patchWayBillRow),
            .delete("orders/{orderId}/wayBillRows/{wayBillRowId}", deleteWayBillRow),
            .put("orders/{orderId}/orderTextLines", putOrderTextLine),
            .get("orders/{orderId}/invoiceCharges", getInvoiceCharges),
        ]
    }

    // MARK: Classes

    func setOrderClasses(_ context: RequestContext) throws(Refusal) -> Response { try changeClasses(context, adds: false) }

    func addOrderClasses(_ context: RequestContext) throws(Refusal) -> Response { try changeClasses(context, adds: true) }

    private func changeClasses(_ context: RequestContext, adds: Bool) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let body = try body(context, RequestShapes.orderClasses, "m")
        let given = body["classes"]?.array ?? []
        for entry in given { owner.settleOrderClass(entry) }
        let classes = given.map { CodeName(code: $0["code"]?.string ?? "", name: $0["name"]?.string) }
        owner.changeOrder(order.id, at: context.now, header: true) { order in
            let kept = adds ? order.classes.filter { old in !classes.contains { $0.code == old.code } } : []
            order.classes = kept + classes
        }
        return orderPatched(order.id)
    }

    func deleteOrderClasses(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        var query = context.query(behaviour)
        let onlySuggestions = query.flag("onlyDeleteParcelTypeSuggestionOrderClasses") ?? false
        try query.check()
        // The fake does not distinguish classes that suggest a type of parcel.
        if !onlySuggestions { owner.changeOrder(order.id, at: context.now, header: true) { $0.classes = [] } }
        return orderPatched(order.id)
    }

    // MARK: Tracking and parcels

    func putTracking(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let tracking = tracking(try body(context, RequestShapes.tracking, "m"), context.now)
        owner.changeOrder(order.id, at: context.now) { order in
            order.tracking.removeAll { $0.waybill == tracking.waybill && $0.isReturn == tracking.isReturn }
            order.tracking.append(tracking)
        }
        return ok(["success": true, "message": "Tracking saved."])
    }

    private func tracking(_ body: JSONObject, _ now: Moment) -> TrackingRecord {
        TrackingRecord(
            waybill: body.text("waybill")!, url: body.text("trackingUrl")!, isReturn: body["isReturnTracking"]?.bool ?? false,
            created: now)
    }

    func putParcel(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let body = try body(context, RequestShapes.parcel, "m")
        let known = order.parcels.first { $0.number == body.text("parcelNumber") }
        let id = known?.id ?? store.ids.next(\.other)
        save(body, parcel: id, of: order, owner, context.now)
        return success("parcelId", id, "Parcel saved.")
    }

    func putParcelByID(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let body = try body(context, RequestShapes.parcelByID, "m")
        let id = try parcel(context, of: order).id
        save(body, parcel: id, of: order, owner, context.now)
        return success("parcelId", id, "Parcel saved.")
    }

    private func parcel(_ context: RequestContext, of order: OrderRecord) throws(Refusal) -> ParcelRecord {
        let id = try context.id("parcelId")
        guard let parcel = order.parcels.first(where: { $0.id == id }) else {
            throw .notFound("Parcel with id \(id) was not found on order \(order.number).")
        }
        return parcel
    }

    private func save(_ body: JSONObject, parcel id: Int, of order: OrderRecord, _ owner: GoodsOwner, _ now: Moment) {
        owner.changeOrder(order.id, at: now) { order in
            let index = order.parcels.firstIndex { $0.id == id } ?? order.parcels.count
            if index == order.parcels.count {
                order.parcels.append(ParcelRecord(id: id, number: "", isReturn: false, fields: [:]))
            }
            order.parcels[index].number = body.text("parcelNumber") ?? order.parcels[index].number
            order.parcels[index].fields = order.parcels[index].fields.merging(body)
            if let given = body["tracking"]?.object { order.parcels[index].tracking = self.tracking(given, now) }
        }
    }

    func putParcelTracking(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let tracking = tracking(try body(context, RequestShapes.tracking, "m"), context.now)
        let id = try parcel(context, of: order).id
        owner.changeOrder(order.id, at: context.now) { order in
            for index in order.parcels.indices where order.parcels[index].id == id {
                order.parcels[index].tracking = tracking
                order.parcels[index].isReturn = tracking.isReturn
            }
        }
        return success("parcelId", id, "Tracking saved.")
    }

    /// Nothing is packed into parcels here, so each is empty and may go.
    func deleteParcel(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let id = try parcel(context, of: order).id
        owner.changeOrder(order.id, at: context.now) { $0.parcels.removeAll { $0.id == id } }
        return success("parcelId", id, "Parcel deleted.")
    }

    // MARK: Waybill rows

    func getWayBillRows(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, _) = try order(context)
        return ok(.array(order.wayBillRows.map(ResponseShapes.wayBillRow.render)))
    }

    func postWayBillRow(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let body = try body(context, RequestShapes.wayBillRow, "m")
        let id = store.ids.next(\.other)
        owner.changeOrder(order.id, at: context.now) { $0.wayBillRows.append(WayBillRowRecord(id: id, fields: body)) }
        return success("wayBillRowId", id, "Waybill row saved.")
    }

    private func wayBillRow(_ context: RequestContext, of order: OrderRecord) throws(Refusal) -> Int {
        let id = try context.id("wayBillRowId")
        guard order.wayBillRows.contains(where: { $0.id == id }) else {
            throw .notFound("Waybill row with id \(id) was not found on order \(order.number).")
        }
        return id
    }

    func patchWayBillRow(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let id = try wayBillRow(context, of: order)
        let body = try body(context, RequestShapes.wayBillRow, "m")
        owner.changeOrder(order.id, at: context.now) { order in
            for index in order.wayBillRows.indices where order.wayBillRows[index].id == id {
                order.wayBillRows[index].fields = body
            }
        }
        return success("wayBillRowId", id, "Waybill row saved.")
    }

    func deleteWayBillRow(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let id = try wayBillRow(context, of: order)
        owner.changeOrder(order.id, at: context.now) { $0.wayBillRows.removeAll { $0.id == id } }
        // The vendor declares the response of a parcel here.
        return success("parcelId", 0, "Waybill row deleted.")
    }

    /// The warehouse charges nothing here.
    func getInvoiceCharges(_ context: RequestContext) throws(Refusal) -> Response {
        _ = try order(context)
        return ok(.array([]))
    }

    // MARK: Text lines

    func putOrderTextLine(_ context: RequestContext) throws(Refusal) -> Response {
        let (order, owner) = try order(context)
        let body = try body(context, RequestShapes.textLine, "m")
        let known = order.textLines.first { $0.fields["rowNumber"] == body["rowNumber"] }
        let id = known?.id ?? store.ids.next(\.other)
        owner.changeOrder(order.id, at: context.now) { order in
            order.textLines.removeAll { $0.id == id }
            order.textLines.append((id, body))
        }
        return success("orderTextLineId", id, "Text line saved.")
    }
}
