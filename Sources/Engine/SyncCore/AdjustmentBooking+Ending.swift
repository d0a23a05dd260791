import Trade

/// What ends without a booking, and what a person is told.
extension AdjustmentBooking {
    /// It may be booked, and nothing shows it. Begun anew it might be booked twice.
    mutating func standsUndeleted(_ id: DocumentID, _ why: String) -> Directive {
        state = .booked(id)
        return .giveUp(
            removing: nil,
            failure(
                "the draft \(id) cannot be deleted: \(why)", Self.perhapsBooked,
                remedy: "Look at the adjustment \(id) in Rackbeat and book it by hand if it is not booked, then dismiss this.",
                documents: [id]))
    }

    var effectOfRefusal: String {
        switch standing {
        case .fresh: "Nothing was booked."
        case .recorded: ledgerHasDocuments ? "Nothing was booked." : Self.perhapsBooked
        case .perhapsBooked: Self.perhapsBooked
        }
    }

    func notKnownYet() -> Directive {
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
    mutating func standsRefused(
        _ id: DocumentID, _ why: String, asksFor total: Quantity?, _ stock: Quantity
    ) -> Directive {
        guard total == stock else {
            return giveUp(id, why, effectOfRefusal)
        }
        state = .booked(id)
        return .done(id, shortfall: change, spare: spare + [id])
    }

    mutating func giveUp(
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

    func failure(
        _ reason: String, _ effect: String, remedy: String = "Fix the cause in Rackbeat, then retry.",
        documents: [DocumentID] = []
    ) -> RecordFailure {
        RecordFailure(reason: "\(subject): \(reason).", effect: effect, remedy: remedy, documents: documents)
    }
}
