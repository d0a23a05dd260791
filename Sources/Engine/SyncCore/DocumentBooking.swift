package import Trade
package import Units

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
    /// All lines of the order; `nil` where they are not known.
    package let rows: Set<LineID>?
    /// Whether a draft takes lines beside those that it was made of.
    package let takesLines: Bool
    /// The documents that were there before.
    package let before: Set<DocumentID>
    /// How long after a lost response the creation may still be carried out, and a list be from before it.
    package let settlingTime: Duration
    /// The pauses before a list that lacks our document is asked for again.
    package let pauses: [Duration]
    /// When the booking was begun, or the creation sent that was answered: nothing of it can be older.
    var begun: Moment
    package internal(set) var state: State
    /// Whether a creation ever had an unknown outcome, so that a draft of ours may exist that no response named.
    package internal(set) var outcomeWasUnknown: Bool
    var wasEdited = false
    /// Whether the draft was made by a process that is gone, and may have been edited by it.
    var isInherited = false
    /// How often the list was asked for again because it lacked our document.
    var relists = 0
    /// Drafts that were removed; a list may show them for a while, and nobody removes them twice.
    var removed: Set<DocumentID> = []
    /// Documents like ours that were booked before anybody confirmed them.
    var twins: [DocumentID] = []
    /// Why the latest creation was refused, until a look shows whether an earlier one was carried out after all.
    var refusal: String?

    package init(
        subject: String, mode: Mode, wanted: [WantedLine], open: [OpenLine]?, rows: Set<LineID>? = nil, before: Set<DocumentID>,
        settlingTime: Duration, pauses: [Duration], begun: Moment, state: State = .intended, outcomeWasUnknown: Bool = false,
        takesLines: Bool = true
    ) {
        self.subject = subject
        self.mode = mode
        self.wanted = wanted
        self.open = mode == .linesInBody ? nil : open
        self.rows = rows
        self.takesLines = takesLines
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
            if let failure = whatNoDraftHolds() {
                state = .abandoned
                return .giveUp(removing: nil, failure)
            }
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
}
