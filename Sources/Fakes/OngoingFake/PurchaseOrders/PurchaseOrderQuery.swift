import JSON
import Units

/// What `GET /purchaseOrders` can be asked for.
struct PurchaseOrderQuery {
    private var numbers: [String]?
    private var received: (from: Moment?, to: Moment?)
    private var statuses: (from: Int?, to: Int?)
    private var onlyToReport: Bool
    private var idFrom: Int?
    private var limit: Int?
    private var statusChangedFrom: Moment?
    private var articles: Set<String>?
    private var inDate: (from: Moment?, to: Moment?)
    private var typeCode: String?
    private var updatedFrom: Moment?

    init(_ query: inout QueryReader) {
        let number = query.text("purchaseOrderNumber")
        let list = query.texts("purchaseOrderNumbers")
        if number != nil || list != nil { numbers = (list ?? []) + [number].compactMap { $0 } }
        received = (query.time("lastReceiveTimeFrom"), query.time("lastReceiveTimeTo"))
        statuses = (query.int("purchaseOrderStatusFrom"), query.int("purchaseOrderStatusTo"))
        onlyToReport = query.flag("onlyPurchaseOrdersWithOrderLinesToReport") ?? false
        idFrom = query.int("purchaseOrderIdFrom")
        limit = query.int("maxPurchaseOrdersToGet")
        statusChangedFrom = query.time("purchaseOrderStatusChangedTimeFrom")
        articles = query.texts("articleNumbers").map(Set.init)
        inDate = (query.time("inDateFrom"), query.time("inDateTo"))
        typeCode = query.text("purchaseOrderTypeCode")
        updatedFrom = query.time("purchaseOrderHeadOrLinesChangedTimeFrom")
        _ = query.flag("includePurchaseOrderPalletItems")
    }

    func run(on owner: GoodsOwner, at now: Moment) -> [Int] {
        let times = TimeFilter(includesTheSecond: owner.store.behaviour.afterIncludesTheSecond)
        let candidates = owner.purchaseOrders.withYoung(candidates(in: owner))
        let limit = limit ?? .max
        var result: [Int] = []
        for id in candidates.ids[candidates.lowerBound(idFrom ?? .min)...] where result.count < limit {
            guard let order = owner.purchaseOrders.visible(id, at: now), matches(order, times) else { continue }
            result.append(id)
        }
        return result
    }

    /// The shortest list that has every match.
    private func candidates(in owner: GoodsOwner) -> SortedIDs {
        let index = owner.purchaseOrderIndex
        if let numbers { return SortedIDs(unsorted: numbers.flatMap { index.ids(numbered: $0) }) }
        if onlyToReport { return index.toReport }
        let logs = [(index.statusChanges, statusChangedFrom), (index.updates, updatedFrom), (index.receipts, received.from)]
        for (log, time) in logs {
            if let time, log.count(from: time) < owner.purchaseOrders.ids.count { return log.changed(from: time) }
        }
        return owner.purchaseOrders.ids
    }

    private func matches(_ order: PurchaseOrderRecord, _ times: TimeFilter) -> Bool {
        if let numbers, !numbers.contains(order.number) { return false }
        if order.status < statuses.from ?? .min || order.status > statuses.to ?? .max { return false }
        if onlyToReport, !order.hasLinesToReport { return false }
        guard times.after(order.statusChanged, statusChangedFrom), times.after(order.updated, updatedFrom),
            times.after(order.lastReceived, received.from), times.until(order.lastReceived, received.to)
        else { return false }
        let expected = order.fields.time("inDate")
        guard times.after(expected, inDate.from), times.until(expected, inDate.to) else { return false }
        if let typeCode, order.fields.text("purchaseOrderType.code") != typeCode { return false }
        if let articles, !order.lines.contains(where: { articles.contains($0.article) }) { return false }
        return true
    }
}

/// Where to look for purchase orders.
struct PurchaseOrderIndex {
    private var byNumber: [String: [Int]] = [:]
    private(set) var toReport = SortedIDs()
    private(set) var updates = ChangeLog()
    private(set) var statusChanges = ChangeLog()
    private(set) var receipts = ChangeLog()

    mutating func update(from before: PurchaseOrderRecord?, to after: PurchaseOrderRecord) {
        if before?.number != after.number {
            if let before { byNumber[before.number]?.removeAll { $0 == after.id } }
            byNumber[after.number, default: []].append(after.id)
        }
        toReport.set(after.id, after.hasLinesToReport)
        updates.note(after.id, at: after.updated)
        if before?.statusHistory.count != after.statusHistory.count { statusChanges.note(after.id, at: after.statusChanged) }
        if let received = after.lastReceived, before?.lastReceived != received { receipts.note(after.id, at: received) }
    }

    mutating func remove(_ order: PurchaseOrderRecord) {
        byNumber[order.number]?.removeAll { $0 == order.id }
        toReport.remove(order.id)
    }

    func ids(numbered number: String) -> [Int] { byNumber[number] ?? [] }
}
