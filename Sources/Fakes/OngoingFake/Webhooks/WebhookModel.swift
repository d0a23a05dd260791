package import HTTPTypes
import JSON
package import Units

extension OngoingFake {
    /// Where the warehouse sends word of what happens, as configured by hand in the tenant.
    package struct WebhookSettings: Sendable {
        package enum Subject: String, Sendable, CaseIterable {
            case order, purchaseOrder, purchaseOrderLine, inboundAndMove, inventory
        }

        /// `nil`: an automation, which fires for all goods owners.
        package var goodsOwner: Int?
        package var subjects: Set<Subject>
        /// The path at the receiver, such as `/webhooks/ongoing`.
        package var target: String
        /// The fixed value of `X-Auth-Token` the receiver chose.
        package var token: String
        /// Only changes to these statuses are told; `nil`: to all.
        package var statuses: [Int]?
        /// Whether an order or a purchase order is told of when it is created.
        package var tellsOfNew: Bool

        package init(
            goodsOwner: Int? = nil, subjects: Set<Subject> = Set(Subject.allCases), target: String, token: String,
            statuses: [Int]? = nil, tellsOfNew: Bool = true
        ) {
            self.goodsOwner = goodsOwner
            self.subjects = subjects
            self.target = target
            self.token = token
            self.statuses = statuses
            self.tellsOfNew = tellsOfNew
        }
    }

    /// One message of the warehouse that is to be delivered by POST.
    package struct WebhookDelivery: Sendable {
        /// `webhookEventId`: the receiver knows a repetition by it.
        package let eventID: String
        package let subject: WebhookSettings.Subject
        package let target: String
        package let headers: HTTPFields
        package let body: [UInt8]
        package let createdAt: Moment
    }
}

/// Writes the messages; delivering and repeating them is for others.
final class WebhookOutbox {
    private var settings: [WebhookSettings] = []
    private(set) var deliveries: [WebhookDelivery] = []
    private var events = 0

    func configure(_ settings: WebhookSettings) { self.settings.append(settings) }

    func take() -> [WebhookDelivery] {
        defer { deliveries = [] }
        return deliveries
    }

    // MARK: What is told

    func orderChanged(from before: OrderRecord?, to after: OrderRecord, of owner: GoodsOwner, at now: Moment) {
        guard !settings.isEmpty else { return }
        let isPicked = after.status >= OrderStatus.picked && !after.isCancelled && after.hasPicks
        let wasPicked = before.map { $0.status >= OrderStatus.picked && $0.hasPicks } ?? false
        let occasion = Occasion.status(old: before?.status, new: after.status, isFirstWork: isPicked && !wasPicked)
        tell(.order, of: owner, occasion, at: now) { event in
            var body = event
            body.append("webhookOrdersId", JSON(self.events))
            body.append("orderId", JSON(after.id))
            body.append("orderNumber", .string(after.number))
            Self.append(owner, to: &body)
            body.append("goodsOwnerClasses", [])
            body.append("path", .string("orders/\(after.id)"))
            body.append("byUser", nil)
            body.append("byComputer", nil)
            body.append("orderStatus", ["number": JSON(after.status)])
            body.append("currentShipmentId", nil)
            body.append("webhookTemplate", nil)
            body.append("tracking", .array(after.tracking.map(Self.tracking)))
            body.append("parcels", .array(after.parcels.map(Self.parcel)))
            return body
        }
    }

    func purchaseOrderChanged(
        from before: PurchaseOrderRecord?, to after: PurchaseOrderRecord, of owner: GoodsOwner, at now: Moment
    ) {
        guard !settings.isEmpty else { return }
        let isReceived = after.status >= PurchaseOrderStatus.deviation && !after.isCancelled && after.hasReceipts
        let wasReceived = before.map { $0.status >= PurchaseOrderStatus.deviation && $0.hasReceipts } ?? false
        let occasion = Occasion.status(old: before?.status, new: after.status, isFirstWork: isReceived && !wasReceived)
        tell(.purchaseOrder, of: owner, occasion, at: now) { event in
            var body = event
            body.append("webhookPurchaseOrdersId", JSON(self.events))
            body.append("purchaseOrderId", JSON(after.id))
            body.append("purchaseOrderNumber", .string(after.number))
            Self.append(owner, to: &body)
            body.append("path", .string("purchaseOrders/\(after.id)"))
            body.append("webhookTemplate", nil)
            body.append("purchaseOrderStatus", ["number": JSON(after.status)])
            body.append("purchaseOrderType", Self.type(of: after, owner))
            return body
        }
        for line in Self.changedLines(before, after) {
            tell(.purchaseOrderLine, of: owner, .always, at: now) { event in
                var body = event
                Self.append(owner, to: &body)
                body.append("path", .string("purchaseOrders/\(after.id)"))
                body.append(
                    "purchaseOrderInfo",
                    [
                        "purchaseOrderId": JSON(after.id), "purchaseOrderNumber": .string(after.number),
                        "purchaseOrderStatus": ["number": JSON(after.status)],
                    ])
                body.append("purchaseOrderLineInfo", ["purchaseOrderLineId": JSON(line)])
                return body
            }
        }
    }

