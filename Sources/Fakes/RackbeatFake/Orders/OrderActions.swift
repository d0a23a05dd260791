import FakeKit
package import JSON
import Units

extension RackbeatFake {
    /// Adds a sales order.
    ///
    /// - Parameter book: whether it is booked at once.
    /// - Returns: its number.
    @discardableResult
    package func addOrder(_ seed: OrderSeed, book: Bool) throws -> Int {
        var seed = seed
        if seed.customer == nil { seed.customer = store.customers.byKey.elements(0..<1).first ?? newCustomer() }
        return try perform("add order\(seed.number.map { " \($0)" } ?? "")", seed.number.map { held(OrderRecord.self, $0) } ?? "")
        {
            try create(seed, booked: book).number
        }
    }

    private func newCustomer() -> Int {
        store.customers.put(CustomerRecord(content: CustomerSeed(), createdAt: now, updatedAt: now))
        return 1
    }

    package func bookOrder(_ number: Int) throws {
        try perform("book order \(number)", held(OrderRecord.self, number)) { try book(OrderRecord.self, number) }
    }

    /// Changes the named members, as a PUT would. Only a draft can be changed.
    package func changeOrder(_ number: Int, _ members: JSONObject) throws {
        _ = try perform("change order \(number)", held(OrderRecord.self, number)) { try change(order: number, members) }
    }

    /// Turns a booked order back into a draft, as long as nothing of it is shipped; by profile, as long as not all is.
    package func reopenOrder(_ number: Int) throws {
        try perform("reopen order \(number)", held(OrderRecord.self, number)) { try reopen(OrderRecord.self, number) }
    }

    /// Gives up what is still open of a partly shipped order. What is shipped is invoiced first.
    package func closeRest(ofOrder number: Int) throws {
        try perform("give up the rest of order \(number)", held(OrderRecord.self, number)) {
            let order = try store.orders.found(number)
            if order.state == .partlyFulfilled, order.invoice == nil { try invoice(order) }
            try closeRest(orderOf: ShipmentRecord.self, number)
        }
    }

    package func cancelOrder(_ number: Int) throws {
        try perform("cancel order \(number)", held(OrderRecord.self, number)) { try cancel(OrderRecord.self, number) }
    }

    package func deleteOrder(_ number: Int) throws {
        try perform("delete order \(number)", held(OrderRecord.self, number)) { try delete(orderOf: ShipmentRecord.self, number) }
    }

    /// - Returns: the id of the line.
    @discardableResult
    package func addOrderLine(_ seed: LineSeed, to number: Int) throws -> Int {
        try perform("add a line to order \(number)", held(OrderRecord.self, number)) {
            try addLine(seed, to: OrderRecord.self, number).id
        }
    }

    /// Changes one line of a draft.
    package func changeOrderLine(_ id: Int, of number: Int, _ change: (inout LineSeed) -> Void) throws {
        _ = try perform("change line \(id) of order \(number)", held(OrderRecord.self, number)) {
            try changeLine(id, of: OrderRecord.self, number, change)
        }
    }

    package func removeOrderLine(_ id: Int, of number: Int) throws {
        try perform("remove line \(id) of order \(number)", held(OrderRecord.self, number)) {
            try removeLine(id, of: OrderRecord.self, number)
        }
    }
}
