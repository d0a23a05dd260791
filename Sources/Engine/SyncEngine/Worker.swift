import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// Runs the jobs of one connection.
final class Worker: Driver {
    let context: JobContext
    let articles: ArticleDriver
    let pushes: PushDriver
    private let records: RecordKeeper
    private let facts: ProductFacts
    private let bookings: BookingDriver
    private let stock: StockDriver
    private let reconciliation: ReconcileDriver
    private var isAcquainted = false
    /// Whether the latest run came to its end.
    private(set) var hasSucceeded = false
    private var knowsLocations = false
    /// When the credentials were refused: to which job, until when nothing is tried, and how often in a row.
    private var circuit: (job: Job, until: Moment, openings: Int)?

    /// The longest pause while credentials are refused.
    static let longestCircuitPause = Duration.seconds(3600)

    init(
        connection: Connection, journal: Journal, clock: any Clock, writeMode: WriteMode = .carryOut,
        listener: @escaping (EngineEvent) -> Void
    ) {
        context = JobContext(
            connection: connection, journal: journal, clock: clock, writeMode: writeMode, listener: listener)
        records = RecordKeeper(context)
        facts = ProductFacts(context, records: records)
        let scanner = Scanner(context: context, records: records)
        let writes = WarehouseWrites(context: context, records: records)
        articles = ArticleDriver(context, records: records, scanner: scanner, writes: writes, facts: facts)
        facts.readCatalogue = { [unowned articles] in try articles.readCatalogue() }
        bookings = BookingDriver(context, records: records, facts: facts)
        pushes = PushDriver(
            context, records: records, scanner: scanner, writes: writes, articles: articles, bookings: bookings,
            facts: facts)
        stock = StockDriver(context: context, records: records)
        reconciliation = ReconcileDriver(
            context: context, records: records, pushes: pushes, bookings: bookings, stock: stock,
            catalogue: CatalogueDriver(context: context, records: records, articles: articles, pushes: pushes))
        bookings.observe = { [unowned pushes] document in
            switch document {
            case .order(let order): try pushes.observe(order)
            case .purchaseOrder(let order): try pushes.observe(order)
            }
        }
    }

    /// Runs one job.
    ///
    /// - Returns: How long at least to leave the other systems alone; `nil` when nothing asks for that.
    func run(_ job: Job) throws -> Duration? {
        let started = clock.now()
        hasSucceeded = false
        if let circuit, circuit.until > started { return circuit.until - started }
        tally = Tally()
        records.beginRun()
        articles.beginRun()
        pushes.beginRun()
        facts.beginRun()
        listener(.jobBegan(connection: name, job))
        var pause: Duration?
        var succeeded = false
        var isRefused = false
        do {
            try acquaint()
            try findLocations(for: job)
            switch job {
            case .products: try articles.run()
            case .orders: try pushes.runOrders()
            case .purchaseOrders: try pushes.runPurchaseOrders()
            case .shipments:
                try bookings.runShipments()
                try pushes.lookAtObserved(pushes.orderSource)
            case .receipts:
                try bookings.runReceipts()
                try pushes.lookAtObserved(pushes.purchaseSource)
            case .stock: try stock.run()
            case .reconcile: try reconciliation.run()
            }
            succeeded = true
            hasSucceeded = true
            // Another job may have called the other system alone.
            if circuit?.job == job { circuit = nil }
        } catch let error as ExchangeError {
            tally.failure = error.description
            pause = reckon(with: error, in: job)
            if case .unauthorised = error.reason { isRefused = true }
            listener(.jobFailed(connection: name, job, error))
        } catch let failure as RecordFailure {
            tally.failure = failure.description
        }
        try journal.save(
            RunRecord(
                connection: name, job: job, startedAt: started, endedAt: clock.now(), succeeded: succeeded,
                summary: tally.description, pausedUntil: pause.map { clock.now() + $0 }))
        listener(.jobEnded(connection: name, job, summary: tally.description, succeeded: succeeded))
        if let pause { listener(.paused(connection: name, job, until: clock.now() + pause, isRefused: isRefused)) }
        return pause
    }

    /// Before the first job: do the credentials work, and is there such a location?
    private func acquaint() throws {
        guard !isAcquainted else { return }
        try journal.journal.claim(account: try rackbeat.account().number, of: name)
        guard try rackbeat.location(settings.location) != nil else {
            throw RecordFailure(
                reason: "Rackbeat has no location \(settings.location).", effect: "No job of connection '\(name)' can run.",
                remedy: "Name an existing location in the configuration.")
        }
        try reconciliation.checkStatuses()
        isAcquainted = true
    }

    /// Shelves are set up and moved at any time, so what lies inside the location is read for each run that decides by it.
    private func findLocations(for job: Job) throws {
        guard rackbeat.locationsIncludeChildren else { return }
        switch job {
        case .products: return
        case .shipments, .receipts: if knowsLocations { return }
        case .orders, .purchaseOrders, .stock, .reconcile: break
        }
        context.mapping.locations = try rackbeat.locations(
            inside: settings.location, except: context.connection.otherLocations)
        knowsLocations = true
    }

    /// What an error that ended a run means for the next ones.
    private func reckon(with error: ExchangeError, in job: Job) -> Duration? {
        switch error.reason {
        case .unauthorised:
            // Asking on and on with credentials that are refused gets accounts locked. One call now and then tells when they work.
            let openings = (circuit?.openings ?? 0) + 1
            let pause = min(.seconds(300 << min(openings - 1, 4)), Self.longestCircuitPause)
            circuit = (job, clock.now() + pause, openings)
            listener(.reached(connection: name, .circuitOpened))
            return pause
        case .rateLimited(let retryAfter): return retryAfter
        case .refused, .serverFault, .noResponse, .unreadable: return nil
        }
    }
}
