import Foundation
import JSON
import Simulation
import Stage
import Units

/// One world, one journal, and a `tandem sync` that is killed again and again while people work.
final class Round {
    let number: Int
    private(set) var figures = SoakFigures()
    private let folder: TemporaryFolder
    private let fakes: Fakes
    private let engine: Operator
    private let people: People
    private var random: SeededRandom
    /// How long a sync round without faults takes on this machine.
    private var usualLength = Duration.seconds(1)
    private var lastKill = ContinuousClock.now

    /// A request without a response may still take effect for this long, so the engine does not decide earlier.
    private static let lateEffectTime = Duration.seconds(123)

    /// Faults after which no person is needed.
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
        fakes = try Fakes(world: Self.world(receiptTrigger: trigger), in: folder.path)
        // The rate limit belongs to the account. A process that is restarted every second would soon wait for a minute.
        engine = try Operator(
            of: fakes, in: folder.path,
            settings: [
                "receipt-trigger: \(trigger)", "stock-sync: on", "schedule: { orders: 10s, shipments: 10s, receipts: 10s }",
            ],
            general: ["log-level: info"], rackbeat: ["profile: { rate_limit: \(Self.rateLimit) }"])
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

    // MARK: Faults

    func disturb() throws {
        let began = ContinuousClock.now
        try sync("--once")
        usualLength = ContinuousClock.now - began
        for _ in 0..<5 {
            for _ in 0..<random.draw(2...5) { try people.act() }
            if random.once(in: 4) { try killDuringAWrite() } else { try killSomewhere() }
        }
        lastKill = .now
        try fakes.delete("/faults")
    }

    /// The process lives for a random time, with or without faults of exchanges, while people work.
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

    /// The response to a write is slow, and the process is killed while it waits: the write took effect but is not recorded.
    private func killDuringAWrite() throws {
        let pattern = random.pick(Array(Self.writes.prefix(6)))
        try fault(pattern, "slow")
        let process = try engine.start("sync")
        let isHit = try TandemProcess.eventually(within: 3) { try self.faultsApplied() > 0 || !process.isRunning }
        if isHit, process.isRunning { figures.killsInFlight += 1 }
        try kill(process)
        try fakes.delete("/faults")
    }

    private func fault(_ pattern: String, _ kind: String) throws {
        figures.faults += 1
        try fakes.post(
            "/faults", ["match": .string(pattern), "fault": .string(kind), "nth": JSON(Int(random.draw(1...2)))])
    }

    private func faultsApplied() throws -> Int {
        try (fakes.get("/faults")["faults"]?.array ?? []).reduce(0) { $0 + ($1["injected"]?.int ?? 0) }
    }

    private func kill(_ process: TandemProcess) throws {
        guard process.isRunning else {
            throw StageError("tandem sync ended by itself: \(process.errorOutput.suffix(2000))")
        }
        try process.killNow()
        figures.kills += 1
    }

    /// Status and retry work while the engine does.
    private func lookBeside(_ process: TandemProcess) throws {
        let status = try engine.run("status", "--json")
        guard [0, 1].contains(status.code) else { throw StageError("tandem status beside sync: \(status.errorOutput)") }
        _ = try JSON.parse(status.output)
        let retry = try engine.run("retry", "--all")
        guard retry.code == 0 else { throw StageError("tandem retry beside sync: \(retry.errorOutput)") }
    }

    // MARK: The end

    /// Whether no outcome is unknown and no record is parked after one sync round without faults.
    func isSettled() throws -> Bool {
        try engine.run("retry", "--all")
        try sync("--once")
        return try leftOver() == nil
    }

    var mayFinish: Bool { ContinuousClock.now - lastKill > Self.lateEffectTime }

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
        for _ in 0..<4 {
            try engine.run("retry", "--all")
            try sync("--once")
            if try leftOver() == nil { return }
        }
    }

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

    private func sync(_ arguments: String) throws {
        let ended = try engine.run("sync", arguments)
        guard [0, 1].contains(ended.code) else {
            throw StageError(
                "tandem sync \(arguments) ended with \(ended.code): \(ended.output)\(ended.errorOutput.suffix(3000))")
        }
    }

    private func count() throws {
        figures.steps = people.steps
        figures.adjustments = people.adjustments
        let world = try fakes.get("/world")
        figures.shipments = world["rackbeat"]?["shipments"]?.array?.count ?? 0
        figures.receipts = world["rackbeat"]?["receipts"]?.array?.count ?? 0
        figures.exchanges = try fakes.get("/exchanges?since=0")["latest"]?.int ?? 0
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
