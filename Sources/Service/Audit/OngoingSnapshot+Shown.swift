import Invariants
import JSON
import SyncCore
import Units

// What the warehouse shows, as the invariants read it: with the members of the request that wrote it. The only place where one
// becomes the other. What is empty is left out.

/// A member that is written under one name and shown at one place, or an object of such members.
private struct Member {
    let name: String
    let place: [String]
    let members: [Member]

    /// - Parameter place: Where it is shown, seen from the object around it; `nil`: under its own name.
    init(_ name: String, at place: String? = nil, _ members: [Member] = []) {
        self.name = name
        self.place = (place ?? name).split(separator: ".").map(String.init)
        self.members = members
    }

    static func read(_ members: [Member], of json: JSON) -> JSONObject {
        var object = JSONObject()
        for member in members {
            guard let found = json.at(member.place) else { continue }
            guard member.members.isEmpty else {
                let inner = read(member.members, of: found)
                if !inner.isEmpty { object.append(member.name, .object(inner)) }
                continue
            }
            // A flag that is off counts as none.
            if !found.isNull, found != "", found != false { object.append(member.name, found) }
        }
        return object
    }
}

/// Members that are written and shown under the same name.
private func same(_ names: String...) -> [Member] { names.map { Member($0) } }

private let notification = same("value", "toBeNotified")

private let articleMembers =
    same(
        "articleName", "productCode", "description", "customerPrice", "height", "length", "width", "weight", "linkToPicture",
        "isActive")
    + [
        Member("barCodeInfo", same("barCode")), Member("articleGroup", same("code", "name")),
        Member("storageProperties", same("isBatchArticle", "isSerialNumberArticle")),
        Member("supplierInfo", same("supplierNumber", "supplierName")),
    ]

private let orderMembers =
    same("deliveryInstruction", "referenceNumber", "deliveryDate") + [
        Member("customsInfo", same("customsValueCurrencyCode")), Member("advanced", same("invoiceNumber")),
        Member("emailNotification", notification), Member("smsNotification", notification),
    ]

private let consigneeMembers =
    same("name", "customerNumber", "address1", "address2", "city", "postCode", "countryCode") + [
        Member("advanced", [Member("emailNotification", notification), Member("smsNotification", notification)]),
        Member(
            "invoiceAddress",
            same("name", "address1", "address2", "city", "postCode", "countryCode") + [
                Member("advanced", [Member("emailNotification", same("value")), Member("smsNotification", same("value"))])
            ]),
    ]

private let orderLineMembers =
    same("externalId", "lineTotalCustomsValue") + [Member("prices", same("customerLinePrice", "currencyCode"))]

private let purchaseOrderMembers: [Member] = [
    Member("purchaseOrderRemark", at: "purchaseOrderInfo.purchaseOrderRemark"),
    Member("referenceNumber", at: "purchaseOrderInfo.referenceNumber"),
    Member("advanced", at: "purchaseOrderInfo.advanced", same("orderDate")),
    Member("freeValues", at: "purchaseOrderInfo.freeValues", same("freeText1", "freeText2")),
    Member(
        "supplierInfo",
        same("supplierNumber", "supplierName") + [
            Member(
                "supplierAddress", at: "address",
                [Member("address", at: "address1")] + same("address2", "city", "postCode", "countryCode"))
        ]),
]

private let purchaseLineMembers = same("externalOrderLineId", "rowPrice") + [Member("currencyCode", at: "currency.code")]

/// The members that can be written and are shown nowhere.
let unseenMembers: Set<String> = [
    "advanced.termsOfPaymentString", "supplierInfo.supplierAddress.name", "supplierInfo.supplierAddress.email",
    "supplierInfo.supplierAddress.telePhone", "supplierInfo.supplierAddress.mobilePhone",
]

/// A row that lacks what identifies it.
struct UnshownMember: Error {
    let name: String
}

extension JSON {
    /// Numbers come as numbers or as texts; nothing is zero.
    fileprivate var exact: ExactDecimal? { (number?.text ?? string).flatMap { ExactDecimal($0) } }

    fileprivate func whole(_ path: String...) throws(UnshownMember) -> Int {
        guard let value = at(path)?.exact, let whole = Int(value.description) else {
            throw UnshownMember(name: path.joined(separator: "."))
        }
        return whole
    }

    fileprivate func words(_ path: String...) -> String? { at(path)?.string.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 } }

    fileprivate func moment(_ path: String..., zone: Zone) -> Moment? {
        guard let text = at(path)?.string else { return nil }
        return Moment(iso: text, zone: zone) ?? CivilDate(text).map { Moment($0, zone: zone) }
    }
}

/// Something that was picked or received, by the item that shows it.
struct ShownMovement {
    let line: OngoingSnapshot.OrderLine
    let parts: [(time: Moment, quantity: ExactDecimal)]
}

