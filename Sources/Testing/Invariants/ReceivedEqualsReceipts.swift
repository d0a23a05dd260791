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
            findings += fulfilments.all.compactMap(judgement(evidence, connection).finding)
            contradictions += fulfilments.contradictions("received")
        }
        return Verdict(findings, contradictions: contradictions)
    }

    private func judgement(_ evidence: Evidence, _ connection: ConnectionFacts) -> FulfilmentJudgement {
        let isNamed = evidence.isNamedByParked(.receipt, in: connection)
        return FulfilmentJudgement(
            kind: .purchaseOrder, jobs: [.receipts, .purchaseOrders],
            words: FulfilmentJudgement.Words(
                booked: "received", moved: "received", thanMoved: "than the warehouse received",
                lostGoods:
                    "The warehouse cancelled the purchase order with goods received that Rackbeat has not, and nobody is told.",
                unnamedExcess:
                    "Rackbeat has received more than the warehouse ever did, and the parked record names no such receipt."),
            evidence: evidence, connection: connection
        ) { fulfilment in
            evidence.rackbeat.receipts.filter { $0.purchaseOrder == fulfilment.order && isNamed(String($0.number)) }
                .flatMap(\.lines).filter { withoutEdges($0.item) == withoutEdges(fulfilment.item) }
                .reduce(.zero) { $0 + $1.quantity }
        }
    }
}
