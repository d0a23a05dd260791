import Exchange
import SyncCore
import Units

extension Evidence {
    /// Whether a discrepancy that no list of changes shows is younger than the engine promises to find it: no complete sync round has
    /// begun since the first whole night after it.
    ///
    /// - Parameter time: When the discrepancy began.
    func isYoung(since time: Moment) -> Bool {
        let midnight = Moment(time.date(in: .copenhagen).adding(days: 1), zone: .copenhagen)
        return isPending(midnight + .seconds(6 * 3600))
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
