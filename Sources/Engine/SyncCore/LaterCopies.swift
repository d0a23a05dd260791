package import Trade
import Units

/// What a second delivery of the creating request made after a booking was done.
///
/// Networks deliver requests twice. What the second one makes at once is seen in the list that is read after every creation
/// (``DocumentBooking``). What it makes later is seen by no look of the booking, so there is another look: before the next booking of
/// the same order, and in the nightly comparison.
///
/// People book too, and may make a document with the same lines. A copy of ours is told from theirs by its time: it was made within
/// the settling time after ours. Where the account does not say when a document was made, it is left to a person.
package struct LaterCopies: Equatable, Sendable {
    /// To be removed: nothing of them was booked.
    package var drafts: [DocumentID] = []
    /// Moved the goods a second time.
    package var booked: [DocumentID] = []
    /// As ours, and nothing says whose they are.
    package var undated: [DocumentID] = []

    package init(drafts: [DocumentID] = [], booked: [DocumentID] = [], undated: [DocumentID] = []) {
        self.drafts = drafts
        self.booked = booked
        self.undated = undated
    }

    package var isEmpty: Bool { drafts.isEmpty && booked.isEmpty && undated.isEmpty }

    /// - Parameters:
    ///   - listed: Every document of the order.
    ///   - own: What was booked.
    ///   - known: Documents that are another's: there before, or made by bookings that the journal knows.
    /// - Returns: `nil` for a list that does not show what was booked: it is old, and says nothing.
    package static func find(
        in listed: [BookedDocument], of own: DocumentID, mode: DocumentBooking.Mode, wanted: [WantedLine], known: Set<DocumentID>,
        within settlingTime: Duration
    ) -> LaterCopies? {
        guard let own = listed.first(where: { $0.id == own }) else { return nil }
        var copies = LaterCopies()
        for document in listed where document.id != own.id && !known.contains(document.id) {
            // A draft of all that was open looks like any other before it is edited.
            let isUnedited = mode == .editAfterCreate && !document.isConfirmed
            guard isUnedited || DraftComparison.compare(document.lines, with: wanted, open: nil) == .same else { continue }
            guard let made = document.createdAt, let first = own.createdAt else {
                if !isUnedited { copies.undated.append(document.id) }
                continue
            }
            guard made >= first, made - first <= settlingTime else { continue }
            if document.isConfirmed { copies.booked.append(document.id) } else { copies.drafts.append(document.id) }
        }
        return copies
    }
}
