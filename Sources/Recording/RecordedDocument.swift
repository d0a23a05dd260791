import Contract
import Exchange
import JSON
import Units

extension RecordedScenario {
    /// One document as a runnable scenario: what people did to it in both systems, when, and what went wrong with its
    /// exchanges. What the engine did is left out, as the engine does it again.
    ///
    /// - Parameter number: As the recording writes it.
    /// - Returns: `nil` when the recording never shows the document.
    package init?(documentOf number: String, isSale: Bool, in recording: Recording) {
        let history = RecordedHistory(recording)
        guard let sightings = history.sightings(of: number, isSale: isSale),
            let first = sightings.first(where: { $0.document.lines != nil })
        else { return nil }
        var reconstruction = Reconstruction(recording, history, number: number, isSale: isSale)
        reconstruction.tellRackbeat(sightings.filter { $0.document.lines != nil }, first: first)
        reconstruction.tellWarehouse()
        reconstruction.tellAdjustments()
        reconstruction.tellFaults()
        reconstruction.write(into: &self)
    }

    private init() {}

    private struct Reconstruction {
        let recording: Recording
        let history: RecordedHistory
        let number: String
        let isSale: Bool
        var writer: WorldWriter
        /// What happened, and when.
        var events: [(at: Moment, isWarehouse: Bool, step: String)] = []
        var lines: [SeenOrder.Line] = []
        var moved = MovedGoods()
        var leftOut = 0

        init(_ recording: Recording, _ history: RecordedHistory, number: String, isSale: Bool) {
            self.recording = recording
            self.history = history
            self.number = number
            self.isSale = isSale
            writer = WorldWriter(recording, history)
        }

        private var startedAt: Moment { recording.exchanges.first?.at ?? Moment(milliseconds: 0) }
        private var kind: String { isSale ? "order" : "purchase-order" }

        private var name: String {
            mutating get { isSale ? writer.numbers.order(number) : writer.numbers.purchaseOrder(number) }
        }

        // MARK: Rackbeat

        mutating func tellRackbeat(
            _ sightings: [RecordedHistory.Sighting<SeenOrder>], first: RecordedHistory.Sighting<SeenOrder>
        ) {
            var known = first.document
            lines = known.lines ?? []
            if lines.contains(where: { $0.done > .zero }) {
                writer.note(
                    "what was \(isSale ? "shipped" : "received") before the recording began: the quantities are those that were left"
                )
            }
            // What was moved before is gone from the beginning.
            let opening = lines.map { line in
                SeenOrder.Line(
                    id: line.id, item: line.item, quantity: line.done < line.quantity ? line.quantity - line.done : line.quantity,
                    done: .zero, location: line.location, price: line.price, discount: line.discount, vat: line.vat)
            }
            if known.isCancelled { writer.note("the document was cancelled before the recording began: it is booked here") }
            events.append((max(known.bookedAt ?? startedAt, startedAt), false, writer.booking(known, opening, isSale: isSale)))
            for sighting in sightings.dropFirst() {
                tell(from: known, to: sighting.document, at: min(sighting.document.updatedAt ?? sighting.at, sighting.at))
                known = sighting.document
            }
            tellBookedByHand(from: first.document, to: known)
            guard let gone = history.gone[number] else { return }
            if known.isBooked { events.append((gone, false, "rackbeat.reopen-\(kind): { \(kind): \(name) }")) }
            events.append((gone, false, "rackbeat.delete-\(kind): { \(kind): \(name) }"))
        }

        private mutating func tellBookedByHand(from first: SeenOrder, to last: SeenOrder) {
            func done(_ order: SeenOrder) -> ExactDecimal { (order.lines ?? []).reduce(.zero) { $0 + $1.done } }
            let byHand = BookedByHand(
                of: number, isSale: isSale, lines: lines, booked: done(last) - done(first), in: recording)
            let step = isSale ? "ship" : "receive"
            for document in byHand.documents {
                let quantities = writer.quantities(document.lines.map { ($0.line, $0.quantity) })
                events.append(
                    (document.at, false, "rackbeat.\(step)-by-hand: { \(kind): \(name), lines: \(quantities) }"))
            }
            guard byHand.untold > .zero else { return }
            writer.note(
                "\(byHand.untold) of what was \(isSale ? "shipped" : "received") in Rackbeat: the engine of the recording did not do "
                    + "it, and no \(isSale ? "shipment" : "receipt") that the recording shows says which lines")
        }

