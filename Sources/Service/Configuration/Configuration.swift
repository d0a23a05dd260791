import Exchange
import SyncCore
import Trade

/// What the operator decided: whom to join, with which credentials, how often, and where to keep the journal.
public struct Configuration: Sendable, Equatable {
    public var general = General()
    /// In the order of the file.
    public var connections: [ConnectionPlan] = []

    /// What concerns every connection.
    public struct General: Sendable, Equatable {
        public var journal = "tandem.db"
        public var logLevel = "info"
        public var logFormat = "auto"
        public var rackbeat = RackbeatAccess()
        public var listen = Listen()
    }

    public struct RackbeatAccess: Sendable, Equatable {
        public var endpoint: Endpoint?
        public var token: SecretReference?
        /// Who calls: Rackbeat may shut out callers that stay anonymous.
        public var name: String?
        public var mail: String?
        /// The number of the account that the token is to belong to.
        public var account: Int?
        public var choices: [String: String] = [:]
    }

    public struct Listen: Sendable, Equatable {
        /// `host:port`; `nil`: nothing listens.
        public var address: String?
        public var rackbeatTokens: [SecretReference] = []
        public var ongoingTokens: [SecretReference] = []

        /// The address in its parts.
        public var authority: Authority? { address.flatMap { Authority($0) } }
    }

    public struct OngoingAccess: Sendable, Equatable {
        public var endpoint: Endpoint?
        public var user: String?
        public var password: SecretReference?
        public var choices: [String: String] = [:]
    }

    public struct ConnectionPlan: Sendable, Equatable {
        public var settings: ConnectionSettings
        public var ongoing = OngoingAccess()

        public var name: String { settings.name }

        init(name: String) {
            // Both are required keys, so that no configuration ever keeps these.
            settings = ConnectionSettings(name: name, location: LocationNumber(""), goodsOwner: 0)
        }
    }
}
