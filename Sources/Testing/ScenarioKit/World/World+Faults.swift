import Exchange
import FakeKit
import Mutants
import OngoingFake
import RackbeatFake
import Simulation
import StrictYAML
import SyncCore
import Trade
import Units

/// The faults and crashes of a run.
extension World {
    func planCrash(_ value: Value, at place: Place) throws {
        let nth = value["nth"]?.int ?? 1
        var crash: CrashPlan =
            if let before = value["before"] {
                CrashPlan(.before, .exchange(before.exchange, nth: nth))
            } else if let after = value["after"] {
                CrashPlan(.after, .exchange(after.exchange, nth: nth))
            } else if let before = value["before-commit"] {
                CrashPlan(.before, .commit(nth: before.int))
            } else {
                CrashPlan(.after, .commit(nth: value.required("after-commit").int))
            }
        crash.pause = value["for"]?.duration
        plannedCrashes.append((network.crashes.add(crash), place))
    }

    func beginFault(_ value: Value, at place: Place) throws {
        var fault = Fault(value.required("match").exchange, value.required("fault").faultKind)
        if let response = value.required("fault").ownResponse { fault.response = response }
        fault.nth = value["nth"]?.int ?? 1
        if let times = value["times"] { fault.times = times.isAll ? nil : times.int }
        fault.connection = value["connection"]?.text
        fault.from = value["from"].map { moment(of: $0.time) }
        fault.until = value["until"].map { moment(of: $0.time) }
        if let retryAfter = value["retry-after"] { fault.retryAfter = retryAfter.duration }
        if let delay = value["delay"] { fault.delay = delay.duration }
        if let ahead = value["ahead"] { fault.ahead = ahead.duration }
        plannedFaults.append((fault, place))
        network.add(fault)
    }

    func endFaults() { network.removeFaults() }

    /// Ends the scenario's own faults: what a sweep injects is to happen all the same.
    func endOwnFaults() { network.removePlannedFaults() }

    /// Applies a mutant of a ledger, at the end of the run.
    func tamper() {
        guard let mutant = scenario.mutant.flatMap({ Mutant.named($0.text) }), case .ledger(let system) = mutant.act,
            let product = erpActor.fake.products.first
        else { return }
        switch system {
        case .rackbeat: erpActor.fake.ledger.tamper(product.number, at: plan.connections[0].location.text, by: 1)
        case .ongoing: warehouseActor.fake.ledger.tamper(product.number, at: String(plan.connections[0].goodsOwner), by: 1)
        }
    }

    /// The faults that were never applied, by their places among all planned ones.
    var unappliedFaultIndices: [Int] {
        let faulty = network.journal.entries.filter { $0.fault != nil }
        return plannedFaults.indices.filter { index in !faulty.contains { matches(plannedFaults[index].fault, $0) } }
    }

    /// Planned faults and crashes that never happened: such a scenario proves nothing.
    var unappliedFaults: [FailedExpectation] {
        // An injected fault may leave nothing for the scenario's own faults.
        guard runOptions.demands == .everything else { return [] }
        var idle: [FailedExpectation] = []
        let faulty = network.journal.entries.filter { $0.fault != nil }
        for (fault, place) in plannedFaults where !faulty.contains(where: { matches(fault, $0) }) {
            idle.append(
                FailedExpectation(
                    expectation: "fault", line: place.line, expected: "\(fault.kind.rawValue) on \(fault.match)",
                    found: "no exchange matched"))
        }
        // Those of the file. What a random case began in between may come to nothing.
        for (fault, place) in plannedFaults.prefix(faultsOfFile) {
            let applied = faulty.filter { matches(fault, $0) }
            guard !applied.isEmpty, let found = missingEffect(of: fault.kind, on: applied) else { continue }
            idle.append(
                FailedExpectation(
                    expectation: "fault", line: place.line,
                    expected: "\(fault.kind.rawValue) on \(fault.match) that has an effect", found: found))
        }
        // Two at one point are one crash, and both were applied.
        let idleCrashes = Set(network.crashes.unapplied)
        for (plan, place) in plannedCrashes.filter({ idleCrashes.contains($0.plan) }) {
            let isPause = network.crashes.isPause(plan)
            idle.append(
                FailedExpectation(
                    expectation: isPause ? "engine.pause" : "engine.crash", line: place.line,
                    expected: isPause ? "a pause" : "a crash",
                    found: "the engine never reached that point"))
        }
        return idle
    }

    /// What is missing of the fault's effect on at least one of its exchanges; `nil` when there was one.
    private func missingEffect(of kind: FaultKind, on applied: [Exchanged]) -> String? {
        switch kind {
        case .lateEffect:
            guard !applied.contains(where: { $0.served?.isSuccess ?? false }) else { return nil }
            return applied.compactMap { $0.served?.status }.last.map { "it was refused with \($0)" }
                ?? "nothing came before the end"
        case .duplicatedRequest, .duplicatedLater:
            let numbers = Set(applied.map(\.number))
            let cameAgain = network.journal.entries.contains { exchange in
                guard case .secondDelivery(let number)? = exchange.fault as? AppliedFault else { return false }
                return numbers.contains(number)
            }
            return cameAgain ? nil : "no second delivery came before the end"
        case .filterIgnored, .endlessList, .endlessRows: return nil  // The system itself responds, to another request.
        default:
            let served = applied.filter { $0.served != nil }
            guard kind.isCarriedOut, !served.isEmpty, served.allSatisfy({ $0.outcome == .response($0.served!) }) else {
                return nil
            }
            return "every response came as it was sent"
        }
    }

    private func matches(_ fault: Fault, _ exchange: Exchanged) -> Bool {
        exchange.faultKind == fault.kind
            && fault.match.matches(
                exchange.system, exchange.request.method, path: exchange.request.path(behind: basePaths[exchange.system]))
    }
}

extension Value {
    /// `all`, where a number could stand.
    fileprivate var isAll: Bool {
        if case .text = content { true } else { false }
    }
}
