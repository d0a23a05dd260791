import Exchange
import HTTPTypes
import JSON
import OngoingClient
import SyncCore
import SyncEngine
import Trade
import Units

extension Canary {
    func tryWarehouse() throws {
        let stamp = "\(clock.now().milliseconds / 1000)"
        var goods = Article(number: ItemNumber(article))
        goods.name = "Tandem canary, not for sale"
        goods.isActive = true
        try clients.ongoing.put(goods)
        reserved = 3
        let today = clock.now().date(in: .copenhagen)
        var consignee = WarehouseAddress()
        consignee.name = "Tandem canary, do not send"
        consignee.address1 = "Do not pick"
        consignee.postCode = "0000"
        consignee.city = "Nowhere"
        consignee.countryCode = "DK"
        let number = OrderNumber(Self.prefix + stamp)
        var order = OutboundOrder(
            number: number, erpNumber: number, deliveryDate: today, consignee: consignee,
            lines: (1...2).map {
                OutboundLine(
                    row: LineID("\($0)"), article: ItemNumber(article), quantity: Quantity("\($0 + 1)")!, totalWithVAT: nil)
            })
        order.deliveryInstruction = "A test of Tandem: do not pick."
        let id = try clients.ongoing.put(order)
        if try !clients.ongoing.shows(order, at: id) {
            kinds.append(.canaryDiffers(step: "order", field: "the warehouse does not show it as it was written"))
        }
        // Without the second line and without the text: what is left out is deleted, erased or kept.
        var body: JSONObject = [
            "goodsOwnerId": JSON(settings.goodsOwner), "orderNumber": .string(number.text),
            "deliveryDate": .string(today.description), "consignee": ["name": "Tandem canary, do not send"],
        ]
        body.append(
            "orderLines", [["rowNumber": "1", "articleNumber": .string(article), "numberOfItems": 2]])
        let updated = try warehouse.write(.put, "orders", .object(body))
        guard updated.isSuccess else { throw StepFailure(reason: "the update of the order was refused with \(updated.status)") }
        let held = try warehouse.get("orders/\(id)").tree
        see(.ongoing, "put.missing_lines", .choice((held?["orderLines"]?.array?.count ?? 0) > 1 ? "keep" : "delete"))
        let text = held?.at(["orderInfo", "deliveryInstruction"])?.string ?? ""
        see(.ongoing, "put.null_members", .choice(text.isEmpty ? "erase" : "keep"))
        try clients.ongoing.cancelOrder(id)
        cancelledOrder = (id, .object(body))
        let status = try clients.ongoing.order(id)?.status
        if let status, status != settings.cancelledOrderStatus {
            kinds.append(
                .canaryDiffers(
                    step: "cancelled order",
                    field: "status \(status), and 'cancelled-order-status' says \(settings.cancelledOrderStatus)"))
        }
        let purchase = InboundOrder(
            number: PurchaseOrderNumber(number.text), erpNumber: PurchaseOrderNumber(number.text),
            lines: [
                InboundLine(
                    row: LineID("1"), article: ItemNumber(article), quantity: Quantity("3")!, currency: nil, totalWithVAT: nil)
            ])
        let purchaseID = try clients.ongoing.put(purchase)
        if try !clients.ongoing.shows(purchase, at: purchaseID) {
            kinds.append(.canaryDiffers(step: "purchase order", field: "the warehouse does not show it as it was written"))
        }
        reserved = 2
    }
}
