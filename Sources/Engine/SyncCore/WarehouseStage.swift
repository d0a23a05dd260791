/// How far the warehouse has come with an order or a purchase order.
///
/// Statuses are data of each warehouse: its people rename, renumber and skip them, so a number means what the settings say.
/// A status may also be skipped between two looks. An order that is seen at 800 Returned for the first time was sent all the same,
/// and what left has left: ``passed`` is decided like ``complete``.
package enum WarehouseStage: Hashable, Sendable, CaseIterable {
    case notBegun
    /// Something is picked or received, and the document is not complete. An order that was put back from Sent to Picked is here
    /// too: the warehouse has it on the packing table again, and what it picks from now on leaves with the next sending.
    case underway
    /// Within the shipped range of orders, or in a completed status of purchase orders.
    case complete
    /// Beyond all of these, and not cancelled: Returned, or a status of the warehouse's own.
    case passed
    case cancelled
}

/// What of a document of the warehouse is booked in Rackbeat.
package enum BookingRule: Hashable, Sendable {
    /// All that was moved.
    case everything
    /// Nothing more, until the document comes further. What is booked already may turn out too much.
    case nothingYet
    /// Nothing more, ever. What was moved and is not booked needs a person: the warehouse cancelled the document and keeps counting
    /// the goods as moved, and nothing tells whether they left.
    case nothingMore
}

extension ConnectionSettings {
    /// - Parameter hasMoved: Whether something of the order is picked.
    package func stage(ofOrderAt status: Int, hasMoved: Bool) -> WarehouseStage {
        if Self.isCancelled(status, cancelled: cancelledOrderStatus, last: shippedStatusTo) { return .cancelled }
        if status > shippedStatusTo { return .passed }
        if status >= shippedStatusFrom { return .complete }
        return hasMoved ? .underway : .notBegun
    }

    /// - Parameter hasMoved: Whether something of the purchase order is received.
    package func stage(ofPurchaseOrderAt status: Int, hasMoved: Bool) -> WarehouseStage {
        let last = completedStatuses.max() ?? Int.max
        if Self.isCancelled(status, cancelled: cancelledPurchaseStatus, last: last) { return .cancelled }
        if completedStatuses.contains(status) { return .complete }
        if status > last { return .passed }
        return hasMoved ? .underway : .notBegun
    }

    /// A status beyond the cancelled one is taken for a kind of it, unless the settings put it within the range that counts.
    private static func isCancelled(_ status: Int, cancelled: Int, last: Int) -> Bool {
        status == cancelled || (status > cancelled && status > last)
    }

    package func shipmentRule(_ stage: WarehouseStage) -> BookingRule {
        switch stage {
        case .notBegun, .underway: .nothingYet
        case .complete, .passed: .everything
        case .cancelled: .nothingMore
        }
    }

    /// What comes in is on the shelf in whatever status; the trigger says when it is booked.
    package func receiptRule(_ stage: WarehouseStage) -> BookingRule {
        switch (receiptTrigger, stage) {
        case (.immediate, _), (.completed, .complete), (.completed, .passed): .everything
        case (.completed, .notBegun), (.completed, .underway): .nothingYet
        case (.completed, .cancelled): .nothingMore
        }
    }

    /// The statuses in which an order may have something to book: from the first that counts to the cancelled one.
    package var statusesToBook: ClosedRange<Int> { shippedStatusFrom...max(shippedStatusTo, cancelledOrderStatus) }
}
