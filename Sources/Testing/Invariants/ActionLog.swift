package import Units

/// The third book: what people did in the shop and in the warehouse, as it happened.
///
/// The runner writes it while it pulls levers; the engine never does. The rules hold both systems against it, so that two
/// systems that agree on something that nobody did do not pass.
package struct ActionLog: Sendable {
    package struct Entry: Sendable, Equatable {
        package let time: Moment
        package let act: Act
    }

    /// Oldest first.
    package private(set) var entries: [Entry] = []

    package init() {}

    /// Entries come in the order in which things happened.
    package mutating func write(_ act: Act, at time: Moment) {
        precondition(entries.last.map { $0.time <= time } ?? true, "the book is written in order")
        entries.append(Entry(time: time, act: act))
    }
}

extension ActionLog {
    /// What a person did. Orders and purchase orders go by their number in Rackbeat or in the warehouse, as the case says; lines
    /// by Rackbeat's line id, which the warehouse has as row number; quantities are in sales units.
    package enum Act: Sendable, Equatable {
        // In the shop.

        /// Any of its master data. Rackbeat stamps whole seconds, which cannot tell a change from a round in the same second.
        case productChanged(String)
        /// Booked, or booked again, with these lines; text lines and items without inventory are not among them.
        case orderBooked(String, lines: [Line])
        /// Back to draft.
        case orderReopened(String)
        /// Cancelled or deleted.
        case orderCancelled(String)
        case purchaseOrderBooked(String, lines: [Line])
        case purchaseOrderReopened(String)
        case purchaseOrderCancelled(String)
        /// The office shipped by hand, past the warehouse.
        case shippedByHand(order: String, line: String, location: String, quantity: ExactDecimal)
        case receivedByHand(purchaseOrder: String, line: String, location: String, quantity: ExactDecimal)
        /// The office counted stock and booked the difference in Rackbeat.
        case counted(item: String, location: String, change: ExactDecimal)

        // In the warehouse. Orders go by the number they carry there.

        case picked(goodsOwner: Int, order: String, line: String, item: String, quantity: ExactDecimal)
        /// Picked goods were put back; the quantity is positive.
        case unpicked(goodsOwner: Int, order: String, line: String, item: String, quantity: ExactDecimal)
        /// The order was set to this status by hand or by sending, collecting, releasing.
        case orderReached(goodsOwner: Int, order: String, status: Int)
        /// A new order carries the rest of an old one.
        case backOrdered(goodsOwner: Int, order: String, rest: String)
        case orderCancelledInWarehouse(goodsOwner: Int, order: String)
        case received(goodsOwner: Int, purchaseOrder: String, line: String, item: String, quantity: ExactDecimal)
        /// A receipt was corrected by this signed change.
        case receiptCorrected(goodsOwner: Int, purchaseOrder: String, line: String, item: String, change: ExactDecimal)
        case purchaseOrderReached(goodsOwner: Int, purchaseOrder: String, status: Int)
        /// One row of an inventory adjustment.
        case adjusted(goodsOwner: Int, item: String, change: ExactDecimal, inventory: Int)

        // Behind both systems' backs: stock that changed without a document.

        case drifted(Side, item: String, change: ExactDecimal)
    }

    /// A line as it was booked.
    package struct Line: Sendable, Equatable {
        package var id: String
        package var item: String
        /// The number of the location; `nil`: the line names none.
        package var location: String?
        package var quantity: ExactDecimal

        package init(id: String, item: String, location: String?, quantity: ExactDecimal) {
            self.id = id
            self.item = item
            self.location = location
            self.quantity = quantity
        }
    }

    /// Where stock lies.
    package enum Side: Sendable, Equatable {
        case shop(location: String)
        case warehouse(goodsOwner: Int)
    }
}

extension ActionLog.Act {
    /// The numbers of what was acted on, as the document or the item is named where it was done.
    var subjects: [String] {
        switch self {
        case .productChanged(let number): [number]
        case .orderBooked(let number, _), .orderReopened(let number), .orderCancelled(let number): [number]
        case .purchaseOrderBooked(let number, _), .purchaseOrderReopened(let number), .purchaseOrderCancelled(let number):
            [number]
        case .shippedByHand(let order, _, _, _), .receivedByHand(let order, _, _, _): [order]
        case .picked(_, let order, _, let item, _), .unpicked(_, let order, _, let item, _): [order, item]
        case .orderReached(_, let order, _), .orderCancelledInWarehouse(_, let order): [order]
        case .backOrdered(_, let order, let rest): [order, rest]
        case .received(_, let order, _, let item, _), .receiptCorrected(_, let order, _, let item, _): [order, item]
        case .purchaseOrderReached(_, let order, _): [order]
        case .counted(let item, _, _), .adjusted(_, let item, _, _), .drifted(_, let item, _): [item]
        }
    }
}
