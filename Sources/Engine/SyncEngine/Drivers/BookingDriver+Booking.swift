import ClientKit
import Exchange
import RackbeatClient
import SyncCore
import Trade
import Units

/// Carries out what the booking decides.
extension BookingDriver {
    func book(
        _ wanted: [WantedLine], beside before: [BookedDocument], _ progress: Progress, _ erp: ERPDocument,
        with calls: BookingCalls
    ) throws -> Bool {
        let wanted = try atOwnLocations(wanted, of: erp.number, calls)
        var intent = DocumentIntent(
            id: 0, kind: progress.kind, number: erp.number, warehouseNumber: progress.number, warehouseID: progress.id,
            fingerprint: progress.fingerprint, wanted: wanted, before: Set(before.map(\.id)), createdAt: clock.now(),
            state: .intended, outcomeWasUnknown: false)
        intent.id = try begin(intent)
        return try carryOut(intent, with: calls)
    }

    /// Carries an intent as far as it goes now.
    ///
    /// - Returns: Whether it is booked; `false` leaves the outcome unknown for a later run.
    func carryOut(_ intent: DocumentIntent, with calls: BookingCalls, isResumed: Bool = false) throws -> Bool {
        // What another of our connections made since is not ours either, however much it looks like it; nor is what was booked of an
        // earlier part, which an old list may have hidden when this one was begun.
        let others = try journal.documentsOfOthers(than: intent)
        let lines = calls.mode == .linesInBody ? nil : try calls.lines(intent.number)
        var booking = DocumentBooking(
            subject: "\(calls.noun) \(intent.number)", mode: calls.mode, wanted: intent.wanted,
            open: lines?.open, rows: lines?.rows, before: intent.before.union(others),
            settlingTime: JobContext.settlingTime, pauses: JobContext.lookupPauses, begun: intent.createdAt,
            // What an earlier run left unsent by the journal may have been sent where the journal is an older copy: looked up first.
            state: isResumed && intent.state == .intended ? .creating(since: Moment(milliseconds: 0)) : intent.state,
            outcomeWasUnknown: intent.outcomeWasUnknown, takesLines: calls.draftsTakeLines)
        var saved = (state: intent.state, outcomeWasUnknown: intent.outcomeWasUnknown)
        var directive = booking.resume(at: clock.now())
        while true {
            // Before the directive is carried out, so that a restart knows what may have been sent. A giving up is written down
            // when the draft is gone: until then the draft is still to be removed. What is done is written with its ledger.
            if !directive.endsTheBooking, saved != (booking.state, booking.outcomeWasUnknown) {
                saved = (booking.state, booking.outcomeWasUnknown)
                try journal.save(saved.state, outcomeWasUnknown: saved.outcomeWasUnknown, of: intent.id)
            }
            listener(.decided(connection: name, calls.job, calls.record(intent.number), directive.words))
            switch directive {
            case .list:
                let wasMissing = booking.isMissing
                guard let there = try documents(of: intent.number, calls) else {
                    directive = booking.orderIsGone()
                    continue
                }
                directive = booking.listed(there, at: clock.now())
                if wasMissing, !booking.isMissing { listener(.reached(connection: name, .readBackFoundOurDocument)) }
            case .listAgain(let pause):
                try clock.wait(for: pause)
                directive = .list
            case .create:
                try endIfNoted(.book(calls.record(intent.number), intent.wanted, draft: nil))
                directive = try create(&booking, intent, calls)
            case .edit(let id, let edits):
                try endIfNoted(.book(calls.record(intent.number), intent.wanted, draft: id))
                directive = try edit(id, edits, &booking, intent, calls)
            case .remove(let ids):
                if isNoted(.removeDrafts(ids, of: booking.subject)) {
                    try endIfNoted(.book(calls.record(intent.number), intent.wanted, draft: nil))
                }
                for id in ids { try calls.remove(id, intent.number) }
                listener(.reached(connection: name, .spareDraftRemoved))
                directive = booking.spareDraftsWereRemoved()
            case .confirm(let id):
                try endIfNoted(.book(calls.record(intent.number), intent.wanted, draft: id))
                directive = try confirm(id, &booking, intent, calls)
            case .read(let id):
                directive = booking.wasRead(try calls.read(id, intent.number), at: clock.now())
                if case .done = directive { listener(.reached(connection: name, .confirmationFoundDone)) }
            case .wait:
                listener(.reached(connection: name, .readBackFoundNothing))
                return false
            case .done(let id, let twins):
                try journal.complete(intent, documents: [id] + twins, at: clock.now())
                tally.booked += 1
                listener(.booked(connection: name, calls.job, subject: intent.number, document: id.value))
                if !twins.isEmpty { throw Self.bookedTwice(intent, [id] + twins, calls) }
                return true
            case .giveUp(let id, let failure):
                if let id, !isNoted(.removeDrafts([id], of: booking.subject)) {
                    try calls.remove(id, intent.number)
                    try noteOwnChange(of: intent.number, calls)
                }
                throw PermanentFailure(
                    failure: failure, ended: .document(intent.id, booking.state, outcomeWasUnknown: booking.outcomeWasUnknown))
            }
        }
    }

