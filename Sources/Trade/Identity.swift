/// The number of an item: Rackbeat's item number and Ongoing's article number are the same text.
package struct ItemNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    package var description: String { text }
}

/// The number a sales order carries in Rackbeat. Never the warehouse's internal identifier.
package struct OrderNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    package var description: String { text }
}

/// The number a purchase order carries in Rackbeat.
package struct PurchaseOrderNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    package var description: String { text }
}

/// One line of an order or purchase order: Rackbeat's line id, which the warehouse carries as row number.
///
/// Lines are matched by this, never by position or article.
package struct LineID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    /// Shorter numbers first, so that line 9 comes before line 10.
    package static func < (left: Self, right: Self) -> Bool {
        (left.text.utf8.count, left.text) < (right.text.utf8.count, right.text)
    }
    package var description: String { text }
}

/// The number of a Rackbeat location.
package struct LocationNumber: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }
    package var description: String { text }
}

/// The warehouse's own identifier of an article, an order, a purchase order, a line or an inventory document.
package struct WarehouseID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int
    package init(_ value: Int) { self.value = value }
    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    package var description: String { String(value) }
}

/// Rackbeat's identifier of a shipment, a receipt or an adjustment.
package struct DocumentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let value: Int
    package init(_ value: Int) { self.value = value }
    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    package var description: String { String(value) }
}
