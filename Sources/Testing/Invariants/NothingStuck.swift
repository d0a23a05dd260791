import SyncCore

/// At the end of a run nothing is unfinished: no unknown outcome, no draft of the engine's, no parked record that the scenario
/// does not expect.
///
/// The one invariant that reads what the engine says: a parked record is what the engine shows people.
package struct NothingStuck: Invariant {
    package static let id = "nothing-stuck"
    package static let statement =
        "Everything the engine starts is finished or parked; otherwise an order waits without end and nobody knows."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(unknownOutcomes(evidence) + unfinishedJobs(evidence) + drafts(evidence) + parked(evidence) + missing(evidence))
    }

    private func unknownOutcomes(_ evidence: Evidence) -> [Finding] {
        evidence.unknownOutcomes.map { outcome in
            Finding(
                subject: "\(outcome.kind) of \(outcome.record), connection '\(outcome.connection)'", record: outcome.record,
                connection: outcome.connection, sentence: "The outcome is still unknown (\(outcome.state)).",
                expected: "every outcome known", exchanges: evidence.writes(about: outcome.record))
        }
    }

    /// One crash is an injected fault. A job that ends the process every time never completes a round, so that nothing is ever due
    /// for the other invariants.
    private func unfinishedJobs(_ evidence: Evidence) -> [Finding] {
        evidence.unfinishedJobs.filter { $0.beginnings > 1 }.map { job in
            Finding(
                subject: "\(job.job), connection '\(job.connection)'",
                sentence: "The job started \(job.beginnings) times, and each time the process ended first.",
                expected: "a job that runs to its end")
        }
    }

    // MARK: Drafts

    private func drafts(_ evidence: Evidence) -> [Finding] {
        let authorship = Authorship(evidence)
        var findings: [Finding] = []
        func left(_ author: Authorship.Author?, _ subject: String, _ draft: RecordRef, _ holds: String) {
            guard let author, !isShown(draft, evidence) else { return }
            findings.append(
                Finding(
                    subject: subject, record: draft, connection: author.connection, sentence: "The engine left a draft behind.",
                    expected: "no draft", rackbeatHolds: "\(draft), \(holds)", exchanges: author.exchanges))
        }
        for shipment in evidence.rackbeat.shipments where shipment.shippedAt == nil {
            left(
                authorship.author(of: shipment), "order \(shipment.order)", RecordRef(.shipment, String(shipment.id)),
                "not shipped, of " + Self.words(shipment.lines))
        }
        for receipt in evidence.rackbeat.receipts where receipt.receivedAt == nil {
            left(
                authorship.author(of: receipt), "purchase order \(receipt.purchaseOrder)",
                RecordRef(.receipt, String(receipt.number)), "not received, of " + Self.words(receipt.lines))
        }
        for adjustment in evidence.rackbeat.adjustments where adjustment.change == nil && !adjustment.isByHand {
            left(
                authorship.author(of: adjustment), "\(adjustment.item) at location \(adjustment.location)",
                RecordRef(.adjustment, String(adjustment.id)), "not booked")
        }
        return findings
    }

    /// Whether a parked record says that this draft is there. After a lost response, a draft with other lines than requested may be
    /// the engine's or an ERP user's: the engine shows it and does not delete it. A parked record that the scenario does not expect
    /// is a finding of its own, so nothing hides behind one.
    private func isShown(_ draft: RecordRef, _ evidence: Evidence) -> Bool {
        evidence.parked.contains { $0.documents.contains(draft) }
    }

    private static func words(_ lines: [RackbeatSnapshot.MovedLine]) -> String {
        lines.isEmpty ? "nothing" : listed(lines.map { "\($0.quantity) \($0.item)" })
    }

    // MARK: Parked records

    private func parked(_ evidence: Evidence) -> [Finding] {
        evidence.parked.filter { fact in !evidence.expectedParked.contains { $0.covers(fact) } }.map { fact in
            Finding(
                subject: "\(fact.job.words(for: fact.number)), connection '\(fact.connection)'", record: fact.record,
                connection: fact.connection, sentence: "The record is parked: \(fact.reason)",
                expected: "no parked record but those that the scenario lists under 'expect: parked'",
                exchanges: evidence.writes(about: evidence.records(of: fact)))
        }
    }

    private func missing(_ evidence: Evidence) -> [Finding] {
        guard evidence.demandsExpectedParked else { return [] }
        return evidence.expectedParked.filter { expected in !evidence.parked.contains(where: expected.covers) }.map { expected in
            Finding(
                subject: [expected.job?.rawValue, expected.number].compactMap { $0 }.joined(separator: " "),
                connection: expected.connection, sentence: "The scenario expects a parked record, and there is none.",
                expected: "a parked record")
        }
    }
}