        private mutating func tell(from old: SeenOrder, to new: SeenOrder, at time: Moment) {
            if new.isCancelled, !old.isCancelled {
                return events.append((time, false, "rackbeat.cancel-\(kind): { \(kind): \(name) }"))
            }
            let change = self.change(from: old.lines ?? [], to: new.lines ?? [])
            // An edit takes the document back to a draft; where it is booked again by then, nothing else tells of it.
            if old.isBooked, !new.isBooked || change != nil {
                events.append((time, false, "rackbeat.reopen-\(kind): { \(kind): \(name) }"))
            }
            if let change { events.append((time, false, "rackbeat.change-\(kind): { \(kind): \(name), \(change) }")) }
            if new.isBooked, !old.isBooked || change != nil {
                events.append((time, false, "rackbeat.book-\(isSale ? "draft" : "purchase-draft"): { \(kind): \(name) }"))
            }
            for line in new.lines ?? [] where !lines.contains(where: { $0.id == line.id }) { lines.append(line) }
        }

        private mutating func change(from old: [SeenOrder.Line], to new: [SeenOrder.Line]) -> String? {
            var quantities: [(String, ExactDecimal)] = []
            var added: [String] = []
            var removed: [String] = []
            for line in new {
                guard let before = old.first(where: { $0.id == line.id }) else {
                    added.append(writer.line(line))
                    continue
                }
                if line.says(theSameAs: before) { continue }
                if line.quantity != before.quantity { quantities.append((line.id, line.quantity)) }
                if (line.item, line.location, line.price) != (before.item, before.location, before.price)
                    || (line.discount, line.vat) != (before.discount, before.vat)
                {
                    writer.note("a change of line \(writer.numbers.line(line.id)) that is not one of its quantity")
                }
            }
            for line in old where !new.contains(where: { $0.id == line.id }) { removed.append(writer.numbers.line(line.id)) }
            var fields: [String] = []
            if !quantities.isEmpty { fields.append("quantities: \(writer.quantities(quantities.map { ($0.0, $0.1) }))") }
            if !added.isEmpty { fields.append("add-lines: [ \(added.joined(separator: ", ")) ]") }
            if !removed.isEmpty { fields.append("remove-lines: [ \(removed.joined(separator: ", ")) ]") }
            return fields.isEmpty ? nil : fields.joined(separator: ", ")
        }

        // MARK: The warehouse

        mutating func tellWarehouse() {
            for sightings in history.inWarehouse(number, isSale: isSale) {
                var before: [String: ExactDecimal] = [:]
                var status: Int?
                for sighting in sightings {
                    let document = sighting.document
                    let name = self.name(of: document, in: sighting.connection)
                    tellGoods(
                        document, name, at: recording.location(of: sighting.connection), since: &before, sighting.at)
                    if let new = document.status, new != status {
                        tellStatus(
                            new, before: status, name, document.id, recording.statuses(of: sighting.connection), at: sighting.at)
                        status = new
                    }
                }
            }
        }

        /// The document in a step of the warehouse, with its connection where there are several.
        private mutating func name(of document: SeenInWarehouse, in connection: String) -> String {
            let number = writer.numbers.inWarehouse(document.number, of: number, isSale: isSale)
            return "\(kind): '\(number)'" + connectionKey(connection)
        }

        private func connectionKey(_ connection: String) -> String {
            recording.connections.count > 1 && recording.connections.contains { $0.name == connection }
                ? ", connection: \(connection)" : ""
        }

        private mutating func tellGoods(
            _ document: SeenInWarehouse, _ name: String, at location: String, since before: inout [String: ExactDecimal],
            _ time: Moment
        ) {
            var (more, less): ([(row: String, quantity: ExactDecimal)], [(row: String, quantity: ExactDecimal)]) = ([], [])
            var at: Moment?
            for line in document.lines {
                let change = line.moved - (before[line.row] ?? .zero)
                before[line.row] = line.moved
                if change > .zero { more.append((line.row, change)) }
                if change < .zero { less.append((line.row, isSale ? -change : change)) }
                if change > .zero, isSale { moved.take(change, of: line.article, at: location) }
                if !change.isZero { at = line.movedAt.map { min($0, time) } ?? at }
            }
            let when = max(at ?? time, startedAt)
            if !more.isEmpty {
                let lines = writer.quantities(more)
                events.append(
                    (
                        when, true,
                        isSale
                            ? "ongoing.pick: { \(name), lines: \(lines) }" : "ongoing.receive: { \(name), lines: \(lines) }"
                    ))
            }
            if !less.isEmpty {
                let lines = writer.quantities(less)
                events.append(
                    (
                        when, true,
                        isSale
                            ? "ongoing.unpick: { \(name), lines: \(lines) }"
                            : "ongoing.correct-receipt: { \(name), lines: \(lines) }"
                    ))
            }
        }

