import Contract
import Exchange
import SyncCore
import SyncEngine

/// Builds the clients and the engine of a connection as the configuration says.
struct Assembly: Sendable {
    let configuration: Configuration
    let credentials: Credentials
    let runtime: Runtime
    /// One for the token, whoever uses it.
    let rackbeatRateLimiter: RateLimiter

    let rackbeatProfile: Profile
    private let ongoingProfiles: [String: Profile]

    init(_ configuration: Configuration, _ credentials: Credentials, _ runtime: Runtime) {
        self.configuration = configuration
        self.credentials = credentials
        self.runtime = runtime
        let profile = Self.profile(.rackbeat, configuration.general.rackbeat.choices)
        rackbeatProfile = profile
        rackbeatRateLimiter = .rackbeat(profile)
        ongoingProfiles = Dictionary(
            uniqueKeysWithValues: configuration.connections.map { ($0.name, Self.profile(.ongoing, $0.ongoing.choices)) })
    }

    private static func profile(_ system: System, _ choices: [String: String]) -> Profile {
        do {
            return try AssumptionLedger.standard.profile(for: system, changing: choices)
        } catch {
            preconditionFailure("the configuration was read, so its choices are in the ledger: \(error)")
        }
    }

    func ongoingProfile(of connection: String) -> Profile { ongoingProfiles[connection]! }

    /// What stands between the clients of one connection and the wire.
    struct Wiring {
        var clock: any Clock
        /// Wraps the way to each system.
        var wrap: (System, any Transport) -> any Transport
        /// Asked after each exchange that is to be recorded.
        var mayRecord: () -> Bool = { true }
    }

    func endpoint(of system: System, _ plan: Configuration.ConnectionPlan) -> Endpoint {
        let endpoint =
            switch system {
            case .rackbeat: configuration.general.rackbeat.endpoint
            case .ongoing: plan.ongoing.endpoint
            }
        guard let endpoint else { preconditionFailure("'base-url' is required, so a configuration that was read has it") }
        return endpoint
    }

    func basePaths(of plan: Configuration.ConnectionPlan) -> [System: String] {
        Dictionary(uniqueKeysWithValues: System.allCases.map { ($0, endpoint(of: $0, plan).basePath) })
    }

    func clients(of plan: Configuration.ConnectionPlan, _ wiring: Wiring) throws -> EngineFactory.Clients {
        try factory(of: plan, wiring).clients(of: plan.settings, ongoingAccess(of: plan))
    }

    func engine(
        of plan: Configuration.ConnectionPlan, _ wiring: Wiring, journal: Journal, writeMode: WriteMode = .carryOut,
        listeners: [(EngineEvent) -> Void]
    ) throws -> Engine {
        try factory(of: plan, wiring).engine(
            of: [(plan.settings, ongoingAccess(of: plan))],
            besides: Set(configuration.connections.map(\.settings.location)), journal: journal, writeMode: writeMode,
            listeners: listeners)
    }

    private func factory(of plan: Configuration.ConnectionPlan, _ wiring: Wiring) -> EngineFactory {
        let access = configuration.general.rackbeat
        guard let name = access.name, let email = access.email else { Self.isIncomplete() }
        return EngineFactory(
            rackbeat: EngineFactory.RackbeatAccess(
                basePath: endpoint(of: .rackbeat, plan).basePath, token: credentials.rackbeatToken.reveal(),
                profile: rackbeatProfile, applicationName: name, email: email, rateLimiter: rackbeatRateLimiter),
            clock: wiring.clock,
            transport: { system, _ in wiring.wrap(system, try transport(to: system, of: plan, wiring)) },
            random: { _, _ in runtime.generator() })
    }

    /// The way to a system, with the recorder next to the wire.
    private func transport(
        to system: System, of plan: Configuration.ConnectionPlan, _ wiring: Wiring
    ) throws -> any Transport {
        let endpoint = endpoint(of: system, plan)
        let transport = try runtime.transport(system, endpoint.origin)
        guard let record = runtime.record else { return transport }
        return ExchangeTap(
            system, of: plan.name, to: transport, clock: wiring.clock,
            tell: { exchange in if wiring.mayRecord() { record(exchange, endpoint.basePath) } })
    }

    private func ongoingAccess(of plan: Configuration.ConnectionPlan) -> EngineFactory.OngoingAccess {
        guard let user = plan.ongoing.user, let password = credentials.ongoingPasswords[plan.name] else { Self.isIncomplete() }
        return EngineFactory.OngoingAccess(
            basePath: endpoint(of: .ongoing, plan).basePath, user: user, password: password.reveal(),
            profile: ongoingProfile(of: plan.name))
    }

    private static func isIncomplete() -> Never {
        preconditionFailure("a configuration that was read has every required key")
    }
}
