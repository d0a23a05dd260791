import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// Carries out what the booking of one adjustment decides.
extension StockDriver {
    /// Notes the adjustment in a dry run, and ends it there: also its report, when the article's other rows are noted already.
    func endIfNoted(_ intent: AdjustmentIntent, draft: DocumentID?) throws {
        let adjustment = PlannedDirective.adjustStock(
            intent.item, settings.location, change: intent.change, reason: intent.reason, draft: draft)
        guard isNoted(adjustment) else { return }
        let isLast = try journal.openAdjustments().allSatisfy { other in
            other.id == intent.id || (other.inventory, other.articleID) != (intent.inventory, intent.articleID)
                || records.isPlanned(.stock, Self.subject(of: other))
        }
        if settings.marksReported, isLast {
            try endIfNoted(.reportAdjustment(inventory: intent.inventory, intent.item))
        }
        throw EndOfPlan()
    }

    func report(_ intent: AdjustmentIntent) throws {
        guard settings.marksReported, try journal.isReplayed(inventory: intent.inventory, articleID: intent.articleID)
        else { return }
        guard !isNoted(.reportAdjustment(inventory: intent.inventory, intent.item)) else { return }
        do {
            try ongoing.setReported(inventory: intent.inventory, article: intent.articleID)
        } catch let error as ExchangeError {
            // A courtesy to the warehouse; what is replayed is known by our own books. A record that is booked must not be put
            // off for it: nothing would ever turn to it again.
            switch error.reason {
            case .unauthorised, .rateLimited: throw error
            case .refused, .serverFault, .noResponse, .unreadable: break
            }
        }
    }

    /// Carries an adjustment through until it is booked.
    ///
    /// - Parameters:
    ///   - saved: The state that the journal holds.
    ///   - leftover: What a person has to clear away although it is booked.
    func recreate(
        _ intent: AdjustmentIntent, _ saved: inout AdjustmentBooking.State, leaving leftover: inout RecordFailure?,
        as subject: String, _ fingerprint: Fingerprint
    ) throws {
        var booking = AdjustmentBooking(
            subject: "adjustment \(intent.inventory), \(intent.item) \(intent.change.signed)", change: intent.change,
            account: account, settlingTime: JobContext.settlingTime, state: intent.state)
        var directive = booking.resume(at: clock.now())
        while true {
            if !directive.endsTheBooking, booking.state != saved {
                try journal.save(booking.state, of: intent.id)
                saved = booking.state
            }
            listener(.decided(connection: name, .stock, intent.record, directive.words))
            switch directive {
            case .readStock:
                directive = booking.stockWasRead(
                    try rackbeat.stock(of: intent.item, at: settings.location), at: clock.now())
            case .create(let quantity, let isRelative):
                try endIfNoted(intent, draft: nil)
                directive = try create(quantity, isRelative: isRelative, &booking, intent)
            case .search:
                let found = try rackbeat.adjustments(searching: intent.reason)
                listener(.reached(connection: name, found.isEmpty ? .readBackFoundNothing : .readBackFoundOurDocument))
                directive = booking.searched(found, at: clock.now())
            case .delete(let ids):
                if isNoted(.removeDrafts(ids, of: booking.subject)) { try endIfNoted(intent, draft: nil) }
                directive = try delete(ids, &booking)
            case .book(let id):
                try endIfNoted(intent, draft: id)
                directive = try book(id, &booking)
            case .readLedger:
                directive = booking.ledgerWasRead(
                    try ledger(of: intent.item), location: settings.location, at: clock.now())
            case .lookLater(let failure): throw TransientFailure(failure: failure)
            case .stop(let failure):
                guard case .booked(let id) = booking.state else { preconditionFailure("\(booking.subject): stopped unbooked") }
                tally.booked += 1
                listener(.booked(connection: name, .stock, subject: intent.reason, document: id.value))
                try openCircuit(intent, id, failure)
                saved = booking.state
                throw failure
            case .done(let id, let shortfall, let spare):
                if !spare.isEmpty {
                    let failure = Self.draftsLeft(spare, booking.subject)
                    leftover = failure
                    // Before it is done: nothing turns to it again afterwards, should the process end here.
                    try records.park(failure, .stock, subject, intent.record, fingerprint: fingerprint, waitsFor: nil)
                }
                try journal.complete(intent, document: id, shortfall: shortfall, at: clock.now())
                if !shortfall.isZero { listener(.reached(connection: name, .shortfallMadeGood)) }
                tally.booked += 1
                listener(.booked(connection: name, .stock, subject: intent.reason, document: id.value))
                return
            case .beginLater(let failure):
                // What was read may have been some minutes old; what is refused for good is so then too.
                let ended = EndedIntent.adjustment(intent.id, .intended)
                let attempts = try records.parkedRecord(.stock, subject)?.attempts ?? 0
                guard attempts < Self.mostLateReadings else { throw PermanentFailure(failure: failure, ended: ended) }
                throw TransientFailure(failure: failure, ended: ended)
            case .giveUp(let id, let failure):
                if let id, !isNoted(.removeDrafts([id], of: booking.subject)), let other = try remove(id, &booking) {
                    directive = other
                    continue
                }
                // What is not booked is begun anew when a person has fixed what stands in its way.
                saved = Self.isBooked(booking.state) ? booking.state : .intended
                throw PermanentFailure(failure: failure, ended: .adjustment(intent.id, saved))
            }
        }
    }

