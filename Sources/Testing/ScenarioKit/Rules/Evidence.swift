import Exchange
import SyncCore
import Units

/// Everything the rules judge from, as it stands at the end of a run.
public struct Evidence: Sendable {
    public var shop: ShopHoldings
    public var warehouse: WarehouseHoldings
    public var book: Book
    public var connections: [ConnectionFacts]
    /// In order of sending.
    public var exchanges: [Exchanged]
    /// What the observer saw that the contracts do not allow.
    public var violations: [ContractBreach] = []
    public var parked: [ParkedFact] = []
    public var inDoubt: [IntentFact] = []
    /// What the scenario says will end up parked, or be flagged for a person. It excuses what it names, and must come true.
    public var expectedParked: [ExpectedParked] = []
    /// Whether it must. Where trouble may have kept the engine from seeing what a person should be shown, it only may.
    public var demandsExpectedParked = true
    /// Differences in stock that the scenario declares: what Rackbeat holds more than the warehouse.
    public var declaredDrift: [DeclaredDrift] = []
    /// Tokens and passwords, which must not occur anywhere but in the header that carries them.
    public var secrets: [String] = []
    /// Texts that left the run by other ways, by their name: the journal's dump, the log, error texts.
    public var outputs: [(name: String, text: String)] = []
    /// When the last complete round of the engine's jobs began. What people did after that may be dealt with or not; before
    /// the first round, nothing need be.
    public var lastRoundBegan: Moment?
    /// Jobs that were begun and never came to an end, however that end would have been.
    public var unfinishedJobs: [UnfinishedJob] = []
    /// When stock sync began, by the connection's name. What was adjusted earlier was compared, not replayed.
    public var stockSyncBegan: [String: Moment] = [:]
    /// When the engine was started anew. What it had been told of pauses before that, it may have forgotten.
    public var restarts: [Moment] = []

    public init(
        shop: ShopHoldings, warehouse: WarehouseHoldings, book: Book, connections: [ConnectionFacts], exchanges: [Exchanged]
    ) {
        self.shop = shop
        self.warehouse = warehouse
        self.book = book
        self.connections = connections
        self.exchanges = exchanges
    }
}

/// One connection of the engine as it was set up.
public struct ConnectionFacts: Sendable {
    public var settings: ConnectionSettings
    /// What the client was told of the two systems; the fakes may have been told otherwise.
    public var rackbeatProfile: Profile
    public var ongoingProfile: Profile

    public var name: String { settings.name }
    public var location: String { settings.location.text }
    public var goodsOwner: Int { settings.goodsOwner }

    public init(settings: ConnectionSettings, rackbeatProfile: Profile, ongoingProfile: Profile) {
        self.settings = settings
        self.rackbeatProfile = rackbeatProfile
        self.ongoingProfile = ongoingProfile
    }
}

/// A request or an answer that the contract does not allow.
public struct ContractBreach: Sendable, Equatable {
    public var exchange: Int
    /// The operation, such as `ongoing PUT /orders`.
    public var operation: String
    /// Side, place, what was found and what the contract says.
    public var sentence: String

    public init(exchange: Int, operation: String, sentence: String) {
        self.exchange = exchange
        self.operation = operation
        self.sentence = sentence
    }
}

/// A record that the engine set aside.
public struct ParkedFact: Sendable, Equatable {
    public var connection: String
    /// The job's name, such as `purchase-orders`.
    public var job: String
    /// As the engine names it, such as `order 1042`.
    public var subject: String
    public var reason: String
    /// What it says of what is left in the two systems.
    public var effect: String

    public init(connection: String, job: String, subject: String, reason: String, effect: String = "") {
        self.connection = connection
        self.job = job
        self.subject = subject
        self.reason = reason
        self.effect = effect
    }
}

/// An intent of the engine whose outcome it does not know.
public struct IntentFact: Sendable, Equatable {
    public var connection: String
    public var kind: String
    public var subject: String
    public var state: String

    public init(connection: String, kind: String, subject: String, state: String) {
        self.connection = connection
        self.kind = kind
        self.subject = subject
        self.state = state
    }
}

/// A job that the process did not survive.
public struct UnfinishedJob: Sendable, Equatable {
    public var connection: String
    public var job: String
    /// How often it was begun since it last came to an end.
    public var beginnings: Int

    public init(connection: String, job: String, beginnings: Int) {
        self.connection = connection
        self.job = job
        self.beginnings = beginnings
    }
}

/// What a scenario says will be parked.
public struct ExpectedParked: Sendable, Equatable {
    /// `nil`: any connection, any job.
    public var connection: String?
    public var job: String?
    /// An order number, an item number, or the subject as the engine names it.
    public var subject: String

    public init(connection: String? = nil, job: String? = nil, subject: String) {
        self.connection = connection
        self.job = job
        self.subject = subject
    }
}

public struct DeclaredDrift: Sendable, Equatable {
    public var item: String
    /// `nil`: at every connection's location.
    public var location: String?
    /// What Rackbeat holds minus what the warehouse holds, beyond what pending work explains. What else has a name (a count in
    /// the office, an accepted offset) may be in it or not.
    public var difference: ExactDecimal

    public init(item: String, location: String? = nil, difference: ExactDecimal) {
        self.item = item
        self.location = location
        self.difference = difference
    }
}
