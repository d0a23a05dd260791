import SyncCore
import Units

/// When the stock sync of a connection was on, by its settings over time.
struct StockSyncPeriods {
    enum Demand {
        /// A complete sync round saw the adjustment while sync was on.
        case recreated
        /// It may have been seen, or may have been too late for it.
        case either
        /// Nothing of the kind is recreated while sync is off, and what is older than sync was compared.
        case left
    }

    private struct Period {
        var began: Moment
        var until: Moment?
        var lastRound: Moment?
    }

    private var periods: [Period] = []
    /// How far the time of an adjustment may be off: the times of the APIs have whole seconds, and the clocks differ.
    private let tolerance: Int64

    init(_ evidence: Evidence, _ connection: ConnectionFacts) {
        tolerance = evidence.api == nil ? 0 : 2000
        for earlier in connection.earlierSettings where earlier.settings.stockSync != .off {
            guard let began = earlier.stockSyncBegan else { continue }
            add(Period(began: began, until: earlier.until, lastRound: earlier.lastRoundBegan))
        }
        guard connection.settings.stockSync != .off, let began = evidence.stockSyncBegan[connection.name] else { return }
        add(Period(began: began, until: nil, lastRound: evidence.lastRoundBegan))
    }

    /// A change of another setting lets the same sync go on.
    private mutating func add(_ period: Period) {
        if periods.last?.began == period.began { periods.removeLast() }
        periods.append(period)
    }

    func demand(of time: Moment) -> Demand {
        if tolerance > 0, periods.contains(where: { abs((time - $0.began).milliseconds) <= tolerance }) { return .either }
        guard let period = periods.last(where: { $0.began <= time && ($0.until.map { time < $0 } ?? true) }) else { return .left }
        return period.lastRound.map { time <= $0 } ?? false ? .recreated : .either
    }
}
