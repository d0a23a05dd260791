package import Trade

/// What we know of an order or purchase order that was sent to the warehouse.
package struct Pushed: Hashable, Sendable {
    package enum State: String, Sendable {
        /// Sending began; whether the warehouse has it is not known.
        case sending
        case held
        /// Cancelling began; whether the warehouse let go of it is not known.
        case cancelling
        /// The warehouse said that it let go of it and still shows it; what is read may be older than what was said.
        case cancelUnseen = "cancel-unseen"
        case cancelled

        /// Whether it is wanted or not, nothing else may be decided before the warehouse shows what became of the cancelling.
        package var awaitsCancelling: Bool { self == .cancelling || self == .cancelUnseen }
    }

    /// The number it carries in the warehouse.
    package var warehouseNumber: String
    package var warehouseID: WarehouseID?
    /// How often its number was given up; 0 for the order's own number.
    package var generation: Int
    package var state: State
    /// The content that the warehouse holds; `nil` while the first sending is in doubt.
    package var fingerprint: Fingerprint?

    package init(
        warehouseNumber: String, warehouseID: WarehouseID?, generation: Int, state: State, fingerprint: Fingerprint?
    ) {
        self.warehouseNumber = warehouseNumber
        self.warehouseID = warehouseID
        self.generation = generation
        self.state = state
        self.fingerprint = fingerprint
    }
}

/// What is to be done in the warehouse about an order or purchase order of the shop.
package enum PushDirective: Equatable, Sendable {
    /// It does not concern the warehouse, or the warehouse has been told.
    case leave
    /// The warehouse is to hold it.
    case put
    /// The warehouse is to let go of it.
    case cancel(why: String)
    case park(RecordFailure)
}

/// Something that a person has to look at.
package struct RecordFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened.
    package var reason: String
    /// What the other side now holds.
    package var effect: String
    /// What to do.
    package var remedy: String
    /// The drafts and documents in Rackbeat that it is about: shipments, receipts or adjustments, as the job books them.
    package var documents: [DocumentID]

    package init(reason: String, effect: String, remedy: String, documents: [DocumentID] = []) {
        self.reason = reason
        self.effect = effect
        self.remedy = remedy
        self.documents = documents
    }

    package var description: String { "\(reason) \(effect) \(remedy)" }
}

/// How much of one line the shop says is done, and how much of that we booked.
package struct LineProgress: Hashable, Sendable {
    package var quantity: Quantity
    /// Shipped or received by the shop's account; `nil` when the account does not say.
    package var done: Quantity?
    /// Of which booked by this connection.
    package var bookedByUs: Quantity

    package init(quantity: Quantity, done: Quantity?, bookedByUs: Quantity) {
        self.quantity = quantity
        self.done = done
        self.bookedByUs = bookedByUs
    }

    /// The lines of each item taken together, in the order of their first lines.
    ///
    /// A line of a receipt names its goods and no line of the purchase order. What comes in beyond one line is counted by Rackbeat
    /// for whichever line of the item it likes, so which line of an item is done says nothing; how much of the item is, does.
    package static func byItem(_ lines: [(item: ItemNumber?, progress: LineProgress)]) -> [LineProgress] {
        var items: [ItemNumber?] = []
        var sums: [LineProgress] = []
        for (item, line) in lines {
            guard let index = items.firstIndex(of: item) else {
                items.append(item)
                sums.append(line)
                continue
            }
            sums[index].quantity += line.quantity
            sums[index].done = sums[index].done.flatMap { done in line.done.map { done + $0 } }
            sums[index].bookedByUs += line.bookedByUs
        }
        return sums
    }
}

extension PushDirective {
    /// Decides about a sales order.
    ///
    /// - Parameter lines: The lines that concern the connection.
    package static func decide(order: SalesOrder, lines: [LineProgress], pushed: Pushed?) -> PushDirective {
        let isThere = pushed.map { $0.state != .cancelled } ?? false
        switch order.progress {
        case .draft: return isThere ? .cancel(why: "order \(order.number) was reopened") : .leave
        case .cancelled: return isThere ? .cancel(why: "order \(order.number) was cancelled") : .leave
        case .shipped:
            guard isThere, lines.contains(where: { $0.bookedByUs < $0.quantity }) else { return .leave }
            return .cancel(why: "order \(order.number) was shipped by somebody else")
        case .booked, .partlyShipped:
            guard !lines.isEmpty else {
                return isThere ? .cancel(why: "order \(order.number) has no line left at this location") : .leave
            }
            return begunElsewhere(lines, isThere: isThere, "order \(order.number)", "shipped") ?? .put
        }
    }

    /// Decides about a purchase order.
    ///
    /// - Parameter lines: What concerns the connection, item by item; see ``LineProgress/byItem(_:)``.
    package static func decide(order: PurchaseOrder, lines: [LineProgress], pushed: Pushed?) -> PushDirective {
        let isThere = pushed.map { $0.state != .cancelled } ?? false
        switch order.progress {
        case .draft: return isThere ? .cancel(why: "purchase order \(order.number) was reopened") : .leave
        case .cancelled: return isThere ? .cancel(why: "purchase order \(order.number) was cancelled") : .leave
        case .received:
            guard isThere, lines.contains(where: { $0.bookedByUs < $0.quantity }) else { return .leave }
            return .cancel(why: "purchase order \(order.number) was received by somebody else")
        case .booked, .partlyReceived:
            guard !lines.isEmpty else {
                return isThere ? .cancel(why: "purchase order \(order.number) has no line left at this location") : .leave
            }
            return begunElsewhere(lines, isThere: isThere, "purchase order \(order.number)", "received") ?? .put
        }
    }

    /// An order that others began before the warehouse knew of it would be sent whole, and its goods moved twice.
    private static func begunElsewhere(
        _ lines: [LineProgress], isThere: Bool, _ subject: String, _ verb: String
    ) -> PushDirective? {
        guard !isThere, let line = lines.first(where: { ($0.done ?? .zero) > $0.bookedByUs }) else { return nil }
        return .park(
            RecordFailure(
                reason:
                    "\(subject) was partly \(verb) (\(line.done ?? .zero) of \(line.quantity)) before this connection sent it.",
                effect: "The warehouse does not hold it.",
                remedy: "Finish it in Rackbeat, or split the rest into an order of its own."))
    }
}
