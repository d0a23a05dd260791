import SyncCore
import Units

/// Rackbeat has shipped of each line what the warehouse picked, once the order is sent.
package struct ShippedEqualsPicked: Invariant {
    package static let id = "shipped-equals-picked"
    package static let statement =
        "Rackbeat ships exactly what the warehouse picked and sent; otherwise customers are billed for goods they did not get, or get "
        + "goods nobody billed."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var findings: [Finding] = []
        var contradictions: [String] = []
        for connection in evidence.connections {
            let fulfilments = FulfilmentList.shipping(evidence, connection)
            findings += fulfilments.all.compactMap(judgement(evidence, connection).finding)
            contradictions += fulfilments.contradictions("picked")
        }
        return Verdict(findings, contradictions: contradictions)
    }

    private func judgement(_ evidence: Evidence, _ connection: ConnectionFacts) -> FulfilmentJudgement {
        let isNamed = evidence.isNamedByParked(.shipment, in: connection)
        return FulfilmentJudgement(
            kind: .order, jobs: [.shipments, .orders],
            words: FulfilmentJudgement.Words(
                booked: "shipped", moved: "picked", thanMoved: "than the warehouse picked and sent",
                lostGoods:
                    "The warehouse cancelled the order with goods picked that Rackbeat has not shipped, and nobody is told.",
                unnamedExcess:
                    "Rackbeat has shipped more than the warehouse ever picked, and the parked record names no such shipment."),
            evidence: evidence, connection: connection
        ) { fulfilment in
            let twins = Authorship(evidence).twins
            return evidence.rackbeat.shipments.filter {
                $0.order == fulfilment.order && (isNamed(String($0.id)) || twins.contains($0.id))
            }.flatMap(\.lines).filter { fulfilment.lines.contains($0.orderLine ?? "") }.reduce(.zero) { $0 + $1.quantity }
        }
    }
}
