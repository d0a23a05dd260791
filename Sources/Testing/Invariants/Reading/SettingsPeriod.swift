package import SyncCore
package import Units

/// Settings of a connection that somebody has changed since.
///
/// What was booked rightly under them stays right. Each movement is judged by the settings in force when the engine could see it.
package struct SettingsPeriod: Sendable {
    package var settings: ConnectionSettings
    /// When other settings took their place.
    package var until: Moment
    /// When the last complete sync round before that began; `nil`: there was none.
    package var lastRoundBegan: Moment?
    /// When the stock sync that was under way at the end had begun.
    package var stockSyncBegan: Moment?

    package init(settings: ConnectionSettings, until: Moment, lastRoundBegan: Moment?, stockSyncBegan: Moment?) {
        self.settings = settings
        self.until = until
        self.lastRoundBegan = lastRoundBegan
        self.stockSyncBegan = stockSyncBegan
    }
}

extension ConnectionFacts {
    func settings(at moment: Moment) -> ConnectionSettings {
        earlierSettings.first { moment < $0.until }?.settings ?? settings
    }
}

extension ConnectionSettings {
    /// Whether goods that are picked for an order in this status have left the warehouse: from the first shipped status on, whatever
    /// comes after it, but for the cancelled one. A warehouse may skip the statuses in between, or take the parcel back the same day.
    func shipsPicks(at status: Int) -> Bool {
        guard status >= shippedStatusFrom, status != cancelledOrderStatus else { return false }
        return status <= shippedStatusTo || status < cancelledOrderStatus
    }

    /// Whether goods that came in for a purchase order in this status are due in Rackbeat.
    func booksReceipts(at status: Int) -> Bool {
        receiptTrigger != .completed || isComplete(purchaseOrderAt: status)
    }

    /// Whether the warehouse awaits nothing more for a purchase order in this status.
    func isComplete(purchaseOrderAt status: Int) -> Bool {
        guard status != cancelledPurchaseStatus, let last = completedStatuses.max() else { return false }
        return completedStatuses.contains(status) || (status > last && status < cancelledPurchaseStatus)
    }
}

/// When what was moved on a document of the warehouse was due to be booked, by its statuses and the settings of the time.
struct DuePeriods {
    /// In their order; the last may have no end.
    private(set) var periods: [(from: Moment, until: Moment?)] = []

    /// - Parameter isDue: Whether these settings let this status be booked.
    init(
        _ history: [OngoingSnapshot.StatusChange], _ connection: ConnectionFacts,
        isDue: (ConnectionSettings, _ status: Int) -> Bool
    ) {
        guard let created = history.first?.time else { return }
        let changes = history.map(\.time) + connection.earlierSettings.map(\.until).filter { $0 > created }
        var since: Moment?
        for moment in Set(changes).sorted() {
            let status = history.last { $0.time <= moment }!.status
            switch (isDue(connection.settings(at: moment), status), since) {
            case (true, nil): since = moment
            case (false, let begun?):
                periods.append((begun, moment))
                since = nil
            default: break
            }
        }
        if let since { periods.append((since, nil)) }
    }

    func contains(_ moment: Moment) -> Bool {
        periods.contains { $0.from <= moment && ($0.until.map { moment < $0 } ?? true) }
    }
}
