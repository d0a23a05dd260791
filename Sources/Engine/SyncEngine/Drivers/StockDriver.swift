import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// Replays in Rackbeat's stock what the warehouse found, lost and broke. Only when it is switched on.
struct StockDriver: Driver {
    let context: JobContext
    let records: RecordKeeper

    func run() throws {
        guard settings.stockSync != .off else { return try journal.stopStockSync() }
        if try journal.stockSyncStarted() == nil {
            try records.attempt(.stock, Self.comparison) { try startStockSync() }
        }
        guard let started = try journal.stockSyncStarted() else { return }
        try recordAdjustments(since: started)
        try unparkWhatWasLookedAt()
        var done: Set<Int64> = []
        // What makes a shortfall good joins the queue while it is worked off.
        while let next = try journal.openAdjustments().first(where: { !done.contains($0.id) }) {
            done.insert(next.id)
            if try circuitIsOpen() { try putOff(next) } else { try dealWith(next) }
        }
    }

    // MARK: The circuit

    /// The subject under which the job stands still, by the assumption that turned out wrong.
    static var circuit: String { "adjustment.mode" }

    /// Whether the account did something else than it was asked to, and nobody has looked since. The next adjustment would only
    /// ruin the next stock. It is a parked record, so that a restart does not try again.
    private func circuitIsOpen() throws -> Bool { try journal.waitingSubjects(.stock).contains(Self.circuit) }

    /// A person who has looked asks for a retry. Of an adjustment that is booked nothing is left to do, and of the circuit the next
    /// adjustment shows whether the account does what it is asked to.
    private func unparkWhatWasLookedAt() throws {
        let due = try records.dueSubjects(.stock)
        guard !due.isEmpty else { return }
        let open = Set(try journal.openAdjustments().map(Self.subject))
        for subject in due where !open.contains(subject) { try records.attempt(.stock, subject) {} }
    }

    private func openCircuit(_ intent: AdjustmentIntent, _ document: DocumentID, _ failure: RecordFailure) throws {
        try records.park(
            RecordFailure(
                reason: "Rackbeat did something else than it was asked to. \(failure.reason)",
                effect: "\(failure.effect) No further adjustment is booked for connection '\(name)'; they wait.",
                remedy:
                    "Correct the stock of \(intent.item) in Rackbeat by hand. Set adjustment.mode and adjustment.line_quantity of "
                    + "Rackbeat's profile as the account works (see 'tandem verify'), then retry this.",
                documents: failure.documents),
            .stock, Self.circuit, intent.record, fingerprint: Fingerprint(text: document.description), waitsFor: nil,
            ended: .adjustment(intent.id, .booked(document)))
    }

    private func putOff(_ intent: AdjustmentIntent) throws {
        let subject = Self.subject(of: intent)
        guard try records.parkedRecord(.stock, subject) == nil else { return }
        try records.park(
            RecordFailure(
                reason: "Stock sync stands still: Rackbeat did something else with an earlier adjustment than it was asked to.",
                effect: intent.isPending ? "Nothing was booked for it in Rackbeat." : "Rackbeat may hold a draft of it.",
                remedy: "Deal with the parked record '\(Self.circuit)'; this one follows by itself."),
            .stock, subject, intent.record, fingerprint: nil, waitsFor: nil)
    }

    /// The subject under which a comparison that does not come out even is parked.
    static var comparison: String { "stock comparison" }

    /// How far back before the start the warehouse's adjustments are taken as part of what was compared.
    private static var baseline: Duration { .seconds(86_400) }

    // MARK: Switching on

    /// Deltas only keep in step what was equal: both sides are compared before the first one is replayed.
    private func startStockSync() throws {
        for _ in 0..<3 {
            let now = clock.now()
            let before = try adjustments(from: now - Self.baseline)
            let differences = try stockDifferences()
            let after = try adjustments(from: now - Self.baseline)
            // Something was adjusted while the two sides were read: neither reading can be told from the other.
            guard before.count == after.count else { continue }
            guard differences.isEmpty || settings.stockSync == .onWithOffset else { throw Self.refusal(differences) }
            _ = try journal.record(after, asBaseline: true, at: now)
            try journal.startStockSync(offsets: differences.map { ($0.item, $0.ongoing - $0.rackbeat) }, at: now)
            return
        }
        throw RecordFailure(
            reason: "The warehouse adjusted stock during every comparison.", effect: "Stock sync was not switched on.",
            remedy: "It is compared again in the next run.")
    }

