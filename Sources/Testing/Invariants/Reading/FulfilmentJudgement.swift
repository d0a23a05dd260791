import SyncCore
import Units

/// Judges one line of an order or a purchase order: what Rackbeat booked of it against what moved in the warehouse.
///
/// The two invariants differ in their words, in the jobs that can excuse a line, and in which documents a parked record names.
struct FulfilmentJudgement {
    struct Words {
        /// «shipped» or «received»: what Rackbeat does.
        let booked: String
        /// «picked» or «received»: what the warehouse does.
        let moved: String
        /// After «Rackbeat has … more» or «less».
        let thanMoved: String
        let lostGoods: String
        let unnamedExcess: String
    }

    let kind: RecordRef.Kind
    let jobs: [Job]
    let words: Words
    let evidence: Evidence
    let connection: ConnectionFacts
    /// How much of a line stands on documents that a parked record names.
    let shownByParked: (LineFulfilment) -> ExactDecimal

    func finding(_ fulfilment: LineFulfilment) -> Finding? {
        let isExcused = evidence.isExcused(fulfilment, in: connection, jobs: jobs)
        guard !isExcused else { return excess(fulfilment) }
        guard !evidence.isShownLate(RecordRef(kind, fulfilment.order), to: jobs[0], of: connection) else { return nil }
        guard fulfilment.moved.allows(fulfilment.booked) else {
            let relation = fulfilment.booked > fulfilment.moved.wanted ? "more" : "less"
            return finding(
                fulfilment, "Rackbeat has \(words.booked) \(relation) \(words.thanMoved).",
                expected: "\(fulfilment.moved.words) \(words.booked)")
        }
        if fulfilment.hasLostGoods {
            return finding(fulfilment, words.lostGoods, expected: "\(fulfilment.documented) \(words.booked), or a parked record")
        }
        // A quantity that is reported and not booked is never again in the list of what is left to report.
        if let reported = excessReported(fulfilment) {
            return finding(
                fulfilment, "The engine reported more to the warehouse than Rackbeat has booked.",
                expected: "at most \(fulfilment.booked) reported", alsoHolds: ", \(reported) reported")
        }
        return nil
    }

    /// A parked record tells that something is not booked, or names a document that is too much. It excuses nothing else.
    private func excess(_ fulfilment: LineFulfilment) -> Finding? {
        // The APIs show neither what moved at one time nor who made a shipment or receipt.
        guard evidence.api == nil else { return nil }
        let most = fulfilment.moved.most + shownByParked(fulfilment)
        if fulfilment.booked > most {
            return finding(fulfilment, words.unnamedExcess, expected: "at most \(most) \(words.booked)")
        }
        if excessReported(fulfilment) != nil {
            return finding(
                fulfilment,
                "The engine reported more to the warehouse than Rackbeat has booked, which no parked record can excuse.",
                expected: "at most \(fulfilment.booked) reported")
        }
        return nil
    }

    private func excessReported(_ fulfilment: LineFulfilment) -> ExactDecimal? {
        guard connection.settings.marksReported, let reported = fulfilment.reported,
            reported > fulfilment.booked + fulfilment.bookedByHand
        else { return nil }
        return reported
    }

    private func finding(
        _ fulfilment: LineFulfilment, _ sentence: String, expected: String, alsoHolds: String = ""
    ) -> Finding {
        let record = RecordRef(kind, fulfilment.order)
        return Finding(
            subject: "\(record), line \(fulfilment.line)", record: record, connection: connection.name, sentence: sentence,
            expected: expected, rackbeatHolds: "\(fulfilment.booked) \(words.booked)",
            ongoingHolds: "\(fulfilment.moved.total) \(words.moved)\(alsoHolds)", exchanges: evidence.writes(about: record))
    }
}

extension Evidence {
    /// Whether a parked record is expected for the line's order or item, or a person has settled its order by hand.
    func isExcused(_ fulfilment: LineFulfilment, in connection: ConnectionFacts, jobs: [Job]) -> Bool {
        [fulfilment.order, fulfilment.item].contains { isExcused($0, in: connection, jobs: jobs) }
            || jobs.contains { isDismissed(fulfilment.order, in: connection, $0) }
    }

    /// The documents of one kind that the parked records of a connection name.
    func isNamedByParked(_ kind: RecordRef.Kind, in connection: ConnectionFacts) -> (String) -> Bool {
        let named = Set(parked.filter { $0.connection == connection.name }.flatMap(\.documents))
        return { named.contains(RecordRef(kind, $0)) }
    }
}
