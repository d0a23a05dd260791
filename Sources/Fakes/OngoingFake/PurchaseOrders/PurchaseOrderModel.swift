package import JSON
package import Units

extension OngoingFake {
    /// One purchase order of one goods owner.
    package struct PurchaseOrderRecord: Sendable {
        /// `purchaseOrderId`.
        package let id: Int
        package let goodsOwner: Int
        package internal(set) var number: String
        package internal(set) var status: Int
        /// What was sent in the header, by the members of `PostPurchaseOrderModel` (without the identities and lines).
        package internal(set) var fields: JSONObject
        package internal(set) var lines: [PurchaseOrderLineRecord] = []
        package internal(set) var statusHistory: [StatusChange] = []
        package let created: Moment
        /// When head or lines last changed.
        package internal(set) var updated: Moment
        package internal(set) var lastReceived: Moment?
        /// When the first goods came.
        package internal(set) var arrived: Moment?
        var files: [AttachedFile] = []

        init(id: Int, goodsOwner: Int, number: String, status: Int, created: Moment) {
            self.id = id
            self.goodsOwner = goodsOwner
            self.number = number
            self.status = status
            self.fields = JSONObject()
            self.created = created
            self.updated = created
            self.statusHistory = [StatusChange(time: created, status: status)]
        }

        package var isCancelled: Bool { status == PurchaseOrderStatus.cancelled }

        package var statusChanged: Moment { statusHistory.last!.time }

        /// A member of the header by its path, such as `supplierInfo.supplierName`; `nil` when it was never given.
        package func field(_ path: String) -> JSON? { fields.member(path) }

        /// The line of that row number; a line without one is found by its id.
        package func line(_ row: String) -> PurchaseOrderLineRecord? { index(ofRow: row).map { lines[$0] } }

        func index(ofRow row: String) -> Int? {
            lines.firstIndex { $0.row == row } ?? lines.firstIndex { $0.row == nil && String($0.id) == row }
        }

        var hasReceipts: Bool { lines.contains { !$0.received.isZero } }
        var hasLinesToReport: Bool { lines.contains { $0.reportedOrZero != $0.received } }
    }

    /// One line of a purchase order.
    package struct PurchaseOrderLineRecord: Sendable {
        package let id: Int
        /// `rowNumber`; `nil` for a line that staff added by hand.
        package internal(set) var row: String?
        /// Article number.
        package internal(set) var article: String
        var articleID: Int
        package internal(set) var advised: ExactDecimal
        package internal(set) var received: ExactDecimal = .zero
        /// `nil` until somebody reports.
        package internal(set) var reported: ExactDecimal?
        /// What was sent about it, by the members of `PostPurchaseOrderLine` (without row number, article number and quantity).
        package internal(set) var fields: JSONObject
        package internal(set) var receivedItems: [ReceivedItem] = []
        /// Batches and serials announced before the goods came.
        var advisedItems: [JSONObject] = []

        /// A member by its path, such as `rowPrice`; `nil` when it was never given.
        package func field(_ path: String) -> JSON? { fields.member(path) }

        package var reportedOrZero: ExactDecimal { reported ?? .zero }
    }

    /// Goods of one article received together.
    package struct ReceivedItem: Sendable {
        /// `originalArticleItemId`.
        package let id: Int
        package internal(set) var quantity: ExactDecimal
        package let batch: String
        package let serial: String
        package let expiryDate: CivilDate?
        package let time: Moment
    }
}

typealias PurchaseOrderRecord = OngoingFake.PurchaseOrderRecord
typealias PurchaseOrderLineRecord = OngoingFake.PurchaseOrderLineRecord
typealias ReceivedItem = OngoingFake.ReceivedItem

/// The purchase order statuses of the vendor's examples, so far as receiving depends on them.
enum PurchaseOrderStatus {
    static let inbound = 300
    static let deviation = 400
    static let received = 500
    static let cancelled = 900
}

