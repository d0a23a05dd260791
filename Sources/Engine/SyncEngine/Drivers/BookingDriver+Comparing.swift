import Exchange
import RackbeatClient
import SyncCore
import Trade
import Units

/// What both systems hold, against the journal, before anything is booked.
extension BookingDriver {
    /// Compares what both systems hold with what the journal says, before something is booked.
    ///
    /// - Returns: Whether the journal was behind, and has taken over what is booked.
    /// - Throws: What is contradictory.
    func adoptWhatIsBooked(
        _ there: [BookedDocument], beside wanted: [WantedLine], _ progress: Progress, _ erp: ERPDocument, _ calls: BookingCalls
    ) throws -> Bool {
        switch try verdict(on: there, beside: wanted, progress, erp, calls) {
        case .agrees: return false
        case .contradictory(let failure):
            listener(.reached(connection: name, .journalContradicted))
            throw ContradictoryFailure(failure: failure)
        case .behind(let documents):
            listener(.reached(connection: name, .journalWasBehind))
            try journal.adopt(
                documents,
                of: DocumentIntent(
                    id: 0, kind: progress.kind, number: erp.number, warehouseNumber: progress.number, warehouseID: progress.id,
                    fingerprint: progress.fingerprint, wanted: [], before: [], createdAt: clock.now(), state: .intended,
                    outcomeWasUnknown: false))
            for document in documents {
                listener(.booked(connection: name, calls.job, subject: erp.number, document: document.id.value))
            }
            return true
        }
    }

    func verdict(
        on there: [BookedDocument], beside wanted: [WantedLine], _ progress: Progress, _ erp: ERPDocument, _ calls: BookingCalls
    ) throws -> LedgerComparison.Verdict {
        let parked = try records.parkedRecord(calls.job, progress.number)
        let named = Set((parked?.documents ?? []).compactMap { Int($0.number).map { DocumentID($0) } })
        // Whoever asks for a retry says that those the record names are something else.
        let isRetried = parked?.retryAt != nil
        let known = try journal.documentsJudged(calls.kind, number: erp.number).union(isRetried ? named : [])
        let booked = try journal.booked(progress.kind, warehouseID: progress.id)
        let lines = try progress.lines.compactMap { line -> LedgerComparison.Line? in
            guard let row = line.row, let article = line.article else { return nil }
            return LedgerComparison.Line(
                row: row, item: try journal.product(ofArticle: article), booked: booked[row] ?? .zero,
                reported: line.reported ?? .zero)
        }
        let comparison = LedgerComparison(
            subject: "\(calls.noun) \(erp.number)", lines: lines, wanted: wanted,
            locations: mapping.locations, reports: settings.marksReported,
            verb: progress.kind == .order ? "picked" : "received")
        return comparison.verdict(
            on: there.filter { !known.contains($0.id) },
            asked: LedgerComparison.Question(documents: named, areOurs: parked?.isDismissed ?? false))
    }

    /// Whether a person dismissed what is parked, and so said that documents of Rackbeat are what was moved. What was moved besides is
    /// then to be booked, although nothing has changed since.
    func isAnswered(_ progress: Progress, _ erp: ERPDocument, _ calls: BookingCalls) throws -> Bool {
        guard let record = try records.parkedRecord(calls.job, progress.number), record.isDismissed, !record.documents.isEmpty
        else { return false }
        let there = try calls.list(erp.number)
        if case .behind = try verdict(on: there, beside: [], rowsRestored(progress, erp), erp, calls) { return true }
        return false
    }

    /// - Throws: While the draft stands for which the latest creation was refused: it would be refused again.
    func waitForDraft(_ there: [BookedDocument], _ progress: Progress, _ calls: BookingCalls) throws {
        guard let record = try records.parkedRecord(calls.job, progress.number), record.failingSince != nil else { return }
        let named = Set(record.documents.compactMap { Int($0.number).map { DocumentID($0) } })
        guard let draft = DocumentBooking.draftInTheWay(named, of: there) else { return }
        throw TransientFailure(failure: Self.draftStands(draft, record.reason))
    }

    static func draftStands(_ draft: DocumentID, _ reason: String) -> RecordFailure {
        RecordFailure(
            reason: reason, effect: "Nothing was booked for it in Rackbeat, where draft \(draft) is not finished.",
            remedy: "It is tried again automatically.", documents: [draft],
            remedyIfItStays: "Finish draft \(draft) in Rackbeat, or delete it if nobody works on it.")
    }
}
