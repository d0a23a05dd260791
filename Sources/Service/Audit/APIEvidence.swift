import ClientKit
import Exchange
package import Invariants
import JSON
import OngoingClient
import RackbeatClient
package import SyncCore
package import SyncEngine
import Trade
package import Units

/// What the journal says to explain what an audit finds. An audit works without it; then nothing is excused, and what only the journal
/// knows is undecided.
package struct JournalFacts: Sendable {
    package var parked: [ParkedRecord] = []
    /// What a person settled by hand.
    package var dismissed: [ParkedRecord] = []
    package var stockSyncBegan: Moment?
    /// Ongoing minus Rackbeat, by item.
    package var offsets: [String: ExactDecimal] = [:]

    package init(of connection: String, in journal: Journal) throws {
        parked = try journal.parked().filter { $0.connection == connection }
        dismissed = try journal.dismissed().filter { $0.connection == connection }
        stockSyncBegan = try journal.of(connection).stockSyncStarted()
        for (item, offset) in try journal.of(connection).stockOffsets() { offsets[item] = ExactDecimal(offset) }
    }
}

/// The evidence of one connection as both APIs show it, with the warehouse's counters in place of the recorded actions.
package struct APIEvidence {
    package private(set) var evidence: Evidence
    /// What could not be read, and why; it is not judged.
    package private(set) var unreadable: [UnreadableRecord]
    package let connection: ConnectionFacts

    private var actions: [ActionLog.Entry] = []
    private var orders: [Int: Int] = [:]
    private var purchaseOrders: [Int: Int] = [:]
    private let recent: Moment
    private let now: Moment
    private let ahead: Duration
    private let zone: Zone

    /// - Parameters:
    ///   - journal: `nil` when there is none at hand.
    ///   - settled: What changed later need not be synced yet.
    ///   - since: As the Rackbeat side was read.
    package init(
        _ rackbeat: RackbeatReading, _ clients: EngineFactory.Clients, _ settings: ConnectionSettings, journal: JournalFacts?,
        allLocations: Set<String>, settled: Moment, since: Moment? = nil, now: Moment,
        progress: @escaping AuditProgress = { _, _ in }
    ) throws {
        let ongoing = clients.ongoing
        var connection = ConnectionFacts(
            settings: settings, rackbeatProfile: clients.rackbeat.profile, ongoingProfile: ongoing.profile)
        connection.otherLocations = allLocations.subtracting([settings.location.text])
        self.connection = connection
        evidence = Evidence(
            rackbeat: RackbeatSnapshot(), ongoing: OngoingSnapshot(), actionLog: ActionLog(), connections: [connection],
            exchanges: [])
        unreadable = rackbeat.unreadable
        recent = settled
        self.now = now
        zone = Zone(rawValue: ongoing.profile["zone_less_time"]) ?? .utc

        evidence.ongoing.stock += try ongoing.stock().map { stock in
            StockPosition(item: stock.article.text, place: String(settings.goodsOwner), stock: stock.onHand.units)
        }
        ahead = ClockSkew.between(ongoing.serverTime, and: now)
        progress("Ongoing stock", evidence.ongoing.stock.count)
        try readArticles(ongoing, progress)
        try readOrders(ongoing, since, rackbeat, progress)
        try readPurchaseOrders(ongoing, since, rackbeat, progress)
        try readAdjustments(ongoing, since, progress)
        try lookUpMissing(in: rackbeat)

        evidence.rackbeat = rackbeat.snapshot
        addActionsByHand(at: Set(rackbeat.places(in: [settings.location]).map(\.text)))
        for entry in actions.sorted(by: { $0.time < $1.time }) { evidence.actionLog.record(entry.action, at: entry.time) }
        actions = []
        evidence.lastRoundBegan = settled
        evidence.expectedParked = excused(journal)
        evidence.dismissed = (journal?.dismissed ?? []).map {
            ParkedFact(
                connection: settings.name, job: $0.job, record: $0.record, number: $0.shownNumber, reason: $0.reason,
                needsPerson: false)
        }
        evidence.stockSyncBegan[settings.name] = journal?.stockSyncBegan
        evidence.api = facts(rackbeat, journal, allLocations, since)
    }

    // MARK: The warehouse

    private var settings: ConnectionSettings { connection.settings }

    private mutating func readArticles(_ ongoing: OngoingClient, _ progress: AuditProgress) throws {
        try ongoing.shownArticles { page in
            for row in page {
                do {
                    let article = try OngoingSnapshot.Article(row, goodsOwner: settings.goodsOwner)
                    evidence.changeOngoing { $0.articles.append(article) }
                } catch let problem as UnshownMember {
                    note(.products, row["articleNumber"]?.key, problem)
                }
            }
            progress("Ongoing articles", evidence.ongoing.articles.count)
        }
    }

    private mutating func readOrders(
        _ ongoing: OngoingClient, _ since: Moment?, _ rackbeat: RackbeatReading, _ progress: AuditProgress
    ) throws {
        // When the status changed is not shown, but whether it did lately can be asked.
        var changed: Set<Int> = []
        try ongoing.shownOrders(.statusChanged(after: recent + ahead)) { page in
            for row in page { if let id = row.at(["orderInfo", "orderId"])?.int { changed.insert(id) } }
        }
        func read(_ filter: OngoingClient.ShownOrders) throws {
            try ongoing.shownOrders(filter) { page in
                for row in page { add(order: row, changed) }
                progress("Ongoing orders", orders.count)
            }
        }
        guard let since else { return try read(.all) }
        try read(.statusChanged(after: since + ahead))
        try read(.picked(after: since + ahead))
        try read(.toReport)
        let held = Set(evidence.ongoing.orders.map { $0.goodsOwnerOrderId ?? $0.number })
        for order in rackbeat.snapshot.orders where !held.contains(order.number) { try read(.erpNumber(order.number)) }
    }

    private mutating func add(order row: JSON, _ changed: Set<Int>) {
        do {
            var shown = try ShownDocument<OngoingSnapshot.Order>(row, settings, zone: zone, ahead: ahead)
            let order = shown.document
            guard orders[order.id] == nil, !Canary.isOwn(order.number) else { return }
            if changed.contains(order.id) {
                shown.document.history[order.history.count - 1].time = now
            }
            orders[order.id] = evidence.ongoing.orders.count
            evidence.changeOngoing { $0.orders.append(shown.document) }
            for movement in shown.movements {
                for (time, quantity) in parts(movement, isRecent: changed.contains(order.id)) {
                    record(
                        .picked(
                            goodsOwner: settings.goodsOwner, order: order.number,
                            line: movement.line.row ?? String(movement.line.id),
                            item: movement.line.article, quantity: quantity), at: time)
                }
            }
            for line in order.lines where !line.returned.isZero {
                // When is shown with the picked items alone, and matters to nobody: a counter says what came back in all.
                record(
                    .returned(
                        goodsOwner: settings.goodsOwner, order: order.number, line: line.row ?? String(line.id),
                        item: line.article, quantity: line.returned),
                    at: changed.contains(order.id) ? now : Moment(milliseconds: 0))
            }
        } catch {
            note(.orders, row.at(["orderInfo", "orderNumber"])?.key, error)
        }
    }

    private mutating func readPurchaseOrders(
        _ ongoing: OngoingClient, _ since: Moment?, _ rackbeat: RackbeatReading, _ progress: AuditProgress
    ) throws {
        var changed: Set<Int> = []
        try ongoing.shownPurchaseOrders(.statusChanged(after: recent + ahead)) { page in
            for row in page { if let id = row.at(["purchaseOrderInfo", "purchaseOrderId"])?.int { changed.insert(id) } }
        }
        func read(_ filter: OngoingClient.ShownPurchaseOrders) throws {
            try ongoing.shownPurchaseOrders(filter) { page in
                for row in page { add(purchaseOrder: row, changed) }
                progress("Ongoing purchase orders", purchaseOrders.count)
            }
        }
        guard let since else { return try read(.all) }
        try read(.statusChanged(after: since + ahead))
        try read(.received(after: since + ahead))
        try read(.toReport)
        let held = Set(evidence.ongoing.purchaseOrders.map(\.number))
        for order in rackbeat.snapshot.purchaseOrders where !held.contains(order.number) { try read(.number(order.number)) }
    }

    private mutating func add(purchaseOrder row: JSON, _ changed: Set<Int>) {
        do {
            var shown = try ShownDocument<OngoingSnapshot.PurchaseOrder>(row, settings, zone: zone, ahead: ahead)
            let order = shown.document
            guard purchaseOrders[order.id] == nil, !Canary.isOwn(order.number) else { return }
            if changed.contains(order.id) {
                shown.document.history[order.history.count - 1].time = now
            }
            purchaseOrders[order.id] = evidence.ongoing.purchaseOrders.count
            evidence.changeOngoing { $0.purchaseOrders.append(shown.document) }
            for movement in shown.movements {
                for (time, quantity) in parts(movement, isRecent: changed.contains(order.id)) {
                    record(
                        .received(
                            goodsOwner: settings.goodsOwner, purchaseOrder: order.number,
                            line: movement.line.row ?? String(movement.line.id), item: movement.line.article, quantity: quantity),
                        at: time)
                }
            }
        } catch {
            note(.purchaseOrders, row.at(["purchaseOrderInfo", "purchaseOrderNumber"])?.key, error)
        }
    }

    /// The quantity of a line in parts with their times. Where the parts do not make up the line's counter, the counter counts.
    private func parts(_ movement: ShownMovement, isRecent: Bool) -> [(time: Moment, quantity: ExactDecimal)] {
        let sum = movement.parts.reduce(ExactDecimal.zero) { $0 + $1.quantity }
        guard sum != movement.line.moved else { return movement.parts }
        let latest = movement.parts.map(\.time).max()
        return [(latest ?? (isRecent ? now : Moment(milliseconds: 0)), movement.line.moved)]
    }

    private mutating func readAdjustments(_ ongoing: OngoingClient, _ since: Moment?, _ progress: AuditProgress) throws {
        for row in try ongoing.adjustments(from: since.map { $0 + ahead } ?? Self.longAgo) {
            switch row {
            case .value(let adjustment):
                guard !Canary.isOwn(adjustment.article.text) else { continue }
                let time = adjustment.time - ahead
                let goodsOwner = settings.goodsOwner
                evidence.changeOngoing {
                    $0.adjustments.append(
                        .init(
                            goodsOwner: goodsOwner, inventory: adjustment.inventory.value,
                            article: adjustment.article.text,
                            change: adjustment.change.units, time: time))
                }
                record(
                    .adjusted(
                        goodsOwner: settings.goodsOwner, item: adjustment.article.text, change: adjustment.change.units,
                        inventory: adjustment.inventory.value), at: time)
            case .unreadable(let key, _, let problem, _):
                unreadable.append(UnreadableRecord(job: .stock, number: key, problem: problem))
            }
        }
        progress("Ongoing adjustments", evidence.ongoing.adjustments.count)
    }

    /// Before any warehouse of Ongoing's had an API.
    private static let longAgo = Moment(CivilDate("2000-01-01")!, zone: .utc)

    // MARK: What Rackbeat's lists left out

    /// The orders in Rackbeat of those that the warehouse showed: booked since the lists were read, or changed before `since`.
    private func lookUpMissing(in rackbeat: RackbeatReading) throws {
        let known = RackbeatNames(rackbeat)
        var looked = 0
        for order in evidence.ongoing.orders where order.backOrderFor == nil && looked < Self.mostLookups {
            guard !known.has(order: order) else { continue }
            looked += 1
            try rackbeat.lookUp(order: order.goodsOwnerOrderId ?? order.number)
        }
        for order in evidence.ongoing.purchaseOrders where looked < Self.mostLookups && !known.has(purchaseOrder: order.number) {
            looked += 1
            try rackbeat.lookUp(purchaseOrder: order.number)
        }
    }

    /// A warehouse full of orders that Rackbeat never had needs no call for each to say so.
    private static let mostLookups = 500

    private struct RackbeatNames {
        let rackbeat: RackbeatReading
        init(_ rackbeat: RackbeatReading) { self.rackbeat = rackbeat }

        func has(order: OngoingSnapshot.Order) -> Bool {
            [order.goodsOwnerOrderId, order.number].contains { number in
                number.map { stems($0).contains(where: rackbeat.has(order:)) } ?? false
            }
        }

        func has(purchaseOrder number: String) -> Bool { stems(number).contains(where: rackbeat.has(purchaseOrder:)) }

        /// The number itself, and without the suffix that a second document gets in the warehouse.
        private func stems(_ number: String) -> [String] {
            var stems = [number]
            var stem = number[...]
            while let mark = stem.lastIndex(where: { !$0.isNumber && !$0.isLetter }) {
                stem = stem[..<mark]
                stems.append(String(stem))
            }
            return stems
        }
    }

    // MARK: What people did in Rackbeat

    /// An adjustment without the engine's mark is a person's. So is a shipment or receipt of an order that the warehouse does not have:
    /// the engine books nothing that the warehouse did not move. Elsewhere it is another connection's.
    private mutating func addActionsByHand(at places: Set<String>) {
        let time = Moment(milliseconds: 0)
        for adjustment in evidence.rackbeat.adjustments where adjustment.isByHand {
            guard let change = adjustment.change else { continue }
            record(.adjustedByHand(item: adjustment.item, location: adjustment.location, change: change), at: time)
        }
        let held = Set(evidence.ongoing.orders.flatMap { [$0.goodsOwnerOrderId, $0.number].compactMap { $0 } })
        for shipment in evidence.rackbeat.shipments where shipment.shippedAt != nil && !held.contains(shipment.order) {
            for line in shipment.lines where places.contains(line.location) {
                guard let orderLine = line.orderLine else { continue }
                record(
                    .shippedByHand(order: shipment.order, line: orderLine, location: line.location, quantity: line.quantity),
                    at: time)
            }
        }
        let expected = Set(evidence.ongoing.purchaseOrders.map(\.number))
        for receipt in evidence.rackbeat.receipts where receipt.receivedAt != nil && !expected.contains(receipt.purchaseOrder) {
            for line in receipt.lines where places.contains(line.location) {
                guard let orderLine = line.orderLine else { continue }
                record(
                    .receivedByHand(
                        purchaseOrder: receipt.purchaseOrder, line: orderLine, location: line.location, quantity: line.quantity),
                    at: time)
            }
        }
    }

    private mutating func record(_ action: ActionLog.Action, at time: Moment) {
        actions.append(ActionLog.Entry(time: time, action: action))
    }

    private mutating func note(_ job: Job, _ number: String?, _ problem: UnshownMember) {
        unreadable.append(UnreadableRecord(job: job, number: number, problem: "\(problem.name) is missing or unreadable"))
    }

    // MARK: What is not judged

    private func excused(_ journal: JournalFacts?) -> [ExpectedParked] {
        (journal?.parked ?? []).map {
            ExpectedParked(connection: settings.name, parkedBy: $0.job, number: $0.shownNumber)
        }
            + unreadable.compactMap { record in
                record.number.map { ExpectedParked(connection: settings.name, job: record.job, number: $0) }
            }
    }

    private func facts(
        _ rackbeat: RackbeatReading, _ journal: JournalFacts?, _ locations: Set<String>, _ since: Moment?
    ) -> APIFacts {
        var facts = APIFacts()
        facts.unseenMembers = unseenMembers
        facts.locations = locations
        facts.acceptedOffsets = journal?.offsets
        let inventories = Set(evidence.ongoing.adjustments.map(\.inventory))
        for adjustment in evidence.rackbeat.adjustments {
            if let inventory = AdjustmentReason.inventory(in: adjustment.reason), inventories.contains(inventory) {
                facts.ownAdjustments.insert(adjustment.id)
            }
        }
        if let why = rackbeat.adjustmentsUnclear {
            facts.unanswered[AdjustmentsRecreatedOnce.id] = why
            facts.unanswered[StockAgrees.id] = why
        }
        if journal == nil, settings.stockSync != .off {
            let why = "Only the journal says when stock sync began, and no journal is at hand"
            facts.unanswered[AdjustmentsRecreatedOnce.id] = why
            facts.unanswered[StockAgrees.id] = why
        }
        if since != nil {
            facts.unanswered[StockAgrees.id] = "With --since, earlier documents that explain a difference are not read"
        }
        for (job, id) in [
            (Job.products, CatalogueAgrees.id), (.orders, OrdersAreThere.id), (.purchaseOrders, PurchaseOrdersAreThere.id),
        ] {
            if let record = unreadable.first(where: { $0.job == job && $0.number == nil }) {
                facts.unanswered[id] = "A record of \(job.rawValue) cannot be read: \(record.problem)"
            }
        }
        return facts
    }
}

extension ParkedRecord {
    /// The number by which people know it: of a shipment or receipt the warehouse's number of the order, else the record's.
    var shownNumber: String {
        switch job {
        case .shipments, .receipts: subject
        case .products, .orders, .purchaseOrders, .stock, .reconcile: record.number
        }
    }
}
