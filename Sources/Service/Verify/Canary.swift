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

    var kinds: [ReadinessFinding.Kind] = []
    /// What it saw, by system and key of the ledger.
    var seen: [System: [String: ProbeResult]] = [:]

    let plan: CanaryPlan
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
    let reason = Canary.prefix + "ADJUSTMENT"

    init(
        _ plan: CanaryPlan, _ connection: Configuration.ConnectionPlan, _ clients: EngineFactory.Clients,
        _ raw: [System: ProbeClient], _ budget: WriteBudget, clock: any Clock, progress: @escaping AuditProgress
    ) {
        self.plan = plan
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
        let left = try leftovers()
        if !left.isEmpty { kinds.append(.canaryLeft(left.map(\.name))) }
        if kinds.allSatisfy({ if case .canarySweptUp = $0 { true } else { false } }) {
            kinds.append(.canaryRan(writes: budget.used - before))
        }
    }

    /// A step that fails ends itself only; what it made is removed at the end.
    func step(_ name: String, writes: Int, _ body: () throws -> Void) throws {
        progress("canary: \(name)", 0)
        guard budget.left >= writes + reserved else {
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

    /// The writes that removing what earlier steps made will take, beyond those that each step counts for itself.
    var reserved = 0

    func see(_ system: System, _ key: String, _ result: ProbeResult) { seen[system, default: [:]][key] = result }
}
