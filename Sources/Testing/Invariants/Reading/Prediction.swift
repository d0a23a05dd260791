import Exchange
import SyncCore
import Units

/// What must end before a person, by what people did and by what both systems hold at the end.
///
/// An exploration has nobody who knows beforehand how a story ends. The engine is not asked: it would excuse itself. Each
/// reason below needs an act in the book that brought it about, and what it names has to be parked, not only may be; so a defect
/// that leads to the same state without the act, or an engine that shows nobody, still breaks a rule.
package struct Prediction {
    private let evidence: Evidence
    private let connection: ConnectionFacts
    private let numbers: ShopNumbers

    /// In the order of the connections; each document once for each job.
    package static func parked(_ evidence: Evidence) -> [ExpectedParked] {
        var evidence = evidence
        evidence.expectedParked = []
        let numbers = ShopNumbers(evidence)
        return evidence.connections.flatMap { connection in
            let prediction = Prediction(evidence: evidence, connection: connection, numbers: numbers)
            return prediction.changedTooLate() + prediction.purchasesChangedTooLate() + prediction.shipments()
                + prediction.receipts()
                + prediction.draftsThatStay()
        }
    }

    // MARK: Changed after the warehouse had begun

    /// What the office took back or changed when the warehouse would not let go of it any more.
    private func changedTooLate() -> [ExpectedParked] {
        let touched = numbersTouchedAgain(purchase: false)
        guard !touched.isEmpty else { return [] }
        let wrong = Self.subjects(OrdersAreThere().judge(evidence))
        return evidence.shop.orders.map(\.number).filter { number in
            touched.contains(number) && wrong.contains("order \(number), goods owner \(connection.goodsOwner)")
                && evidence.warehouse.orders.contains {
                    isHere($0.goodsOwner, $0.isCancelled) && $0.backOrderFor == nil && numbers.number(of: $0) == number
                        && isClosed($0)
                }
        }.map { ExpectedParked(connection: connection.name, job: Job.orders.rawValue, subject: $0) }
    }

    private func purchasesChangedTooLate() -> [ExpectedParked] {
        let touched = numbersTouchedAgain(purchase: true)
        guard !touched.isEmpty else { return [] }
        let wrong = Self.subjects(PurchaseOrdersAreThere().judge(evidence))
        return evidence.shop.purchaseOrders.map(\.number).filter { number in
            touched.contains(number) && wrong.contains("purchase order \(number), goods owner \(connection.goodsOwner)")
                && evidence.warehouse.purchaseOrders.contains {
                    isHere($0.goodsOwner, $0.isCancelled) && numbers.number(of: $0) == number && isClosed($0)
                }
        }.map { ExpectedParked(connection: connection.name, job: Job.purchaseOrders.rawValue, subject: $0) }
    }

    private func isHere(_ goodsOwner: Int, _ isCancelled: Bool) -> Bool {
        goodsOwner == connection.goodsOwner && !isCancelled
    }

    /// Whether the warehouse would refuse to replace or cancel it.
    private func isClosed(_ order: OngoingSnapshot.Order) -> Bool {
        let profile = connection.ongoingProfile
        return order.status >= profile.int("order.editable_below") || order.lines.contains { !$0.done.isZero }
            || (!profile.isOn("order.editable_when_allocated") && order.lines.contains { !$0.allocated.isZero })
    }

    private func isClosed(_ order: OngoingSnapshot.PurchaseOrder) -> Bool {
        order.status >= connection.ongoingProfile.int("purchase_order.editable_below")
            || order.lines.contains { !$0.done.isZero }
    }

    /// The documents that somebody reopened, cancelled or deleted after they had been booked.
    private func numbersTouchedAgain(purchase: Bool) -> Set<String> {
        var booked: Set<String> = []
        var touched: Set<String> = []
        for entry in evidence.book.entries {
            switch entry.act {
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

    private static func subjects(_ verdict: Verdict) -> Set<String> {
        guard case .broken(let findings) = verdict else { return [] }
        return Set(findings.map(\.subject))
    }

    // MARK: Moved goods that cannot be booked as they were moved

    private func shipments() -> [ExpectedParked] {
        let settings = connection.settings
        let works = Self.byLine(WorkList.shipping(evidence, connection))
        let shop = Dictionary(evidence.shop.orders.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        let doubled = linesShippedTwice()
        let sent = sentByLine()
        var certain: Set<String> = []
        // By line, the documents that have moved goods of it: where Rackbeat takes no more, the last one is left, whichever it is.
        var refused: [String: [String]] = [:]
        for order in evidence.warehouse.orders where isHere(order.goodsOwner, order.isCancelled) {
            guard let number = numbers.number(of: order) else { continue }
            let counts = (settings.shippedStatusFrom...settings.shippedStatusTo).contains(order.status)
            for line in order.lines {
                guard let row = line.row else {
                    // Somebody typed it in: nothing in Rackbeat says what was sold.
                    if counts, order.backOrderFor == nil, !line.done.isZero { certain.insert(order.number) }
                    continue
                }
                let key = "\(number) \(row)"
                guard let work = works[key] else { continue }
                if counts, line.done > line.quantity { certain.insert(order.number) }
                if counts, let sent = sent[key], sent > work.booked, !line.done.isZero,
                    refuses(shop[number]?.state, shop[number]?.lines, row, sent)
                {
                    refused[key, default: []].append(order.number)
                }
                if wasTakenBack(work, goodsOwner: order.goodsOwner, document: order.number) { certain.insert(order.number) }
                if work.booked > work.documented, doubled.contains(key) { refused[key, default: []].append(order.number) }
            }
        }
        for (_, documents) in refused.sorted(by: { $0.key < $1.key }) { certain.formUnion(shown(of: documents)) }
        return evidence.warehouse.orders.filter {
            isHere($0.goodsOwner, $0.isCancelled) && certain.contains($0.number)
        }.map { ExpectedParked(connection: connection.name, job: Job.shipments.rawValue, subject: $0.number) }
    }

    /// What has left by line of the shop. What is picked of a document that is still being packed asks for no shipment yet.
    private func sentByLine() -> [String: ExactDecimal] {
        let settings = connection.settings
        var sent: [String: ExactDecimal] = [:]
        for order in evidence.warehouse.orders where isHere(order.goodsOwner, order.isCancelled) {
            guard let number = numbers.number(of: order),
                (settings.shippedStatusFrom...settings.shippedStatusTo).contains(order.status)
            else { continue }
            for line in order.lines { if let row = line.row { sent["\(number) \(row)", default: .zero] += line.done } }
        }
        return sent
    }

    /// Of several documents of which one at least has to be before a person, those that are; all of them when none is.
    private func shown(of documents: [String]) -> [String] {
        let shown = documents.filter { document in
            let expected = ExpectedParked(connection: connection.name, job: Job.shipments.rawValue, subject: document)
            return evidence.parked.contains(where: expected.covers)
        }
        return shown.isEmpty ? documents : shown
    }

    /// Where an account ships what is created, a request that was delivered twice has shipped twice, and nothing takes that back.
    private func linesShippedTwice() -> Set<String> {
        guard connection.rackbeatProfile.isOn("shipment.create_also_ships") else { return [] }
        let authorship = Authorship(evidence.exchanges)
        var shipments: [Int: Int] = [:]
        var lines: Set<String> = []
        for shipment in evidence.shop.shipments where shipment.shippedAt != nil {
            guard let author = authorship.author(of: shipment), author.connection == connection.name else { continue }
            shipments[author.exchange, default: 0] += 1
            guard shipments[author.exchange]! > 1 else { continue }
            lines.formUnion(shipment.lines.map { "\(shipment.order) \($0.orderLine ?? "")" })
        }
        return lines
    }

    /// Where an account lets no draft of an adjustment be deleted, one that is of no use stays: of a request that was delivered
    /// twice, or one that would change nothing any more. Whether all was booked without it is for the rule of adjustments to say.
    private func draftsThatStay() -> [ExpectedParked] {
        guard !connection.rackbeatProfile.isOn("adjustment.deletable") else { return [] }
        let authorship = Authorship(evidence.exchanges)
        let own = evidence.shop.adjustments.filter { authorship.author(of: $0)?.connection == connection.name }
        return own.filter { $0.change == nil }.map {
            ExpectedParked(
                connection: connection.name, job: Job.stock.rawValue, subject: "\($0.item): \($0.reason)")
        }
    }

    private func receipts() -> [ExpectedParked] {
        let settings = connection.settings
        let works = Self.byLine(WorkList.receiving(evidence, connection))
        let shop = Dictionary(evidence.shop.purchaseOrders.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
        return evidence.warehouse.purchaseOrders.filter { isHere($0.goodsOwner, $0.isCancelled) }.filter { order in
            guard let number = numbers.number(of: order) else { return false }
            let counts = settings.receiptTrigger == .immediate || settings.completedStatuses.contains(order.status)
            return order.lines.contains { line in
                guard let row = line.row, let work = works["\(number) \(row)"] else { return false }
                // Rackbeat takes no receipt of what is not booked, nor of what has come in full.
                if counts, work.documented > work.booked, !line.done.isZero, shop[number]?.state != .booked(isComplete: false) {
                    return true
                }
                return wasTakenBack(work, goodsOwner: order.goodsOwner, document: order.number)
            }
        }.map { ExpectedParked(connection: connection.name, job: Job.receipts.rawValue, subject: $0.number) }
    }

    /// Whether Rackbeat takes no shipment of so much of a line: the office changed the order while the goods were on their way.
    private func refuses(
        _ state: RackbeatSnapshot.State?, _ lines: [RackbeatSnapshot.Line]?, _ row: String, _ quantity: ExactDecimal
    ) -> Bool {
        guard case .booked? = state, let line = lines?.first(where: { $0.id == row }) else { return true }
        return line.quantity < quantity
    }

    private static func byLine(_ list: WorkList) -> [String: Work] {
        Dictionary(
            list.all.flatMap { work in work.lines.map { ("\(work.order) \($0)", work) } }, uniquingKeysWith: { $1 })
    }

    /// Whether people put back what Rackbeat had rightly booked by then: its amount is one that the line once had, or of several
    /// lines the sum of such amounts.
    private func wasTakenBack(_ work: Work, goodsOwner: Int, document: String) -> Bool {
        guard work.booked > work.documented else { return false }
        var sums: Set<ExactDecimal> = [.zero]
        for line in work.lines {
            let amounts = amountsReached(goodsOwner, document, line)
            sums = Set(sums.flatMap { sum in amounts.map { sum + $0 } })
        }
        return sums.contains(work.booked)
    }

    private func amountsReached(_ goodsOwner: Int, _ document: String, _ row: String) -> Set<ExactDecimal> {
        var reached = ExactDecimal.zero
        var amounts: Set<ExactDecimal> = [.zero]
        for entry in evidence.book.entries {
            switch entry.act {
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
