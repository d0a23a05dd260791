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
        /// Refused on the ground of a reading that may have been old. Nothing of it is left: to be begun anew in a later run, and put
        /// parks the record when that does not help.
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
    package private(set) var state: State
    /// How often stock moved between reading and booking.
    private var readings = 0
    /// The draft as it was shown last.
    private var created: StockAdjustment?
    /// Drafts of ours that were deleted; a list may show them for a while.
    private var gone: Set<DocumentID> = []
    /// Drafts that are one too many and stay.
    private var spare: [DocumentID] = []
    /// Others that carry our reason, where an account books what it is sent at once: a request that was carried out twice has
    /// changed stock twice, and nothing can be deleted any more.
    private var twins: [StockAdjustment] = []
    /// Why the latest creation or booking was refused, until the next look shows what that means.
    private var refusal: String?
    /// A document with our reason that cannot be deleted: an engine with another journal has booked the change.
    private var elsewhere: DocumentID?
    /// What is to be told when the draft that was refused for it is gone.
    private var ending: RecordFailure?

    // What this round knows of the booking.

    /// Whether a booking was sent in this round.
    private var hasBooked = false
    /// Whether an earlier booking of the same draft has an unknown outcome.
    private var isRepeated = false
    /// What Rackbeat held right before the booking, if this process sent it, and after it.
    private var before: Quantity?
    private var after: Quantity?
    private var ledger: Ledger?
    /// The document as a list showed it after the booking; `nil` where none was asked for or it is not in it.
    private var shown: StockAdjustment?
    private var wasSearched = false

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
        case .creating, .drafted: return .search
        case .booking:
            isRepeated = true
            return lookUp()
        case .verifying: return lookUp()
        case .booked(let id): return .done(id, shortfall: .zero)
        case .abandoned: return giveUp(nil, "the adjustment was given up", "Nothing of it is left there.")
        }
    }

    /// - Parameter stock: What Rackbeat holds of the item at the location; `nil` when it knows no such item there.
    package mutating func stockWasRead(_ stock: Quantity?, at now: Moment) -> Directive {
        switch state {
        case .booking, .verifying:
            after = stock
            return .readLedger
        case .booked, .abandoned: preconditionFailure("\(subject): stock was read in state \(state)")
        case .intended, .creating, .drafted: break
        }
        guard let stock else {
            return giveUp(
                draft, "Rackbeat has no such item at this location", isRepeated ? Self.perhapsBooked : "Nothing was booked.",
                remedy: "Create the item in Rackbeat, or book the change by hand and dismiss this.")
        }
        switch state {
        case .intended: return create(on: stock, at: now)
        case .drafted(let id, let base): return compare(id, base: base, with: stock, at: now)
        case .creating(_, let base):
            // The creation was refused. Had stock moved to just what it asked for, it asked for no change at all.
            guard refusal != nil, stock != base, readings < Self.mostReadings else {
                state = .intended
                return .beginLater(
                    failure(refusal ?? "the creation was refused", "Nothing was booked for it in Rackbeat."))
            }
            refusal = nil
            readings += 1
            return create(on: stock, at: now)
        case .booking, .verifying, .booked, .abandoned:
            preconditionFailure("\(subject): stock was read in state \(state)")
        }
    }

    package mutating func wasCreated(_ adjustment: StockAdjustment) -> Directive {
        guard case .creating(let since, let base) = state else { preconditionFailure("\(subject): created in state \(state)") }
        // The response names one adjustment; the search shows whether the request was carried out twice.
        guard account.needsBooking else {
            before = base
            state = .verifying(adjustment.id, base: base, since: since)
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
        case .drafted(let id, _):
            let spare = found.map(\.id).filter { $0 != id && !gone.contains($0) }
            created = found.first { $0.id == id } ?? created
            if !spare.isEmpty, account.draftsCanBeDeleted { return .delete(spare) }
            self.spare = spare
            // Nothing tells a draft from what another engine has booked but the ledger.
            return spare.isEmpty || isRepeated || hasBooked ? .readStock : .readLedger
        case .creating(let since, let base): return looked(for: since, base, found.filter { !gone.contains($0.id) }, at: now)
        case .booking(let id, _, _), .verifying(let id, _, _):
            let others = found.filter { $0.id != id }
            if account.needsBooking { spare = others.map(\.id) } else { twins = others }
            shown = found.first { $0.id == id }
            wasSearched = true
            return ledger == nil ? .readStock : settle(at: now)
        case .intended, .booked, .abandoned:
            preconditionFailure("\(subject): searched in state \(state)")
        }
    }

    private mutating func looked(
        for since: Moment, _ base: Quantity?, _ found: [StockAdjustment], at now: Moment
    ) -> Directive {
        guard let own = found.first else {
            guard now - since >= settlingTime else {
                return .lookLater(
                    failure(
                        "whether Rackbeat has created it is not known yet", "Rackbeat may or may not hold it.", remedy: Self.later
                    ))
            }
            state = .intended
            return .readStock
        }
        guard account.needsBooking else {
            state = .verifying(own.id, base: base, since: since)
            before = base
            twins = Array(found.dropFirst())
            shown = own
            wasSearched = true
            return .readStock
        }
        state = .drafted(own.id, base: base)
        created = own
        let spare = found.dropFirst().map(\.id)
        if !spare.isEmpty, account.draftsCanBeDeleted { return .delete(spare) }
        self.spare = spare
        return .readStock
    }

    /// - Parameter ids: What was deleted.
    package mutating func wereDeleted(_ ids: [DocumentID], at now: Moment) -> Directive {
        gone.formUnion(ids)
        guard case .drafted(let id, _) = state else { preconditionFailure("\(subject): drafts were deleted in state \(state)") }
        guard ids.contains(id) else { return .readStock }
        created = nil
        isRepeated = false
        if let elsewhere {
            state = .booked(elsewhere)
            return .done(elsewhere, shortfall: .zero)
        }
        state = .intended
        if let ending { return .beginLater(ending) }
        return .readStock
    }

    /// - Returns: `nil` when the refusal says nothing about the booking: nobody has tried to book the draft.
    package mutating func deletionWasRefused(_ why: String, of document: DocumentID) -> Directive? {
        if case .drafted(let own, _) = state, document != own, !isRepeated, elsewhere == nil {
            // It has our reason, and is no draft: the journal is an older copy of itself, or another engine has one of its own.
            elsewhere = document
            return .delete([own])
        }
        guard isRepeated, let id = draft else { return nil }
        // What is booked cannot be deleted. Begun anew it might be booked twice.
        state = .booked(id)
        return .giveUp(
            removing: nil,
            failure(
                "the draft \(id) cannot be deleted: \(why)", Self.perhapsBooked,
                remedy: "Look at the adjustment \(id) in Rackbeat and book it by hand if it is not booked, then dismiss this.",
                documents: [id]))
    }

    package mutating func wasBooked() -> Directive {
        guard case .booking(let id, let base, let since) = state else {
            preconditionFailure("\(subject): booked in state \(state)")
        }
        state = .verifying(id, base: base, since: since)
        return .readStock
    }

    package mutating func bookingOutcomeIsUnknown() -> Directive { .readStock }

    /// The booking was refused: the draft asks for what the stock has meanwhile become, or an earlier attempt was carried out.
    package mutating func bookingWasRefused(_ why: String) -> Directive {
        refusal = why
        return .readStock
    }

    package mutating func ledgerWasRead(_ ledger: Ledger, location: LocationNumber, at now: Moment) -> Directive {
        guard draft != nil else { preconditionFailure("\(subject): the ledger was read in state \(state)") }
        if case .drafted(let own, _) = state {
            guard case .rows(let entries) = ledger,
                let booked = spare.first(where: { id in entries.contains { $0.kind == Self.ledgerKind && $0.document == id } })
            else { return .readStock }
            state = .booked(booked)
            return .done(booked, shortfall: .zero, spare: [own])
        }
        if case .rows(let entries) = ledger {
            self.ledger = .rows(entries.filter { $0.location == location })
        } else {
            self.ledger = ledger
        }
        return settle(at: now)
    }

    // MARK: Deciding

    /// The word of the ledger for a booked adjustment (assumed; `ledger.shape`).
    private static let ledgerKind = "inventory_adjustment"
    private static let later = "Tandem looks again automatically."
    private static let perhapsBooked = "Whether an earlier attempt has booked it is not known."

    private var draft: DocumentID? {
        switch state {
        case .drafted(let id, _), .booking(let id, _, _), .verifying(let id, _, _), .booked(let id): id
        case .intended, .creating, .abandoned: nil
        }
    }

    private mutating func create(on stock: Quantity, at now: Moment) -> Directive {
        state = .creating(since: now, base: stock)
        switch account.mode {
        case .absoluteViaRead: return .create(quantity: stock + change, isRelative: false)
        case .relativeFlag: return .create(quantity: change, isRelative: true)
        }
    }

    /// What a search would show is gone with the process that made it, where it cannot have been deleted.
    private func lookUp() -> Directive { account.needsBooking && account.draftsCanBeDeleted ? .readStock : .search }

    /// Compares a draft with the stock that was just read, before it is booked.
    private mutating func compare(_ id: DocumentID, base: Quantity?, with stock: Quantity, at now: Moment) -> Directive {
        if let why = refusal { return standsRefused(id, why, asksFor: base.map { $0 + change }, stock) }
        let deviation = deviation(from: stock)
        switch account.mode {
        case .absoluteViaRead where stock != base:
            readings += 1
            // A draft that stays is booked on an old reading; what shows the booking will say by how much it missed.
            return account.draftsCanBeDeleted && readings <= Self.mostReadings ? .delete([id]) : bookNow(on: stock, at: now)
        case .relativeFlag where deviation != nil && !account.linesShowChange && stock != base && readings < Self.mostReadings:
            // The stock moved since the draft was shown: it is looked at once more.
            readings += 1
            state = .drafted(id, base: stock)
            created = nil
            return .search
        case .absoluteViaRead, .relativeFlag: break
        }
        guard let deviation else {
            if account.mode == .relativeFlag { state = .drafted(id, base: stock) }
            return bookNow(on: stock, at: now)
        }
        return giveUp(
            id, "the draft would change stock by \(deviation.signed) instead of \(change.signed)", "Nothing was booked.",
            remedy: "Check adjustment.mode and adjustment.line_quantity of the profile against the account, then retry.")
    }

    /// By how much the draft would change stock, when that is something else than was asked for; `nil` also where its lines do not
    /// show it.
    private func deviation(from stock: Quantity) -> Quantity? {
        guard let created, let quantity = created.quantity else { return nil }
        let found = account.linesShowChange ? quantity : quantity - stock
        return found == change ? nil : found
    }

    private mutating func bookNow(on stock: Quantity, at now: Moment) -> Directive {
        guard case .drafted(let id, let base) = state else { preconditionFailure("\(subject): to book in state \(state)") }
        guard !hasBooked else { return notKnownYet() }
        hasBooked = true
        before = stock
        forgetLook()
        state = .booking(id, base: base, since: now)
        return .book(id)
    }

    private mutating func forgetLook() {
        after = nil
        ledger = nil
        shown = nil
        wasSearched = false
    }

    /// Decides by what is known after the booking, or after a look.
    private mutating func settle(at now: Moment) -> Directive {
        guard let id = draft, let ledger else { preconditionFailure("\(subject): settled in state \(state)") }
        if case .rows(let entries) = ledger {
            let own = entries.filter { $0.kind == Self.ledgerKind && $0.document == id }
            if !own.isEmpty { return finish(id, own: own.map(\.change).reduce(.zero, +)) }
        }
        switch state {
        case .verifying(_, let base, let since): return verify(id, base, isOver: now - since >= settlingTime, at: now)
        case .booking(_, let base, let since):
            guard let why = refusal else { return lookedUp(id, base, isOver: now - since >= settlingTime, at: now) }
            return refused(id, base, why)
        case .intended, .creating, .drafted, .booked, .abandoned:
            preconditionFailure("\(subject): settled in state \(state)")
        }
    }

    /// Rackbeat said that it is booked, and the ledger does not say how.
    private mutating func verify(_ id: DocumentID, _ base: Quantity?, isOver: Bool, at now: Moment) -> Directive {
        if account.linesShowChange {
            guard wasSearched else { return .search }
            if let own = shown?.quantity { return finish(id, own: own) }
        }
        // A row that will come says it exactly.
        if ledgerMayBeLate, !isOver { return notKnownYet() }
        guard let after, let base else { return isOver ? finish(id, own: change) : notKnownYet() }
        if after == base + change { return finish(id, own: bookedByStock(base)) }
        guard isOver else { return notKnownYet() }
        state = .booked(id)
        return .stop(
            RecordFailure(
                reason: "\(subject): Rackbeat says that \(id) is booked, and holds \(after) where \(base + change) was expected.",
                effect: "Rackbeat's stock may be off by \((after - base - change).signed).",
                remedy: "Compare the stock in both systems, correct it in Rackbeat by hand, then dismiss this.", documents: [id]))
    }

    /// The booking has an unknown outcome, and the ledger has no row of it.
    private mutating func lookedUp(_ id: DocumentID, _ base: Quantity?, isOver: Bool, at now: Moment) -> Directive {
        if let base, seemsBooked(base) {
            // A row that will come says it exactly.
            if ledgerMayBeLate, !isOver { return notKnownYet() }
            if !ledgerHasDocuments {
                if account.linesShowChange, !wasSearched { return .search }
                // A draft shows what it would change now: nothing, where others brought the stock to what it asks for.
                let own = account.linesShowChange ? shown?.quantity : nil
                if own?.isZero != true { return finish(id, own: own ?? bookedByStock(base)) }
            }
        }
        // Booking one document a second time changes nothing, so a later round need not wait; one round does not go in circles.
        guard !hasBooked else { return notKnownYet() }
        // Something else moved the stock meanwhile, so it says nothing of ours. The ledger will.
        if ledger == .unavailable, after != base { return notKnownYet() }
        // Not carried out by all that shows, so the draft still stands; it is compared with the stock again.
        state = .drafted(id, base: base)
        created = nil
        return stockWasRead(after, at: now)
    }

    /// The booking was refused, and the ledger has no row of it.
    private mutating func refused(_ id: DocumentID, _ base: Quantity?, _ why: String) -> Directive {
        if isRepeated, let base, seemsBooked(base), !ledgerHasDocuments { return finish(id, own: bookedByStock(base)) }
        let effect = isRepeated ? Self.perhapsBooked : "Nothing was booked."
        guard account.mode == .absoluteViaRead, account.draftsCanBeDeleted else {
            state = .drafted(id, base: base)
            // A refusal on the ground of the stock is told by the stock.
            return account.mode == .absoluteViaRead ? .readStock : giveUp(id, why, effect)
        }
        refusal = nil
        readings += 1
        guard readings <= Self.mostReadings else { return giveUp(id, why, effect) }
        state = .drafted(id, base: nil)
        // Refused although stock did not move: made anew it would be refused again. What was read may be old, so not at once.
        if after == before, before == base { ending = failure(why, effect) } else { hasBooked = false }
        return .delete([id])
    }

    private func seemsBooked(_ base: Quantity) -> Bool { after == base + change && before != base + change }

    /// What the booking changed by the stock before and after it.
    private func bookedByStock(_ base: Quantity) -> Quantity {
        account.mode == .absoluteViaRead ? before.map { base + change - $0 } ?? change : change
    }

    /// Whether the ledger names documents: then a row of ours can be told.
    private var ledgerHasDocuments: Bool {
        guard case .rows(let entries)? = ledger else { return false }
        return entries.contains { $0.document != nil }
    }

    private var ledgerMayBeLate: Bool { ledger == .unavailable || ledgerHasDocuments }

    /// - Parameter own: By how much the booking of our document changed stock.
    private mutating func finish(_ id: DocumentID, own: Quantity) -> Directive {
        let all = twins.reduce(own) { sum, twin in
            var change = twin.quantity.flatMap { account.linesShowChange ? $0 : nil } ?? own
            if case .rows(let entries)? = ledger {
                let rows = entries.filter { $0.kind == Self.ledgerKind && $0.document == twin.id }
                if !rows.isEmpty { change = rows.map(\.change).reduce(.zero, +) }
            }
            return sum + change
        }
        guard case .booking(_, let base, _) = state else {
            guard case .verifying(_, let base, _) = state else { preconditionFailure("\(subject): done in state \(state)") }
            return finish(id, own: own, all: all, base)
        }
        return finish(id, own: own, all: all, base)
    }

    private mutating func finish(_ id: DocumentID, own: Quantity, all: Quantity, _ base: Quantity?) -> Directive {
        state = .booked(id)
        let isAsAsked =
            switch account.mode {
            case .relativeFlag: own == change
            // A total overwrites what moved meanwhile; added to the stock, it was taken for a change.
            case .absoluteViaRead: own == change || own != base.map { $0 + change } || after == own
            }
        guard isAsAsked else {
            return .stop(
                RecordFailure(
                    reason: "\(subject): the account booked \(all.signed) instead of \(change.signed).",
                    effect: "Rackbeat's stock is off by \((all - change).signed).",
                    remedy: "Correct the stock in Rackbeat by hand, then dismiss this.", documents: [id]))
        }
        return .done(id, shortfall: change - all, spare: spare)
    }

    private func notKnownYet() -> Directive {
        let isSaidToBeBooked = if case .verifying = state { true } else { false }
        return .lookLater(
            failure(
                isSaidToBeBooked
                    ? "Rackbeat says that it is booked, and does not show it yet"
                    : "whether Rackbeat has booked it is not known yet",
                "Rackbeat may or may not have changed its stock.", remedy: Self.later))
    }

    /// The booking of a draft that nobody can delete was refused. When it asks for just what the stock has become meanwhile, it
    /// never will change anything; the whole change is made good without it.
    private mutating func standsRefused(
        _ id: DocumentID, _ why: String, asksFor total: Quantity?, _ stock: Quantity
    ) -> Directive {
        guard total == stock else {
            return giveUp(id, why, isRepeated ? Self.perhapsBooked : "Nothing was booked.")
        }
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

extension StockAdjustment {
    /// What its lines show together; `nil` where it shows none.
    fileprivate var quantity: Quantity? { lines.isEmpty ? nil : lines.reduce(.zero) { $0 + $1.quantity } }
}
