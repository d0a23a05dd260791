import SyncCore
import Units

/// Every connection moves stock at its own location only.
package struct NothingOutsideTheLocation: Invariant {
    package static let id = "nothing-outside-the-location"
    package static let statement =
        "Each connection moves stock at its own location only; otherwise the work of one warehouse falsifies the stock of another."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        let authorship = Authorship(evidence)
        var findings: [Finding] = []
        func check(
            _ author: Authorship.Author?, _ record: RecordRef, _ document: String,
            _ lines: [(item: String, location: String, change: ExactDecimal)]
        ) {
            guard let author, let connection = evidence.connections.first(where: { $0.name == author.connection }) else {
                return
            }
            for line in lines where !evidence.rackbeat.isAt(line.location, connection) {
                findings.append(
                    Finding(
                        subject: "\(document), \(line.item)", record: record, connection: connection.name,
                        sentence: "Connection '\(connection.name)' moved stock outside its location.",
                        expected: "no movement outside location \(connection.location)",
                        rackbeatHolds: "\(line.change.signed) at location \(line.location)", exchanges: author.exchanges))
            }
        }
        for shipment in evidence.rackbeat.shipments where shipment.shippedAt != nil {
            check(
                authorship.author(of: shipment), RecordRef(.shipment, String(shipment.id)),
                "shipment \(shipment.id) of order \(shipment.order)",
                shipment.lines.map { ($0.item, $0.location, -$0.quantity) })
        }
        for receipt in evidence.rackbeat.receipts where receipt.receivedAt != nil {
            check(
                authorship.author(of: receipt), RecordRef(.receipt, String(receipt.number)),
                "receipt \(receipt.number) of purchase order \(receipt.purchaseOrder)",
                receipt.lines.map { ($0.item, $0.location, $0.quantity) })
        }
        for adjustment in evidence.rackbeat.adjustments {
            guard let change = adjustment.change else { continue }
            check(
                authorship.author(of: adjustment), RecordRef(.adjustment, String(adjustment.id)),
                "adjustment \(adjustment.id)",
                [(adjustment.item, adjustment.location, change)])
        }
        return Verdict(findings, contradictions: authorship.unknown)
    }
}
