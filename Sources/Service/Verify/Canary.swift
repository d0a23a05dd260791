import ClientKit
import Exchange
import JSON
import SyncCore
import SyncEngine
import Trade
import Units

/// What a canary may do, as the operator says.
package struct CanaryPlan: Sendable, Equatable {
    /// The goods owners that the configuration names.
    package var allowed: Set<Int>
    /// The goods owner whose number the operator gave for this run.
    package var confirmed: Int?
    package var maxWrites: Int

    package init(allowed: Set<Int>, confirmed: Int?, maxWrites: Int) {
        self.allowed = allowed
        self.confirmed = confirmed
        self.maxWrites = maxWrites
    }
}

/// Writes documents of its own to both systems, reads them back, and removes them: what reading alone cannot tell.
///
/// Everything it makes bears one prefix. What is removed is found by that prefix, in the systems and not in memory: so the run after a
/// crash, a lost response or Ctrl-C removes what is left just as this one does at its end. No shipment, receipt or adjustment is booked, and
/// no product that was there before is touched.
final class Canary {
    static let prefix = "TANDEM-CANARY-"

    /// Whether a document or an article is one of a canary: what people dealt with stays in the warehouse, and is nothing to compare.
    static func isOwn(_ number: String) -> Bool { number.hasPrefix(prefix) }

    var kinds: [ReadinessFinding.Kind] = []
    /// What it saw, by system and key of the ledger.
    var seen: [System: [String: ProbeResult]] = [:]

    let plan: CanaryPlan
    let people: OperatorPlan?
    let settings: ConnectionSettings
    let clients: EngineFactory.Clients
    let rackbeat: ProbeClient
    let warehouse: ProbeClient
    let budget: WriteBudget
    let clock: any Clock
    let progress: AuditProgress

    let product = Canary.prefix + "PRODUCT"
    let article = Canary.prefix + "ARTICLE"
    /// What was made on the way, for further questions.
    var cancelledOrder: (id: WarehouseID, body: JSON)?
    var lineWithoutLocation: (order: String, line: JSON)?
    var purchaseOrder: String?
    /// The path of a draft receipt's line.
    var receiptLine: String?
    /// `nil` until an adjustment was created.
    var adjustmentsAreDrafts: Bool?
    /// What people have dealt with to the end.
    var stays: [String] = []
    /// What people have begun, so that no call removes it; as it was when it was looked for last.
    var workedOn: [String] = []
    let reason = Canary.prefix + "ADJUSTMENT"

    init(
        _ plan: CanaryPlan, _ people: OperatorPlan?, _ connection: Configuration.ConnectionPlan, _ clients: EngineFactory.Clients,
        _ raw: [System: ProbeClient], _ budget: WriteBudget, clock: any Clock, progress: @escaping AuditProgress
    ) {
        self.plan = plan
        self.people = people
        keptForPeople = people == nil ? 0 : Self.writesForPeople
        settings = connection.settings
        self.clients = clients
        rackbeat = raw[.rackbeat]!
        warehouse = raw[.ongoing]!
        self.budget = budget
        self.clock = clock
        self.progress = progress
    }

    func run() throws {
        guard plan.allowed.contains(settings.goodsOwner) else {
            return kinds.append(.canaryRefused(.notAllowed(goodsOwner: settings.goodsOwner)))
        }
        guard plan.confirmed == settings.goodsOwner else {
            return kinds.append(.canaryRefused(.notConfirmed(goodsOwner: settings.goodsOwner)))
        }
        let swept = try sweepUp()
        if !swept.isEmpty { kinds.append(.canarySweptUp(swept)) }
        let before = budget.used
        // Each group leaves enough of the budget to remove what it makes.
        try step("warehouse order and purchase order", writes: 7, tryWarehouse)
        try step("test product and adjustment in Rackbeat", writes: 4, tryAdjustment)
        try step("shipment draft in Rackbeat", writes: 6, tryShipment)
        try step("receipt draft in Rackbeat", writes: 4, tryReceipt)
        try tryMore()
        _ = try sweepUp()
        if let people {
            // After what the canary can tell alone: nobody is asked for a warehouse that refuses documents.
            (reserved, keptForPeople) = (0, 0)
            if isSound { try tryWithOperator(people) } else { kinds.append(.peopleNotAsked) }
            _ = try sweepUp()
        }
        let left = try leftovers()
        if !left.isEmpty { kinds.append(.canaryLeft(left.map(\.name))) }
        if !(stays + workedOn).isEmpty { kinds.append(.operatorLeaves(stays + workedOn)) }
        if isSound { kinds.append(.canaryRan(writes: budget.used - before)) }
    }

    /// Whether nothing has failed so far or was left out.
    private var isSound: Bool {
        kinds.allSatisfy { ![.failure, .unknown].contains(ReadinessFinding(.canary, nil, $0).severity) }
    }

    /// A step that fails ends itself only; what it made is removed at the end.
    func step(_ name: String, writes: Int, _ body: () throws -> Void) throws {
        progress("canary: \(name)", 0)
        guard reaches(writes) else {
            return kinds.append(.canaryBudget(step: name, most: plan.maxWrites))
        }
        do {
            try body()
        } catch let error as ExchangeError {
            kinds.append(.canaryFailed(step: name, reason: error.description))
        } catch let failure as TransportFailure {
            kinds.append(.canaryFailed(step: name, reason: "\(failure)"))
        } catch let failure as StepFailure {
            kinds.append(.canaryFailed(step: name, reason: failure.reason))
        } catch is WriteBudgetSpent {
            kinds.append(.canaryFailed(step: name, reason: "the budget of \(plan.maxWrites) writes is spent"))
        }
    }

    struct StepFailure: Error {
        let reason: String
    }

    /// Whether the budget is enough to send so many, and to remove everything afterwards.
    func reaches(_ writes: Int) -> Bool { budget.left >= writes + reserved + keptForPeople }

    /// The writes that the documents take which people work on.
    private var keptForPeople: Int

    /// The writes that removing what earlier steps made will take, beyond those that each step counts for itself.
    var reserved = 0

    func see(_ system: System, _ key: String, _ result: ProbeResult) { seen[system, default: [:]][key] = result }
}
