import Exchange
import OngoingClient
import SyncCore
import Trade
import Units

/// Carries out writes to the warehouse that say all there is to say, and keeps an eye on what may overtake them.
///
/// A request that had no response in time may be carried out later. The same once more does no harm; but what was written after it
/// would be undone without a word. So where something else is written while the first may still be on its way, the write is
/// followed by another when the first no longer can be.
struct WarehouseWrites: Driver {
    let context: JobContext
    let records: RecordKeeper

    /// - Parameter isNoted: Whether the journal does not show otherwise that it was being sent when the process ended: then it is
    ///   noted as of unknown outcome before it is sent. ``ConnectionJournal/articleIsHeld(_:as:_:insteadOf:at:nothingIsUnknown:)`` takes the note
    ///   away.
    func write<Value>(
        _ content: UnknownWrite.Content, about subject: String, of job: Job, isNoted: Bool = false, _ write: () throws -> Value
    ) throws -> Value {
        // Noted before it is sent: a process that ends in between has it to do all the same.
        let now = clock.now()
        if let moment = try journal.unknownWrite(job, subject: subject)?
            .resend(ifFollowedBy: content, at: now, settlingTime: JobContext.settlingTime)
        {
            try journal.resend(job, subject: subject, at: moment)
        }
        if isNoted { try journal.note(UnknownWrite(content: content, at: now), job, subject: subject) }
        let unknown = ongoing.writesWithUnknownOutcome
        func noteIfUnknown() throws {
            guard ongoing.writesWithUnknownOutcome > unknown else { return }
            try journal.note(UnknownWrite(content: content, at: clock.now()), job, subject: subject)
        }
        do {
            let value = try write()
            try noteIfUnknown()
            return value
        } catch let error as ExchangeError {
            try noteIfUnknown()
            throw error
        }
    }

    /// Sends once more, and takes the note of it away; what is to be tried again later is sent again by the next run.
    ///
    /// What was sent in the resending itself may come late in its turn: it stays noted, and what is written after it is sent again.
    func resend(_ job: Job, _ subject: String, _ send: () throws -> Void) throws {
        let began = clock.now()
        try send()
        guard try records.parkedRecord(job, subject)?.retryAt == nil else { return }
        try journal.wasResent(job, subject: subject, dueAt: began, forgettingUpTo: clock.now() - JobContext.settlingTime)
    }
}
