import SyncCore
import Units

/// What Rackbeat has received of a line is what the warehouse took in for it, as soon as the trigger says so.
package struct ReceivedEqualsReceipts: Invariant {
    package static let name = "received-equals-receipts"
    package static let statement =
        "Rackbeat receives what arrived, neither more nor less, or goods are paid for that never came and sold that are not there."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var findings: [Finding] = []
        var contradictions: [String] = []
        for connection in evidence.connections {
            let works = WorkList.receiving(evidence, connection)
            findings += works.all.compactMap { judge($0, evidence, connection) }
            contradictions += works.contradictions("received")
        }
        return Verdict(findings, contradictions: contradictions)
    }

    private func judge(_ work: Work, _ evidence: Evidence, _ connection: ConnectionFacts) -> Finding? {
        let isExcused = [work.order, work.item].contains {
            evidence.isExcused($0, in: connection, jobs: ["receipts", "purchase-orders"])
        }
        guard !isExcused else { return nil }
        func finding(_ sentence: String, expected: String, ongoing: String) -> Finding {
            Finding(
                subject: "purchase order \(work.order), line \(work.line)", sentence: sentence, expected: expected,
                rackbeatHolds: "\(work.booked) received", ongoingHolds: ongoing,
                exchanges: evidence.writes(about: work.order))
        }
        guard work.done.allows(work.booked) else {
            let relation = work.booked > work.done.wanted ? "more" : "less"
            return finding(
                "Rackbeat has received \(relation) than arrived and was to be booked.",
                expected: "\(work.done.words) received", ongoing: "\(work.done.total) received")
        }
        if connection.settings.marksReported, let reported = work.reported, reported > work.booked {
            return finding(
                "The warehouse was told that more is booked than is.", expected: "at most \(work.booked) reported",
                ongoing: "\(work.done.total) received, \(reported) reported")
        }
        return nil
    }
}
