import Trade
import Units

extension DocumentPush {
    /// What the last directive asked for, and what is to be done with the response.
    enum Step: Equatable, Sendable {
        case start
        case lookingUpCancellation
        case findingWithdrawn
        case preparing(PushContent)
        case findingExisting(Attempt)
        case comparingExisting(Attempt, WarehouseDocument)
        case readingConfirmation(Sighting)
        case readingUnknown(of: [PushedLine])
        case findingConfirmation(Sighting)
        case putting(Attempt)
        case findingFirst(Attempt)
        case findingRefused(RefusedPut, pauses: ArraySlice<Duration>)
        case readingRefused(RefusedPut, WarehouseDocument)
        case comparingRefused(RefusedPut, WarehouseDocument)
        case findingDone(PushContent, booked: [LineID: Quantity])
        case readingDone(PushContent, booked: [LineID: Quantity], isUnsure: Bool)
        case readingFinished(CancelReason, PushContent, booked: [LineID: Quantity])
        /// - Parameters:
        ///   - cancelled: The back orders that were told to be cancelled since.
        ///   - refusal: What the warehouse said to the last of them.
        case findingRest(Delivered, cancelled: Set<WarehouseID>, refusal: String?)
        case cancellingRest(Delivered, WarehouseDocument, cancelled: Set<WarehouseID>)
        /// What is known to be there when nothing differs; `nil`: the lines are not compared.
        case comparingDone(Fingerprint?)
        case findingToCancel(CancelReason)
        case readingUnseen(CancelReason)
        case cancelling(Cancel)
        case readingCancelled(Cancel, pauses: ArraySlice<Duration>)
        case readingPerhapsCancelled(Cancel, String, pauses: ArraySlice<Duration>)
        case readingNotCancelled(Cancel, String, isMissing: Bool)
        case findingRevived
    }

    /// One sending.
    struct Attempt: Equatable, Sendable {
        var content: PushContent
        /// What was on record before.
        var before: PushRecord
        var over: HeldContent?
        /// Whether what is there and is not known may be just this.
        var mayBeThere: Bool
    }

    struct RefusedPut: Equatable, Sendable {
        var attempt: Attempt
        var message: String
        var outcomeUnknown: Bool
        var recorded: [PushedLine] = []
    }

    struct Cancel: Equatable, Sendable {
        var reason: CancelReason
        /// Whether an earlier attempt had an unknown outcome.
        var isRepeated: Bool
        /// The content whose sending had an unknown outcome before.
        var pending: Fingerprint?
    }

    /// Whether nothing of it can be on its way any more, nor what is read be from before.
    func isOver(_ since: Moment, at now: Moment) -> Bool { now - since >= settlingTime }

    mutating func become(_ state: State, lines: [PushedLine]? = nil, earlier: UnknownWrite? = nil) {
        record.state = state
        change = Change(record: record, lines: lines ?? change?.lines, earlier: earlier ?? change?.earlier)
    }

    func park(_ kind: PushFailure.Kind) -> Directive {
        .park(PushFailure(document: record.document, warehouseNumber: record.warehouseNumber, kind: kind))
    }

    mutating func prepare(_ content: PushContent) -> Directive {
        if state == .held(HeldContent(content.fingerprint)) { return .settle(.unchanged) }
        if state == .cancelled, !revivesCancelledNumbers || record.generation > 0 { notes.append(.numberGivenUp) }
        step = .preparing(content)
        return .ensureArticles
    }

    mutating func put(_ attempt: Attempt, earlier: UnknownWrite? = nil, at now: Moment) -> Directive {
        record.deliveryDate = attempt.content.deliveryDate
        // Of the first sending the lines are recorded with it: if it arrives, that is what arrived.
        let isFirst = attempt.over == nil || attempt.before.state == .nothing
        become(
            .sending(attempt.content.fingerprint, over: attempt.over, since: now), lines: isFirst ? attempt.content.lines : nil,
            earlier: earlier)
        step = .putting(attempt)
        return .put(isUpdate: attempt.over != nil)
    }

    mutating func arrived(_ attempt: Attempt, _ id: WarehouseID) -> Directive {
        record.warehouseID = id
        become(.held(HeldContent(attempt.content.fingerprint)), lines: attempt.content.lines)
        return .settle(.sent)
    }

