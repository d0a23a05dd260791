import JSON
package import Units

/// A line of a document whose item, prices and tax are settled.
struct ResolvedLine {
    let id: Int?
    let item: String?
    let name: String
    let quantity: ExactDecimal
    let location: Int?
    let price: ExactDecimal
    let discount: ExactDecimal
    let vat: ExactDecimal
    let isStock: Bool
}

/// One line of an order or a purchase order to begin with.
package struct LineSeed: Equatable, Sendable {
    /// `nil`: the next free one.
    package var id: Int?
    /// The number of a product; `nil` makes a line of text.
    package var item: String?
    /// `nil`: the name of the item.
    package var name: String?
    package var quantity: ExactDecimal
    /// `nil`: the line names no location.
    package var location: Int?
    /// A unit, net of value added tax. `nil`: what the product says.
    package var price: ExactDecimal?
    /// In percent.
    package var discount: ExactDecimal
    /// In percent; `nil`: what the product's group says for the zone of the document.
    package var vat: ExactDecimal?

    package init(
        id: Int? = nil, item: String? = nil, name: String? = nil, quantity: ExactDecimal = 1, location: Int? = nil,
        price: ExactDecimal? = nil, discount: ExactDecimal = 0, vat: ExactDecimal? = nil
    ) {
        self.id = id
        self.item = item
        self.name = name
        self.quantity = quantity
        self.location = location
        self.price = price
        self.discount = discount
        self.vat = vat
    }
}

/// Amounts of documents, in exact decimals.
enum Money {
    static func lineTotal(quantity: ExactDecimal, price: ExactDecimal, discount: ExactDecimal) -> ExactDecimal {
        let gross = quantity.multiplied(by: price)
        return discount.isZero ? gross : gross.multiplied(by: (100 - discount).dividedByTen(times: 2))
    }

    static func inclVAT(_ net: ExactDecimal, vat: ExactDecimal) -> ExactDecimal {
        net.multiplied(by: (100 + vat).dividedByTen(times: 2), decimals: 2)
    }

    static func vat(_ net: ExactDecimal, _ vat: ExactDecimal) -> ExactDecimal { inclVAT(net, vat: vat) - net }
}

extension RackbeatFake {
    /// Fills in what the item knows; `nil` and problems when the line cannot be.
    ///
    /// - Parameter prefix: put before the paths of problems, such as `lines.0.`.
    func resolve(
        _ seed: LineSeed, _ prefix: String, _ zone: VATZone, isSale: Bool, _ problems: Problems
    ) -> ResolvedLine? {
        let known = problems.list.count
        if let location = seed.location, store.locations[location] == nil {
            problems.add(prefix + "location_id", "There is no location \(location).")
        }
        let money: [(String, ExactDecimal?, ExactDecimal)] = [
            ("quantity", seed.quantity, Reader.largest), ("line_price", seed.price, Reader.largest),
            ("discount_percentage", seed.discount, 100), ("vat_percentage", seed.vat, 100),
        ]
        for (name, value, largest) in money {
            if let value, !(0...largest).contains(value) {
                problems.add(prefix + name, "The \(name) must be between 0 and \(largest).")
            }
        }
        guard let item = seed.item else {
            guard let name = seed.name, !name.isEmpty else {
                problems.add(prefix + "name", "The name field is required when the line has no item.")
                return nil
            }
            guard problems.list.count == known else { return nil }
            return ResolvedLine(
                id: seed.id, item: nil, name: name, quantity: seed.quantity, location: seed.location, price: seed.price ?? 0,
                discount: seed.discount, vat: seed.vat ?? 0, isStock: false)
        }
        guard let product = store.products[item] else {
            problems.add(prefix + "item_id", "Unknown item.")
            return nil
        }
        if product.isBarred { problems.add(prefix + "item_id", "The product \(item) is barred.") }
        if seed.quantity.isZero { problems.add(prefix + "quantity", "The quantity must be greater than 0.") }
        guard problems.list.count == known else { return nil }
        let group = product.group.flatMap { store.groups[$0] }
        return ResolvedLine(
            id: seed.id, item: item, name: seed.name ?? product.name, quantity: seed.quantity, location: seed.location,
            price: seed.price ?? (isSale ? product.price : product.costPrice), discount: seed.discount,
            vat: seed.vat ?? group?.content.vat(in: zone) ?? 0,
            isStock: product.inventoryEnabled && group?.hasInventory ?? true)
    }

    /// Ids that a seed brings along are whole numbers above zero, each once in its document.
    func checkLineIDs(_ lines: [LineSeed], _ problems: Problems) {
        var seen: Set<Int> = []
        for (index, line) in lines.enumerated() {
            guard let id = line.id else { continue }
            if !(1...999_999_999).contains(id) { problems.add("lines.\(index).id", "The id must be between 1 and 999999999.") }
            if !seen.insert(id).inserted { problems.add("lines.\(index).id", "The id \(id) stands on two lines.") }
        }
    }

    /// Reads a line of a request over what the line was.
    func read(line reader: Reader, into line: inout LineSeed) {
        reader.text("item_id", into: &line.item)
        reader.text("name", into: &line.name)
        reader.decimal("quantity", into: &line.quantity)
        reader.decimal("line_price", into: &line.price)
        reader.decimal("discount_percentage", into: &line.discount, allowed: 0...100)
        reader.decimal("vat_percentage", into: &line.vat, allowed: 0...100)
        reader.int("location_id", into: &line.location)
    }

    /// The ids that the lines of a PUT keep; a problem for one that the document does not have.
    func keptID(_ reader: Reader, known: [Int]) -> Int? {
        var id: Int?
        reader.int("id", into: &id)
        if let found = id, !known.contains(found) {
            reader.add("id", "The document has no line \(found).")
            id = nil
        }
        return id
    }
}
