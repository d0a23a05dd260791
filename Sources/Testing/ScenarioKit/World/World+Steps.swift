import FakeKit
import Invariants
import Simulation
import StrictYAML
import SyncCore
import SyncEngine
package import Units

extension World {
    /// Takes the steps in order, then ends all faults and lets the schedule run on if the scenario says so.
    func run(afterEachStep look: () throws -> Void = {}) throws {
        for (index, step) in scenario.steps.enumerated() {
            let applied = network.injectedFaultsApplied
            try take(step, index)
            if let failedStep { throw failedStep }
            if network.injectedFaultsApplied > applied, try runOptions.actorsWait || host.isYetToCompareStock() {
                waits[index + 1] = sinceStart + settlingTime
                try runSchedule(for: settlingTime, after: step)
            }
            try awaitStockSync(after: step)
            try look()
        }
        if runOptions.settles || scenario.settle != nil { try settle() }
        tamper()
        if runOptions.steps == .skipped {
            skippedSteps += waiting.keys.sorted()
            waiting = [:]
        }
        if let step = waiting.min(by: { $0.key < $1.key })?.value {
            throw problem(
                step.place,
                "this step was not taken: the scenario ended \((clock.now() - plan.startedAt).forPeople) after its start. "
                    + "Let time pass with wait, run-until or settle.")
        }
    }

    /// People who wait move no goods before both sides were compared.
    private func awaitStockSync(after step: Step) throws {
        guard let longestWait = runOptions.longestWait else { return }
        let end = clock.now() + longestWait
        while try host.hasRun && host.isYetToCompareStock(), clock.now() < end { try runSchedule(for: .seconds(60), after: step) }
    }

    /// - Parameter index: The step's place in the list, or a number that no waiting step has.
    func take(_ step: Step, _ index: Int) throws {
        guard let time = step.time else { return try takeNow(step, index) }
        let moment = moment(of: time)
        if runOptions.steps == .skipped, moment < clock.now() { return skippedSteps.append(index) }
        // Where the actors had to wait for the engine, they take the step late.
        guard moment >= clock.now() || runOptions.steps != .asWritten else {
            throw problem(
                step.place,
                "this time has passed: the run is \((clock.now() - plan.startedAt).forPeople) after its start here")
        }
        waiting[index] = step
        takeAt(moment, step, index, planned: moment, triedUntil: max(moment, clock.now()) + longestWait)
    }

    private func takeNow(_ step: Step, _ index: Int) throws {
        let end = clock.now() + longestWait
        var waitedUntil: Duration?
        while true {
            do {
                try locating(step.place) { try perform(step) }
                if let waitedUntil { waits[index] = waitedUntil }
                return
            } catch let problem as StepProblem {
                guard runOptions.steps != .asWritten else { throw problem }
                guard clock.now() < end, runOptions.steps != .skipped else {
                    if let waitedUntil { waits[index] = waitedUntil }
                    return try skip(index, problem)
                }
            }
            let slice = min(.seconds(60), end - clock.now())
            waitedUntil = sinceStart + slice
            try runSchedule(for: slice, after: step)
            if let failedStep { throw failedStep }
        }
    }

    private func takeAt(_ moment: Moment, _ step: Step, _ index: Int, planned: Moment, triedUntil end: Moment) {
        clock.at(moment) { [unowned self] in
            do {
                do {
                    try locating(step.place) { try perform(step) }
                    if clock.now() > planned { late[index] = sinceStart }
                } catch let problem as StepProblem {
                    guard runOptions.steps != .asWritten else { throw problem }
                    guard clock.now() >= end || runOptions.steps == .skipped else {
                        return takeAt(clock.now() + .seconds(60), step, index, planned: planned, triedUntil: end)
                    }
                    try skip(index, problem)
                }
                waiting[index] = nil
            } catch let problem as StepProblem {
                waiting[index] = nil
                // The engine that waits meanwhile is not the cause. The run ends when it returns.
                failedStep = failedStep ?? problem
            }
        }
    }

    /// The step could not be taken in time.
    private func skip(_ index: Int, _ step: StepProblem) throws {
        guard runOptions.steps == .retriedThenSkipped || runOptions.steps == .skipped else {
            throw StepProblem(
                problem: problem(
                    step.problem.place,
                    "\(step.problem.text) It was retried for \(longestWait.forPeople) while the schedule ran."))
        }
        skippedSteps.append(index)
    }