    private struct StockDifference {
        var item: ItemNumber
        /// What Rackbeat should hold by what the warehouse has and what is on its way between the two.
        var ongoing: Quantity
        var rackbeat: Quantity
    }

    private func stockDifferences() throws -> [StockDifference] {
        let warehouse = try ongoing.stock()
        let erp = try rackbeat.stockEverywhere(at: mapping.locations)
        var expected: [ItemNumber: Quantity] = [:]
        for stock in warehouse {
            // Picked and not booked yet: Rackbeat still has it. Received and not booked yet: Rackbeat does not have it.
            let inFlight = settings.marksReported ? stock.pickedToBeReported - stock.receivedToBeReported : .zero
            expected[try journal.product(ofArticle: stock.article), default: .zero] += stock.onHand + inFlight
        }
        return Set(expected.keys).union(erp.keys).sorted().compactMap { item in
            let difference = StockDifference(item: item, ongoing: expected[item] ?? .zero, rackbeat: erp[item] ?? .zero)
            return difference.ongoing == difference.rackbeat ? nil : difference
        }
    }

    private static func refusal(_ differences: [StockDifference]) -> RecordFailure {
        let shown = differences.prefix(50).map { "\($0.item): Ongoing \($0.ongoing), Rackbeat \($0.rackbeat)" }
        let rest = differences.count - shown.count
        return RecordFailure(
            reason: "The two sides hold different stock. " + shown.joined(separator: "; ")
                + (rest > 0 ? "; and \(rest) more." : "."),
            effect: "Stock sync was not switched on; nothing was adjusted.",
            remedy: "Make the two sides equal, or accept the differences as the known offset (stock-sync: on-with-offset).")
    }

    // MARK: Reading

    private func recordAdjustments(since started: Moment) throws {
        var cursor = try journal.cursor(.stock)
        let earliest = started - Self.baseline
        let now = clock.now()
        let isSweep = isSweepDue(cursor, at: now)
        func read(reach: Duration?) throws -> [WarehouseAdjustment] {
            // Never trust a filter: rows from before the comparison are part of what was compared.
            let from = cursor.moment.flatMap { moment in reach.map { moment - $0 } } ?? earliest
            return try adjustments(from: max(earliest, from)).filter { $0.time >= earliest }
        }
        var (rows, ahead) = try ongoing.watchingClock { try read(reach: isSweep ? farReach : settings.schedule.overlap) }
        let watch = clockWatch(cursor, ahead)
        if watch.standsInTheFuture(cursor.moment, at: now), !watch.wasSetBack {
            rows = try read(reach: nil)
        } else if watch.wasSetBack, !isSweep {
            listener(.reached(connection: name, .clockSetBack))
            rows = try read(reach: farReach)
        }
        tally.read += rows.count
        _ = try journal.record(rows, asBaseline: false, at: now)
        let future = rows.filter { watch.isInTheFuture($0.time, at: clock.now()) }
        try records.setDatedInTheFuture(
            future.map { ("adjustment \($0.inventory), \($0.article)", $0.time) }, .stock, by: .ongoing)
        cursor.moment = watch.moved(cursor.moment, to: rows.map(\.time).max(), began: now)
        cursor.clockAhead = watch.noted
        if isSweep { cursor.sweptAt = now }
        try journal.set(cursor, .stock)
    }

    private func adjustments(from moment: Moment) throws -> [WarehouseAdjustment] {
        var readable: [WarehouseAdjustment] = []
        for row in try ongoing.adjustments(from: moment) {
            switch row {
            case .value(var adjustment):
                adjustment.article = try journal.product(ofArticle: adjustment.article)
                readable.append(adjustment)
            case .unreadable(let key, _, let problem, _):
                try records.attempt(.stock, key ?? "an adjustment without a number") {
                    throw RecordFailure(
                        reason: "The warehouse's adjustment \(key ?? "without a number") cannot be read: \(problem).",
                        effect: "Nothing was booked for it.", remedy: "Book it in Rackbeat by hand, then dismiss this.")
                }
            }
        }
        return readable
    }

