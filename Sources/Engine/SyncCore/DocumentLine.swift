package import Trade

/// A line of an order or purchase order in Rackbeat, as far as it is decided whether the warehouse is to know of it.
package protocol DocumentLine {
    var item: ItemNumber? { get }
    var location: LocationNumber? { get set }
    var quantity: Quantity { get }
    /// Whether stock is kept of its item.
    var keepsInventory: Bool { get set }
    /// Whether its item is a kit, which no warehouse holds as such.
    var isKit: Bool { get }
}

extension SalesLine: DocumentLine {}
extension PurchaseLine: DocumentLine {}

extension MappingContext {
    /// Whether the connection's warehouse has to ship or to receive the line.
    ///
    /// Lines of text, items without inventory and lines that ask for nothing or take something back are skipped.
    func concerns(_ line: some DocumentLine) -> Bool {
        line.item != nil && line.keepsInventory && line.quantity.isPositive && isOurs(line)
    }

    /// Whether the line was skipped for what it is, and not for where it is.
    func skips(_ line: some DocumentLine) -> Bool {
        line.item == nil || !line.keepsInventory || isOurs(line) && !line.quantity.isPositive
    }

    private func isOurs(_ line: some DocumentLine) -> Bool { line.location.map(locations.contains) ?? false }
}
