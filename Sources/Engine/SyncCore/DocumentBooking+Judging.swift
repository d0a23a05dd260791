import Trade
import Units

/// Whose document it is that Rackbeat shows, and whether it is what was moved.
extension DocumentBooking {
    mutating func giveUp(refused why: String) -> Directive {
        state = .abandoned
        return .giveUp(
            removing: nil,
            RecordFailure(
                reason: "\(subject): \(why)", effect: "Nothing was booked for it in Rackbeat.",
                remedy: "Fix the cause in Rackbeat, then retry."))
    }

    mutating func remove(_ drafts: [DocumentID]) -> Directive {
        removed.formUnion(drafts)
        return .remove(drafts)
    }

    mutating func look(for since: Moment, in fresh: [BookedDocument], at now: Moment) -> Directive {
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
    func twins(of own: BookedDocument, in fresh: [BookedDocument]) -> [DocumentID] {
        guard own.isConfirmed else { return [] }
        return fresh.filter { $0.id != own.id && $0.isConfirmed && looksLikeOurs($0) }.map(\.id)
    }

    /// Whether a document could have been made by this intent.
    func looksLikeOurs(_ document: BookedDocument) -> Bool {
        if DraftComparison.compare(document.lines, with: wanted, open: open) == .same { return true }
        // Before it is edited, a draft of all that is open looks like any other.
        return mode == .editAfterCreate && !document.isConfirmed
    }

    mutating func judge(_ document: BookedDocument) -> Directive {
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
    func comparison(_ document: BookedDocument) -> DraftComparison {
        DraftComparison.compare(document.lines, with: wanted, open: wasEdited ? nil : open)
    }

    /// The item of a line that is to be added, when several lines of the order are open for it: Rackbeat counts an added line for
    /// whichever it likes.
    func ambiguousItem(of edit: DraftEdit) -> ItemNumber? {
        guard case .add(let item, let location, _) = edit else { return nil }
        return isAmbiguous(item, at: location) ? item : nil
    }

    private func isAmbiguous(_ item: ItemNumber, at location: LocationNumber) -> Bool {
        (open ?? []).count { $0.item == item && $0.location == location } > 1
    }

    /// What no draft of all that is open can be brought to. Nothing is created then: a draft that is deleted again is a change of the
    /// order, and after each change of its order what is parked is tried once more.
    func whatNoDraftHolds() -> RecordFailure? {
        guard let open else { return nil }
        func failure(_ problem: String, remedy: String) -> RecordFailure {
            RecordFailure(
                reason: "\(subject): \(problem).", effect: "Nothing was booked for it in Rackbeat.", remedy: remedy)
        }
        // A line of the same item would be taken: on a draft it names no line of the order, and bears no price.
        if let rows, let line = wanted.first(where: { !rows.contains($0.row) }) {
            return failure(
                "line \(line.row) (\(line.item)) was moved, and is not on the order in Rackbeat any more",
                remedy: "Book this part in Rackbeat by hand, on this order or another one, then dismiss this.")
        }
        let closed = wanted.filter { line in
            !open.contains { $0.row == line.row && $0.item == line.item && $0.location == line.location }
        }
        if let line = closed.first(where: { !takesLines || mode == .wholeOnly || isAmbiguous($0.item, at: $0.location) }) {
            return failure(
                takesLines && mode != .wholeOnly
                    ? "line \(line.row) (\(line.item)) is not open in Rackbeat, and \(line.quantity) more of \(line.item) could count "
                        + "for another of the lines of that item"
                    : "Rackbeat has no open line \(line.row) for \(line.quantity) of \(line.item)",
                remedy: "Look at what the order's lines hold in Rackbeat, or book this part there by hand, then retry.")
        }
        guard mode == .wholeOnly else { return nil }
        let rest = open.filter { line in wanted.first { $0.row == line.row }.map { $0.quantity < line.quantity ?? .zero } ?? true
        }
        guard let line = rest.first else { return nil }
        return failure(
            "this account takes only whole shipments, and line \(line.row) (\(line.item)) was not moved in full",
            remedy: "Move the rest of it in the warehouse, or book this part in Rackbeat by hand, then dismiss this.")
    }

    /// Rackbeat knows the order no more, neither by its number nor by what is booked of it. Nothing can be booked on it, and nothing
    /// that was can be seen; should it come back, what is there is looked at before anything is booked again.
    package mutating func orderIsGone() -> Directive {
        let mayBeBooked = state != .intended
        state = .abandoned
        return .giveUp(removing: nil, Self.orderIsGone(subject, mayBeBooked: mayBeBooked))
    }

    package static func orderIsGone(_ subject: String, mayBeBooked: Bool) -> RecordFailure {
        RecordFailure(
            reason: "\(subject) is not in Rackbeat any more, and the warehouse has moved goods of it.",
            effect: mayBeBooked
                ? "Whether what was moved had been booked on it cannot be seen any more."
                : "Nothing was booked for it in Rackbeat.",
            remedy: "Book what was moved on another order in Rackbeat, then dismiss this; or retry when the order is back.")
    }

    mutating func vanished() -> Directive {
        state = .abandoned
        return .giveUp(
            removing: nil,
            RecordFailure(
                reason: "\(subject): the draft was deleted in Rackbeat before it was booked.",
                effect: "Nothing was booked for it in Rackbeat.", remedy: "Retry to book it again."))
    }

    func difference(_ document: BookedDocument) -> String {
        let wantedText = wanted.map { "line \($0.row) (\($0.item)) \($0.quantity)" }.joined(separator: ", ")
        let foundText = document.lines.map { line in
            let name = line.item?.text ?? "no item"
            return (line.orderLine.map { "line \($0) (\(name))" } ?? name) + " \(line.quantity)"
        }.joined(separator: ", ")
        return "wanted \(wantedText), found \(foundText.isEmpty ? "no lines" : foundText)"
    }

    static func failure(_ reason: String, _ effect: String) -> RecordFailure {
        RecordFailure(reason: reason, effect: effect, remedy: "Retry to book it again.")
    }
}
