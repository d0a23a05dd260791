import Units

/// How lists compare times: to the second, the fraction dropped on both sides; a lower bound means «after».
struct TimeFilter {
    let includesTheSecond: Bool

    func after(_ time: Moment?, _ bound: Moment?) -> Bool {
        guard let bound else { return true }
        guard let time else { return false }
        return includesTheSecond ? time.seconds >= bound.seconds : time.seconds > bound.seconds
    }

    func until(_ time: Moment?, _ bound: Moment?) -> Bool {
        guard let bound else { return true }
        guard let time else { return false }
        return time.seconds <= bound.seconds
    }

    /// Refuses a bound that lies further back than the warehouse lets callers ask.
    static func check(
        _ bound: Moment?, _ name: String, noOlderThan limit: Duration, hours: Int, at now: Moment
    ) throws(Refusal) {
        guard let bound, bound.truncatedToSecond < (now - limit).truncatedToSecond else { return }
        throw .business("The value of \(name) must be within \(hours) hours of the current time.")
    }
}
