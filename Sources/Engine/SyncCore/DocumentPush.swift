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
        /// List the live back orders of a document of which nothing is picked.
        case findRest(WarehouseID)
        /// Cancel a back order.
        case cancelRest(WarehouseID, number: String)
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
}
