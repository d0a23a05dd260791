import JSON
import Units

/// What `GET /orders` can be asked for.
struct OrderQuery {
    private var numbers: [String]?
    private var ownersOrderID: String?
    private var texts: [(path: String, wanted: Set<String>)] = []
    private var customerEmail: String?
    private var customerPhoneContains: String?
    private var statuses: ClosedRange<Int>
    private var statusChangedFrom: Moment?
    private var updatedFrom: Moment?
    private var headerUpdated: (from: Moment?, to: Moment?)
    private var created: (from: Moment?, to: Moment?)
    private var shipped: (from: Moment?, to: Moment?)
    private var picked: (from: Moment?, to: Moment?)
    private var packed: (from: Moment?, to: Moment?)
    private var returnedFrom: Moment?
    private var onlyToReport: Bool
    private var onlyReturnsToReport: Bool
    private var isNever: Bool
    private var pickable: String?
    private var articles: Set<String>?
    private var serial: String?
    private var parcelNumber: String?
    private var lineSupplier: String?
    private var commentEquals: String?
    private var commentContains: String?
    private var backOrdersFor: Int?
    private var idFrom: Int?
    private var limit: Int?
    private var isDescending: Bool

    init(_ query: inout QueryReader) {
        let number = query.text("orderNumber")
        let list = query.texts("orderNumbers")
        if number != nil || list != nil { numbers = (list ?? []) + [number].compactMap { $0 } }
        ownersOrderID = query.text("goodsOwnerOrderId")
        for (name, path) in [
            ("referenceNumbers", "referenceNumber"), ("consigneeOrderNumbers", "consigneeOrderNumber"),
        ] {
            if let wanted = query.texts(name) { texts.append((path, Set(wanted))) }
        }
        for (name, path) in [
            ("marketPlace", "marketPlace.marketPlace"), ("orderFreeText1", "freeText1"),
            ("customerNumber", "consignee.customerNumber"),
        ] {
            if let wanted = query.text(name) { texts.append((path, [wanted])) }
        }
        customerEmail = query.text("customerEmail")
        customerPhoneContains = query.text("customerTelephoneOrMobileContains")
        let lowest = query.int("orderStatusFrom") ?? .min
        statuses = lowest...max(lowest, query.int("orderStatusTo") ?? .max)
        // A range that ends before it begins matches nothing; `isNever` says so.
        isNever = (query.int("orderStatusTo") ?? .max) < lowest
        statusChangedFrom = query.time("orderStatusChangedTimeFrom")
        updatedFrom = query.time("orderUpdatedTimeFrom")
        headerUpdated = (query.time("orderHeaderUpdatedTimeFrom"), query.time("orderHeaderUpdatedTimeTo"))
        created = (query.time("orderCreatedTimeFrom"), query.time("orderCreatedTimeTo"))
        shipped = (query.time("shippedTimeFrom"), query.time("shippedTimeTo"))
        picked = (query.time("lastPickingTimeFrom"), query.time("lastPickingTimeTo"))
        packed = (query.time("lastPackingTimeFrom"), query.time("lastPackingTimeTo"))
        returnedFrom = query.time("lastReturnedFrom")
        onlyToReport = query.flag("onlyOrdersWithOrderLinesToReport") ?? false
        onlyReturnsToReport = query.flag("onlyOrdersWithOrderLinesToReportReturned") ?? false
        // No order here has a printed transport, an event of a carrier, a shipment or a pick order.
        isNever = isNever || query.flag("onlyIfTransportPrinted") == true
        isNever = isNever || query.time("orderTransportStatusCreateOrUpdatedFrom") != nil
        isNever = isNever || query.int("shipmentId") != nil || query.int("pickOrderId") != nil
        pickable = query.choice("pickable", of: ["All", "NotPickable", "NotOk"])
        articles = query.texts("articleNumbers").map(Set.init)
        serial = query.text("serial")
        parcelNumber = query.text("parcelNumber")
        lineSupplier = query.text("orderLineSupplierNumber")
        commentEquals = query.text("orderLineCommentEquals")
        commentContains = query.text("orderLineCommentContains")
        backOrdersFor = query.int("backOrderForOrderId")
        idFrom = query.int("orderIdFrom")
        limit = query.int("maxOrdersToGet")
        isDescending = query.text("sort")?.lowercased() == "descending"
    }

    /// The ids of the matching orders, in the order asked for.
    func run(on owner: GoodsOwner, at now: Moment) throws(Refusal) -> [Int] {
        let behaviour = owner.store.behaviour
        try TimeFilter.check(
            updatedFrom, "orderUpdatedTimeFrom", noOlderThan: behaviour.ordersUpdatedLimit,
            hours: behaviour.ordersUpdatedLimitHours, at: now)
        guard !isNever else { return [] }
        let candidates = owner.orders.withYoung(candidates(in: owner))
        let times = TimeFilter(includesTheSecond: behaviour.afterIncludesTheSecond)
        let pickability = pickable == nil || pickable == "All" ? nil : Pickability(owner)
        let limit = limit ?? .max
        let ids = candidates.ids[candidates.lowerBound(idFrom ?? .min)...]
        var result: [Int] = []
        func look(at id: Int) {
            guard let order = owner.orders.visible(id, at: now), matches(order, owner, times, pickability) else { return }
            result.append(id)
        }
        if isDescending {
            for id in ids.reversed() where result.count < limit { look(at: id) }
        } else {
            for id in ids where result.count < limit { look(at: id) }
        }
        return result
    }

