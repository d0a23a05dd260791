package import Exchange
package import SyncCore
import Trade
package import Units

/// Everything the rules judge from, as it stands at the end of a run.
package struct Evidence: Sendable {
    package var shop: RackbeatSnapshot
    package var warehouse: OngoingSnapshot
    package var book: ActionLog
    package var connections: [ConnectionFacts]
    /// In order of sending.
    package var exchanges: [Exchanged]
    /// What the observer saw that the contracts do not allow.
    package var violations: [ContractBreach] = []
    package var parked: [ParkedFact] = []
    package var inDoubt: [IntentFact] = []
    /// What the scenario says will end up parked, or be flagged for a person. It excuses what it names, and must come true.
    package var expectedParked: [ExpectedParked] = []
    /// Whether it must. Where trouble may have kept the engine from seeing what a person should be shown, it only may.
    package var demandsExpectedParked = true
    /// Differences in stock that the scenario declares: what Rackbeat holds more than the warehouse.
    package var declaredDrift: [DeclaredDrift] = []
    /// Tokens and passwords, which must not occur anywhere but in the header that carries them.
    package var secrets: [String] = []
    /// Texts that left the run by other ways, by their name: the journal's dump, the log, error texts.
    package var outputs: [(name: String, text: String)] = []
    /// When the last complete round of the engine's jobs began. What people did after that may be dealt with or not; before
    /// the first round, nothing need be.
    package var lastRoundBegan: Moment?
    /// Jobs that were begun and never came to an end, however that end would have been.
    package var unfinishedJobs: [UnfinishedJob] = []
    /// When stock sync began, by the connection's name. What was adjusted earlier was compared, not replayed.
    package var stockSyncBegan: [String: Moment] = [:]
    /// When the engine was started anew. What it had been told of pauses before that, it may have forgotten.
    package var restarts: [Moment] = []

    package init(
        shop: RackbeatSnapshot, warehouse: OngoingSnapshot, book: ActionLog, connections: [ConnectionFacts],
        exchanges: [Exchanged]
    ) {
        self.shop = shop
        self.warehouse = warehouse
        self.book = book
        self.connections = connections
        self.exchanges = exchanges
    }
}

/// One connection of the engine as it was set up.
package struct ConnectionFacts: Sendable {
    package var settings: ConnectionSettings
    /// What the client was told of the two systems; the fakes may have been told otherwise.
    package var rackbeatProfile: Profile
    package var ongoingProfile: Profile

    package var name: String { settings.name }
    package var location: String { settings.location.text }
    package var goodsOwner: Int { settings.goodsOwner }

    package init(settings: ConnectionSettings, rackbeatProfile: Profile, ongoingProfile: Profile) {
        self.settings = settings
        self.rackbeatProfile = rackbeatProfile
        self.ongoingProfile = ongoingProfile
    }
}

/// A request or an answer that the contract does not allow.
package struct ContractBreach: Sendable, Equatable {
    package var exchange: Int
    /// The operation, such as `ongoing PUT /orders`.
    package var operation: String
    /// Side, place, what was found and what the contract says.
    package var sentence: String

    package init(exchange: Int, operation: String, sentence: String) {
        self.exchange = exchange
        self.operation = operation
        self.sentence = sentence
    }
}

/// A record that the engine set aside.
package struct ParkedFact: Sendable, Equatable {
    package var connection: String
    /// The job's name, such as `purchase-orders`.
    package var job: String
    /// As the engine names it, such as `order 1042`.
    package var subject: String
    package var reason: String
    /// What it says of what is left in the two systems.
    package var effect: String

    package init(connection: String, job: String, subject: String, reason: String, effect: String = "") {
        self.connection = connection
        self.job = job
        self.subject = subject
        self.reason = reason
        self.effect = effect
    }
}

/// An intent of the engine whose outcome it does not know.
package struct IntentFact: Sendable, Equatable {
    package var connection: String
    package var kind: String
    package var subject: String
    package var state: String

    package init(connection: String, kind: String, subject: String, state: String) {
        self.connection = connection
        self.kind = kind
        self.subject = subject
        self.state = state
    }
}

/// A job that the process did not survive.
package struct UnfinishedJob: Sendable, Equatable {
    package var connection: String
    package var job: String
    /// How often it was begun since it last came to an end.
    package var beginnings: Int

    package init(connection: String, job: String, beginnings: Int) {
        self.connection = connection
        self.job = job
        self.beginnings = beginnings
    }
}

/// What a scenario says will be parked.
package struct ExpectedParked: Sendable, Equatable {
    /// `nil`: any connection, any job.
    package var connection: String?
    package var job: String?
    /// An order number, an item number, or the subject as the engine names it.
    package var subject: String

    package init(connection: String? = nil, job: String? = nil, subject: String) {
        self.connection = connection
        self.job = job
        self.subject = subject
    }
}

package struct DeclaredDrift: Sendable, Equatable {
    package var item: String
    /// `nil`: at every connection's location.
    package var location: String?
    /// What Rackbeat holds minus what the warehouse holds, beyond what pending work explains. What else has a name (a count in
    /// the office, an accepted offset) may be in it or not.
    package var difference: ExactDecimal

    package init(item: String, location: String? = nil, difference: ExactDecimal) {
        self.item = item
        self.location = location
        self.difference = difference
    }
}
