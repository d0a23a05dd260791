import Exchange
import Units

extension RecordedScenario {
    /// Both systems as the recording saw them last: products and stock as the world, documents that are open as its steps.
    ///
    /// What was shipped and received of an open document is moved again by its steps, so the world begins with the stock from before.
    package init(worldOf recording: Recording) {
        let history = RecordedHistory(recording)
        var writer = WorldWriter(recording, history)
        let startedAt = recording.exchanges.last?.at ?? Moment(milliseconds: 0)
        let open: [(order: SeenOrder, isSale: Bool)] =
            history.orderNumbers.compactMap { history.last($0, isSale: true) }.map { ($0, true) }
            + history.purchaseNumbers.compactMap { history.last($0, isSale: false) }.map { ($0, false) }
        var documents: [(order: SeenOrder, lines: [SeenOrder.Line], isSale: Bool)] = []
        var hasNoLines = 0
        for (order, isSale) in open
        where order.isBooked && !order.isCancelled && !order.isDone && history.gone[order.number] == nil {
            if let lines = order.lines { documents.append((order, lines, isSale)) } else { hasNoLines += 1 }
        }
        if hasNoLines > 0 { writer.note("the lines of \(counted(hasNoLines, "document")): the recording never shows them") }

        var moved = MovedGoods()
        var staff: [String] = []
        for (order, _, isSale) in documents {
            for sightings in history.inWarehouse(order.number, isSale: isSale) {
                let latest = sightings.last!.document
                let goods = latest.lines.filter { $0.moved > .zero }
                guard !goods.isEmpty else { continue }
                let connection = sightings.last!.connection
                for line in goods where isSale {
                    moved.take(line.moved, of: line.article, at: recording.location(of: connection))
                }
                let number = writer.numbers.inWarehouse(latest.number, of: order.number, isSale: isSale)
                guard latest.number == order.number else {
                    writer.note("\(isSale ? "order" : "purchase order") \(number) of the warehouse, which has a suffix")
                    continue
                }
                let place = recording.connections.count > 1 ? ", connection: \(connection)" : ""
                let quantities = writer.quantities(goods.map { ($0.row, $0.moved) })
                staff.append(
                    isSale
                        ? "ongoing.pick: { order: '\(number)'\(place), lines: \(quantities) }"
                        : "ongoing.receive: { purchase-order: '\(number)'\(place), lines: \(quantities) }")
                if isSale, let status = latest.status, status >= recording.statuses(of: connection).shippedFrom {
                    staff.append("ongoing.send: { order: '\(number)'\(place) }")
                }
            }
        }
        let allLines = documents.flatMap(\.lines)
        let numbers = documents.map { (number: $0.order.number, isSale: $0.isSale) }
        world = writer.world(
            startedAt: startedAt, items: history.items, lines: allLines,
            opening: { item, place in
                guard let seen = history.stock[item]?[place] ?? Self.onlyPlace(history, recording, item) else { return nil }
                return seen.last + history.moved(item, at: place, by: seen.lastAt, in: numbers)
            },
            openingInWarehouse: { item in
                history.warehouseStock[item].map { $0.last + history.movedInWarehouse(item, by: $0.lastAt, in: numbers) }
            }, needed: moved)
        steps = documents.map { "  - " + writer.booking($0.order, $0.lines, isSale: $0.isSale) }
        steps.append("  - engine.sync")
        steps += staff.map { "  - " + $0 }
        if !staff.isEmpty { steps.append("  - engine.sync") }
        gaps = writer.gaps
        summary = [
            "Both systems as a recording of \(startedAt.iso(in: .copenhagen).prefix(10)) saw them last: "
                + "\(counted(history.items.count, "product")), \(counted(documents.count, "open document")).",
            "Numbers and texts are not those of the account.",
        ]
    }

    /// The product's own total, where there is but one location that it can be at.
    static func onlyPlace(_ history: RecordedHistory, _ recording: Recording, _ item: String) -> RecordedHistory.Stock? {
        history.locations.count <= 1 && recording.connections.count == 1 ? history.products[item]?.total : nil
    }
}