    // MARK: Replaying

    private func dealWith(_ intent: AdjustmentIntent) throws {
        let subject = Self.subject(of: intent)
        let fingerprint = Fingerprint(text: "\(intent.item) \(intent.change)")
        guard try !intent.isPending || !records.isSettled(.stock, subject, fingerprint) else { return }
        var state = intent.state
        try records.attempt(
            .stock, subject, record: intent.record, fingerprint: fingerprint,
            // What is booked waits for nothing but a person.
            waitsFor: Self.isBooked(state) ? nil : intent.record,
            effect: Self.effect(of: state)
        ) {
            var leftover: RecordFailure?
            try recreate(intent, &state, leaving: &leftover, as: subject, fingerprint)
            try report(intent)
            if let leftover { throw leftover }
        }
    }

    private static func isBooked(_ state: AdjustmentBooking.State) -> Bool { if case .booked = state { true } else { false } }

    /// What Rackbeat holds when an exchange fails, by what was sent before it.
    private static func effect(of state: AdjustmentBooking.State) -> String? {
        switch state {
        case .intended: nil
        case .creating: "Rackbeat may or may not hold it."
        case .drafted(let id, _): "Rackbeat holds draft \(id) of it, which is not booked."
        case .booking(let id, _, _): "Rackbeat may or may not have booked adjustment \(id)."
        case .verifying(let id, _, _), .booked(let id): "Rackbeat says that adjustment \(id) is booked."
        case .abandoned: nil
        }
    }

    static func subject(of intent: AdjustmentIntent) -> String { "\(intent.item): \(intent.reason)" }

    /// Notes the adjustment in a dry run, and ends it there: also its report, when the article's other rows are noted already.
    private func endIfNoted(_ intent: AdjustmentIntent, draft: DocumentID?) throws {
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

    private func report(_ intent: AdjustmentIntent) throws {
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
    private func recreate(
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
                if let id, !isNoted(.removeDrafts([id], of: booking.subject)) { try rackbeat.deleteAdjustment(id) }
                // What is not booked is begun anew when a person has fixed what stands in its way.
                saved = Self.isBooked(booking.state) ? booking.state : .intended
                throw PermanentFailure(failure: failure, ended: .adjustment(intent.id, saved))
            }
        }
    }

    private func delete(_ ids: [DocumentID], _ booking: inout AdjustmentBooking) throws -> AdjustmentBooking.Directive {
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

    /// No source shows the rows of the ledger, so that it cannot be read stops nothing.
    private func ledger(of item: ItemNumber) throws -> AdjustmentBooking.Ledger {
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
    private static var mostLateReadings: Int { 2 }

    private static func draftsLeft(_ drafts: [DocumentID], _ subject: String) -> RecordFailure {
        let names = drafts.map(\.description).joined(separator: ", ")
        return RecordFailure(
            reason: "\(subject): it is booked without draft \(names), and this account lets no draft be deleted.",
            effect: "The draft \(names) is left in Rackbeat.",
            remedy: "Delete the draft \(names) in Rackbeat without booking it, then dismiss this.", documents: drafts)
    }

    private var account: AdjustmentBooking.Account {
        AdjustmentBooking.Account(
            mode: {
                switch rackbeat.adjustmentMode {
                case .absoluteViaRead: .absoluteViaRead
                case .relativeFlag: .relativeFlag
                }
            }(), needsBooking: rackbeat.adjustmentNeedsBooking, linesShowChange: rackbeat.adjustmentLinesShowChange,
            draftsCanBeDeleted: rackbeat.adjustmentsDeletable)
    }

    private func create(
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

    private func book(_ id: DocumentID, _ booking: inout AdjustmentBooking) throws -> AdjustmentBooking.Directive {
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
