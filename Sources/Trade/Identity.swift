/// The number of an item: Rackbeat's item number and Ongoing's article number are the same text.
public struct ItemNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String
    public init(_ text: String) { self.text = text }
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    public var description: String { text }
}

/// The number a sales order carries in Rackbeat. Never the warehouse's internal identifier.
public struct OrderNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String
    public init(_ text: String) { self.text = text }
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    public var description: String { text }
}

/// The number a purchase order carries in Rackbeat.
public struct PurchaseOrderNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String
    public init(_ text: String) { self.text = text }
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    public var description: String { text }
}

/// One line of an order or purchase order: Rackbeat's line id, which the warehouse carries as row number.
///
/// Lines are matched by this, never by position or article.
public struct LineID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String
    public init(_ text: String) { self.text = text }
    /// Shorter numbers first, so that line 9 comes before line 10.
    public static func < (left: Self, right: Self) -> Bool {
        (left.text.utf8.count, left.text) < (right.text.utf8.count, right.text)
    }
    public var description: String { text }
}

/// The number of a Rackbeat location.
public struct LocationNumber: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public init(_ text: String) { self.text = text }
    public var description: String { text }
}

/// The warehouse's own identifier of an article, an order, a purchase order, a line or an inventory document.
public struct WarehouseID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: Int
    public init(_ value: Int) { self.value = value }
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    public var description: String { String(value) }
}

/// Rackbeat's identifier of a shipment, a receipt or an adjustment.
public struct DocumentID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: Int
    public init(_ value: Int) { self.value = value }
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
    public var description: String { String(value) }
}
