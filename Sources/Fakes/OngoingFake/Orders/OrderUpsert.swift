import JSON
import Units

/// `PUT /orders`: creates an order or makes an existing one like the body.
extension GoodsOwner {
    struct Upserted {
        let id: Int
        let isNew: Bool
        /// The message of the response, with the HTML breaks the vendor puts into it.
        let message: String
    }

    /// - Parameter known: the order to update; without it, the one that bears the number, if there is one.
    func putOrder(_ body: JSONObject, known: Int? = nil, at now: Moment) throws(Refusal) -> Upserted {
        let number = body.text("orderNumber")!
        let drafts = LineDraft.lines(body["orderLines"])
        try LineDraft.checkRows(drafts ?? [], member: "o.orderLines")
        if let warehouse = body["warehouseId"]?.int, warehouse != store.warehouse.id {
            throw .business("Warehouse \(warehouse) does not exist.")
        }
        let bearer = order(numbered: number)
        if let known, let bearer, bearer.id != known {
            throw .business("Order number \(number) is already used by another order.")
        }
        let existing = known.map { orders[$0] } ?? bearer
        if let existing { try checkEditable(existing) }
        try requireArticles((drafts ?? []).flatMap { [$0.article] + $0.parts.map(\.article) })

        let customer = settleCustomer(body["consignee"]?.object ?? [:])
        settleCatalogues(ofOrder: body)
        var texts = customer.isNew ? ["Customer \(customer.text) created."] : []
        let id: Int
        if let existing {
            id = existing.id
            changeOrder(id, at: now, header: true) { order in
                if order.isCancelled { self.move(&order, to: store.behaviour.initialOrderStatus, at: now) }
                self.fill(&order, from: body, customer: customer.id, lines: drafts, at: now)
            }
            texts.insert("Order number \(number) updated.", at: 0)
        } else {
            id = store.ids.next(\.order)
            var order = OrderRecord(
                id: id, goodsOwner: self.id, number: number, status: store.behaviour.initialOrderStatus, created: now)
            fill(&order, from: body, customer: customer.id, lines: drafts, at: now)
            addOrder(order, at: now)
            texts.insert("Order number \(number) created.", at: 0)
        }
        return Upserted(id: id, isNew: existing == nil, message: texts.joined(separator: " <br/>"))
    }

    private func checkEditable(_ order: OrderRecord) throws(Refusal) {
        if order.isCancelled {
            guard store.behaviour.cancelledNumbersAreRevived else {
                throw .business("Order \(order.number) is cancelled and cannot be updated.")
            }
            return
        }
        if let reason = workBegun(on: order) { throw .business("Order \(order.number) cannot be updated: \(reason).") }
    }

    private func fill(
        _ order: inout OrderRecord, from body: JSONObject, customer: Int, lines drafts: [LineDraft]?, at now: Moment
    ) {
        let keeps = store.behaviour.absentMembersKeepTheirValue
        order.number = body.text("orderNumber")!
        order.goodsOwnerOrderId = body.text("goodsOwnerOrderId") ?? (keeps ? order.goodsOwnerOrderId : nil)
        let header = body.without(
            "goodsOwnerId", "orderNumber", "goodsOwnerOrderId", "consignee", "orderLines", "classes")
        order.fields = keeps ? order.fields.merging(header) : header
        let consignee = body["consignee"]?.object ?? [:]
        // The members of one customer must not be mixed with those of another.
        let isSame = order.consigneeID == customer
        order.consignee = keeps && isSame ? order.consignee.merging(consignee) : consignee
        order.consigneeID = customer
        if let classes = body["classes"]?.array {
            order.classes = classes.map { CodeName(code: $0["code"]?.string ?? "", name: $0["name"]?.string) }
        } else if !keeps {
            order.classes = []
        }
        if let drafts {
            order.lines = lines(from: drafts, replacing: order.lines, at: now)
        } else if !store.behaviour.linesStayWithoutTheArray {
            order.lines = []
        }
    }

