import Foundation
import JSON
import Simulation
import Stage
import Units

/// One world, one journal, and a `tandem sync` that is disturbed again and again while people work.
final class Round: CustomStringConvertible {
    let number: Int
    var figures = SoakFigures()
    let folder: TemporaryFolder
    let fakes: Fakes
    let engine: Operator
    let people: People
    var random: SeededRandom
    /// How long a sync round without faults takes on this machine.
    var usualLength = Duration.seconds(1)
    /// Copies of the journal, oldest first.
    var backups: [String] = []
    /// Whether the journal was an older copy, or another engine had one of its own: what both systems hold may then be a question to
    /// a person.
    var mayContradict = false
    private var lastKill = ContinuousClock.now
    private let drawn: [Disturbance]

    /// A request without a response may still take effect for this long, so the engine does not decide earlier.
    static let lateEffectTime = Duration.seconds(123)

    static let canShiftClocks = ProcessConditions.canShiftClocks

    init(number: Int, chance: Chance) throws {
        self.number = number
        random = chance.generator(for: "round \(number)")
        let folder = try TemporaryFolder()
        self.folder = folder
        let trigger = random.pick(["completed", "immediate"])
        fakes = try Fakes(world: Self.world(receiptTrigger: trigger), in: folder.path)
        // The rate limit belongs to the account. A process that is restarted every second would soon wait for a minute.
        engine = try Operator(
            of: fakes, in: folder.path,
            settings: [
                "receipt-trigger: \(trigger)", "stock-sync: on", "schedule: { orders: 10s, shipments: 10s, receipts: 10s }",
            ],
            general: ["log-level: info"], rackbeat: ["profile: { rate_limit: \(Self.rateLimit) }"])
        var left = Disturbance.all
        var drawn: [Disturbance] = []
        for _ in 0..<Disturbance.ofARound { drawn.append(left.remove(at: Int(random.draw(0...Int64(left.count - 1))))) }
        self.drawn = drawn
        people = People(fakes, random: chance.generator(for: "people of round \(number)"))
    }

    private static let rateLimit = 100_000

    private static func world(receiptTrigger: String) -> String {
        """
        # A small world in which processes are killed.
        world:
          profile: { rackbeat: { rate_limit: \(rateLimit) } }
          products:
        \(People.products.map { "    - { number: \($0), name: \($0), stock: 5000 }" }.joined(separator: "\n"))
          engine: { receipt-trigger: \(receiptTrigger), stock-sync: on }
        steps: []
        """
    }

    var description: String {
        drawn.map(\.rawValue).joined(separator: "; ")
            + " · \(figures[.steps]) actions of people, \(figures[.exchanges]) exchanges"
    }

    // MARK: The course of a round

    func disturb() throws {
        let began = ContinuousClock.now
        try sync()
        usualLength = ContinuousClock.now - began
        try backUp()
        for disturbance in drawn {
            for _ in 0..<random.draw(2...5) { try people.act() }
            try carryOut(disturbance)
            if random.once(in: 4) { try backUp() }
        }
        lastKill = .now
        try fakes.delete("/faults")
    }

    /// Whether no outcome is unknown and no record is parked after one sync round without faults.
    func isSettled() throws -> Bool {
        try answer()
        try sync()
        return try leftOver() == nil
    }

    /// Where clocks can be shifted, the time in which a late request may take effect is skipped: no fault here has one.
    var mayFinish: Bool { Self.canShiftClocks || ContinuousClock.now - lastKill > Self.lateEffectTime }

    func waitUntilItMayFinish() { while !mayFinish { usleep(100_000) } }

    /// Finishes all work without faults. Then both systems must agree with what people did.
    func finish() throws {
        try fakes.delete("/faults")
        try settle()
        try people.finishTheDay()
        try settle()
        if let left = try leftOver() { throw StageError("tandem status shows unfinished records: \(left)") }
        if let broken = try fakes.violatedInvariants() { throw StageError("not every invariant holds: \(broken)") }
        try count()
    }

