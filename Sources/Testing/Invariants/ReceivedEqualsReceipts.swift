import SyncCore
import Units

/// Rackbeat has received of each line what the warehouse received, as soon as the trigger makes it due.
package struct ReceivedEqualsReceipts: Invariant {
    package static let id = "received-equals-receipts"
    package static let statement =
        "Rackbeat receives exactly what the warehouse received; otherwise goods are paid for that never arrived, and sold that are "
        + "not there."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var findings: [Finding] = []
        var contradictions: [String] = []
        for connection in evidence.connections {
            let fulfilments = FulfilmentList.receiving(evidence, connection)
            findings += fulfilments.all.compactMap { judge($0, evidence, connection) }
            contradictions += fulfilments.contradictions("received")
        }
        return Verdict(findings, contradictions: contradictions)
    }

    private func judge(_ fulfilment: LineFulfilment, _ evidence: Evidence, _ connection: ConnectionFacts) -> Finding? {
        let isExcused = [fulfilment.order, fulfilment.item].contains {
            evidence.isExcused($0, in: connection, jobs: [.receipts, .purchaseOrders])
        }
        guard !isExcused else { return nil }
        func finding(_ sentence: String, expected: String, ongoing: String) -> Finding {
            let record = RecordRef(.purchaseOrder, fulfilment.order)
            return Finding(
                subject: "\(record), line \(fulfilment.line)", record: record, connection: connection.name, sentence: sentence,
                expected: expected,
                rackbeatHolds: "\(fulfilment.booked) received", ongoingHolds: ongoing,
                exchanges: evidence.writes(about: record))
        }
        guard fulfilment.moved.allows(fulfilment.booked) else {
            let relation = fulfilment.booked > fulfilment.moved.wanted ? "more" : "less"
            return finding(
                "Rackbeat has received \(relation) than the warehouse received.",
                expected: "\(fulfilment.moved.words) received", ongoing: "\(fulfilment.moved.total) received")
        }
        if fulfilment.hasLostGoods {
            return finding(
                "The warehouse cancelled the purchase order with goods received that Rackbeat has not, and nobody is told.",
                expected: "\(fulfilment.documented) received, or a parked record",
                ongoing: "\(fulfilment.moved.total) received")
        }
        if connection.settings.marksReported, let reported = fulfilment.reported, reported > fulfilment.booked {
            return finding(
                "The engine reported more to the warehouse than Rackbeat has booked.",
                expected: "at most \(fulfilment.booked) reported",
                ongoing: "\(fulfilment.moved.total) received, \(reported) reported")
        }
        return nil
    }
}
