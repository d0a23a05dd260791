import Exchange
package import Invariants
import RackbeatFake
import Simulation
import StrictYAML
import SyncCore
import SyncEngine
import Trade
import Units

/// What is judged at the end of a run.
extension World {
    /// The marks that the engine reported, and those seen in its exchanges, both fakes and the action log.
    var coverage: Coverage {
        var reader = CoverageReader()
        let rackbeat = rackbeatSnapshot
        reader.read(network.journal.entries, movements: rackbeat.movements, restarts: host.restarts)
        reader.read(network.crashes.crashes)
        reader.read(actions.log)
        reader.read(rackbeat, ongoingSnapshot)
        return Coverage(reader.marks.union(host.marks))
    }

    /// Predicts from the action log which records must be parked. From here on the evidence expects them.
    func predict() throws -> [ExpectedParked] {
        var evidence = try evidence()
        evidence.expectedParked = Prediction.parked(evidence, changedByHand: numbersChangedByHand)
        prediction = evidence
        return evidence.expectedParked
    }

    /// The numbers of the documents that people booked by hand or gave the rest up of, and of those with kits: whether they are parked
    /// hangs on how far the warehouse was, which no action log says.
    private var numbersChangedByHand: Set<String> {
        let steps = scenario.steps.filter { Self.changesByHand.contains($0.kind.word) }
        return Set(steps.flatMap { step in ["order", "purchase-order"].compactMap { step.value[$0]?.recordNumber } })
            .union(numbersWithKits)
    }

    private static let changesByHand: Set = [
        "rackbeat.ship-by-hand", "rackbeat.receive-by-hand", "rackbeat.draft-shipment", "rackbeat.draft-receipt",
        "rackbeat.close-rest",
    ]

    /// The numbers of the documents with a line of a kit, which no warehouse knows.
    private var numbersWithKits: Set<String> {
        let kits = Set(erpActor.fake.products.filter { $0.kind == .lot }.map(\.number))
        func have(_ lines: [LineRecord]) -> Bool { lines.contains { $0.item.map(kits.contains) ?? false } }
        guard !kits.isEmpty else { return [] }
        return Set(
            erpActor.fake.orders.filter { have($0.lines) }.map { String($0.number) }
                + erpActor.fake.purchaseOrders.filter { have($0.lines) }.map { String($0.number) })
    }

    /// What the invariants judge.
    package func evidence() throws -> Evidence {
        if let prediction { return prediction }
        var evidence = Evidence(
            rackbeat: rackbeatSnapshot, ongoing: ongoingSnapshot, actionLog: actions.log,
            connections: host.settings.map(facts),
            exchanges: network.journal.entries)
        evidence.violations = breaches
        evidence.parked = try host.journal.parked().map { ParkedFact($0) }
        evidence.dismissed = try host.journal.dismissed().map { ParkedFact($0) }
        evidence.unknownOutcomes = try host.journal.unknownOutcomes().map { UnknownOutcome($0) }
        evidence.expectedParked =
            scenario.expected("parked")?.list.map {
                ExpectedParked(
                    connection: $0["connection"]?.text, job: $0["job"].flatMap { Job(rawValue: $0.text) },
                    number: $0.required("subject").recordNumber)
            } ?? []
        evidence.declaredDrift =
            scenario.expected("drift")?.table.map {
                DeclaredDrift(item: $0.key.text, difference: $0.value.decimal)
            } ?? []
        evidence.demandsExpectedParked = runOptions.demands != .nothing
        evidence.secrets = [runOptions.credentials.token, runOptions.credentials.password]
        evidence.outputs = [("the journal", try host.journal.dump()), ("the log", host.log.lines.joined(separator: "\n"))]
        evidence.lastRoundBegan = host.lastRoundBegan
        evidence.restarts = host.restarts
        // Nobody knows when an integration outside was let work.
        evidence.engineUse = host.hasRun ? host.use.use : nil
        if host.use.promisesNoTime {
            evidence.engineUse?.looks = []
            evidence.engineUse?.promisesNoTime = true
        }
        evidence.unfinishedJobs = host.unfinishedJobs
        for settings in host.settings {
            evidence.stockSyncBegan[settings.name] = try host.journal.of(settings.name).stockSyncStarted()
        }
        return evidence
    }

    func facts(_ settings: ConnectionSettings) -> ConnectionFacts {
        var facts = ConnectionFacts(
            settings: settings, rackbeatProfile: plan.profiles[.rackbeat]!, ongoingProfile: plan.profiles[.ongoing]!)
        facts.earlierSettings = host.earlierSettings[settings.name] ?? []
        facts.otherLocations = Set(host.settings.map(\.location.text)).subtracting([settings.location.text])
        return facts
    }

    func findings() throws -> [RecordedFinding] {
        try host.journal.findings().map {
            RecordedFinding(
                connection: $0.connection, job: $0.job.rawValue, number: $0.subject, field: $0.finding.field,
                problem: $0.finding.problem)
        }
    }
}

extension Value {
    /// The number of a record, written alone or with its kind, as reports print it: `1042`, `order 1042`.
    var recordNumber: String {
        for noun in ["purchase order ", "purchase-order ", "order ", "product ", "item "] where text.hasPrefix(noun) {
            return String(text.dropFirst(noun.count))
        }
        return text
    }
}

extension Scenario {
    fileprivate func expected(_ name: String) -> Value? { expectations.first { $0.kind.name == name }?.value }
}
