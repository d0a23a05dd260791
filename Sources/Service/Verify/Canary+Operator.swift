import ClientKit
import Exchange
import OngoingClient
import SyncCore
import SyncEngine
import Trade
import Units

/// People work on documents of the canary, and the engine's decisions are shown. Nothing is booked in Rackbeat.
extension Canary {
    /// An article, an order and a purchase order, and as many writes to remove them when nobody comes.
    static let writesForPeople = 6

    func tryWithOperator(_ plan: OperatorPlan) throws {
        try step("documents for people", writes: Self.writesForPeople) {
            let documents = try makeDocumentsForPeople()
            try letPeopleWork(on: documents, plan)
        }
    }

    private struct Documents {
        let number: String
        let order: WarehouseID
        let purchaseOrder: WarehouseID
        /// Those of the last hour: what comes later, people did when they were asked.
        let adjustments: [WarehouseAdjustment]
        let since: Moment
    }

    private func makeDocumentsForPeople() throws -> Documents {
        var goods = Article(number: ItemNumber(article))
        goods.name = "Tandem canary, not for sale"
        goods.isActive = true
        try clients.ongoing.put(goods)
        let number = Self.prefix + "P\(clock.now().milliseconds / 1000)"
        let purchase = InboundOrder(
            number: PurchaseOrderNumber(number), erpNumber: PurchaseOrderNumber(number),
            lines: [
                InboundLine(
                    row: OperatorTrial.row, article: ItemNumber(article), quantity: OperatorTrial.advised, currency: nil,
                    totalWithVAT: nil)
            ])
        let purchaseID = try clients.ongoing.put(purchase)
        var consignee = WarehouseAddress()
        consignee.name = "Tandem canary, do not send"
        consignee.address1 = "Only as Tandem asks"
        consignee.postCode = "0000"
        consignee.city = "Nowhere"
        consignee.countryCode = "DK"
        var order = OutboundOrder(
            number: OrderNumber(number), erpNumber: OrderNumber(number), deliveryDate: clock.now().date(in: .copenhagen),
            consignee: consignee,
            lines: [
                OutboundLine(
                    row: OperatorTrial.row, article: ItemNumber(article), quantity: OperatorTrial.ordered, totalWithVAT: nil)
            ])
        order.deliveryInstruction = "A test of Tandem: nothing leaves the house."
        let orderID = try clients.ongoing.put(order)
        let since = clock.now() - .seconds(3600)
        return Documents(
            number: number, order: orderID, purchaseOrder: purchaseID,
            adjustments: try clients.ongoing.adjustments(from: since).compactMap(\.value), since: since)
    }

    /// One task after the other, as each needs what the one before brought. The first that nobody does is the last.
    private func letPeopleWork(on documents: Documents, _ plan: OperatorPlan) throws {
        let trial = OperatorTrial(connection: settings.name, settings: settings, article: ItemNumber(article))
        let number = documents.number
        func purchaseOrder(_ task: OperatorTask) throws -> OperatorSighting {
            trial.sighting(of: try clients.ongoing.purchaseOrder(documents.purchaseOrder), for: task)
        }
        func order(_ task: OperatorTask) throws -> OperatorSighting {
            trial.sighting(of: try clients.ongoing.order(documents.order), for: task)
        }
        var stock = Quantity.zero
        defer { if !stock.isZero { stays.append("\(stock) of \(article)") } }

        let receive = OperatorTask.receive(
            Quantity("3")!, of: OperatorTrial.advised, article: article, purchaseOrder: number)
        guard let received = try wait(for: receive, plan, purchaseOrder) else { return }
        stock = received.moved
        let finish = OperatorTask.finish(
            remaining: OperatorTrial.advised - received.moved, article: article, purchaseOrder: number)
        guard !received.isCancelled, let finished = try wait(for: finish, plan, purchaseOrder) else { return }
        stock = finished.moved
        stays.append("purchase order \(number)")

        let pick = OperatorTask.pick(Quantity("1")!, of: OperatorTrial.ordered, article: article, order: number)
        guard let picked = try wait(for: pick, plan, order) else { return }
        stock = finished.moved - picked.moved
        let send = OperatorTask.send(order: number)
        guard !picked.isCancelled, let sent = try wait(for: send, plan, order) else { return }
        stock = finished.moved - sent.moved
        stays.append("order \(number)")

        // What is left goes out again, so that nothing of the article stays.
        let adjust = OperatorTask.adjust(stock.isPositive ? -stock : Quantity("1")!, article: article)
        let adjusted = try wait(for: adjust, plan) { _ in
            let known = Set(documents.adjustments)
            let rows = try clients.ongoing.adjustments(from: documents.since).compactMap(\.value)
            return trial.sighting(of: rows.filter { !known.contains($0) })
        }
        if let adjusted { stock += adjusted.moved }
    }

    /// - Returns: `nil` when it was not done in time.
    private func wait(
        for task: OperatorTask, _ plan: OperatorPlan, _ look: (OperatorTask) throws -> OperatorSighting
    ) throws -> OperatorOutcome? {
        let began = clock.now()
        // Somebody may have done more at once than was asked for.
        var sighting = try sight(task, look)
        if case .waiting = sighting { plan.ask(task) }
        while case .waiting(let shown) = sighting {
            let waited = clock.now() - began
            guard waited < plan.patience else {
                kinds.append(.operatorAway(task, waited: plan.patience, shown: shown))
                return nil
            }
            progress("waiting for people, seconds", Int(waited.milliseconds / 1000))
            try clock.wait(for: plan.interval)
            sighting = try sight(task, look)
        }
        guard case .done(let outcome) = sighting else { return nil }
        kinds.append(.operatorDid(task, outcome))
        return outcome
    }

    /// A look that fails is no reason to give up: the next one follows.
    private func sight(
        _ task: OperatorTask, _ look: (OperatorTask) throws -> OperatorSighting
    ) throws -> OperatorSighting {
        do {
            return try look(task)
        } catch let error as ExchangeError {
            return .waiting(shown: error.description)
        }
    }
}
