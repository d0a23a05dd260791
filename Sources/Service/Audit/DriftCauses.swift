import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import SyncEngine
import Trade
import Units

/// Names the documents behind differences of stock. Asks only about items that differ.
struct DriftCauses {
    private let settings: ConnectionSettings
    private let clients: EngineFactory.Clients
    private let stockSyncBegan: Moment?
    /// The items whose ledgers are read; more would cost a call each.
    private static let mostItems = 50

    init(_ settings: ConnectionSettings, _ clients: EngineFactory.Clients, stockSyncBegan: Moment?) {
        self.settings = settings
        self.clients = clients
        self.stockSyncBegan = stockSyncBegan
    }

    func explaining(_ rows: [DriftReport.Row]) throws -> [DriftReport.Row] {
        var rows = rows
        var causes: [String: [String]] = [:]
        if rows.contains(where: { !$0.pickedToReport.isZero || !$0.receivedToReport.isZero }) { causes = try unbooked() }
        for index in rows.indices { rows[index].causes = causes[rows[index].item] ?? [] }
        let unexplained = rows.indices.filter { !rows[$0].unexplained.isZero }
        guard !unexplained.isEmpty else { return rows }
        let adjustments = try rackbeatAdjustments()
        let warehouse = try warehouseAdjustments()
        for index in unexplained.prefix(Self.mostItems) { try explain(&rows[index], adjustments, warehouse) }
        return rows
    }

    // MARK: Picked and received

    private func unbooked() throws -> [String: [String]] {
        var causes: [String: [String]] = [:]
        for case .value(let order) in try clients.ongoing.orders(.toReport(statusFrom: 0, statusTo: 9999)) {
            for line in order.lines {
                let open = line.picked - (line.reported ?? .zero)
                guard open.isPositive, let item = line.article else { continue }
                causes[item.text, default: []].append("\((-open).signed) picked for order \(order.number) and not booked yet")
            }
        }
        for case .value(let order) in try clients.ongoing.purchaseOrders(.toReport) {
            for line in order.lines {
                let open = line.received - (line.reported ?? .zero)
                guard !open.isZero, let item = line.article else { continue }
                causes[item.text, default: []].append(
                    "\(open.signed) received for purchase order \(order.number) and not booked yet")
            }
        }
        return causes
    }

    // MARK: Adjustments

    private func rackbeatAdjustments() throws -> [DocumentID: StockAdjustment] {
        var adjustments: [DocumentID: StockAdjustment] = [:]
        for number in 1... {
            let page = try clients.rackbeat.adjustments(page: number)
            for case .value(let adjustment) in page.rows { adjustments[adjustment.id] = adjustment }
            if page.isLast { break }
        }
        return adjustments
    }

    /// Those since stock sync began; without stock sync, of all times.
    private func warehouseAdjustments() throws -> [WarehouseAdjustment] {
        let began = settings.stockSync == .off ? nil : stockSyncBegan
        let rows = try clients.ongoing.adjustments(from: began ?? Moment(CivilDate("2000-01-01")!, zone: .utc))
        return rows.compactMap(\.value).filter { row in began.map { row.time >= $0 } ?? true }
    }

    /// The warehouse has articles that Rackbeat has no product for.
    private func ledger(of item: ItemNumber) throws -> [LedgerEntry] {
        do {
            return try clients.rackbeat.ledger(of: item)
        } catch let error as ExchangeError {
            guard case .refused(404, _) = error.reason else { throw error }
            return []
        }
    }

    private func explain(
        _ row: inout DriftReport.Row, _ adjustments: [DocumentID: StockAdjustment], _ warehouse: [WarehouseAdjustment]
    ) throws {
        let item = ItemNumber(row.item)
        let ledger = try self.ledger(of: item).filter { $0.location == settings.location }
        var recreated = Quantity.zero
        for entry in ledger {
            guard entry.isOfAdjustment, let document = entry.document, let adjustment = adjustments[document] else { continue }
            if AdjustmentReason.isOwn(adjustment.reason) {
                recreated += entry.change
            } else {
                row.causes.append(
                    "\((-entry.change).signed) since somebody else adjusted Rackbeat by \(entry.change.signed) with adjustment \(document)"
                )
            }
        }
        let own = warehouse.filter { $0.article == item }
        let changed = own.reduce(Quantity.zero) { $0 + $1.change }
        guard !own.isEmpty else { return }
        guard settings.stockSync != .off else {
            row.causes.append("\(changed.signed) adjusted in the warehouse while stock sync is off")
            return
        }
        guard stockSyncBegan != nil else { return }
        let pending = changed - recreated
        guard !pending.isZero else { return }
        row.pendingAdjustments = pending
        let documents = Set(own.map(\.inventory)).sorted().map(\.description).joined(separator: ", ")
        row.causes.append(
            "\(pending.signed) adjusted in the warehouse (inventory \(documents)) and not recreated in Rackbeat yet")
    }
}
