package import Trade
package import Units

/// What Rackbeat wants of the warehouse.
extension DocumentPush {
    /// Begins a decision. A cancellation with an unknown outcome is looked up first: a number that the warehouse has cancelled takes
    /// no more changes, and one that it holds may still be cancelled by a request on its way.
    package mutating func begin() -> Directive {
        switch state {
        case .cancelling, .cancelUnseen:
            step = .lookingUpCancellation
            return .find
        case .cancelledByWarehouse:
            step = .findingWithdrawn
            return .find
        case .nothing, .sending, .held, .cancelled: return .decide
        }
    }

    /// The warehouse is to hold the document with this content.
    package mutating func isWanted(_ content: PushContent, at now: Moment) -> Directive {
        switch state {
        case .cancelling(_, let since), .cancelUnseen(_, let since):
            guard isOver(since, at: now) else { return park(.wantedBeforeCancelIsSeen) }
            takeCancellationBack()
        case .cancelledByWarehouse: return park(.cancelledByWarehouse)
        case .nothing, .sending, .held, .cancelled: break
        }
        if let objection {
            // What is wanted otherwise by now is sent, and perhaps refused.
            if case .editedThere = objection, !state.holds(content.fingerprint) { return prepare(content) }
            return park(objection)
        }
        return prepare(content)
    }

    /// The warehouse is to hold nothing of the document.
    package mutating func isNotWanted(_ reason: CancelReason, at now: Moment) -> Directive {
        switch state {
        case .nothing, .cancelled: return .settle(.nothing)
        case .cancelledByWarehouse: return settleCancelled()
        case .cancelUnseen:
            guard let id = record.warehouseID else { break }
            step = .readingUnseen(reason)
            return .read(id)
        case .sending, .held, .cancelling: break
        }
        step = .findingToCancel(reason)
        return .find
    }

    /// Rackbeat is done with the document, and somebody else moved a part of it, or a part is not wanted any more. The warehouse is to
    /// hold nothing of it, unless it is done with all that it holds itself: then nothing is left to cancel but what it split off.
    package mutating func isFinished(
        _ reason: CancelReason, _ content: PushContent, booked: [LineID: Quantity], at now: Moment
    ) -> Directive {
        guard case .held = state, !booked.isEmpty, let id = record.warehouseID else { return isNotWanted(reason, at: now) }
        step = .readingFinished(reason, content, booked: booked)
        return .read(id)
    }

    /// Nothing is to be done about the document, or it does not concern the warehouse.
    package mutating func needsNothing(at now: Moment) -> Directive {
        switch state {
        case .cancelling(_, let since), .cancelUnseen(_, let since):
            // No list would bring it again.
            guard isOver(since, at: now) else { return park(.doneBeforeCancelIsSeen) }
            takeCancellationBack()
            return .settle(.nothing)
        case .nothing, .sending, .held, .cancelled, .cancelledByWarehouse: return .settle(.nothing)
        }
    }

    /// Rackbeat calls the document done, with this content. If it was changed after it was last sent, the warehouse worked by the old
    /// content, and there is nothing left to send.
    ///
    /// - Parameter booked: What of it is booked by us, by line.
    package mutating func isDone(_ content: PushContent, booked: [LineID: Quantity] = [:], at now: Moment) -> Directive {
        switch state {
        case .nothing, .cancelling, .cancelUnseen, .cancelled, .cancelledByWarehouse: return needsNothing(at: now)
        case .sending:
            step = .findingDone(content, booked: booked)
            return .find
        case .held(let held): return compareDone(held, content, booked)
        }
    }

    /// A late request may have undone what was written after it: the document is to be written once more.
    package mutating func isDueForResend() -> Directive {
        switch state {
        case .held(let held):
            become(.held(held.unsure))
            return .decide
        case .cancelled:
            step = .findingRevived
            return .find
        case .nothing, .sending, .cancelling, .cancelUnseen, .cancelledByWarehouse: return .settle(.nothing)
        }
    }
}
