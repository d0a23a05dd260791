package import OngoingClient
package import SyncCore
package import Trade

/// Whether the drivers carry out the writes that the machines ask for.
package enum WriteMode {
    case carryOut
    /// A dry run: each write is noted where it would be carried out, and its record ends there. What the other system would respond
    /// is not known, and nothing is made up. The journal has to be a copy.
    case plan((PlannedDirective) -> Void)
}

/// A write to Rackbeat or to the warehouse, as a driver would carry it out next.
package enum PlannedDirective: Hashable, Sendable {
    /// Creates or replaces an article, an order or a purchase order.
    ///
    /// - Parameter number: The document's number in the warehouse.
    case put(RecordRef.Kind, number: String, [WrittenField], isUpdate: Bool)
    /// - Parameter number: The document's number in the warehouse.
    case cancel(RecordRef.Kind, number: String)
    /// Books a shipment of an order or a receipt of a purchase order.
    ///
    /// - Parameter draft: One of an earlier run that is to be completed; `nil` for a new document.
    case book(RecordRef, [WantedLine], draft: DocumentID?)
    case adjustStock(ItemNumber, LocationNumber, change: Quantity, reason: String, draft: DocumentID?)
    case removeDrafts([DocumentID], of: String)
    /// Reports to the warehouse how much of each line is booked.
    case reportLines(RecordRef.Kind, number: String, [PushedLine])
    case reportAdjustment(inventory: WarehouseID, ItemNumber)
}

/// Ends a record in a dry run: its next write is noted.
struct EndOfPlan: Error {}

extension Driver {
    /// Notes a write in a dry run.
    ///
    /// - Returns: Whether it is noted, and so must not be carried out.
    func isNoted(_ write: @autoclosure () -> PlannedDirective) -> Bool {
        guard case .plan(let note) = context.writeMode else { return false }
        note(write())
        return true
    }

    /// Notes a write in a dry run, and ends the record there.
    func endIfNoted(_ write: @autoclosure () -> PlannedDirective) throws {
        if isNoted(write()) { throw EndOfPlan() }
    }
}
