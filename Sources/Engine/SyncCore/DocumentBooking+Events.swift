package import Trade
package import Units

/// What Rackbeat answers, event by event.
extension DocumentBooking {
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
}
