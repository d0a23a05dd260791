import Foundation
import JSON
import Simulation
import Stage
import Units

/// One world, one journal, and a `tandem sync` that is killed again and again while people work.
final class Round {
    let number: Int
    private(set) var tally = Tally()
    private let folder: TemporaryFolder
    private let standIns: StandIns
    private let engine: Operator
    private let people: People
    private var random: SeededRandom
    /// How long an undisturbed round of all jobs takes on this machine.
    private var usualLength = Duration.seconds(1)
    private var lastKill = ContinuousClock.now

    /// What was sent and not answered may still be carried out for so long; the engine does not decide before that.
    private static let patience = Duration.seconds(123)

    /// What may go wrong on the wire without a person having to help.
    private static let kinds = [
        "request-lost", "response-lost", "server-error-before", "server-error-after", "bad-gateway", "service-unavailable",
        "reset-mid-body", "truncated-json", "html", "no-id", "no-content", "duplicated-request", "refused-connection",
    ]

    private static let writes = [
        "ongoing PUT /articles", "ongoing PUT /orders", "ongoing PUT /purchaseOrders",
        "rackbeat POST /orders/{}/create-shipment", "rackbeat POST /orders/shipments/{}/mark-shipped", "rackbeat POST /**",
        "rackbeat * /**", "ongoing * /**",
    ]

    init(number: Int, chance: Chance) throws {
        self.number = number
        random = chance.generator(for: "round \(number)")
        let folder = try TemporaryFolder()
        self.folder = folder
        let trigger = random.pick(["completed", "immediate"])
        standIns = try StandIns(world: Self.world(receiptTrigger: trigger), in: folder.path)
        // The limit is the accounts', not the process's: one that is killed every second would soon be waiting for a minute.
        engine = try Operator(
            of: standIns, in: folder.path,
            settings: [
                "receipt-trigger: \(trigger)", "stock-sync: on", "schedule: { orders: 10s, shipments: 10s, receipts: 10s }",
            ],
            general: ["log-level: info"], rackbeat: ["profile: { rate_limit: \(Self.rateLimit) }"])
        people = People(standIns, random: chance.generator(for: "people of round \(number)"))
    }

    private static let rateLimit = 100_000

    private static func world(receiptTrigger: String) -> String {
        """
        # A small shop, for processes to be killed in.
        world:
          profile: { rackbeat: { rate_limit: \(rateLimit) } }
          products:
        \(People.products.map { "    - { number: \($0), name: \($0), stock: 5000 }" }.joined(separator: "\n"))
          engine: { receipt-trigger: \(receiptTrigger), stock-sync: on }
        steps: []
        """
    }

    // MARK: Trouble

    func trouble() throws {
        let began = ContinuousClock.now
        try sync("--once")
        usualLength = ContinuousClock.now - began
        for _ in 0..<5 {
            for _ in 0..<random.draw(2...5) { try people.act() }
            if random.once(in: 4) { try killDuringAWrite() } else { try killSomewhere() }
        }
        lastKill = .now
        try standIns.delete("/faults")
    }

    /// The process lives for a while that chance chooses, with or without faults on the wire, and people go on meanwhile.
    private func killSomewhere() throws {
        if random.once(in: 2) {
            for _ in 0..<random.draw(1...3) { try fault(random.pick(Self.writes), random.pick(Self.kinds)) }
        }
        let life = random.draw(.milliseconds(1)...(usualLength + usualLength / 2))
        let end = ContinuousClock.now + life
        let process = try engine.start("sync")
        if random.once(in: 2) {
            usleep(UInt32(life.milliseconds * 500))
            try people.act()
        }
        if random.once(in: 3) { try lookBeside(process) }
        while ContinuousClock.now < end { usleep(500) }
        try kill(process)
    }

    /// The answer to a write does not come, and the process is killed while it waits: carried out, and nobody wrote it down.
    private func killDuringAWrite() throws {
        let hits = random.pick(Array(Self.writes.prefix(6)))
        try fault(hits, "slow")
        let process = try engine.start("sync")
        let struck = try TandemProcess.eventually(within: 3) { try self.strikes() > 0 || !process.isRunning }
        if struck, process.isRunning { tally.killsInFlight += 1 }
        try kill(process)
        try standIns.delete("/faults")
    }

