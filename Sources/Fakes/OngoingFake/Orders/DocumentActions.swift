package import FakeKit
import JSON
package import Units

/// What the warehouse's people change on orders and purchase orders without telling whoever sent them.
extension OngoingFake {
    /// An order or purchase order by its number.
    package struct DocumentName {
        let goodsOwner: Int
        let number: String
        let isPurchaseOrder: Bool

        package init(goodsOwner: Int, number: String, isPurchaseOrder: Bool) {
            self.goodsOwner = goodsOwner
            self.number = number
            self.isPurchaseOrder = isPurchaseOrder
        }

        var words: String { (isPurchaseOrder ? "purchase order " : "order ") + number }
    }

    private func order(_ name: DocumentName, to action: String) throws(ActionError) -> (OrderRecord, GoodsOwner) {
        let owner = try owner(name.goodsOwner)
        guard let order = owner.order(numbered: name.number) else {
            throw ActionError("Cannot \(action) \(name.words): goods owner \(name.goodsOwner) has none.")
        }
        return (order, owner)
    }

    private func purchaseOrder(
        _ name: DocumentName, to action: String
    ) throws(ActionError) -> (PurchaseOrderRecord, GoodsOwner) {
        let owner = try owner(name.goodsOwner)
        guard let order = owner.purchaseOrder(numbered: name.number) else {
            throw ActionError("Cannot \(action) \(name.words): goods owner \(name.goodsOwner) has none.")
        }
        return (order, owner)
    }

    package func renumber(_ name: DocumentName, to number: String) throws(ActionError) {
        let now = store.clock()
        if name.isPurchaseOrder {
            let (order, owner) = try purchaseOrder(name, to: "renumber")
            owner.changePurchaseOrder(order.id, at: now) { $0.number = number }
        } else {
            let (order, owner) = try order(name, to: "renumber")
            owner.changeOrder(order.id, at: now, header: true) { $0.number = number }
        }
    }

    package func changeLine(
        _ name: DocumentName, row: String, quantity: ExactDecimal?, article: String?
    ) throws(ActionError) {
        let now = store.clock()
        let refusal = ActionError("Cannot change row \(row) of \(name.words): it has no such row.")
        if name.isPurchaseOrder {
            let (order, owner) = try purchaseOrder(name, to: "change a line of")
            guard let index = order.lines.firstIndex(where: { $0.row == row }) else { throw refusal }
            let id = article.map { owner.articleID($0) ?? owner.addArticle($0, at: now) }
            owner.changePurchaseOrder(order.id, at: now) { order in
                if let quantity { order.lines[index].advised = quantity }
                guard let article, let id else { return }
                order.lines[index].article = article
                order.lines[index].articleID = id
            }
        } else {
            let (order, owner) = try order(name, to: "change a line of")
            guard let index = order.lines.firstIndex(where: { $0.row == row }) else { throw refusal }
            let id = article.map { owner.articleID($0) ?? owner.addArticle($0, at: now) }
            owner.changeOrder(order.id, at: now) { order in
                if let quantity {
                    order.lines[index].ordered = quantity
                    order.lines[index].allocated = min(order.lines[index].allocated, quantity)
                }
                guard let article, let id else { return }
                order.lines[index].article = article
                order.lines[index].articleID = id
            }
        }
    }

    /// It is as if it had never been there.
    package func remove(_ name: DocumentName) throws(ActionError) {
        if name.isPurchaseOrder {
            let (order, owner) = try purchaseOrder(name, to: "remove")
            owner.removePurchaseOrder(order.id, at: store.clock())
        } else {
            let (order, owner) = try order(name, to: "remove")
            owner.removeOrder(order.id, at: store.clock())
        }
    }

    package func reactivate(_ name: DocumentName) throws(ActionError) {
        let now = store.clock()
        let refusal = ActionError("Cannot reactivate \(name.words): it is not cancelled.")
        if name.isPurchaseOrder {
            let (order, owner) = try purchaseOrder(name, to: "reactivate")
            guard order.isCancelled else { throw refusal }
            owner.changePurchaseOrder(order.id, at: now) {
                owner.move(&$0, to: store.behaviour.initialPurchaseOrderStatus, at: now)
            }
        } else {
            let (order, owner) = try order(name, to: "reactivate")
            guard order.isCancelled else { throw refusal }
            owner.changeOrder(order.id, at: now) { owner.move(&$0, to: store.behaviour.initialOrderStatus, at: now) }
        }
    }

    /// Another source makes a document with one line.
    package func create(
        _ name: DocumentName, row: String, article: String, quantity: ExactDecimal
    ) throws(ActionError) {
        let owner = try owner(name.goodsOwner)
        let now = store.clock()
        let line: JSONObject = [
            "rowNumber": .string(row), "articleNumber": .string(article), "numberOfItems": Wire.number(quantity),
        ]
        do {
            if name.isPurchaseOrder {
                _ = try owner.putPurchaseOrder(
                    ["purchaseOrderNumber": .string(name.number), "purchaseOrderLines": [.object(line)]], at: now)
            } else {
                _ = try owner.putOrder(
                    [
                        "orderNumber": .string(name.number), "deliveryDate": "2026-03-02T00:00:00Z",
                        "consignee": ["name": "Somebody else"], "orderLines": [.object(line)],
                    ], at: now)
            }
        } catch {
            throw ActionError("Cannot create \(name.words): the warehouse refuses it.")
        }
    }
}

extension GoodsOwner {
    func removeOrder(_ id: Int, at now: Moment) {
        // What it held of stock figures is free again.
        changeOrder(id, at: now) { order in
            for index in order.lines.indices {
                order.lines[index].ordered = order.lines[index].picked
                order.lines[index].allocated = order.lines[index].picked
            }
        }
        orderIndex.remove(orders[id])
        orders.remove(id)
        returnOrders.removeAll { $0.orderId == id }
    }

    func removePurchaseOrder(_ id: Int, at now: Moment) {
        changePurchaseOrder(id, at: now) { order in
            for index in order.lines.indices { order.lines[index].advised = order.lines[index].received }
        }
        purchaseOrderIndex.remove(purchaseOrders[id])
        purchaseOrders.remove(id)
    }
}
