import ClientKit
import OngoingClient
import RackbeatClient
import SyncCore
import Trade

/// What nobody is going to send: the rest of an order whose back order the warehouse cancelled.
///
/// It is parked with the order in the warehouse that the rest was split off, since that one may have a shipment of its own to book.
/// The lists of the shipments job show the cancelled back order; its order is then looked at once, and for as long as it is parked.
extension BookingDriver {
    /// - Parameter rows: What the lists of this run show.
    func lookForRests(_ rows: [WarehouseOrder], _ calls: BookingCalls) throws {
        var splits: [String: [WarehouseOrder]] = [:]
        for order in rows where order.backOrderFor != nil && stage(of: order) == .cancelled {
            guard splitsSeen[order.id] != order.progressFingerprint, let erp = try erpDocument(of: progress(of: order)) else {
                continue
            }
            splits[erp.number, default: []].append(order)
        }
        for (number, backOrders) in splits.sorted(by: { $0.key < $1.key }) {
            guard try lookForRest(ofOrder: number, beside: backOrders, calls) else { continue }
            for order in backOrders { splitsSeen[order.id] = order.progressFingerprint }
        }
    }

    /// Looks whether something of one order is owed and nobody is going to send it, and parks or unparks it.
    ///
    /// - Parameters:
    ///   - number: The order's number in Rackbeat.
    ///   - shown: Back orders of it that were read already. A list may be older than they are.
    /// - Returns: Whether the warehouse shows the order.
    @discardableResult
    func lookForRest(ofOrder number: String, beside shown: [WarehouseOrder] = [], _ calls: BookingCalls) throws -> Bool {
        guard let id = try journal.pushed(RecordRef(.order, number))?.warehouseID, let order = try ongoing.order(id) else {
            return false
        }
        try dealWith(try progress(withSplitOf: order, beside: shown), with: calls, report: reporting(order))
        return true
    }

    /// Deals with one order of the warehouse whatever the lists of changes show: books what is due, and looks for the rest of a back
    /// order that is cancelled. For the comparison of everything open.
    func look(at order: WarehouseOrder) throws {
        let calls = shipmentCalls
        splitsSeen[order.id] = nil
        try dealWith(try progressOfParked(order), with: calls, report: reporting(order))
        try lookForRests([order], calls)
    }

    /// How far an order has come; one that is parked and was split, with its back orders.
    func progressOfParked(_ order: WarehouseOrder) throws -> Progress {
        guard order.backOrderFor == nil, try records.parkedRecord(.shipments, order.number.text) != nil, try isSplit(order) else {
            return progress(of: order)
        }
        return try progress(withSplitOf: order, beside: [])
    }

    /// Whether the order holds less than the warehouse was sent.
    private func isSplit(_ order: WarehouseOrder) throws -> Bool {
        guard let document = try journal.pushed(.order, warehouseID: order.id)?.document else { return false }
        return try journal.pushedLines(document).contains { sent in
            order.lines.first { $0.row == sent.row }.map { $0.ordered < sent.quantity } ?? true
        }
    }

    private func progress(withSplitOf order: WarehouseOrder, beside shown: [WarehouseOrder]) throws -> Progress {
        var progress = progress(of: order)
        // What is cancelled whole is no matter of a rest.
        guard stage(of: order) != .cancelled, let backOrders = try backOrders(of: order, beside: shown) else { return progress }
        let owed = try owedRests(of: order, backOrders)
        progress.owed = OwedRest.failure(
            owed, order: try erpDocument(of: progress)?.number ?? order.number.text,
            cancelled: backOrders.filter { stage(of: $0) == .cancelled }.map(\.number.text))
        progress.fingerprint = order.progressFingerprint(with: backOrders, owed)
        return progress
    }

    /// Read from Rackbeat at every look: an order that is shipped by hand, cancelled or deleted there is owed no more.
    private func owedRests(of order: WarehouseOrder, _ backOrders: [WarehouseOrder]) throws -> [OwedRest] {
        let live = backOrders.filter { stage(of: $0) != .cancelled }
        guard live.count < backOrders.count, let number = try erpDocument(of: progress(of: order))?.number,
            let wanted = try rackbeat.order(OrderNumber(number))
        else { return [] }
        switch wanted.progress {
        case .cancelled, .shipped: return []
        // One that was reopened is being worked on. Whether it still wants the rest, it says when it is booked again.
        case .draft, .booked: break
        }
        let booked = try journal.bookedInAll(.order, number: number)
        return OwedRest.work(
            out: try mapping.concerningLines(of: facts.completed(wanted)).compactMap { line in
                line.item.map { item in
                    // What was booked a moment ago may not be shown yet.
                    let shipped = max(line.shipped ?? .zero, booked[line.id] ?? .zero)
                    return OwedRest.Wanted(row: line.id, item: item, quantity: line.quantity, shipped: shipped)
                }
            },
            held: try ([order] + live).flatMap { holder in
                let booked = try journal.booked(.order, warehouseID: holder.id)
                return holder.lines.map { line in
                    OwedRest.Held(
                        row: line.row, item: line.article, ordered: line.ordered,
                        booked: line.row.flatMap { booked[$0] } ?? .zero)
                }
            })
    }

    /// Every back order of an order, and theirs, by their ids.
    ///
    /// - Returns: `nil` when one cannot be read: what it holds is not known.
    private func backOrders(of order: WarehouseOrder, beside shown: [WarehouseOrder]) throws -> [WarehouseOrder]? {
        var found = Dictionary(shown.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var asked: Set<WarehouseID> = []
        var next = [order.id]
        while let id = next.popLast() {
            guard asked.insert(id).inserted else { continue }
            for row in try ongoing.orders(.backOrders(of: id)) {
                guard case .value(let backOrder) = row else { return nil }
                if found[backOrder.id] == nil { found[backOrder.id] = backOrder }
                next.append(backOrder.id)
            }
        }
        return found.values.sorted { $0.id < $1.id }
    }

    // MARK: Whose back order it is

    /// The document of Rackbeat at the root of a chain: a back order may have a back order of its own, and name nothing else.
    func root(of parent: WarehouseID, _ kind: RecordRef.Kind) throws -> RecordRef? {
        if let known = roots[parent] { return known }
        var next: WarehouseID? = parent
        var found: RecordRef?
        var asked: Set<WarehouseID> = []
        while found == nil, let id = next, asked.insert(id).inserted, let order = try ongoing.order(id) {
            found =
                try journal.pushed(kind, warehouseID: id)?.document
                ?? journal.pushed(kind, warehouseNumber: order.number.text)?.document
                ?? order.erpNumber.flatMap { try journal.pushed(RecordRef(kind, $0.text))?.document }
            next = order.backOrderFor
        }
        roots[parent] = .some(found)
        return found
    }

    /// Back orders that were nobody's may be somebody's by now.
    func forgetForeignRoots() { roots = roots.filter { $0.value != nil } }
}
