import FakeKit
import Simulation
import StrictYAML
import SyncCore
import SyncEngine
package import Units

extension World {
    /// Takes the steps in order, then lets trouble end and the schedule run on if the scenario says so.
    func play(afterEachStep look: () throws -> Void = {}) throws {
        for (index, step) in scenario.steps.enumerated() {
            let struck = network.injectedFaultsApplied
            try take(step, index)
            if let trouble { throw trouble }
            if network.injectedFaultsApplied > struck, try runOptions.peopleWait || host.isYetToCompareStock() {
                waits[index + 1] = sinceStart + bound
                try runSchedule(for: bound, after: step)
            }
            try look()
        }
        if runOptions.settles || scenario.settle != nil { try settle() }
        tamper()
        if runOptions.steps == .leftAtOnce {
            stepsLeft += waiting.keys.sorted()
            waiting = [:]
        }
        if let step = waiting.min(by: { $0.key < $1.key })?.value {
            throw problem(
                step.place,
                "this step was never taken: the scenario ended \((clock.now() - plan.startedAt).forPeople) after its start; "
                    + "let time pass with wait, run-until or settle")
        }
    }

    /// - Parameter index: The step's place in the list, or any number that no waiting step has.
    func take(_ step: Step, _ index: Int) throws {
        guard let time = step.time else { return try takeNow(step, index) }
        let moment = moment(of: time)
        if runOptions.steps == .leftAtOnce, moment < clock.now() { return stepsLeft.append(index) }
        // Where people had to wait for the engine, what they meant to do by now is done late.
        guard moment >= clock.now() || runOptions.steps != .asWritten else {
            throw problem(
                step.place,
                "this time has passed: the clock shows \((clock.now() - plan.startedAt).forPeople) after the start here")
        }
        waiting[index] = step
        takeAt(moment, step, index, planned: moment, triedUntil: max(moment, clock.now()) + bound)
    }

    private func takeNow(_ step: Step, _ index: Int) throws {
        let end = clock.now() + bound
        var waitedUntil: Duration?
        while true {
            do {
                try guarding(step.place) { try step.kind.run(self, step) }
                if let waitedUntil { waits[index] = waitedUntil }
                return
            } catch let problem as Problem {
                guard runOptions.steps != .asWritten else { throw problem }
                guard clock.now() < end, runOptions.steps != .leftAtOnce else {
                    if let waitedUntil { waits[index] = waitedUntil }
                    return try leave(index, problem)
                }
            }
            let slice = min(.seconds(60), end - clock.now())
            waitedUntil = sinceStart + slice
            try runSchedule(for: slice, after: step)
            if let trouble { throw trouble }
        }
    }

    private func takeAt(_ moment: Moment, _ step: Step, _ index: Int, planned: Moment, triedUntil end: Moment) {
        clock.at(moment) { [unowned self] in
            do {
                do {
                    try guarding(step.place) { try step.kind.run(self, step) }
                    if clock.now() > planned { late[index] = sinceStart }
                } catch let problem as Problem {
                    guard runOptions.steps != .asWritten else { throw problem }
                    guard clock.now() >= end || runOptions.steps == .leftAtOnce else {
                        return takeAt(clock.now() + .seconds(60), step, index, planned: planned, triedUntil: end)
                    }
                    try leave(index, problem)
                }
                waiting[index] = nil
            } catch let problem as Problem {
                waiting[index] = nil
                // The engine that waits meanwhile has nothing to do with it; the run ends when it comes back.
                trouble = trouble ?? problem
            }
        }
    }

    /// Nobody could take the step within the bound.
    private func leave(_ index: Int, _ problem: Problem) throws {
        guard runOptions.steps == .leftInTheEnd || runOptions.steps == .leftAtOnce else {
            throw Problem(
                file: problem.file, place: problem.place,
                text: "\(problem.text) It was tried again for \(bound.forPeople) while the schedule ran on.")
        }
        stepsLeft.append(index)
    }

    /// Says of a step that could not be taken where it stands.
    private func guarding(_ place: Place, _ act: () throws -> Void) throws {
        do { try act() } catch let error as ActionError {
            throw problem(place, "this step cannot be taken: \(error)")
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
        if end < clock.now(), runOptions.steps == .triedAgain || runOptions.steps == .leftInTheEnd { return }
        guard end >= clock.now() else {
            throw ActionError("it would run until a time that has passed, \((clock.now() - end).forPeople) ago.")
        }
        try host.run(until: end)
    }

    private func runSchedule(for duration: Duration, after step: Step?) throws {
        try runSchedule(to: clock.now() + duration, after: step)
    }

    private func runSchedule(to end: Moment, after step: Step?) throws {
        try guarding(step?.place ?? .start) { try host.run(until: end) }
        if let trouble { throw trouble }
    }

    /// How long after the end of trouble both sides may differ: two periods of the slowest job, so that each has begun and ended
    /// one that no trouble touched, and the longest pause the engine makes before it tries something again.
    var bound: Duration { twoPeriods + Engine.longestBackOff }

    /// Two periods of the slowest job.
    var twoPeriods: Duration {
        let periods = host.settings.flatMap { settings in Job.allCases.map { settings.schedule[$0] } }
        return (periods.max() ?? .zero) * 2
    }

    /// Trouble ends, and the schedule runs on for as long as the scenario says, or for the bound.
    private func settle() throws {
        endTrouble()
        let (began, last) = (clock.now(), scenario.steps.last)
        func settle(for duration: Duration) throws {
            settled = duration
            try runSchedule(to: began + duration, after: last)
        }
        guard runOptions.settles else { return try settle(for: scenario.settle ?? .zero) }
        let longest = max(bound, scenario.settle ?? .zero)
        try settle(for: max(twoPeriods, scenario.settle ?? .zero))
        // Where nothing waits to be tried again, the rest of the bound is more of the same.
        while clock.now() - began < longest, try host.hasUnfinishedBusiness() {
            try settle(for: min(clock.now() - began + .seconds(300), longest))
        }
    }

    private func endTrouble() {
        underWay = (network.journal.count, network.crashes.commits, clock.now())
        endFaults()
        erpActor.restoreToken()
        warehouseActor.restoreAccess()
    }

    /// The same for a rehearsal, whose scenario is to say afterwards for how long.
    ///
    /// - Parameter least: For how long in any case. Beyond that only while something waits to be tried again, up to the bound.
    /// - Returns: how long it took.
    func settle(forAtLeast least: Duration) throws -> Duration {
        endTrouble()
        let began = clock.now()
        var end = began + least
        try host.run(until: end)
        while end - began < bound, try host.hasUnfinishedBusiness() {
            end = max(end, clock.now()) + .seconds(300)
            try host.run(until: end)
        }
        tamper()
        return end - began
    }
}
