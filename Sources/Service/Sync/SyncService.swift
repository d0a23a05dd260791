import Exchange
package import Logging
package import SyncCore
package import SyncEngine
package import Units

/// The engine in service: every connection on its schedule until it is asked to stop.
///
/// Each connection is one engine on one thread, since its warehouse asks for sequential calls; the command line makes the threads.
/// They share the journal, which takes one transaction at a time, and the rate limit of the Rackbeat token. A connection whose
/// warehouse is slow or unreachable delays no other.
package final class SyncService: Sendable {
    package let connections: [String]
    private let assembly: Assembly
    private let journal: Journal
    private let log: Logger
    private let signalsByConnection: [String: ConnectionSignals]
    let serviceHealth: ServiceHealth

    package init(
        _ configuration: Configuration, _ credentials: Credentials, journal: Journal, runtime: Runtime, log: Logger,
        startedAt: Moment
    ) throws {
        try journal.claim(configuration.places)
        assembly = Assembly(configuration, credentials, runtime)
        self.journal = journal
        self.log = log
        connections = configuration.connections.map(\.name)
        signalsByConnection = Dictionary(uniqueKeysWithValues: connections.map { ($0, ConnectionSignals()) })
        serviceHealth = ServiceHealth(startedAt: startedAt, runs: try journal.runs())
    }

    /// Runs one connection's schedule on the calling thread until ``stop()``.
    ///
    /// - Throws: A fatal error other than ``Stopped``: a journal that cannot be written.
    package func run(_ connection: String) throws {
        guard let plan = assembly.configuration.connections.first(where: { $0.name == connection }),
            let signals = signalsByConnection[connection]
        else { preconditionFailure("there is no connection '\(connection)'") }
        let clock = ServiceClock(runtime.clock(), signals)
        do {
            try run(plan, clock)
        } catch is Stopped {
            log.info("stopped", metadata: ["connection": "\(connection)"])
        } catch {
            serviceHealth.ended(connection)
            throw error
        }
    }

    /// Stops every connection: the exchange in flight is finished, and no other is begun.
    package func stop() { for signals in signalsByConnection.values { signals.stop() } }

    /// Whether every connection's thread does its work: none has ended, and none runs a job longer than any job takes.
    package func isAlive(at now: Moment) -> Bool {
        let state = serviceHealth.now
        return state.ended.isEmpty && state.running.values.allSatisfy { now - $0.since <= HealthJudgement.longestRun }
    }

    /// Something may have changed for a job: it is due at once.
    package func nudge(_ job: Job, of connection: String) { signalsByConnection[connection]?.nudge(job) }

    private var runtime: Runtime { assembly.runtime }

    private func run(_ plan: Configuration.ConnectionPlan, _ clock: ServiceClock) throws {
        let name = plan.name
        let basePaths = assembly.basePaths(of: plan)
        let eventLogger = EventLogger(log, connection: name, basePaths: basePaths)
        let engine = try assembly.engine(
            of: plan,
            Assembly.Wiring(clock: clock) { [serviceHealth] system, transport in
                ExchangeTap(
                    system, of: name, to: transport, clock: clock, mayBegin: { try clock.checkIn() },
                    tell: { exchange in
                        eventLogger.hear(exchange)
                        serviceHealth.hear(exchange, basePath: basePaths[system]!)
                    })
            },
            journal: journal,
            listeners: [
                { eventLogger.hear($0) }, { [serviceHealth] in serviceHealth.hear($0, at: clock.now()) },
            ])
        clock.deliver = { [weak engine] job in engine?.nudge(job, of: name) }
        defer { clock.deliver = { _ in } }
        try engine.run(until: Self.never)
    }

    /// Later than any clock will show while this runs.
    private static let never = Moment(iso: "9999-12-31T00:00:00Z")!
}
