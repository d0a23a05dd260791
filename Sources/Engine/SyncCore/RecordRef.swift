/// A record that something is about: a document or a product, by the number it carries in Rackbeat.
///
/// What waits for another record, what is parked, and what is found wrong refer to records by this and never by a sentence, so
/// that a text may be reworded without changing a decision.
package struct RecordRef: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case product
        /// A sales order.
        case order
        case purchaseOrder = "purchase-order"
        case shipment
        case receipt
        /// An inventory adjustment.
        case adjustment
    }

    package let kind: Kind
    package let number: String

    package init(_ kind: Kind, _ number: String) {
        self.kind = kind
        self.number = number
    }
}

extension RecordRef.Kind {
    /// As it stands in a sentence: `purchase order`.
    package var noun: String {
        switch self {
        case .product: "product"
        case .order: "order"
        case .purchaseOrder: "purchase order"
        case .shipment: "shipment"
        case .receipt: "receipt"
        case .adjustment: "adjustment"
        }
    }
}

/// As people read it: `order 1042`. For texts only.
extension RecordRef: CustomStringConvertible {
    package var description: String { "\(kind.noun) \(number)" }
}
