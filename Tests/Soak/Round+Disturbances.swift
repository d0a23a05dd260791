import Foundation
import JSON
import Simulation
import Stage
import Units

extension Round {
    func carryOut(_ disturbance: Disturbance) throws {
        switch disturbance {
        case .kill: try killSomewhere()
        case .killDuringWrite: try killDuringAWrite()
        case .pause: try pause()
        case .engineClock: try stepEngineClock()
        case .systemClock: try stepSystemClock()
        case .olderJournal: try putBackOlderJournal()
        case .sameJournal: try startAnotherOnTheSameJournal()
        case .secondEngine: try runSecondEngine()
        case .fullDisk: try fillDisk()
        }
    }

    // MARK: Ends

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

    /// The process lives for a random time, with or without faults of exchanges, while people work.
    private func killSomewhere() throws {
        if random.once(in: 2) {
            for _ in 0..<random.draw(1...3) { try fault(random.pick(Self.writes), random.pick(Self.kinds)) }
        }
        let life = drawLife()
        let end = ContinuousClock.now + life
        let process = try engine.start("sync")
        if random.once(in: 2) {
            usleep(UInt32(life.milliseconds * 500))
            try people.act()
        }
        if random.once(in: 3) { try lookBeside(process) }
        Self.wait(until: end)
        try kill(process)
    }

    /// The response to a write is slow, and the process is killed while it waits: the write took effect but is not recorded.
    private func killDuringAWrite() throws {
        try people.bookOrder()
        try fault(random.pick(["ongoing PUT /**", "ongoing PUT /orders", "rackbeat POST /**"]), "slow", nth: 1)
        let process = try engine.start("sync")
        let end = ContinuousClock.now + usualLength * 3
        while try faultsApplied() == 0, process.isRunning, ContinuousClock.now < end { usleep(5000) }
        if try faultsApplied() > 0, process.isRunning { figures[.killsInFlight] += 1 }
        try kill(process)
        try fakes.delete("/faults")
    }

    private func fault(_ pattern: String, _ kind: String, nth: Int? = nil) throws {
        figures[.faults] += 1
        try fakes.post(
            "/faults", ["match": .string(pattern), "fault": .string(kind), "nth": JSON(nth ?? Int(random.draw(1...2)))])
    }

    private func faultsApplied() throws -> Int {
        try (fakes.get("/faults")["faults"]?.array ?? []).reduce(0) { $0 + ($1["injected"]?.int ?? 0) }
    }

    private func drawLife() -> Duration { random.draw(.milliseconds(1)...(usualLength + usualLength / 2)) }

    private static func wait(until end: ContinuousClock.Instant) { while ContinuousClock.now < end { usleep(500) } }

    /// Status and retry work while the engine does.
    private func lookBeside(_ process: TandemProcess) throws {
        let status = try engine.run("status", "--json")
        guard [0, 1].contains(status.code) else { throw StageError("tandem status beside sync: \(status.errorOutput)") }
        _ = try JSON.parse(status.output)
        // What may be a question to a person is not answered at random.
        guard !mayContradict else { return }
        let retry = try engine.run("retry", "--all")
        guard retry.code == 0 else { throw StageError("tandem retry beside sync: \(retry.errorOutput)") }
    }

    // MARK: Time

    /// The process stands still for a while, in the middle of anything, and goes on as if nothing had been.
    private func pause() throws {
        let process = try startAndWait()
        usleep(UInt32(drawLife().milliseconds * 1000))
        let end = ContinuousClock.now + random.draw(.milliseconds(200) ... .milliseconds(3000))
        process.signal(SIGSTOP)
        figures[.pauses] += 1
        try people.act()
        switch random.draw(1...3) {
        case 1: try beRefused()
        case 2: try backUp()
        default: try people.act()
        }
        Self.wait(until: end)
        process.signal(SIGCONT)
        usleep(UInt32(drawLife().milliseconds * 1000))
        try kill(process)
    }

    /// From here on the engine's processes see another time of day.
    private func stepEngineClock() throws {
        guard Self.canShiftClocks else { return try stepSystemClock() }
        engine.conditions.clockShift = .seconds(random.pick([-172_800, -7200, -600, -60, 60, 600, 7200, 172_800]))
        figures[.engineClockSteps] += 1
        try killSomewhere()
    }

    private func stepSystemClock() throws {
        let step: JSON = [
            "of": .string(random.pick(["rackbeat", "ongoing"])),
            "by": .string(random.pick(["-1h", "-5m", "-20s", "20s", "5m", "1h"])),
        ]
        guard try fakes.take("set-clock", step) else { throw StageError("the clock could not be set: \(step.text)") }
        figures[.systemClockSteps] += 1
        try killSomewhere()
    }

    // MARK: Journals

    private func putBackOlderJournal() throws {
        let backup = random.pick(backups)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: engine.journal + suffix) }
        try FileManager.default.copyItem(atPath: backup, toPath: engine.journal)
        mayContradict = true
        figures[.olderJournals] += 1
    }

    private func startAnotherOnTheSameJournal() throws {
        let process = try startAndWait()
        try beRefused()
        usleep(UInt32(drawLife().milliseconds * 1000))
        try kill(process)
    }

    /// A second engine on the same journal, by its name or by another, while the first holds it.
    private func beRefused() throws {
        var arguments = ["sync", "--once"]
        if random.once(in: 2) {
            let link = "\(folder.path)/link.db"
            try? FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: engine.journal)
            arguments += ["--journal", link]
        }
        let ended = try engine.run(arguments)
        guard ended.code == 2, ended.errorOutput.contains("is held by") else {
            throw StageError("a second engine on the same journal ended with \(ended.code): \(ended.errorOutput)")
        }
        figures[.refusals] += 1
    }

    /// Another engine works for the same place, while the first is down.
    private func runSecondEngine() throws {
        mayContradict = true
        figures[.secondEngines] += 1
        let process = try engine.start("sync", "--journal", "\(folder.path)/second.db")
        let life = drawLife()
        usleep(UInt32(life.milliseconds * 500))
        try people.act()
        usleep(UInt32(life.milliseconds * 500))
        try kill(process)
    }

    // MARK: The disk

    /// No file may grow beyond some size. The engine ends or not, and has sent nothing that it could not write down first.
    private func fillDisk() throws {
        engine.conditions.largestFile = Int(random.draw(32...300)) * 1024
        defer { engine.conditions.largestFile = nil }
        figures[.fullDisks] += 1
        let process = try engine.start("sync")
        let end = ContinuousClock.now + usualLength * 2
        while process.isRunning, ContinuousClock.now < end { usleep(2000) }
        guard !process.isRunning else { return try kill(process) }
        let code = try process.exitCode(within: 1)
        guard code == 2, process.errorOutput.contains("the journal") else {
            throw StageError("on a full disk, tandem sync ended with \(code): \(process.errorOutput.suffix(2000))")
        }
        figures[.fullDiskEnds] += 1
    }
}
