import Exchange
import OngoingClient
import SyncCore
import Trade
import Units

extension Worker {
    /// Carries out a write to the warehouse that says all there is to say, and keeps an eye on what may overtake it.
    ///
    /// A request that nobody answered in time may be carried out later. The same once more does no harm; but what was written
    /// after it would be undone without a word. So where something else is written while the first may still be on its way, the
    /// warehouse is told once more when it no longer can be.
    /// - Parameters:
    ///   - content: What is written; ``Fingerprint/cancellation`` for a cancellation.
    ///   - isNoted: Whether the journal does not show otherwise that it was being sent when the process ended: then it is noted as in
    ///     doubt before it is sent. ``Journal/articleIsHeld(_:_:at:withoutDoubt:_:)`` takes the note away.
    func writing<Value>(
        _ content: Fingerprint, about subject: String, of job: Job, isNoted: Bool = false, _ write: () throws -> Value
    ) throws -> Value {
        // Written down before it is sent: a process that ends in between has it to do all the same.
        let now = clock.now()
        if let earlier = try journal.unknownWrite(job, subject: subject), earlier.fingerprint != content,
            now < earlier.at + Self.patience
        {
            try journal.resend(job, subject: subject, at: earlier.at + Self.patience)
        }
        if isNoted { try journal.note(UnknownWrite(fingerprint: content, at: now), job, subject: subject) }
        let doubts = ongoing.writesWithUnknownOutcome
        func noteUnknownWrite() throws {
            guard ongoing.writesWithUnknownOutcome > doubts else { return }
            let unknownWrite = UnknownWrite(fingerprint: content, at: clock.now())
            try journal.note(unknownWrite, job, subject: subject)
        }
        do {
            let value = try write()
            try noteUnknownWrite()
            return value
        } catch let error as ExchangeError {
            try noteUnknownWrite()
            throw error
        }
    }

    /// What a process that is gone was sending, it may have sent.
    func noteUnknownWrite(of known: PushedRecord?, _ desk: PushDesk) throws {
        guard let known, known.pushed.state == .sending, let pending = known.pending,
            clock.now() < known.sentAt + Self.patience,
            try journal.unknownWrite(desk.job, subject: known.number).map({ $0.at < known.sentAt }) ?? true
        else { return }
        try journal.note(UnknownWrite(fingerprint: pending, at: known.sentAt), desk.job, subject: known.number)
    }

    // MARK: Telling once more

    /// Tells the warehouse once more of what it may have been told in the wrong order.
    ///
    /// - Parameter decide: Looks at the document in the shop and does what is to be done, its trouble aside.
    func resend(_ desk: PushDesk, _ decide: (_ number: String) throws -> Void) throws {
        for number in try journal.dueForResending(desk.job, at: clock.now()) {
            guard var record = try journal.pushed(desk.kind, number: number) else {
                try journal.forgetUnknownWrite(desk.job, subject: number)
                continue
            }
            // What settles that comes first.
            guard record.pushed.state == .held || record.pushed.state == .cancelled else { continue }
            try resending(desk.job, number) {
                if record.pushed.state == .cancelled {
                    try attempt(desk.job, number, settles: false) { try lookWhetherRevived(&record, desk) }
                    if record.pushed.state == .held { try decide(number) }
                } else if try parkedRecord(desk.job, number).map({ $0.retryAt != nil }) ?? true {
                    // What is before a person already is looked at by one, and would only be refused again.
                    record.pushed.fingerprint = record.pushed.fingerprint?.unsure ?? .unknown
                    try journal.save(record, lines: nil, desk.kind)
                    try decide(number)
                }
            }
        }
    }

    /// A late request may have made live again what was cancelled.
    private func lookWhetherRevived(_ record: inout PushedRecord, _ desk: PushDesk) throws {
        guard let held = try desk.find(record.pushed.warehouseNumber).first(where: { !$0.isCancelled }) else { return }
        // It is, or the list is an old one: what is sent now will tell.
        record.pushed.state = .held
        record.pushed.warehouseID = held.id
        record.pushed.fingerprint = Fingerprint.unknown.calledOff
        try journal.save(record, lines: held.lines, desk.kind)
    }

    /// Tells once more, and takes the note of it away; what is put off is told again by the next run.
    ///
    /// What was sent in the telling itself may come late in its turn: it stays noted, and what is written after it is told again.
    func resending(_ job: Job, _ subject: String, _ tell: () throws -> Void) throws {
        let began = clock.now()
        try tell()
        guard try parkedRecord(job, subject)?.retryAt == nil else { return }
        try journal.wasResent(job, subject: subject, dueAt: began, forgettingUpTo: clock.now() - Self.patience)
    }
}

extension Fingerprint {
    /// Stands for the wish that nothing be there.
    static let cancellation = Fingerprint(text: "cancelled")

    private static let mark = "called off: "

    /// Of the same content, which the warehouse was told to cancel and shows as live all the same. An old reading looks like that
    /// too, so it is not taken for what is there: wanted again, it is sent again.
    var calledOff: Fingerprint { isCalledOff ? self : Fingerprint(text: Self.mark + text) }

    var isCalledOff: Bool { text.hasPrefix(Self.mark) }

    /// Of content that is there and is not known any more, with the mark that this one has.
    var unsure: Fingerprint { isCalledOff ? Fingerprint.unknown.calledOff : .unknown }

    /// Of the content without the mark.
    var content: Fingerprint { isCalledOff ? Fingerprint(text: String(text.dropFirst(Self.mark.count))) : self }
}
