package import Trade
package import Units

/// Recreates one change of stock in Rackbeat's stock.
///
/// The warehouse reports changes; Rackbeat, in its usual way, only takes a new total. Reading the stock and booking the total
/// cannot be one step, so the stock is read right before booking and again right after it. What the API describes decides: the
/// response to the booking, the stock before and after, and the document's own line. The item's ledger says exactly what the booking
/// changed, but no source shows its rows, so it adds to that where it can be read. What fell in between is made good by a further
/// adjustment.
///
/// One round books at most once: after a step that failed, what became of it is looked up and the round ends.
package struct AdjustmentBooking: Equatable, Sendable {
    package enum State: Hashable, Sendable {
        case intended
        /// The creation was sent on the ground of a reading of `base`; no response is known.
        case creating(since: Moment, base: Quantity?)
        /// - Parameter base: What Rackbeat held when the draft was made; `nil` when that is not known.
        case drafted(DocumentID, base: Quantity?)
        /// The booking was sent; no response is known.
        case booking(DocumentID, base: Quantity?, since: Moment)
        /// Rackbeat said that it is booked. Whether it did what was asked is not known yet.
        case verifying(DocumentID, base: Quantity?, since: Moment)
        case booked(DocumentID)
        case abandoned
    }

    package enum Mode: String, Sendable {
        case absoluteViaRead
        case relativeFlag
    }

    /// How the account treats adjustments.
    package struct Account: Hashable, Sendable {
        package var mode: Mode
        package var needsBooking: Bool
        /// Whether a line shows the change that its adjustment makes; otherwise the stock that it leads to.
        package var linesShowChange: Bool
        package var draftsCanBeDeleted: Bool

        package init(mode: Mode, needsBooking: Bool, linesShowChange: Bool, draftsCanBeDeleted: Bool) {
            self.mode = mode
            self.needsBooking = needsBooking
            self.linesShowChange = linesShowChange
            self.draftsCanBeDeleted = draftsCanBeDeleted
        }
    }

    /// What the item's ledger says.
    package enum Ledger: Equatable, Sendable {
        case rows([LedgerEntry])
        /// It could not be read this time.
        case unavailable
        /// Its rows are not of the form that we assume, and will not be the next time.
        case unknownForm
    }

    /// What the journal knows of a draft: whether it still is one.
    enum Standing: Equatable, Sendable {
        /// Made in this round, so nobody has booked it.
        case fresh
        /// An earlier round made it. The journal may be an older copy, and it is booked meanwhile.
        case recorded
        /// A booking of it was sent, and its outcome is unknown.
        case perhapsBooked
    }

    package enum Directive: Equatable, Sendable {
        case readStock
        /// - Parameter quantity: The new total, or the change when `isRelative`.
        case create(quantity: Quantity, isRelative: Bool)
        /// Look for adjustments that carry our reason.
        case search
        case delete([DocumentID])
        case book(DocumentID)
        case readLedger
        /// The round ends here, and a later one goes on from the same state.
        case lookLater(RecordFailure)
        /// Booked. What fell between reading and booking, or was booked once more, is to be made good by a further adjustment of
        /// `shortfall`.
        ///
        /// - Parameter spare: Drafts of ours that are of no use, and that the account does not let anybody delete by its API: those
        ///   that were one too many, or this very document when it would change nothing any more.
        case done(DocumentID, shortfall: Quantity, spare: [DocumentID] = [])
        /// Booked, and the account did something else than it was asked to. It will do so with the next one, so none may follow
        /// until a person has looked.
        case stop(RecordFailure)
        case giveUp(removing: DocumentID?, RecordFailure)
        /// Refused on the ground of a reading that may have been old. Nothing of it is left: a later run begins anew, and the record is
        /// parked when that does not help.
        case beginLater(RecordFailure)

        /// Whether the state it comes with is written down together with what it brings, and not before: a booking that the
        /// journal called done ahead of its ledger would be booked once more after a crash between the two.
        package var endsTheBooking: Bool {
            switch self {
            case .done, .stop, .giveUp, .beginLater: true
            default: false
            }
        }
    }

    package let subject: String
    package let change: Quantity
    package let account: Account
    package let settlingTime: Duration
    package internal(set) var state: State
    /// How often stock moved between reading and booking.
    var readings = 0
    /// The draft as it was shown last.
    var created: StockAdjustment?
    /// Drafts of ours that were deleted; a list may show them for a while.
    var gone: Set<DocumentID> = []
    /// Drafts that are one too many and stay.
    var spare: [DocumentID] = []
    /// Others that carry our reason, where an account books what it is sent at once: a request that was carried out twice has
    /// changed stock twice, and nothing can be deleted any more.
    var twins: [StockAdjustment] = []
    /// Why the latest creation or booking was refused, until the next look shows what that means.
    var refusal: String?
    /// A document with our reason that cannot be deleted: an engine with another journal has booked the change.
    var elsewhere: DocumentID?
    /// What is to be told when the draft that was refused for it is gone.
    var ending: RecordFailure?

    // What this round knows of the booking.

    /// Whether a booking was sent in this round.
    var hasBooked = false
    var standing = Standing.fresh
    /// What Rackbeat held when a draft was compared with it last.
    var stock: Quantity?
    /// What Rackbeat held right before the booking, if this process sent it, and after it.
    var before: Quantity?
    var after: Quantity?
    var ledger: Ledger?
    /// The document as a list showed it after the booking; `nil` where none was asked for or it is not in it.
    var shown: StockAdjustment?
    var wasSearched = false

    /// How often in one round a draft is made anew because stock moved meanwhile.
    static let mostReadings = 4

    package init(subject: String, change: Quantity, account: Account, settlingTime: Duration, state: State = .intended) {
        precondition(!change.isZero, "\(subject): an adjustment of nothing")
        self.subject = subject
        self.change = change
        self.account = account
        self.settlingTime = settlingTime
        self.state = state
    }

    package mutating func resume(at now: Moment) -> Directive {
        switch state {
        case .intended: return .readStock
        case .creating, .drafted:
            standing = .recorded
            return .search
        case .booking:
            standing = .perhapsBooked
            return lookUp()
        case .verifying: return lookUp()
        case .booked(let id): return .done(id, shortfall: .zero)
        case .abandoned: return giveUp(nil, "the adjustment was given up", "Nothing of it is left there.")
        }
    }

    var draft: DocumentID? {
        switch state {
        case .drafted(let id, _), .booking(let id, _, _), .verifying(let id, _, _), .booked(let id): id
        case .intended, .creating, .abandoned: nil
        }
    }
}

extension StockAdjustment {
    /// What its lines show together; `nil` where it shows none.
    var quantity: Quantity? { lines.isEmpty ? nil : lines.reduce(.zero) { $0 + $1.quantity } }
}
