import Contract
import Exchange
import HTTPTypes
import Invariants
import JSON
import Mutants
import Simulation
import SyncEngine

/// The members that stood in the exchanges of one run.
struct Traffic: Sendable {
    struct Sighting: Sendable {
        /// Whether it was a number, a text or a yes or no at least once.
        var isScalar = false
        /// Whether it had two values.
        var varies = false
        fileprivate var first: JSON?
    }

    private(set) var members: [ExchangeMember: Sighting] = [:]
    /// Bodies that were read before: the same one of another operation has members of its own.
    private var known: Set<Body> = []

    private struct Body: Hashable {
        let operation: String
        let part: ExchangeMember.Part
        let bytes: [UInt8]
    }

    /// Reads what the engine sent and what it received.
    mutating func read(_ exchange: Exchanged, basePath: String) {
        let request = exchange.request
        guard let operation = Observer.operation(of: request, to: exchange.system, basePath: basePath) else { return }
        func member(_ part: ExchangeMember.Part, _ name: String) -> ExchangeMember {
            ExchangeMember(exchange.system, operation, part, name)
        }
        let segments = request.path(behind: basePath).split(separator: "/")
        for (place, name) in (operation.split(separator: " ").last?.split(separator: "/") ?? []).enumerated()
        where name.hasPrefix("{") && segments.indices.contains(place) {
            see(member(.path, String(name.dropFirst().dropLast())), .string(PercentEncoding.decode(segments[place])))
        }
        for parameter in Query(parsing: request.queryText ?? "").parameters {
            see(member(.query, parameter.name), .string(parameter.value))
        }
        func isNew(_ bytes: [UInt8], _ part: ExchangeMember.Part) -> Bool {
            known.insert(Body(operation: "\(exchange.system) \(operation)", part: part, bytes: bytes)).inserted
        }
        if !request.body.isEmpty, isNew(request.body, .body) {
            (try? JSON.parse(request.body))?.visitMembers { see(member(.body, $0), $1) }
        }
        if case .response(let response) = exchange.outcome, response.isSuccess, isNew(response.body, .response) {
            (try? JSON.parse(response.body))?.visitMembers { see(member(.response, $0), $1) }
        }
    }

    private mutating func see(_ member: ExchangeMember, _ value: JSON) {
        guard value.isScalar else {
            if members[member] == nil { members[member] = Sighting() }
            return
        }
        var sighting = members[member] ?? Sighting()
        sighting.isScalar = true
        if let first = sighting.first { if first != value { sighting.varies = true } } else { sighting.first = value }
        members[member] = sighting
    }
}

extension Traffic.Sighting {
    /// Whether that alteration changes anything in the run.
    func takes(_ alteration: GeneratedMutant.Alteration) -> Bool {
        switch alteration {
        case .dropped: true
        case .altered: isScalar
        case .frozen, .neighbour: varies
        }
    }
}

/// How a run ended, and what the engine did to get there. Two runs of one scenario with the same are the same for everybody.
struct RunEnd: Sendable, Equatable {
    /// What the engine sent, and when.
    var sent: EventDigest
    var rackbeat: RackbeatSnapshot
    var ongoing: OngoingSnapshot
    var parked: [String]
    var findings: [RecordedFinding]

    init(of world: World) throws {
        sent = world.host.sent
        rackbeat = world.rackbeatSnapshot
        ongoing = world.ongoingSnapshot
        parked = try world.host.journal.parked().map { "\($0.connection) \($0.job) \($0.subject): \($0.reason)" }
        findings = try world.findings()
    }
}

/// A run of the shipped scenarios that a defect may turn red.
struct Subject: Sendable {
    let scenario: Scenario
    let variant: Scenario.Variant
    var exchanges = 0
    var members: [ExchangeMember: Traffic.Sighting] = [:]
    var end: RunEnd?
    /// Why it cannot notice anything: it is red without a defect.
    var problem: String?

    var title: String { RunTitle.of(scenario.title, variant: variant.name) }
}
