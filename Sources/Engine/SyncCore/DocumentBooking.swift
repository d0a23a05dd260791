package import Trade
package import Units

/// A shipment or a receipt of Rackbeat as far as booking one is concerned.
package struct BookedDocument: Hashable, Sendable {
    package var id: DocumentID
    /// Marked as shipped or received: the only thing that moves stock.
    package var isConfirmed: Bool
    package var lines: [ShipmentLine]
    /// By Rackbeat's clock; `nil` when the account does not say.
    package var createdAt: Moment?

    package init(id: DocumentID, isConfirmed: Bool, lines: [ShipmentLine], createdAt: Moment? = nil) {
        self.id = id
        self.isConfirmed = isConfirmed
        self.lines = lines
        self.createdAt = createdAt
    }

    package init(_ shipment: Shipment) {
        self.init(
            id: shipment.id, isConfirmed: shipment.isShipped, lines: shipment.lines, createdAt: shipment.createdAt)
    }

    package init(_ receipt: Receipt) {
        self.init(
            id: receipt.id, isConfirmed: receipt.isReceived, lines: receipt.lines, createdAt: receipt.createdAt)
    }
}

/// Books one shipment or receipt: create, compare, confirm; and after an unknown outcome, read back before deciding.
///
/// Neither call has an idempotency key. The machine therefore never asks for a second creation unless the first was certainly
/// refused, or was looked for and not found for longer than a late response can take. Its state is written to the journal before
/// each directive is carried out, so that a restart resumes where the process died.
package struct DocumentBooking: Equatable, Sendable {
    package enum State: Hashable, Sendable {
        /// Nothing was sent.
        case intended
        /// The creation was sent; no response is known.
        case creating(since: Moment)
        /// The draft exists.
        case drafted(DocumentID)
        /// The confirmation was sent; no response is known.
        case confirming(DocumentID)
        case booked(DocumentID)
        /// Given up; nothing of it is left in Rackbeat.
        case abandoned
    }

    package enum Mode: String, Sendable {
        /// The wanted lines go into the creating call.
        case linesInBody
        /// The draft is made of all that is open and then edited.
        case editAfterCreate
        /// The draft is made of all that is open and must happen to be what is wanted.
        case wholeOnly
    }

    package enum Directive: Equatable, Sendable {
        /// Read every shipment (receipt) of the order.
        case list
        /// The list lacks a document that Rackbeat named: it is an old one. List again after a pause.
        case listAgain(after: Duration)
        case create
        case edit(DocumentID, [DraftEdit])
        /// Delete drafts of ours that are one too many, then list again.
        case remove([DocumentID])
        case confirm(DocumentID)
        case read(DocumentID)
        /// Not to be found yet; it may still be carried out, or be hidden by an old list. Ask again in a later run.
        case wait
        /// Booked.
        ///
        /// - Parameter twins: Documents that a second delivery of the request booked besides, where an account ships what is created.
        case done(DocumentID, twins: [DocumentID] = [])
        /// Remove the draft, if one is named, and park the record.
        case giveUp(removing: DocumentID?, RecordFailure)

        /// Whether the state it comes with is written down together with what it brings, and not before: a booking that the
        /// journal called done ahead of its ledger would be booked once more after a crash between the two.
        package var endsTheBooking: Bool {
            switch self {
            case .done, .giveUp: true
            default: false
            }
        }
    }

    package let subject: String
    package let mode: Mode
    package let wanted: [WantedLine]
    /// The order's open lines, where the mode needs them to read an unedited draft.
    package let open: [OpenLine]?
    /// The documents that were there before.
    package let before: Set<DocumentID>
    /// How long after a lost response the creation may still be carried out, and a list be from before it.
    package let settlingTime: Duration
    /// The pauses before a list that lacks our document is asked for again.
    package let pauses: [Duration]
    /// When the booking was begun, or the creation sent that was answered: nothing of it can be older.
    private var begun: Moment
    package private(set) var state: State
    /// Whether a creation ever had an unknown outcome, so that a draft of ours may exist that no response named.
    package private(set) var outcomeWasUnknown: Bool
    private var wasEdited = false
    /// Whether the draft was made by a process that is gone, and may have been edited by it.
    private var isInherited = false
    /// How often the list was asked for again because it lacked our document.
    private var relists = 0
    /// Drafts that were removed; a list may show them for a while, and nobody removes them twice.
    private var removed: Set<DocumentID> = []
    /// Documents like ours that were booked before anybody confirmed them.
    private var twins: [DocumentID] = []
    /// Why the latest creation was refused, until a look shows whether an earlier one was carried out after all.
    private var refusal: String?

    package init(
        subject: String, mode: Mode, wanted: [WantedLine], open: [OpenLine]?, before: Set<DocumentID>,
        settlingTime: Duration, pauses: [Duration], begun: Moment, state: State = .intended, outcomeWasUnknown: Bool = false
    ) {
        self.subject = subject
        self.mode = mode
        self.wanted = wanted
        self.open = mode == .linesInBody ? nil : open
        self.before = before
        self.settlingTime = settlingTime
        self.pauses = pauses
        self.begun = begun
        self.state = state
        self.outcomeWasUnknown = outcomeWasUnknown
    }

    /// The draft of somebody else that holds on to what is open, of those for which the latest creation was refused. As long as it
    /// stands, a creation would be refused again, and is not sent.
    package static func draftInTheWay(_ named: Set<DocumentID>, of documents: [BookedDocument]) -> DocumentID? {
        documents.first { named.contains($0.id) && !$0.isConfirmed }?.id
    }

    /// Whether the creation was sent and no document of it is known.
    package var isMissing: Bool {
        if case .creating = state { true } else { false }
    }

    /// Begins, or goes on after a restart or in a later run.
    package mutating func resume(at now: Moment) -> Directive {
        switch state {
        case .intended:
            state = .creating(since: now)
            return .create
        case .creating:
            outcomeWasUnknown = true
            return .list
        case .drafted:
            isInherited = true
            return .list
        case .confirming(let id):
            // The draft was what was meant when the confirmation was sent: it is read by what is wanted. Read by the open lines,
            // what is left of it would be taken for the first line of its item.
            wasEdited = true
            return .read(id)
        case .booked(let id): return .done(id)
        case .abandoned:
            return .giveUp(removing: nil, Self.failure("\(subject): the booking was given up.", "Nothing of it is left there."))
        }
    }

    /// The creation was answered. The list is read all the same: it shows what Rackbeat really holds, and whether the request
    /// was carried out twice.
    package mutating func wasCreated(_ document: BookedDocument) -> Directive {
        if case .creating(let since) = state { begun = since }
        state = .drafted(document.id)
        return .list
    }

    package mutating func creationWasRefused(_ why: String) -> Directive {
        if outcomeWasUnknown, case .creating = state {
            // Perhaps refused because the earlier attempt was carried out after all.
            refusal = why
            return .list
        }
        return giveUp(refused: why)
    }

    private mutating func giveUp(refused why: String) -> Directive {
        state = .abandoned
        return .giveUp(
            removing: nil,
            RecordFailure(
                reason: "\(subject): \(why)", effect: "Nothing was booked for it in Rackbeat.",
                remedy: "Fix the cause in Rackbeat, then retry."))
    }

    /// Nobody knows whether the creation was carried out.
    package mutating func creationOutcomeIsUnknown() -> Directive {
        outcomeWasUnknown = true
        return .list
    }

    package mutating func listed(_ documents: [BookedDocument], at now: Moment) -> Directive {
        let fresh = documents.filter { !before.contains($0.id) && !removed.contains($0.id) }
        switch state {
        case .creating(let since): return look(for: since, in: fresh, at: now)
        case .drafted(let id):
            guard let own = fresh.first(where: { $0.id == id }) else {
                // What is not shown may stand there twice.
                guard relists < pauses.count, now - begun < settlingTime else { return .read(id) }
                relists += 1
                return .listAgain(after: pauses[relists - 1])
            }
            let spare = fresh.filter { $0.id != id && !$0.isConfirmed && looksLikeOurs($0) }.map(\.id)
            guard spare.isEmpty else { return remove(spare) }
            twins = twins(of: own, in: fresh)
            if isInherited, mode == .editAfterCreate, !own.isConfirmed, comparison(own) != .same {
                // Half edited, or not at all: where its lines name none of the order, nothing tells which. It is made again.
                isInherited = false
                state = .creating(since: now - settlingTime)
                return remove([id])
            }
            return judge(own)
        case .intended, .confirming, .booked, .abandoned:
            preconditionFailure("\(subject): documents were listed in state \(state)")
        }
    }

    private mutating func remove(_ drafts: [DocumentID]) -> Directive {
        removed.formUnion(drafts)
        return .remove(drafts)
    }

    package func spareDraftsWereRemoved() -> Directive { .list }

    /// The edits were carried out and the draft was read again.
    package mutating func wasEdited(_ document: BookedDocument?) -> Directive {
        wasEdited = true
        guard let document else { return vanished() }
        return judge(document)
    }

    package mutating func editWasRefused(_ why: String, draft: DocumentID) -> Directive {
        state = .abandoned
        return .giveUp(
            removing: draft,
            RecordFailure(
                reason: "\(subject): the draft could not be brought to what was moved: \(why)",
                effect: "Nothing was booked for it in Rackbeat.", remedy: "Fix the cause in Rackbeat, then retry."))
    }

    package mutating func wasConfirmed() -> Directive {
        guard case .confirming(let id) = state else { preconditionFailure("\(subject): confirmed in state \(state)") }
        state = .booked(id)
        return .done(id)
    }

    package mutating func confirmationOutcomeIsUnknown() -> Directive {
        guard case .confirming(let id) = state else { preconditionFailure("\(subject): outcome unknown in state \(state)") }
        return .read(id)
    }

    /// - Parameter why: The refusal. It may mean that an earlier confirmation was carried out after all.
    package mutating func confirmationWasRefused(_ why: String, document: BookedDocument?) -> Directive {
        guard case .confirming(let id) = state else { preconditionFailure("\(subject): refused in state \(state)") }
        if document?.isConfirmed == true {
            state = .booked(id)
            return .done(id)
        }
        state = .abandoned
        return .giveUp(
            removing: document?.id,
            RecordFailure(
                reason: "\(subject): \(why)", effect: "Nothing was booked for it in Rackbeat; the draft \(id) was removed.",
                remedy: "Fix the cause in Rackbeat, then retry."))
    }

    /// One document was read by its id.
    package mutating func wasRead(_ document: BookedDocument?, at now: Moment) -> Directive {
        // Read because no list shows it: only one that does tells whether the request was carried out twice.
        if case .drafted = state, now - begun < settlingTime { return .wait }
        guard let document else { return vanished() }
        switch state {
        case .confirming(let id) where document.isConfirmed:
            state = .booked(id)
            return .done(id)
        case .confirming, .drafted: return judge(document)
        case .intended, .creating, .booked, .abandoned:
            preconditionFailure("\(subject): document \(document.id) was read in state \(state)")
        }
    }

    // MARK: Deciding

    private mutating func look(for since: Moment, in fresh: [BookedDocument], at now: Moment) -> Directive {
        if let own = fresh.first(where: { looksLikeOurs($0) }) {
            state = .drafted(own.id)
            twins = twins(of: own, in: fresh)
            let spare = fresh.filter { $0.id != own.id && !$0.isConfirmed && looksLikeOurs($0) }.map(\.id)
            return spare.isEmpty ? judge(own) : remove(spare)
        }
        if let stranger = fresh.first(where: { !$0.isConfirmed }) {
            // Ours with other lines than were asked for, or somebody else's: what cannot be told apart is not deleted.
            state = .abandoned
            return .giveUp(
                removing: nil,
                RecordFailure(
                    reason: "\(subject): the response to the creation was lost, and a draft that differs appeared: "
                        + "\(difference(stranger)).",
                    effect: "The draft \(stranger.id) was left alone; nothing was booked.",
                    remedy: "Delete the draft \(stranger.id) in Rackbeat if nobody there made it, then retry.",
                    documents: [stranger.id]))
        }
        // The earlier attempt had its time and left nothing: the no is the answer, and asking again would only get it again.
        if let refusal { return giveUp(refused: refusal) }
        guard now - since >= settlingTime else { return .wait }
        state = .creating(since: now)
        return .create
    }

    /// Where nobody has to confirm, a request that was carried out twice has moved the goods twice.
    private func twins(of own: BookedDocument, in fresh: [BookedDocument]) -> [DocumentID] {
        guard own.isConfirmed else { return [] }
        return fresh.filter { $0.id != own.id && $0.isConfirmed && looksLikeOurs($0) }.map(\.id)
    }

    /// Whether a document could have been made by this intent.
    private func looksLikeOurs(_ document: BookedDocument) -> Bool {
        if DraftComparison.compare(document.lines, with: wanted, open: open) == .same { return true }
        // Before it is edited, a draft of all that is open looks like any other.
        return mode == .editAfterCreate && !document.isConfirmed
    }

    private mutating func judge(_ document: BookedDocument) -> Directive {
        let comparison = comparison(document)
        switch (comparison, document.isConfirmed) {
        case (.same, true):
            state = .booked(document.id)
            return .done(document.id, twins: twins)
        case (.same, false):
            state = .confirming(document.id)
            return .confirm(document.id)
        case (.differs, true):
            state = .abandoned
            return .giveUp(
                removing: nil,
                RecordFailure(
                    reason: "\(subject): Rackbeat booked something else than was moved: \(difference(document)).",
                    effect: "Rackbeat holds document \(document.id) as booked, and it is wrong.",
                    remedy: "Correct document \(document.id) in Rackbeat by hand, then dismiss this.",
                    documents: [document.id]))
        case (.differs(let edits), false):
            if let item = edits.lazy.compactMap(ambiguousItem).first {
                state = .abandoned
                return .giveUp(
                    removing: document.id,
                    RecordFailure(
                        reason:
                            "\(subject): the draft lacks a line of \(item), and one that is added could count for another of the "
                            + "lines of that item: \(difference(document)).",
                        effect: "The draft \(document.id) was removed; nothing was booked.",
                        remedy: "Book this part in Rackbeat by hand, then dismiss this."))
            }
            if mode == .editAfterCreate, !wasEdited { return .edit(document.id, edits) }
            state = .abandoned
            return .giveUp(
                removing: document.id,
                RecordFailure(
                    reason: "\(subject): Rackbeat made a draft of something else than was moved: \(difference(document)).",
                    effect: "The draft \(document.id) was removed; nothing was booked.",
                    remedy: mode == .wholeOnly
                        ? "This account takes only whole shipments: book this part in Rackbeat by hand, then dismiss this."
                        : "Check the profile's way of booking parts against the account, then retry."))
        }
    }

    /// A draft of all that is open is read by the open lines in their order. Once it was edited it holds only what is wanted, and
    /// where its lines name none of the order they would be taken for others that are open too.
    private func comparison(_ document: BookedDocument) -> DraftComparison {
        DraftComparison.compare(document.lines, with: wanted, open: wasEdited ? nil : open)
    }

    /// The item of a line that is to be added, when several lines of the order are open for it: Rackbeat counts an added line for
    /// whichever it likes.
    private func ambiguousItem(of edit: DraftEdit) -> ItemNumber? {
        guard case .add(let item, let location, _) = edit, let open else { return nil }
        return open.filter { $0.item == item && $0.location == location }.count > 1 ? item : nil
    }

    private mutating func vanished() -> Directive {
        state = .abandoned
        return .giveUp(
            removing: nil,
            RecordFailure(
                reason: "\(subject): the draft was deleted in Rackbeat before it was booked.",
                effect: "Nothing was booked for it in Rackbeat.", remedy: "Retry to book it again."))
    }

    private func difference(_ document: BookedDocument) -> String {
        let wantedText = wanted.map { "line \($0.row) (\($0.item)) \($0.quantity)" }.joined(separator: ", ")
        let foundText = document.lines.map { line in
            let name = line.item?.text ?? "no item"
            return (line.orderLine.map { "line \($0) (\(name))" } ?? name) + " \(line.quantity)"
        }.joined(separator: ", ")
        return "wanted \(wantedText), found \(foundText.isEmpty ? "no lines" : foundText)"
    }

    private static func failure(_ reason: String, _ effect: String) -> RecordFailure {
        RecordFailure(reason: reason, effect: effect, remedy: "Retry to book it again.")
    }
}
