import Exchange
import JSON
import Units

/// A sales order or a purchase order, as Rackbeat showed it.
struct SeenOrder: Equatable {
    struct Line: Equatable {
        let id: String
        /// `nil`: a line of text.
        let item: String?
        let quantity: ExactDecimal
        /// Shipped or received.
        let done: ExactDecimal
        let location: String?
        let price: ExactDecimal?
        let discount: ExactDecimal?
        let vat: ExactDecimal?

        /// What people can change.
        func says(theSameAs other: Line) -> Bool {
            (item, quantity, location, price) == (other.item, other.quantity, other.location, other.price)
                && (discount, vat) == (other.discount, other.vat)
        }
    }

    let number: String
    let isBooked: Bool
    let isCancelled: Bool
    /// `nil` where a list does not show them.
    let lines: [Line]?
    let bookedAt: Moment?
    let updatedAt: Moment?
    let currency: String?
    let zone: String?
    let deliverAt: String?

    init?(_ row: JSON) {
        guard let number = row["number"]?.recordedKey else { return nil }
        self.number = number
        isBooked = row["is_booked"]?.bool ?? false
        isCancelled = row["is_cancelled"]?.bool ?? false
        lines = row["lines"]?.array?.compactMap(Line.init)
        bookedAt = row["booked_at"]?.recordedTime
        updatedAt = row["updated_at"]?.recordedTime
        currency = row["currency"]?.string
        zone = row["vat_zone"]?.string
        deliverAt = (row["deliver_at"] ?? row["preferred_delivery_date"])?.string.map { String($0.prefix(10)) }
    }

    /// Whether nothing is left to ship or to receive.
    var isDone: Bool {
        guard let lines, lines.contains(where: { $0.item != nil }) else { return false }
        return lines.allSatisfy { $0.item == nil || $0.quantity <= $0.done }
    }
}

extension SeenOrder.Line {
    init?(_ row: JSON) {
        guard let id = row["id"]?.recordedKey, let quantity = row["quantity"]?.recordedDecimal else { return nil }
        self.id = id
        item = (row["child_id"] ?? row["item"]?["number"])?.recordedKey
        self.quantity = quantity
        done = (row["quantity_shipped"] ?? row["quantity_received"])?.recordedDecimal ?? .zero
        location = (row["location_id"] ?? row["location"]?["number"])?.recordedKey
        price = row["line_price"]?.recordedDecimal
        discount = row["discount_percentage"]?.recordedDecimal
        vat = row["vat_percentage"]?.recordedDecimal
    }
}

/// An order or a purchase order, as the warehouse showed it.
struct SeenInWarehouse: Equatable {
    struct Line: Equatable {
        let row: String
        let article: String
        let ordered: ExactDecimal
        /// Picked or received.
        let moved: ExactDecimal
        /// When goods were moved the last time, where it is shown.
        let movedAt: Moment?
    }

    let id: String
    let number: String
    let status: Int?
    let lines: [Line]

    /// - Parameter isSale: An order; otherwise a purchase order.
    init?(_ row: JSON, isSale: Bool) {
        let info = row[isSale ? "orderInfo" : "purchaseOrderInfo"]
        guard let id = info?[isSale ? "orderId" : "purchaseOrderId"]?.recordedKey,
            let number = info?[isSale ? "orderNumber" : "purchaseOrderNumber"]?.recordedKey
        else { return nil }
        self.id = id
        self.number = number
        status = info?[isSale ? "orderStatus" : "purchaseOrderStatus"]?["number"]?.int
        lines = (row[isSale ? "orderLines" : "purchaseOrderLines"]?.array ?? []).compactMap { line in
            guard let number = line["rowNumber"]?.recordedKey, let article = line["article"]?["articleNumber"]?.recordedKey else {
                return nil
            }
            let goods = line[isSale ? "pickedArticleItems" : "articleItems"]?.array ?? []
            return Line(
                row: number, article: article,
                ordered: line[isSale ? "orderedNumberOfItems" : "advisedNumberOfItems"]?.recordedDecimal ?? .zero,
                moved: line[isSale ? "pickedNumberOfItems" : "receivedNumberOfItems"]?.recordedDecimal ?? .zero,
                movedAt: goods.compactMap { ($0["pickedTime"] ?? $0["inDate"])?.recordedTime }.max())
        }
    }
}

extension JSON {
    /// A number or a text.
    var recordedKey: String? { string ?? number?.text }
    var recordedDecimal: ExactDecimal? { number.flatMap { ExactDecimal($0.text) } ?? string.flatMap { ExactDecimal($0) } }
    /// Rackbeat's accounts are Danish: a time without a zone is one of Copenhagen.
    var recordedTime: Moment? { string.flatMap { Moment(iso: $0, zone: .copenhagen) } }
}

extension JSON {
    /// The value that a path of members leads to.
    func at(_ path: [String]) -> JSON? {
        var value: JSON? = self
        for name in path { value = value?[name] }
        return value
    }
}
