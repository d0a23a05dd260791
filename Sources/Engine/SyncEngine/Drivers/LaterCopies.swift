import Exchange
import RackbeatClient
import SyncCore
import Trade
import Units

/// Looks once more at what was booked, for what a second delivery of the request made when the booking was done.
extension BookingDriver {
    /// Looks at everything that was booked since the last time, an order at a time. For the nightly comparison.
    func lookForLaterCopies() throws {
        for calls in [shipmentCalls, receiptCalls] {
            var numbers: [String] = []
            for intent in try journal.bookedToLookAt(calls.kind, until: lastToLookAt) where !numbers.contains(intent.number) {
                numbers.append(intent.number)
            }
            for number in numbers {
                try passingWhatMayPass { try dealWithLaterCopies(in: calls.list(number), of: number, calls) }
            }
        }
    }

    /// - Parameter listed: Every document of the order.
    /// - Returns: Whether a draft was removed.
    @discardableResult
    func dealWithLaterCopies(in listed: [BookedDocument], of number: String, _ calls: BookingCalls) throws -> Bool {
        var wasRemoved = false
        for intent in try journal.bookedToLookAt(calls.kind, number: number, until: lastToLookAt) {
            guard case .booked(let own) = intent.state else { continue }
            let known = intent.before.union(try journal.documentsOfOthers(than: intent))
            let copies = LaterCopies.find(
                in: listed, of: own, mode: calls.mode, wanted: intent.wanted, known: known, within: JobContext.settlingTime)
            guard let copies else {
                // The list is old, or what we booked was taken out by hand: after some nights it is.
                if clock.now() - intent.createdAt > farReach { try journal.wasLookedAt(intent, copies: []) }
                continue
            }
            let subject = "\(calls.noun) \(number)"
            guard copies.drafts.isEmpty || !isNoted(.removeDrafts(copies.drafts, of: subject)) else { continue }
            var kept: [DocumentID] = []
            var refusal = ""
            for draft in copies.drafts {
                if let why = try self.refusal(removing: draft, of: number, calls) {
                    kept.append(draft)
                    refusal = why
                }
            }
            if kept.count < copies.drafts.count {
                wasRemoved = true
                listener(.reached(connection: name, .spareDraftRemoved))
            }
            try journal.wasLookedAt(intent, copies: copies.booked)
            if let failure = Self.failure(copies, keeping: kept, refusal, own, subject) {
                try records.park(
                    failure, calls.job, intent.warehouseNumber, calls.record(number), fingerprint: intent.fingerprint,
                    waitsFor: nil)
            }
        }
        return wasRemoved
    }

    /// What came until now may come a second time for a while.
    private var lastToLookAt: Moment { clock.now() - JobContext.settlingTime }

    /// Why Rackbeat keeps a draft; `nil` when it is removed.
    private func refusal(removing draft: DocumentID, of number: String, _ calls: BookingCalls) throws -> String? {
        do {
            try calls.remove(draft, number)
            return nil
        } catch let error as ExchangeError {
            guard case .refused = error.reason else { throw error }
            return error.reasonText
        }
    }