        private mutating func tellStatus(
            _ status: Int, before: Int?, _ name: String, _ id: String, _ meanings: Recording.Statuses, at time: Moment
        ) {
            if status == (isSale ? meanings.cancelledOrder : meanings.cancelledPurchase) {
                // The engine's own cancellations follow from what Rackbeat says.
                guard !engineCancelled(id, before: time) else { return }
                return events.append((time, true, "ongoing.cancel: { \(name) }"))
            }
            if isSale, status >= meanings.shippedFrom {
                guard before.map({ $0 < meanings.shippedFrom }) ?? true else { return }
                // A warehouse's own number for it is set by hand.
                let isUsual = meanings.shippedFrom == Recording.Statuses().shippedFrom
                return events.append(
                    (time, true, isUsual ? "ongoing.send: { \(name) }" : "ongoing.set-status: { \(name), status: \(status) }"))
            }
            guard !isSale, meanings.isEnd(status) else { return }
            let isUsual = Recording.Statuses.finishing.contains(status) && !(before.map(meanings.isEnd) ?? false)
            events.append(
                (time, true, isUsual ? "ongoing.finish: { \(name) }" : "ongoing.set-status: { \(name), status: \(status) }"))
        }

        private func engineCancelled(_ id: String, before time: Moment) -> Bool {
            recording.exchanges.contains {
                $0.system == .ongoing && $0.method != "GET" && $0.at <= time && $0.segments.contains(id)
                    && ($0.method == "DELETE"
                        || $0.segments.contains { $0.lowercased().contains("cancel") || $0.lowercased().contains("status") })
            }
        }

        /// Adjustments of the document's items, as they are part of the stock that its goods are taken from.
        mutating func tellAdjustments() {
            for adjustment in history.adjustments where adjustment.at >= startedAt && !adjustment.change.isZero {
                guard lines.contains(where: { $0.item == adjustment.article }) else { continue }
                let item = writer.numbers.item(adjustment.article)
                if adjustment.change < .zero {
                    moved.take(
                        -adjustment.change, of: adjustment.article, at: recording.location(of: adjustment.connection))
                }
                events.append(
                    (
                        adjustment.at, true,
                        "ongoing.adjust: { item: \(item), change: \(adjustment.change)\(connectionKey(adjustment.connection)) }"
                    ))
            }
        }

        // MARK: Faults

        mutating func tellFaults() {
            let ids = Set(history.inWarehouse(number, isSale: isSale).map { $0[0].document.id })
            var begun: (match: String, kind: String, index: Int, times: Int)?
            for (index, exchange) in recording.exchanges.enumerated() {
                guard let kind = fault(of: exchange, at: index) else { continue }
                guard concerns(exchange, ids), let label = pattern(of: exchange) else {
                    leftOut += 1
                    continue
                }
                if var last = begun, last.match == label, last.kind == kind {
                    last.times += 1
                    events[last.index].step = Self.faultStep(label, kind, times: last.times)
                    begun = last
                    continue
                }
                begun = (label, kind, events.count, 1)
                events.append((exchange.at, false, Self.faultStep(label, kind, times: 1)))
            }
            if leftOut > 0 { writer.note("\(counted(leftOut, "failure")) of exchanges about other documents or lists") }
        }

        private static func faultStep(_ match: String, _ kind: String, times: Int) -> String {
            "fault.begin: { match: '\(match)', fault: \(kind), times: \(times) }"
        }

        /// `ongoing PUT /orders`
        private func pattern(of exchange: RecordedExchange) -> String? {
            guard let label = Observer.operation(of: exchange.exchanged(number: 1).request, to: exchange.system, basePath: "")
            else {
                return nil
            }
            let segments = label.drop { $0 != "/" }.parts(between: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }
            return "\(exchange.system) \(exchange.method) /" + segments.joined(separator: "/")
        }

