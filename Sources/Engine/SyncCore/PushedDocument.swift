package import Trade
package import Units

/// One line of an order or purchase order in the warehouse.
package struct PushedLine: Hashable, Sendable {
    package var row: LineID
    package var item: ItemNumber
    package var quantity: Quantity

    package init(row: LineID, item: ItemNumber, quantity: Quantity) {
        self.row = row
        self.item = item
        self.quantity = quantity
    }
}

/// An order or purchase order as the warehouse shows it.
package struct WarehouseDocument: Hashable, Sendable {
    package var id: WarehouseID
    package var number: String
    /// The goods owner's own id of it: for what we sent, its number in Rackbeat. Purchase orders have none.
    package var ownersNumber: String?
    package var isCancelled: Bool
    /// Such as `320 Allocated`.
    package var status: String
    /// Whether something of it is picked or received.
    package var hasBegun: Bool
    /// Whether the warehouse awaits nothing more of it. An order that is sent with less than all may still be picked further.
    package var isComplete = false
    package var lines: [PushedLine]

    package init(
        id: WarehouseID, number: String, ownersNumber: String? = nil, isCancelled: Bool, status: String, hasBegun: Bool,
        lines: [PushedLine]
    ) {
        self.id = id
        self.number = number
        self.ownersNumber = ownersNumber
        self.isCancelled = isCancelled
        self.status = status
        self.hasBegun = hasBegun
        self.lines = lines
    }

    /// Whether it has exactly these lines, in whatever order.
    func hasLines(_ lines: [PushedLine]) -> Bool {
        self.lines.sorted { $0.row < $1.row } == lines.sorted { $0.row < $1.row }
    }

    /// Whether it can be what is left of these lines after the warehouse moved the rest to a back order.
    func isLeft(of lines: [PushedLine]) -> Bool {
        !self.lines.isEmpty
            && self.lines.allSatisfy { held in
                lines.contains { $0.row == held.row && $0.item == held.item && held.quantity <= $0.quantity }
            }
    }

    /// Whether the warehouse has moved all that it holds or ever will, no more than is wanted, and all of that is booked. When Rackbeat
    /// is done with the document, somebody else has moved the rest, and a quantity that was changed too late concerns nobody any more.
    func isDelivered(of wanted: [PushedLine], booked: [LineID: Quantity]) -> Bool {
        !isCancelled && !lines.isEmpty
            && lines.allSatisfy { held in
                guard let line = wanted.first(where: { $0.row == held.row && $0.item == held.item }) else { return false }
                let moved = booked[held.row] ?? .zero
                return (isComplete || held.quantity <= moved) && moved <= line.quantity
            }
    }

    /// The lines to record of a document that is found to be there; `nil` when those on record stand. What is there may be less by
    /// now, because the rest was moved to a back order.
    func lines(differingFrom recorded: [PushedLine]) -> [PushedLine]? {
        hasLines(recorded) || isLeft(of: recorded) ? nil : lines
    }
}

/// What is known of the content of a document that the warehouse holds.
package struct HeldContent: Hashable, Sendable {
    /// `nil`: something is there, and which content is not known.
    package var fingerprint: Fingerprint?
    /// The warehouse was told to cancel the document and shows it as live all the same. An old reading looks like that too, so it
    /// is not taken for what is there: wanted again, the document is sent again.
    package var cancelRequested: Bool

    package init(_ fingerprint: Fingerprint?, cancelRequested: Bool = false) {
        self.fingerprint = fingerprint
        self.cancelRequested = cancelRequested
    }

    /// The same document with content that is not known any more.
    var unsure: HeldContent { HeldContent(nil, cancelRequested: cancelRequested) }
}

/// What a document of Rackbeat says to the warehouse, mapped once.
package struct PushContent: Hashable, Sendable {
    package var fingerprint: Fingerprint
    package var lines: [PushedLine]
    /// The delivery date that was made up at the first sending, kept on later ones.
    package var deliveryDate: CivilDate?

    package init(fingerprint: Fingerprint, lines: [PushedLine], deliveryDate: CivilDate?) {
        self.fingerprint = fingerprint
        self.lines = lines
        self.deliveryDate = deliveryDate
    }
}

/// A write to the warehouse whose outcome is unknown: it may still arrive.
package struct UnknownWrite: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case content(Fingerprint)
        case cancellation
    }

    package var content: Content
    package var at: Moment

    package init(content: Content, at: Moment) {
        self.content = content
        self.at = at
    }

    /// When the other system is to be written to once more, if something else is written now: the first write may arrive after it
    /// and undo it. `nil`: it says the same, or can no longer arrive.
    ///
    /// - Parameter settlingTime: How long after an unknown outcome a request may still be carried out.
    package func resend(ifFollowedBy content: Content, at now: Moment, settlingTime: Duration) -> Moment? {
        self.content != content && now < at + settlingTime ? at + settlingTime : nil
    }
}

/// What the journal holds of an order or purchase order.
package struct PushRecord: Hashable, Sendable {
    package let document: RecordRef
    /// The number it carries in the warehouse.
    package var warehouseNumber: String
    package var warehouseID: WarehouseID?
    /// How often its number was given up; 0 for the document's own number.
    package var generation: Int
    package var state: DocumentPush.State
    /// See ``PushContent/deliveryDate``.
    package var deliveryDate: CivilDate?

    package init(
        document: RecordRef, warehouseNumber: String, warehouseID: WarehouseID?, generation: Int, state: DocumentPush.State,
        deliveryDate: CivilDate?
    ) {
        self.document = document
        self.warehouseNumber = warehouseNumber
        self.warehouseID = warehouseID
        self.generation = generation
        self.state = state
        self.deliveryDate = deliveryDate
    }

    /// Of a document that was never sent.
    package init(nothingOf document: RecordRef) {
        self.init(
            document: document, warehouseNumber: document.number, warehouseID: nil, generation: 0, state: .nothing,
            deliveryDate: nil)
    }
}

/// A document that both systems are done with.
struct Delivered: Equatable, Sendable {
    let id: WarehouseID
    /// Whether it has the lines that are wanted and were sent: then what they say can be compared as well, and not the head alone. A
    /// line of which a part went elsewhere bears other amounts.
    let isWhole: Bool
    /// What is wanted.
    let fingerprint: Fingerprint

    init(_ document: WarehouseDocument, of wanted: PushContent, recorded: [PushedLine]) {
        id = document.id
        isWhole = document.hasLines(wanted.lines) && document.hasLines(recorded)
        fingerprint = wanted.fingerprint
    }
}