    /// - Parameters:
    ///   - kept: The drafts that could not be removed.
    ///   - refusal: Why.
    private static func failure(
        _ copies: LaterCopies, keeping kept: [DocumentID], _ refusal: String, _ own: DocumentID, _ subject: String
    ) -> RecordFailure? {
        func names(_ ids: [DocumentID]) -> String { ids.map(\.description).joined(separator: ", ") }
        if !copies.booked.isEmpty {
            return RecordFailure(
                reason: "\(subject): the request that made document \(own) arrived once more, and Rackbeat booked "
                    + "\(names(copies.booked)) as well.",
                effect: "Rackbeat holds more as moved than the warehouse.",
                remedy: "Correct the booking of \(names(copies.booked)) in Rackbeat by hand, then dismiss this.",
                documents: copies.booked)
        }
        if !kept.isEmpty {
            return RecordFailure(
                reason:
                    "\(subject): the request that made document \(own) arrived once more and made draft \(names(kept)), and Rackbeat "
                    + "did not let it be deleted: \(refusal).",
                effect: "The draft \(names(kept)) holds on to what is open, and is not booked.",
                remedy: "Delete the draft \(names(kept)) in Rackbeat without booking it, then dismiss this.", documents: kept)
        }
        guard !copies.undated.isEmpty else { return nil }
        return RecordFailure(
            reason:
                "\(subject): Rackbeat holds \(names(copies.undated)) with the lines of document \(own), and does not say when it was made.",
            effect: "It may have been made by a second delivery of the request that made document \(own); it was left alone.",
            remedy: "Remove \(names(copies.undated)) in Rackbeat if nobody there made it, then dismiss this.",
            documents: copies.undated)
    }
}

extension StockDriver {
    /// The same for adjustments. For the nightly comparison.
    func lookForLaterCopies() throws {
        for intent in try journal.adjustmentsToLookAt(until: clock.now() - JobContext.settlingTime) {
            try passingWhatMayPass { try dealWithLaterCopies(of: intent) }
        }
    }

    private func dealWithLaterCopies(of intent: AdjustmentIntent) throws {
        guard case .booked(let own) = intent.state else { return }
        let found = try rackbeat.adjustments(searching: intent.reason).map(\.id)
        // Taken out by hand.
        guard found.contains(own) else { return try journal.wasLookedAt(intent) }
        let copies = found.filter { $0 != own }.sorted()
        // A draft that nobody can delete is on the list already.
        let isParked = try records.parkedRecord(.stock, Self.subject(of: intent)) != nil
        guard !copies.isEmpty, !isParked else { return try journal.wasLookedAt(intent) }
        if rackbeat.adjustmentNeedsBooking, rackbeat.adjustmentsDeletable {
            guard !isNoted(.removeDrafts(copies, of: intent.reason)) else { return }
            do {
                for id in copies { try rackbeat.deleteAdjustment(id) }
                listener(.reached(connection: name, .spareDraftRemoved))
                return try journal.wasLookedAt(intent)
            } catch let error as ExchangeError {
                // What is booked cannot be deleted.
                guard case .refused = error.reason else { throw error }
            }
        }
        try journal.wasLookedAt(intent)
        try records.park(
            Self.laterCopies(copies, own, intent, areDrafts: rackbeat.adjustmentNeedsBooking), .stock, Self.subject(of: intent),
            intent.record, fingerprint: nil, waitsFor: nil)
    }

    private static func laterCopies(
        _ copies: [DocumentID], _ own: DocumentID, _ intent: AdjustmentIntent, areDrafts: Bool
    ) -> RecordFailure {
        let names = copies.map(\.description).joined(separator: ", ")
        return RecordFailure(
            reason: "\(intent.reason): the request that made adjustment \(own) arrived once more, and made \(names) as well.",
            effect: areDrafts
                ? "Rackbeat's stock of \(intent.item) is off by \(intent.change.signed) if \(names) is booked."
                : "Rackbeat's stock of \(intent.item) is off by \(intent.change.signed).",
            remedy: areDrafts
                ? "Delete \(names) in Rackbeat without booking it. If it is booked already, correct the stock by hand. Then dismiss this."
                : "Correct the stock in Rackbeat by hand, then dismiss this.", documents: copies)
    }
}

extension Driver {
    /// What fails for a while is looked at in another night; nothing else waits for it.
    fileprivate func passingWhatMayPass(_ look: () throws -> Void) throws {
        do { try look() } catch let error as ExchangeError {
            switch error.reason {
            case .unauthorised, .rateLimited: throw error
            case .refused, .serverFault, .noResponse, .unreadable: tally.deferred += 1
            }
        }
    }
}
