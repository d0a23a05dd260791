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
    /// A comparison that a fault ended is begun again a quarter of an hour later.
    private func couldCompare(since time: Moment) -> Bool {
        guard let use = engineUse else { return true }
        let untroubled = use.lastFault.map { $0 + .seconds(16 * 60) } ?? time
        return use.work.contains { work in
            switch work.kind {
            case .round: false
            case .comparison: work.until >= time && work.from >= use.lastFault ?? work.from
            case .schedule: work.until >= max(time, untroubled)
            }
        }
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