    mutating func becomeCancelled() {
        become(.cancelled, lines: [])
        notes.append(.cancelled)
    }

    mutating func settleCancelled() -> Directive {
        becomeCancelled()
        return .settle(.cancelled)
    }

    /// The cancellation was certainly not carried out, or is looked upon as if it had not been.
    mutating func takeCancellationBack() {
        switch state {
        case .cancelling(.held(let held), _): become(.held(held))
        case .cancelling(.sending(let content, let over), let since): become(.sending(content, over: over, since: since))
        case .cancelUnseen(nil, _): become(.held(HeldContent(nil, cancelRequested: true)))
        case .cancelUnseen(let content?, let since):
            become(.sending(content, over: HeldContent(nil, cancelRequested: true), since: since))
        case .nothing, .sending, .held, .cancelled, .cancelledByWarehouse: break
        }
    }

    /// The content of a document that is found to be there. The first that was ever sent under this number is what arrived; of
    /// several, nothing tells which.
    static func found(_ content: Fingerprint, over: HeldContent?) -> HeldContent {
        guard let over else { return HeldContent(content) }
        return over.fingerprint == content ? over : over.unsure
    }

    /// What was sent with an unknown outcome is found to be there, whatever is to become of it.
    mutating func isThere(_ document: WarehouseDocument, _ recorded: [PushedLine]) {
        guard case .sending(let content, let over, _) = state else { return }
        record.warehouseID = document.id
        become(.held(Self.found(content, over: over)), lines: document.lines(differingFrom: recorded))
    }

    mutating func lookedUp(
        _ documents: [WarehouseDocument], _ live: WarehouseDocument?, _ recorded: [PushedLine], _ now: Moment
    ) {
        guard case .cancelling(_, let since) = state else {
            guard case .cancelUnseen(_, let since) = state else { preconditionFailure("\(record.document): \(state)") }
            if live == nil, !documents.isEmpty || isOver(since, at: now) { wasAlreadyGone() }
            return
        }
        // A list may be some seconds late: that nothing is shown says something only after a while.
        guard let live else {
            if !documents.isEmpty || isOver(since, at: now) { wasAlreadyGone() }
            return
        }
        guard isOver(since, at: now), case .cancelling(let before, _) = state else { return }
        var held =
            switch before {
            case .held(let held): held
            case .sending(let content, let over): Self.found(content, over: over)
            }
        held.cancelRequested = true
        record.warehouseID = live.id
        become(.held(held), lines: live.lines(differingFrom: recorded))
    }

    mutating func wasAlreadyGone() {
        notes.append(.wasAlreadyGone)
        becomeCancelled()
    }

    // MARK: A refused put

    /// The number was cancelled after all, so the document gets a new one.
    mutating func beginAnew(_ refused: RefusedPut) -> Directive {
        becomeCancelled()
        return prepare(refused.attempt.content)
    }

    /// Either the warehouse holds the document already, or a person has to look.
    mutating func judge(_ refused: RefusedPut, _ shown: WarehouseDocument?, _ now: Moment) -> Directive {
        let attempt = refused.attempt
        // Nothing else was ever sent under this number, so what is left of a split order is left of this one.
        let isFirst = attempt.over == nil
        guard attempt.mayBeThere, let shown, !shown.isCancelled,
            shown.hasLines(attempt.content.lines) || isFirst && shown.isLeft(of: attempt.content.lines)
        else { return refuse(refused, shown, now) }
        if isFirst {
            notes.append(.wasFoundSent)
            return arrived(attempt, shown.id)
        }
        // An update that changed no line may have come too late all the same.
        step = .comparingRefused(refused, shown)
        return .compare(shown.id)
    }