    private func settle() throws {
        for look in 1...6 {
            if Self.canShiftClocks { engine.conditions.clockShift += Self.lateEffectTime }
            try answer()
            // With a comparison of everything open, as at night: what an older journal never knew is in no list of changes.
            try sync("--reconcile")
            let isDone = try leftOver() == nil
            // The engine's own drafts are finished by then; another engine's hold on to what is open.
            if isDone || look > 2 { try deleteDrafts() }
            if isDone { return }
        }
    }

    // MARK: The engine

    func sync(_ mode: String = "--once") throws {
        let ended = try engine.run("sync", mode)
        guard [0, 1].contains(ended.code) else {
            throw StageError("tandem sync \(mode) ended with \(ended.code): \(ended.output)\(ended.errorOutput.suffix(3000))")
        }
    }

    /// Starts the engine, and waits until the journal is its own.
    func startAndWait() throws -> TandemProcess {
        let process = try engine.start("sync")
        guard TandemProcess.eventually(within: 30, { process.errorOutput.contains("started: main") || !process.isRunning }),
            process.isRunning
        else { throw StageError("tandem sync did not start: \(process.errorOutput.suffix(2000))") }
        return process
    }

    func kill(_ process: TandemProcess) throws {
        guard process.isRunning else {
            throw StageError("tandem sync ended by itself: \(process.errorOutput.suffix(2000))")
        }
        try process.killNow()
        figures[.kills] += 1
    }

    func backUp() throws {
        let path = "\(folder.path)/backup-\(backups.count).db"
        let ended = try engine.run("journal", "backup", path)
        guard ended.code == 0 else { throw StageError("tandem journal backup: \(ended.errorOutput)") }
        backups.append(path)
    }

    // MARK: People

    /// What a person does with what is parked. Whoever finds documents of which it is not known whether they are what was moved
    /// says that they are: nobody here ships or receives by hand. All else is retried.
    func answer() throws {
        let status = try engine.status()
        guard let parked = status["parked"]?.array, let scheduled = status["retryScheduled"]?.array else {
            throw StageError("tandem status --json has no list 'parked' or 'retryScheduled'.")
        }
        for record in parked {
            guard let id = record["id"]?.int,
                ["reason", "effect", "remedy"].allSatisfy({ record[$0]?.string?.isEmpty == false })
            else { throw StageError("a parked record without reason, effect or remedy: \(record.pretty)") }
            guard mayContradict else {
                try command("retry", "\(id)")
                continue
            }
            switch (record["job"]?.string, record["subject"]?.string) {
            // Nobody here ships or receives by hand.
            case ("shipments", _), ("receipts", _): try dismiss(id, "it is what was moved")
            case ("orders", let number?): try answer(record, id, of: number, "order", among: "orders")
            case ("purchase-orders", let number?):
                try answer(record, id, of: number, "purchase-order", among: "purchaseOrders")
            case ("stock", _): try command("retry", "\(id)")
            default: try retryOrDismiss(record, id)
            }
        }
        for record in scheduled { try command("retry", "\(record["id"]?.int ?? 0)") }
    }

    private func dismiss(_ id: Int, _ why: String) throws {
        figures[.answers] += 1
        try command("retry", "--dismiss", "\(id)", "--why", why)
    }

    private func retryOrDismiss(_ record: JSON, _ id: Int) throws {
        guard record["attempts"]?.int ?? 0 <= 2 else { return try dismiss(id, "both systems agree") }
        try command("retry", "\(id)")
    }

    /// What the warehouse does not hold is sent again on request. What differs there is cancelled by hand first, as the remedy says of
    /// an order that this journal did not send.
    private func answer(_ record: JSON, _ id: Int, of number: String, _ kind: String, among list: String) throws {
        guard let held = try held(number, among: list) else { return try command("retry", "\(id)") }
        guard !held.isSame else { return try retryOrDismiss(record, id) }
        let document = JSON.object(JSONObject([JSONObject.Member(name: kind, value: .string(held.number))]))
        if try fakes.take("ongoing.cancel", document) { figures[.answers] += 1 }
        try command("retry", "\(id)")
    }

