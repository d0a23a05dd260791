import Contract
import Exchange
import HTTPTypes
import Logging
import SyncCore
import SyncEngine
import Trade
import Units

/// One look at the configured systems, section by section.
final class ReadinessVisit {
    var findings: [ReadinessFinding] = []
    var profiles: [Verification.SeenProfile] = []
    let clock: ServiceClock
    let survey = ExchangeSurvey()

    let assembly: Assembly
    let journal: Journal?
    let options: Verification.Options
    let log: Logger
    let stop: StopRequest
    let progress: (String, Int) -> Void
    var connections: [Connection] = []
    var account: ERPAccount?
    var failedOperations: Set<String> = []
    var rackbeatIsOutOfReach = false

    final class Connection {
        let plan: Configuration.ConnectionPlan
        let isFirst: Bool
        let clients: EngineFactory.Clients
        let raw: [System: ProbeClient]
        let budget: WriteBudget
        var statuses: [(number: Int, text: String)] = []
        var outOfReach: Set<System> = []
        var hasUnreadable = false
        var children: [String] = []
        var lines = (seen: 0, withoutLocation: ReadinessFinding.Records())
        var articles: [ItemNumber] = []

        init(
            _ plan: Configuration.ConnectionPlan, isFirst: Bool, _ clients: EngineFactory.Clients, _ raw: [System: ProbeClient],
            _ budget: WriteBudget
        ) {
            self.plan = plan
            self.isFirst = isFirst
            self.clients = clients
            self.raw = raw
            self.budget = budget
        }
    }

    init(
        _ assembly: Assembly, journal: Journal?, options: Verification.Options, log: Logger, stop: StopRequest,
        progress: @escaping (String, Int) -> Void
    ) throws {
        self.assembly = assembly
        self.journal = journal
        self.options = options
        self.log = log
        self.stop = stop
        self.progress = progress
        clock = ServiceClock(assembly.runtime.clock(), stop.signals)
        let budget = WriteBudget(options.canary?.maxWrites ?? 0)
        for plan in assembly.configuration.connections where options.only.map({ $0 == plan.name }) ?? true {
            connections.append(try connect(plan, isFirst: connections.isEmpty, budget))
        }
    }

    func connect(_ plan: Configuration.ConnectionPlan, isFirst: Bool, _ budget: WriteBudget) throws -> Connection {
        let basePaths = assembly.basePaths(of: plan)
        let eventLogger = EventLogger(log, connection: plan.name, basePaths: basePaths)
        var transports: [System: any Transport] = [:]
        let clients = try assembly.clients(
            of: plan,
            Assembly.Wiring(
                clock: clock,
                wrap: { [clock, survey] system, transport in
                    let tap = ExchangeTap(
                        system, of: plan.name, to: BudgetedTransport(transport, budget), clock: clock,
                        mayBegin: { try clock.checkIn() },
                        tell: { exchange in
                            // A refusal that was asked for is no news to who reads the log.
                            if !survey.isProvoking() { eventLogger.hear(exchange) }
                            survey.hear(exchange, basePath: basePaths[system]!)
                        })
                    transports[system] = tap
                    return tap
                },
                // What provokes on purpose would be a deviation to whoever holds the recording against the contract.
                mayRecord: { [survey] in !survey.isProvoking() }))
        var raw: [System: ProbeClient] = [:]
        for system in System.allCases {
            raw[system] = ProbeClient(
                system, profile: system == .rackbeat ? assembly.rackbeatProfile : assembly.ongoingProfile(of: plan.name),
                transport: transports[system]!, clock: clock,
                rateLimiter: system == .rackbeat ? assembly.rackbeatRateLimiter : RateLimiter(calls: nil),
                basePath: basePaths[system]!, headers: assembly.headers(for: system, plan))
        }
        let provoking = Array(raw.values)
        let before = survey.isProvoking
        survey.isProvoking = { before() || provoking.contains(where: \.isProvoking) }
        return Connection(plan, isFirst: isFirst, clients, raw, budget)
    }

    func add(_ section: ReadinessSection, _ connection: String?, _ kind: ReadinessFinding.Kind) {
        add(ReadinessFinding(section, connection, kind))
    }

    /// What concerns the account is found once, whichever connection shows it.
    func add(_ finding: ReadinessFinding) { if !findings.contains(finding) { findings.append(finding) } }
}

extension Assembly {
    /// The headers of both clients, for probes that ask what no client would.
    func headers(for system: System, _ plan: Configuration.ConnectionPlan) -> HTTPFields {
        var headers: HTTPFields = [.accept: "application/json"]
        switch system {
        case .rackbeat:
            let access = configuration.general.rackbeat
            headers[.contentType] = "application/json"
            headers[.authorization] = "Bearer " + credentials.rackbeatToken.reveal()
            headers[.userAgent] = "\(access.name ?? "") (\(access.email ?? ""))"
            headers[HTTPField.Name("Consumer-Name")!] = access.name
            headers[HTTPField.Name("Consumer-Contact")!] = access.email
            headers[HTTPField.Name("API-Version")!] = "latest"
        case .ongoing:
            let password = credentials.ongoingPasswords[plan.name]?.reveal() ?? ""
            headers[.authorization] = "Basic " + Base64.encode("\(plan.ongoing.user ?? ""):\(password)")
        }
        return headers
    }
}
