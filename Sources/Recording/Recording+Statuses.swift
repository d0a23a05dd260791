/// What the statuses of a warehouse mean to a connection of a recording.
extension Recording {
    struct Statuses {
        var shippedFrom = 450
        var cancelledOrder = 1000
        var cancelledPurchase = 900
        var completed: Set<Int> = [500]

        /// What a purchase order gets that is finished, in full or with a deviation.
        static let finishing: Set = [400, 500]

        /// Whether a purchase order is set to it by people, whatever comes in: one that counts as completed, or that the warehouse ends with.
        func isEnd(_ status: Int) -> Bool {
            completed.contains(status) || Self.finishing.contains(status) || status > completed.max() ?? 0
        }
    }

    /// Where the goods of a connection's warehouse are in Rackbeat; of one that the head does not know, where those of the first are.
    func location(of connection: String) -> String {
        (connections.first { $0.name == connection } ?? connections.first)?.location ?? ""
    }

    /// - Parameter connection: As the exchanges name it; one that the head does not know has the defaults.
    func statuses(of connection: String) -> Statuses {
        let settings = connections.first { $0.name == connection }?.settings ?? []
        func numbers(_ path: String) -> [Int] {
            let value = settings.first { $0.path == path }?.value ?? ""
            return value.split { !$0.isNumber }.compactMap { Int($0) }
        }
        var statuses = Statuses()
        if let number = numbers("shipped-status-from").first { statuses.shippedFrom = number }
        if let number = numbers("cancelled-order-status").first { statuses.cancelledOrder = number }
        if let number = numbers("cancelled-purchase-status").first { statuses.cancelledPurchase = number }
        let completed = numbers("completed-statuses")
        if !completed.isEmpty { statuses.completed = Set(completed) }
        return statuses
    }
}