    /// What Rackbeat shows of an order; `nil` when it has no such order.
    func documents(of number: String, _ calls: BookingCalls) throws -> [BookedDocument]? {
        do {
            return try calls.list(number)
        } catch let error as ExchangeError where error.saysAbsent {
            guard try calls.lastChange(number) == nil else { throw error }
            return nil
        }
    }

    /// To Rackbeat a draft that is made and removed is a change of its order, and a change lets be tried again what is parked: it would
    /// be made and removed in every run. Where the time of the change cannot be read, that happens once more.
    private func noteOwnChange(of number: String, _ calls: BookingCalls) throws {
        do {
            if let moment = try calls.lastChange(number) { records.noteOwnChange(of: calls.record(number), at: moment) }
        } catch is ExchangeError {}
    }

    /// The lists may not bring the document again when the outcome is known.
    static func notKnownYet(_ number: String, _ calls: BookingCalls) -> TransientFailure {
        TransientFailure(
            failure: RecordFailure(
                reason: "\(calls.noun) \(number): whether what was moved before is booked is not known yet.",
                effect: "Nothing more was booked for it in Rackbeat.", remedy: "Tandem looks again automatically."))
    }

    /// What was booked twice stands twice in our ledger too: should the warehouse move as much again, nothing is left to book.
    static func bookedTwice(_ intent: DocumentIntent, _ documents: [DocumentID], _ calls: BookingCalls) -> RecordFailure {
        RecordFailure(
            reason: "\(calls.noun) \(intent.number): the request was carried out \(documents.count) times, and Rackbeat booked "
                + "documents \(documents.map(\.description).joined(separator: ", ")).",
            effect: "Rackbeat holds more as moved than the warehouse.",
            remedy: "Correct the booking in Rackbeat by hand, then dismiss this.")
    }

    func create(
        _ booking: inout DocumentBooking, _ intent: DocumentIntent, _ calls: BookingCalls
    ) throws -> DocumentBooking.Directive {
        do {
            return booking.wasCreated(try calls.create(intent.number, calls.mode == .linesInBody ? intent.wanted : nil))
        } catch let error as ExchangeError {
            if case .refused(_, let message) = error.reason {
                if !booking.outcomeWasUnknown { try checkDrafts(of: intent, message, calls) }
                return booking.creationWasRefused(message)
            }
            guard error.effect == .unknown else {
                // Certainly not carried out; the intent stands and the next run begins with it.
                try journal.save(.intended, outcomeWasUnknown: booking.outcomeWasUnknown, of: intent.id)
                throw error
            }
            return booking.creationOutcomeIsUnknown()
        }
    }

    /// A draft that another connection or the office has not finished holds on to what is open of the order. What is refused
    /// meanwhile is no matter for a person yet: it is tried again, with a new intent that knows which drafts are not its own.
    func checkDrafts(of intent: DocumentIntent, _ message: String, _ calls: BookingCalls) throws {
        guard let draft = try calls.list(intent.number).first(where: { !$0.isConfirmed }) else { return }
        throw TransientFailure(
            failure: Self.draftStands(draft.id, "\(calls.noun) \(intent.number): \(message)"),
            ended: .document(intent.id, .abandoned, outcomeWasUnknown: false))
    }

    func edit(
        _ id: DocumentID, _ edits: [DraftEdit], _ booking: inout DocumentBooking, _ intent: DocumentIntent, _ calls: BookingCalls
    ) throws -> DocumentBooking.Directive {
        do {
            try calls.edit(edits, id, intent.number)
        } catch let error as ExchangeError {
            guard case .refused(_, let message) = error.reason else { throw error }
            return booking.editWasRefused(message, draft: id)
        } catch let failure as RecordFailure {
            // What the draft has no line for: it is of no use, and must not stay behind.
            return booking.editWasRefused(failure.reason, draft: id)
        }
        listener(.reached(connection: name, .draftEdited))
        return booking.wasEdited(try calls.read(id, intent.number))
    }

    func confirm(
        _ id: DocumentID, _ booking: inout DocumentBooking, _ intent: DocumentIntent, _ calls: BookingCalls
    ) throws -> DocumentBooking.Directive {
        do {
            try calls.confirm(id, intent.number)
            return booking.wasConfirmed()
        } catch let error as ExchangeError {
            if case .refused(_, let message) = error.reason {
                return booking.confirmationWasRefused(message, document: try calls.read(id, intent.number))
            }
            guard error.effect == .unknown else { throw error }
            let document = try calls.read(id, intent.number)
            guard document?.isConfirmed == true else {
                // Not to be seen, but it may still be on its way: the next run looks again before it repeats anything.
                throw error
            }
            listener(.reached(connection: name, .confirmationFoundDone))
            return booking.wasRead(document, at: clock.now())
        }
    }
}
