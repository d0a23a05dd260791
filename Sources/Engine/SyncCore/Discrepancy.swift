package import Trade
import Units

/// What two systems that should agree disagree about. `reconcile` finds each of them; what a list of changes shows is found at once.
package enum DiscrepancyKind: String, Hashable, Sendable, CaseIterable {
    /// Rackbeat has no such document any more, and the warehouse holds it.
    case deleted
    /// Rackbeat wants it, and the warehouse shows neither its id nor its number.
    case vanished
    /// The warehouse cancelled it by itself.
    case cancelled
    /// The warehouse gave it another number.
    case renumbered
    /// The warehouse changed its lines.
    case edited
    /// It was cancelled, and the warehouse has made it live again.
    case revived
    /// The warehouse holds it, and the journal does not know of it.
    case unknownDocument = "unknown-document"
    /// The warehouse holds a document of its number that somebody else made.
    case otherSource = "other-source"
    /// The warehouse holds a second document that came from it.
    case secondCopy = "second-copy"
    /// It stands at a status that the warehouse's catalogue does not have.
    case statusUnknown = "status-unknown"
    /// Rackbeat has the product no more, and the warehouse has its article.
    case productDeleted = "product-deleted"
    /// The product is barred in Rackbeat, and its article is in use where it is to be switched off.
    case productBarred = "product-barred"
    /// The warehouse switched the article of a product off that is in use.
    case articleInactive = "article-inactive"
    /// The warehouse has no article of a product.
    case articleMissing = "article-missing"
    /// The warehouse has an article that neither Rackbeat nor the journal knows.
    case unknownArticle = "unknown-article"
    /// The two systems hold different stock, and the journal knows no cause.
    case stockDiffers = "stock-differs"
}

/// What the warehouse's people changed of one line.
package enum LineEdit: Hashable, Sendable, CustomStringConvertible {
    case removed(PushedLine)
    case added(PushedLine)
    case quantity(PushedLine, shown: Quantity)
    case article(PushedLine, shown: ItemNumber)

    package var description: String {
        switch self {
        case .removed(let line): "line \(line.row) with \(line.quantity) of \(line.item) is gone"
        case .added(let line): "line \(line.row) with \(line.quantity) of \(line.item) was added"
        case .quantity(let line, let shown): "line \(line.row) has \(shown) of \(line.item), not \(line.quantity)"
        case .article(let line, let shown): "line \(line.row) is of \(shown), not of \(line.item)"
        }
    }
}

/// A line that the warehouse moved to a back order; some warehouses give it no row.
package struct MovedLine: Hashable, Sendable {
    package var row: LineID?
    package var item: ItemNumber
    package var quantity: Quantity

    package init(row: LineID?, item: ItemNumber, quantity: Quantity) {
        self.row = row
        self.item = item
        self.quantity = quantity
    }
}

/// What is known of a document of the warehouse beside the document itself.
package struct Sighting: Hashable, Sendable {
    /// The lines of its back orders.
    package var movedAway: [MovedLine]
    /// Whether something of it is booked in Rackbeat.
    package var isBooked: Bool

    package init(movedAway: [MovedLine], isBooked: Bool) {
        self.movedAway = movedAway
        self.isBooked = isBooked
    }
}

extension WarehouseDocument {
    /// What its people changed of the lines that it was sent. What was moved to a back order is no change.
    func edits(of sent: [PushedLine], movedAway: [MovedLine]) -> [LineEdit] {
        var rowless = movedAway.filter { $0.row == nil }
        /// Takes what is missing from the lines that name no row.
        func take(_ missing: Quantity, of item: ItemNumber) -> Quantity {
            var taken = Quantity.zero
            for index in rowless.indices where rowless[index].item == item && taken < missing {
                let part = min(rowless[index].quantity, missing - taken)
                rowless[index].quantity = rowless[index].quantity - part
                taken += part
            }
            return taken
        }
        var edits: [LineEdit] = []
        for line in sent.sorted(by: { $0.row < $1.row }) {
            let here = lines.first { $0.row == line.row }
            if let here, here.item != line.item {
                edits.append(.article(line, shown: here.item))
                continue
            }
            var quantity = here?.quantity ?? .zero
            for moved in movedAway where moved.row == line.row && moved.item == line.item { quantity += moved.quantity }
            if quantity < line.quantity { quantity += take(line.quantity - quantity, of: line.item) }
            guard quantity != line.quantity else { continue }
            edits.append(here == nil && quantity.isZero ? .removed(line) : .quantity(line, shown: quantity))
        }
        for line in lines.sorted(by: { $0.row < $1.row }) where !sent.contains(where: { $0.row == line.row }) {
            edits.append(.added(line))
        }
        return edits
    }

