import Contract
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import SyncEngine

/// Builds the two clients of a connection as the configuration wants them.
struct Assembly: Sendable {
    let configuration: Configuration
    let credentials: Credentials
    let outside: Outside
    /// One for the token, whoever uses it.
    let rackbeatRateLimiter: RateLimiter

    let rackbeatProfile: Profile
    private let ongoingProfiles: [String: Profile]

    init(_ configuration: Configuration, _ credentials: Credentials, _ outside: Outside) {
        self.configuration = configuration
        self.credentials = credentials
        self.outside = outside
        let profile = Self.profile(.rackbeat, configuration.general.rackbeat.choices)
        rackbeatProfile = profile
        rackbeatRateLimiter = .below(limit: profile.int("rate_limit"), window: .seconds(profile.int("rate_window_s")))
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
    }

    struct Clients {
        let rackbeat: RackbeatClient
        let ongoing: OngoingClient
        let rackbeatRetryingClient: RetryingClient
        let ongoingRetryingClient: RetryingClient
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

    func clients(of plan: Configuration.ConnectionPlan, _ wiring: Wiring) throws -> Clients {
        let rackbeat = try retryingClient(.rackbeat, plan, rateLimiter: rackbeatRateLimiter, wiring)
        let ongoingProfile = ongoingProfile(of: plan.name)
        let rateLimiter = RateLimiter.below(limit: ongoingProfile.int("rate_limit"), window: .seconds(60))
        let ongoing = try retryingClient(.ongoing, plan, rateLimiter: rateLimiter, wiring)
        let access = configuration.general.rackbeat
        guard let name = access.name, let mail = access.mail, let user = plan.ongoing.user,
            let password = credentials.ongoingPasswords[plan.name]
        else { preconditionFailure("a configuration that was read has every required key") }
        return Clients(
            rackbeat: RackbeatClient(
                retryingClient: rackbeat, basePath: endpoint(of: .rackbeat, plan).basePath,
                token: credentials.rackbeatToken.reveal(),
                profile: rackbeatProfile, userAgent: "\(name) (\(mail))", consumerName: name, consumerContact: mail),
            ongoing: OngoingClient(
                retryingClient: ongoing, basePath: endpoint(of: .ongoing, plan).basePath, user: user, password: password.reveal(),
                goodsOwner: plan.settings.goodsOwner, profile: ongoingProfile),
            rackbeatRetryingClient: rackbeat, ongoingRetryingClient: ongoing)
    }

    func connection(of plan: Configuration.ConnectionPlan, _ wiring: Wiring) throws -> Connection {
        let clients = try clients(of: plan, wiring)
        return Connection(settings: plan.settings, rackbeat: clients.rackbeat, ongoing: clients.ongoing)
    }

    private func retryingClient(
        _ system: System, _ plan: Configuration.ConnectionPlan, rateLimiter: RateLimiter, _ wiring: Wiring
    ) throws -> RetryingClient {
        let transport = try outside.transport(system, endpoint(of: system, plan).origin)
        return RetryingClient(
            system: system, transport: wiring.wrap(system, transport), clock: wiring.clock, rateLimiter: rateLimiter,
            random: outside.chance())
    }
}