    /// The number under which the warehouse holds a document, and whether its quantities are Rackbeat's; `nil`: it does not hold it.
    ///
    /// What was sent again after a cancellation bears the number with «-2» or more behind it.
    private func held(_ number: String, among list: String) throws -> (number: String, isSame: Bool)? {
        let world = try fakes.get("/world")
        func find(_ system: String, _ isIt: (String) -> Bool) -> JSON? {
            world[system]?[list]?.array?.first { isIt($0["number"]?.string ?? "") && $0["isCancelled"] != .bool(true) }
        }
        func quantities(_ document: JSON?, _ line: String) -> [String]? {
            document?["lines"]?.array?.map { "\($0[line]?.text ?? "") \($0["quantity"]?.text ?? "")" }
        }
        guard let held = find("ongoing", { $0 == number || $0.hasPrefix("\(number)-") }) else { return nil }
        let booked = find("rackbeat") { $0 == number }
        return (held["number"]?.string ?? number, quantities(held, "row") == quantities(booked, "id"))
    }

    private func command(_ arguments: String...) throws {
        let ended = try engine.run(arguments)
        guard ended.code == 0 else { throw StageError("tandem \(arguments): \(ended.output)\(ended.errorOutput)") }
    }

    /// The drafts that another engine left behind: no journal knows them, and a person deletes them.
    private func deleteDrafts() throws {
        guard mayContradict else { return }
        let rackbeat = try fakes.get("/world")["rackbeat"]
        for shipment in rackbeat?["shipments"]?.array ?? [] where shipment["shippedAt"] == .null {
            try fakes.deleteInRackbeat("/orders/\(shipment["order"]?.string ?? "")/shipments/\(shipment["id"]?.int ?? 0)")
            figures[.drafts] += 1
        }
        for receipt in rackbeat?["receipts"]?.array ?? [] where receipt["receivedAt"] == .null {
            let order = receipt["purchaseOrder"]?.string ?? ""
            try fakes.deleteInRackbeat("/purchase-orders/\(order)/receipts/\(receipt["number"]?.int ?? 0)")
            figures[.drafts] += 1
        }
    }

    // MARK: The end

    /// The records of the journal that are not settled; `nil` when there are none.
    ///
    /// A list that the report does not have is an error: with a list that is always empty, no round would ever wait.
    private func leftOver() throws -> String? {
        let status = try engine.status()
        var open: [JSON] = []
        for key in ["outcomesUnknown", "parked", "retryScheduled"] {
            guard let records = status[key]?.array else { throw StageError("tandem status --json has no list '\(key)'.") }
            // Of a record that seems well nothing is left to do: it stays on the list until a second look, minutes later.
            open += records.filter { $0["wellSince"] ?? .null == .null }
        }
        return open.isEmpty ? nil : JSON.array(open).pretty
    }

    private func count() throws {
        figures[.steps] = people.steps
        figures[.adjustments] = people.adjustments
        let world = try fakes.get("/world")
        figures[.shipments] = world["rackbeat"]?["shipments"]?.array?.count ?? 0
        figures[.receipts] = world["rackbeat"]?["receipts"]?.array?.count ?? 0
        figures[.exchanges] = try fakes.get("/exchanges?since=0")["latest"]?.int ?? 0
    }

    /// Saves the folder and the state of the fakes for analysis.
    func keep(in place: String) {
        let target = "\(place)/round-\(number)"
        try? FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try? FileManager.default.removeItem(atPath: target)
        try? FileManager.default.copyItem(atPath: folder.path, toPath: target)
        if let exchanges = try? fakes.exchanges() {
            try? JSON.array(exchanges).pretty.write(toFile: "\(target)/exchanges.json", atomically: true, encoding: .utf8)
        }
        for path in ["/world", "/check?settled=true", "/violations"] {
            guard let json = try? fakes.get(path) else { continue }
            let name = path.dropFirst().prefix { $0 != "?" }
            try? json.pretty.write(toFile: "\(target)/\(name).json", atomically: true, encoding: .utf8)
        }
    }
}
