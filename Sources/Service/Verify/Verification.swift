import ClientKit
import Contract
import Exchange
import HTTPTypes
import JSON
package import Logging
import OngoingClient
import RackbeatClient
import SyncCore
package import SyncEngine
import Trade
import Units

/// Whether the configured systems are ready for Tandem: rights, set-up, assumptions, data, stock, the first round, the contract.
///
/// Without a canary nothing but GET is sent.
package struct Verification: Sendable {
    package struct Options: Sendable {
        /// The name of one connection; `nil`: all.
        package var only: String?
        /// How many records of each kind are read singly.
        package var sample = 3
        /// Whether assumptions are shown that change nothing in what the engine does.
        package var showsAll = false
        /// `nil`: nothing is written.
        package var canary: CanaryPlan?

        package init() {}
    }

    package enum Verdict: Sendable, Equatable {
        case ready
        /// - Parameter todo: What has to be dealt with first.
        case notReady(todo: [ReadinessFinding])
        /// - Parameter open: What could not be looked at, or what only people can tell.
        case cannotKnow(open: [ReadinessFinding])
    }

    package private(set) var findings: [ReadinessFinding] = []
    package private(set) var exchanges = 0
    package private(set) var duration = Duration.zero
    package let options: Options
    /// The choices that were seen or stated, by system and connection.
    private(set) var profiles: [SeenProfile] = []

    struct SeenProfile: Sendable, Equatable {
        /// `nil` for the Rackbeat account.
        let connection: String?
        let choices: [(key: String, choice: String)]

        static func == (left: Self, right: Self) -> Bool {
            left.connection == right.connection && left.choices.elementsEqual(right.choices, by: ==)
        }
    }

    /// - Parameters:
    ///   - journal: `nil` when there is none yet; read, never written.
    ///   - tell: Gets each section as soon as it is complete.
    package init(
        _ configuration: Configuration, _ credentials: Credentials, journal: Journal?, options: Options = Options(),
        runtime: Runtime, log: Logger, stop: StopRequest = StopRequest(),
        progress: @escaping (_ doing: String, _ count: Int) -> Void = { _, _ in },
        tell: (ReadinessSection, Verification) -> Void = { _, _ in }
    ) throws {
        self.options = options
        let visit = try ReadinessVisit(
            Assembly(configuration, credentials, runtime), journal: journal, options: options, log: log, stop: stop,
            progress: progress)
        let began = visit.clock.now()
        func take(_ section: ReadinessSection, _ look: () throws -> Void) throws {
            try look()
            findings = visit.findings
            profiles = visit.profiles
            exchanges = visit.survey.exchanges
            duration = visit.clock.now() - began
            tell(section, self)
        }
        try take(.reach, visit.lookAtReach)
        try take(.setUp, visit.lookAtSetUp)
        try take(.canary) {
            try visit.lookAtAssumptions()
            try visit.runCanary()
        }
        try take(.assumptions) {}
        try take(.data, visit.lookAtData)
        try take(.stock) {}
        try take(.firstRun) {}
        try take(.contract, visit.lookAtContract)
    }

    package func findings(in section: ReadinessSection) -> [ReadinessFinding] { findings.filter { $0.section == section } }

    func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

    /// The assumptions that the engine relies on and that nothing was seen of.
    package var openAssumptions: [ReadinessFinding] {
        findings.filter { finding in
            guard case .assumption(let assumption, _, .untested) = finding.kind else { return false }
            return assumption.readBy == .engine
        }
    }

    package var verdict: Verdict {
        let todo = findings.filter { $0.severity == .failure }
        if !todo.isEmpty { return .notReady(todo: todo) }
        var open = findings.filter { $0.severity == .unknown }
        // The canary is the last look before the first round: what could make stock wrong must be known by then.
        if options.canary != nil {
            open += openAssumptions.filter { finding in
                guard case .assumption(let assumption, _, _) = finding.kind else { return false }
                return AssumptionHarm.of(assumption)?.weight == .stock
            }
        }
        return open.isEmpty ? .ready : .cannotKnow(open: open)
    }

    package var exitStatus: ExitStatus {
        if findings.contains(where: \.isOutOfReach) { return .unreachable }
        return verdict == .ready ? .success : .needsAction
    }
}

