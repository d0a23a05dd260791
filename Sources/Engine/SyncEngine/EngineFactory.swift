package import Exchange
package import OngoingClient
package import RackbeatClient
package import SyncCore
package import Trade

/// Puts clients, connections and engines together. Scenarios, service, dry run, verification and benchmarks all use it, so that
/// what they run is one and the same engine.
package struct EngineFactory {
    /// Base path and credentials for Rackbeat. One token has one rate limiter, whoever uses it.
    package struct RackbeatAccess {
        let basePath: String
        let token: String
        let profile: Profile
        let applicationName: String
        let email: String
        let rateLimiter: RateLimiter

        /// - Parameters:
        ///   - applicationName: Sent with every request, as is the email address: Rackbeat writes there before it shuts a client out.
        ///   - rateLimiter: One that is shared with other users of the token; `nil` for a new one by the profile.
        package init(
            basePath: String, token: String, profile: Profile, applicationName: String, email: String,
            rateLimiter: RateLimiter? = nil
        ) {
            self.basePath = basePath
            self.token = token
            self.profile = profile
            self.applicationName = applicationName
            self.email = email
            self.rateLimiter = rateLimiter ?? .rackbeat(profile)
        }
    }

    /// Base path and credentials for a warehouse.
    package struct OngoingAccess {
        let basePath: String
        let user: String
        let password: String
        let profile: Profile
        let rateLimiter: RateLimiter

        package init(basePath: String, user: String, password: String, profile: Profile) {
            self.basePath = basePath
            self.user = user
            self.password = password
            self.profile = profile
            rateLimiter = .below(limit: profile.int("rate_limit"), window: .seconds(60))
        }
    }

    /// Both clients of one connection.
    package struct Clients {
        package let rackbeat: RackbeatClient
        package let ongoing: OngoingClient
        let budget: CallBudget
    }

    private let rackbeat: RackbeatAccess
    private let clock: any Clock
    private let transport: (System, String) throws -> any Transport
    private let random: (System, String) -> any RandomNumberGenerator

    /// - Parameters:
    ///   - transport: The way to one system for the connection of that name.
    ///   - random: The jitter between the attempts of a call, for one system and the connection of that name.
    package init(
        rackbeat: RackbeatAccess, clock: any Clock, transport: @escaping (System, _ connection: String) throws -> any Transport,
        random: @escaping (System, _ connection: String) -> any RandomNumberGenerator
    ) {
        self.rackbeat = rackbeat
        self.clock = clock
        self.transport = transport
        self.random = random
    }

    package func clients(of settings: ConnectionSettings, _ ongoing: OngoingAccess) throws -> Clients {
        let budget = CallBudget()
        let toRackbeat = try retryingClient(.rackbeat, settings.name, rackbeat.rateLimiter, budget)
        let toOngoing = try retryingClient(.ongoing, settings.name, ongoing.rateLimiter, budget)
        return Clients(
            rackbeat: RackbeatClient(
                retryingClient: toRackbeat, basePath: rackbeat.basePath, token: rackbeat.token, profile: rackbeat.profile,
                userAgent: "\(rackbeat.applicationName) (\(rackbeat.email))", consumerName: rackbeat.applicationName,
                consumerContact: rackbeat.email),
            ongoing: OngoingClient(
                retryingClient: toOngoing, basePath: ongoing.basePath, user: ongoing.user, password: ongoing.password,
                goodsOwner: settings.goodsOwner, profile: ongoing.profile),
            budget: budget)
    }

    /// - Parameters:
    ///   - connections: The settings of each, and the warehouse that it joins; connections of one user share their access.
    ///   - elsewhere: The locations of the account's connections that other engines run. What lies in one of them belongs to none of
    ///     these, although it may lie inside a location of theirs: both warehouses would ship it.
    ///   - listeners: Each receives every event, in this order.
    package func engine(
        of connections: [(settings: ConnectionSettings, ongoing: OngoingAccess)], besides elsewhere: Set<LocationNumber> = [],
        journal: Journal, writeMode: WriteMode = .carryOut, listeners: [(EngineEvent) -> Void] = []
    ) throws -> Engine {
        let locations = elsewhere.union(connections.map(\.settings.location))
        let connections = try connections.map { settings, ongoing in
            let clients = try clients(of: settings, ongoing)
            return Connection(
                settings: settings, otherLocations: locations.subtracting([settings.location]), rackbeat: clients.rackbeat,
                ongoing: clients.ongoing, budget: clients.budget)
        }
        return try Engine(connections: connections, journal: journal, clock: clock, writeMode: writeMode) { event in
            for listener in listeners { listener(event) }
        }
    }

    private func retryingClient(
        _ system: System, _ connection: String, _ rateLimiter: RateLimiter, _ budget: CallBudget
    ) throws -> RetryingClient {
        RetryingClient(
            system: system, transport: try transport(system, connection), clock: clock, rateLimiter: rateLimiter,
            random: random(system, connection), budget: budget)
    }
}

extension RateLimiter {
    /// One that keeps below the limit that the profile gives for a token.
    package static func rackbeat(_ profile: Profile) -> RateLimiter {
        .below(limit: profile.int("rate_limit"), window: .seconds(profile.int("rate_window_s")))
    }
}
