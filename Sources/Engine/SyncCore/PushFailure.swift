package import Trade

/// Why the warehouse is to hold nothing of a document any more.
package enum CancelReason: Hashable, Sendable {
    case reopened
    case cancelled
    case finishedByOthers
    /// What was still open of it is not wanted any more.
    case restGivenUp
    case noLineAtLocation
    case deleted

    func text(_ document: RecordRef) -> String {
        switch self {
        case .reopened: "\(document) was reopened"
        case .cancelled: "\(document) was cancelled"
        case .finishedByOthers: "\(document) was \(document.kind == .order ? "shipped" : "received") by somebody else"
        case .restGivenUp: "the rest of \(document) was given up in Rackbeat"
        case .noLineAtLocation: "\(document) has no line left at this location"
        case .deleted: "\(document) was deleted in Rackbeat"
        }
    }
}

/// Why a document is not as it is to be in the warehouse.
package struct PushFailure: Error, Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        // Transient: time alone shows what became of it.
        case wantedBeforeCancelIsSeen
        case doneBeforeCancelIsSeen
        case changedWhileBooking
        case notSeenYet
        case cancelBeforeSendingIsSeen(CancelReason)
        case cancelUnseen(CancelReason, status: String)
        case cancelRefusedUnseen(CancelReason, String)
        case cancelRefusedAfterUnknown(CancelReason, String, status: String)
        // Permanent: somebody has to change something.
        case begunByOthers(done: Quantity, of: Quantity)
        case givenUpInPart(booked: Quantity, of: Quantity)
        case putRefused(String, Shown)
        case changedWhenDone
        case cancelRefused(CancelReason, String, status: String)
        case cancelNotCarriedOut(CancelReason, status: String)
        case cancelledByWarehouse
        case editedThere([LineEdit], status: String)
        case vanished
        case numberTaken(status: String)
        /// A line is of a kit, which is no article of the warehouse's.
        case kit(ItemNumber)
        /// A back order of it was told to be cancelled, and is shown as live.
        case restUnseen(number: String, status: String)
        case restRefused(number: String, String, status: String)
    }

    /// What the warehouse shows under the number.
    package enum Shown: Hashable, Sendable {
        case nothing
        case cancelled
        case live(status: String)
    }

    package var document: RecordRef
    package var warehouseNumber: String
    package var kind: Kind

    package init(document: RecordRef, warehouseNumber: String, kind: Kind) {
        self.document = document
        self.warehouseNumber = warehouseNumber
        self.kind = kind
    }

    /// Whether it is tried again later; otherwise it is parked until something changes.
    package var isTransient: Bool {
        switch kind {
        case .wantedBeforeCancelIsSeen, .doneBeforeCancelIsSeen, .changedWhileBooking, .notSeenYet, .cancelBeforeSendingIsSeen,
            .cancelUnseen, .cancelRefusedUnseen, .cancelRefusedAfterUnknown, .restUnseen:
            true
        case .begunByOthers, .givenUpInPart, .putRefused, .changedWhenDone, .cancelRefused, .cancelNotCarriedOut,
            .cancelledByWarehouse, .editedThere, .vanished, .numberTaken, .kit, .restRefused:
            false
        }
    }

    /// For people.
    package var text: RecordFailure {
        let inWarehouse = "\(document.kind.noun) \(warehouseNumber)"
        let later = "Tandem looks again automatically."
        func failure(_ reason: String, _ effect: String, _ remedy: String) -> RecordFailure {
            RecordFailure(reason: reason, effect: effect, remedy: remedy)
        }
        func refusal(_ start: String, _ message: String) -> String { start + (message.isEmpty ? "." : ": \(message)") }
        switch kind {
        case .wantedBeforeCancelIsSeen:
            return failure(
                "\(document) is wanted again, and its cancellation is not to be seen yet.",
                "The warehouse still shows it as it was sent before, and may yet cancel it.", later)
        case .doneBeforeCancelIsSeen:
            return failure(
                "\(document) is done, and its cancellation is not to be seen yet.", "The warehouse may still hold it.", later)
        case .changedWhileBooking:
            return failure(
                "\(document) changed in Rackbeat while what the warehouse moved of it was being booked.",
                "The warehouse holds it as it was sent before.", later)
        case .notSeenYet:
            return failure(
                "Whether \(document) was sent is not known yet.", "The warehouse does not show \(inWarehouse).", later)
        case .cancelBeforeSendingIsSeen(let reason):
            return failure(
                "\(reason.text(document)), and whether it was sent before that is not known yet.",
                "The warehouse does not show \(inWarehouse).", "It is tried again automatically.")
        case .cancelUnseen(let reason, let status):
            return failure(
                "\(reason.text(document)); the warehouse said it was cancelled, but it stands at status \(status).",
                "The warehouse holds \(inWarehouse).", later)
        case .cancelNotCarriedOut(let reason, let status):
            return failure(
                "\(reason.text(document)); the warehouse said it was cancelled, but it stands at status \(status).",
                "The warehouse holds \(inWarehouse).", "Stop it in the warehouse by hand, then retry.")
        case .cancelledByWarehouse:
            return failure(
                "\(document) was cancelled in the warehouse, and is open in Rackbeat.",
                "The warehouse holds \(inWarehouse) as cancelled, and nobody works on it.",
                "Cancel it in Rackbeat too, or retry to send it again.")
        case .editedThere(let edits, let status):
            return failure(
                "\(document) was changed in the warehouse: \(edits.map(\.description).joined(separator: "; ")).",
                "The warehouse has begun with \(inWarehouse), which stands at status \(status).",
                "Agree the change with the warehouse, then make the same change in Rackbeat, or dismiss this.")
        case .vanished:
            return failure(
                "\(document) is gone from the warehouse, and a part of it is booked already.",
                "The warehouse shows neither \(inWarehouse) nor its id.",
                "Ask the warehouse what became of the rest. Finish \(document) in Rackbeat, or split the rest into a document of its own."
            )
        case .kit(let item):
            return failure(
                "\(document) has a line of \(item), a kit that Rackbeat assembles from other products.",
                "The warehouse was sent nothing of this, since it knows no kits of Rackbeat's.",
                "Put the parts of \(item) on \(document) instead of it.")
        case .restUnseen(let number, let status):
            return failure(
                "\(document) is done in Rackbeat; the warehouse said that back order \(number) was cancelled, but it stands at status "
                    + "\(status).",
                "The warehouse may still ship the rest.", later)
        case .restRefused(let number, let message, let status):
            return failure(
                refusal("\(document) is done in Rackbeat, but the warehouse refused to cancel back order \(number)", message),
                "The warehouse holds back order \(number) at status \(status), and may still ship the rest.",
                "Stop it in the warehouse by hand, then retry.")
        case .numberTaken(let status):
            return failure(
                "\(document) was not sent: the warehouse holds \(inWarehouse) already, and this journal did not send it.",
                "What is there stands at status \(status), and was left as it is.",
                "Renumber or cancel it in the warehouse, then retry.")
        case .cancelRefusedUnseen(let reason, let message):
            return failure(
                refusal("\(reason.text(document)), but the warehouse refused to cancel it", message),
                "The warehouse does not show \(inWarehouse).", later)
        case .cancelRefusedAfterUnknown(let reason, let message, let status):
            return failure(
                refusal(
                    "\(reason.text(document)); the warehouse refused to cancel it, perhaps because an earlier attempt, whose "
                        + "answer was lost, had done so", message),
                "The warehouse shows \(inWarehouse) at status \(status).", later)
        case .cancelRefused(let reason, let message, let status):
            return failure(
                refusal("\(reason.text(document)), but the warehouse refused to cancel it", message),
                "The warehouse holds \(inWarehouse) at status \(status).",
                reason == .restGivenUp
                    ? "Tell the warehouse that nothing more of it is wanted, then dismiss this."
                    : "Stop it in the warehouse by hand, or book it again in Rackbeat.")
        case .begunByOthers(let done, let quantity):
            let verb = document.kind == .order ? "shipped" : "received"
            return failure(
                "\(document) was partly \(verb) (\(done) of \(quantity)) before this connection sent it.",
                "The warehouse does not hold it.", "Finish it in Rackbeat, or split the rest into an order of its own.")
        case .givenUpInPart(let booked, let quantity):
            let verb = document.kind == .order ? "shipped" : "received"
            return failure(
                "\(document) was cancelled in the warehouse after a part was \(verb) (\(booked) of \(quantity)); sent again, that part "
                    + "would be \(verb) twice.",
                "The warehouse holds it as cancelled, and nobody works on the rest.",
                "Finish it in Rackbeat, or split the rest into a document of its own.")
        case .putRefused(let message, let shown):
            let reason = refusal("\(document) was refused by the warehouse", message)
            return failure(
                reason.hasSuffix(".") ? reason : reason + ".",
                {
                    switch shown {
                    case .nothing: "The warehouse does not hold it."
                    case .cancelled: "The warehouse holds it as cancelled."
                    case .live(let status): "The warehouse still holds it as it was sent before, at status \(status)."
                    }
                }(),
                shown == .nothing
                    ? "Fix what it refuses, then retry."
                    : "Agree the change with the warehouse, or take it back in Rackbeat.")
        case .changedWhenDone:
            return failure(
                "\(document) was changed after the warehouse had begun with it, and is done.",
                "The warehouse worked by what it was sent before.",
                "Look at what was changed, tell the warehouse or the customer, then dismiss this.")
        }
    }
}
