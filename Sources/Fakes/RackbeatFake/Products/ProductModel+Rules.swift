import JSON
import Units

extension RackbeatFake {
    /// Adds a product with its opening stock.
    func create(_ seed: ProductSeed) throws(Refusal) -> ProductRecord {
        let problems = Problems()
        if store.products[seed.number] != nil { problems.add("number", "The number \(seed.number) has already been taken.") }
        check(number: seed.number, problems)
        if let group = seed.group, store.groups[group] == nil { problems.add("group", "There is no product group \(group).") }
        for location in seed.stock.keys.sorted() where store.locations[location] == nil {
            problems.add("stock", "There is no location \(location).")
        }
        if let location = seed.defaultLocation, store.locations[location] == nil {
            problems.add("default_location_id", "There is no location \(location).")
        }
        if let supplier = seed.defaultSupplier, store.suppliers[supplier] == nil {
            problems.add("default_supplier_id", "There is no supplier \(supplier).")
        }
        for (name, price) in [("sales_price", seed.price), ("recommended_cost_price", seed.costPrice)]
        where !(0...BodyReader.largest).contains(price) {
            problems.add(name, "The \(name) must be between 0 and \(BodyReader.largest).")
        }
        for (location, quantity) in seed.stock.sorted(by: { $0.key < $1.key }) {
            if quantity.magnitude > BodyReader.largest { problems.add("stock", "The stock at \(location) is too large.") }
            if quantity.isNegative, seed.isBatch || seed.isSerial || !behaviour.plainStockMayBeNegative {
                problems.add("stock", "The stock at \(location) may not be negative.")
            }
        }
        try problems.throwIfAny()
        let product = ProductRecord(id: store.numbers.next(\.product), seed: seed, createdAt: now)
        enter(product)
        for (location, quantity) in seed.stock.sorted(by: { $0.key < $1.key }) where !quantity.isZero {
            moveStock(seed.number, at: location, by: quantity, .opening)
        }
        return product
    }

    /// Creates a product from the members of a request.
    func createProduct(_ body: JSONObject) throws(Refusal) -> ProductRecord {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        reader.require("number", "name", "sales_price")
        if body["group"]?.isNull ?? true, body["group_id"]?.isNull ?? true { reader.require("group") }
        var number = ""
        if reader.has("number") { reader.text("number", into: &number, limit: 25) }
        if !number.isEmpty {
            check(number: number, problems)
            if store.products[number] != nil { reader.add("number", "The number has already been taken.") }
        }
        var product = ProductRecord(id: 0, seed: ProductSeed(number: number), createdAt: now)
        read(reader, into: &product)
        try problems.throwIfAny()
        product.id = store.numbers.next(\.product)
        enter(product)
        return product
    }

    /// Changes the named members. The number is the key and stays.
    func change(product number: String, _ body: JSONObject) throws(Refusal) -> ProductRecord {
        guard var product = store.products[number] else { throw .notFound }
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        if let wanted = body["number"], wanted != .string(number) { reader.add("number", "The number cannot be changed.") }
        read(reader, into: &product)
        try problems.throwIfAny()
        product.updatedAt = now
        let keptInventory = store.products[number]?.inventoryEnabled
        store.products.put(product)
        if product.inventoryEnabled != keptInventory { settleLines(of: product) }
        let changed = body.names
        raise("product.updated", key: .string(number), keyName: "number", changed: changed) { wire(product) }
        return product
    }

    func delete(product number: String) throws(Refusal) {
        _ = try store.products.found(number)
        guard !store.demand.isUsed(number) else {
            throw .rule("number", "The product \(number) is used in lines and cannot be deleted.")
        }
        store.products.update(number) { [now] in
            $0.isDeleted = true
            $0.updatedAt = now
        }
    }

    /// People give a product another number, which the API cannot. Its stock and its lines follow; no document counts as changed.
    func renumber(product number: String, to new: String) throws(Refusal) {
        var product = try store.products.found(number)
        let problems = Problems()
        check(number: new, problems)
        if store.products[new] != nil { problems.add("number", "The number \(new) has already been taken.") }
        try problems.throwIfAny()
        product.number = new
        product.updatedAt = now
        store.products.update(number) { [now] in
            $0.isDeleted = true
            $0.updatedAt = now
        }
        store.products.put(product)
        renameLines(number, new, in: OrderRecord.self)
        renameLines(number, new, in: PurchaseOrderRecord.self)
        for location in store.locations.all.map(\.number) {
            let stock = stock(of: number, at: location)
            guard !stock.isZero else { continue }
            moveStock(number, at: location, by: -stock, .renumbering)
            moveStock(new, at: location, by: stock, .renumbering)
        }
        raise("product.updated", key: .string(new), keyName: "number", changed: ["number"]) { wire(product) }
    }

