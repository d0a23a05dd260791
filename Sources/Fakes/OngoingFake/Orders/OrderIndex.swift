import Units

/// Where to look for orders, so that a list need not look at every one.
struct OrderIndex {
    private var byNumber: [String: [Int]] = [:]
    private var byOwnersID: [String: [Int]] = [:]
    private var byStatus: [Int: SortedIDs] = [:]
    private var backOrders: [Int: [Int]] = [:]
    private(set) var toReport = SortedIDs()
    private(set) var updates = ChangeLog()
    private(set) var statusChanges = ChangeLog()
    private(set) var picks = ChangeLog()

    mutating func update(from before: OrderRecord?, to after: OrderRecord) {
        if before?.number != after.number {
            Self.move(after.id, from: before?.number, to: after.number, in: &byNumber)
        }
        if before == nil || before?.goodsOwnerOrderId != after.goodsOwnerOrderId {
            Self.move(after.id, from: before?.goodsOwnerOrderId, to: after.goodsOwnerOrderId, in: &byOwnersID)
        }
        if before?.status != after.status {
            if let before { byStatus[before.status]?.remove(after.id) }
            byStatus[after.status, default: SortedIDs()].insert(after.id)
        }
        if before == nil, let first = after.backOrderFor { backOrders[first, default: []].append(after.id) }
        toReport.set(after.id, after.hasLinesToReport)
        updates.note(after.id, at: after.updated)
        if before?.statusHistory.count != after.statusHistory.count { statusChanges.note(after.id, at: after.statusChanged) }
        if let picked = after.lastPicked, before?.lastPicked != picked { picks.note(after.id, at: picked) }
    }

    mutating func remove(_ order: OrderRecord) {
        Self.move(order.id, from: order.number, to: nil, in: &byNumber)
        Self.move(order.id, from: order.goodsOwnerOrderId, to: nil, in: &byOwnersID)
        byStatus[order.status]?.remove(order.id)
        toReport.remove(order.id)
    }

    private static func move(_ id: Int, from old: String?, to new: String?, in index: inout [String: [Int]]) {
        if let old {
            index[old]?.removeAll { $0 == id }
            if index[old]?.isEmpty == true { index[old] = nil }
        }
        if let new { index[new, default: []].append(id) }
    }

    /// In the order in which they came to bear it. Numbers that were patched may be borne by several.
    func ids(numbered number: String) -> [Int] { byNumber[number] ?? [] }

    func ids(ownersID: String) -> [Int] { byOwnersID[ownersID] ?? [] }

    func ids(backOrdersFor order: Int) -> [Int] { backOrders[order] ?? [] }

    func count(statuses: ClosedRange<Int>) -> Int {
        byStatus.reduce(0) { statuses.contains($1.key) ? $0 + $1.value.count : $0 }
    }

    func ids(statuses: ClosedRange<Int>) -> SortedIDs {
        SortedIDs(unsorted: byStatus.keys.sorted().filter(statuses.contains).flatMap { byStatus[$0]!.ids })
    }
}