/// Purchase orders: how they change, and what each change means elsewhere.
extension GoodsOwner {
    /// Changes a purchase order; the only way to do so.
    func changePurchaseOrder(_ id: Int, at now: Moment, _ change: (inout PurchaseOrderRecord) -> Void) {
        let before = purchaseOrders[id]
        var after = before
        change(&after)
        after.updated = now
        purchaseOrders.replace(id, with: after, at: now)
        purchaseOrderIndex.update(from: before, to: after)
        var figures = figures(of: after)
        for (article, old) in self.figures(of: before) { figures[article, default: StockFigures()] += -old }
        apply(figures, at: now)
        store.outbox.purchaseOrderChanged(from: before, to: after, of: self, at: now)
    }

    private func figures(of order: PurchaseOrderRecord) -> [Int: StockFigures] {
        var result: [Int: StockFigures] = [:]
        let isAwaited =
            order.status < PurchaseOrderStatus.received
            && !(order.status == PurchaseOrderStatus.deviation && store.behaviour.deviationIsFinal)
        for line in order.lines {
            var figures = StockFigures()
            figures.toReceive = isAwaited ? atLeastZero(line.advised - line.received) : .zero
            figures.receivedToBeFinished = order.status < PurchaseOrderStatus.received ? line.received : .zero
            figures.receivedToBeReported = line.received - line.reportedOrZero
            result[line.articleID, default: StockFigures()] += figures
        }
        return result
    }

    func purchaseOrder(numbered number: String) -> PurchaseOrderRecord? {
        let all = purchaseOrderIndex.ids(numbered: number).map { purchaseOrders[$0] }
        return all.first { !$0.isCancelled } ?? all.first
    }

    func move(_ order: inout PurchaseOrderRecord, to status: Int, at now: Moment) {
        guard order.status != status else { return }
        order.status = status
        order.statusHistory.append(StatusChange(time: now, status: status))
    }

    /// Why a purchase order can neither be updated nor cancelled any more; `nil` while it can.
    func workBegun(on order: PurchaseOrderRecord) -> String? {
        if order.hasReceipts { return "receiving has begun" }
        if order.status >= store.behaviour.purchaseOrdersEditableBelow {
            return "its status is \(order.status) \(store.text(ofPurchaseOrderStatus: order.status) ?? "")"
        }
        return nil
    }

    /// Cancels a purchase order, as the caller of the API asks for.
    func cancelPurchaseOrder(_ id: Int, at now: Moment) throws(Refusal) -> String {
        let order = purchaseOrders[id]
        if order.isCancelled {
            let text = "Purchase order \(order.number) is already cancelled."
            guard store.behaviour.cancelAgainStatus == 200 else {
                throw Refusal(status: store.behaviour.cancelAgainStatus, message: text)
            }
            return text
        }
        if let reason = workBegun(on: order) {
            throw .business("Purchase order \(order.number) cannot be cancelled: \(reason).")
        }
        changePurchaseOrder(id, at: now) { move(&$0, to: PurchaseOrderStatus.cancelled, at: now) }
        return "Inorder with order number \(order.number) cancelled. <br/>"
    }

    // MARK: PUT /purchaseOrders

