package import Trade

/// One line that a shipment or receipt is to have.
package struct WantedLine: Hashable, Sendable {
    package var row: LineID
    package var item: ItemNumber
    package var location: LocationNumber
    package var quantity: Quantity

    package init(row: LineID, item: ItemNumber, location: LocationNumber, quantity: Quantity) {
        self.row = row
        self.item = item
        self.location = location
        self.quantity = quantity
    }
}

/// A line of the order that still has something open: what an unedited draft is made of.
package struct OpenLine: Hashable, Sendable {
    package var row: LineID
    package var item: ItemNumber
    package var location: LocationNumber?
    /// How much of it is open; `nil` where that is not known.
    package var quantity: Quantity?

    package init(row: LineID, item: ItemNumber, location: LocationNumber?, quantity: Quantity? = nil) {
        self.row = row
        self.item = item
        self.location = location
        self.quantity = quantity
    }
}

/// The lines of an order or purchase order as Rackbeat shows them now.
package struct LinesOfOrder: Hashable, Sendable {
    /// Those that still have something open, in their order.
    package var open: [OpenLine]
    /// Every line, what is done included.
    package var rows: Set<LineID>

    package init(open: [OpenLine], rows: Set<LineID>) {
        self.open = open
        self.rows = rows
    }
}

package enum DraftEdit: Hashable, Sendable {
    case set(line: DocumentID, to: Quantity)
    case remove(line: DocumentID)
    case add(item: ItemNumber, location: LocationNumber, quantity: Quantity)
}

/// What stands between a draft and what was meant.
package enum DraftComparison: Equatable, Sendable {
    case same
    case differs([DraftEdit])

    /// Compares a draft's lines with what is wanted.
    ///
    /// Lines are matched by the order line they name. An account that does not name it leaves item, location and the order of
    /// the lines, which are matched within each item and location in turn.
    /// - Parameter open: The order's open lines in their order, when the draft holds all of them; `nil` when it holds only
    ///   what was asked for.
    package static func compare(
        _ draft: [ShipmentLine], with wanted: [WantedLine], open: [OpenLine]?
    ) -> DraftComparison {
        var missing = wanted
        var edits: [DraftEdit] = []
        for (line, row) in zip(draft, rows(of: draft, wanted: wanted, open: open)) {
            let match = missing.firstIndex { $0.row == row && $0.item == line.item && $0.location == line.location }
            guard let match else {
                edits.append(.remove(line: line.id))
                continue
            }
            let want = missing.remove(at: match)
            if want.quantity != line.quantity { edits.append(.set(line: line.id, to: want.quantity)) }
        }
        edits += missing.map { .add(item: $0.item, location: $0.location, quantity: $0.quantity) }
        return edits.isEmpty ? .same : .differs(edits)
    }

    /// The order line that each line of the draft stands for.
    private static func rows(of draft: [ShipmentLine], wanted: [WantedLine], open: [OpenLine]?) -> [LineID?] {
        var candidates: [(row: LineID, item: ItemNumber, location: LocationNumber?, quantity: Quantity?)] =
            open.map { $0.map { ($0.row, $0.item, $0.location, nil) } }
            ?? wanted.map { ($0.row, $0.item, $0.location, $0.quantity) }
        return draft.map { line in
            if let row = line.orderLine { return row }
            // Equal quantities first: a server may answer the lines of one item in another order than they were sent.
            let exact = candidates.firstIndex {
                $0.item == line.item && $0.location == line.location && $0.quantity == line.quantity
            }
            let place = exact ?? candidates.firstIndex { $0.item == line.item && $0.location == line.location }
            return place.map { candidates.remove(at: $0).row }
        }
    }
}
