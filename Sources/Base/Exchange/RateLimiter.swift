import Synchronization
package import Units

/// Keeps the calls of one set of credentials under the server's limit, whoever makes them.
///
/// A sliding window: never more than `calls` in any `window`. A server that counts in fixed windows from the first call sees no
/// more than that either. Connections that share a token share its rate limiter, each from a thread of its own.
package final class RateLimiter: Sendable {
    private let calls: Int?
    private let window: Duration
    private let state = Mutex(State())

    private struct State {
        /// The moments of the latest calls, oldest first, as a ring.
        var recent: [Moment] = []
        var oldest = 0
        var closedUntil: Moment?
    }

    /// - Parameter calls: `nil` for a server without a known limit; it may still ask for a pause with `Retry-After`.
    package init(calls: Int?, window: Duration = .seconds(60)) {
        precondition(calls.map { $0 > 0 } ?? true)
        self.calls = calls
        self.window = window
    }

    /// A limit that leaves one call in twelve to other users of the same credentials and to differences between the windows.
    package static func below(limit: Int, window: Duration) -> RateLimiter {
        RateLimiter(calls: limit > 0 ? max(1, limit * 11 / 12) : nil, window: window)
    }

    /// How long a call at `moment` must wait.
    package func delay(at moment: Moment) -> Duration { state.withLock { delay(at: moment, $0) } }

    /// A call is made at `moment`.
    package func passed(at moment: Moment) { state.withLock { pass(at: moment, &$0) } }

    /// Asks for a call at `moment` and makes it when it need not wait, in one step: two threads that first looked and then
    /// called would both take the last place.
    ///
    /// - Returns: How long to wait before asking again; zero when the call is made.
    package func take(at moment: Moment) -> Duration {
        state.withLock { state in
            let delay = delay(at: moment, state)
            if delay == .zero { pass(at: moment, &state) }
            return delay
        }
    }

    /// The server asked for no calls until `moment`.
    package func close(until moment: Moment) {
        state.withLock { state in
            if state.closedUntil.map({ moment > $0 }) ?? true { state.closedUntil = moment }
        }
    }

    private func delay(at moment: Moment, _ state: State) -> Duration {
        var earliest = moment
        if let closedUntil = state.closedUntil, closedUntil > earliest { earliest = closedUntil }
        if let calls, state.recent.count == calls {
            let free = state.recent[state.oldest] + window
            if free > earliest { earliest = free }
        }
        return earliest - moment
    }

    private func pass(at moment: Moment, _ state: inout State) {
        guard let calls else { return }
        if state.recent.count < calls {
            state.recent.append(moment)
        } else {
            state.recent[state.oldest] = moment
            state.oldest = (state.oldest + 1) % calls
        }
    }
}
