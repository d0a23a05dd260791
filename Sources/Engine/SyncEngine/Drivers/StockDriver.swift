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
    func circuitIsOpen() throws -> Bool { try journal.waitingSubjects(.stock).contains(Self.circuit) }

    /// A person who has looked asks for a retry. Of an adjustment that is booked nothing is left to do, and of the circuit the next
    /// adjustment shows whether the account does what it is asked to.
    func unparkWhatWasLookedAt() throws {
        let due = try records.dueSubjects(.stock)
        guard !due.isEmpty else { return }
        let open = Set(try journal.openAdjustments().map(Self.subject))
        for subject in due where !open.contains(subject) { try records.attempt(.stock, subject) {} }
    }

    func openCircuit(_ intent: AdjustmentIntent, _ document: DocumentID, _ failure: RecordFailure) throws {
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

    func putOff(_ intent: AdjustmentIntent) throws {
        let subject = Self.subject(of: intent)
        guard try records.parkedRecord(.stock, subject) == nil else { return }
        try records.park(
            RecordFailure(
                reason: "Stock sync stands still: Rackbeat did something else with an earlier adjustment than it was asked to.",
                effect: intent.isPending ? "Nothing was booked for it in Rackbeat." : "Rackbeat may hold a draft of it.",
                remedy: "Deal with the parked record '\(Self.circuit)'; this one follows by itself."),
            .stock, subject, intent.record, fingerprint: nil, waitsFor: nil)
    }

    /// How far back before the start the warehouse's adjustments are taken as part of what was compared.
    static var baseline: Duration { .seconds(86_400) }

    // MARK: Reading

    func recordAdjustments(since started: Moment) throws {
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

    func adjustments(from moment: Moment) throws -> [WarehouseAdjustment] {
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

    func dealWith(_ intent: AdjustmentIntent) throws {
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

    static func isBooked(_ state: AdjustmentBooking.State) -> Bool { if case .booked = state { true } else { false } }

    /// What Rackbeat holds when an exchange fails, by what was sent before it.
    static func effect(of state: AdjustmentBooking.State) -> String? {
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
}