extension OngoingSnapshot.Article {
    init(_ json: JSON, goodsOwner: Int) throws(UnshownMember) {
        guard let number = json["articleNumber"]?.string else { throw UnshownMember(name: "articleNumber") }
        self.init(goodsOwner: goodsOwner, number: number, fields: Member.read(articleMembers, of: json))
    }
}

/// An order or purchase order with what was moved of it.
struct ShownDocument<Document> {
    var document: Document
    var movements: [ShownMovement]
}

extension ShownDocument<OngoingSnapshot.Order> {
    init(_ json: JSON, _ settings: ConnectionSettings, zone: Zone, ahead: Duration) throws(UnshownMember) {
        guard let info = json["orderInfo"], let number = info["orderNumber"]?.string else {
            throw UnshownMember(name: "orderInfo.orderNumber")
        }
        let status = try info.whole("orderStatus", "number")
        var history: [OngoingSnapshot.StatusChange] = []
        // The history is not shown, but when the order was sent is.
        let sent = info.moment("shippedTime", zone: zone).map { $0 - ahead }
        if !(settings.shippedStatusFrom...settings.shippedStatusTo).contains(status), let sent {
            history.append(.init(time: sent, status: settings.shippedStatusFrom))
        }
        history.append(.init(time: sent ?? Moment(milliseconds: 0), status: status))
        var lines: [OngoingSnapshot.OrderLine] = []
        movements = []
        for row in json["orderLines"]?.array ?? [] {
            var line = OngoingSnapshot.OrderLine(
                id: try row.whole("id"), row: row.words("rowNumber"),
                article: row.at(["article", "articleNumber"])?.string ?? "",
                quantity: row["orderedNumberOfItems"]?.exact ?? .zero, moved: row["pickedNumberOfItems"]?.exact ?? .zero,
                reported: row["reportedNumberOfItems"]?.exact, fields: Member.read(orderLineMembers, of: row))
            line.allocated = row["allocatedNumberOfItems"]?.exact ?? .zero
            line.returned = row["returnedNumberOfItems"]?.exact ?? .zero
            lines.append(line)
            guard !line.moved.isZero else { continue }
            let parts = (row["pickedArticleItems"]?.array ?? []).compactMap { item -> (Moment, ExactDecimal)? in
                guard item["isPicked"]?.bool ?? true, let quantity = item["numberOfItems"]?.exact,
                    let time = item.moment("pickedTime", zone: zone)
                else { return nil }
                return (time - ahead, quantity)
            }
            movements.append(ShownMovement(line: line, parts: parts))
        }
        document = OngoingSnapshot.Order(
            goodsOwner: settings.goodsOwner, id: try info.whole("orderId"), number: number,
            goodsOwnerOrderId: info.words("goodsOwnerOrderId"), history: history,
            isCancelled: settings.stage(ofOrderAt: status, hasMoved: false) == .cancelled,
            fields: Member.read(orderMembers, of: info), consignee: Member.read(consigneeMembers, of: json["consignee"] ?? .null),
            lines: lines)
        document.backOrderFor = info.at(["advanced", "backOrderInfo", "backOrderForOrderId"])?.exact.flatMap {
            Int($0.description)
        }
    }
}

extension ShownDocument<OngoingSnapshot.PurchaseOrder> {
    init(_ json: JSON, _ settings: ConnectionSettings, zone: Zone, ahead: Duration) throws(UnshownMember) {
        guard let info = json["purchaseOrderInfo"], let number = info["purchaseOrderNumber"]?.string else {
            throw UnshownMember(name: "purchaseOrderInfo.purchaseOrderNumber")
        }
        let status = try info.whole("purchaseOrderStatus", "number")
        var lines: [OngoingSnapshot.OrderLine] = []
        movements = []
        for row in json["purchaseOrderLines"]?.array ?? [] {
            let line = OngoingSnapshot.OrderLine(
                id: try row.whole("id"), row: row.words("rowNumber"),
                article: row.at(["article", "articleNumber"])?.string ?? "",
                quantity: row["advisedNumberOfItems"]?.exact ?? .zero, moved: row["receivedNumberOfItems"]?.exact ?? .zero,
                reported: row["reportedNumberOfItems"]?.exact, fields: Member.read(purchaseLineMembers, of: row))
            lines.append(line)
            guard !line.moved.isZero else { continue }
            let parts = (row["articleItems"]?.array ?? []).compactMap { item -> (Moment, ExactDecimal)? in
                guard let quantity = item["numberOfItems"]?.exact, let time = item.moment("inDate", zone: zone) else {
                    return nil
                }
                return (time - ahead, quantity)
            }
            movements.append(ShownMovement(line: line, parts: parts))
        }
        document = OngoingSnapshot.PurchaseOrder(
            goodsOwner: settings.goodsOwner, id: try info.whole("purchaseOrderId"), number: number,
            history: [.init(time: Moment(milliseconds: 0), status: status)],
            isCancelled: settings.stage(ofPurchaseOrderAt: status, hasMoved: false) == .cancelled,
            fields: Member.read(purchaseOrderMembers, of: json), lines: lines)
    }
}
