import Exchange
import SyncCore
import Units

/// Which records must be parked, by the action log and the snapshots at the end.
///
/// Nobody writes the expectations of a random test case. The engine is not asked: it would excuse itself. Each reason below needs
/// an action in the log that caused it, and the record must be parked, not only may be. So a defect that leads to the same state
/// without the action breaks an invariant, and an engine that does not park the record does as well.
package struct Prediction {
    private let evidence: Evidence
    private let connection: ConnectionFacts
    private let numbers: RackbeatNumbers

    /// In the order of the connections; each document once for each job.
    ///
    /// - Parameter numbers: Of documents that people also changed by hand, in either system. What concerns them may be parked and need
    ///   not be; where it is not, the invariants ask that both sides agree.
    package static func parked(_ evidence: Evidence, changedByHand numbers: Set<String>) -> [ExpectedParked] {
        var parked = self.parked(evidence)
        // What a person has settled is parked no more.
        parked.removeAll { expected in evidence.dismissed.contains(where: expected.covers) }
        guard !numbers.isEmpty else { return parked }
        let identity = evidence.identity
        let documents = numbers.union(
            numbers.flatMap { [identity.order(inWarehouse: $0).number, identity.purchaseOrder(inWarehouse: $0).number] })
        func isChanged(_ records: some Sequence<RecordRef>) -> Bool { records.contains { documents.contains($0.number) } }
        parked.removeAll { expected in
            isChanged([
                RecordRef(.order, expected.number), identity.order(inWarehouse: expected.number),
                identity.purchaseOrder(inWarehouse: expected.number),
            ]) && !evidence.parked.contains(where: expected.covers)
        }
        for fact in evidence.parked where !parked.contains(where: { $0.covers(fact) }) {
            guard documents.contains(fact.number) || isChanged(evidence.records(of: fact)) else { continue }
            parked.append(ExpectedParked(connection: fact.connection, job: fact.job, number: fact.number))
        }
        return parked
    }

    private static func parked(_ evidence: Evidence) -> [ExpectedParked] {
        var evidence = evidence
        evidence.expectedParked = []
        let numbers = RackbeatNumbers(evidence)
        return evidence.connections.flatMap { connection in
            let prediction = Prediction(evidence: evidence, connection: connection, numbers: numbers)
            let rests = prediction.owedRests()
            var parked = prediction.changedTooLate(excusing: rests)
            parked += prediction.purchasesChangedTooLate()
            let shipments = prediction.shipments()
            parked += shipments
            parked += rests.filter { !shipments.contains($0) }
            parked += prediction.receipts()
            parked += prediction.draftsThatStay()
            return parked
        }
    }

    // MARK: Changed after the warehouse started work

    /// Orders that were reopened or cancelled in Rackbeat when the warehouse no longer accepted a change.
    ///
    /// - Parameter rests: What is missing in the warehouse for another reason.
    private func changedTooLate(excusing rests: [ExpectedParked]) -> [ExpectedParked] {
        let touched = numbersTouchedAgain(purchase: false)
        guard !touched.isEmpty else { return [] }
        var evidence = evidence
        evidence.expectedParked = rests
        let wrong = wrongRecords(OrdersAreThere().judge(evidence))
        return evidence.rackbeat.orders.filter { order in
            let number = order.number
            return touched.contains(number)
                && (wrong.contains(RecordRef(.order, number)) || mayBeParked(.orders, number, order.state))
                && evidence.ongoing.orders.contains {
                    isHere($0.goodsOwner, $0.isCancelled) && $0.backOrderFor == nil && numbers.number(of: $0) == number
                        && isClosed($0)
                }
        }.map { ExpectedParked(connection: connection.name, job: .orders, number: $0.number) }
    }

    /// Whether nothing showed yet that a document is gone, so that it may be parked and need not be: the engine may have read it by its
    /// number, and otherwise finds out in the comparison of the next night.
    private func mayBeParked(_ job: Job, _ number: String, _ state: RackbeatSnapshot.State) -> Bool {
        guard state == .deleted || state == .cancelled && connection.cancelledVanish else { return false }
        let expected = ExpectedParked(connection: connection.name, job: job, number: number)
        return evidence.parked.contains(where: expected.covers)
    }

    private func purchasesChangedTooLate() -> [ExpectedParked] {
        let touched = numbersTouchedAgain(purchase: true)
        guard !touched.isEmpty else { return [] }
        let wrong = wrongRecords(PurchaseOrdersAreThere().judge(evidence))
        return evidence.rackbeat.purchaseOrders.filter { order in
            let number = order.number
            return touched.contains(number)
                && (wrong.contains(RecordRef(.purchaseOrder, number)) || mayBeParked(.purchaseOrders, number, order.state))
                && evidence.ongoing.purchaseOrders.contains {
                    isHere($0.goodsOwner, $0.isCancelled) && numbers.number(of: $0) == number && isClosed($0)
                }
        }.map { ExpectedParked(connection: connection.name, job: .purchaseOrders, number: $0.number) }
    }

    private func isHere(_ goodsOwner: Int, _ isCancelled: Bool) -> Bool {
        goodsOwner == connection.goodsOwner && !isCancelled
    }

    /// Whether the warehouse refuses to replace or cancel it.
    private func isClosed(_ order: OngoingSnapshot.Order) -> Bool {
        let profile = connection.ongoingProfile
        return order.status >= profile.int("order.editable_below") || order.lines.contains { !$0.moved.isZero }
            || (!profile.isOn("order.editable_when_allocated") && order.lines.contains { !$0.allocated.isZero })
    }

    private func isClosed(_ order: OngoingSnapshot.PurchaseOrder) -> Bool {
        order.status >= connection.ongoingProfile.int("purchase_order.editable_below")
            || order.lines.contains { !$0.moved.isZero }
    }

    /// The documents that were reopened, cancelled or deleted after they were booked.
    private func numbersTouchedAgain(purchase: Bool) -> Set<String> {
        var booked: Set<String> = []
        var touched: Set<String> = []
        for entry in evidence.actionLog.entries {
            switch entry.action {
            case .orderBooked(let number, _) where !purchase: booked.insert(number)
            case .purchaseOrderBooked(let number, _) where purchase: booked.insert(number)
            case .orderReopened(let number) where !purchase && booked.contains(number): touched.insert(number)
            case .orderCancelled(let number) where !purchase && booked.contains(number): touched.insert(number)
            case .purchaseOrderReopened(let number) where purchase && booked.contains(number): touched.insert(number)
            case .purchaseOrderCancelled(let number) where purchase && booked.contains(number): touched.insert(number)
            default: break
            }
        }
        return touched
    }

    /// The records that an invariant finds wrong at this connection.
    private func wrongRecords(_ verdict: Verdict) -> Set<RecordRef> {
        guard case .broken(let findings) = verdict else { return [] }
        return Set(findings.filter { $0.connection == connection.name }.compactMap(\.record))
    }

    // MARK: Cancelled back orders

    /// Orders that Rackbeat still wants more of than every live order of the warehouse has, because people there cancelled the back
    /// order with the rest.
    private func owedRests() -> [ExpectedParked] {
        var cancelled: Set<String> = []
        var roots: [String: OngoingSnapshot.Order] = [:]
        var held: [LineKey: ExactDecimal] = [:]
        for order in evidence.ongoing.orders where order.goodsOwner == connection.goodsOwner {
            guard let number = numbers.number(of: order) else { continue }
            guard !order.isCancelled else {
                let isSeen = order.history.last.map { !evidence.isPending($0.time) } ?? false
                if order.backOrderFor != nil, isSeen { cancelled.insert(number) }
                continue
            }
            if order.backOrderFor == nil { roots[number] = order }
            for line in order.lines {
                let row = line.row ?? rowOfItem(line.article, in: number)
                if let row { held[LineKey(order: number, line: row), default: .zero] += line.quantity }
            }
        }
        guard !cancelled.isEmpty else { return [] }
        for entry in evidence.actionLog.entries {
            guard case .shippedByHand(let order, let line, let location, let quantity) = entry.action,
                evidence.rackbeat.isAt(location, connection)
            else { continue }
            held[LineKey(order: order, line: line), default: .zero] += quantity
        }
        return evidence.rackbeat.orders.compactMap { order in
            guard cancelled.contains(order.number), let root = roots[order.number] else { return nil }
            switch order.state {
            case .draft, .booked(isComplete: false): break
            case .booked(isComplete: true), .cancelled, .deleted: return nil
            }
            let owed = evidence.rackbeat.lines(of: order.lines, at: connection).filter { line in
                let key = LineKey(order: order.number, line: line.id)
                return (held[key] ?? .zero) < line.quantity
            }
            guard !owed.isEmpty else { return nil }
            return ExpectedParked(connection: connection.name, job: .shipments, number: root.number)
        }
    }

    private func rowOfItem(_ item: String, in number: String) -> String? {
        let lines = evidence.rackbeat.orders.first { $0.number == number }?.lines ?? []
        let matching = evidence.rackbeat.lines(of: lines, at: connection).filter {
            $0.item.map(withoutEdges) == withoutEdges(item)
        }
        return matching.count == 1 ? matching[0].id : nil
    }

    // MARK: Moved goods that Rackbeat cannot book

    private func shipments() -> [ExpectedParked] {
        let settings = connection.settings
        let fulfilments = Self.byLine(FulfilmentList.shipping(evidence, connection))
        let salesOrders = Dictionary(evidence.rackbeat.orders.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        let doubled = linesShippedTwice()
        let sent = sentByLine()
        var certain: Set<String> = []
        // By line, the documents with moved goods of it: where Rackbeat accepts no more, the last one is parked, whichever it is.
        var refused: [LineKey: [String]] = [:]
        for order in evidence.ongoing.orders where isHere(order.goodsOwner, order.isCancelled) {
            guard let number = numbers.number(of: order) else { continue }
            let counts = settings.shipsPicks(at: order.status)
            for line in order.lines {
                guard let row = line.row else {
                    // Typed in by warehouse staff: no line in Rackbeat belongs to it.
                    if counts, order.backOrderFor == nil, !line.moved.isZero { certain.insert(order.number) }
                    continue
                }
                let key = LineKey(order: number, line: row)
                guard let fulfilment = fulfilments[key] else { continue }
                if counts, line.moved > line.quantity { certain.insert(order.number) }
                if counts, let sent = sent[key], sent > fulfilment.booked, !line.moved.isZero,
                    refuses(salesOrders[number]?.state, salesOrders[number]?.lines, row, sent)
                {
                    refused[key, default: []].append(order.number)
                }
                if wasPutBack(fulfilment, goodsOwner: order.goodsOwner, document: order.number) { certain.insert(order.number) }
                if fulfilment.booked > fulfilment.documented, doubled.contains(key) {
                    refused[key, default: []].append(order.number)
                }
            }
        }
        for documents in refused.values { certain.formUnion(shown(of: documents)) }
        // Nobody knows what goods are worth that a customer sent back.
        for entry in evidence.actionLog.entries where !evidence.isPending(entry.time) {
            if case .returned(connection.goodsOwner, let order, _, _, _) = entry.action { certain.insert(order) }
        }
        return evidence.ongoing.orders.filter {
            isHere($0.goodsOwner, $0.isCancelled) && certain.contains($0.number)
        }.map { ExpectedParked(connection: connection.name, job: .shipments, number: $0.number) }
    }

    /// The sent quantity by line of Rackbeat's. What is picked for a document that is not sent yet needs no shipment.
    private func sentByLine() -> [LineKey: ExactDecimal] {
        let settings = connection.settings
        var sent: [LineKey: ExactDecimal] = [:]
        for order in evidence.ongoing.orders where isHere(order.goodsOwner, order.isCancelled) {
            guard let number = numbers.number(of: order),
                settings.shipsPicks(at: order.status)
            else { continue }
            for line in order.lines {
                if let row = line.row { sent[LineKey(order: number, line: row), default: .zero] += line.moved }
            }
        }
        return sent
    }

    /// Of several documents of which at least one must be parked, those that are; all of them when none is.
    private func shown(of documents: [String]) -> [String] {
        let shown = documents.filter { document in
            let expected = ExpectedParked(connection: connection.name, job: .shipments, number: document)
            return evidence.parked.contains(where: expected.covers)
        }
        return shown.isEmpty ? documents : shown
    }

    /// Where creating a shipment also ships it, a request that is delivered twice ships twice, and that cannot be undone.
    private func linesShippedTwice() -> Set<LineKey> {
        guard connection.rackbeatProfile.isOn("shipment.create_also_ships") else { return [] }
        let authorship = Authorship(evidence)
        var shipments: [Int: Int] = [:]
        var lines: Set<LineKey> = []
        for shipment in evidence.rackbeat.shipments where shipment.shippedAt != nil {
            guard let author = authorship.author(of: shipment), author.connection == connection.name else { continue }
            for exchange in author.exchanges { shipments[exchange, default: 0] += 1 }
            guard author.exchanges.contains(where: { shipments[$0]! > 1 }) else { continue }
            lines.formUnion(shipment.lines.map { LineKey(order: shipment.order, line: $0.orderLine ?? "") })
        }
        return lines
    }

    /// Where a draft of an adjustment cannot be deleted, a useless one stays: from a request that was delivered twice, or one that
    /// would no longer change anything. ``AdjustmentsRecreatedOnce`` judges whether everything is booked without it.
    private func draftsThatStay() -> [ExpectedParked] {
        guard !connection.rackbeatProfile.isOn("adjustment.deletable") else { return [] }
        let authorship = Authorship(evidence)
        let own = evidence.rackbeat.adjustments.filter { authorship.author(of: $0)?.connection == connection.name }
        return own.filter { $0.change == nil }.map {
            ExpectedParked(
                connection: connection.name, job: .stock, number: $0.item, document: RecordRef(.adjustment, String($0.id)))
        }
    }

    private func receipts() -> [ExpectedParked] {
        let settings = connection.settings
        let fulfilments = Self.byLine(FulfilmentList.receiving(evidence, connection))
        let purchaseOrders = Dictionary(evidence.rackbeat.purchaseOrders.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        return evidence.ongoing.purchaseOrders.filter { isHere($0.goodsOwner, $0.isCancelled) }.filter { order in
            guard let number = numbers.number(of: order) else { return false }
            let counts = settings.booksReceipts(at: order.status)
            return order.lines.contains { line in
                guard let row = line.row, let fulfilment = fulfilments[LineKey(order: number, line: row)] else { return false }
                // Rackbeat accepts no receipt for a purchase order that is not booked or is complete, and nobody bought the goods of a
                // line that was taken out of it.
                if counts, fulfilment.documented > fulfilment.booked, !line.moved.isZero,
                    purchaseOrders[number]?.state != .booked(isComplete: false)
                        || !(purchaseOrders[number]?.lines.contains { $0.id == row } ?? true)
                {
                    return true
                }
                return wasPutBack(fulfilment, goodsOwner: order.goodsOwner, document: order.number)
            }
        }.map { ExpectedParked(connection: connection.name, job: .receipts, number: $0.number) }
    }

    /// Whether Rackbeat refuses a shipment of this quantity: the order was changed while the goods were on their way.
    private func refuses(
        _ state: RackbeatSnapshot.State?, _ lines: [RackbeatSnapshot.Line]?, _ row: String, _ quantity: ExactDecimal
    ) -> Bool {
        guard case .booked? = state, let line = lines?.first(where: { $0.id == row }) else { return true }
        return line.quantity < quantity
    }

    private static func byLine(_ list: FulfilmentList) -> [LineKey: LineFulfilment] {
        Dictionary(
            list.all.flatMap { fulfilment in
                fulfilment.lines.map { (LineKey(order: fulfilment.order, line: $0), fulfilment) }
            }, uniquingKeysWith: { $1 })
    }

    /// Whether goods were put back after Rackbeat rightly booked them: the booked quantity is one that the line once had, or for
    /// several lines a sum of such quantities.
    private func wasPutBack(_ fulfilment: LineFulfilment, goodsOwner: Int, document: String) -> Bool {
        guard fulfilment.booked > fulfilment.documented else { return false }
        var sums: Set<ExactDecimal> = [.zero]
        for line in fulfilment.lines {
            let amounts = amountsReached(goodsOwner, document, line)
            sums = Set(sums.flatMap { sum in amounts.map { sum + $0 } })
        }
        return sums.contains(fulfilment.booked)
    }

    private func amountsReached(_ goodsOwner: Int, _ document: String, _ row: String) -> Set<ExactDecimal> {
        var reached = ExactDecimal.zero
        var amounts: Set<ExactDecimal> = [.zero]
        for entry in evidence.actionLog.entries {
            switch entry.action {
            case .picked(goodsOwner, document, row, _, let quantity), .received(goodsOwner, document, row, _, let quantity):
                reached += quantity
            case .unpicked(goodsOwner, document, row, _, let quantity): reached -= quantity
            case .receiptCorrected(goodsOwner, document, row, _, let change): reached += change
            default: continue
            }
            amounts.insert(reached)
        }
        return amounts
    }
}