    private func renameLines<Order: OrderDocument>(_ number: String, _ new: String, in _: Order.Type) {
        for order in store[keyPath: Order.table].all where order.lines.contains(where: { $0.item == number }) {
            store.demand.discount(order)
            store[keyPath: Order.table].update(order.number) { order in
                for index in order.lines.indices where order.lines[index].item == number { order.lines[index].item = new }
            }
            store.demand.count(store[keyPath: Order.table][any: order.number]!)
        }
    }

    /// A line is of goods when its product is. What is shipped or received of it stays what it is.
    private func settleLines(of product: ProductRecord) {
        settleLines(of: product, in: OrderRecord.self)
        settleLines(of: product, in: PurchaseOrderRecord.self)
    }

    private func settleLines<Order: OrderDocument>(of product: ProductRecord, in _: Order.Type) {
        let isStock = isStock(product)
        for order in store[keyPath: Order.table].all
        where order.lines.contains(where: { $0.item == product.number && $0.fulfilled.isZero && $0.isStock != isStock }) {
            store.demand.discount(order)
            store[keyPath: Order.table].update(order.number) { order in
                for index in order.lines.indices where order.lines[index].item == product.number {
                    if order.lines[index].fulfilled.isZero { order.lines[index].isStock = isStock }
                }
                if order.isOpen { order.state = order.stateByFulfilment }
            }
            store.demand.count(store[keyPath: Order.table][any: order.number]!)
        }
    }

    /// Whether stock is kept of a product.
    func isStock(_ product: ProductRecord) -> Bool {
        product.inventoryEnabled && product.group.flatMap { store.groups[$0] }?.hasInventory ?? true
    }

    private func enter(_ product: ProductRecord) {
        if product.kind == .lot { store.lotCount += 1 }
        store.products.put(product)
        raise("product.created", key: .string(product.number), keyName: "number") { wire(product) }
    }

    private func check(number: String, _ problems: Problems) {
        if number.isEmpty { problems.add("number", "The number field is required.") }
        if number.unicodeScalars.count > 25 { problems.add("number", "The number may not be greater than 25 characters.") }
    }

    private func read(_ reader: BodyReader, into product: inout ProductRecord) {
        reader.text("name", into: &product.name)
        reader.text("description", into: &product.description, limit: 10_000)
        reader.text("barcode", into: &product.barcode)
        reader.text("supplier_product_number", into: &product.supplierProductNumber)
        reader.text("picture_url", into: &product.pictureURL, limit: 2000)
        reader.decimal("sales_price", into: &product.price)
        reader.decimal("recommended_cost_price", into: &product.costPrice)
        reader.decimal("min_order", into: &product.minOrder)
        reader.decimal("min_sales", into: &product.minSales)
        reader.decimal("min_stock", into: &product.minStock)
        reader.reference("group", into: &product.group) { store.groups[$0] != nil }
        reader.reference("group_id", into: &product.group) { store.groups[$0] != nil }
        reader.reference("unit_id", into: &product.unit) { store.units[$0] != nil }
        reader.reference("default_supplier_id", into: &product.defaultSupplier) { store.suppliers[$0] != nil }
        reader.reference("default_location_id", into: &product.defaultLocation) { store.locations[$0] != nil }
        reader.flag("is_barred", into: &product.isBarred)
        reader.flag("inventory_enabled", into: &product.inventoryEnabled)
        if let inner = reader.inner("physical") { read(physical: inner, into: &product) }
        if reader.object["physical"] == .null { product.physical = nil }
    }

    private func read(physical reader: BodyReader, into product: inout ProductRecord) {
        var physical = product.physical ?? Physical()
        reader.decimal("weight", into: &physical.weight)
        reader.text("weight_unit", into: &physical.weightUnit, limit: 10)
        reader.decimal("height", into: &physical.height)
        reader.decimal("width", into: &physical.width)
        reader.decimal("depth", into: &physical.depth)
        reader.text("size_unit", into: &physical.sizeUnit, limit: 10)
        // Rackbeat keeps two decimals and requires their unit.
        for (name, value) in [
            ("weight", physical.weight), ("height", physical.height), ("width", physical.width), ("depth", physical.depth),
        ] {
            guard let value, reader.has(name) else { continue }
            if value != value.rounded(decimals: 2) { reader.add(name, "The \(name) may have at most 2 decimals.") }
            let unit = name == "weight" ? ("weight_unit", physical.weightUnit) : ("size_unit", physical.sizeUnit)
            if unit.1 == nil { reader.add(unit.0, "The \(unit.0) field is required with \(name).") }
        }
        product.physical = physical
    }
}