    /// The lines of an order after an update: matched by row number, new ones added, missing ones deleted.
    private func lines(
        from drafts: [LineDraft], replacing old: [OrderLineRecord], at now: Moment
    ) -> [OrderLineRecord] {
        var result: [OrderLineRecord] = []
        for draft in drafts {
            let known = old.first { $0.row == draft.row && $0.parent == nil }
            result += line(from: draft, known: known, at: now)
        }
        if !store.behaviour.missingLinesAreDeleted {
            let rows = Set(drafts.map(\.row))
            let kept = old.filter { $0.parent == nil && !rows.contains($0.row) }
            result += old.filter { line in kept.contains { $0.id == line.id || $0.id == line.parent } }
        }
        return result
    }

    /// One line with its parts, when it is a kit: those the caller names, else those of the article's structure.
    func line(from draft: LineDraft, known: OrderLineRecord?, at now: Moment) -> [OrderLineRecord] {
        var head = single(draft, known: known, at: now)
        let parts = draft.parts.isEmpty ? structureParts(of: head) : draft.parts
        guard !parts.isEmpty else { return [head] }
        head.isKitHead = true
        return [head]
            + parts.map { part in
                var line = single(part, known: nil, at: now)
                line.parent = head.id
                return line
            }
    }

    private func single(_ draft: LineDraft, known: OrderLineRecord?, at now: Moment) -> OrderLineRecord {
        let article = articleID(draft.article) ?? addArticle(draft.article, at: now)
        var line =
            known
            ?? OrderLineRecord(
                id: store.ids.next(\.orderLine), row: draft.row, article: draft.article, articleID: article, ordered: .zero,
                fields: [:])
        if line.articleID != article { line.allocated = .zero }
        let keeps = store.behaviour.absentMembersKeepTheirValue
        line.article = draft.article
        line.articleID = article
        line.ordered = draft.quantity ?? (keeps ? line.ordered : .zero)
        line.allocated = min(line.allocated, line.ordered)
        line.fields = keeps ? line.fields.merging(draft.fields) : draft.fields
        line.shouldBePicked = line.fields["shouldBePicked"]?.bool ?? articles[article].isStockArticle
        line.isKitHead = false
        return line
    }

    private func structureParts(of head: OrderLineRecord) -> [LineDraft] {
        let article = articles[head.articleID]
        guard article.kind == "Structure", let rows = article.field("structureDefinition.rows")?.array else { return [] }
        return rows.compactMap { row in
            guard let number = row["articleNumber"]?.string, let count = row["numberOfItems"].flatMap(BodyReader.exact) else {
                return nil
            }
            return LineDraft(row: nil, article: number, quantity: head.ordered.multiplied(by: count))
        }
    }

    // MARK: Customers

    /// The customer an order goes to: by its number, else by full name and address, else a new one.
    private func settleCustomer(_ consignee: JSONObject) -> (id: Int, isNew: Bool, text: String) {
        let text = [consignee.text("customerNumber"), consignee.text("name")].compactMap { $0 }.joined(separator: " ")
        let key: String?
        if let number = consignee.text("customerNumber"), !number.isEmpty {
            key = "number \(number)"
        } else if store.behaviour.consigneesAreMatched {
            let members = ["name", "address1", "address2", "address3", "postCode", "city", "countryCode"]
            key = "address " + members.map { consignee.text($0) ?? "" }.joined(separator: "\n")
        } else {
            key = nil
        }
        if let key, let id = catalogues.customers[key] { return (id, false, text) }
        let id = store.ids.next(\.customer)
        if let key { catalogues.customers[key] = id }
        return (id, true, text)
    }

    private func settleCatalogues(ofOrder body: JSONObject) {
        for (member, kind) in [("orderType", Catalogues.Kind.orderType), ("wayOfDelivery", .wayOfDelivery)] {
            if let code = body.text("\(member).code") {
                _ = catalogues.settle(kind, code: code, name: body.text("\(member).name"), ids: &store.ids)
            }
        }
        for entry in body["classes"]?.array ?? [] { settleOrderClass(entry) }
    }

    func settleOrderClass(_ entry: JSON) {
        guard let code = entry["code"]?.string else { return }
        _ = catalogues.settle(
            .orderClass, code: code, name: entry["name"]?.string, comment: entry["comment"]?.string, ids: &store.ids)
    }
}
