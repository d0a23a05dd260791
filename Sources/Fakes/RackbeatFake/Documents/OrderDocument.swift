import FakeKit
import JSON
import Units

/// An order of either kind: a sales order, which is shipped, or a purchase order, which is received.
///
/// Draft → booked → partly fulfilled → fulfilled. Back to draft while nothing is fulfilled; by profile, while a part is open.
protocol OrderDocument: Document where Key == Int {
    static var table: ReferenceWritableKeyPath<Store, Table<Self>> { get }
    static var counters: Counters { get }
    static var isSale: Bool { get }
    static var words: OrderWords { get }

    var number: Int { get }
    var state: OrderState { get set }
    var vatZone: VATZone { get }
    var lines: [LineRecord] { get set }
    var bookedAt: Moment? { get set }
    var fulfilledAt: Moment? { get set }
    var cancelledAt: Moment? { get set }
    var updatedAt: Moment { get set }
    var isListed: Bool { get set }
}

/// Where the numbers of one kind of order and of its lines are counted.
struct Counters {
    let number: WritableKeyPath<Numbers, Int>
    let line: WritableKeyPath<Numbers, Int>
}

/// What the two kinds of orders are called in messages.
struct OrderWords {
    /// `order` or `purchase order`.
    let noun: String
    /// `An order` or `A purchase order`.
    let anyOne: String
    /// `shipped` or `received`.
    let fulfilled: String
    /// `shipments` or `receipts`.
    let fulfilments: String

    func text(_ state: OrderState) -> String {
        switch state {
        case .draft: "draft"
        case .booked: "booked"
        case .partlyFulfilled: "partly \(fulfilled)"
        case .fulfilled: fulfilled
        case .cancelled: "cancelled"
        case .deleted: "deleted"
        }
    }
}

package enum OrderState: Equatable, Sendable {
    case draft
    case booked
    /// A part of the goods is shipped or received.
    case partlyFulfilled
    /// All goods are shipped or received.
    case fulfilled
    case cancelled
    case deleted
}

extension OrderDocument {
    var key: Int { number }

    /// Whether goods can still be shipped or received.
    var isOpen: Bool { state == .booked || state == .partlyFulfilled }

    func line(_ id: Int) -> LineRecord? { lines.first { $0.id == id } }

    /// Whether something is shipped or received, also of one that was reopened since.
    var isBegun: Bool { lines.contains { $0.fulfilled > 0 } }

    /// Whether a part of it is shipped or received, and the rest is not given up.
    var isPartlyMoved: Bool { state == .partlyFulfilled || state == .draft && isBegun }

    /// The state that follows from what of a booked order has been shipped or received.
    var stateByFulfilment: OrderState {
        let goods = lines.filter(\.isStock)
        guard goods.contains(where: { $0.fulfilled > 0 }) else { return .booked }
        return goods.allSatisfy { $0.open.isZero } ? .fulfilled : .partlyFulfilled
    }
}

extension RackbeatFake {
    /// Changes an order and updates what follows from it.
    ///
    /// - Parameter isEdit: whether the document itself was edited; a shipment or receipt may leave `updated_at` alone, by profile.
    func update<Order: OrderDocument>(
        _: Order.Type, _ number: Int, isEdit: Bool = true, _ change: (inout Order) -> Void
    ) {
        let touches = isEdit || !behaviour.onlyEditsTouch
        let stamp = now
        store.demand.discount(store[keyPath: Order.table][any: number]!)
        store[keyPath: Order.table].update(number) {
            change(&$0)
            if touches { $0.updatedAt = stamp }
        }
        store.demand.count(store[keyPath: Order.table][any: number]!)
    }

    /// Enters a new order.
    func enter<Order: OrderDocument>(_ order: Order) {
        store[keyPath: Order.table].put(order)
        store.demand.count(order)
    }

    func checkNumber<Order: OrderDocument>(_ number: Int?, of _: Order.Type, _ problems: Problems) {
        guard let number else { return }
        if !(1...999_999_999).contains(number) { problems.add("number", "The number must be between 1 and 999999999.") }
        if store[keyPath: Order.table][any: number] != nil {
            problems.add("number", "The number \(number) has already been taken.")
        }
    }

    /// The number that a new order gets.
    func takeNumber<Order: OrderDocument>(_ seeded: Int?, of _: Order.Type) -> Int {
        let number = seeded ?? store.numbers.next(Order.counters.number)
        store.numbers.taken(Order.counters.number, number)
        return number
    }

    func book<Order: OrderDocument>(_: Order.Type, _ number: Int) throws(Refusal) {
        let order = try store[keyPath: Order.table].found(number)
        switch order.state {
        case .draft: break
        case .booked where !behaviour.refusesDoubleBooking: return
        case .booked, .partlyFulfilled, .fulfilled:
            throw .rule("number", "The \(Order.words.noun) is already booked.")
        case .cancelled, .deleted: throw .rule("number", "The \(Order.words.noun) is cancelled.")
        }
        guard !order.lines.isEmpty else { throw .rule("lines", Self.cannotBookWithoutLines(Order.self)) }
        update(Order.self, number) { [now] in
            $0.state = $0.stateByFulfilment
            $0.bookedAt = now
            $0.fulfilledAt = $0.state == .fulfilled ? now : nil
        }
    }