/// One look at the configured systems, section by section.
final class ReadinessVisit {
    private(set) var findings: [ReadinessFinding] = []
    private(set) var profiles: [Verification.SeenProfile] = []
    let clock: ServiceClock
    let survey = ExchangeSurvey()

    private let assembly: Assembly
    private let journal: Journal?
    private let options: Verification.Options
    private let log: Logger
    private let stop: StopRequest
    private let progress: (String, Int) -> Void
    private var connections: [Connection] = []
    private var account: ERPAccount?
    private var failedOperations: Set<String> = []
    private var rackbeatIsOutOfReach = false

    private final class Connection {
        let plan: Configuration.ConnectionPlan
        let isFirst: Bool
        let clients: EngineFactory.Clients
        let raw: [System: ProbeClient]
        let budget: WriteBudget
        var statuses: [(number: Int, text: String)] = []
        var outOfReach: Set<System> = []
        var hasUnreadable = false
        var children: [String] = []
        var lines = (seen: 0, withoutLocation: 0)
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

    private func connect(_ plan: Configuration.ConnectionPlan, isFirst: Bool, _ budget: WriteBudget) throws -> Connection {
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
                            eventLogger.hear(exchange)
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

    private func add(_ section: ReadinessSection, _ connection: String?, _ kind: ReadinessFinding.Kind) {
        add(ReadinessFinding(section, connection, kind))
    }

    /// What concerns the account is found once, whichever connection shows it.
    private func add(_ finding: ReadinessFinding) { if !findings.contains(finding) { findings.append(finding) } }

    // MARK: Reach and rights

    func lookAtReach() throws {
        for connection in connections {
            if connection.isFirst {
                try meet(.rackbeat, connection, .account) { account = try connection.clients.rackbeat.account() }
                rackbeatIsOutOfReach = connection.outOfReach.contains(.rackbeat)
            } else if rackbeatIsOutOfReach {
                connection.outOfReach.insert(.rackbeat)
            }
            try meet(.ongoing, connection, .warehouseStatuses) {
                connection.statuses = try connection.clients.ongoing.orderStatuses()
            }
            checkGoodsOwner(of: connection)
            var trial = ReadTrial(
                connection.clients, connection.plan.settings, sample: options.sample, now: clock.now(),
                outOfReach: connection.outOfReach,
                places: { [survey] operation in survey.places.filter { $0.operation == operation && $0.kind != .unknown } },
                endsWithPage: { [survey] in survey.seen[$0]?.endsWithPage ?? false }, progress: progress)
            try trial.run(raw: connection.raw, isFirst: connection.isFirst)
            for finding in trial.findings { add(finding) }
            connection.outOfReach = trial.outOfReach
            connection.hasUnreadable = trial.hasUnreadable
            connection.lines = trial.lines
            connection.articles = trial.articles
            failedOperations.formUnion(trial.failedOperations)
        }
        for system in System.allCases {
            guard let seen = survey.seen[system] else { continue }
            if let ahead = seen.clockAhead, ahead.milliseconds.magnitude > 30_000 {
                add(.reach, nil, .clockDiffers(system, ahead: ahead))
            }
        }
    }

    /// Each call names the goods owner: where the user does not reach it, every refusal follows from that.
    private func checkGoodsOwner(of connection: Connection) {
        let number = connection.plan.settings.goodsOwner
        guard !connection.outOfReach.contains(.ongoing), let owners = try? connection.clients.ongoing.goodsOwners(),
            owners[number] == nil
        else { return }
        connection.outOfReach.insert(.ongoing)
        add(.setUp, connection.plan.name, .goodsOwnerOutOfReach(number, reached: owners.keys.sorted()))
    }

    private func meet(_ system: System, _ connection: Connection, _ read: EngineRead, _ body: () throws -> Void) throws {
        progress(system.title, 0)
        let name = system == .rackbeat ? nil : connection.plan.name
        if let certificate = assembly.runtime.certificate(assembly.endpoint(of: system, connection.plan).origin) {
            let left = certificate.expiresAt - clock.now()
            if left <= .zero {
                connection.outOfReach.insert(system)
                return add(.reach, name, .certificateExpired(system, certificate))
            }
            let isSoon = left < .seconds(21 * 86_400)
            add(.reach, name, isSoon ? .certificateEndsSoon(system, certificate, left: left) : .certificate(system, certificate))
        }
        do {
            try body()
            let latencies = (survey.seen[system]?.latencies ?? []).sorted()
            add(.reach, name, .answered(system, latency: latencies.isEmpty ? .zero : latencies[latencies.count / 2]))
        } catch let error as ExchangeError {
            connection.outOfReach.insert(system)
            failedOperations.insert(read.operation)
            add(.reach, name, ReadTrial.kind(of: error, read, isFirst: true, isPage: survey.seen[system]?.endsWithPage ?? false))
        }
    }

    // MARK: Set-up

    func lookAtSetUp() throws {
        for connection in connections {
            var check = SetUpCheck(connection.plan, connection.clients)
            defer { for finding in check.findings { add(finding) } }
            try attempt(.location, connection) {
                if let account, connection.isFirst, !connection.outOfReach.contains(.rackbeat) {
                    try check.lookAtAccount(
                        expected: assembly.configuration.general.rackbeat.account, account, connection.raw[.rackbeat]!)
                }
                if !connection.outOfReach.contains(.rackbeat) { try check.lookAtLocation(connection.raw[.rackbeat]!) }
            }
            try attempt(.warehousePurchaseStatuses, connection) {
                guard !connection.outOfReach.contains(.ongoing) else { return }
                try check.lookAtWarehouse(connection.statuses, hasJournal: journal != nil, now: clock.now())
                if journal == nil { try check.lookForMarks(connection.raw[.ongoing]!, now: clock.now()) }
            }
            connection.children = check.children
        }
    }

    /// What fails here was tried before, and has its finding; else it gets one.
    private func attempt(_ read: EngineRead, _ connection: Connection, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as ExchangeError {
            guard !failedOperations.contains(read.operation) else { return }
            add(
                .setUp, read.system == .rackbeat ? nil : connection.plan.name,
                ReadTrial.kind(of: error, read, isPage: survey.seen[read.system]?.endsWithPage ?? false))
        } catch let failure as TransportFailure {
            add(.setUp, connection.plan.name, .readBroken(read, failure))
        }
    }

    // MARK: Assumptions

    func lookAtAssumptions() throws {
        for connection in connections {
            if connection.isFirst, !connection.outOfReach.contains(.rackbeat) {
                try probe(connection.raw[.rackbeat]!, RackbeatProbes.reading, of: nil, immaterial(connection))
            }
            if !connection.outOfReach.contains(.ongoing) {
                let probes = OngoingProbes(goodsOwner: connection.plan.settings.goodsOwner)
                try probe(connection.raw[.ongoing]!, probes.reading, of: connection.plan.name, [:])
            }
        }
        sortAssumptions()
    }

    private func sortAssumptions() {
        func rank(_ finding: ReadinessFinding) -> Int {
            guard case .assumption(let assumption, _, _) = finding.kind else { return 0 }
            return AssumptionHarm.of(assumption)?.weight.rawValue ?? 9
        }
        let ranked = findings.enumerated().sorted { left, right in
            guard left.element.section == .assumptions, right.element.section == .assumptions else {
                return left.offset < right.offset
            }
            return (rank(left.element), left.offset) < (rank(right.element), right.offset)
        }
        findings = ranked.map(\.element)
    }

    /// Where an assumption makes no difference for what was seen of the account, by key.
    private func immaterial(_ connection: Connection) -> [String: String] {
        var reasons: [String: String] = [:]
        if connections.allSatisfy(\.children.isEmpty) {
            reasons["location_match"] = "no location of a connection has others inside"
        }
        if connections.allSatisfy({ $0.plan.settings.stockSync == .off }) {
            for key in ["mode", "relative_flag_name", "needs_booking", "line_quantity", "deletable"] {
                reasons["adjustment." + key] = "stock sync is off"
            }
        } else if assembly.rackbeatProfile["adjustment.mode"] == "absolute_via_read" {
            reasons["adjustment.relative_flag_name"] = "adjustments are sent as totals"
        }
        if connection.lines.seen > 0, connection.lines.withoutLocation == 0 {
            reasons["null_line_location"] =
                "each of the \(counted(connection.lines.seen, "line", "lines")) that were read has a location"
        }
        return reasons
    }

    private func probe(
        _ raw: ProbeClient, _ probes: [String: (ProbeClient) throws -> ProbeResult], of connection: String?,
        _ immaterial: [String: String]
    ) throws {
        var choices: [(String, String)] = []
        for assumption in AssumptionLedger.standard.assumptions(about: raw.system) where !assumption.concernsFakeOnly {
            progress("\(raw.system.title) \(assumption.number)", 0)
            let assumed = raw.profile[assumption.key]
            var outcome = try look(assumption, assumed, raw, probes[assumption.key])
            if case .untested = outcome {
                if raw.profile.isConfirmed(assumption.key) {
                    outcome = .stated
                } else if let reason = immaterial[assumption.key] {
                    outcome = .immaterial(reason)
                }
            }
            switch outcome {
            case .confirmed, .stated: choices.append((assumption.key, assumed))
            case .refuted(let seen):
                if assumption.accepts(seen), case .supported = assumption.support(of: seen) {
                    choices.append((assumption.key, seen))
                }
            case .immaterial, .untested: break
            }
            add(.assumptions, connection, .assumption(assumption, assumed: assumed, outcome))
        }
        profiles.append(Verification.SeenProfile(connection: connection, choices: choices))
    }

    private func look(
        _ assumption: Assumption, _ assumed: String, _ raw: ProbeClient, _ probe: ((ProbeClient) throws -> ProbeResult)?
    ) throws -> AssumptionOutcome {
        guard let probe else {
            guard let how = assumption.probe else { return .untested("only \(raw.system.title) itself can tell") }
            return .untested((how.writes ? "the canary tells: " : "by hand: ") + how.how)
        }
        do {
            switch try probe(raw) {
            case .choice(assumed): return .confirmed
            case .choice(let other): return .refuted(seen: other)
            case .inconclusive(let why): return .untested(why)
            }
        } catch let failure as TransportFailure {
            return .untested("\(failure)")
        }
    }

    // MARK: Data, stock, the first round

    func lookAtData() throws {
        for connection in connections {
            let name = connection.plan.name
            guard connection.outOfReach.isEmpty, !connection.hasUnreadable, !hasFailure(connection) else {
                for section in [ReadinessSection.data, .stock, .firstRun] { add(section, name, .notLookedAt(section)) }
                continue
            }
            var reads: [System: Int] = [:]
            progress("a dry run of \(name)", 0)
            let run = try DryRun(
                assembly, journal: journal ?? Journal.inMemory(), log: log, only: name, stop: stop,
                hear: { [survey, progress] exchange, basePath in
                    reads[exchange.system, default: 0] += 1
                    survey.hear(exchange, basePath: basePath)
                    progress("dry run, calls", reads.values.reduce(0, +))
                })
            progress("stock of \(name)", 0)
            let drift = try DriftReport(
                assembly, journal: journal, log: log, only: name, stop: stop,
                hear: { [survey] in survey.hear($0, basePath: $1) }
            ).sections.first
            let check = FirstSyncCheck(
                run, of: name, drift, isFirst: journal == nil, reads: reads,
                limits: [
                    .rackbeat: (assembly.rackbeatProfile.int("rate_limit"), assembly.rackbeatProfile.int("rate_window_s")),
                    .ongoing: (assembly.ongoingProfile(of: name).int("rate_limit"), 60),
                ])
            for finding in check.data { add(finding) }
            try lookForStrangers(connection)
            if let drift { add(drift.problem == nil ? .stock(drift) : ReadinessFinding(.stock, name, .notLookedAt(.stock))) }
            add(check.firstRun)
        }
    }

    /// Whether something stands against going on with a connection: what follows from it would be no advice.
    private func hasFailure(_ connection: Connection) -> Bool {
        findings.contains { finding in
            finding.severity == .failure && [.reach, .setUp].contains(finding.section)
                && (finding.connection == nil || finding.connection == connection.plan.name)
        }
    }

    /// Articles of the warehouse that Rackbeat has no product for.
    private func lookForStrangers(_ connection: Connection) throws {
        var known: Set<String> = []
        var page = 1
        do {
            while true {
                let products = try connection.clients.rackbeat.products(updatedFrom: nil, page: page)
                for row in products.rows { if let product = row.value { known.insert(product.number.text.lowercased()) } }
                progress("Rackbeat products", known.count)
                if products.isLast { break }
                page += 1
            }
        } catch is ExchangeError {
            return add(.data, connection.plan.name, .notLookedAt(.data))
        }
        let strangers = connection.articles.map(\.text).filter {
            !known.contains($0.lowercased()) && !$0.hasPrefix(Canary.prefix)
        }
        if !strangers.isEmpty { add(.data, connection.plan.name, .articlesOfWarehouseOnly(.init(strangers.sorted()))) }
    }

    // MARK: The contract

    func lookAtContract() throws {
        for system in System.allCases {
            // What does not pass was called by its name where it stopped the reading.
            let isNamed = findings.contains { finding in
                if case .stillRateLimited(system, _) = finding.kind { true } else { false }
            }
            if let times = survey.seen[system]?.rateLimited, times > 0, !isNamed {
                add(.contract, nil, .rateLimitMet(system, times: times))
            }
        }
        var members: [(operation: String, names: [String])] = []
        var isSound = true
        for place in survey.places where !failedOperations.contains(place.operation) {
            guard place.kind == .unknown, place.path.hasPrefix("/") else {
                isSound = false
                add(.contract, nil, .deviation(place))
                continue
            }
            if let index = members.firstIndex(where: { $0.operation == place.operation }) {
                members[index].names.append(place.path)
            } else {
                members.append((place.operation, [place.path]))
            }
        }
        for (operation, names) in members { add(.contract, nil, .unknownMembers(operation: operation, names)) }
        if isSound, failedOperations.isEmpty { add(.contract, nil, .contractHolds(exchanges: survey.exchanges)) }
    }

    // MARK: The canary

    func runCanary() throws {
        guard let plan = options.canary else { return }
        for connection in connections {
            guard connection.outOfReach.isEmpty, !hasFailure(connection) else {
                add(.canary, connection.plan.name, .notLookedAt(.canary))
                continue
            }
            let canary = Canary(
                plan, connection.plan, connection.clients, connection.raw, connection.budget, clock: clock, progress: progress)
            try canary.run()
            for kind in canary.kinds { add(.canary, connection.plan.name, kind) }
            settle(canary.seen, of: connection)
        }
        sortAssumptions()
    }

    /// What the canary saw takes the place of what reading left open.
    private func settle(_ seen: [System: [String: ProbeResult]], of connection: Connection) {
        for index in findings.indices {
            guard case .assumption(let assumption, let assumed, _) = findings[index].kind,
                findings[index].connection == (assumption.system == .rackbeat ? nil : connection.plan.name),
                let result = seen[assumption.system]?[assumption.key]
            else { continue }
            let outcome: AssumptionOutcome =
                switch result {
                case .choice(assumed): .confirmed
                case .choice(let other): .refuted(seen: other)
                case .inconclusive(let why): .untested(why)
                }
            findings[index] = ReadinessFinding(
                .assumptions, findings[index].connection, .assumption(assumption, assumed: assumed, outcome))
        }
    }
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
