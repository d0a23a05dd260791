package import Trade
package import Units

/// What the warehouse answers and shows.
extension DocumentPush {
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

    /// - Parameter isShutOut: Whether the last attempt was refused for our credentials, so that whatever is asked next is refused too. The
    ///   next run looks for what arrived.
    package mutating func putFailed(outcomeUnknown: Bool, isShutOut: Bool = false) -> Directive {
        guard case .putting(let attempt) = step else { preconditionFailure("\(record.document): put in step \(step)") }
        // The first that was ever sent under this number: what is there now is what arrived. Looked for at once, because work that
        // begins before the next run changes what can be compared.
        guard attempt.before.state == .nothing, attempt.over == nil, outcomeUnknown, !isShutOut else { return .passErrorOn }
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
            guard let live, live.hasLines(attempt.content.lines) else { return .passErrorOn }
            notes.append(.wasFoundSent)
            return arrived(attempt, live.id)
        case .findingRefused(var refused, let pauses):
            refused.recorded = recorded
            if documents.isEmpty, let pause = pauses.first {
                step = .findingRefused(refused, pauses: pauses.dropFirst())
                return .findAgain(after: pause)
            }
            // A cancelled one beside it is an earlier one of that number.
            let shown = live ?? documents.first
            if refused.attempt.over?.cancelRequested == true, let shown {
                guard !shown.isCancelled else { return beginAnew(refused) }
                // The list may be an old one again.
                step = .readingRefused(refused, shown)
                return .read(shown.id)
            }
            return judge(refused, shown, now)
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
            .comparingDone, .readingUnseen, .readingConfirmation, .readingUnknown, .cancelling, .readingCancelled,
            .readingPerhapsCancelled, .readingNotCancelled, .findingRest, .cancellingRest:
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
            step = .comparingDone(content.fingerprint)
            guard let document else { return park(.changedWhenDone) }
            if isUnsure, document.hasLines(content.lines) { return .compare(document.id) }
            guard document.isDelivered(of: content.lines, booked: booked) else { return park(.changedWhenDone) }
            return findRest(of: Delivered(document, of: content, recorded: recorded))
        case .readingFinished(let reason, let content, let booked):
            guard let document, document.isDelivered(of: content.lines, booked: booked) else {
                return isNotWanted(reason, at: now)
            }
            return findRest(of: Delivered(document, of: content, recorded: recorded))
        case .readingConfirmation(let sighting): return confirm(document, sighting, recorded)
        case .readingUnknown(let lines): return confirmUnknown(document, of: lines)
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
            .findingWithdrawn, .putting, .findingFirst, .findingRefused, .comparingRefused, .findingToCancel, .findingDone,
            .findingRevived, .comparingDone, .cancelling, .findingRest, .cancellingRest:
            preconditionFailure("\(record.document): a document was read in step \(step)")
        }
    }

    // MARK: What was split off

    /// Rackbeat is done with the document, and so is the warehouse, with what it left on it. A back order with the rest would be
    /// picked all the same.
    private mutating func findRest(of delivered: Delivered, cancelled: Set<WarehouseID> = [], refusal: String? = nil) -> Directive
    {
        step = .findingRest(delivered, cancelled: cancelled, refusal: refusal)
        return .findRest(delivered.id)
    }

    /// - Parameter untouched: The live back orders of which nothing is picked. What is picked is booked, or parked with the figures.
    package mutating func restWasFound(_ untouched: [WarehouseDocument]) -> Directive {
        guard case .findingRest(let delivered, let cancelled, let refusal) = step else {
            preconditionFailure("\(record.document): a rest was listed in step \(step)")
        }
        // What was refused and is still there comes first: the others stay for the next look.
        if let rest = untouched.first(where: { cancelled.contains($0.id) }) {
            return park(
                refusal.map { .restRefused(number: rest.number, $0, status: rest.status) }
                    ?? .restUnseen(number: rest.number, status: rest.status))
        }
        guard let rest = untouched.first else {
            step = .comparingDone(delivered.isWhole ? delivered.fingerprint : nil)
            return delivered.isWhole ? .compare(delivered.id) : .compareHead(delivered.id)
        }
        step = .cancellingRest(delivered, rest, cancelled: cancelled)
        return .cancelRest(rest.id, number: rest.number)
    }

    package mutating func restWasCancelled() -> Directive {
        guard case .cancellingRest(let delivered, let rest, let cancelled) = step else {
            preconditionFailure("\(record.document): a rest was cancelled in step \(step)")
        }
        return findRest(of: delivered, cancelled: cancelled.union([rest.id]))
    }

    /// It may be refused because it is cancelled already: by an attempt whose response was lost, or by the warehouse.
    package mutating func restWasRefused(_ message: String, outcomeUnknown: Bool) -> Directive {
        guard case .cancellingRest(let delivered, let rest, let cancelled) = step else {
            preconditionFailure("\(record.document): a rest was refused in step \(step)")
        }
        return findRest(of: delivered, cancelled: cancelled.union([rest.id]), refusal: outcomeUnknown ? nil : message)
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
        case .comparingDone(let fingerprint):
            guard isSame else { return park(.changedWhenDone) }
            // It need not be compared again until Rackbeat has something else.
            if let fingerprint, case .held(let held) = state {
                become(.held(HeldContent(fingerprint, cancelRequested: held.cancelRequested)))
            }
            return .settle(.nothing)
        default: preconditionFailure("\(record.document): contents were compared in step \(step)")
        }
    }
}
