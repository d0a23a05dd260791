import Exchange
package import SyncCore
import Trade

/// The operator's choices: which systems to connect, with which credentials, how often, and where the journal is.
package struct Configuration: Sendable, Equatable {
    package var general = General()
    /// In the order of the file.
    package var connections: [ConnectionPlan] = []
    /// What was set, as text, by path. It leaves out what has its default.
    var written: [String: String] = [:]

    /// What concerns every connection.
    package struct General: Sendable, Equatable {
        package var journal = "tandem.db"
        package var logLevel = "info"
        package var logFormat = "auto"
        package var rackbeat = RackbeatAccess()
        package var listen = Listen()
        /// A file of certificates that are trusted beside those of the system.
        package var authorityFile: String?
        package var verify = VerifyAccess()
    }

    package struct VerifyAccess: Sendable, Equatable {
        /// The goods owners for which a canary may write.
        package var allowWritesFor: Set<Int> = []
    }

    package struct RackbeatAccess: Sendable, Equatable {
        package var endpoint: Endpoint?
        package var token: SecretReference?
        /// Application name sent with each request. Rackbeat may shut out anonymous clients.
        package var name: String?
        /// Contact address sent with each request.
        package var email: String?
        /// The number of the account that the token is to belong to.
        package var account: Int?
        package var choices: [String: String] = [:]
    }

    package struct Listen: Sendable, Equatable {
        /// `host:port`; `nil`: nothing listens.
        package var address: String?
        package var rackbeatTokens: [SecretReference] = []
        package var ongoingTokens: [SecretReference] = []

        /// The address in its parts.
        package var authority: Authority? { address.flatMap { Authority($0) } }
    }

    package struct OngoingAccess: Sendable, Equatable {
        package var endpoint: Endpoint?
        package var user: String?
        package var password: SecretReference?
        package var choices: [String: String] = [:]
    }

    package struct ConnectionPlan: Sendable, Equatable {
        package var settings: ConnectionSettings
        package var ongoing = OngoingAccess()

        package var name: String { settings.name }

        init(name: String) {
            // Both are required keys, so that no configuration ever keeps these.
            settings = ConnectionSettings(name: name, location: LocationNumber(""), goodsOwner: 0)
        }
    }
}
