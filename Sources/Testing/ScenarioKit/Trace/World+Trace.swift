import Exchange
import HTTPTypes
import Invariants
import Simulation
import StrictYAML
import SyncCore
import SyncEngine
import Units

extension World {
    /// Puts the trace together where the options ask for it.
    func addTrace(to result: inout ScenarioResult) {
        switch runOptions.trace {
        case .none: return
        case .failures: if result.outcome.isGood { return }
        case .every, .whole: break
        }
        guard let evidence = try? evidence() else { return }
        result.trace = TraceAssembly(world: self, evidence: evidence).trace(of: result)
    }
}

/// Puts together what a run kept: marks, exchanges, both ledgers.
private struct TraceAssembly {
    /// Where an entry stands among those of one moment: behind so many exchanges, and among them by its kind and its place.
    fileprivate struct Place: Comparable {
        var time: Moment
        var exchanges: Int
        var rank: Int
        var place: Int
        var part = 0

        static func < (left: Self, right: Self) -> Bool {
            (left.time, left.exchanges, left.rank, left.place, left.part)
                < (right.time, right.exchanges, right.rank, right.place, right.part)
        }
    }

    let world: World
    let evidence: Evidence
    private let identity: DocumentIdentity
    private var entries: [(place: Place, entry: Trace.Entry)] = []

    init(world: World, evidence: Evidence) {
        self.world = world
        self.evidence = evidence
        identity = evidence.identity
    }

    func trace(of result: ScenarioResult) -> Trace {
        var assembly = self
        assembly.addExchanges()
        assembly.addMovements(assembly.addMarks())
        var trace = Trace()
        trace.entries = assembly.entries.sorted { $0.place < $1.place }.map(\.entry)
        trace.changes = world.history?.changes ?? []
        trace.changesEnd = world.history?.endedAfter
        trace.concerned = assembly.concerned(by: result)
        return trace
    }

    private mutating func add(
        _ place: Place, _ lane: Trace.Lane, _ records: Set<RecordRef>, _ event: Trace.Event
    ) {
        entries.append(
            (place, Trace.Entry(after: place.time - world.plan.startedAt, lane: lane, records: records, event: event)))
    }

    // MARK: Exchanges

    private mutating func addExchanges() {
        var latest: [String: [UInt8]] = [:]
        for (index, exchange) in evidence.exchanges.enumerated() {
            let traced = traced(exchange, &latest)
            add(
                Place(time: exchange.startedAt, exchanges: exchange.number, rank: 0, place: index), exchange.system.lane,
                identity.records(of: exchange), .exchange(traced))
        }
    }

    private func traced(_ exchange: Exchanged, _ latest: inout [String: [UInt8]]) -> TracedExchange {
        let outcome: (text: String, body: [UInt8], isSuccess: Bool) =
            switch exchange.outcome {
            case .response(let response): (String(response.status), response.body, response.isSuccess)
            case .failed(let failure): (failure.description, exchange.served?.body ?? [], false)
            }
        let path = String(exchange.request.path)
        let isRead = exchange.request.method == .get
        let isOld =
            isRead && outcome.isSuccess && exchange.fault == nil && identity.recordsAsked(by: exchange).isEmpty
            && (latest["\(exchange.system) \(path)"] == outcome.body || identity.recordsShown(by: exchange).isEmpty)
        if isRead { latest["\(exchange.system) \(path)"] = outcome.body }
        let query = exchange.request.queryText.map { "?\($0)" } ?? ""
        return TracedExchange(
            number: exchange.number, system: exchange.system, connection: exchange.connection,
            method: exchange.request.method.rawValue,
            target: exchange.request.path(behind: world.basePaths[exchange.system]) + query,
            took: exchange.endedAt - exchange.startedAt, outcome: outcome.text, isSuccess: outcome.isSuccess,
            wasServed: exchange.served != nil, requestBody: exchange.request.body, responseBody: outcome.body,
            fault: exchange.fault?.description, showedNothingNew: isOld)
    }

    // MARK: Steps and the engine

    /// - Returns: The places of movements that belong to steps, by system and number in the ledger.
    private mutating func addMarks() -> [System: [Int: (Place, Set<RecordRef>)]] {
        var moved: [System: [Int: (Place, Set<RecordRef>)]] = [:]
        for (index, mark) in world.recorder.marks.enumerated() {
            let place = Place(time: mark.time, exchanges: mark.exchanges, rank: 1, place: index)
            switch mark.event {
            case .started: add(place, .engine, [], .engine(Trace.Note(.started, "the engine starts")))
            case .crashed(let crash): add(place, .engine, [], .engine(Trace.Note(.crashed, crash.description)))
            case .engine(let event):
                if let (records, note) = note(event) { add(place, .engine, records, .engine(note)) }
            case .step(let step):
                let records = records(of: step)
                let isInFile = step.step.place.line > 1
                add(
                    place, lane(of: step.step), records,
                    .step(
                        TracedStep(
                            line: isInFile ? step.step.place.line : nil, text: FlowText.of(step.step), wasTaken: step.wasTaken)))
                for (part, number) in step.rackbeatMovements.enumerated() {
                    moved[.rackbeat, default: [:]][number] = (place.at(part), records)
                }
                for (part, number) in step.ongoingMovements.enumerated() {
                    moved[.ongoing, default: [:]][number] = (place.at(part), records)
                }
            }
        }
        return moved
    }

