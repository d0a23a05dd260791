package import Contract
import Exchange
import HTTPTypes
import JSON
package import Logging
import OngoingClient
import RackbeatClient
import SyncCore
import SyncEngine
import Trade
import Units

/// The check of the real endpoints before going live: does everything that the configuration names exist, which assumptions hold,
/// and do requests and responses conform to the contract?
package struct Verification {
    /// Something that must be so.
    package struct Check: Sendable, Equatable {
        package enum Outcome: String, Sendable { case ok, failed, unknown }

        package let place: String
        package let outcome: Outcome
        package let text: String
    }

    /// What became of one assumption.
    package struct Finding: Sendable, Equatable {
        package enum Outcome: String, Sendable { case confirmed, refuted, untested }

        /// The connection whose warehouse was asked; `nil` for the Rackbeat account.
        package let connection: String?
        package let assumption: Assumption
        package let assumed: String
        package let outcome: Outcome
        /// What was seen, or why nothing was.
        package let seen: String
    }

    package private(set) var checks: [Check] = []
    package private(set) var findings: [Finding] = []
    /// Each once, in the order in which they were first seen.
    package private(set) var violations: [Violation] = []
    package private(set) var problems: [String] = []

    private let mayWrite: Bool
    private let assembly: Assembly
    private let log: Logger
    private let clock: ServiceClock

    /// - Parameter mayWrite: Whether probes may write, for a test account. Without it nothing but GET is sent.
    package init(
        _ configuration: Configuration, _ credentials: Credentials, runtime: Runtime, mayWrite: Bool, log: Logger,
        stop: StopRequest = StopRequest()
    ) throws {
        self.mayWrite = mayWrite
        self.log = log
        assembly = Assembly(configuration, credentials, runtime)
        clock = ServiceClock(runtime.clock(), stop.signals)
        for (index, plan) in configuration.connections.enumerated() { try verify(plan, isFirst: index == 0) }
    }

    package var exitStatus: ExitStatus {
        if !problems.isEmpty { return .unreachable }
        let isBroken = checks.contains { $0.outcome == .failed } || findings.contains { $0.outcome == .refuted }
        return isBroken || !violations.isEmpty ? .needsAction : .success
    }

    // MARK: Looking

    private mutating func verify(_ plan: Configuration.ConnectionPlan, isFirst: Bool) throws {
        let contractChecker = ContractChecker()
        let eventLogger = EventLogger(log, connection: plan.name, basePaths: assembly.basePaths(of: plan))
        let basePaths = assembly.basePaths(of: plan)
        var transports: [System: any Transport] = [:]
        let clients = try assembly.clients(
            of: plan,
            Assembly.Wiring(clock: clock) { [clock] system, transport in
                let tap = ExchangeTap(
                    system, of: plan.name, to: transport, clock: clock, mayBegin: { try clock.checkIn() },
                    tell: { exchange in
                        eventLogger.hear(exchange)
                        contractChecker.hear(exchange, basePath: basePaths[system]!)
                    })
                transports[system] = tap
                return tap
            })
        let look = self
        ask(plan) { try look.checkRackbeat(clients.rackbeat, plan, isFirst: isFirst) }
        ask(plan) { try look.checkOngoing(clients.ongoing, plan) }
        let writing = WritingProbes(location: plan.settings.location)
        if isFirst {
            let probeClient = probeClient(.rackbeat, plan, transports, contractChecker)
            try probe(probeClient, RackbeatProbes.reading, mayWrite ? writing.rackbeat : [:], of: nil)
        }
        let goodsOwner = plan.settings.goodsOwner
        try probe(
            probeClient(.ongoing, plan, transports, contractChecker), OngoingProbes(goodsOwner: goodsOwner).reading,
            mayWrite ? writing.ongoing(goodsOwner: goodsOwner) : [:], of: plan.name)
        for violation in contractChecker.violations where !violations.contains(violation) { violations.append(violation) }
    }

    /// A system that is unreachable does not prevent the check of the other.
    private mutating func ask(_ plan: Configuration.ConnectionPlan, _ body: () throws -> [Check]) {
        do {
            checks += try body()
        } catch {
            problems.append("connection \(plan.name): \(error)")
        }
    }

    private func checkRackbeat(
        _ client: RackbeatClient, _ plan: Configuration.ConnectionPlan, isFirst: Bool
    ) throws -> [Check] {
        var checks: [Check] = []
        if isFirst {
            let account = try client.account()
            let expected = assembly.configuration.general.rackbeat.account
            let name = "\(account.number)" + (account.companyName.map { " \($0)" } ?? "")
            checks.append(
                Check(
                    place: "Rackbeat account", outcome: expected.map { $0 == account.number } ?? true ? .ok : .failed,
                    text: expected.map { $0 == account.number } ?? true
                        ? name : "the token belongs to \(name), but 'rackbeat.account' says \(expected!)"))
        }
        let location = try client.location(plan.settings.location)
        checks.append(
            Check(
                place: "connection \(plan.name), location", outcome: location == nil ? .failed : .ok,
                text: location.map { "\($0.number)" + ($0.name.map { " \($0)" } ?? "") }
                    ?? "Rackbeat has no location \(plan.settings.location)"))
        return checks
    }

    private func checkOngoing(_ client: OngoingClient, _ plan: Configuration.ConnectionPlan) throws -> [Check] {
        let settings = plan.settings
        var checks: [Check] = []
        let place = "connection \(plan.name), "
        if let owners = try client.goodsOwners() {
            let name = owners[settings.goodsOwner]
            let others = owners.keys.sorted().map(String.init).joined(separator: ", ")
            checks.append(
                Check(
                    place: place + "goods owner", outcome: name == nil ? .failed : .ok,
                    text: name.map { "\(settings.goodsOwner) \($0)" }
                        ?? "the user does not reach goods owner \(settings.goodsOwner), but \(others.isEmpty ? "none" : others)"))
        } else {
            checks.append(
                Check(
                    place: place + "goods owner", outcome: .unknown,
                    text: "this warehouse's version of the API does not list goods owners"))
        }
        checks.append(
            statuses(
                place + "order statuses", try client.orderStatuses(),
                needed: [
                    ("shipped-status-from", settings.shippedStatusFrom), ("shipped-status-to", settings.shippedStatusTo),
                    ("cancelled-order-status", settings.cancelledOrderStatus),
                ]))
        checks.append(
            statuses(
                place + "purchase order statuses", try client.purchaseOrderStatuses(),
                needed: settings.completedStatuses.sorted().map { ("completed-statuses", $0) } + [
                    ("cancelled-purchase-status", settings.cancelledPurchaseStatus)
                ]))
        return checks
    }

    private func statuses(
        _ place: String, _ catalogue: [(number: Int, text: String)], needed: [(key: String, number: Int)]
    ) -> Check {
        let missing = needed.filter { need in !catalogue.contains { $0.number == need.number } }
        let shown = catalogue.sorted { $0.number < $1.number }.map { "\($0.number) \($0.text)" }.joined(separator: ", ")
        guard !missing.isEmpty else { return Check(place: place, outcome: .ok, text: shown) }
        let words = missing.map { "'\($0.key)' says \($0.number)" }.joined(separator: ", ")
        return Check(place: place, outcome: .failed, text: "\(words), but the warehouse has \(shown)")
    }

    // MARK: Probing

    private func probeClient(
        _ system: System, _ plan: Configuration.ConnectionPlan, _ transports: [System: any Transport],
        _ contractChecker: ContractChecker
    ) -> ProbeClient {
        let probeClient = ProbeClient(
            system, profile: system == .rackbeat ? assembly.rackbeatProfile : assembly.ongoingProfile(of: plan.name),
            transport: transports[system]!, clock: clock,
            rateLimiter: system == .rackbeat ? assembly.rackbeatRateLimiter : RateLimiter(calls: nil),
            basePath: assembly.endpoint(of: system, plan).basePath, headers: assembly.headers(for: system, plan))
        contractChecker.isProvoking = { [weak probeClient] in probeClient?.isProvoking ?? false }
        return probeClient
    }

    private mutating func probe(
        _ probeClient: ProbeClient, _ reading: [String: (ProbeClient) throws -> ProbeResult],
        _ writing: [String: (ProbeClient) throws -> ProbeResult],
        of connection: String?
    ) throws {
        for assumption in AssumptionLedger.standard.assumptions(about: probeClient.system) where !assumption.concernsFakeOnly {
            let assumed = probeClient.profile[assumption.key]
            let (outcome, seen) = try look(assumption, assumed, probeClient, reading[assumption.key] ?? writing[assumption.key])
            findings.append(
                Finding(connection: connection, assumption: assumption, assumed: assumed, outcome: outcome, seen: seen))
        }
    }

    private func look(
        _ assumption: Assumption, _ assumed: String, _ probeClient: ProbeClient, _ probe: ((ProbeClient) throws -> ProbeResult)?
    ) throws -> (Finding.Outcome, String) {
        guard let probe else {
            guard let how = assumption.probe else { return (.untested, "only \(probeClient.system.title) itself can tell") }
            if how.writes, !mayWrite { return (.untested, "needs --allow-writes: \(how.how)") }
            return (.untested, "by hand: \(how.how)")
        }
        do {
            switch try probe(probeClient) {
            case .choice(assumed): return (.confirmed, assumed)
            case .choice(let other): return (.refuted, other)
            case .inconclusive(let why): return (.untested, why)
            }
        } catch let failure as TransportFailure {
            return (.untested, "\(failure)")
        }
    }
}

/// Checks every exchange of a verification against the contract.
private final class ContractChecker {
    private(set) var violations: [Violation] = []
    /// Whether what is sent breaks the contract on purpose.
    var isProvoking: () -> Bool = { false }
    private let observer = Observer()

    func hear(_ exchange: Exchanged, basePath: String) {
        for violation in observer.violations(in: exchange, basePath: basePath) where !violations.contains(violation) {
            if violation.side == .request, isProvoking() { continue }
            violations.append(violation)
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
