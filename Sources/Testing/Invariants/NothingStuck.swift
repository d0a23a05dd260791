/// At rest nothing is half done: no outcome unknown, no draft of ours left, nothing set aside that the scenario did not say.
package struct NothingStuck: Invariant {
    package static let name = "nothing-stuck"
    package static let statement =
        "Whatever was begun is finished or shown to a person, or an order waits for ever and nobody knows."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(inDoubt(evidence) + unfinished(evidence) + drafts(evidence) + parked(evidence) + missing(evidence))
    }

    private func inDoubt(_ evidence: Evidence) -> [Finding] {
        evidence.inDoubt.map { intent in
            Finding(
                subject: "\(intent.kind) of \(intent.subject), connection '\(intent.connection)'",
                sentence: "Its outcome is still unknown (\(intent.state)).", expected: "every outcome known",
                exchanges: Self.number(in: intent.subject).map { evidence.writes(about: $0) } ?? [])
        }
    }

    /// A crash once is the world's doing; a job that ends the process each time never comes past what ends it, and what other
    /// rules would demand of a complete round is never due.
    private func unfinished(_ evidence: Evidence) -> [Finding] {
        evidence.unfinishedJobs.filter { $0.beginnings > 1 }.map { job in
            Finding(
                subject: "\(job.job), connection '\(job.connection)'",
                sentence: "It was begun \(job.beginnings) times, and each time the process ended before it did.",
                expected: "a run that comes to its end")
        }
    }

    // MARK: Drafts

    private func drafts(_ evidence: Evidence) -> [Finding] {
        let authorship = Authorship(evidence.exchanges)
        var findings: [Finding] = []
        func left(_ author: Authorship.Author?, _ subject: String, _ document: String, _ holds: String) {
            guard let author, !isShown(document, evidence) else { return }
            findings.append(
                Finding(
                    subject: subject, sentence: "A draft of ours was left behind.", expected: "no draft", rackbeatHolds: holds,
                    exchanges: [author.exchange]))
        }
        for shipment in evidence.shop.shipments where shipment.shippedAt == nil {
            left(
                authorship.author(of: shipment), "order \(shipment.order)", String(shipment.id),
                "shipment \(shipment.id), not shipped, of " + Self.words(shipment.lines))
        }
        for receipt in evidence.shop.receipts where receipt.receivedAt == nil {
            left(
                authorship.author(of: receipt), "purchase order \(receipt.purchaseOrder)", String(receipt.number),
                "receipt \(receipt.number), not received, of " + Self.words(receipt.lines))
        }
        for adjustment in evidence.shop.adjustments where adjustment.change == nil && !adjustment.isByHand {
            left(
                authorship.author(of: adjustment), "\(adjustment.item) at location \(adjustment.location)", String(adjustment.id),
                "adjustment \(adjustment.id), not booked")
        }
        return findings
    }

    /// Whether a record that waits for a person says that this draft is there. After a lost answer a draft with other lines than
    /// were asked for may be ours or the office's: it is shown, not deleted. A record that the scenario does not name is a finding
    /// of its own, so that nothing hides behind one.
    private func isShown(_ document: String, _ evidence: Evidence) -> Bool {
        evidence.parked.contains { $0.effect.split { !$0.isLetter && !$0.isNumber }.contains { $0 == document } }
    }

    private static func words(_ lines: [RackbeatSnapshot.MovedLine]) -> String {
        lines.isEmpty ? "nothing" : listed(lines.map { "\($0.quantity) \($0.item)" })
    }

    // MARK: Set aside

    private func parked(_ evidence: Evidence) -> [Finding] {
        evidence.parked.filter { fact in !evidence.expectedParked.contains { $0.covers(fact) } }.map { fact in
            Finding(
                subject: "\(fact.job) \(fact.subject), connection '\(fact.connection)'",
                sentence: "It was set aside: \(fact.reason)", expected: "nothing set aside that the scenario does not name",
                exchanges: Self.number(in: fact.subject).map { evidence.writes(about: $0) } ?? [])
        }
    }

    private func missing(_ evidence: Evidence) -> [Finding] {
        guard evidence.demandsExpectedParked else { return [] }
        return evidence.expectedParked.filter { expected in !evidence.parked.contains(where: expected.covers) }.map { expected in
            Finding(
                subject: [expected.job, expected.subject].compactMap { $0 }.joined(separator: " "),
                sentence: "The scenario says that it ends with a person, and it was not set aside.",
                expected: "it is set aside")
        }
    }

    /// The last word of a subject, which is mostly the number that requests name.
    private static func number(in subject: String) -> String? {
        subject.split { $0 == " " || $0 == "," }.last.map(String.init)
    }
}

extension ExpectedParked {
    func covers(_ fact: ParkedFact) -> Bool {
        (connection.map { $0 == fact.connection } ?? true) && (job.map { $0 == fact.job } ?? true)
            && (fact.subject == subject || Evidence.names(fact.subject, subject))
    }
}
