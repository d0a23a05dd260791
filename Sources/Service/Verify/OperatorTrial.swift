package import SyncCore
import SyncEngine
package import Trade

/// Something that people in the warehouse are asked to do with documents of the canary.
package enum OperatorTask: Sendable, Hashable {
    case receive(Quantity, of: Quantity, article: String, purchaseOrder: String)
    case finish(remaining: Quantity, article: String, purchaseOrder: String)
    case pick(Quantity, of: Quantity, article: String, order: String)
    case send(order: String)
    case adjust(Quantity, article: String)
}

extension OperatorTask {
    /// How much was asked for; `nil` where it is not about a quantity.
    var asked: Quantity? {
        switch self {
        case .receive(let quantity, _, _, _), .pick(let quantity, _, _, _), .adjust(let quantity, _): quantity
        case .finish, .send: nil
        }
    }
}

/// How people are asked, and how long they are waited for.
package struct OperatorPlan: Sendable {
    /// For each task. Then the rest is not asked.
    package var patience = Duration.seconds(600)
    /// Between two looks, so that waiting takes no more calls than this allows.
    package var interval = Duration.seconds(10)
    /// Tells people what to do, and returns at once.
    package let ask: @Sendable (OperatorTask) -> Void

    package init(ask: @escaping @Sendable (OperatorTask) -> Void) { self.ask = ask }
}

/// What people did, and what the engine would book of it.
package struct OperatorOutcome: Sendable, Equatable {
    /// In all; negative for what was taken out of the stock.
    package var moved: Quantity
    /// Empty: nothing yet.
    package var booked: [PlannedWrite] = []
    package var parked: [RecordFailure] = []
    package var isCancelled = false
}

/// What one look at the warehouse says of a task.
enum OperatorSighting {
    case done(OperatorOutcome)
    /// - Parameter shown: What the warehouse shows instead.
    case waiting(shown: String)
}

/// Judges what the warehouse shows of the documents that people were asked to work on, with the decisions of the jobs: statuses and
/// quantities mean here what they mean to the engine.
struct OperatorTrial {
    let connection: String
    let settings: ConnectionSettings
    let article: ItemNumber

    static let row = LineID("1")
    static let ordered = Quantity("2")!
    static let advised = Quantity("4")!

    // MARK: Orders

    func sighting(of order: WarehouseOrder?, for task: OperatorTask) -> OperatorSighting {
        guard let order else { return .waiting(shown: "the warehouse shows no such order") }
        let picked = order.lines.reduce(Quantity.zero) { $0 + $1.picked }
        let stage = settings.stage(ofOrderAt: order.status, hasMoved: !picked.isZero)
        let isThere: Bool =
            switch task {
            case .pick: !picked.isZero || stage == .complete || stage == .passed
            default: stage == .complete || stage == .passed
            }
        guard isThere || stage == .cancelled else {
            return .waiting(shown: "\(Self.status(order.status, order.statusText)), \(picked) picked")
        }
        let delivery = Delivery.work(
            out: order.lines.map { DeliveredLine(row: $0.row, article: $0.article, done: $0.picked, booked: .zero) },
            by: settings.shipmentRule(stage), ordered: [Self.row: (article, Self.ordered)], bookedInAll: [:], mayExceed: false,
            verb: "picked", document: "order \(order.number)")
        return .done(outcome(delivery, RecordRef(.order, order.number.text), moved: picked, isCancelled: stage == .cancelled))
    }

    // MARK: Purchase orders

    func sighting(of order: WarehousePurchaseOrder?, for task: OperatorTask) -> OperatorSighting {
        guard let order else { return .waiting(shown: "the warehouse shows no such purchase order") }
        let received = order.lines.reduce(Quantity.zero) { $0 + $1.received }
        let stage = settings.stage(ofPurchaseOrderAt: order.status, hasMoved: !received.isZero)
        let isThere: Bool =
            switch task {
            case .receive: !received.isZero || stage == .complete || stage == .passed
            default: stage == .complete || stage == .passed
            }
        guard isThere || stage == .cancelled else {
            return .waiting(shown: "\(Self.status(order.status, order.statusText)), \(received) received")
        }
        let delivery = Delivery.work(
            out: order.lines.map { DeliveredLine(row: $0.row, article: $0.article, done: $0.received, booked: .zero) },
            by: settings.receiptRule(stage), ordered: [Self.row: (article, Self.advised)], bookedInAll: [:], mayExceed: true,
            countsByItem: true, verb: "received", document: "purchase order \(order.number)")
        return .done(
            outcome(delivery, RecordRef(.purchaseOrder, order.number.text), moved: received, isCancelled: stage == .cancelled))
    }

    private func outcome(
        _ delivery: Delivery, _ document: RecordRef, moved: Quantity, isCancelled: Bool
    ) -> OperatorOutcome {
        let lines = delivery.toBook.map {
            WantedLine(row: $0.row, item: $0.item, location: settings.location, quantity: $0.quantity)
        }
        let job = document.kind == .order ? Job.shipments : .receipts
        let booked = lines.isEmpty ? [] : [PlannedWrite(.book(document, lines, draft: nil), connection: connection, job: job)]
        return OperatorOutcome(moved: moved, booked: booked, parked: delivery.failures, isCancelled: isCancelled)
    }

    private static func status(_ number: Int, _ text: String?) -> String {
        "status \(number)" + (text.map { " '\($0)'" } ?? "")
    }

    // MARK: Adjustments

    /// - Parameter rows: Those that were not there before people were asked.
    func sighting(of rows: [WarehouseAdjustment]) -> OperatorSighting {
        let own = rows.filter { $0.article.text.lowercased() == article.text.lowercased() && !$0.change.isZero }
        guard !own.isEmpty else { return .waiting(shown: "the warehouse shows no adjustment of \(article)") }
        return .done(
            OperatorOutcome(
                moved: own.reduce(.zero) { $0 + $1.change },
                booked: ConnectionJournal.planned(own, at: settings.location).map {
                    PlannedWrite($0, connection: connection, job: .stock)
                }))
    }
}
