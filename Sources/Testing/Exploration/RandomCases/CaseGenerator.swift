import RackbeatFake
package import ScenarioKit
import Simulation
import StrictYAML
import SyncCore
package import SyncEngine
import Units

/// Generates a random test case from a seed and runs it: a world, what people do, when the engine runs, and which faults occur. At
/// the end all faults stop, the schedule runs on, and the invariants judge.
///
/// The case is recorded as a scenario. Run as such, it takes the same steps at the same moments and has the same digest.
package final class CaseGenerator {
    package struct RandomCase: Sendable {
        package let seed: UInt64
        package let options: CaseOptions
        package let scenario: Scenario
        package let run: ScenarioRun
    }

    private let seed: UInt64
    private let options: CaseOptions
    private let recorder: ScenarioRecorder
    private let world: CaseWorld
    private var actions: CaseActions
    private var faults: CaseFaults
    /// When things happen.
    private var timing: SeededRandom
    /// What happens to webhooks.
    private var webhooks: SeededRandom
    /// When the engine stands still for days, and when both systems are compared.
    private var standstills: SeededRandom
    private var actionsLeft: Int
    /// Whether the engine has had its time without faults, and has compared both systems then.
    private var isCompared = false

    /// - Parameters:
    ///   - mutant: The name of a mutant; `nil`: the unmodified engine.
    ///   - journal: An empty one in memory; `nil`: the run makes one.
    ///   - atEnd: Gets the world after it was judged.
    /// - Throws: When the generated world cannot be set up, which is a defect of the generator.
    package static func generate(
        seed: UInt64, options: CaseOptions? = nil, mutant: String? = nil, journal: Journal? = nil,
        atEnd: (@Sendable (World) throws -> Void)? = nil
    ) throws -> RandomCase {
        let generator = try CaseGenerator(
            seed: seed, options: options ?? CaseOptions(seed: seed), mutant: mutant, journal: journal, atEnd: atEnd)
        let (scenario, run) = generator.run()
        return RandomCase(seed: seed, options: generator.options, scenario: scenario, run: run)
    }

    private init(
        seed: UInt64, options: CaseOptions, mutant: String?, journal: Journal?, atEnd: (@Sendable (World) throws -> Void)?
    ) throws {
        self.seed = seed
        self.options = options
        var world = CaseWorld(
            options: options, random: .stream(.world, of: seed), clocks: .stream(.clocks, of: seed),
            settings: .stream(.settings, of: seed))
        let value = world.draw()
        self.world = world
        let name = "seed-\(seed)"
        recorder = try ScenarioRecorder(
            Scenario(
                path: "\(name).yaml", title: name, seed: seed, world: value, steps: [], mutant: mutant.map { .text($0) }),
            journal: journal, atEnd: atEnd)
        actions = CaseActions(
            options: options, world: world, recorder: recorder, random: .stream(.people, of: seed),
            rareRandom: .stream(.rareActions, of: seed), besideRandom: .stream(.actionsBeside, of: seed),
            handRandom: .stream(.actionsByHand, of: seed))
        faults = CaseFaults(
            options: options, random: .stream(.faults, of: seed), disturbances: .stream(.disturbances, of: seed),
            listRandom: .stream(.listFaults, of: seed))
        standstills = .stream(.standstills, of: seed)
        timing = .stream(.times, of: seed)
        webhooks = .stream(.webhooks, of: seed)
        actionsLeft = options.actions
    }

    private func run() -> (scenario: Scenario, run: ScenarioRun) {
        // Stock sync compares both systems before it starts, and people's earlier actions would make them differ. The second round
        // finds what a stale list hid from the first.
        if options.has(.stockSync) {
            recorder.take("engine.sync")
            recorder.take("wait", .duration(.seconds(60)))
            recorder.take("engine.sync")
        }
        // A phase in which nothing could be done counts too, so the case ends.
        for _ in 0..<40 where actionsLeft > 0 && !recorder.hasFailed { runPhase() }
        let now = recorder.now - recorder.startedAt
        // Faults end after the last scheduled action.
        if recorder.latest >= now { recorder.take("run-until", .time(recorder.latest + .seconds(1))) }
        if options.has(.handBookings) { compare() }
        let (scenario, run) = recorder.conclude(settle: settle, summary: "Seed \(seed): \(options.text).")
        return (scenario, run)
    }

    /// Two periods of the slowest job, plus the time in which a job may not run at all: ten minutes after two refusals of its
    /// credentials in a row, an hour after more of them, one minute after a crash, and as long as the engine's process may stand still.
    private var settle: Duration {
        guard !isCompared else { return recorder.twoRounds + .seconds(120) }
        let pause = options.has(.lostAccess) ? 70 : recorder.faultsApplied > 0 ? 12 : options.has(.crashes) ? 2 : 0
        let standstill = options.has(.disturbances) ? CaseFaults.longestPause : 0
        return recorder.twoRounds + .seconds(60 * pause + standstill)
    }

    /// What people do by hand shows in no list, and only the comparison finds it. What kept the engine from working is over by then, but
    /// for a crash that is still to come: the second comparison makes up for the first.
    private func compare() {
        recorder.take("fault.end")
        recorder.take("run-until", .time(recorder.now - recorder.startedAt + settle))
        for _ in 0..<2 { recorder.take("engine.reconcile") }
        isCompared = true
    }

    // MARK: A phase

    /// Some actions, now or while the engine runs, and then a run of the engine.
    private func runPhase() {
        for (word, argument) in faults.draw() { recorder.take(word, argument) }
        let isRound = timing.percent(60)
        let length: Duration = isRound ? .seconds(3) : timing.duration(1...12, of: .seconds(60))
        actions.focus = nil
        let count = min(actionsLeft, timing.whole(1...6))
        actionsLeft -= count
        for _ in 0..<count {
            if timing.percent(40) {
                if let (word, argument) = actions.draw() { take(word, argument) }
            } else {
                schedule(after: timing.percent(50) ? timing.duration(0...300, of: .milliseconds(10)) : moment(within: length))
            }
        }
        runEngine(isRound, length)
    }

    /// A moment of the phase; often one at which a job may be running.
    private func moment(within length: Duration) -> Duration {
        guard length > .seconds(60), timing.percent(60) else {
            return timing.duration(0...max(1, length.milliseconds / 100), of: .milliseconds(100))
        }
        let minutes = Int(timing.draw(0...max(0, length.milliseconds / 60_000 - 1)))
        return .seconds(60 * minutes) + timing.duration(0...40, of: .milliseconds(100))
    }

    /// Schedules an action; sometimes the ERP and the warehouse work on one order at the same time.
    private func schedule(after delay: Duration) {
        let time = recorder.now - recorder.startedAt + delay
        recorder.schedule(after: time) { [unowned self] in
            actions.focus = nil
            return actions.draw()
        }
        guard options.has(.sameSecond), timing.percent(25) else { return }
        let gap = timing.duration(0...9, of: .milliseconds(100))
        for (index, isERP) in [true, false].enumerated() {
            recorder.schedule(after: time + gap * index) { [unowned self] in
                actions.focus = actions.focus ?? actions.latestOpenOrder
                return isERP ? actions.erpActor() : actions.warehouseActor()
            }
        }
    }

    private func take(_ word: String, _ argument: Value?) {
        guard recorder.take(word, argument), options.has(.webhooks) else { return }
        // A webhook is only a hint: it may be lost, late, repeated, out of order, or about something that never happened.
        for _ in 0..<webhooks.pick([0, 1, 1, 2]) {
            let job = webhooks.pick(Job.ofRound)
            let connection = webhooks.pick(recorder.connections).name
            let isLate = webhooks.percent(50)
            let nudge = Value.record([("job", .text(job.rawValue)), ("connection", .text(connection))])
            guard isLate else {
                recorder.take("engine.nudge", nudge)
                continue
            }
            let time = recorder.now - recorder.startedAt + webhooks.duration(1...600, of: .milliseconds(500))
            recorder.schedule(after: time) { ("engine.nudge", nudge) }
        }
    }

    private func runEngine(_ isRound: Bool, _ length: Duration) {
        // A long weekend without the engine, and people go on all the same.
        if options.has(.standstills), standstills.percent(15) {
            recorder.take("wait", .duration(.seconds(3600 * standstills.whole(13...96))))
        }
        if options.has(.comparisons), standstills.percent(20) { recorder.take("engine.reconcile") }
        if isRound {
            recorder.take("engine.sync")
        } else if timing.percent(15) {
            recorder.take("wait", .duration(length))
        } else if timing.percent(15) {
            let job = timing.pick(Job.ofRound)
            let connection = timing.pick(recorder.connections).name
            recorder.take("engine.run", .record([("job", .text(job.rawValue)), ("connection", .text(connection))]))
        } else {
            recorder.take("run-until", .time(recorder.now - recorder.startedAt + length))
        }
    }
}

extension CaseActions {
    /// An order that both the ERP and the warehouse can still work on.
    fileprivate var latestOpenOrder: Int? {
        recorder.rackbeat.orders.last { $0.state == .booked || $0.state == .draft }?.number
    }
}
