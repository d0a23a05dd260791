package import Exchange
package import SyncCore
import Trade
package import Units

/// Everything the invariants judge from: the end of a run, or what both APIs show.
package struct Evidence: Sendable {
    package var rackbeat: RackbeatSnapshot { didSet { writeIndex = WriteIndex() } }
    package var ongoing: OngoingSnapshot { didSet { writeIndex = WriteIndex() } }
    package var actionLog: ActionLog
    package var connections: [ConnectionFacts]
    /// In order of sending.
    package var exchanges: [Exchanged] { didSet { writeIndex = WriteIndex() } }
    var writeIndex = WriteIndex()
    /// What the observer saw and the contracts do not allow.
    package var violations: [ContractBreach] = []
    package var parked: [ParkedFact] = []
    package var unknownOutcomes: [UnknownOutcome] = []
    /// The records that the scenario expects to be parked. They excuse the documents they name, and must be there.
    package var expectedParked: [ExpectedParked] = []
    /// The records that a person dismissed: settled by hand, and left alone by the engine until they change.
    package var dismissed: [ParkedFact] = []
    /// Whether they must. A fault may have kept the engine from seeing what it would park; then they only may.
    package var demandsExpectedParked = true
    /// Stock differences that the scenario declares.
    package var declaredDrift: [DeclaredDrift] = []
    /// Tokens and passwords, which must be in no other place than the header that carries them.
    package var secrets: [String] = []
    /// Texts that leave the run by other ways, by name: the journal's dump, the log, error texts.
    package var outputs: [(name: String, text: String)] = []
    /// When the last complete sync round began. What people did later may be synced or not; before the first round, nothing need
    /// be.
    package var lastRoundBegan: Moment?
    /// Jobs that started and never ended, with success or without.
    package var unfinishedJobs: [UnfinishedJob] = []
    /// When stock sync began, by the connection's name. Earlier adjustments were compared, not recreated.
    package var stockSyncBegan: [String: Moment] = [:]
    /// When the engine restarted. It need not remember the pauses that it was asked for before.
    package var restarts: [Moment] = []
    /// `nil`: nobody recorded how the engine was used.
    package var engineUse: EngineUse?
    /// `nil`: the evidence comes from a run.
    package var api: APIFacts?

    package init(
        rackbeat: RackbeatSnapshot, ongoing: OngoingSnapshot, actionLog: ActionLog, connections: [ConnectionFacts],
        exchanges: [Exchanged]
    ) {
        self.rackbeat = rackbeat
        self.ongoing = ongoing
        self.actionLog = actionLog
        self.connections = connections
        self.exchanges = exchanges
    }
}

/// One connection of the engine, as configured.
package struct ConnectionFacts: Sendable {
    package var settings: ConnectionSettings
    /// Those before, oldest first; empty when nobody changed them.
    package var earlierSettings: [SettingsPeriod] = []
    /// What the client takes for the behaviour of the two systems; the fakes may behave otherwise.
    package var rackbeatProfile: Profile
    package var ongoingProfile: Profile
    /// The locations of the other connections.
    package var otherLocations: Set<String> = []

    package var name: String { settings.name }
    package var location: String { settings.location.text }
    package var goodsOwner: Int { settings.goodsOwner }

    package init(settings: ConnectionSettings, rackbeatProfile: Profile, ongoingProfile: Profile) {
        self.settings = settings
        self.rackbeatProfile = rackbeatProfile
        self.ongoingProfile = ongoingProfile
    }
}

/// A request or a response that the contract does not allow.
package struct ContractBreach: Sendable, Equatable {
    package var exchange: Int
    /// The operation, such as `ongoing PUT /orders`.
    package var operation: String
    /// Request or response, the place in it, what is there and what the contract says.
    package var sentence: String

    package init(exchange: Int, operation: String, sentence: String) {
        self.exchange = exchange
        self.operation = operation
        self.sentence = sentence
    }
}

/// A record that the engine parked.
package struct ParkedFact: Sendable, Equatable {
    package var connection: String
    package var job: Job
    package var record: RecordRef
    /// The number by which people know it: of a shipment or receipt the warehouse's number of the order, else the record's.
    package var number: String
    package var reason: String
    /// The documents in Rackbeat that it shows, such as a draft that was left there.
    package var documents: [RecordRef]
    /// Whether somebody has to act; otherwise the engine retries it.
    package var needsPerson: Bool
    /// When the engine retries it; `nil`: not by itself.
    package var retryAt: Moment?

    package init(
        connection: String, job: Job, record: RecordRef, number: String? = nil, reason: String, documents: [RecordRef] = [],
        needsPerson: Bool = true, retryAt: Moment? = nil
    ) {
        self.retryAt = retryAt
        self.needsPerson = needsPerson
        self.connection = connection
        self.job = job
        self.record = record
        self.number = number ?? record.number
        self.reason = reason
        self.documents = documents
    }
}

/// A write of the engine's whose outcome it does not know.
package struct UnknownOutcome: Sendable, Equatable {
    package var connection: String
    package var record: RecordRef
    /// What was written and how far it came, for people.
    package var kind: String
    package var state: String

    package init(connection: String, record: RecordRef, kind: String, state: String) {
        self.connection = connection
        self.record = record
        self.kind = kind
        self.state = state
    }
}

/// A job that was under way when the process ended.
package struct UnfinishedJob: Sendable, Equatable {
    package var connection: String
    package var job: String
    /// How often it started since it last ended.
    package var beginnings: Int

    package init(connection: String, job: String, beginnings: Int) {
        self.connection = connection
        self.job = job
        self.beginnings = beginnings
    }
}

/// A record that a scenario expects to be parked.
package struct ExpectedParked: Sendable, Equatable {
    /// `nil` for any connection.
    package var connection: String?
    /// `nil` for any job.
    package var job: Job?
    /// The number of an order or an item, as in ``ParkedFact/number``.
    package var number: String
    /// A document that it must show; `nil` for any or none.
    package var document: RecordRef?

    package init(connection: String? = nil, job: Job? = nil, number: String, document: RecordRef? = nil) {
        self.connection = connection
        self.job = job
        self.number = number
        self.document = document
    }

    /// What is parked is excused for the job that parked it. A comparison parks for every job, and may park many documents as one record.
    package init(connection: String, parkedBy job: Job, number: String) {
        self.init(connection: connection, job: job == .reconcile ? nil : job, number: number)
    }

    func covers(_ fact: ParkedFact) -> Bool {
        (connection.map { $0 == fact.connection } ?? true) && (job.map { $0 == fact.job } ?? true)
            && withoutEdges(fact.number) == withoutEdges(number)
            && (document.map(fact.documents.contains) ?? true)
    }
}

package struct DeclaredDrift: Sendable, Equatable {
    package var item: String
    /// `nil`: at every connection's location.
    package var location: String?
    /// Ongoing minus Rackbeat, beyond what pending work explains. Other explained differences (an adjustment by hand in Rackbeat,
    /// an accepted offset) may be in it or not.
    package var difference: ExactDecimal

    package init(item: String, location: String? = nil, difference: ExactDecimal) {
        self.item = item
        self.location = location
        self.difference = difference
    }
}

extension Evidence {
    /// Changes what the warehouse holds in its place: through the property, every other module would copy all of it for each change.
    package mutating func changeOngoing(_ change: (inout OngoingSnapshot) -> Void) { change(&ongoing) }
}
