import Exchange
import JSON

/// What an exchange calls the documents and items that it is about: by a number, or by an id that only one system knows.
enum DocumentName: Hashable {
    /// A sales order by its number in Rackbeat.
    case order(String)
    case purchaseOrder(String)
    case product(String)
    case shipment(Int)
    case receipt(Int)
    /// An inventory adjustment in Rackbeat.
    case adjustment(Int)
    /// A line of a sales order in Rackbeat.
    case orderLine(String)
    /// By its number in the warehouse.
    case warehouseOrder(String)
    case warehousePurchaseOrder(String)
    /// By the warehouse's own id.
    case orderID(Int)
    case purchaseOrderID(Int)
    case articleID(Int)
}

/// Reads the names in paths, queries and bodies. Another reading of both APIs than those of contract, fakes and clients: it only looks for
/// names, wherever they stand.
struct DocumentNames {
    let system: System

    // MARK: Paths

    func names(inPath path: Substring) -> [DocumentName] {
        let segments = path.parts(between: "/")
        return zip(segments, segments.dropFirst()).compactMap(name)
    }

    private func name(_ collection: Substring, _ segment: Substring) -> DocumentName? {
        let number = segment.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(segment) : nil
        switch (system, collection) {
        case (.rackbeat, "orders"): return number.map { .order(String($0)) }
        case (.rackbeat, "purchase-orders"): return number.map { .purchaseOrder(String($0)) }
        case (.rackbeat, "shipments"), (.rackbeat, "order-shipments"): return number.map { .shipment($0) }
        case (.rackbeat, "receipts"), (.rackbeat, "purchase-order-receipts"): return number.map { .receipt($0) }
        case (.rackbeat, "inventory-adjustments"): return number.map { .adjustment($0) }
        case (.rackbeat, "products"), (.rackbeat, "lots"), (.rackbeat, "items"), (.rackbeat, "get-stock"), (.rackbeat, "ledger"):
            return segment == "bulk" ? nil : .product(PercentEncoding.decode(segment))
        case (.ongoing, "orders"): return number.map { .orderID($0) }
        case (.ongoing, "purchaseOrders"): return number.map { .purchaseOrderID($0) }
        case (.ongoing, "articles"): return number.map { .articleID($0) }
        default: return nil
        }
    }

    func names(inQuery text: Substring?) -> [DocumentName] {
        guard system == .ongoing, let text, text.utf8.contains(UInt8(ascii: "N")) || text.utf8.contains(UInt8(ascii: "O")) else {
            return []
        }
        return Query(parsing: text).parameters.compactMap { member($0.name, .string($0.value)) }
    }

    // MARK: Bodies

    func names(in body: JSON) -> Set<DocumentName> {
        var names: Set<DocumentName> = []
        collect(body, below: "", &names)
        return names
    }

    private func collect(_ json: JSON, below key: String, _ names: inout Set<DocumentName>) {
        switch json {
        case .array(let elements): for element in elements { collect(element, below: key, &names) }
        case .object(let object):
            for member in object {
                if let name = member.value.isScalar ? self.member(member.name, member.value, below: key) : nil {
                    names.insert(name)
                }
                collect(member.value, below: member.name, &names)
            }
        default: break
        }
    }

    /// - Parameter key: The member in which the object of this member stands.
    private func member(_ name: String, _ value: JSON, below key: String = "") -> DocumentName? {
        system == .ongoing ? warehouseMember(name, value) : rackbeatMember(name, value, below: key)
    }

    private func warehouseMember(_ name: String, _ value: JSON) -> DocumentName? {
        switch name {
        case "orderNumber": value.name.map { .warehouseOrder($0) }
        case "goodsOwnerOrderId": value.name.map { .order($0) }
        case "orderId": value.int.map { .orderID($0) }
        case "purchaseOrderNumber": value.name.map { .warehousePurchaseOrder($0) }
        case "purchaseOrderId": value.int.map { .purchaseOrderID($0) }
        case "articleNumber": value.name.map { .product($0) }
        case "articleSystemId": value.int.map { .articleID($0) }
        default: nil
        }
    }

    private func rackbeatMember(_ name: String, _ value: JSON, below key: String) -> DocumentName? {
        switch name {
        case "order_id": return value.name.map { .order($0) }
        case "order_line_id": return value.name.map { .orderLine($0) }
        case "child_id", "item_number", "item_id": return value.name.map { .product($0) }
        case "number":
            switch key {
            case "order", "orders": return value.name.map { .order($0) }
            case "purchase_order", "purchase_orders": return value.name.map { .purchaseOrder($0) }
            case "purchase_order_receipt", "purchase_order_receipts": return value.int.map { .receipt($0) }
            case "product", "products", "item", "items", "lot", "lots": return value.name.map { .product($0) }
            default: return nil
            }
        case "id":
            switch key {
            case "order_shipment", "order_shipments": return value.int.map { .shipment($0) }
            case "inventory_regulation", "inventory_regulations": return value.int.map { .adjustment($0) }
            default: return nil
            }
        default: return nil
        }
    }
}

extension JSON {
    fileprivate var isScalar: Bool {
        switch self {
        case .string, .number: true
        default: false
        }
    }

    /// A number or a text as a name; `nil` when it is empty.
    fileprivate var name: String? {
        let text = string ?? number?.text
        return text?.isEmpty == true ? nil : text
    }
}
