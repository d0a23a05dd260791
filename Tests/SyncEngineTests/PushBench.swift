import Contract
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

@testable import SyncEngine

final class BenchClock: Clock {
    var moment = Moment(milliseconds: 1_000_000_000)
    func now() -> Moment { moment }
    func wait(for duration: Duration) throws { moment = moment + duration }
}

final class Unreachable: Transport {
    func send(_ request: Request) throws -> Response { throw TransportFailure.notConnected("none") }
}

final class Bench {
    let start: Start
    var choices: Choices
    var calls: [String] = []
    let clock = BenchClock()
    let journal: ConnectionJournal
    let began: Moment
    private var events: [String] = []
    private var worker: Worker!
    /// What the lists and readings of this path show.
    private var list: Bool?
    private var shown: Bool?
    /// What readings show where an event says so.
    private var seen: Seen?

    init(start: Start, choices: Choices) throws {
        self.start = start
        self.choices = choices
        let file = try Journal.inMemory()
        journal = file.of("main")
        began = clock.now()
        let profiles = AssumptionLedger.standard
        func client(_ system: System) -> RetryingClient {
            RetryingClient(
                system: system, transport: Unreachable(), clock: clock, rateLimiter: RateLimiter(calls: nil),
                random: SystemRandomNumberGenerator())
        }
        let connection = Connection(
            settings: ConnectionSettings(name: "main", location: LocationNumber("1"), goodsOwner: 7),
            rackbeat: RackbeatClient(
                retryingClient: client(.rackbeat), basePath: "", token: "t", profile: profiles.profile(for: .rackbeat),
                userAgent: "x", consumerName: "x", consumerContact: "x"),
            ongoing: OngoingClient(
                retryingClient: client(.ongoing), basePath: "", user: "u", password: "p", goodsOwner: 7,
                profile: profiles.profile(for: .ongoing)))
        worker = Worker(connection: connection, journal: file, clock: clock) { [unowned self] event in
            switch event {
            case .pushed: events.append("pushed")
            case .cancelled: events.append("cancelled")
            case .reached(_, .disagreementFound): break
            case .reached(_, let mark): events.append("\(mark)")
            case .disagreed(_, let kind, _): events.append("\(kind)")
            default: break
            }
        }
        worker.articles.catalogueIsCurrent = true
        let chair = ItemNumber("CHAIR")
        try journal.articleIsHeld(
            chair, as: ArticleNumber(of: chair), Fingerprint(text: "x"), at: began, nothingIsUnknown: true)
        if start.state != .nothing {
            let record = PushRecord(
                document: document, warehouseNumber: "1042", warehouseID: start.hasID ? WarehouseID(7) : nil, generation: 0,
                state: start.state, deliveryDate: nil)
            try journal.save(record, lines: start.state == .cancelled ? [] : Content.a.lines)
        }
    }

    private let document = RecordRef(.order, "1042")

    private func say<Value>(_ call: String, _ options: [(String, Value)]) -> Value {
        let option = options[choices.choose(options.count)]
        calls.append("\(call): \(option.0)")
        return option.1
    }

    private func error(refused: Bool, _ effect: Effect) -> ExchangeError {
        ExchangeError(
            system: .ongoing, place: "Ongoing",
            reason: refused ? .refused(status: 409, message: "no") : .serverFault(status: 500, message: ""),
            effect: effect)
    }

    private func document(_ number: String = "1042", cancelled: Bool) -> WarehouseDocument {
        WarehouseDocument(
            id: WarehouseID(7), number: number, isCancelled: cancelled, status: "200", hasBegun: false, lines: Content.a.lines)
    }

    private func document(as seen: Seen) -> WarehouseDocument? {
        var document = document(cancelled: seen == .cancelled)
        switch seen {
        case .cancelled: break
        case .renumbered: document.number = "W-77"
        case .edited, .editedAndBegun:
            document.lines[0].quantity = Quantity("4")!
            document.hasBegun = seen == .editedAndBegun
        case .gone, .goneAndBooked: return nil
        }
        return document
    }

    private var pushCalls: PushCalls {
        PushCalls(
            job: .orders,
            find: { [self] number in
                let isThere = list ?? (choices.choose(2) == 1)
                list = isThere
                calls.append("find \(number): \(isThere ? "a" : "nothing")")
                return isThere ? [document(number, cancelled: false)] : []
            },
            read: { [self] id in
                if let seen {
                    calls.append("read \(id.value): \(seen.rawValue)")
                    return document(as: seen)
                }
                let isCancelled = shown ?? (choices.choose(2) == 1)
                shown = isCancelled
                calls.append("read \(id.value): \(isCancelled ? "cancelled" : "live")")
                return document(cancelled: isCancelled)
            },
            cancel: { [self] id in
                let outcome: ExchangeError? = say(
                    "cancel \(id.value)",
                    [
                        ("accepted", nil), ("refused", error(refused: true, .unchanged)),
                        ("no response", error(refused: false, .unknown)),
                    ])
                if let outcome { throw outcome }
            }, open: { _ in })
    }

