import Exchange
import SyncCore
import Trade
import Units

// Taking back what the shop no longer wants.

extension Worker {
    /// Makes the warehouse let go of the document, and looks whether it did.
    ///
    /// - Parameter known: What ``known(_:with:)`` says of it.
    func letGo(_ known: PushedRecord, why: String, with desk: PushDesk) throws {
        if known.pushed.state == .cancelUnseen, let id = known.pushed.warehouseID {
            guard let after = try desk.read(id), !after.isCancelled else { return try cancelled(known, desk) }
            return try unseen(known, after, why, desk)
        }
        let held = try desk.find(known.pushed.warehouseNumber).first(where: { !$0.isCancelled })
        // A list that is late does not show what was sent a moment ago: what has an id is cancelled all the same.
        guard let id = held?.id ?? known.pushed.warehouseID else {
            if known.pushed.state == .sending, !isOver(known) {
                throw TransientFailure(
                    trouble: RecordFailure(
                        reason: "\(why), and whether it was sent before that is not known yet.",
                        effect: "The warehouse does not show \(desk.noun) \(known.pushed.warehouseNumber).",
                        remedy: "It is tried again by itself."))
            }
            listener(.reached(connection: name, .orderAlreadyGone))
            return try cancelled(known, desk)
        }
        // Before it is sent: an order that is booked again while nobody knows must not be taken for one that is still held.
        var cancelling = known
        cancelling.pushed.state = .cancelling
        cancelling.pushed.warehouseID = id
        cancelling.sentAt = clock.now()
        try noteUnknownWrite(of: known, desk)
        try journal.save(cancelling, lines: nil, desk.kind)
        do {
            try writing(.cancellation, about: known.number, of: desk.job) { try desk.cancel(id) }
        } catch let error as ExchangeError {
            guard case .refused(let status, let message) = error.reason else { throw error }
            let isInDoubt = error.effect == .unknown || known.pushed.state == .cancelling
            let seen = isInDoubt ? try stillLive(id, desk) : try desk.read(id)
            guard seen != nil || isInDoubt || status == 404 else {
                // What it refuses to cancel is there, whatever a late reading shows.
                throw TransientFailure(
                    trouble: RecordFailure(
                        reason: "\(why), but the warehouse refused to cancel it" + (message.isEmpty ? "." : ": \(message)"),
                        effect: "The warehouse does not show \(desk.noun) \(known.pushed.warehouseNumber).",
                        remedy: "It is looked at again by itself."))
            }
            if let after = seen, !after.isCancelled {
                // Perhaps refused because an earlier attempt was carried out, which what is read does not show yet.
                guard !isInDoubt else {
                    throw TransientFailure(
                        trouble: RecordFailure(
                            reason: "\(why); the warehouse refused to cancel it, perhaps because an earlier attempt, whose "
                                + "answer was lost, had done so" + (message.isEmpty ? "." : ": \(message)"),
                            effect: "The warehouse shows \(desk.noun) \(known.pushed.warehouseNumber) at status \(after.status).",
                            remedy: "It is looked at again by itself."))
                }
                listener(.reached(connection: name, .cancelRefused))
                try isThere(after, try stillHeld(cancelling, desk), desk)
                throw RecordFailure(
                    reason: "\(why), but the warehouse refused to cancel it" + (message.isEmpty ? "." : ": \(message)"),
                    effect: "The warehouse holds \(desk.noun) \(known.pushed.warehouseNumber) at status \(after.status).",
                    remedy: "Stop it in the warehouse by hand, or book it again in Rackbeat.")
            }
            return try cancelled(known, desk)
        }
        // A yes is not believed: cancelled in our books while the warehouse ships would cost the goods.
        guard let after = try stillLive(id, desk) else { return try cancelled(known, desk) }
        var unseen = cancelling
        unseen.pushed.state = .cancelUnseen
        // Whatever it is: booked again, it has to be sent again.
        unseen.pushed.fingerprint = Fingerprint.unknown.calledOff
        unseen.sentAt = clock.now()
        try journal.save(unseen, lines: nil, desk.kind)
        try self.unseen(unseen, after, why, desk)
    }

    /// The warehouse said that it was cancelled and shows it as live: for a while that may be an old reading, and then a person has
    /// to know.
    private func unseen(_ known: PushedRecord, _ after: HeldDocument, _ why: String, _ desk: PushDesk) throws {
        let reason = "\(why); the warehouse said it was cancelled, but it stands at status \(after.status)."
        let effect = "The warehouse holds \(desk.noun) \(known.pushed.warehouseNumber)."
        guard isOver(known) else {
            throw TransientFailure(
                trouble: RecordFailure(reason: reason, effect: effect, remedy: "It is looked at again by itself."))
        }
        try isThere(after, try stillHeld(known, desk), desk)
        throw RecordFailure(reason: reason, effect: effect, remedy: "Stop it in the warehouse by hand, then retry.")
    }