    static func cannotBookWithoutLines<Order: OrderDocument>(_: Order.Type) -> String {
        "\(Order.words.anyOne) without lines cannot be booked."
    }

    func reopen<Order: OrderDocument>(_: Order.Type, _ number: Int) throws(Refusal) {
        let order = try store[keyPath: Order.table].found(number)
        switch order.state {
        case .booked: break
        case .partlyFulfilled where behaviour.begunOrdersReopen: break
        case .draft: throw .rule("number", "The \(Order.words.noun) is not booked.")
        case .partlyFulfilled, .fulfilled: throw Self.isFulfilled(Order.self)
        case .cancelled, .deleted: throw .rule("number", "The \(Order.words.noun) is cancelled.")
        }
        let keepsIDs = behaviour.reopeningKeepsLineIDs
        // A line that shipments or receipts name keeps its id.
        let ids = order.lines.map { keepsIDs || $0.fulfilled > 0 ? $0.id : store.numbers.next(Order.counters.line) }
        update(Order.self, number) {
            $0.state = .draft
            $0.bookedAt = nil
            for index in $0.lines.indices { $0.lines[index].id = ids[index] }
        }
    }

    /// People cancel an order. No call of the API is known that does it.
    func cancel<Order: OrderDocument>(_: Order.Type, _ number: Int) throws(Refusal) {
        let order = try store[keyPath: Order.table].found(number)
        switch order.state {
        case .draft where order.isBegun, .partlyFulfilled, .fulfilled: throw Self.isFulfilled(Order.self)
        case .draft, .booked: break
        case .cancelled, .deleted: throw .rule("number", "The \(Order.words.noun) is already cancelled.")
        }
        let vanishes = behaviour.cancelledOrdersVanish
        update(Order.self, number) { [now] in
            $0.state = .cancelled
            $0.cancelledAt = now
            $0.isListed = !vanishes
        }
    }

    /// People give up what is still open of a partly fulfilled order. No call of the API is known that does it.
    func closeRest<Part: Fulfilment>(orderOf _: Part.Type, _ number: Int) throws(Refusal) {
        let words = Part.Order.words
        let order = try store[keyPath: Part.Order.table].found(number)
        guard order.state == .partlyFulfilled else {
            throw .rule("number", "The \(words.noun) is \(words.text(order.state)); it has no rest to give up.")
        }
        guard parts(Part.self, of: number).allSatisfy(\.isDone) else {
            let reason = "The \(words.noun) has \(words.fulfilments) that are not \(words.fulfilled) yet; delete them first."
            throw .rule("number", reason)
        }
        let isCut = behaviour.closingCutsQuantities
        update(Part.Order.self, number) { [now] in
            if isCut {
                $0.lines.removeAll { $0.isStock && $0.quantity > 0 && $0.fulfilled.isZero }
                for index in $0.lines.indices where $0.lines[index].isStock && !$0.lines[index].fulfilled.isZero {
                    $0.lines[index].quantity = $0.lines[index].fulfilled
                }
            }
            $0.state = .fulfilled
            $0.fulfilledAt = now
        }
    }

    /// Deletes an order that has no shipments or receipts.
    func delete<Part: Fulfilment>(orderOf _: Part.Type, _ number: Int) throws(Refusal) {
        let words = Part.Order.words
        let order = try store[keyPath: Part.Order.table].found(number)
        if order.isBegun || order.state == .fulfilled { throw Self.isFulfilled(Part.Order.self) }
        guard store[keyPath: Part.ofOrder][number, default: []].isEmpty else {
            let reason = "The \(words.noun) has \(words.fulfilments) that are not \(words.fulfilled) yet; delete them first."
            throw .rule("number", reason)
        }
        update(Part.Order.self, number) {
            $0.state = .deleted
            $0.isListed = false
        }
    }

    private static func isFulfilled<Order: OrderDocument>(_: Order.Type) -> Refusal {
        .rule("number", "The \(Order.words.noun) has been \(Order.words.fulfilled) in part or in full.")
    }

    /// - Throws: unless the order is there and may be edited.
    func draft<Order: OrderDocument>(_: Order.Type, _ number: Int) throws(Refusal) -> Order {
        let order = try store[keyPath: Order.table].found(number)
        guard order.state == .draft else {
            let (noun, state) = (Order.words.noun, Order.words.text(order.state))
            throw .rule("number", "The \(noun) is \(state); only a draft can be edited.")
        }
        return order
    }

    // MARK: Lines

