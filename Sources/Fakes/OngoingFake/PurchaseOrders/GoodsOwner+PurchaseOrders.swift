import JSON
import Units

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
        tenant.outbox.purchaseOrderChanged(from: before, to: after, of: self, at: now)
    }

    private func figures(of order: PurchaseOrderRecord) -> [Int: StockFigures] {
        var result: [Int: StockFigures] = [:]
        let isAwaited =
            order.status < PurchaseOrderStatus.received
            && !(order.status == PurchaseOrderStatus.deviation && tenant.behaviour.deviationIsFinal)
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
        if order.status >= tenant.behaviour.purchaseOrdersEditableBelow {
            return "its status is \(order.status) \(tenant.text(ofPurchaseOrderStatus: order.status) ?? "")"
        }
        return nil
    }

    /// Cancels a purchase order, as the caller of the API asks for.
    func cancelPurchaseOrder(_ id: Int, at now: Moment) throws(Refusal) -> String {
        let order = purchaseOrders[id]
        if order.isCancelled {
            let text = "Purchase order \(order.number) is already cancelled."
            guard tenant.behaviour.cancelAgainStatus == 200 else {
                throw Refusal(status: tenant.behaviour.cancelAgainStatus, message: text)
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
        if let warehouse = body["warehouseId"]?.int, warehouse != tenant.warehouse.id {
            throw .business("Warehouse \(warehouse) does not exist.")
        }
        let first = body.member("advanced.purchaseOrderStatusCreated")?.int
        if let first, tenant.text(ofPurchaseOrderStatus: first) == nil {
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
                .purchaseOrderType, code: code, name: body.text("purchaseOrderType.name"), ids: &tenant.ids)
        }
        let id: Int
        if let existing {
            id = existing.id
            changePurchaseOrder(id, at: now) { order in
                if order.isCancelled { self.move(&order, to: tenant.behaviour.initialPurchaseOrderStatus, at: now) }
                self.fill(&order, from: body, lines: drafts, at: now)
            }
            texts.append("Inorder with order number \(number) updated. <br/>")
        } else {
            id = tenant.ids.next(\.purchaseOrder)
            var order = PurchaseOrderRecord(
                id: id, goodsOwner: self.id, number: number, status: first ?? tenant.behaviour.initialPurchaseOrderStatus,
                created: now)
            fill(&order, from: body, lines: drafts, at: now)
            purchaseOrders.add(order, id: id, at: now)
            purchaseOrderIndex.update(from: nil, to: order)
            apply(figures(of: order), at: now)
            tenant.outbox.purchaseOrderChanged(from: nil, to: order, of: self, at: now)
            texts.append("Inorder with order number \(number) created. <br/>")
        }
        return Upserted(id: id, isNew: existing == nil, message: texts.joined(separator: " "))
    }

    private func checkEditable(_ order: PurchaseOrderRecord) throws(Refusal) {
        if order.isCancelled {
            guard tenant.behaviour.cancelledNumbersAreRevived else {
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
        order.fields = tenant.behaviour.absentMembersKeepTheirValue ? order.fields.merging(header) : header
        if let drafts {
            order.lines = lines(from: drafts, replacing: order.lines, at: now)
        } else if !tenant.behaviour.linesStayWithoutTheArray {
            order.lines = []
        }
    }

    private func lines(
        from drafts: [LineDraft], replacing old: [PurchaseOrderLineRecord], at now: Moment
    ) -> [PurchaseOrderLineRecord] {
        var result = drafts.map { draft in purchaseLine(from: draft, known: old.first { $0.row == draft.row }, at: now) }
        if !tenant.behaviour.missingLinesAreDeleted {
            let rows = Set(drafts.map(\.row))
            result += old.filter { !rows.contains($0.row) }
        }
        return result
    }

    func purchaseLine(from draft: LineDraft, known: PurchaseOrderLineRecord?, at now: Moment) -> PurchaseOrderLineRecord {
        let article = articleIDs[draft.article] ?? addArticle(draft.article, at: now)
        var line =
            known
            ?? PurchaseOrderLineRecord(
                id: tenant.ids.next(\.purchaseOrderLine), row: draft.row, article: draft.article, articleID: article,
                advised: .zero, fields: [:])
        let keeps = tenant.behaviour.absentMembersKeepTheirValue
        line.article = draft.article
        line.articleID = article
        line.advised = draft.quantity ?? (keeps ? line.advised : .zero)
        line.fields = keeps ? line.fields.merging(draft.fields) : draft.fields
        return line
    }
}
