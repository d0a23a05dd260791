import Exchange
import Invariants
import SyncCore
import SyncEngine
import Units

/// Records how a run uses its engine, for the invariants about the way.
final class EngineUseRecorder {
    private(set) var use = EngineUse()
    /// From when on the engine has been let work without a fault, a pause or a change of its process.
    private(set) var quietSince = Moment(milliseconds: .min)
    /// Since when the engine has run on its schedule; `nil`: it does not.
    private(set) var scheduleBegan: Moment?
    /// The number of the exchange that ended last, and when.
    private(set) var lastEnded = (number: 0, time: Moment(milliseconds: 0))
    /// When people last did something in the warehouse that no list shows; `nil`: never.
    var lastUnlisted: Moment?
    /// Whether nothing says when the engine has to have dealt with something: a clock is set, which dates changes from before what was
    /// read, or the engine's process stands still in the middle of its work.
    var promisesNoTime = false
    /// How many moments were entered to look at both sides, and how many times that was done.
    var looksPlanned = 0
    var looks = 0

    // MARK: Work

    func beginSchedule(at now: Moment) {
        scheduleBegan = now
        quietSince = max(quietSince, now)
    }

    func endSchedule(at now: Moment) {
        guard let began = scheduleBegan else { return }
        scheduleBegan = nil
        if let last = use.work.last, last.kind == .schedule, last.until == began {
            use.work[use.work.count - 1] = EngineUse.Work(.schedule, from: last.from, until: now)
        } else {
            use.work.append(EngineUse.Work(.schedule, from: began, until: now))
        }
    }

    /// - Parameter job: The one job that ran; `nil`: all of them.
    func round(of job: Job?, from began: Moment, until now: Moment) {
        use.work.append(EngineUse.Work(job == .reconcile ? .comparison : .round, from: began, until: now))
    }

    func nudged(at now: Moment) { use.nudges.append(now) }

    func add(_ look: Look) {
        looks += 1
        if !look.findings.isEmpty { use.looks.append(look) }
    }

    // MARK: Disturbances

    /// People did something. The engine works on.
    func peopleActed(at now: Moment) {
        use.disturbances.append(now)
        use.changes.append(now)
    }

    /// The engine's process, settings or clock changed.
    func changed(at now: Moment) {
        peopleActed(at: now)
        disturbed(until: now)
    }

    /// The engine's process crashed, and nothing starts it before.
    func isDown(until moment: Moment) { disturbed(until: moment) }

    func record(_ exchange: Exchanged, at now: Moment) {
        lastEnded = (max(lastEnded.number, exchange.number), now)
        if exchange.fault != nil {
            // Of the beginning too: what the engine does next may be done before the exchange is over.
            use.disturbances.append(exchange.startedAt)
            use.disturbances.append(now)
            use.lastFault = now
            disturbed(until: now)
        }
        guard case .response(let response) = exchange.outcome else { return disturbed(until: now) }
        if [401, 403, 429].contains(response.status) || response.status >= 500 { disturbed(until: now) }
    }

    func record(_ event: EngineEvent, at now: Moment) {
        switch event {
        case .paused(_, _, let until, _): disturbed(until: max(now, until))
        case .jobEnded(_, _, _, let succeeded): if !succeeded { disturbed(until: now) }
        default: break
        }
    }

    private func disturbed(until moment: Moment) { quietSince = max(quietSince, moment) }
}
