package import Trade
package import Units

/// Replays one change of stock in Rackbeat's stock.
///
/// The warehouse reports changes; Rackbeat, in its usual way, only takes a new total. Reading the stock and booking the total
/// cannot be one step, so the stock is read again right before booking, the item's ledger shows afterwards what the booking
/// really changed, and what fell in between is made good by a further adjustment.
package struct AdjustmentBooking: Equatable, Sendable {
    package enum State: Hashable, Sendable {
        case intended
        /// The creation was sent on the ground of a reading; no response is known. `base` is `nil` for a relative adjustment.
        case creating(since: Moment, base: Quantity?)
        case drafted(DocumentID, base: Quantity?)
        /// The booking was sent; no response is known.
        case booking(DocumentID, base: Quantity?)
        /// Booked by all we know; the ledger has not confirmed it yet.
        case verifying(DocumentID)
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
        /// Whether a draft's line shows the change it will make, or the total it was given.
        package var linesShowChange: Bool
        package var draftsCanBeDeleted: Bool

        package init(mode: Mode, needsBooking: Bool, linesShowChange: Bool, draftsCanBeDeleted: Bool) {
            self.mode = mode
            self.needsBooking = needsBooking
            self.linesShowChange = linesShowChange
            self.draftsCanBeDeleted = draftsCanBeDeleted
        }
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
        /// Not to be seen yet; ask again in a later run.
        case wait
        /// Booked. What fell between reading and booking, or was booked once more, is to be made good by a further adjustment of
        /// `shortfall`.
        ///
        /// - Parameter spare: Drafts of ours that are of no use, and that the account does not let anybody delete by its API: those
        ///   that were one too many, or this very document when it would change nothing any more.
        case done(DocumentID, shortfall: Quantity, spare: [DocumentID] = [])
        case giveUp(removing: DocumentID?, RecordFailure)
        /// Refused on the ground of a reading that may have been old. Nothing of it is left: to be begun anew in a later run, and put
        /// parks the record when that does not help.
        case beginLater(RecordFailure)

        /// Whether the state it comes with is written down together with what it brings, and not before: a booking that the
        /// journal called done ahead of its ledger would be booked once more after a crash between the two.
        package var endsTheBooking: Bool {
            switch self {
            case .done, .giveUp, .beginLater: true
            default: false
            }
        }
    }

    package let subject: String
    package let change: Quantity
    package let account: Account
    package let settlingTime: Duration
    package private(set) var state: State
    /// How often stock moved between reading and booking.
    private var readings = 0
    /// The draft as the response to its creation showed it.
    private var created: StockAdjustment?
    /// Drafts of ours that were deleted; a list may show them for a while.
    private var gone: Set<DocumentID> = []
    /// Drafts that are one too many and stay.
    private var spare: [DocumentID] = []
    /// Others that carry our reason, where an account books what it is sent at once: a request that was carried out twice has
    /// changed stock twice, and nothing can be deleted any more.
    private var twins: Set<DocumentID> = []
    /// Why the latest creation or booking was refused, until the next look shows what that means.
    private var refusal: String?

    static let mostReadings = 8

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
        case .intended: return begin(at: now)
        case .creating: return .search
        case .drafted: return .search
        // What a search would show is gone with the process that made it.
        case .booking, .verifying: return account.needsBooking && account.draftsCanBeDeleted ? .readLedger : .search
        case .booked(let id): return .done(id, shortfall: .zero)
        case .abandoned: return giveUp(nil, "the adjustment was given up", "Nothing of it is left there.")
        }
    }

    /// - Parameter stock: What Rackbeat holds of the item at the location; `nil` when it knows no such item there.
    package mutating func stockWasRead(_ stock: Quantity?, at now: Moment) -> Directive {
        guard let stock else {
            return giveUp(
                draft, "Rackbeat has no such item at this location", "Nothing was booked.",
                remedy: "Create the item in Rackbeat, or book the change by hand and dismiss this.")
        }
        switch state {
        case .intended:
            state = .creating(since: now, base: stock)
            return .create(quantity: stock + change, isRelative: false)
        case .drafted(let id, let base):
            if let why = refusal { return standsRefused(id, why, asksFor: base.map { $0 + change }, stock) }
            guard stock != base else { return bookNow() }
            readings += 1
            if readings > Self.mostReadings || !account.draftsCanBeDeleted {
                // Booked on an old reading; the ledger will say by how much it missed.
                return bookNow()
            }
            return .delete([id])
        case .creating(_, let base):
            // The creation was refused. Had stock moved to just what it asked for, it asked for no change at all.
            guard refusal != nil, stock != base, readings < Self.mostReadings else {
                state = .intended
                return .beginLater(
                    failure(refusal ?? "the creation was refused", "Nothing was booked for it in Rackbeat."))
            }
            refusal = nil
            readings += 1
            state = .creating(since: now, base: stock)
            return .create(quantity: stock + change, isRelative: false)
        case .booking, .verifying, .booked, .abandoned:
            preconditionFailure("\(subject): stock was read in state \(state)")
        }
    }

    package mutating func wasCreated(_ adjustment: StockAdjustment) -> Directive {
        guard case .creating(_, let base) = state else { preconditionFailure("\(subject): created in state \(state)") }
        // The response names one adjustment; the search shows whether the request was carried out twice.
        guard account.needsBooking else {
            state = .verifying(adjustment.id)
            return .search
        }
        state = .drafted(adjustment.id, base: base)
        created = adjustment
        return .search
    }

    package mutating func creationWasRefused(_ why: String) -> Directive {
        guard account.mode == .absoluteViaRead else {
            return giveUp(nil, why, "Nothing was booked for it in Rackbeat.")
        }
        refusal = why
        return .readStock
    }

    package mutating func creationOutcomeIsUnknown() -> Directive { .search }

    /// - Parameter found: The adjustments that carry exactly our reason.
    package mutating func searched(_ found: [StockAdjustment], at now: Moment) -> Directive {
        switch state {
        case .drafted(let id, let base):
            let spare = found.map(\.id).filter { $0 != id && !gone.contains($0) }
            if !spare.isEmpty, account.draftsCanBeDeleted { return .delete(spare) }
            self.spare = spare
            if let own = created ?? found.first(where: { $0.id == id }) { return judge(own, base: base) }
            // Not in the list, which may be late; the journal knows that it was made.
            return account.mode == .absoluteViaRead ? .readStock : bookNow()
        case .creating(let since, let base): return looked(for: since, base, found.filter { !gone.contains($0.id) }, at: now)
        case .booking(let id, _), .verifying(let id):
            let others = found.map(\.id).filter { $0 != id }
            if account.needsBooking { spare = others } else { twins = Set(others) }
            return .readLedger
        case .intended, .booked, .abandoned:
            preconditionFailure("\(subject): searched in state \(state)")
        }
    }

    private mutating func looked(
        for since: Moment, _ base: Quantity?, _ found: [StockAdjustment], at now: Moment
    ) -> Directive {
        guard let own = found.first else {
            guard now - since >= settlingTime else { return .wait }
            state = .intended
            return begin(at: now)
        }
        guard account.needsBooking else {
            state = .verifying(own.id)
            twins = Set(found.dropFirst().map(\.id))
            return .readLedger
        }
        state = .drafted(own.id, base: base)
        created = own
        let spare = found.dropFirst().map(\.id)
        if !spare.isEmpty, account.draftsCanBeDeleted { return .delete(spare) }
        self.spare = spare
        return account.mode == .absoluteViaRead ? .readStock : judge(own, base: base)
    }

    /// - Parameter ids: What was deleted.
    package mutating func wereDeleted(_ ids: [DocumentID], at now: Moment) -> Directive {
        gone.formUnion(ids)
        guard case .drafted(let id, _) = state, ids.contains(id) else {
            guard case .drafted(_, let base) = state else { return resume(at: now) }
            if let created { return judge(created, base: base) }
            return account.mode == .absoluteViaRead ? .readStock : bookNow()
        }
        created = nil
        state = .intended
        return begin(at: now)
    }

    package mutating func wasBooked() -> Directive {
        guard case .booking(let id, _) = state else { preconditionFailure("\(subject): booked in state \(state)") }
        state = .verifying(id)
        return .readLedger
    }

    package mutating func bookingOutcomeIsUnknown() -> Directive { .readLedger }

    /// The booking was refused: the draft asks for what the stock has meanwhile become, or an earlier attempt was carried out.
    package mutating func bookingWasRefused(_ why: String) -> Directive {
        refusal = why
        return .readLedger
    }

    /// - Parameter entries: The item's ledger.
    package mutating func ledgerWasRead(_ entries: [LedgerEntry], location: LocationNumber, at now: Moment) -> Directive {
        guard let id = draft else { preconditionFailure("\(subject): the ledger was read in state \(state)") }
        func booked(by documents: Set<DocumentID>) -> [Quantity] {
            entries.filter { entry in
                entry.kind == Self.ledgerKind && entry.location == location && entry.document.map(documents.contains) ?? false
            }.map(\.change)
        }
        let own = booked(by: [id])
        guard !own.isEmpty else { return notInLedger(id) }
        let ownChange = own.reduce(.zero, +)
        let allChange = booked(by: twins).reduce(ownChange, +)
        state = .booked(id)
        if account.mode == .relativeFlag, ownChange != change {
            return .giveUp(
                removing: nil,
                RecordFailure(
                    reason: "\(subject): the account booked \(allChange.signed) instead of \(change.signed).",
                    effect: "Rackbeat's stock is off by \((allChange - change).signed).",
                    remedy: "Correct the stock in Rackbeat by hand, then dismiss this."))
        }
        return .done(id, shortfall: change - allChange, spare: spare)
    }

    // MARK: Deciding

    /// The word of the ledger for a booked adjustment (assumed; `ledger.shape`).
    private static let ledgerKind = "inventory_adjustment"

    private var draft: DocumentID? {
        switch state {
        case .drafted(let id, _), .booking(let id, _), .verifying(let id), .booked(let id): id
        case .intended, .creating, .abandoned: nil
        }
    }

    private mutating func begin(at now: Moment) -> Directive {
        switch account.mode {
        case .absoluteViaRead: return .readStock
        case .relativeFlag:
            state = .creating(since: now, base: nil)
            return .create(quantity: change, isRelative: true)
        }
    }

    /// Compares a fresh draft with what it is to do.
    private mutating func judge(_ adjustment: StockAdjustment, base: Quantity?) -> Directive {
        guard account.linesShowChange || account.mode == .absoluteViaRead else { return bookNow() }
        let expected = account.linesShowChange ? change : (base ?? .zero) + change
        let found = adjustment.lines.reduce(Quantity.zero) { $0 + $1.quantity }
        if found == expected { return account.mode == .absoluteViaRead ? .readStock : bookNow() }
        if account.mode == .absoluteViaRead, account.linesShowChange {
            // Stock moved between the reading and the creation: the next reading will show it.
            return .readStock
        }
        return giveUp(
            adjustment.id, "the draft would change stock by \(found.signed) instead of \(change.signed)",
            "Nothing was booked.",
            remedy: "Check the profile's way of adjusting against the account, then retry.")
    }

    private mutating func bookNow() -> Directive {
        guard case .drafted(let id, let base) = state else { preconditionFailure("\(subject): to book in state \(state)") }
        state = .booking(id, base: base)
        return .book(id)
    }

    private mutating func notInLedger(_ id: DocumentID) -> Directive {
        switch state {
        case .verifying: return .wait
        case .booking(_, let base):
            guard let why = refusal else {
                // Not carried out, so the draft still stands; it is compared with the stock again.
                state = .drafted(id, base: base)
                return account.mode == .absoluteViaRead ? .readStock : .wait
            }
            guard account.mode == .absoluteViaRead, account.draftsCanBeDeleted else {
                state = .drafted(id, base: base)
                // A refusal on the ground of the stock is told by the stock.
                return account.mode == .absoluteViaRead ? .readStock : giveUp(id, why, "Nothing was booked.")
            }
            refusal = nil
            readings += 1
            guard readings <= Self.mostReadings else { return giveUp(id, why, "Nothing was booked.") }
            state = .drafted(id, base: nil)
            return .readStock
        case .intended, .creating, .drafted, .booked, .abandoned:
            preconditionFailure("\(subject): the ledger was read in state \(state)")
        }
    }

    /// The booking of a draft that nobody can delete was refused. When it asks for just what the stock has become meanwhile, it
    /// never will change anything; the whole change is made good without it.
    private mutating func standsRefused(
        _ id: DocumentID, _ why: String, asksFor total: Quantity?, _ stock: Quantity
    ) -> Directive {
        guard total == stock else { return giveUp(id, why, "Nothing was booked.") }
        state = .booked(id)
        return .done(id, shortfall: change, spare: spare + [id])
    }

    private mutating func giveUp(
        _ removing: DocumentID?, _ reason: String, _ effect: String,
        remedy: String = "Fix the cause in Rackbeat, then retry."
    ) -> Directive {
        state = .abandoned
        guard let removing else { return .giveUp(removing: nil, failure(reason, effect, remedy: remedy)) }
        guard account.draftsCanBeDeleted else {
            return .giveUp(
                removing: nil,
                failure(
                    reason, "\(effect) The draft \(removing) is left in Rackbeat.",
                    remedy: "Delete the draft \(removing) in Rackbeat without booking it. \(remedy)", documents: [removing]))
        }
        return .giveUp(removing: removing, failure(reason, "\(effect) The draft was removed.", remedy: remedy))
    }

    private func failure(
        _ reason: String, _ effect: String, remedy: String = "Fix the cause in Rackbeat, then retry.",
        documents: [DocumentID] = []
    ) -> RecordFailure {
        RecordFailure(reason: "\(subject): \(reason).", effect: effect, remedy: remedy, documents: documents)
    }
}
