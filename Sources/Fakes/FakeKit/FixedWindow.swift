package import Units

/// Counts calls in windows of a fixed length, each of which opens with the first call that finds none open.
package struct FixedWindow {
    package struct Ruling: Sendable, Equatable {
        package let isAdmitted: Bool
        /// How many more calls this window takes.
        package let remaining: Int
        package let closesAt: Moment

        /// What `Retry-After` says to a refused call: at least one second, and never too short.
        package func retryAfterSeconds(at now: Moment) -> Int64 { max(1, ((closesAt - now).milliseconds + 999) / 1000) }
    }

    package let limit: Int
    package let length: Duration
    private var openedAt: Moment?
    private var calls = 0

    package init(limit: Int, length: Duration) {
        self.limit = limit
        self.length = length
    }

    /// Counts a call. A refused call does not prolong the window.
    package mutating func count(at now: Moment) -> Ruling {
        // A clock that was set back must not keep a window open until it has caught up.
        if openedAt.map({ now < $0 || now >= $0 + length }) ?? true {
            openedAt = now
            calls = 0
        }
        let closesAt = openedAt! + length
        guard calls < limit else { return Ruling(isAdmitted: false, remaining: 0, closesAt: closesAt) }
        calls += 1
        return Ruling(isAdmitted: true, remaining: limit - calls, closesAt: closesAt)
    }
}
