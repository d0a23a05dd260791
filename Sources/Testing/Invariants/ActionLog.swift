package import Units

/// The record of what people did in Rackbeat and in the warehouse, in order.
///
/// The test actions write it, never the engine. The invariants compare both systems with it, so that two systems do not pass that
/// agree on something that nobody did.
package struct ActionLog: Sendable {
    package struct Entry: Sendable, Equatable {
        package let time: Moment
        package let action: Action

        package init(time: Moment, action: Action) {
            self.time = time
            self.action = action
        }
    }

    /// Oldest first.
    package private(set) var entries: [Entry] = []

    package init() {}

    /// Actions are recorded in the order in which they happen.
    package mutating func record(_ action: Action, at time: Moment) {
        precondition(entries.last.map { $0.time <= time } ?? true, "an action was recorded out of order")
        entries.append(Entry(time: time, action: action))
    }
}

extension ActionLog {
    /// What a person did. Orders and purchase orders have the number of the system where the action happened; lines have
    /// Rackbeat's line id, which is the row number in the warehouse; quantities are in sales units.
    package enum Action: Sendable, Equatable {
        // In Rackbeat.

        /// Any of its master data. Rackbeat's own time stamp has whole seconds and cannot tell whether a change or a sync round in
        /// the same second came first.
        case productChanged(String)
        /// Booked, or booked again, with these lines, without text lines and items that keep no inventory.
        case orderBooked(String, lines: [Line])
        /// Back to draft.
        case orderReopened(String)
        /// Cancelled or deleted.
        case orderCancelled(String)
        /// What is still open of it is not wanted any more.
        case restGivenUp(String)
        case purchaseOrderBooked(String, lines: [Line])
        case purchaseOrderReopened(String)
        case purchaseOrderCancelled(String)
        case purchaseRestGivenUp(String)
        /// Shipped in Rackbeat by hand, without the warehouse.
        case shippedByHand(order: String, line: String, location: String, quantity: ExactDecimal)
        case receivedByHand(purchaseOrder: String, line: String, location: String, quantity: ExactDecimal)
        /// Stock was adjusted in Rackbeat by hand.
        case adjustedByHand(item: String, location: String, change: ExactDecimal)

        // In the warehouse. Orders have their number in the warehouse.

        case picked(goodsOwner: Int, order: String, line: String, item: String, quantity: ExactDecimal)
        /// Picked goods were put back; the quantity is positive.
        case unpicked(goodsOwner: Int, order: String, line: String, item: String, quantity: ExactDecimal)
        /// Goods that were sent came back from the customer, and lie in the warehouse's stock again.
        case returned(goodsOwner: Int, order: String, line: String, item: String, quantity: ExactDecimal)
        /// The order came to this status, by hand or by sending, collecting or releasing it.
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

        // In neither: stock that changed without a document.

        case drifted(Side, item: String, change: ExactDecimal)
    }

    /// A line of a document as booked.
    package struct Line: Sendable, Equatable {
        package var id: String
        package var item: String
        /// The number of the location; `nil` when the line has none.
        package var location: String?
        package var quantity: ExactDecimal

        package init(id: String, item: String, location: String?, quantity: ExactDecimal) {
            self.id = id
            self.item = item
            self.location = location
            self.quantity = quantity
        }
    }

    /// The place of stock in one of the systems.
    package enum Side: Sendable, Equatable {
        case rackbeat(location: String)
        case ongoing(goodsOwner: Int)
    }
}

extension ActionLog.Action {
    /// The numbers of the documents and items concerned, as in the system where the action happened.
    var subjects: [String] {
        switch self {
        case .productChanged(let number): [number]
        case .orderBooked(let number, _), .orderReopened(let number), .orderCancelled(let number), .restGivenUp(let number),
            .purchaseRestGivenUp(let number):
            [number]
        case .purchaseOrderBooked(let number, _), .purchaseOrderReopened(let number), .purchaseOrderCancelled(let number):
            [number]
        case .shippedByHand(let order, _, _, _), .receivedByHand(let order, _, _, _): [order]
        case .picked(_, let order, _, let item, _), .unpicked(_, let order, _, let item, _),
            .returned(_, let order, _, let item, _):
            [order, item]
        case .orderReached(_, let order, _), .orderCancelledInWarehouse(_, let order): [order]
        case .backOrdered(_, let order, let rest): [order, rest]
        case .received(_, let order, _, let item, _), .receiptCorrected(_, let order, _, let item, _): [order, item]
        case .purchaseOrderReached(_, let order, _): [order]
        case .adjustedByHand(let item, _, _), .adjusted(_, let item, _, _), .drifted(_, let item, _): [item]
        }
    }
}
