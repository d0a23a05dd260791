package import Trade

/// What Rackbeat wants of the warehouse for an order or purchase order.
package enum PushDecision: Equatable, Sendable {
    /// It does not concern the warehouse, or the warehouse has been told.
    case leave
    /// The warehouse is to hold it.
    case put
    /// Others began with it. It is not sent; but where the warehouse holds it already, an earlier journal or another engine sent it.
    case putIfHeld(otherwise: PushFailure)
    /// The warehouse is to hold nothing of it.
    case cancel(CancelReason)
    case park(PushFailure)
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
    /// What a person is to do when it is tried again and again and does not pass by itself; `nil`: find out why.
    package var remedyIfItStays: String?

    package init(
        reason: String, effect: String, remedy: String, documents: [DocumentID] = [], remedyIfItStays: String? = nil
    ) {
        self.remedyIfItStays = remedyIfItStays
        self.reason = reason
        self.effect = effect
        self.remedy = remedy
        self.documents = documents
    }

    package var description: String { "\(reason) \(effect) \(remedy)" }
}

/// How much of one line Rackbeat says is done, and how much of that we booked.
package struct LineProgress: Hashable, Sendable {
    package var quantity: Quantity
    /// Shipped or received by Rackbeat's account; `nil` when the account does not say.
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

extension PushDecision {
    /// Decides about a sales order.
    ///
    /// - Parameters:
    ///   - lines: The lines that concern the connection.
    ///   - kit: The first kit on those lines.
    ///   - mayBeHeld: Whether the warehouse may hold it.
    package static func decide(
        order: SalesOrder, lines: [LineProgress], kit: ItemNumber? = nil, mayBeHeld: Bool
    ) -> PushDecision {
        switch order.progress {
        case .draft: mayBeHeld ? .cancel(.reopened) : .leave
        case .cancelled: mayBeHeld ? .cancel(.cancelled) : .leave
        case .shipped: finished(lines, mayBeHeld)
        case .booked: open(lines, kit, mayBeHeld, RecordRef(.order, order.number.text))
        }
    }

    /// Decides about a purchase order.
    ///
    /// - Parameters:
    ///   - lines: What concerns the connection, item by item; see ``LineProgress/byItem(_:)``.
    ///   - kit: The first kit on those lines.
    ///   - mayBeHeld: Whether the warehouse may hold it.
    package static func decide(
        order: PurchaseOrder, lines: [LineProgress], kit: ItemNumber? = nil, mayBeHeld: Bool
    ) -> PushDecision {
        switch order.progress {
        case .draft: mayBeHeld ? .cancel(.reopened) : .leave
        case .cancelled: mayBeHeld ? .cancel(.cancelled) : .leave
        case .received: finished(lines, mayBeHeld)
        case .booked: open(lines, kit, mayBeHeld, RecordRef(.purchaseOrder, order.number.text))
        }
    }

    private static func finished(_ lines: [LineProgress], _ mayBeHeld: Bool) -> PushDecision {
        guard mayBeHeld, lines.contains(where: { $0.bookedByUs < $0.quantity }) else { return .leave }
        // Done, and less is moved than was ordered, whoever moved it.
        let isRestGivenUp = lines.contains { line in line.done.map { $0 < line.quantity } ?? false }
        return .cancel(isRestGivenUp ? .restGivenUp : .finishedByOthers)
    }

    private static func open(
        _ lines: [LineProgress], _ kit: ItemNumber?, _ mayBeHeld: Bool, _ document: RecordRef
    ) -> PushDecision {
        func failure(_ kind: PushFailure.Kind) -> PushFailure {
            PushFailure(document: document, warehouseNumber: document.number, kind: kind)
        }
        guard !lines.isEmpty else { return mayBeHeld ? .cancel(.noLineAtLocation) : .leave }
        // Sent without it, the customer would get a part and nobody would know; which parts make it up, no list says.
        if let kit { return .park(failure(.kit(kit))) }
        guard !mayBeHeld else { return .put }
        // What others began before the warehouse knew of it would be sent whole, and its goods moved twice.
        if let line = lines.first(where: { ($0.done ?? .zero) > $0.bookedByUs }) {
            return .putIfHeld(otherwise: failure(.begunByOthers(done: line.done ?? .zero, of: line.quantity)))
        }
        // So would what the warehouse has moved itself and then given up. The rest alone is not sent: a document of less than Rackbeat's
        // would differ from it in every later comparison, and only a person knows whether the customer still waits for the rest.
        if let line = lines.first(where: { $0.bookedByUs > .zero }) {
            return .park(failure(.givenUpInPart(booked: line.bookedByUs, of: line.quantity)))
        }
        return .put
    }
}
