package import Units

/// When a job runs that webhooks ask for.
///
/// A webhook says *look*, and anybody may say it as often as he likes: a warehouse that books a thousand lines, a sender in a loop. The first
/// of them is followed at once, and all others until the distance has passed by one run together.
package struct NudgePace: Sendable, Equatable {
    /// When the job's latest run began.
    private var began: Moment?
    /// Until when the other systems are to be left alone.
    private var quietUntil: Moment?

    package init() {}

    /// The job began to run.
    package mutating func began(at moment: Moment) { began = moment }

    /// The job ended.
    ///
    /// - Parameter pause: How long at least to leave the other systems alone; `nil` when nothing asks for that.
    package mutating func ended(at moment: Moment, pause: Duration?) { quietUntil = pause.map { moment + $0 } }

    /// A webhook asked for the job.
    ///
    /// - Parameter due: When it would run anyway.
    /// - Returns: When it is due now, never later than it would be anyway.
    package func nudged(at moment: Moment, due: Moment, distance: Duration) -> Moment {
        var earliest = moment
        // A run that seems to begin later than now was timed by a clock that was set back since.
        if let began, began <= moment { earliest = max(earliest, began + distance) }
        if let quietUntil { earliest = max(earliest, quietUntil) }
        return min(due, earliest)
    }
}