    private func lane(of step: Step) -> Trace.Lane {
        switch step.kind.word.prefix(while: { $0 != "." }) {
        case "rackbeat": .rackbeat
        case "ongoing": .ongoing
        default: .engine
        }
    }

    private func records(of step: TraceRecorder.StepMark) -> Set<RecordRef> {
        var records = Set(step.actions.flatMap { evidence.actionLog.entries[$0].action.records(identity) })
        if let argument = step.step.argument { collect(argument, step.step.kind.word, &records) }
        return records
    }

    /// The documents that the argument of a step names.
    private func collect(_ value: Value, _ word: String, _ records: inout Set<RecordRef>) {
        switch value.content {
        case .list(let values): for value in values { collect(value, word, &records) }
        case .record(let members):
            for member in members {
                if let name = member.value.name, let record = record(member.name, name, word) { records.insert(record) }
                collect(member.value, word, &records)
            }
        default: break
        }
    }

    private func record(_ key: String, _ name: String, _ word: String) -> RecordRef? {
        let isWarehouse = word.hasPrefix("ongoing.")
        switch key {
        case "order": return isWarehouse ? identity.order(inWarehouse: name) : RecordRef(.order, name)
        case "purchase-order":
            return isWarehouse ? identity.purchaseOrder(inWarehouse: name) : RecordRef(.purchaseOrder, name)
        case "item": return RecordRef(.product, name)
        case "number":
            if word.contains("purchase") { return RecordRef(.purchaseOrder, name) }
            if word.contains("order") || word.contains("draft") { return RecordRef(.order, name) }
            return word.contains("product") ? RecordRef(.product, name) : nil
        default: return nil
        }
    }

    private func note(_ event: EngineEvent) -> (Set<RecordRef>, Trace.Note)? {
        func about(_ job: Job, _ subject: String) -> Set<RecordRef> {
            switch job.recordKind {
            case .order: [RecordRef(.order, subject), identity.order(inWarehouse: subject)]
            case .purchaseOrder: [RecordRef(.purchaseOrder, subject), identity.purchaseOrder(inWarehouse: subject)]
            // What is about the stock of everything names no product.
            case .product where subject == Job.stockComparison: []
            case let kind: [RecordRef(kind, subject)]
            }
        }
        func name(_ connection: String) -> String { evidence.connections.count > 1 ? "\(connection) " : "" }
        switch event {
        case .jobBegan(let connection, let job):
            return ([], Trace.Note(.jobBegan, "\(name(connection))\(job.rawValue) begins"))
        case .jobEnded(let connection, let job, let summary, let succeeded):
            return (
                [],
                Trace.Note(
                    succeeded ? .jobEnded : .jobFailed,
                    "\(name(connection))\(job.rawValue) \(succeeded ? "ends" : "fails"): \(summary)")
            )
        // Its end comes next and says the same.
        case .jobFailed: return nil
        case .paused(let connection, let job, let until, let isRefused):
            let why = isRefused ? "the credentials are refused" : "the server asked for it"
            return ([], Trace.Note(.other, "\(name(connection))\(job.rawValue) pauses until \(until.iso(in: .utc)): \(why)"))
        case .decided(let connection, _, let record, let words):
            let isRoutine = DocumentPush.Directive.routineWords.contains(words)
            return ([record], Trace.Note(isRoutine ? .routine : .decided, "\(name(connection))\(record): \(words)"))
        case .parked(let connection, let job, let subject, let reason, let again):
            let text = again ? "is to be tried again" : "is parked"
            return (
                about(job, subject), Trace.Note(.parked, "\(name(connection))\(job.words(for: subject)) \(text): \(reason)")
            )
        case .unparked(let connection, let job, let subject):
            return (about(job, subject), Trace.Note(.unparked, "\(name(connection))\(job.words(for: subject)) is unparked"))
        case .found(let connection, let job, let subject, let finding):
            return (about(job, subject), Trace.Note(.other, "\(name(connection))\(job.words(for: subject)): \(finding)"))
        case .disagreed(let connection, let kind, let record):
            return ([record], Trace.Note(.other, "\(name(connection))\(record): \(kind.rawValue)"))
        case .booked(let connection, let job, let subject, let document):
            return (
                about(job, subject),
                Trace.Note(.other, "\(name(connection))\(job.rawValue) \(subject): booked as document \(document)")
            )
        case .turnedTo, .pushed, .cancelled, .reached: return nil
        }
    }

