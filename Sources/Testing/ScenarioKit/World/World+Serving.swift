package import Exchange
package import Invariants
package import OngoingFake
package import RackbeatFake
package import Simulation
package import StrictYAML
package import SyncCore
package import Units

/// A world for callers outside: the same fakes, actors, action log and invariants, and any number of requests.
extension World {
    /// How much a world keeps that runs for a long time.
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

    /// The scenario's world with its faults. Callers outside send the steps.
    package convenience init(serving scenario: Scenario, _ options: RunOptions, memory: Memory) throws {
        try self.init(scenario, .plain, options)
        network.journal.limit = ExchangeJournal.Limit(entries: memory.exchanges, bytes: memory.bytes)
        breachLimit = memory.breaches
        recorder.limit = memory.exchanges
    }

    package var now: Moment { clock.now() }
    package var startedAt: Moment { plan.startedAt }
    package var rackbeat: RackbeatFake { erpActor.fake }
    package var ongoing: OngoingFake { warehouseActor.fake }
    package var actionLog: ActionLog { actions.log }
    package var connections: [ConnectionSettings] { host.settings }
    package var goodsOwners: [Int] { plan.goodsOwners }
    package var rackbeatSnapshot: RackbeatSnapshot { RackbeatSnapshot(erpActor.fake, ahead: plan.clockSkew[.rackbeat]!) }
    package var ongoingSnapshot: OngoingSnapshot {
        OngoingSnapshot(warehouseActor.fake, goodsOwners: plan.goodsOwners, ahead: plan.clockSkew[.ongoing]!)
    }
    /// Whether an engine of this world ever ran; otherwise a client outside synchronizes both systems.
    package var hasOwnEngine: Bool { host.hasRun }

    // MARK: The wire

    package func serve(_ request: Request, to system: System) -> Served {
        // A request does not name its connection. With one connection it is known.
        let connection = plan.connections.count == 1 ? plan.connections[0].name : ""
        return network.serve(request, to: system, connection: connection, basePath: basePaths[system]) {
            [erpActor, warehouseActor] in
            system == .rackbeat ? erpActor.fake.respond(to: $0) : warehouseActor.fake.respond(to: $0)
        }
    }

    /// Those that are kept, oldest first.
    package var exchanges: [Exchanged] { network.journal.entries }
    /// How many were begun, and how many entries are no longer kept.
    package var exchangeCount: Int { network.journal.count }
    package var forgottenExchanges: Int { network.journal.removed }
    package var violations: [ContractBreach] { breaches }

    // MARK: Time, steps, faults

    /// The time of this world's clock when the system's own clock showed that time.
    package func moment(of moment: Moment, at system: System) -> Moment { moment - plan.clockSkew[system]! }

    /// Runs everything that is due by then. ``takeFailedStep()`` returns what failed.
    package func pass(until moment: Moment) throws { try clock.run(until: moment) }

    /// - Throws: ``Problem`` for a step that cannot be taken now.
    package func take(_ step: Step) throws {
        do { try take(step, (waiting.keys.max() ?? -1) + 1) } catch let impossible as StepProblem { throw impossible.problem }
    }

    /// The problem of a step that had a time of its own and could not be taken then.
    package func takeFailedStep() -> Problem? {
        defer { failedStep = nil }
        return failedStep?.problem
    }

    package func begin(fault: Value) throws { try beginFault(fault, at: fault.place) }
    package func endAllFaults() { endFaults() }
    package var faults: [(fault: Fault, applied: Int)] { network.plannedFaults }
}