    func delete(_ ids: [DocumentID], _ booking: inout AdjustmentBooking) throws -> AdjustmentBooking.Directive {
        for id in ids {
            do {
                try rackbeat.deleteAdjustment(id)
            } catch let error as ExchangeError {
                guard case .refused(_, let message) = error.reason,
                    let directive = booking.deletionWasRefused(message, of: id)
                else { throw error }
                if case .delete = directive { listener(.reached(connection: name, .journalWasBehind)) }
                return directive
            }
        }
        listener(.reached(connection: name, .stockMovedBeforeBooking))
        return booking.wereDeleted(ids, at: clock.now())
    }

    /// Removes the draft of an adjustment that is given up.
    ///
    /// - Returns: What to do instead where it cannot be deleted.
    func remove(_ id: DocumentID, _ booking: inout AdjustmentBooking) throws -> AdjustmentBooking.Directive? {
        do {
            try rackbeat.deleteAdjustment(id)
            return nil
        } catch let error as ExchangeError {
            guard case .refused(_, let message) = error.reason,
                let directive = booking.deletionWasRefused(message, of: id)
            else { throw error }
            return directive
        }
    }

    /// No source shows the rows of the ledger, so that it cannot be read stops nothing.
    func ledger(of item: ItemNumber) throws -> AdjustmentBooking.Ledger {
        do {
            return .rows(try rackbeat.ledger(of: item))
        } catch let error as ExchangeError {
            switch error.reason {
            case .unauthorised, .rateLimited: throw error
            case .serverFault, .noResponse: return .unavailable
            case .refused, .unreadable: return .unknownForm
            }
        }
    }

    /// How often a refusal is taken for the fruit of an old reading before a person is called.
    static var mostLateReadings: Int { 2 }

    static func draftsLeft(_ drafts: [DocumentID], _ subject: String) -> RecordFailure {
        let names = drafts.map(\.description).joined(separator: ", ")
        return RecordFailure(
            reason: "\(subject): it is booked without draft \(names), and this account lets no draft be deleted.",
            effect: "The draft \(names) is left in Rackbeat.",
            remedy: "Delete the draft \(names) in Rackbeat without booking it, then dismiss this.", documents: drafts)
    }

    var account: AdjustmentBooking.Account {
        AdjustmentBooking.Account(
            mode: {
                switch rackbeat.adjustmentMode {
                case .absoluteViaRead: .absoluteViaRead
                case .relativeFlag: .relativeFlag
                }
            }(), needsBooking: rackbeat.adjustmentNeedsBooking, linesShowChange: rackbeat.adjustmentLinesShowChange,
            draftsCanBeDeleted: rackbeat.adjustmentsDeletable)
    }

    func create(
        _ quantity: Quantity, isRelative: Bool, _ booking: inout AdjustmentBooking, _ intent: AdjustmentIntent
    ) throws -> AdjustmentBooking.Directive {
        let zone = Zone(rawValue: rackbeat.profile["time_zone"]) ?? .copenhagen
        // By Rackbeat's clock: it takes no day that has not begun, and ours may have been set wrong.
        let today = (rackbeat.serverTime ?? clock.now()).date(in: zone)
        func create(dated date: CivilDate) throws -> StockAdjustment {
            try rackbeat.createAdjustment(
                item: intent.item, location: settings.location, quantity: quantity, isRelative: isRelative, date: date,
                reason: intent.reason)
        }
        do {
            do {
                return booking.wasCreated(try create(dated: today))
            } catch let error as ExchangeError where RackbeatClient.refusesTheDay(error) {
                // The account may go by another time zone.
                return booking.wasCreated(try create(dated: today.adding(days: -1)))
            }
        } catch let error as ExchangeError {
            if case .refused(_, let message) = error.reason { return booking.creationWasRefused(message) }
            guard error.effect == .unknown else {
                try journal.save(.intended, of: intent.id)
                throw error
            }
            return booking.creationOutcomeIsUnknown()
        }
    }

    func book(_ id: DocumentID, _ booking: inout AdjustmentBooking) throws -> AdjustmentBooking.Directive {
        do {
            try rackbeat.bookAdjustment(id)
            return booking.wasBooked()
        } catch let error as ExchangeError {
            if case .refused(_, let message) = error.reason { return booking.bookingWasRefused(message) }
            guard error.effect == .unknown else { throw error }
            return booking.bookingOutcomeIsUnknown()
        }
    }
}
