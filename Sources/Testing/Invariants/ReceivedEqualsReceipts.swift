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
        func finding(_ sentence: String, expected: String, ongoing: String) -> Finding {
            let record = RecordRef(.purchaseOrder, fulfilment.order)
            return Finding(
                subject: "\(record), line \(fulfilment.line)", record: record, connection: connection.name, sentence: sentence,
                expected: expected,
                rackbeatHolds: "\(fulfilment.booked) received", ongoingHolds: ongoing,
                exchanges: evidence.writes(about: record))
        }
        guard !isExcused else {
            return tooMuch(fulfilment, evidence, connection).map {
                finding($0.sentence, expected: $0.expected, ongoing: "\(fulfilment.moved.total) received")
            }
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

    /// A parked record tells that something is not booked, or names a document that is too much. It excuses nothing else.
    private func tooMuch(
        _ fulfilment: LineFulfilment, _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> (sentence: String, expected: String)? {
        // The APIs show neither what was received at one time nor who made a receipt.
        guard evidence.api == nil else { return nil }
        let named = Set(evidence.parked.filter { $0.connection == connection.name }.flatMap(\.documents))
        let shown = evidence.rackbeat.receipts.filter {
            $0.purchaseOrder == fulfilment.order && named.contains(RecordRef(.receipt, String($0.number)))
        }.flatMap(\.lines).filter { withoutEdges($0.item) == withoutEdges(fulfilment.item) }.reduce(ExactDecimal.zero) {
            $0 + $1.quantity
        }
        if fulfilment.booked > fulfilment.moved.most + shown {
            return (
                "Rackbeat has received more than the warehouse ever did, and the parked record names no such receipt.",
                "at most \(fulfilment.moved.most + shown) received"
            )
        }
        if connection.settings.marksReported, let reported = fulfilment.reported, reported > fulfilment.booked {
            return (
                "The engine reported more to the warehouse than Rackbeat has booked, which no parked record can excuse.",
                "at most \(fulfilment.booked) reported"
            )
        }
        return nil
    }
}