    /// Creates a purchase order or makes an existing one like the body.
    func putPurchaseOrder(_ body: JSONObject, known: Int? = nil, at now: Moment) throws(Refusal) -> Upserted {
        let number = body.text("purchaseOrderNumber")!
        let drafts = LineDraft.lines(body["purchaseOrderLines"])
        try LineDraft.checkRows(drafts ?? [], member: "o.purchaseOrderLines")
        if let warehouse = body["warehouseId"]?.int, warehouse != store.warehouse.id {
            throw .business("Warehouse \(warehouse) does not exist.")
        }
        let first = body.member("advanced.purchaseOrderStatusCreated")?.int
        if let first, store.text(ofPurchaseOrderStatus: first) == nil {
            throw .business("Purchase order status \(first) does not exist.")
        }
        let bearer = purchaseOrder(numbered: number)
        if let known, let bearer, bearer.id != known {
            throw .business("Purchase order number \(number) is already used by another purchase order.")
        }
        let existing = known.map { purchaseOrders[$0] } ?? bearer
        if let existing { try checkEditable(existing) }
        try requireArticles((drafts ?? []).map(\.article))

        var texts: [String] = []
        if let supplier = settleSupplier(body["supplierInfo"]?.object) { texts.append("Supplier \(supplier) created. <br/>") }
        if let code = body.text("purchaseOrderType.code") {
            _ = catalogues.settle(
                .purchaseOrderType, code: code, name: body.text("purchaseOrderType.name"), ids: &store.ids)
        }
        let id: Int
        if let existing {
            id = existing.id
            changePurchaseOrder(id, at: now) { order in
                if order.isCancelled { self.move(&order, to: store.behaviour.initialPurchaseOrderStatus, at: now) }
                self.fill(&order, from: body, lines: drafts, at: now)
            }
            texts.append("Inorder with order number \(number) updated. <br/>")
        } else {
            id = store.ids.next(\.purchaseOrder)
            var order = PurchaseOrderRecord(
                id: id, goodsOwner: self.id, number: number, status: first ?? store.behaviour.initialPurchaseOrderStatus,
                created: now)
            fill(&order, from: body, lines: drafts, at: now)
            purchaseOrders.add(order, id: id, at: now)
            purchaseOrderIndex.update(from: nil, to: order)
            apply(figures(of: order), at: now)
            store.outbox.purchaseOrderChanged(from: nil, to: order, of: self, at: now)
            texts.append("Inorder with order number \(number) created. <br/>")
        }
        return Upserted(id: id, isNew: existing == nil, message: texts.joined(separator: " "))
    }

    private func checkEditable(_ order: PurchaseOrderRecord) throws(Refusal) {
        if order.isCancelled {
            guard store.behaviour.cancelledNumbersAreRevived else {
                throw .business("Purchase order \(order.number) is cancelled and cannot be updated.")
            }
            return
        }
        if let reason = workBegun(on: order) {
            throw .business("Purchase order \(order.number) cannot be updated: \(reason).")
        }
    }

    private func fill(_ order: inout PurchaseOrderRecord, from body: JSONObject, lines drafts: [LineDraft]?, at now: Moment) {
        order.number = body.text("purchaseOrderNumber")!
        let header = body.without("goodsOwnerId", "purchaseOrderNumber", "purchaseOrderLines")
        order.fields = store.behaviour.absentMembersKeepTheirValue ? order.fields.merging(header) : header
        if let drafts {
            order.lines = lines(from: drafts, replacing: order.lines, at: now)
        } else if !store.behaviour.linesStayWithoutTheArray {
            order.lines = []
        }
    }

    private func lines(
        from drafts: [LineDraft], replacing old: [PurchaseOrderLineRecord], at now: Moment
    ) -> [PurchaseOrderLineRecord] {
        var result = drafts.map { draft in purchaseLine(from: draft, known: old.first { $0.row == draft.row }, at: now) }
        if !store.behaviour.missingLinesAreDeleted {
            let rows = Set(drafts.map(\.row))
            result += old.filter { !rows.contains($0.row) }
        }
        return result
    }

    func purchaseLine(from draft: LineDraft, known: PurchaseOrderLineRecord?, at now: Moment) -> PurchaseOrderLineRecord {
        let article = articleID(draft.article) ?? addArticle(draft.article, at: now)
        var line =
            known
            ?? PurchaseOrderLineRecord(
                id: store.ids.next(\.purchaseOrderLine), row: draft.row, article: draft.article, articleID: article,
                advised: .zero, fields: [:])
        let keeps = store.behaviour.absentMembersKeepTheirValue
        line.article = draft.article
        line.articleID = article
        line.advised = draft.quantity ?? (keeps ? line.advised : .zero)
        line.fields = keeps ? line.fields.merging(draft.fields) : draft.fields
        return line
    }
}
