import Exchange
import Invariants
import Simulation
import SyncCore
import SyncEngine
import Units

/// Looks at both sides while the run goes on: when a round ends, and when a job was due for what people did.
extension World {
    /// How often at most in one run, so that a year does not take all day.
    private static let mostLooks = 40
    /// What a run of a job may take beside its calls.
    private static let slack = Duration.seconds(60)

    // MARK: Work

    /// Lets the engine run every job once, or one, and looks whether all is well then.
    func round(of one: (job: Job, connection: String?)? = nil, _ run: () throws -> Bool) throws {
        let began = clock.now()
        let isWhole = try run()
        host.use.round(of: one?.job, from: began, until: clock.now())
        guard isWhole, host.use.quietSince <= began, one?.job != .reconcile else { return }
        try look(.roundEnded, connection: one?.connection) { one == nil || $0 == one!.job ? began : nil }
    }

    /// Lets the engine run on its schedule.
    func onSchedule(_ run: () throws -> Void) throws {
        host.use.beginSchedule(at: clock.now())
        defer { host.use.endSchedule(at: clock.now()) }
        try run()
        try lookAtWhatWasDue()
        host.use.endSchedule(at: clock.now())
        if let round = host.lastRoundBegan, round >= host.use.quietSince { try look(.roundEnded) { _ in round } }
    }

    /// A step is taken by people or by the network, or it was, and that many actions were recorded before it.
    func noteChange(by step: Step, since actionsBefore: Int? = nil) {
        if ["set-clock", "engine.pause"].contains(step.kind.word) { host.use.promisesNoTime = true }
        guard step.kind.taker == .world else { return }
        host.use.peopleActed(at: clock.now())
        // A fault that is injected may hit just the look that would have shown it; then the next night shows it too.
        let mayBeMissed = !runOptions.injectedFaults.isEmpty
        if step.kind.word.hasPrefix("ongoing."), mayBeMissed || actionsBefore == actions.log.entries.count {
            host.use.lastUnlisted = clock.now()
        }
    }

    // MARK: Looks to come

    /// When the job was due for it, it is looked at.
    func lookAfter(_ action: ActionLog.Action) {
        host.use.peopleActed(at: clock.now())
        guard let job = action.job else { return }
        planLook(in: longestInterval(of: job) + Self.slack)
    }

    func lookAfterNudge(of job: Job, of connection: String) {
        host.use.nudged(at: clock.now())
        guard job != .reconcile else { return }
        planLook(in: .zero, nudged: (job, connection, clock.now()))
    }

    private func planLook(in duration: Duration, nudged: (job: Job, connection: String, time: Moment)? = nil) {
        guard host.use.looksPlanned < Self.mostLooks else { return }
        host.use.looksPlanned += 1
        let exchanges = network.journal.count
        clock.at(clock.now() + duration) { [unowned self] in
            // What the engine has to do meanwhile takes it time.
            let busy = Duration.milliseconds(Int64(network.journal.count - exchanges) * 300)
            clock.at(clock.now() + busy) { [unowned self] in
                if let nudged { return planNudgedLook(nudged) }
                try lookAtWhatWasDue()
            }
        }
    }

    /// A webhook is followed when the schedule runs on.
    private func planNudgedLook(_ nudge: (job: Job, connection: String, time: Moment)) {
        guard let settings = host.settings.first(where: { $0.name == nudge.connection }) else { return }
        let wait = settings.schedule.nudgeDistance + Self.slack
        let exchanges = network.journal.count
        clock.at(clock.now() + wait) { [unowned self] in
            guard let began = host.use.scheduleBegan, clock.now() - began >= wait, network.journal.count - exchanges < 100,
                host.use.quietSince <= max(began, nudge.time), !isWaitingForLong, !host.isCommitting
            else { return }
            try look(.wasNudged(after: clock.now() - max(began, nudge.time)), connection: nudge.connection) {
                $0 == nudge.job ? nudge.time : nil
            }
        }
    }

    private func longestInterval(of job: Job) -> Duration { host.settings.map { $0.schedule[job] }.max() ?? .zero }

    // MARK: Looking

    /// Looks at what each job was due for, if nothing has disturbed it since.
    private func lookAtWhatWasDue() throws {
        let now = clock.now()
        guard host.use.scheduleBegan != nil, host.use.quietSince < now else { return }
        // What the call that is under way ends with may be a fault.
        guard !isWaitingForLong, !host.isCommitting else { return planLook(in: Self.slack) }
        func due(_ job: Job) -> Moment? {
            let promised = longestInterval(of: job) + Self.slack
            let moment = now - promised - busyTime(since: now - promised)
            return moment >= host.use.quietSince ? moment : nil
        }
        guard Job.ofRound.contains(where: { due($0) != nil }) else { return }
        try look(.wasDue(after: Self.slack), due: due)
    }

    /// Whether the engine may have waited for a response for longer than a call takes.
    private var isWaitingForLong: Bool {
        network.journal.count > host.use.lastEnded.number && clock.now() - host.use.lastEnded.time > .seconds(5)
    }

    /// What the calls since then may have taken, pauses for the rate limit included.
    private func busyTime(since moment: Moment) -> Duration {
        var calls: Int64 = 0
        for exchange in network.journal.entries.reversed() {
            guard exchange.startedAt >= moment else { break }
            calls += 1
        }
        return .milliseconds(calls * 300)
    }

    private func look(_ reason: Look.Reason, connection: String? = nil, due: (Job) -> Moment?) throws {
        guard host.use.looks < 2 * Self.mostLooks, !host.use.promisesNoTime else { return }
        let mayDiffer = mayDifferUnlisted
        let look = Look.taken(of: try evidenceOfNow(), at: clock.now(), reason, connection: connection) { job in
            // What the warehouse shows late, the engine sees late.
            mayDiffer && [.products, .orders, .purchaseOrders].contains(job) ? nil : due(job).map { $0 - readLag }
        }
        host.use.add(look)
    }

    private var readLag: Duration { .milliseconds(plan.fakeProfiles[.ongoing]!.int("read_lag_ms")) }

    /// Whether people did something in the warehouse that only the comparison of the next night finds.
    private var mayDifferUnlisted: Bool {
        guard let last = host.use.lastUnlisted else { return false }
        let midnight = Moment(last.date(in: .copenhagen).adding(days: 1), zone: .copenhagen)
        return clock.now() < midnight + .seconds(6 * 3600)
    }

    /// What both sides hold now, and what the engine has parked.
    private func evidenceOfNow() throws -> Evidence {
        var evidence = Evidence(
            rackbeat: rackbeatSnapshot, ongoing: ongoingSnapshot, actionLog: actions.log,
            connections: host.settings.map(facts), exchanges: network.journal.entries)
        evidence.engineUse = host.use.use
        evidence.parked = try host.journal.parked().map { ParkedFact($0) }
        evidence.dismissed = try host.journal.dismissed().map { ParkedFact($0) }
        evidence.unknownOutcomes = try host.journal.unknownOutcomes().map { UnknownOutcome($0) }
        for settings in host.settings {
            evidence.stockSyncBegan[settings.name] = try host.journal.of(settings.name).stockSyncStarted()
        }
        return evidence
    }
}
