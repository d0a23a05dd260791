import Exchange
import JSON
import Units

/// Products as responses write them.
extension RackbeatFake {
    /// - Parameter isItem: `items` show the default supplier, `products` and `lots` only its number.
    func wire(_ product: ProductRecord, isItem: Bool = false, withFieldValues: Bool = false) -> JSON {
        let number = product.number
        let stock = stock(of: number)
        let reserved = store.demand.reserved(number)
        var members = Members(capacity: 48)
        members.add("id", product.id)
        members.add("number", number)
        members.add("urlfriendly_number", PercentEncoding.encode(number))
        members.add("type", product.kind.rawValue)
        members.add("barcode", product.barcode)
        members.add("name", product.name)
        members.add("description", product.description)
        members.add("sales_price", product.price)
        addTaxfulPrice(of: product, to: &members)
        members.add("recommended_sales_price", 0)
        members.add("cost_price", product.costPrice)
        members.add("recommended_cost_price", product.costPrice)
        members.add("min_order", product.minOrder)
        members.add("min_sales", product.minSales)
        members.add("min_stock", product.minStock)
        members.add("stock_quantity", stock)
        members.add("in_order_quantity", reserved)
        members.add("available_quantity", stock - reserved)
        members.add("purchased_quantity", store.demand.purchased(number))
        members.add("default_supplier_id", product.defaultSupplier)
        if isItem { members.add("default_supplier", supplierReference(product.defaultSupplier)) }
        members.add("default_location_id", product.defaultLocation)
        members.add("default_location", shortLocation(product.defaultLocation))
        members.add("picture_url", product.pictureURL)
        members.add(
            "pictures",
            [
                "thumb": nil, "display": nil, "large": nil,
                "original": product.originalPictureURL.map(JSON.string) ?? .null,
            ])
        members.add("is_barred", product.isBarred)
        members.add("inventory_enabled", product.inventoryEnabled)
        members.add("should_assure_quality", false)
        members.add("supplier_product_number", product.supplierProductNumber)
        members.add("unit_id", product.unit ?? 1)
        members.add("unit", reference(unitOf: number))
        members.add("group_id", product.group)
        members.add("group", product.group.flatMap { store.groups[$0] }.map { wire($0) } ?? .null)
        members.add("physical", product.physical.map(wire) ?? .null)
        members.add("serial_numbers", ["is_active": .bool(product.isSerial), "index": nil])
        members.add("batch_control", ["is_active": .bool(product.isBatch)])
        members.add("created_at", time(product.createdAt))
        members.add("updated_at", time(product.updatedAt))
        members.add("deleted_at", JSON.null)
        members.add("department_id", JSON.null)
        members.add("goods_code", JSON.null)
        members.add("country_code", JSON.null)
        members.add("metadata", [])
        // No custom fields are kept, so there are no values.
        if withFieldValues { members.add("field_values", []) }
        members.add("self", link(product.kind == .lot ? "lots" : "products", number))
        return members.json
    }

    /// The price with value added tax, when the profile says that Rackbeat has a field for it.
    private func addTaxfulPrice(of product: ProductRecord, to members: inout Members) {
        switch behaviour.taxfulPrice {
        case .computed, .net: return
        case .field:
            let vat = product.group.flatMap { store.groups[$0] }?.vatDomestic ?? 0
            members.add("sales_price_incl_vat", Money.inclVAT(product.price, vat: vat))
        }
    }

    private func shortLocation(_ number: Int?) -> JSON {
        guard let number, let location = store.locations[number] else { return .null }
        return [
            "number": JSON(number), "name": .string(location.name), "parent_id": location.parent.map(JSON.init(_:)) ?? .null,
            "is_default": .bool(location.isDefault),
        ]
    }

    private func supplierReference(_ number: Int?) -> JSON {
        guard let number, let supplier = store.suppliers[number] else { return .null }
        return ["number": JSON(number), "name": .string(supplier.name)]
    }

    private func wire(_ physical: Physical) -> JSON {
        var members = Members(capacity: 6)
        members.add("weight", physical.weight)
        members.add("weight_unit", physical.weightUnit)
        members.add("height", physical.height)
        members.add("width", physical.width)
        members.add("depth", physical.depth)
        members.add("size_unit", physical.sizeUnit)
        return members.json
    }
}