    // MARK: Ledgers

    private mutating func addMovements(_ ofSteps: [System: [Int: (Place, Set<RecordRef>)]]) {
        for (system, movements) in [(System.rackbeat, evidence.rackbeat.movements), (.ongoing, evidence.ongoing.movements)] {
            var stock: [String: ExactDecimal] = [:]
            for (index, movement) in movements.enumerated() {
                let key = "\(movement.place)/\(movement.item)"
                stock[key, default: .zero] += movement.change
                let (place, records) =
                    ofSteps[system]?[index]
                    ?? (Place(time: movement.time, exchanges: isOpening(movement) ? -1 : .max, rank: 2, place: index), [])
                add(
                    place, system.lane,
                    records.union([RecordRef(.product, movement.item)]).union(
                        identity.records(ofDocument: movement.document, in: system)),
                    .movement(
                        TracedMovement(
                            item: movement.item, place: movement.place, change: movement.change, stock: stock[key] ?? .zero,
                            cause: movement.cause, document: movement.document)))
            }
        }
    }

    /// Before anything happened.
    private func isOpening(_ movement: LedgerMovement) -> Bool {
        movement.time <= world.plan.startedAt && movement.document.isEmpty
    }

    // MARK: What failures are about

    private func concerned(by result: ScenarioResult) -> Set<RecordRef> {
        var records: Set<RecordRef> = []
        for invariant in result.invariantResults + result.catches {
            guard case .broken(let findings) = invariant.verdict else { continue }
            for finding in findings {
                if let record = finding.record {
                    records.insert(record)
                    // The number of an order in the warehouse is known by another in Rackbeat.
                    if record.kind == .order { records.insert(identity.order(inWarehouse: record.number)) }
                } else {
                    let numbers = Set(finding.exchanges)
                    for exchange in evidence.exchanges where numbers.contains(exchange.number) {
                        records.formUnion(identity.records(of: exchange).filter { $0.kind != .product })
                    }
                }
            }
        }
        for mark in world.recorder.marks {
            if case .step(let step) = mark.event, !step.wasTaken, step.step.place.line == result.line {
                records.formUnion(self.records(of: step))
            }
        }
        // An expectation says only a number, so what nothing is about is left out.
        let known = entries.reduce(into: Set<RecordRef>()) { $0.formUnion($1.entry.records) }
        return records.union(result.expectationRecords).intersection(known)
    }
}

extension TraceAssembly.Place {
    fileprivate func at(_ part: Int) -> Self {
        var place = self
        place.part = part + 1
        return place
    }
}

extension System {
    fileprivate var lane: Trace.Lane { self == .rackbeat ? .rackbeat : .ongoing }
}

extension Value {
    /// A text or a number as a name.
    fileprivate var name: String? {
        switch content {
        case .text(let text): text
        case .whole(let number): String(number)
        default: nil
        }
    }
}

extension ActionLog.Action {
    /// The documents and items concerned.
    fileprivate func records(_ identity: DocumentIdentity) -> Set<RecordRef> {
        func items(_ lines: [ActionLog.Line]) -> [RecordRef] { lines.map { RecordRef(.product, $0.item) } }
        switch self {
        case .productChanged(let number): return [RecordRef(.product, number)]
        case .orderBooked(let number, let lines): return Set(items(lines) + [RecordRef(.order, number)])
        case .orderReopened(let number), .orderCancelled(let number), .restGivenUp(let number),
            .shippedByHand(let number, _, _, _):
            return [RecordRef(.order, number)]
        case .purchaseOrderBooked(let number, let lines): return Set(items(lines) + [RecordRef(.purchaseOrder, number)])
        case .purchaseOrderReopened(let number), .purchaseOrderCancelled(let number), .purchaseRestGivenUp(let number),
            .receivedByHand(let number, _, _, _):
            return [RecordRef(.purchaseOrder, number)]
        case .picked(_, let order, _, let item, _), .unpicked(_, let order, _, let item, _),
            .returned(_, let order, _, let item, _):
            return [identity.order(inWarehouse: order), RecordRef(.product, item)]
        case .orderReached(_, let order, _), .orderCancelledInWarehouse(_, let order):
            return [identity.order(inWarehouse: order)]
        case .backOrdered(_, let order, let rest):
            return [identity.order(inWarehouse: order), identity.order(inWarehouse: rest)]
        case .received(_, let order, _, let item, _), .receiptCorrected(_, let order, _, let item, _):
            return [identity.purchaseOrder(inWarehouse: order), RecordRef(.product, item)]
        case .purchaseOrderReached(_, let order, _): return [identity.purchaseOrder(inWarehouse: order)]
        case .adjustedByHand(let item, _, _), .adjusted(_, let item, _, _), .drifted(_, let item, _):
            return [RecordRef(.product, item)]
        }
    }
}