    private func fault(_ hits: String, _ kind: String) throws {
        tally.faults += 1
        try standIns.post(
            "/faults", ["match": .string(hits), "fault": .string(kind), "nth": JSON(Int(random.draw(1...2)))])
    }

    private func strikes() throws -> Int {
        try (standIns.get("/faults")["faults"]?.array ?? []).reduce(0) { $0 + ($1["struck"]?.int ?? 0) }
    }

    private func kill(_ process: TandemProcess) throws {
        guard process.isRunning else {
            throw StageError("tandem sync ended by itself: \(process.complaints.suffix(2000))")
        }
        try process.killAtOnce()
        tally.kills += 1
    }

    /// Status and retry work while the engine does.
    private func lookBeside(_ process: TandemProcess) throws {
        let status = try engine.run("status", "--json")
        guard [0, 1].contains(status.code) else { throw StageError("tandem status beside sync: \(status.complaints)") }
        _ = try JSON.parse(status.output)
        let retry = try engine.run("retry", "--all")
        guard retry.code == 0 else { throw StageError("tandem retry beside sync: \(retry.complaints)") }
    }

    // MARK: The end

    /// After one round without trouble: whether nothing is in doubt or set aside any more.
    func isSettled() throws -> Bool {
        try engine.run("retry", "--all")
        try sync("--once")
        return try leftOver() == nil
    }

    var mayFinish: Bool { ContinuousClock.now - lastKill > Self.patience }

    func waitUntilItMayFinish() { while !mayFinish { usleep(100_000) } }

    /// The day is finished in peace; then both sides must agree with what people did.
    func finish() throws {
        try standIns.delete("/faults")
        try settle()
        try people.finishTheDay()
        try settle()
        if let left = try leftOver() { throw StageError("tandem status shows what nobody expected: \(left)") }
        if let broken = try standIns.whatDoesNotHold() { throw StageError("not every rule holds: \(broken)") }
        try count()
    }

    private func settle() throws {
        for _ in 0..<4 {
            try engine.run("retry", "--all")
            try sync("--once")
            if try leftOver() == nil { return }
        }
    }

    /// What the journal still has open; `nil` when there is nothing.
    private func leftOver() throws -> String? {
        let status = try engine.status()
        let open = (status["inDoubt"]?.array ?? []) + (status["parked"]?.array ?? [])
        return open.isEmpty ? nil : JSON.array(open).pretty
    }

    private func sync(_ arguments: String) throws {
        let ended = try engine.run("sync", arguments)
        guard [0, 1].contains(ended.code) else {
            throw StageError("tandem sync \(arguments) ended with \(ended.code): \(ended.output)\(ended.complaints.suffix(3000))")
        }
    }

    private func count() throws {
        tally.steps = people.steps
        tally.adjustments = people.adjustments
        let world = try standIns.get("/world")
        tally.shipments = world["rackbeat"]?["shipments"]?.array?.count ?? 0
        tally.receipts = world["rackbeat"]?["receipts"]?.array?.count ?? 0
        tally.exchanges = try standIns.get("/exchanges?since=0")["latest"]?.int ?? 0
    }

    /// Copies what there is to look at.
    func keep(in place: String) {
        let target = "\(place)/round-\(number)"
        try? FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try? FileManager.default.removeItem(atPath: target)
        try? FileManager.default.copyItem(atPath: folder.path, toPath: target)
        if let exchanges = try? standIns.exchanges() {
            try? JSON.array(exchanges).pretty.write(toFile: "\(target)/exchanges.json", atomically: true, encoding: .utf8)
        }
        for path in ["/world", "/check?settled=true", "/violations"] {
            guard let json = try? standIns.get(path) else { continue }
            let name = path.dropFirst().prefix { $0 != "?" }
            try? json.pretty.write(toFile: "\(target)/\(name).json", atomically: true, encoding: .utf8)
        }
    }
}