    private func outgoing(_ content: Content) -> Outgoing {
        Outgoing(
            content: PushContent(fingerprint: content.fingerprint, lines: content.lines, deliveryDate: nil),
            products: content.lines.map(\.item), findings: [],
            put: { [self] number, isUpdate in
                // What is there by now is another question.
                list = nil
                let outcome: ExchangeError? = say(
                    "\(isUpdate ? "update" : "put") \(number) \(content.rawValue)",
                    [
                        ("accepted", nil), ("refused", error(refused: true, .unchanged)),
                        ("no response", error(refused: false, .unknown)),
                    ])
                if let outcome { throw outcome }
                return WarehouseID(number == "1042" ? 7 : 8)
            },
            plannedPut: { _, _ in preconditionFailure("no dry run") },
            isShown: { [self] _, id in say("compare \(id.value)", [("same", true)]) },
            isHeadShown: { [self] _, id in say("compare \(id.value) without lines", [("same", true)]) })
    }

    private func push(
        _ content: Content?, sighting: Sighting? = nil, _ event: (inout DocumentPush) -> DocumentPush.Directive
    ) throws {
        let outgoing = content.map { self.outgoing($0) }
        var push = try worker.pushes.push(of: document)
        if let sighting {
            try worker.pushes.carryOut(&push, with: pushCalls) { $0.disagrees(sighting) }
            seen = nil
        }
        try worker.pushes.carryOut(&push, with: pushCalls, outgoing) { $0.begin() }
        try worker.pushes.carryOut(&push, with: pushCalls, outgoing, after: event)
    }

    func run(_ event: Event) throws -> String {
        var thrown = ""
        do {
            switch event {
            case .wanted(let content): try push(content) { $0.isWanted(self.outgoing(content).content, at: self.clock.now()) }
            case .unwanted: try push(nil) { $0.isNotWanted(.cancelled, at: self.clock.now()) }
            case .done(let content): try push(content) { $0.isDone(self.outgoing(content).content, at: self.clock.now()) }
            case .seen(let seen, let isWanted):
                self.seen = seen
                let sighting = Sighting(movedAway: [], isBooked: seen == .goneAndBooked)
                try push(isWanted ? .a : nil, sighting: sighting) {
                    isWanted
                        ? $0.isWanted(self.outgoing(.a).content, at: self.clock.now())
                        : $0.isNotWanted(.cancelled, at: self.clock.now())
                }
            case .retried:
                try journal.park(
                    RecordFailure(reason: "r", effect: "e", remedy: "m"), .orders, subject: "1042", record: document,
                    fingerprint: nil, waitsFor: nil, at: began, retryAt: nil)
                try journal.journal.retry(nil, at: began)
                try push(.a) { $0.isWanted(self.outgoing(.a).content, at: self.clock.now()) }
            case .resend:
                try journal.note(
                    UnknownWrite(content: .content(Fingerprint(text: "b")), at: began - .seconds(130)), .orders, subject: "1042")
                try journal.resend(.orders, subject: "1042", at: began - .seconds(10))
                try worker.pushes.resend(pushCalls) { _ in self.calls.append("decide") }
            case .reopened:
                try journal.park(
                    RecordFailure(reason: "r", effect: "e", remedy: "m"), .orders, subject: "1042", record: document,
                    fingerprint: nil, waitsFor: nil, at: began, retryAt: nil)
                try worker.pushes.lookWhetherOpen(pushCalls) { _ in self.calls.append("decide") }
                try worker.pushes.lookWhetherOpen(pushCalls) { _ in self.calls.append("decide") }
            }
        } catch let failure as PushFailure {
            let kind = String("\(failure.kind)".prefix { $0 != "(" })
            thrown = (failure.isTransient ? "transient " : "permanent ") + kind
        } catch let failure as RecordFailure {
            thrown = "permanent \(failure)"
        } catch let failure as ExchangeError {
            thrown = "exchange \(failure.effect)"
        }
        let unchanged = worker.context.tally.unchanged > 0 ? "unchanged" : ""
        return [try after(), unchanged, events.sorted().joined(separator: ", "), thrown].filter { !$0.isEmpty }
            .joined(separator: " | ")
    }

    private func name(_ held: HeldContent?) -> String {
        guard let held else { return "nil" }
        return (held.fingerprint?.text ?? "unknown") + (held.cancelRequested ? " requested" : "")
    }

    private func at(_ since: Moment) -> String { "at \(-Int((began - since).milliseconds / 1000))" }

    private func after() throws -> String {
        var text = "nothing"
        if let record = try journal.pushed(document) {
            switch record.state {
            case .nothing: text = "?"
            case .held(let held): text = "held \(name(held))"
            case .cancelled: text = "cancelled"
            case .cancelledByWarehouse(let isToBeResent): text = isToBeResent ? "to be resent" : "cancelled by the warehouse"
            case .sending(let content, let over, let since): text = "sending \(content) over \(name(over)) \(at(since))"
            case .cancelling(.held(let held), let since): text = "cancelling nil over \(name(held)) \(at(since))"
            case .cancelling(.sending(let content, let over), let since):
                text = "cancelling \(content) over \(name(over)) \(at(since))"
            case .cancelUnseen(let content, let since): text = "unseen \(content?.text ?? "nil") \(at(since))"
            }
            text += " \(record.warehouseNumber) g\(record.generation) #\(record.warehouseID?.value ?? 0)"
            let lines = try journal.pushedLines(document)
            text += " " + (lines.isEmpty ? "-" : lines == Content.a.lines ? "a" : lines == Content.b.lines ? "b" : "other")
        }
        if let write = try journal.unknownWrite(.orders, subject: "1042") {
            let content = if case .content(let fingerprint) = write.content { fingerprint.text } else { "cancelled" }
            text += "; write \(content) at \(Int((write.at - began).milliseconds / 1000))"
            let again = try journal.dueForResending(.orders, at: began + .seconds(100_000)).count
            if again > 0 { text += " again" }
        }
        return text
    }
}
