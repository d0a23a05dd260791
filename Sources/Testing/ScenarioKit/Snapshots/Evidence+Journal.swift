import Invariants
import SyncCore
package import SyncEngine

extension ParkedFact {
    package init(_ parked: ParkedRecord) {
        self.init(
            connection: parked.connection, job: parked.job, record: parked.record, number: parked.number, reason: parked.reason,
            documents: parked.documents, needsPerson: parked.needsPerson, retryAt: parked.retryAt)
    }
}

extension ParkedRecord {
    /// The number by which people know it: of a shipment or receipt the warehouse's number of the order, else the record's.
    var number: String {
        switch job {
        case .shipments, .receipts: subject
        case .products, .orders, .purchaseOrders, .stock, .reconcile: record.number
        }
    }
}

extension UnknownOutcome {
    package init(_ summary: IntentSummary) {
        self.init(
            connection: summary.connection, record: summary.record, kind: summary.kind.rawValue, state: summary.state)
    }
}
