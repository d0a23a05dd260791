import ClientKit
import Exchange
package import Trade
package import Units

extension RackbeatClient {
    /// One page of the products that changed at `updatedFrom` or later, newest change first; of all when it is `nil`.
    package func products(updatedFrom: Moment?, page: Int) throws -> Page<Product> {
        if page == 1 { suppliers.removeAll() }
        return try changes("products", "products", from: updatedFrom, page: page, Query()) { try Product($0, profile: profile) }
    }

    /// - Returns: `nil` when the account has no such product.
    package func product(_ number: ItemNumber) throws -> Product? {
        try oneIfPresent(.get("products/\(segment(number))"), "product") { wire throws(WireError) in
            try Product(wire, profile: profile)
        }
    }
}

extension Product {
    init(_ wire: WireReader, profile: Profile) throws(WireError) {
        self.init(
            number: ItemNumber(try wire.required("number", .key)), updatedAt: try wire.required("updated_at", .moment))
        name = try wire.optional("name", .text)
        description = try wire.optional("description", .text)
        barcode = try wire.optional("barcode", .text)
        netSalesPrice = try wire.optional("sales_price", .decimal).map { Money($0) }
        grossSalesPrice = try Self.grossPrice(wire, net: netSalesPrice, profile: profile)
        group = try wire.object("group").map { group throws(WireError) in try ProductGroup(group) }
        if let physical = try wire.object("physical") { try readPhysical(physical) }
        isBatchControlled = try wire.first(.flag, of: "batch_control/is_active") ?? false
        isSerialNumbered = try wire.first(.flag, of: "serial_numbers/is_active") ?? false
        pictureURL = try Self.picture(wire)
        supplierNumber = try wire.first(.key, of: "default_supplier_id", "default_supplier/number")
        supplierName = try wire.first(.text, of: "default_supplier/name")
        // A product that was deleted and is still listed counts as barred.
        let isDeleted = try wire.optional("deleted_at", .text) != nil
        isBarred = try isDeleted ? true : wire.optional("is_barred", .flag) ?? false
        keepsInventory = try wire.first(.flag, of: "inventory_enabled", "group/has_inventory") ?? true
        defaultLocation = try wire.first(.key, of: "default_location/number").map { LocationNumber($0) }
    }

    /// The API knows no price with VAT; where an account is assumed to show one, or to mean its net price by it, the profile says so.
    private static func grossPrice(_ wire: WireReader, net: Money?, profile: Profile) throws(WireError) -> Money? {
        switch profile["price.taxful"] {
        case "field": try wire.optional("sales_price_incl_vat", .decimal).map { Money($0) }
        case "net": net
        default: nil
        }
    }

    /// The third dimension is called depth; there is no length.
    private mutating func readPhysical(_ wire: WireReader) throws(WireError) {
        let sizeUnit = try wire.optional("size_unit", .text)
        let weightUnit = try wire.optional("weight_unit", .text)
        height = try wire.optional("height", .decimal).map { Measure(value: $0, unit: sizeUnit) }
        width = try wire.optional("width", .decimal).map { Measure(value: $0, unit: sizeUnit) }
        length = try wire.optional("depth", .decimal).map { Measure(value: $0, unit: sizeUnit) }
        weight = try wire.optional("weight", .decimal).map { Measure(value: $0, unit: weightUnit) }
    }

    private static func picture(_ wire: WireReader) throws(WireError) -> String? {
        if let url = try wire.optional("picture_url", .text), !url.trimmed.isEmpty { return url }
        return try wire.first(.text, of: "pictures/original")
    }
}

extension ProductGroup {
    init(_ wire: WireReader) throws(WireError) {
        self.init(
            number: try wire.required("number", .key), name: try wire.optional("name", .text),
            vatDomestic: try wire.optional("vat_domestic", .decimal))
    }
}
