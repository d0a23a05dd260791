import FakeKit
package import JSON
import Units

extension RackbeatFake {
    /// Adds a sales order.
    ///
    /// - Parameter book: whether it is booked in the same moment.
    /// - Returns: its number.
    @discardableResult
    package func addOrder(_ seed: OrderSeed, book: Bool) throws -> Int {
        var seed = seed
        if seed.customer == nil { seed.customer = store.customers.byKey.elements(0..<1).first ?? newCustomer() }
        return try pull("add order\(seed.number.map { " \($0)" } ?? "")", seed.number.map(held(order:)) ?? "") {
            try create(seed, booked: book).number
        }
    }

    private func newCustomer() -> Int {
        store.customers.put(CustomerRecord(content: CustomerSeed(), createdAt: now, updatedAt: now))
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
}
