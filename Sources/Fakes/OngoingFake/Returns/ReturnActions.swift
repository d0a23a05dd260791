package import FakeKit
package import Units

/// What warehouse staff do with goods that customers send back.
extension OngoingFake {
    /// Takes picked goods that the customer sent back into stock again. The order becomes Returned.
    package func returnGoods(
        goodsOwner: Int, order number: String, row: String, quantity: ExactDecimal, cause: CodeName? = nil
    ) throws(ActionError) {
        let (order, owner) = try activeOrder(number, goodsOwner, to: "take back goods of")
        let action = "take back \(quantity) of row \(row) of order \(number)"
        guard let index = order.index(ofRow: row) else { throw ActionError("Cannot \(action): it has no such row.") }
        guard quantity > .zero else { throw ActionError("Cannot \(action): the quantity is not above zero.") }
        guard order.status >= OrderStatus.sent else {
            throw ActionError("Cannot \(action): its status is \(order.status), so it has not been sent.")
        }
        let out = order.lines[index].picked - order.lines[index].returned
        guard quantity <= out else { throw ActionError("Cannot \(action): only \(out) are with the customer.") }
        let now = store.clock()
        var items = order.lines[index].pickedItems
        for item in Self.markReturned(&items, quantity, (now, cause)) {
            owner.bringIn(
                item.quantity, of: order.lines[index].articleID, batch: item.batch, serial: item.serial,
                expiryDate: item.expiryDate, cause: StockCause.customerReturn, document: "order \(number)", at: now)
        }
        owner.changeOrder(order.id, at: now) { order in
            order.lines[index].returned += quantity
            order.lines[index].pickedItems = items
            order.lastReturned = now
            owner.move(&order, to: OrderStatus.returned, at: now)
        }
        owner.fillReturnOrders(line: order.lines[index].id, quantity, at: now)
    }

    /// Marks the first picked items as returned, splitting the one that is returned in part.
    ///
    /// - Returns: What is returned, by batch and serial number.
    private static func markReturned(
        _ items: inout [PickedItem], _ quantity: ExactDecimal, _ mark: (time: Moment, cause: CodeName?)
    ) -> [PickedItem] {
        var left = quantity
        var result: [PickedItem] = []
        var returned: [PickedItem] = []
        for item in items {
            guard item.returned == nil, !left.isZero else {
                result.append(item)
                continue
            }
            var back = item
            back.quantity = min(item.quantity, left)
            back.returned = mark
            left -= back.quantity
            result.append(back)
            returned.append(back)
            if back.quantity < item.quantity {
                var rest = item
                rest.quantity -= back.quantity
                result.append(rest)
            }
        }
        items = result
        return returned
    }
}
