package import Units

/// Notices that another system's clock was set back, by how far it is ahead of our own at two readings.
///
/// A cursor is a moment of the other system's clock. What changes after that clock was set back carries moments from before the cursor,
/// and would stay hidden until the clock has caught up. Our own clock going forward looks the same; then one reading is made in vain.
package struct ClockWatch: Equatable, Sendable {
    /// How far the clock was ahead of ours when that was last written down; `nil` when nothing is known.
    package var known: Duration?
    /// How far it is ahead now; `nil` when no response says so.
    package var seen: Duration?
    /// Differences up to this one are what responses take, and whole seconds. The overlap of the readings covers them.
    package var tolerance: Duration

    package init(known: Duration?, seen: Duration?, tolerance: Duration) {
        self.known = known
        self.seen = seen
        self.tolerance = tolerance
    }

    package var wasSetBack: Bool {
        guard let known, let seen else { return false }
        return known - seen > tolerance
    }

    /// What to write down. Small changes are left, so that many of them add up and are noticed.
    package var noted: Duration? {
        guard let seen else { return known }
        guard let known, known - seen <= tolerance, seen - known <= tolerance else { return seen }
        return known
    }

    /// The other system's time at a moment of our own clock: by its responses of this reading, by what was known of its clock before, or
    /// by our own clock.
    private func there(at moment: Moment) -> Moment { moment + (seen ?? known ?? .zero) }

    /// Where the cursor stands after a reading that dealt with everything up to now. It never stands later than the other system's
    /// time when the reading began: a single row that is dated in the future would hide whatever changes until then.
    ///
    /// - Parameters:
    ///   - cursor: Where it stood.
    ///   - newest: The newest change that was seen.
    ///   - began: When the reading began, by our own clock.
    package func moved(_ cursor: Moment?, to newest: Moment?, began: Moment) -> Moment? {
        let there = there(at: began)
        let stood = cursor.map { wasSetBack || $0 > there + tolerance ? min($0, there) : $0 }
        guard let newest = newest.map({ min($0, there + tolerance) }) else { return stood }
        return stood.map { max($0, newest) } ?? newest
    }

    /// Whether a cursor stands later than any reading can have put it: an earlier version followed a row that was dated in the future.
    /// How long it has stood there, and so what it hid, nobody knows.
    package func standsInTheFuture(_ cursor: Moment?, at now: Moment) -> Bool {
        cursor.map { isInTheFuture($0, at: now) } ?? false
    }

    /// Whether a row is dated in the future. Less than a day may be a clock or a time zone that is not known well; then the row is
    /// believed, and the cursor is held back all the same.
    package func isInTheFuture(_ moment: Moment, at now: Moment) -> Bool { moment > there(at: now) + Self.plainlyWrong }

    private static let plainlyWrong = Duration.seconds(86_400)

    /// The other system's time now, by the time that its latest response showed and by how long ago that came. Our own clock may be days
    /// away from it, and tells the time itself only where no response did.
    package static func there(at now: Moment, latest: (shown: Moment, came: Moment)?) -> Moment {
        latest.map { $0.shown + max(now - $0.came, .zero) } ?? now
    }

    /// Where a cursor stands that is the time of a response and not of a row.
    ///
    /// - Parameters:
    ///   - date: What the oldest of the responses says of its time; `nil` when none says so.
    ///   - shown: The newest moment that a row shows, for a system whose responses say nothing. Our own clock may be ahead of it, and
    ///     would hide what happens until its clock has caught up.
    ///   - stood: Where the cursor stood.
    ///   - began: When the reading began, by our own clock.
    /// - Returns: `nil` when nothing is known of the other system's time yet.
    package static func dated(_ date: Moment?, shown: Moment?, stood: Moment?, began: Moment) -> Moment? {
        if let date { return min(date, began + plainlyWrong) }
        // A row that is dated later than our own clock says is no proof that time has come so far.
        return [stood, shown].compactMap(\.self).max().map { min($0, began) }
    }

    /// From where to read where a cursor is the time of a response.
    ///
    /// - Parameters:
    ///   - now: The other system's time.
    ///   - farReach: How far back is read when the cursor cannot be right.
    package static func dated(_ cursor: Moment?, at now: Moment, farReach: Duration) -> Moment? {
        cursor.map { $0 > now + plainlyWrong ? now - farReach : $0 }
    }
}
