import RackbeatClient
import SyncCore
import Trade
import Units

/// What booking differs in between shipments and receipts.
struct BookingCalls {
    var kind: RecordRef.Kind
    var job: Job
    /// Such as `order`.
    var noun: String { job.recordKind.noun }
    var mode: DocumentBooking.Mode
    var list: (_ number: String) throws -> [BookedDocument]
    var read: (DocumentID, _ number: String) throws -> BookedDocument?
    /// - Parameter lines: `nil` for everything that is open.
    var create: (_ number: String, [WantedLine]?) throws -> BookedDocument
    var edit: ([DraftEdit], DocumentID, _ number: String) throws -> Void
    var remove: (DocumentID, _ number: String) throws -> Void
    var confirm: (DocumentID, _ number: String) throws -> Void
    /// Whether a draft takes lines beside those that it was made of.
    var draftsTakeLines: Bool
    var lines: (_ number: String) throws -> LinesOfOrder
    /// When the order last changed, by Rackbeat's clock; `nil` when it is not there.
    var lastChange: (_ number: String) throws -> Moment?

    /// - Parameter number: The number in Rackbeat.
    func record(_ number: String) -> RecordRef { RecordRef(job.recordKind, number) }
}

/// One document of the warehouse and how far it has come.
struct Progress {
    var kind: RecordRef.Kind
    /// The number in the warehouse.
    var number: String
    var id: WarehouseID
    var fingerprint: Fingerprint
    var backOrderFor: WarehouseID?
    var erpNumber: String?
    var lines: [Line]
    /// What of it is booked.
    var rule: BookingRule
    /// That a rest of it is owed and nobody is going to send it, as far as that was asked for.
    var owed: RecordFailure?

    struct Line {
        var id: WarehouseID
        var row: LineID?
        var article: ItemNumber?
        var done: Quantity
        var reported: Quantity?
        var returned = Quantity.zero
    }
}
