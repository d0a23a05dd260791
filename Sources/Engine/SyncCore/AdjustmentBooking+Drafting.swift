package import Trade
package import Units

/// From the reading of stock to the draft that is to be booked: making it, finding it again, comparing it, throwing it away.
extension AdjustmentBooking {
    /// - Parameter stock: What Rackbeat holds of the item at the location; `nil` when it knows no such item there.
    package mutating func stockWasRead(_ stock: Quantity?, at now: Moment) -> Directive {
        switch state {
        case .booking, .verifying:
            after = stock
            return .readLedger
        case .booked, .abandoned: preconditionFailure("\(subject): stock was read in state \(state)")
        case .intended, .creating, .drafted: break
        }
        self.stock = stock
        guard let stock else {
            return giveUp(
                draft, "Rackbeat has no such item at this location", effectOfRefusal,
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
            return lookAtDraft()
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

    mutating func looked(
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
        return lookAtDraft()
    }

    /// Nothing but the ledger tells a draft from what is booked: what the journal calls a draft, and what another engine has made for
    /// the same row.
    func lookAtDraft() -> Directive {
        switch standing {
        case .fresh: spare.isEmpty || hasBooked ? .readStock : .readLedger
        case .recorded: .readLedger
        case .perhapsBooked: .readStock
        }
    }

    /// - Parameter ids: What was deleted.
    package mutating func wereDeleted(_ ids: [DocumentID], at now: Moment) -> Directive {
        gone.formUnion(ids)
        guard case .drafted(let id, _) = state else { preconditionFailure("\(subject): drafts were deleted in state \(state)") }
        guard ids.contains(id) else { return lookAtDraft() }
        created = nil
        standing = .fresh
        if let elsewhere {
            state = .booked(elsewhere)
            return .done(elsewhere, shortfall: .zero)
        }
        state = .intended
        if let ending { return .beginLater(ending) }
        return .readStock
    }

    /// What is booked cannot be deleted.
    ///
    /// - Returns: `nil` when the refusal says nothing about the booking: nobody can have booked the draft.
    package mutating func deletionWasRefused(_ why: String, of document: DocumentID) -> Directive? {
        if case .abandoned = state {
            guard standing != .fresh else { return nil }
            return standsUndeleted(document, why)
        }
        guard case .drafted(let own, let base) = state else { return nil }
        if document != own, standing != .perhapsBooked, elsewhere == nil {
            // It has our reason, and is no draft: the journal is an older copy of itself, or another engine has one of its own.
            elsewhere = document
            return .delete([own])
        }
        switch standing {
        case .fresh: return nil
        case .recorded where elsewhere == nil && isShownAsBooked(base): return finish(own, own: change)
        case .recorded, .perhapsBooked: return standsUndeleted(own, why)
        }
    }

    /// The line of a draft with a new total shows what that would change now; it shows the change that was asked for although stock
    /// has moved since only when it is booked.
    func isShownAsBooked(_ base: Quantity?) -> Bool {
        account.mode == .absoluteViaRead && account.linesShowChange && created?.quantity == change && base != nil && stock != base
    }

    mutating func create(on stock: Quantity, at now: Moment) -> Directive {
        state = .creating(since: now, base: stock)
        standing = .fresh
        switch account.mode {
        case .absoluteViaRead: return .create(quantity: stock + change, isRelative: false)
        case .relativeFlag: return .create(quantity: change, isRelative: true)
        }
    }

    /// Compares a draft with the stock that was just read, before it is booked.
    mutating func compare(_ id: DocumentID, base: Quantity?, with stock: Quantity, at now: Moment) -> Directive {
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
    func deviation(from stock: Quantity) -> Quantity? {
        guard let created, let quantity = created.quantity else { return nil }
        let found = account.linesShowChange ? quantity : quantity - stock
        return found == change ? nil : found
    }

    mutating func bookNow(on stock: Quantity, at now: Moment) -> Directive {
        guard case .drafted(let id, let base) = state else { preconditionFailure("\(subject): to book in state \(state)") }
        guard !hasBooked else { return notKnownYet() }
        hasBooked = true
        before = stock
        forgetLook()
        state = .booking(id, base: base, since: now)
        return .book(id)
    }
}