    /// The number under which it was first sent, and how often that was given up: a document that is sent again after a cancellation
    /// bears `-2`, `-3` behind its number.
    private var sentAs: (number: String, generation: Int) {
        let parts = number.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, let count = Int(last), count > 1, last == "\(count)" else {
            return (number, 0)
        }
        return (parts.dropLast().joined(separator: "-"), count - 1)
    }

    /// 0 also where the warehouse gave it a number of its own.
    var generation: Int { sentAs.number == origin ? sentAs.generation : 0 }

    /// The number in Rackbeat of the document that it came from, if it came from there.
    package var origin: String { ownersNumber ?? sentAs.number }

    /// Whether it came from the document of this number in Rackbeat, which has these lines by now: it bears the id of one of them.
    func cameFrom(_ number: String, _ lines: [PushedLine]) -> Bool {
        origin == number
            && self.lines.contains { held in lines.contains { $0.row == held.row && $0.item == held.item } }
    }

    /// Whether it may have come from a document that was deleted in Rackbeat. Its number alone says so, which may also be one of
    /// another system: it is such as Rackbeat gives, not higher than the last one given, and what we would have sent it as.
    ///
    /// - Parameter newest: The number of Rackbeat's newest document of the kind, where it has any.
    package func mayHaveComeFromDeleted(newest: String?) -> Bool {
        guard let number = Int(origin), origin == "\(number)", sentAs.number == origin else { return false }
        return newest.flatMap { Int($0) }.map { number <= $0 } ?? true
    }

    /// Whether it can be the document of this number in Rackbeat, sent with these lines.
    func canBe(_ number: String, _ lines: [PushedLine]) -> Bool {
        guard let ownersNumber else { return hasLines(lines) }
        return ownersNumber == number && (hasLines(lines) || isLeft(of: lines))
    }
}

extension DocumentPush {
    /// What of the document the warehouse shows otherwise than the journal says. What is being sent or cancelled is looked up anyway.
    ///
    /// - Parameters:
    ///   - shown: `nil`: the lists do not show it, which may only mean that it is done.
    ///   - recorded: The lines that the warehouse holds by our records.
    package func discrepancy(
        _ shown: WarehouseDocument?, movedAway: [MovedLine], recorded: [PushedLine]
    ) -> DiscrepancyKind? {
        switch state {
        case .nothing, .sending, .cancelling, .cancelUnseen: return nil
        case .cancelled, .cancelledByWarehouse: return shown.map { !$0.isCancelled } ?? false ? .revived : nil
        case .held(let held):
            guard let shown else { return .vanished }
            if shown.isCancelled { return .cancelled }
            if shown.number != record.warehouseNumber { return .renumbered }
            guard held.fingerprint != nil else { return nil }
            return shown.edits(of: recorded, movedAway: movedAway).isEmpty ? nil : .edited
        }
    }

    /// The warehouse was seen to hold something else than the journal says. A list may be old: the document is read before anything
    /// of it is believed.
    package mutating func disagrees(_ sighting: Sighting) -> Directive {
        switch state {
        case .nothing, .sending, .cancelling, .cancelUnseen: return .decide
        case .held, .cancelled, .cancelledByWarehouse: break
        }
        guard let id = record.warehouseID else {
            step = .findingConfirmation(sighting)
            return .find
        }
        step = .readingConfirmation(sighting)
        return .read(id)
    }

    /// The warehouse was seen to work on a document that came from this one, and the journal does not know of it: it was sent after
    /// the journal, an older copy, was made, or by another engine. What Rackbeat wants sent is looked for before it is sent; nothing
    /// looks for what Rackbeat has given up meanwhile.
    ///
    /// - Parameter lines: What Rackbeat says of the document.
    package mutating func isShownUnknown(_ shown: WarehouseDocument, of lines: [PushedLine]) -> Directive {
        switch state {
        case .nothing, .cancelled:
            guard shown.id != record.warehouseID, shown.cameFrom(record.document.number, lines) else { return .decide }
            step = .readingUnknown(of: lines)
            return .read(shown.id)
        case .sending, .held, .cancelling, .cancelUnseen, .cancelledByWarehouse: return .decide
        }
    }