    mutating func refuse(_ refused: RefusedPut, _ shown: WarehouseDocument?, _ now: Moment) -> Directive {
        let before = refused.attempt.before
        // What may be there, and be what it is refused for, is not forgotten because lists are too old to show it.
        if shown == nil {
            switch before.state {
            case .sending(_, _, let since) where refused.outcomeUnknown || !isOver(since, at: now): return park(.notSeenYet)
            case .nothing where refused.outcomeUnknown, .cancelled where refused.outcomeUnknown: return park(.notSeenYet)
            case .nothing, .sending, .held, .cancelling, .cancelUnseen, .cancelled, .cancelledByWarehouse: break
            }
        }
        // Somebody else cancelled the number: no later put under it can be taken.
        if let shown, shown.isCancelled {
            switch before.state {
            case .nothing, .sending, .held:
                record.warehouseID = shown.id
                notes.append(.differed(.cancelled))
                become(.cancelledByWarehouse(isToBeResent: false))
                return park(.cancelledByWarehouse)
            case .cancelling, .cancelUnseen, .cancelled, .cancelledByWarehouse: break
            }
        }
        // Certainly not carried out: the journal says again what it said before.
        switch before.state {
        case .held, .cancelling, .cancelUnseen, .cancelled, .cancelledByWarehouse:
            record = before
            become(before.state)
        case .nothing, .sending:
            if let shown, !shown.isCancelled {
                record.warehouseID = shown.id
                become(.held(HeldContent(nil)), lines: shown.lines(differingFrom: refused.recorded))
            } else {
                become(.nothing)
            }
        }
        let effect: PushFailure.Shown =
            switch shown {
            case nil: .nothing
            case let shown? where shown.isCancelled: .cancelled
            case let shown?: .live(status: shown.status)
            }
        return park(.putRefused(refused.message, effect))
    }

    // MARK: Cancelling

    mutating func cancel(_ live: WarehouseDocument?, _ reason: CancelReason, _ now: Moment) -> Directive {
        // A list that is late does not show what was sent a moment ago, and somebody else's may bear the number by now: what has an
        // id is cancelled by it.
        guard let id = record.warehouseID ?? live?.id else {
            if case .sending(_, _, let since) = state, !isOver(since, at: now) { return park(.cancelBeforeSendingIsSeen(reason)) }
            notes.append(.wasAlreadyGone)
            return settleCancelled()
        }
        let before: Uncancelled
        var earlier: UnknownWrite?
        var isRepeated = false
        switch state {
        case .held(let held): before = .held(held)
        case .sending(let content, let over, let since):
            before = .sending(content, over: over)
            if !isOver(since, at: now) { earlier = UnknownWrite(content: .content(content), at: since) }
        case .cancelling(let uncancelled, _):
            before = uncancelled
            isRepeated = true
        case .nothing, .cancelUnseen, .cancelled, .cancelledByWarehouse:
            preconditionFailure("\(record.document): cancelled in state \(state)")
        }
        // Before it is sent: a document that is wanted again while nobody knows must not be taken for one that is still held.
        record.warehouseID = id
        become(.cancelling(before, since: now), earlier: earlier)
        let pending: Fingerprint? = if case .sending(let content, _) = before { content } else { nil }
        step = .cancelling(Cancel(reason: reason, isRepeated: isRepeated, pending: pending))
        return .cancel(id)
    }

    /// The warehouse accepted the cancellation and shows the document as live: for a while that may be an old reading, and then a
    /// person has to know.
    mutating func cancelIsUnseen(
        _ live: WarehouseDocument, _ reason: CancelReason, _ recorded: [PushedLine], _ now: Moment
    ) -> Directive {
        guard case .cancelUnseen(_, let since) = state, isOver(since, at: now) else {
            return park(.cancelUnseen(reason, status: live.status))
        }
        takeCancellationBack()
        isThere(live, recorded)
        return park(.cancelNotCarriedOut(reason, status: live.status))
    }

    // MARK: Done in Rackbeat

    /// Nothing is sent any more, so what is there is what arrived.
    mutating func foundDone(
        _ live: WarehouseDocument?, _ content: PushContent, _ booked: [LineID: Quantity], _ recorded: [PushedLine],
        _ now: Moment
    ) -> Directive {
        guard let live else {
            guard case .sending(_, _, let since) = state, isOver(since, at: now) else { return park(.notSeenYet) }
            return settleCancelled()
        }
        isThere(live, recorded)
        guard case .held(let held) = state else { preconditionFailure("\(record.document): \(state)") }
        return compareDone(held, content, booked)
    }

    mutating func compareDone(_ held: HeldContent, _ content: PushContent, _ booked: [LineID: Quantity]) -> Directive {
        guard held.fingerprint != content.fingerprint else { return .settle(.nothing) }
        guard held.fingerprint == nil || !booked.isEmpty, let id = record.warehouseID else { return park(.changedWhenDone) }
        step = .readingDone(content, booked: booked, isUnsure: held.fingerprint == nil)
        return .read(id)
    }
}
