import FakeKit
package import JSON
package import Units

extension RackbeatFake {
    /// Adds a sales order.
    ///
    /// - Parameter book: whether it is booked in the same moment.
    /// - Returns: its number.
    @discardableResult
    package func addOrder(_ seed: OrderSeed, book: Bool) throws -> Int {
        var seed = seed
        if seed.customer == nil { seed.customer = customerBook.byKey.elements(0..<1).first ?? newCustomer() }
        return try pull("add order\(seed.number.map { " \($0)" } ?? "")", seed.number.map(held(order:)) ?? "") {
            try create(seed, booked: book).number
        }
    }

    private func newCustomer() -> Int {
        customerBook.put(CustomerRecord(content: CustomerSeed(), createdAt: now, updatedAt: now))
        return 1
    }

    package func bookOrder(_ number: Int) throws {
        try pull("book order \(number)", held(order: number)) { try book(order: number) }
    }

    /// Changes the members that are named, as a PUT would. Only a draft can be changed.
    package func changeOrder(_ number: Int, _ members: JSONObject) throws {
        _ = try pull("change order \(number)", held(order: number)) { try change(order: number, members) }
    }

    /// Turns a booked order back into a draft, as long as nothing of it is shipped.
    package func reopenOrder(_ number: Int) throws {
        try pull("reopen order \(number)", held(order: number)) { try reopen(order: number) }
    }

    package func cancelOrder(_ number: Int) throws {
        try pull("cancel order \(number)", held(order: number)) { try cancel(order: number) }
    }

    package func deleteOrder(_ number: Int) throws {
        try pull("delete order \(number)", held(order: number)) { try delete(order: number) }
    }

    /// - Returns: the id of the line.
    @discardableResult
    package func addOrderLine(_ seed: LineSeed, to number: Int) throws -> Int {
        try pull("add a line to order \(number)", held(order: number)) { try addLine(seed, toOrder: number).id }
    }

    /// Changes one line of a draft.
    package func changeOrderLine(_ id: Int, of number: Int, _ change: (inout LineSeed) -> Void) throws {
        _ = try pull("change line \(id) of order \(number)", held(order: number)) {
            try changeLine(id, ofOrder: number, change)
        }
    }

    package func removeOrderLine(_ id: Int, of number: Int) throws {
        try pull("remove line \(id) of order \(number)", held(order: number)) { try removeLine(id, ofOrder: number) }
    }

    /// Creates a shipment in the office and leaves it open.
    ///
    /// - Parameter lines: quantity by line id; `nil` takes what the office's form proposes.
    /// - Returns: the id of the shipment.
    @discardableResult
    package func draftShipmentByHand(order number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try pull("create a shipment of order \(number) by hand", held(order: number)) {
            try createShipment(of: number, try wanted(lines)).id
        }
    }

    /// Creates a shipment in the office and ships it, behind everybody's back.
    ///
    /// - Parameter lines: quantity by line id; `nil` ships what the office's form proposes.
    /// - Returns: the id of the shipment.
    @discardableResult
    package func shipByHand(order number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try pull("ship order \(number) by hand", held(order: number)) {
            let shipment = try createShipment(of: number, try wanted(lines))
            guard !shipment.isShipped else { return shipment.id }
            do {
                return try ship(shipment.id, of: number, picking: true).id
            } catch {
                // What cannot be shipped must not stay behind as a draft that nobody asked for.
                try delete(shipment: shipment.id, of: number)
                throw error
            }
        }
    }

    private func wanted(_ lines: [Int: ExactDecimal]?) throws -> [WantedShipmentLine]? {
        try lines?.sorted { $0.key < $1.key }.map { line, quantity in
            guard quantity > 0 else {
                throw Refusal.rule("quantity", "The quantity of line \(line) must be greater than 0.")
            }
            return WantedShipmentLine(orderLine: line, quantity: quantity, path: "line \(line).")
        }
    }

    /// Marks somebody's open shipment as shipped in the office.
    package func confirmDraftShipment(_ id: Int) throws {
        _ = try pull("mark shipment \(id) as shipped", held(shipment: id)) { try ship(id, of: nil, picking: true) }
    }

    /// Throws somebody's open shipment away in the office.
    package func deleteDraftShipment(_ id: Int) throws {
        try pull("delete shipment \(id)", held(shipment: id)) {
            guard let shipment = shipmentBook[id] else { throw Refusal.notFound }
            try delete(shipment: id, of: shipment.order)
        }
    }
}
