import JSON
import Units

/// A document that fulfils an order: a shipment of a sales order, or a receipt of a purchase order.
protocol Fulfilment: Document where Key == Int {
    associatedtype Order: OrderDocument
    associatedtype Line: FulfilmentLine

    static var table: ReferenceWritableKeyPath<Store, Table<Self>> { get }
    /// The keys of each order's fulfilments, oldest first.
    static var ofOrder: ReferenceWritableKeyPath<Store, [Int: [Int]]> { get }
    /// `shipment` or `receipt`.
    static var noun: String { get }
    static var keyName: String { get }
    /// The member of a request that names the line of the order.
    static var orderLineName: String { get }

    var orderNumber: Int { get }
    var lines: [Line] { get set }
    /// Whether stock has moved.
    var isDone: Bool { get }
    var updatedAt: Moment { get set }
}

protocol FulfilmentLine {
    var id: Int { get }
    /// The line of the order that it fulfils; `nil` for goods that were not ordered.
    var orderedLine: Int? { get }
    var quantity: ExactDecimal { get set }
}

/// The quantity to ship or receive of one line of an order.
struct WantedLine {
    let orderLine: Int
    let quantity: ExactDecimal
    /// `nil`: the location of the order line.
    var location: Int?
    /// Its path in the request, such as `lines.0.`.
    let path: String
}

extension RackbeatFake {
    /// - Throws: unless the order is booked and not fulfilled.
    func fulfillable<Order: OrderDocument>(_: Order.Type, _ number: Int) throws(Refusal) -> Order {
        let order = try store[keyPath: Order.table].found(number)
        let words = Order.words
        switch order.state {
        case .booked, .partlyFulfilled: return order
        case .draft: throw .rule("number", "The \(words.noun) must be booked before it can be \(words.fulfilled).")
        case .fulfilled: throw .rule("number", "The \(words.noun) is already \(words.fulfilled).")
        case .cancelled, .deleted: throw .rule("number", "The \(words.noun) is cancelled.")
        }
    }

    /// The ordered quantity, less what is fulfilled and what is on fulfilments that are not done. Lines of goods only.
    ///
    /// - Parameter except: a line of a fulfilment to leave out, because it is about to be changed.
    func openQuantities<Part: Fulfilment>(
        of order: Part.Order, by _: Part.Type, except: Int? = nil
    ) -> [(line: LineRecord, quantity: ExactDecimal)] {
        var standing: [Int: ExactDecimal] = [:]
        for key in store[keyPath: Part.ofOrder][order.number] ?? [] {
            guard let part = store[keyPath: Part.table][key], !part.isDone else { continue }
            for line in part.lines where line.id != except {
                if let ordered = line.orderedLine { standing[ordered, default: .zero] += line.quantity }
            }
        }
        return order.lines.filter(\.isStock).map { line in
            (line, max(line.quantity - line.fulfilled - (standing[line.id] ?? .zero), 0))
        }
    }

    func refuseExcess(_ quantity: ExactDecimal, over open: ExactDecimal, _ path: String, _ problems: Problems) {
        guard quantity > open else { return }
        problems.add(path + "quantity", "The quantity may not be greater than the open quantity of \(open).")
    }

    /// - Throws: unless it is there, belongs to the order when one is named, and is not done.
    func unfinished<Part: Fulfilment>(_: Part.Type, _ key: Int, of order: Int?) throws(Refusal) -> Part {
        let part = try store[keyPath: Part.table].found(key)
        guard order == nil || part.orderNumber == order else { throw .notFound }
        guard !part.isDone else {
            throw .rule(Part.keyName, "The \(Part.noun) is already \(Part.Order.words.fulfilled).")
        }
        return part
    }

    func enter<Part: Fulfilment>(_ part: Part) {
        store[keyPath: Part.table].put(part)
        store[keyPath: Part.ofOrder][part.orderNumber, default: []].append(part.key)
        update(Part.Order.self, part.orderNumber, isEdit: false) { _ in }
    }

    func delete<Part: Fulfilment>(_: Part.Type, _ key: Int, of order: Int) throws(Refusal) {
        _ = try unfinished(Part.self, key, of: order)
        store[keyPath: Part.table].remove(key)
        store[keyPath: Part.ofOrder][order]?.removeAll { $0 == key }
    }

    func removeLine<Part: Fulfilment>(_ line: Int, from _: Part.Type, _ key: Int, of order: Int) throws(Refusal) {
        let part = try unfinished(Part.self, key, of: order)
        guard let index = part.lines.firstIndex(where: { $0.id == line }) else { throw .notFound }
        store[keyPath: Part.table].update(key) { [now] in
            $0.lines.remove(at: index)
            $0.updatedAt = now
        }
    }

    /// Adds the quantities to what is fulfilled of the order's lines.
    func countFulfilled<Part: Fulfilment>(_ part: Part) {
        update(Part.Order.self, part.orderNumber, isEdit: false) { [now] in
            for line in part.lines {
                guard let index = $0.lines.firstIndex(where: { $0.id == line.orderedLine }) else { continue }
                $0.lines[index].fulfilled += line.quantity
            }
            $0.state = $0.stateByFulfilment
            if $0.state == .fulfilled { $0.fulfilledAt = now }
        }
    }

    /// The fulfilments of an order, oldest first.
    func parts<Part: Fulfilment>(_: Part.Type, of order: Int) -> [Part] {
        (store[keyPath: Part.ofOrder][order] ?? []).compactMap { store[keyPath: Part.table][$0] }
    }

    /// The lines that the body of a request chooses; `nil` when it leaves the choice to Rackbeat.
    ///
    /// - Parameter isAllowed: whether lines can be chosen, by profile.
    func wantedLines<Part: Fulfilment>(
        _: Part.Type, _ body: JSONObject, isAllowed: Bool, withLocations: Bool
    ) throws(Refusal) -> [WantedLine]? {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        guard let lines = reader.elements("lines") else {
            try problems.throwIfAny()
            return nil
        }
        guard isAllowed else {
            throw .rule("lines", "The lines of a \(Part.noun) cannot be chosen when it is created.")
        }
        let wanted = lines.map { line in
            line.require(Part.orderLineName, "quantity")
            var (id, location): (Int?, Int?)
            var quantity = ExactDecimal.zero
            line.int(Part.orderLineName, into: &id)
            line.quantity("quantity", into: &quantity)
            if withLocations { line.int("location_id", into: &location) }
            return WantedLine(orderLine: id ?? 0, quantity: quantity, location: location, path: line.prefix)
        }
        try problems.throwIfAny()
        return wanted
    }

    /// The lines chosen by a test action.
    func wanted(_ lines: [Int: ExactDecimal]?) throws -> [WantedLine]? {
        try lines?.sorted { $0.key < $1.key }.map { line, quantity in
            guard quantity > 0 else {
                throw Refusal.rule("quantity", "The quantity of line \(line) must be greater than 0.")
            }
            return WantedLine(orderLine: line, quantity: quantity, path: "line \(line).")
        }
    }
}
