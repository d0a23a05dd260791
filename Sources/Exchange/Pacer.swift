import Units

/// Keeps the calls of one set of credentials under the server's limit, whoever makes them.
///
/// A sliding window: never more than `calls` in any `window`. A server that counts in fixed windows from the first call sees no
/// more than that either.
public final class Pacer {
    private let calls: Int?
    private let window: Duration
    /// The moments of the latest calls, oldest first, as a ring.
    private var recent: [Moment] = []
    private var oldest = 0
    private var closedUntil: Moment?

    /// - Parameter calls: `nil` for a server without a known limit; it may still close the gate with `Retry-After`.
    public init(calls: Int?, window: Duration = .seconds(60)) {
        precondition(calls.map { $0 > 0 } ?? true)
        self.calls = calls
        self.window = window
    }

    /// A limit that leaves one call in twelve for other users of the same credentials and for the way the server's window lies.
    public static func below(limit: Int, window: Duration) -> Pacer {
        Pacer(calls: limit > 0 ? max(1, limit * 11 / 12) : nil, window: window)
    }

    /// How long a call at `moment` has to wait.
    public func delay(at moment: Moment) -> Duration {
        var earliest = moment
        if let closedUntil, closedUntil > earliest { earliest = closedUntil }
        if let calls, recent.count == calls {
            let free = recent[oldest] + window
            if free > earliest { earliest = free }
        }
        return earliest - moment
    }

    /// A call is made at `moment`.
    public func passed(at moment: Moment) {
        guard let calls else { return }
        if recent.count < calls {
            recent.append(moment)
        } else {
            recent[oldest] = moment
            oldest = (oldest + 1) % calls
        }
    }

    /// The server asked for silence until `moment`.
    public func close(until moment: Moment) {
        if closedUntil.map({ moment > $0 }) ?? true { closedUntil = moment }
    }
}