    mutating func confirmUnknown(_ document: WarehouseDocument?, of lines: [PushedLine]) -> Directive {
        step = .start
        guard let document, !document.isCancelled, document.cameFrom(record.document.number, lines) else { return .decide }
        notes.append(.differed(.unknownDocument))
        record.warehouseID = document.id
        record.warehouseNumber = document.number
        record.generation = max(record.generation, document.generation)
        become(.held(HeldContent(nil)), lines: document.lines)
        return .decide
    }

    /// The journal lost the document, and the warehouse gave it another number.
    package mutating func isHeldUnder(_ number: String) {
        if state == .nothing { record.warehouseNumber = number }
    }

    mutating func confirm(_ document: WarehouseDocument?, _ sighting: Sighting, _ recorded: [PushedLine]) -> Directive {
        guard let document else {
            step = .findingConfirmation(sighting)
            return .find
        }
        step = .start
        switch state {
        case .held(let held):
            if document.isCancelled {
                notes.append(.differed(.cancelled))
                become(.cancelledByWarehouse(isToBeResent: false))
                return .decide
            }
            if document.number != record.warehouseNumber {
                notes.append(.differed(.renumbered))
                record.warehouseNumber = document.number
                become(.held(held))
            }
            guard held.fingerprint != nil else { return .decide }
            let edits = document.edits(of: recorded, movedAway: sighting.movedAway)
            guard !edits.isEmpty else { return .decide }
            notes.append(.differed(.edited))
            if document.hasBegun {
                objection = .editedThere(edits, status: document.status)
            } else {
                become(.held(held.unsure))
            }
        case .cancelled, .cancelledByWarehouse: isLiveAgain(document)
        case .nothing, .sending, .cancelling, .cancelUnseen: break
        }
        return .decide
    }

    mutating func confirmByNumber(
        _ documents: [WarehouseDocument], _ sighting: Sighting, _ recorded: [PushedLine]
    ) -> Directive {
        if let same = documents.first(where: { $0.id == record.warehouseID }) { return confirm(same, sighting, recorded) }
        step = .start
        guard case .held(let held) = state else { return .decide }
        guard let live = documents.first(where: { !$0.isCancelled }) else {
            notes.append(.differed(.vanished))
            guard !sighting.isBooked else {
                objection = .vanished
                return .decide
            }
            record.warehouseID = nil
            become(.held(held.unsure))
            return .decide
        }
        guard live.canBe(record.document.number, recorded) else {
            notes.append(.differed(.otherSource))
            objection = .numberTaken(status: live.status)
            return .decide
        }
        record.warehouseID = live.id
        become(.held(held.unsure))
        return .decide
    }

    mutating func isLiveAgain(_ document: WarehouseDocument) {
        guard !document.isCancelled else { return }
        notes.append(.differed(.revived))
        record.warehouseID = document.id
        record.warehouseNumber = document.number
        become(.held(HeldContent(nil, cancelRequested: state == .cancelled)), lines: document.lines)
    }

    // MARK: Before the first sending

    mutating func foundExisting(_ live: WarehouseDocument?, _ attempt: Attempt, _ now: Moment) -> Directive {
        guard let live else { return put(attempt, at: now) }
        guard adoptsExisting, live.canBe(record.document.number, attempt.content.lines) else {
            return parkAsTaken(live, attempt)
        }
        step = .comparingExisting(attempt, live)
        return .compare(live.id)
    }

    mutating func comparedExisting(
        _ attempt: Attempt, _ shown: WarehouseDocument, isSame: Bool, _ now: Moment
    ) -> Directive {
        if isSame {
            notes.append(.differed(.unknownDocument))
            return arrived(attempt, shown.id)
        }
        // It came from this document, and says what it said once: a put brings it up to date, or is refused.
        guard shown.ownersNumber == record.document.number else { return parkAsTaken(shown, attempt) }
        notes.append(.differed(.unknownDocument))
        var attempt = attempt
        attempt.over = HeldContent(nil)
        attempt.mayBeThere = true
        record.warehouseID = shown.id
        return put(attempt, at: now)
    }

    private mutating func parkAsTaken(_ shown: WarehouseDocument, _ attempt: Attempt) -> Directive {
        notes.append(.differed(.otherSource))
        let directive = park(.numberTaken(status: shown.status))
        record = attempt.before
        return directive
    }
}