    /// Adds the place in the file to the error of a step that could not be taken.
    private func locating(_ place: Place, _ act: () throws -> Void) throws {
        do { try act() } catch let error as ActionError {
            throw StepProblem(problem: problem(place, "this step cannot be taken: \(error)"))
        }
    }

    func problem(_ place: Place, _ text: String) -> Problem { Problem(file: scenario.path, place: place, text: text) }

    // MARK: Time

    private var sinceStart: Duration { clock.now() - plan.startedAt }

    package func moment(of time: TimePoint) -> Moment {
        switch time {
        case .sinceStart(let duration): return plan.startedAt + duration
        case .moment(let moment): return moment
        case .timeOfDay(let minutes):
            let today = clock.now().date(in: .copenhagen)
            for days in 0...1 {
                let wall = today.adding(days: days).daysSince1970 * 86_400 + Int64(minutes) * 60
                let moment = Moment(wallSeconds: wall, zone: .copenhagen)
                if moment >= clock.now() { return moment }
            }
            preconditionFailure("tomorrow has every time of day")
        }
    }

    func wait(for duration: Duration) throws { try clock.wait(for: duration) }

    func runSchedule(until time: TimePoint) throws {
        let end = moment(of: time)
        if end < clock.now(), runOptions.steps == .retried || runOptions.steps == .retriedThenSkipped { return }
        guard end >= clock.now() else {
            throw ActionError("its time passed \((clock.now() - end).forPeople) ago.")
        }
        try onSchedule { try host.run(until: end) }
    }

    private func runSchedule(for duration: Duration, after step: Step?) throws {
        try runSchedule(to: clock.now() + duration, after: step)
    }

    private func runSchedule(to end: Moment, after step: Step?) throws {
        try locating(step?.place ?? .start) { try onSchedule { try host.run(until: end) } }
        if let failedStep { throw failedStep }
    }

    /// How long after the end of all faults both sides may differ: two periods of the slowest job, so that each job has begun and
    /// ended once without a fault, and the longest pause of the engine before a retry.
    var settlingTime: Duration { twoPeriods + Engine.longestBackOff }

    /// How long people wait for what they cannot do yet.
    private var longestWait: Duration { runOptions.longestWait ?? settlingTime }

    /// Two periods of the slowest job.
    var twoPeriods: Duration {
        let periods = host.settings.flatMap { settings in Job.ofRound.map { settings.schedule[$0] } }
        return (periods.max() ?? .zero) * 2
    }

    /// Ends all faults, and lets the schedule run for as long as the scenario says, or for the settling time.
    private func settle() throws {
        endAllDisturbances()
        let (began, last) = (clock.now(), scenario.steps.last)
        func settle(for duration: Duration) throws {
            settled = duration
            try runSchedule(to: began + duration, after: last)
        }
        guard runOptions.settles else { return try settle(for: scenario.settle ?? .zero) }
        let longest = max(settlingTime, scenario.settle ?? .zero)
        try settle(for: max(twoPeriods, scenario.settle ?? .zero))
        // Where nothing is left to retry, the rest of the settling time changes nothing.
        while clock.now() - began < longest, try host.hasOpenWork() {
            try settle(for: min(clock.now() - began + .seconds(300), longest))
        }
    }

    private func endAllDisturbances() {
        beforeSettling = (network.journal.count, network.crashes.commits, clock.now())
        endFaults()
        erpActor.restoreToken()
        warehouseActor.restoreAccess()
    }

    /// The same for a recorder, which writes into the scenario how long it took.
    ///
    /// - Parameter least: The minimum. Beyond it only while something is left to retry, up to the settling time.
    /// - Returns: how long it took.
    func settle(forAtLeast least: Duration) throws -> Duration {
        endAllDisturbances()
        let began = clock.now()
        var end = began + least
        try onSchedule { try host.run(until: end) }
        while end - began < settlingTime, try host.hasOpenWork() {
            end = max(end, clock.now()) + .seconds(300)
            try onSchedule { try host.run(until: end) }
        }
        tamper()
        return end - began
    }
}

/// A step that the world does not allow when it is due, such as the pick of an order that has not arrived. Whether the scenario or
/// the engine is to blame is told by the invariants.
struct StepProblem: Error {
    let problem: Problem
}
