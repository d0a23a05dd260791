package import Trade
package import Units

/// From the booking to what is known of it: by the ledger, the line, or the stock before and after.
extension AdjustmentBooking {
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
        if case .rows(let entries) = ledger {
            self.ledger = .rows(entries.filter { $0.location == location })
        } else {
            self.ledger = ledger
        }
        guard case .drafted(let own, _) = state else { return settle(at: now) }
        if let booked = booked(own) { return finish(own, own: booked) }
        guard let other = spare.first(where: { booked($0) != nil }) else { return .readStock }
        state = .booked(other)
        return .done(other, shortfall: .zero, spare: [own])
    }

    /// By how much an adjustment has changed stock, by the ledger; `nil` where it has no row of it.
    func booked(_ id: DocumentID) -> Quantity? {
        guard case .rows(let entries)? = ledger else { return nil }
        let rows = entries.filter { $0.isOfAdjustment && $0.document == id }
        return rows.isEmpty ? nil : rows.map(\.change).reduce(.zero, +)
    }

    static let later = "Tandem looks again automatically."
    static let perhapsBooked = "Whether an earlier attempt has booked it is not known."

    /// What a search would show is gone with the process that made it, where it cannot have been deleted.
    func lookUp() -> Directive { account.needsBooking && account.draftsCanBeDeleted ? .readStock : .search }

    mutating func forgetLook() {
        after = nil
        ledger = nil
        shown = nil
        wasSearched = false
    }

    /// Decides by what is known after the booking, or after a look.
    mutating func settle(at now: Moment) -> Directive {
        guard let id = draft, ledger != nil else { preconditionFailure("\(subject): settled in state \(state)") }
        if let own = booked(id) { return finish(id, own: own) }
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
    mutating func verify(_ id: DocumentID, _ base: Quantity?, isOver: Bool, at now: Moment) -> Directive {
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
    mutating func lookedUp(_ id: DocumentID, _ base: Quantity?, isOver: Bool, at now: Moment) -> Directive {
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
    mutating func refused(_ id: DocumentID, _ base: Quantity?, _ why: String) -> Directive {
        if standing == .perhapsBooked, let base, seemsBooked(base), !ledgerHasDocuments {
            return finish(id, own: bookedByStock(base))
        }
        let effect = effectOfRefusal
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

    func seemsBooked(_ base: Quantity) -> Bool { after == base + change && before != base + change }

    /// What the booking changed by the stock before and after it.
    func bookedByStock(_ base: Quantity) -> Quantity {
        account.mode == .absoluteViaRead ? before.map { base + change - $0 } ?? change : change
    }

    /// Whether the ledger names documents: then a row of ours can be told.
    var ledgerHasDocuments: Bool {
        guard case .rows(let entries)? = ledger else { return false }
        return entries.contains { $0.document != nil }
    }

    var ledgerMayBeLate: Bool { ledger == .unavailable || ledgerHasDocuments }

    /// - Parameter own: By how much the booking of our document changed stock.
    mutating func finish(_ id: DocumentID, own: Quantity) -> Directive {
        let all = twins.reduce(own) { sum, twin in
            sum + (booked(twin.id) ?? (account.linesShowChange ? twin.quantity : nil) ?? own)
        }
        switch state {
        case .drafted(_, let base), .booking(_, let base, _), .verifying(_, let base, _):
            return finish(id, own: own, all: all, base)
        case .intended, .creating, .booked, .abandoned: preconditionFailure("\(subject): done in state \(state)")
        }
    }

    mutating func finish(_ id: DocumentID, own: Quantity, all: Quantity, _ base: Quantity?) -> Directive {
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
}