    /// The shortest list that has every match.
    private func candidates(in owner: GoodsOwner) -> SortedIDs {
        let index = owner.orderIndex
        if let numbers { return SortedIDs(unsorted: numbers.flatMap { index.ids(numbered: $0) }) }
        if let ownersOrderID { return SortedIDs(unsorted: index.ids(ownersID: ownersOrderID)) }
        if let backOrdersFor { return SortedIDs(unsorted: index.ids(backOrdersFor: backOrdersFor)) }
        var best = (count: owner.orders.ids.count, ids: { owner.orders.ids })
        func offer(_ count: Int, _ ids: @escaping () -> SortedIDs) {
            if count < best.count { best = (count, ids) }
        }
        if onlyToReport { offer(index.toReport.count) { index.toReport } }
        if let time = statusChangedFrom {
            offer(index.statusChanges.count(from: time)) { index.statusChanges.changed(from: time) }
        }
        if let time = updatedFrom { offer(index.updates.count(from: time)) { index.updates.changed(from: time) } }
        if let time = picked.from { offer(index.picks.count(from: time)) { index.picks.changed(from: time) } }
        if statuses != .min ... .max {
            // Gathering and sorting the ids of some statuses only pays when they are few.
            offer(index.count(statuses: statuses) * 4) { index.ids(statuses: statuses) }
        }
        return best.ids()
    }

    private func matches(_ order: OrderRecord, _ owner: GoodsOwner, _ times: TimeFilter, _ pickability: Pickability?) -> Bool {
        guard statuses.contains(order.status) else { return false }
        if let numbers, !numbers.contains(order.number) { return false }
        if let ownersOrderID, order.goodsOwnerOrderId != ownersOrderID { return false }
        if let backOrdersFor, order.backOrderFor != backOrdersFor { return false }
        if onlyToReport, !order.hasLinesToReport { return false }
        if onlyReturnsToReport, !order.hasReturnsToReport { return false }
        guard matchesTimes(order, times), matchesTexts(order), matchesContent(order, owner) else { return false }
        guard let pickability else { return true }
        let result = pickability.result(of: order)
        return pickable == "NotOk" ? result == .notOk : result == .notOk || result == .notByPriority
    }

    private func matchesTimes(_ order: OrderRecord, _ times: TimeFilter) -> Bool {
        func within(_ time: Moment?, _ bounds: (from: Moment?, to: Moment?)) -> Bool {
            times.after(time, bounds.from) && times.until(time, bounds.to)
        }
        return times.after(order.statusChanged, statusChangedFrom) && times.after(order.updated, updatedFrom)
            && within(order.headerUpdated, headerUpdated) && within(order.created, created)
            && within(order.shipped, shipped) && within(order.lastPicked, picked) && within(order.lastPicked, packed)
            && times.after(order.lastReturned, returnedFrom)
    }

    private func matchesTexts(_ order: OrderRecord) -> Bool {
        for (path, wanted) in texts {
            let value =
                path == "consignee.customerNumber" ? order.consignee.text("customerNumber") : order.fields.text(path)
            guard let value, wanted.contains(value) else { return false }
        }
        if let customerEmail, order.consignee.text("advanced.emailNotification.value") != customerEmail { return false }
        if let part = customerPhoneContains {
            let numbers = ["telephoneNotification", "smsNotification"].compactMap {
                order.consignee.text("advanced.\($0).value")
            }
            guard numbers.contains(where: { $0.contains(part) }) else { return false }
        }
        return true
    }

    private func matchesContent(_ order: OrderRecord, _ owner: GoodsOwner) -> Bool {
        if let articles, !order.lines.contains(where: { articles.contains($0.article) }) { return false }
        if let serial, !order.lines.contains(where: { $0.pickedItems.contains { $0.serial == serial } }) { return false }
        if let parcelNumber, !order.parcels.contains(where: { $0.number == parcelNumber }) { return false }
        if let lineSupplier {
            let supplies = { (line: OrderLineRecord) in
                owner.articles[line.articleID].fields.text("supplierInfo.supplierNumber") == lineSupplier
            }
            guard order.lines.contains(where: supplies) else { return false }
        }
        guard commentEquals != nil || commentContains != nil else { return true }
        let comments = order.lines.map { $0.fields.text("comment") ?? "" }
        if let commentEquals, !comments.contains(commentEquals) { return false }
        if let commentContains, !comments.contains(where: { $0.contains(commentContains) }) { return false }
        return true
    }
}
