import Exchange
import SyncCore
import Trade
import Units

/// Carries out what ``SyncCore/DocumentPush`` decides about orders and purchase orders.
final class PushDriver: Driver {
    let context: JobContext
    let records: RecordKeeper
    let scanner: Scanner
    let facts: ProductFacts
    let writes: WarehouseWrites
    private let articles: ArticleDriver
    let bookings: BookingDriver
    /// In which status a parked document was last turned to again, because nothing of it was begun; `nil`: cancelled.
    var triedUnbegun: [RecordRef: String?] = [:]
    /// What a list of changes showed otherwise than the journal says.
    var observed: [RecordRef] = []
    /// What this run has found by its number, and what it has not.
    var witnesses: [RecordRef.Kind: MissingRecords.Witness] = [:]
    var missing: [RecordRef.Kind: Set<String>] = [:]
    /// The kinds of document of which this process has listed what the warehouse holds.
    var surveyed: Set<RecordRef.Kind> = []

    init(
        _ context: JobContext, records: RecordKeeper, scanner: Scanner, writes: WarehouseWrites, articles: ArticleDriver,
        bookings: BookingDriver, facts: ProductFacts
    ) {
        self.context = context
        self.records = records
        self.scanner = scanner
        self.writes = writes
        self.articles = articles
        self.bookings = bookings
        self.facts = facts
    }

    func beginRun() {
        witnesses = [:]
        missing = [:]
    }

    /// What the journal holds of a document.
    func push(of document: RecordRef) throws -> DocumentPush {
        DocumentPush(
            try journal.pushed(document) ?? PushRecord(nothingOf: document), settlingTime: JobContext.settlingTime,
            pauses: JobContext.lookupPauses, revivesCancelledNumbers: mapping.revivesCancelledNumbers,
            adoptsExisting: settings.existingDocuments == .adopt)
    }

    /// Tells the machine what happened and carries out what it asks for, until it has decided or asks what Rackbeat wants.
    ///
    /// - Parameter outgoing: The document in Rackbeat; `nil` where nothing is to be sent or compared.
    /// - Throws: ``PushFailure`` for what is to be parked, ``ExchangeError`` for what concerns more than this document.
    func carryOut(
        _ push: inout DocumentPush, with calls: PushCalls, _ outgoing: Outgoing? = nil,
        after event: (inout DocumentPush) -> DocumentPush.Directive
    ) throws {
        let number = push.record.document.number
        var directive = event(&push)
        var error: ExchangeError?
        while true {
            try record(&push, calls, isSent: directive == .settle(.sent))
            listener(.decided(connection: name, calls.job, push.record.document, directive.words))
            switch directive {
            case .find: directive = try find(&push, calls)
            case .findAgain(let pause):
                try clock.wait(for: pause)
                directive = try find(&push, calls)
            case .read(let id): directive = try read(id, &push, calls)
            case .readAgain(let id, let pause):
                try clock.wait(for: pause)
                directive = try read(id, &push, calls)
            case .compare(let id):
                directive = push.wasCompared(isSame: try outgoing!.isShown(push.record.warehouseNumber, id), at: clock.now())
            case .compareHead(let id):
                directive = push.wasCompared(isSame: try outgoing!.isHeadShown(push.record.warehouseNumber, id), at: clock.now())
            case .ensureArticles:
                try articles.ensureArticles(outgoing!.products)
                directive = push.articlesAreThere(at: clock.now())
            case .put(let isUpdate):
                let name = push.record.warehouseNumber
                try endIfNoted(outgoing!.plannedPut(name, isUpdate))
                do {
                    directive = push.putWasAccepted(
                        try writes.write(.content(outgoing!.content.fingerprint), about: number, of: calls.job) {
                            try outgoing!.put(name, isUpdate)
                        })
                } catch let failure as ExchangeError {
                    error = failure
                    let isUnknown = failure.effect == .unknown
                    if case .refused(_, let message) = failure.reason {
                        directive = push.putWasRefused(message, outcomeUnknown: isUnknown)
                    } else {
                        directive = push.putFailed(outcomeUnknown: isUnknown, isShutOut: failure.refusesCredentials)
                    }
                }
            case .cancel(let id):
                try endIfNoted(.cancel(push.record.document.kind, number: push.record.warehouseNumber))
                do {
                    try writes.write(.cancellation, about: number, of: calls.job) { try calls.cancel(id) }
                    directive = push.cancelWasAccepted()
                } catch let failure as ExchangeError {
                    error = failure
                    if case .refused(let status, let message) = failure.reason {
                        directive = push.cancelWasRefused(
                            message, isMissing: status == 404, outcomeUnknown: failure.effect == .unknown)
                    } else {
                        directive = push.cancelFailed()
                    }
                }
            case .findRest(let id): directive = push.restWasFound(try calls.untouchedRest(id))
            case .cancelRest(let id, let number):
                try endIfNoted(.cancel(push.record.document.kind, number: number))
                do {
                    try calls.cancel(id)
                    tally.cancelled += 1
                    directive = push.restWasCancelled()
                } catch let failure as ExchangeError {
                    guard case .refused(_, let message) = failure.reason else { throw failure }
                    directive = push.restWasRefused(message, outcomeUnknown: failure.effect == .unknown)
                }
            case .passErrorOn: throw error!
            case .park(let failure): throw failure
            case .settle(.unchanged):
                tally.unchanged += 1
                return
            case .settle, .decide: return
            }
        }
    }

    private func find(_ push: inout DocumentPush, _ calls: PushCalls) throws -> DocumentPush.Directive {
        let found = try calls.find(push.record.warehouseNumber)
        return push.wasFound(found, recorded: try journal.pushedLines(push.record.document), at: clock.now())
    }

    private func read(_ id: WarehouseID, _ push: inout DocumentPush, _ calls: PushCalls) throws -> DocumentPush.Directive {
        let shown = try calls.read(id)
        return push.wasRead(shown, recorded: try journal.pushedLines(push.record.document), at: clock.now())
    }

    func disagreed(_ kind: DiscrepancyKind, _ document: RecordRef) {
        tally.discrepancies += 1
        listener(.disagreed(connection: name, kind, document))
        listener(.reached(connection: name, .disagreementFound))
    }

    /// Writes down what the machine has decided, before anything more is done about it.
    private func record(_ push: inout DocumentPush, _ calls: PushCalls, isSent: Bool) throws {
        let document = push.record.document
        var wakes = false
        if let change = push.takeChange() {
            if let earlier = change.earlier,
                try journal.unknownWrite(calls.job, subject: document.number).map({ $0.at < earlier.at }) ?? true
            {
                try journal.note(earlier, calls.job, subject: document.number)
            }
            wakes = try journal.save(change.record, lines: change.lines, waking: isSent ? clock.now() : nil)
        }
        for note in push.takeNotes() {
            switch note {
            case .cancelled:
                tally.cancelled += 1
                listener(.cancelled(connection: name, calls.job, subject: document.number))
            case .wasAlreadyGone: listener(.reached(connection: name, .orderAlreadyGone))
            case .wasFoundSent: listener(.reached(connection: name, .pushFoundDone))
            case .numberGivenUp: listener(.reached(connection: name, .numberGivenUp))
            case .cancelRefused: listener(.reached(connection: name, .cancelRefused))
            case .differed(let kind): disagreed(kind, document)
            }
        }
        guard isSent else { return }
        tally.sent += 1
        listener(.pushed(connection: name, calls.job, subject: document.number))
        if wakes { listener(.reached(connection: name, .recordWoken)) }
    }
}
