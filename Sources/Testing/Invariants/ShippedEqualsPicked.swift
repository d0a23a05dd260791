import SyncCore
import Units

/// What Rackbeat has shipped of a line is what the warehouse picked for it, once its order was sent.
package struct ShippedEqualsPicked: Invariant {
    package static let name = "shipped-equals-picked"
    package static let statement =
        "Rackbeat ships what was picked, neither more nor less, or customers are invoiced for goods that never left."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var findings: [Finding] = []
        var contradictions: [String] = []
        for connection in evidence.connections {
            let works = WorkList.shipping(evidence, connection)
            findings += works.all.compactMap { judge($0, evidence, connection) }
            contradictions += works.contradictions("picked")
        }
        return Verdict(findings, contradictions: contradictions)
    }

    private func judge(_ work: Work, _ evidence: Evidence, _ connection: ConnectionFacts) -> Finding? {
        let isExcused = [work.order, work.item].contains {
            evidence.isExcused($0, in: connection, jobs: ["shipments", "orders"])
        }
        guard !isExcused else { return nil }
        func finding(_ sentence: String, expected: String, ongoing: String) -> Finding {
            Finding(
                subject: "order \(work.order), line \(work.line)", sentence: sentence, expected: expected,
                rackbeatHolds: "\(work.booked) shipped", ongoingHolds: ongoing,
                exchanges: evidence.writes(about: work.order))
        }
        guard work.done.allows(work.booked) else {
            let relation = work.booked > work.done.wanted ? "more" : "less"
            return finding(
                "Rackbeat has shipped \(relation) than was picked and sent.", expected: "\(work.done.words) shipped",
                ongoing: "\(work.done.total) picked")
        }
        // An amount that is reported and not booked never comes up again in the list of what is to be reported.
        if connection.settings.marksReported, let reported = work.reported, reported > work.booked {
            return finding(
                "The warehouse was told that more is booked than is.", expected: "at most \(work.booked) reported",
                ongoing: "\(work.done.total) picked, \(reported) reported")
        }
        return nil
    }
}