    // MARK: How it is told

    /// What is told always, and what only some settings ask for.
    enum Occasion {
        case always
        /// A status was reached; or the work of that status was done for the first time: something was picked or received.
        case status(old: Int?, new: Int, isFirstWork: Bool)

        func concerns(_ settings: WebhookSettings) -> Bool {
            switch self {
            case .always: true
            case .status(nil, _, _): settings.tellsOfNew
            case .status(let old?, let new, let isFirstWork):
                isFirstWork || (old != new && settings.statuses?.contains(new) != false)
            }
        }
    }

    func tell(
        _ subject: WebhookSettings.Subject, of owner: GoodsOwner, _ occasion: Occasion, at now: Moment,
        _ payload: (JSONObject) -> JSONObject
    ) {
        for settings in settings
        where settings.subjects.contains(subject) && (settings.goodsOwner ?? owner.id) == owner.id && occasion.concerns(settings)
        {
            events += 1
            let eventID = "event-\(events)"
            // Seven decimals and no zone: so the vendor's examples have it.
            let timestamp = String(now.isoUTCMilliseconds.dropLast()) + "0000"
            let body = payload([
                "webhookEventId": .string(eventID), "system": "demo", "timestamp": .string(timestamp),
            ])
            var headers: HTTPFields = [.contentType: "application/json"]
            headers[Self.tokenHeader] = settings.token
            deliveries.append(
                WebhookDelivery(
                    eventID: eventID, subject: subject, target: settings.target, headers: headers,
                    body: JSON.object(body).serialized, createdAt: now))
        }
    }

    private static let tokenHeader = HTTPField.Name("X-Auth-Token")!

    static func append(_ owner: GoodsOwner, to body: inout JSONObject) {
        body.append("goodsOwnerId", JSON(owner.id))
        body.append("goodsOwnerName", .string(owner.name))
    }

    static func article(_ id: Int, _ owner: GoodsOwner) -> JSON {
        let record = owner.articles[id]
        return [
            "articleSystemId": JSON(id), "articleNumber": .string(record.number),
            "barCode": record.field("barCodeInfo.barCode") ?? "",
        ]
    }

    private static func tracking(_ tracking: TrackingRecord) -> JSON {
        [
            "trackingUrl": .string(tracking.url), "waybill": .string(tracking.waybill), "isReturn": .bool(tracking.isReturn),
        ]
    }

    private static func parcel(_ parcel: ParcelRecord) -> JSON {
        [
            "id": JSON(parcel.id), "parcelNumber": .string(parcel.number), "isReturnParcel": .bool(parcel.isReturn),
            "tracking": parcel.tracking.map { ["trackingUrl": .string($0.url)] } ?? nil,
        ]
    }

    private static func type(of order: PurchaseOrderRecord, _ owner: GoodsOwner) -> JSON {
        guard let code = order.fields.text("purchaseOrderType.code"),
            let entry = owner.catalogues.find(.purchaseOrderType, code: code)
        else { return .null }
        return ["purchaseOrderTypeId": JSON(entry.id), "purchaseOrderTypeCode": .string(code)]
    }

    /// The ids of lines that came, went, or look different.
    private static func changedLines(_ before: PurchaseOrderRecord?, _ after: PurchaseOrderRecord) -> [Int] {
        let old = before?.lines ?? []
        let gone = old.filter { line in !after.lines.contains { $0.id == line.id } }
        let changed = after.lines.filter { line in
            guard let former = old.first(where: { $0.id == line.id }) else { return true }
            return former.advised != line.advised || former.received != line.received || former.article != line.article
                || former.fields != line.fields
        }
        return (gone + changed).map(\.id)
    }
}