    /// Whether it is so long ago that the document was sent, or its cancellation, that nothing of it can be on its way, nor what is
    /// read be from before.
    func isOver(_ known: PushedRecord) -> Bool { clock.now() - known.sentAt >= Self.patience }

    /// The document, when it is still to be seen as live some seconds after the warehouse said that it was cancelled: what is read
    /// may be a little older than what was written.
    private func stillLive(_ id: WarehouseID, _ desk: PushDesk) throws -> HeldDocument? {
        for pause in Self.looks {
            guard let document = try desk.read(id), !document.isCancelled else { return nil }
            try clock.wait(for: pause)
        }
        guard let document = try desk.read(id), !document.isCancelled else { return nil }
        return document
    }

    /// The pauses between looks at what must have changed.
    static var looks: [Duration] { [.seconds(2), .seconds(4), .seconds(8)] }

    /// What was sent and never answered is found to be there: no doubt is left of that, whatever is to become of it.
    func isThere(_ held: HeldDocument, _ known: PushedRecord, _ desk: PushDesk) throws {
        guard known.pushed.state == .sending else { return }
        var record = known
        record.pushed.state = .held
        record.pushed.warehouseID = held.id
        record.pushed.fingerprint = Self.arrived(of: known)
        record.pending = nil
        try journal.save(record, lines: try lines(of: held, known.number, desk), desk.kind)
    }

    /// The content of a document that is found to be there. The first that was ever sent under this number is what arrived; of
    /// several, nothing tells which.
    static func arrived(of known: PushedRecord) -> Fingerprint? {
        guard let before = known.pushed.fingerprint, let pending = known.pending else {
            return known.pushed.fingerprint ?? known.pending
        }
        return before.content == pending ? before : before.unsure
    }

    /// What the journal knows of a document, after a cancellation that had no answer was looked up in the warehouse.
    ///
    /// Nothing else may be decided before: a number that the warehouse has cancelled takes no more changes, and one that it holds
    /// may still be cancelled by a request on its way.
    func known(_ number: String, with desk: PushDesk) throws -> PushedRecord? {
        guard let known = try journal.pushed(desk.kind, number: number) else { return nil }
        guard known.pushed.state.awaitsCancelling else { return known }
        let shown = try desk.find(known.pushed.warehouseNumber)
        // A list may be some seconds late: that nothing is shown says something only after a while.
        if shown.allSatisfy(\.isCancelled), !shown.isEmpty || isOver(known) {
            listener(.reached(connection: name, .orderAlreadyGone))
            try cancelled(known, desk)
            return try journal.pushed(desk.kind, number: number)
        }
        guard known.pushed.state == .cancelling, isOver(known), let held = shown.first(where: { !$0.isCancelled }) else {
            return known
        }
        var record = known
        record.pushed.state = .held
        record.pushed.warehouseID = held.id
        record.pushed.fingerprint = Self.arrived(of: known)?.calledOff
        record.pending = nil
        try journal.save(record, lines: try lines(of: held, number, desk), desk.kind)
        return record
    }

    /// What needs nothing done is left, but for one whose cancellation is not to be seen yet: no list would bring it again.
    func nothingIsUndecided(of known: PushedRecord?, _ desk: PushDesk) throws {
        guard let known, known.pushed.state.awaitsCancelling else { return }
        guard !isOver(known) else {
            _ = try stillHeld(known, desk)
            return
        }
        throw TransientFailure(
            trouble: RecordFailure(
                reason: "\(desk.noun) \(known.number) is done, and its cancellation is not to be seen yet.",
                effect: "The warehouse may still hold it.", remedy: "It is looked at again by itself."))
    }

    /// The cancellation was certainly not carried out: what the journal said before it is so again.
    func stillHeld(_ known: PushedRecord, _ desk: PushDesk) throws -> PushedRecord {
        var record = known
        record.pushed.state = record.pending == nil ? .held : .sending
        try journal.save(record, lines: nil, desk.kind)
        return record
    }

    func cancelled(_ known: PushedRecord, _ desk: PushDesk) throws {
        var record = known
        record.pushed.state = .cancelled
        record.pending = nil
        try journal.save(record, lines: [], desk.kind)
        tally.cancelled += 1
        listener(.cancelled(connection: name, desk.job, subject: known.number))
    }
}
