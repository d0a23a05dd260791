import Exchange
import SyncCore
import Units

extension Evidence {
    /// Whether a discrepancy that no list of changes shows is younger than the engine promises to find it: no complete sync round has
    /// begun since the first whole night after it, or the engine was never let compare both systems since then.
    ///
    /// - Parameter time: When the discrepancy began.
    func isYoung(since time: Moment) -> Bool {
        let midnight = Moment(time.date(in: .copenhagen).adding(days: 1), zone: .copenhagen)
        let morning = midnight + .seconds(6 * 3600)
        return isPending(morning) || !couldCompare(since: morning)
    }

    /// Whether the engine ran on its schedule, or was asked to compare both systems. Running every job once compares nothing.
    private func couldCompare(since time: Moment) -> Bool {
        engineUse?.work.contains { $0.kind != .round && $0.until >= time } ?? true
    }

    /// When the sync rounds began after which no other saw the settings of their time, the last one of all included.
    func lastRounds(_ connection: ConnectionFacts) -> [Moment] {
        connection.earlierSettings.compactMap(\.lastRoundBegan) + [lastRoundBegan].compactMap(\.self)
    }
}

extension ConnectionFacts {
    /// Whether no list shows that an order was cancelled.
    var cancelledVanish: Bool { rackbeatProfile["cancelled_orders"] == "vanish" }
}
