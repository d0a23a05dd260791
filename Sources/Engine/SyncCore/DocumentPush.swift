package import Trade
package import Units

/// Makes the warehouse hold what Rackbeat says of one order or purchase order, or nothing of it.
///
/// A put names the document by its number and says all of it, so sending it again after an unknown outcome does no harm; a refusal
/// after one may mean that the first arrived and work has begun since. A confirmed cancellation is not believed until the warehouse
/// shows it: cancelled in our books while the warehouse ships would cost the goods. What is on record (``takeChange()``) is written
/// to the journal before each directive is carried out, so that a restart goes on where the process died.
package struct DocumentPush: Equatable, Sendable {
    package enum State: Hashable, Sendable {
        case nothing
        /// Sending began; whether it arrived is not known.
        ///
        /// - Parameter over: What the warehouse held before; `nil` for the first sending under this number.
        case sending(Fingerprint, over: HeldContent?, since: Moment)
        case held(HeldContent)
        /// Cancelling began; whether it arrived is not known.
        case cancelling(Uncancelled, since: Moment)
        /// The warehouse accepted the cancellation and still shows the document as live; what is read may be older than that.
        ///
        /// - Parameter sending: The content whose sending had an unknown outcome before.
        case cancelUnseen(sending: Fingerprint?, since: Moment)
        case cancelled
        /// The warehouse cancelled the document by itself. It is not sent again before Rackbeat has given it up as well, the
        /// warehouse has made it live again, or a person has asked for it.
        ///
        /// - Parameter isToBeResent: Whether a person has asked for it.
        case cancelledByWarehouse(isToBeResent: Bool)

        /// Whether the warehouse may hold the document, or Rackbeat has not given up what the warehouse cancelled by itself.
        package var mayBeHeld: Bool {
            switch self {
            case .nothing, .cancelled: false
            case .sending, .held, .cancelling, .cancelUnseen, .cancelledByWarehouse: true
            }
        }

        /// Whether the outcome of the last write is unknown.
        package var isUnknown: Bool {
            switch self {
            case .nothing, .held, .cancelled, .cancelledByWarehouse: false
            case .sending, .cancelling, .cancelUnseen: true
            }
        }

        /// Whether the warehouse is known to hold this content, or to have held it before the last write.
        package func holds(_ content: Fingerprint) -> Bool {
            switch self {
            case .held(let held), .sending(_, let held?, _), .cancelling(.held(let held), _),
                .cancelling(.sending(_, let held?), _):
                held == HeldContent(content)
            case .nothing, .sending, .cancelling, .cancelUnseen, .cancelled, .cancelledByWarehouse: false
            }
        }
    }

    /// What a document was before its cancellation began, and is again if it was certainly not carried out.
    package enum Uncancelled: Hashable, Sendable {
        case held(HeldContent)
        case sending(Fingerprint, over: HeldContent?)
    }

    package enum Directive: Equatable, Sendable {
        /// List the warehouse's documents of ``PushRecord/warehouseNumber``.
        case find
        /// They must be there, and the list may be some seconds old: list them again after a pause.
        case findAgain(after: Duration)
        case read(WarehouseID)
        case readAgain(WarehouseID, after: Duration)
        /// Compare what the warehouse shows of the content, the quantities aside, with what is wanted.
        case compare(WarehouseID)
        /// The same without the lines.
        case compareHead(WarehouseID)
        /// Look up what Rackbeat wants and report it.
        case decide
        /// Bring the articles of the lines to the warehouse.
        case ensureArticles
        case put(isUpdate: Bool)
        case cancel(WarehouseID)
        /// Pass the error of the last exchange on: it concerns more than this document.
        case passErrorOn
        case park(PushFailure)
        case settle(Outcome)
    }

    package enum Outcome: Hashable, Sendable {
        /// The warehouse holds this already.
        case unchanged
        case sent
        case cancelled
        /// Nothing is to be done in the warehouse.
        case nothing
    }

    /// What people and coverage are told on the way.
    package enum Note: Hashable, Sendable {
        case cancelled
        case wasAlreadyGone
        case wasFoundSent
        /// The warehouse was found to hold something else than the journal said.
        case differed(DiscrepancyKind)
        case numberGivenUp
        case cancelRefused
    }

    /// What the journal is to record before the directive is carried out.
    package struct Change: Equatable, Sendable {
        /// In state ``State/nothing``, the document is forgotten.
        package var record: PushRecord
        /// What the warehouse now holds; `nil` when that did not change.
        package var lines: [PushedLine]?
        /// What a process that is gone was sending it may have sent.
        package var earlier: UnknownWrite?
    }

    package internal(set) var record: PushRecord
    package internal(set) var notes: [Note] = []
    var change: Change?
    var step = Step.start
    /// How long after an unknown outcome the request may still be carried out, and what is read be from before it.
    let settlingTime: Duration
    /// The pauses between looks at what must have changed.
    let pauses: [Duration]
    /// Whether the warehouse makes a cancelled document live again when its number is sent again. Otherwise it gets a new number.
    let revivesCancelledNumbers: Bool
    /// Whether a document that is there before the first sending, and is just what is to be sent, is taken over.
    let adoptsExisting: Bool
    /// What the warehouse was found to hold, and a person has to look at if Rackbeat wants the document as it was sent.
    var objection: PushFailure.Kind?

    package init(
        _ record: PushRecord, settlingTime: Duration, pauses: [Duration], revivesCancelledNumbers: Bool, adoptsExisting: Bool
    ) {
        self.record = record
        self.settlingTime = settlingTime
        self.pauses = pauses
        self.revivesCancelledNumbers = revivesCancelledNumbers
        self.adoptsExisting = adoptsExisting
    }

    package var state: State { record.state }

    package mutating func takeChange() -> Change? {
        defer { change = nil }
        return change
    }

    package mutating func takeNotes() -> [Note] {
        defer { notes = [] }
        return notes
    }

    // MARK: What Rackbeat wants

    /// Begins a decision. A cancellation with an unknown outcome is looked up first: a number that the warehouse has cancelled takes
    /// no more changes, and one that it holds may still be cancelled by a request on its way.
    package mutating func begin() -> Directive {
        switch state {
        case .cancelling, .cancelUnseen:
            step = .lookingUpCancellation
            return .find
        case .cancelledByWarehouse:
            step = .findingWithdrawn
            return .find
        case .nothing, .sending, .held, .cancelled: return .decide
        }
    }

    /// The warehouse is to hold the document with this content.
    package mutating func isWanted(_ content: PushContent, at now: Moment) -> Directive {
        switch state {
        case .cancelling(_, let since), .cancelUnseen(_, let since):
            guard isOver(since, at: now) else { return park(.wantedBeforeCancelIsSeen) }
            takeCancellationBack()
        case .cancelledByWarehouse: return park(.cancelledByWarehouse)
        case .nothing, .sending, .held, .cancelled: break
        }
        if let objection {
            // What is wanted otherwise by now is sent, and perhaps refused.
            if case .editedThere = objection, !state.holds(content.fingerprint) { return prepare(content) }
            return park(objection)
        }
        return prepare(content)
    }

    /// The warehouse is to hold nothing of the document.
    package mutating func isNotWanted(_ reason: CancelReason, at now: Moment) -> Directive {
        switch state {
        case .nothing, .cancelled: return .settle(.nothing)
        case .cancelledByWarehouse: return settleCancelled()
        case .cancelUnseen:
            guard let id = record.warehouseID else { break }
            step = .readingUnseen(reason)
            return .read(id)
        case .sending, .held, .cancelling: break
        }
        step = .findingToCancel(reason)
        return .find
    }

    /// Rackbeat is done with the document, and somebody else moved a part of it. The warehouse is to hold nothing of it, unless it has
    /// moved all that it holds itself: then the rest was moved by somebody else, and nothing is left to cancel.
    package mutating func isFinishedByOthers(
        _ content: PushContent, booked: [LineID: Quantity], at now: Moment
    ) -> Directive {
        guard case .held = state, !booked.isEmpty, let id = record.warehouseID else {
            return isNotWanted(.finishedByOthers, at: now)
        }
        step = .readingFinished(content, booked: booked)
        return .read(id)
    }

    /// Nothing is to be done about the document, or it does not concern the warehouse.
    package mutating func needsNothing(at now: Moment) -> Directive {
        switch state {
        case .cancelling(_, let since), .cancelUnseen(_, let since):
            // No list would bring it again.
            guard isOver(since, at: now) else { return park(.doneBeforeCancelIsSeen) }
            takeCancellationBack()
            return .settle(.nothing)
        case .nothing, .sending, .held, .cancelled, .cancelledByWarehouse: return .settle(.nothing)
        }
    }

    /// Rackbeat calls the document done, with this content. If it was changed after it was last sent, the warehouse worked by the old
    /// content, and there is nothing left to send.
    ///
    /// - Parameter booked: What of it is booked by us, by line.
    package mutating func isDone(_ content: PushContent, booked: [LineID: Quantity] = [:], at now: Moment) -> Directive {
        switch state {
        case .nothing, .cancelling, .cancelUnseen, .cancelled, .cancelledByWarehouse: return needsNothing(at: now)
        case .sending:
            step = .findingDone(content, booked: booked)
            return .find
        case .held(let held): return compareDone(held, content, booked)
        }
    }

    /// A late request may have undone what was written after it: the document is to be written once more.
    package mutating func isDueForResend() -> Directive {
        switch state {
        case .held(let held):
            become(.held(held.unsure))
            return .decide
        case .cancelled:
            step = .findingRevived
            return .find
        case .nothing, .sending, .cancelling, .cancelUnseen, .cancelledByWarehouse: return .settle(.nothing)
        }
    }

    // MARK: What the warehouse says

    package mutating func articlesAreThere(at now: Moment) -> Directive {
        guard case .preparing(let content) = step else { preconditionFailure("\(record.document): no articles were asked for") }
        let before = record
        var attempt = Attempt(content: content, before: before, over: nil, mayBeThere: false)
        var earlier: UnknownWrite?
        var number = record.warehouseNumber
        var isFirstOfNumber = false
        switch state {
        case .nothing: isFirstOfNumber = true
        case .cancelled:
            // A number that was cancelled takes no more changes.
            if !revivesCancelledNumbers {
                record.generation += 1
                number = "\(record.document.number)-\(record.generation + 1)"
                isFirstOfNumber = true
            }
        case .held(let held):
            attempt.over = held
            attempt.mayBeThere = held.fingerprint == nil || held.fingerprint == content.fingerprint
        case .sending(let sent, let over, let since):
            attempt.mayBeThere = sent == content.fingerprint
            // Where the earlier sending said something else, either may be what arrives.
            attempt.over = attempt.mayBeThere ? over : over?.unsure ?? HeldContent(nil)
            if !isOver(since, at: now) { earlier = UnknownWrite(content: .content(sent), at: since) }
        case .cancelling, .cancelUnseen, .cancelledByWarehouse:
            preconditionFailure("\(record.document): sent in state \(state)")
        }
        if number != record.warehouseNumber { record.warehouseID = nil }
        record.warehouseNumber = number
        guard !isFirstOfNumber else {
            // A put replaces whatever bears the number, whoever made it.
            step = .findingExisting(attempt)
            return .find
        }
        return put(attempt, earlier: earlier, at: now)
    }

    package mutating func putWasAccepted(_ id: WarehouseID) -> Directive {
        guard case .putting(let attempt) = step else { preconditionFailure("\(record.document): put in step \(step)") }
        return arrived(attempt, id)
    }

    package mutating func putWasRefused(_ message: String, outcomeUnknown: Bool) -> Directive {
        guard case .putting(let attempt) = step else { preconditionFailure("\(record.document): put in step \(step)") }
        var refused = RefusedPut(attempt: attempt, message: message, outcomeUnknown: outcomeUnknown)
        refused.attempt.mayBeThere = attempt.mayBeThere || outcomeUnknown
        // Refused after an unknown outcome, it must have arrived: a list may be some seconds late.
        step = .findingRefused(refused, pauses: refused.attempt.mayBeThere ? pauses[...] : [])
        return .find
    }

    package mutating func putFailed(outcomeUnknown: Bool) -> Directive {
        guard case .putting(let attempt) = step else { preconditionFailure("\(record.document): put in step \(step)") }
        // The first that was ever sent under this number: what is there now is what arrived. Looked for at once, because work that
        // begins before the next run changes what can be compared.
        guard attempt.before.state == .nothing, attempt.over == nil, outcomeUnknown else { return .passErrorOn }
        step = .findingFirst(attempt)
        return .find
    }

    package mutating func cancelWasAccepted() -> Directive {
        guard case .cancelling(let cancel) = step, let id = record.warehouseID else {
            preconditionFailure("\(record.document): cancelled in step \(step)")
        }
        step = .readingCancelled(cancel, pauses: pauses[...])
        return .read(id)
    }

    /// - Parameter isMissing: Whether the warehouse says that it has no such document.
    package mutating func cancelWasRefused(_ message: String, isMissing: Bool, outcomeUnknown: Bool) -> Directive {
        guard case .cancelling(let cancel) = step, let id = record.warehouseID else {
            preconditionFailure("\(record.document): cancelled in step \(step)")
        }
        if outcomeUnknown || cancel.isRepeated {
            step = .readingPerhapsCancelled(cancel, message, pauses: pauses[...])
        } else {
            step = .readingNotCancelled(cancel, message, isMissing: isMissing)
        }
        return .read(id)
    }

    package mutating func cancelFailed() -> Directive { .passErrorOn }

    /// - Parameter recorded: The lines that the warehouse holds by our records.
    package mutating func wasFound(
        _ documents: [WarehouseDocument], recorded: [PushedLine], at now: Moment
    ) -> Directive {
        let live = documents.first { !$0.isCancelled }
        switch step {
        case .lookingUpCancellation:
            step = .start
            lookedUp(documents, live, recorded, now)
            return .decide
        case .findingFirst(let attempt):
            guard let first = documents.first, !first.isCancelled, first.hasLines(attempt.content.lines) else {
                return .passErrorOn
            }
            notes.append(.wasFoundSent)
            return arrived(attempt, first.id)
        case .findingRefused(var refused, let pauses):
            refused.recorded = recorded
            if documents.isEmpty, let pause = pauses.first {
                step = .findingRefused(refused, pauses: pauses.dropFirst())
                return .findAgain(after: pause)
            }
            if refused.attempt.over?.cancelRequested == true, let shown = documents.first {
                guard !shown.isCancelled else { return beginAnew(refused) }
                // The list may be an old one again.
                step = .readingRefused(refused, shown)
                return .read(shown.id)
            }
            return judge(refused, documents.first, now)
        case .findingWithdrawn:
            step = .start
            guard case .cancelledByWarehouse(let isToBeResent) = state else { return .decide }
            // What else bears the number by now is somebody else's.
            if let live = documents.first(where: { !$0.isCancelled && $0.id == record.warehouseID }) {
                isLiveAgain(live)
            } else if isToBeResent {
                become(.cancelled)
            }
            return .decide
        case .findingExisting(let attempt): return foundExisting(live, attempt, now)
        case .findingConfirmation(let sighting): return confirmByNumber(documents, sighting, recorded)
        case .findingToCancel(let reason): return cancel(live, reason, now)
        case .findingDone(let content, let booked): return foundDone(live, content, booked, recorded, now)
        case .findingRevived:
            guard let live else { return .settle(.nothing) }
            // It is live, or the list is an old one: what is sent now will tell.
            record.warehouseID = live.id
            become(.held(HeldContent(nil, cancelRequested: true)), lines: live.lines)
            return .decide
        case .start, .preparing, .comparingExisting, .putting, .readingRefused, .comparingRefused, .readingDone, .readingFinished,
            .comparingDone, .readingUnseen, .readingConfirmation, .cancelling, .readingCancelled, .readingPerhapsCancelled,
            .readingNotCancelled:
            preconditionFailure("\(record.document): documents were listed in step \(step)")
        }
    }

    package mutating func wasRead(
        _ document: WarehouseDocument?, recorded: [PushedLine], at now: Moment
    ) -> Directive {
        let live = document.flatMap { $0.isCancelled ? nil : $0 }
        switch step {
        case .readingRefused(let refused, let shown):
            let held = document ?? shown
            return held.isCancelled ? beginAnew(refused) : judge(refused, held, now)
        case .readingDone(let content, let booked, let isUnsure):
            step = .comparingDone
            guard let document else { return park(.changedWhenDone) }
            if isUnsure, document.hasLines(content.lines) { return .compare(document.id) }
            guard document.isDelivered(of: content.lines, booked: booked) else { return park(.changedWhenDone) }
            return .compareHead(document.id)
        case .readingFinished(let content, let booked):
            guard let document, document.isDelivered(of: content.lines, booked: booked) else {
                return isNotWanted(.finishedByOthers, at: now)
            }
            step = .comparingDone
            return .compareHead(document.id)
        case .readingConfirmation(let sighting): return confirm(document, sighting, recorded)
        case .readingUnseen(let reason):
            return live.map { cancelIsUnseen($0, reason, recorded, now) } ?? settleCancelled()
        case .readingCancelled(let cancel, let pauses):
            guard let live else { return settleCancelled() }
            if let pause = pauses.first {
                step = .readingCancelled(cancel, pauses: pauses.dropFirst())
                return .readAgain(live.id, after: pause)
            }
            // Whatever it is: wanted again, it has to be sent again.
            become(.cancelUnseen(sending: cancel.pending, since: now))
            return cancelIsUnseen(live, cancel.reason, recorded, now)
        case .readingPerhapsCancelled(let cancel, let message, let pauses):
            guard let live else { return settleCancelled() }
            if let pause = pauses.first {
                step = .readingPerhapsCancelled(cancel, message, pauses: pauses.dropFirst())
                return .readAgain(live.id, after: pause)
            }
            // Perhaps refused because an earlier attempt was carried out, which what is read does not show yet.
            return park(.cancelRefusedAfterUnknown(cancel.reason, message, status: live.status))
        case .readingNotCancelled(let cancel, let message, let isMissing):
            guard let live else {
                // What it refuses to cancel is there, whatever a late reading shows.
                return document != nil || isMissing ? settleCancelled() : park(.cancelRefusedUnseen(cancel.reason, message))
            }
            notes.append(.cancelRefused)
            takeCancellationBack()
            isThere(live, recorded)
            return park(.cancelRefused(cancel.reason, message, status: live.status))
        case .start, .lookingUpCancellation, .preparing, .findingExisting, .comparingExisting, .findingConfirmation,
            .findingWithdrawn,
            .putting, .findingFirst, .findingRefused, .comparingRefused,
            .findingToCancel, .findingDone, .findingRevived, .comparingDone, .cancelling:
            preconditionFailure("\(record.document): a document was read in step \(step)")
        }
    }

    package mutating func wasCompared(isSame: Bool, at now: Moment) -> Directive {
        switch step {
        case .comparingRefused(let refused, let shown):
            if isSame {
                notes.append(.wasFoundSent)
                return arrived(refused.attempt, shown.id)
            }
            return refuse(refused, shown, now)
        case .comparingExisting(let attempt, let shown): return comparedExisting(attempt, shown, isSame: isSame, now)
        case .comparingDone: return isSame ? .settle(.nothing) : park(.changedWhenDone)
        default: preconditionFailure("\(record.document): contents were compared in step \(step)")
        }
    }
}
