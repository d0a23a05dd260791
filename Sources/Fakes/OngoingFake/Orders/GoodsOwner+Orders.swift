import JSON
import Units

/// Orders: how they change, and what each change means elsewhere.
extension GoodsOwner {
    /// Changes an order; the only way to do so.
    ///
    /// - Parameter header: whether the header is what changes.
    func changeOrder(_ id: Int, at now: Moment, header: Bool = false, _ change: (inout OrderRecord) -> Void) {
        let before = orders[id]
        var after = before
        change(&after)
        after.updated = now
        if header { after.headerUpdated = now }
        orders.replace(id, with: after, at: now)
        orderIndex.update(from: before, to: after)
        var figures = figures(of: after)
        for (article, old) in self.figures(of: before) { figures[article, default: StockFigures()] += -old }
        apply(figures, at: now)
        tenant.outbox.orderChanged(from: before, to: after, of: self, at: now)
    }

    func addOrder(_ order: OrderRecord, at now: Moment) {
        orders.add(order, id: order.id, at: now)
        orderIndex.update(from: nil, to: order)
        apply(figures(of: order), at: now)
        tenant.outbox.orderChanged(from: nil, to: order, of: self, at: now)
    }

    /// What an order means for the quantities of its articles.
    private func figures(of order: OrderRecord) -> [Int: StockFigures] {
        var result: [Int: StockFigures] = [:]
        for line in order.lines where !line.isKitHead {
            var figures = StockFigures()
            if !order.isCancelled {
                let isAwaited = order.status < OrderStatus.picked && line.shouldBePicked
                figures.booked = isAwaited ? line.open : .zero
                figures.wanted = isAwaited ? atLeastZero(line.ordered - max(line.allocated, line.picked)) : .zero
                figures.allocated = atLeastZero(line.allocated - line.picked)
                figures.pickedToBeCollected = order.status < OrderStatus.collected ? line.picked : .zero
            }
            figures.pickedToBeReported = line.picked - line.reportedOrZero
            figures.returnedToBeReported = line.returned - (line.reportedReturned ?? .zero)
            result[line.articleID, default: StockFigures()] += figures
        }
        return result
    }

    /// The order that bears a number; when several do, because numbers were patched, one that is not cancelled.
    func order(numbered number: String) -> OrderRecord? {
        let all = orderIndex.ids(numbered: number).map { orders[$0] }
        return all.first { !$0.isCancelled } ?? all.first
    }

    // MARK: Status

    /// Moves an order to a status; staying where it is changes nothing.
    func move(_ order: inout OrderRecord, to status: Int, at now: Moment) {
        guard order.status != status else { return }
        order.status = status
        order.statusHistory.append(StatusChange(time: now, status: status))
        if status >= OrderStatus.sent, status < OrderStatus.returned {
            // What was allocated and never picked goes free when the order leaves.
            for index in order.lines.indices { order.lines[index].allocated = order.lines[index].picked }
        }
        if status >= tenant.behaviour.shippedAtStatus, status < OrderStatus.returned, order.shipped == nil {
            order.shipped = now
        }
        if status == OrderStatus.cancelled {
            for index in order.lines.indices { order.lines[index].allocated = .zero }
        }
    }

    /// Why an order can neither be updated nor cancelled any more; `nil` while it can.
    func workBegun(on order: OrderRecord) -> String? {
        if order.hasPicks { return "picking has begun" }
        if order.hasAllocations, !tenant.behaviour.ordersEditableWhenAllocated { return "stock is allocated to it" }
        if order.status >= tenant.behaviour.ordersEditableBelow {
            return "its status is \(order.status) \(tenant.text(ofOrderStatus: order.status) ?? "")"
        }
        return nil
    }

    /// Cancels an order, as the caller of the API asks for.
    ///
    /// - Returns: The text for people.
    func cancelOrder(_ id: Int, at now: Moment) throws(Refusal) -> String {
        let order = orders[id]
        if order.isCancelled {
            let text = "Order \(order.number) is already cancelled."
            guard tenant.behaviour.cancelAgainStatus == 200 else {
                throw Refusal(status: tenant.behaviour.cancelAgainStatus, message: text)
            }
            return text
        }
        if let reason = workBegun(on: order) {
            throw .business("Order \(order.number) cannot be cancelled: \(reason).")
        }
        changeOrder(id, at: now) { move(&$0, to: OrderStatus.cancelled, at: now) }
        return "Order number \(order.number) cancelled"
    }
}