        private func concerns(_ exchange: RecordedExchange, _ ids: Set<String>) -> Bool {
            switch exchange.system {
            case .rackbeat: exchange.segments.contains(number)
            case .ongoing:
                exchange.segments.contains { ids.contains($0) }
                    || exchange.sent.json?[isSale ? "orderNumber" : "purchaseOrderNumber"]?.recordedKey == number
                    || exchange.query.contains { $0.value == number }
            }
        }

        private mutating func fault(of exchange: RecordedExchange, at index: Int) -> String? {
            switch exchange.outcome {
            case .notConnected: return "refused-connection"
            case .lost, .timedOut: return wasCarriedOut(exchange, at: index) ? "response-lost" : "request-lost"
            case .response(429, _, _): return "too-many-requests"
            case .response(500, _, _): return wasCarriedOut(exchange, at: index) ? "server-error-after" : "server-error-before"
            case .response(502, _, _): return "bad-gateway"
            case .response(503, _, _): return "service-unavailable"
            case .response(408, _, _): return "request-timeout"
            case .response(401, _, _): return "unauthorised"
            case .response(200..<300, let headers, .other):
                return headers.contains { $0.name.lowercased() == "content-type" && $0.value == "text/html" }
                    ? "html" : "truncated-json"
            default: return nil
            }
        }

        /// Whether what was to be written is there when the systems are read the next time.
        private mutating func wasCarriedOut(_ exchange: RecordedExchange, at index: Int) -> Bool {
            guard exchange.method != "GET" else { return false }
            let later = recording.exchanges[(index + 1)...]
            switch exchange.system {
            case .ongoing:
                guard let written = exchange.sent.json?[isSale ? "orderNumber" : "purchaseOrderNumber"]?.recordedKey else {
                    break
                }
                for next in later {
                    if next.method == "GET", next.query.contains(where: { $0.value == written }), let rows = next.received?.array
                    {
                        return rows.contains { SeenInWarehouse($0, isSale: isSale)?.number == written }
                    }
                    // Sent again before anybody looked: what is there then may come from either.
                    if next.method == exchange.method, next.path == exchange.path { break }
                }
            case .rackbeat:
                let list = isSale ? "shipments" : "receipts"
                func count(_ exchanges: some Sequence<RecordedExchange>) -> Int? {
                    for other in exchanges
                    where other.method == "GET" && other.segments.last == list && other.segments.contains(number) {
                        if let rows = other.received?.object?.lazy.compactMap({ $0.value.array }).first { return rows.count }
                    }
                    return nil
                }
                if let after = count(later) { return after > (count(recording.exchanges[..<index].reversed()) ?? 0) }
            }
            writer.note("whether a write with an unknown outcome was carried out: it is taken for one that was")
            return true
        }

        // MARK: Writing

        mutating func write(into scenario: inout RecordedScenario) {
            let inOrder = events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
            let start = inOrder.first.map { min($0.at, startedAt) } ?? startedAt
            var items: [String] = []
            for line in lines { if let item = line.item, !items.contains(item) { items.append(item) } }
            let (history, recording) = (history, recording)
            scenario.world = writer.world(
                startedAt: start, items: items, lines: lines,
                opening: { item, place in
                    (history.stock[item]?[place] ?? RecordedScenario.onlyPlace(history, recording, item))?.first
                },
                openingInWarehouse: { history.warehouseStock[$0]?.first }, needed: moved)
            var previous: (at: Moment, isWarehouse: Bool)?
            for event in inOrder {
                if let previous {
                    let isLater = event.at.seconds > previous.at.seconds
                    // What the warehouse works on was sent to it before, also within one second.
                    if isLater || event.isWarehouse && !previous.isWarehouse { scenario.steps.append("  - engine.sync") }
                    // The round takes simulated time of its own: of a moment soon after it only the order is kept.
                    if event.at - previous.at >= .seconds(60) {
                        scenario.steps.append("  - run-until: \(event.at.iso(in: .copenhagen))")
                    }
                }
                scenario.steps.append("  - " + event.step)
                previous = (event.at, event.isWarehouse)
            }
            scenario.steps.append("  - engine.sync")
            scenario.settle = "2h"
            scenario.gaps = writer.gaps
            scenario.summary = [
                "\(isSale ? "Order" : "Purchase order") \(name) as a recording of \(start.iso(in: .copenhagen).prefix(10)) shows it.",
                "Numbers and texts are not those of the account.",
            ]
        }
    }
}