    func addLine<Order: OrderDocument>(_ seed: LineSeed, to _: Order.Type, _ number: Int) throws(Refusal) -> LineRecord {
        let order = try draft(Order.self, number)
        let problems = Problems()
        if let id = seed.id, order.line(id) != nil {
            problems.add("id", "The \(Order.words.noun) has a line \(id) already.")
        }
        checkLineIDs([seed], problems)
        let resolved = resolve(seed, "", order.vatZone, isSale: Order.isSale, problems)
        try problems.throwIfAny()
        let line = newLine(resolved!, of: Order.self)
        update(Order.self, number) { $0.lines.append(line) }
        return line
    }

    func changeLine<Order: OrderDocument>(
        _ id: Int, of _: Order.Type, _ number: Int, _ change: (inout LineSeed) -> Void
    ) throws(Refusal) -> LineRecord {
        let order = try draft(Order.self, number)
        guard let index = order.lines.firstIndex(where: { $0.id == id }) else { throw .notFound }
        let problems = Problems()
        let line = changed(order.lines[index], of: order, "", problems, change)
        try problems.throwIfAny()
        update(Order.self, number) { $0.lines[index] = line! }
        return line!
    }

    func removeLine<Order: OrderDocument>(_ id: Int, of _: Order.Type, _ number: Int) throws(Refusal) {
        let order = try draft(Order.self, number)
        guard let index = order.lines.firstIndex(where: { $0.id == id }) else { throw .notFound }
        let problems = Problems()
        checkRemoval(of: [order.lines[index]], from: Order.self, problems)
        try problems.throwIfAny()
        update(Order.self, number) { $0.lines.remove(at: index) }
    }

    /// The lines that replace the old ones: those with an `id` keep it, those that are not named are removed.
    ///
    /// A new line gets its id only when the request has no problems: see ``settled(_:of:)``.
    func replacedLines<Order: OrderDocument>(
        of order: Order, by readers: [BodyReader], _ problems: Problems
    ) -> [(record: LineRecord?, new: ResolvedLine?)] {
        var seen: Set<Int> = []
        defer { checkRemoval(of: order.lines.filter { !seen.contains($0.id) }, from: Order.self, problems) }
        return readers.map { reader in
            let id = keptID(reader, known: order.lines.map(\.id))
            if let id, !seen.insert(id).inserted { reader.add("id", "The id \(id) stands on two lines.") }
            if let line = order.lines.first(where: { $0.id == id }) {
                return (changed(line, of: order, reader.prefix, problems) { read(line: reader, into: &$0) }, nil)
            }
            var seed = LineSeed()
            read(line: reader, into: &seed)
            return (nil, resolve(seed, reader.prefix, order.vatZone, isSale: Order.isSale, problems))
        }
    }

    /// A line of which something is shipped or received stays.
    private func checkRemoval<Order: OrderDocument>(of lines: [LineRecord], from _: Order.Type, _ problems: Problems) {
        for line in lines where line.fulfilled > 0 {
            problems.add(
                "lines", "\(line.fulfilled) of line \(line.id) are \(Order.words.fulfilled); the line cannot be removed.")
        }
    }

    func settled<Order: OrderDocument>(
        _ lines: [(record: LineRecord?, new: ResolvedLine?)], of _: Order.Type
    ) -> [LineRecord] {
        lines.map { $0.record ?? newLine($0.new!, of: Order.self) }
    }

    /// The changed line. `nil` and a problem when the change is not possible.
    private func changed<Order: OrderDocument>(
        _ line: LineRecord, of order: Order, _ prefix: String, _ problems: Problems, _ change: (inout LineSeed) -> Void
    ) -> LineRecord? {
        var seed = LineSeed(
            id: line.id, item: line.item, name: line.name, quantity: line.quantity, location: line.location, price: line.price,
            discount: line.discount, vat: line.vat)
        change(&seed)
        // Another item brings its own name, price and tax, unless the change says otherwise.
        if seed.item != line.item {
            if seed.name == line.name { seed.name = nil }
            if seed.price == line.price { seed.price = nil }
            if seed.vat == line.vat { seed.vat = nil }
        }
        guard let resolved = resolve(seed, prefix, order.vatZone, isSale: Order.isSale, problems) else { return nil }
        if line.fulfilled > 0 {
            let moved = "\(line.fulfilled) of the line are \(Order.words.fulfilled)"
            if resolved.item != line.item { problems.add(prefix + "item_id", "\(moved); its item cannot change.") }
            if resolved.quantity < line.fulfilled { problems.add(prefix + "quantity", "\(moved); it cannot be less than that.") }
        }
        var result = newLine(resolved, of: Order.self)
        result.createdAt = line.createdAt
        result.fulfilled = line.fulfilled
        return result
    }

    func newLine<Order: OrderDocument>(_ line: ResolvedLine, of _: Order.Type) -> LineRecord {
        if let id = line.id { store.numbers.taken(Order.counters.line, id) }
        return LineRecord(
            id: line.id ?? store.numbers.next(Order.counters.line), item: line.item, name: line.name, quantity: line.quantity,
            location: line.location, price: line.price, discount: line.discount, vat: line.vat, isStock: line.isStock,
            createdAt: now, updatedAt: now)
    }
}
