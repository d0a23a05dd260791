package import Trade

/// What Rackbeat has promised of one order line and no document of the warehouse is going to send.
///
/// The warehouse splits an order that it cannot fill: the first order keeps what was picked, a back order carries the rest. Once it
/// cancels the back order, the first one looks finished and nothing else is open. Only the sum over all of them shows what is missing.
package struct OwedRest: Hashable, Sendable {
    package var row: LineID
    package var item: ItemNumber
    package var ordered: Quantity
    /// Shipped in Rackbeat.
    package var shipped: Quantity
    package var owed: Quantity

    package init(row: LineID, item: ItemNumber, ordered: Quantity, shipped: Quantity, owed: Quantity) {
        self.row = row
        self.item = item
        self.ordered = ordered
        self.shipped = shipped
        self.owed = owed
    }

    /// A line as Rackbeat wants it.
    package struct Wanted: Hashable, Sendable {
        package var row: LineID
        package var item: ItemNumber
        package var quantity: Quantity
        package var shipped: Quantity

        package init(row: LineID, item: ItemNumber, quantity: Quantity, shipped: Quantity) {
            self.row = row
            self.item = item
            self.quantity = quantity
            self.shipped = shipped
        }
    }

    /// A line of an order or back order that the warehouse has not cancelled.
    package struct Held: Hashable, Sendable {
        /// `nil`: the back order came without row numbers.
        package var row: LineID?
        package var item: ItemNumber?
        package var ordered: Quantity
        /// Booked in Rackbeat for this document.
        package var booked: Quantity

        package init(row: LineID?, item: ItemNumber?, ordered: Quantity, booked: Quantity) {
            self.row = row
            self.item = item
            self.ordered = ordered
            self.booked = booked
        }

        /// What it still brings.
        var open: Quantity { max(ordered - booked, .zero) }
    }

    /// - Parameter wanted: Empty when Rackbeat wants nothing of the order any more.
    /// - Returns: The lines of which something is owed, in their order.
    package static func work(out wanted: [Wanted], held: [Held]) -> [OwedRest] {
        var held = held
        return wanted.compactMap { line in
            var missing = line.quantity - line.shipped
            for index in held.indices where missing.isPositive {
                let concerns = held[index].row.map { $0 == line.row } ?? (held[index].item == line.item)
                guard concerns else { continue }
                let share = min(missing, held[index].open)
                // Without a row number a line may stand for any of its item; what it brings to one it does not bring to another.
                held[index].booked += share
                missing = missing - share
            }
            guard missing.isPositive else { return nil }
            return OwedRest(row: line.row, item: line.item, ordered: line.quantity, shipped: line.shipped, owed: missing)
        }
    }

    /// - Parameters:
    ///   - order: The number in Rackbeat.
    ///   - cancelled: The numbers of the back orders that the warehouse cancelled.
    package static func failure(_ owed: [OwedRest], order: String, cancelled: [String]) -> RecordFailure? {
        guard !owed.isEmpty else { return nil }
        let quantities = owed.map { "\($0.owed) of \($0.item) (line \($0.row))" }.joined(separator: ", ")
        let shipped = owed.map { "line \($0.row) with \($0.shipped) of \($0.ordered) shipped" }.joined(separator: ", ")
        let cause =
            cancelled.count == 1
            ? "the warehouse cancelled back order \(cancelled[0])"
            : "the warehouse cancelled the back orders \(cancelled.joined(separator: ", "))"
        return RecordFailure(
            reason: "order \(order): \(cause), and no open order there has \(quantities).",
            effect: "Rackbeat holds \(shipped) and still owes the rest; nobody is going to send it.",
            remedy:
                "Ask the warehouse for a new back order, or ship the rest in another way, or take it off the order in Rackbeat.")
    }
}
