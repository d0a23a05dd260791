package import Exchange
package import Invariants
package import OngoingFake
package import RackbeatFake
package import Simulation
package import StrictYAML
package import SyncCore
package import Units

/// A world for callers from outside: the same fakes, people, book and rules, and as many requests as somebody sends.
extension World {
    /// How much is remembered of what a long day brings.
    package struct Memory: Sendable {
        package var exchanges: Int
        /// Of the bodies of exchanges.
        package var bytes: Int
        package var breaches: Int

        package init(exchanges: Int, bytes: Int = 64 << 20, breaches: Int) {
            self.exchanges = exchanges
            self.bytes = bytes
            self.breaches = breaches
        }
    }

    /// The scenario's world, and its faults; its steps are played by whoever sends them.
    package convenience init(serving scenario: Scenario, _ options: RunOptions, memory: Memory) throws {
        try self.init(scenario, .plain, options)
        network.journal.limit = ExchangeJournal.Limit(entries: memory.exchanges, bytes: memory.bytes)
        breachLimit = memory.breaches
    }

    package var now: Moment { clock.now() }
    package var startedAt: Moment { plan.startedAt }
    package var rackbeat: RackbeatFake { erpActor.fake }
    package var ongoing: OngoingFake { warehouseActor.fake }
    package var book: ActionLog { books.book }
    package var connections: [ConnectionSettings] { host.settings }
    package var goodsOwners: [Int] { plan.goodsOwners }
    package var shop: RackbeatSnapshot { RackbeatSnapshot(erpActor.fake, ahead: plan.clockSkew[.rackbeat]!) }
    package var warehouse: OngoingSnapshot {
        OngoingSnapshot(warehouseActor.fake, goodsOwners: plan.goodsOwners, ahead: plan.clockSkew[.ongoing]!)
    }
    /// Whether an engine of this world's own ever ran; otherwise whoever keeps the two in step does it from outside.
    package var hasOwnEngine: Bool { host.hasRun }

    // MARK: The wire

    package func serve(_ request: Request, to system: System) -> Served {
        // Nothing on the wire says for whom a request is made; with one connection there is no doubt.
        let connection = plan.connections.count == 1 ? plan.connections[0].name : ""
        return network.serve(request, to: system, connection: connection, basePath: basePaths[system]) {
            [erpActor, warehouseActor] in
            system == .rackbeat ? erpActor.fake.respond(to: $0) : warehouseActor.fake.respond(to: $0)
        }
    }

    /// What is remembered, oldest first.
    package var exchanges: [Exchanged] { network.journal.entries }
    /// How many were begun, and how many entries are no longer remembered.
    package var exchangeCount: Int { network.journal.count }
    package var forgottenExchanges: Int { network.journal.removed }
    package var violations: [ContractBreach] { breaches }

    // MARK: Time, steps, faults

    /// What this world's clock showed when the system's own showed that.
    package func moment(of moment: Moment, at system: System) -> Moment { moment - plan.clockSkew[system]! }

    /// Everything falls due that is due by then. What cannot be done comes out with ``takeTrouble()``.
    package func pass(until moment: Moment) throws { try clock.run(until: moment) }

    /// - Throws: ``Problem`` for a step that cannot be taken as things stand.
    package func play(_ step: Step) throws { try take(step, (waiting.keys.max() ?? -1) + 1) }

    /// What went wrong in a step that had been given a time, and could not be taken when it came.
    package func takeTrouble() -> Problem? {
        defer { trouble = nil }
        return trouble
    }

    package func begin(fault: Value) throws { try beginFault(fault, at: fault.place) }
    package func endAllFaults() { endFaults() }
    package var faults: [(fault: Fault, applied: Int)] { network.plannedFaults }
}
