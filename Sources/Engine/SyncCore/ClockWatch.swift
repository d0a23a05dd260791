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

    /// Where the cursor stands after a reading that dealt with everything up to now.
    ///
    /// - Parameters:
    ///   - cursor: Where it stood.
    ///   - newest: The newest change that was seen. One of the time before the clock was set back lies in the clock's future, and would
    ///     hide what changes until then.
    ///   - began: When the reading began, by our own clock.
    package func moved(_ cursor: Moment?, to newest: Moment?, began: Moment) -> Moment? {
        var cursor = cursor
        if wasSetBack, let seen, let old = cursor { cursor = min(old, began + seen) }
        guard var newest else { return cursor }
        if let seen { newest = min(newest, began + seen + tolerance) }
        return cursor.map { max($0, newest) } ?? newest
    }
}
