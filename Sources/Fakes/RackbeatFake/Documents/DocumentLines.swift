import JSON
package import Units

/// Seed of one line of an order or a purchase order.
package struct LineSeed: Equatable, Sendable {
    /// `nil`: the next free number.
    package var id: Int?
    /// The number of a product; `nil` makes a line of text.
    package var item: String?
    /// `nil`: the name of the item.
    package var name: String?
    package var quantity: ExactDecimal
    /// `nil`: the line names no location.
    package var location: Int?
    /// Per unit, net of value added tax. `nil`: the price of the product.
    package var price: ExactDecimal?
    /// In percent.
    package var discount: ExactDecimal
    /// In percent. `nil`: the rate of the product's group in the VAT zone of the document.
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

/// One line of an order or a purchase order as the fake holds it.
package struct LineRecord: Equatable, Sendable {
    package internal(set) var id: Int
    /// `nil` for a line of text.
    package internal(set) var item: String?
    package internal(set) var name: String
    package internal(set) var quantity: ExactDecimal
    /// What is shipped or received so far.
    package internal(set) var fulfilled: ExactDecimal = 0
    package internal(set) var location: Int?
    package internal(set) var price: ExactDecimal
    package internal(set) var discount: ExactDecimal
    package internal(set) var vat: ExactDecimal
    /// Whether the line is of goods that lie in stock, and are shipped or received.
    package internal(set) var isStock: Bool
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    /// Net of value added tax, after discount.
    package var total: ExactDecimal { Money.lineTotal(quantity: quantity, price: price, discount: discount) }

    /// Rounded to hundredths, half a hundredth away from zero.
    package var totalInclVAT: ExactDecimal { Money.inclVAT(total, vat: vat) }

    /// What is ordered and not fulfilled, never below zero.
    package var open: ExactDecimal { max(quantity - fulfilled, 0) }
}

/// A line of a document whose item, prices and tax are resolved.
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

/// Amounts of documents, in exact decimals.
enum Money {
    static func lineTotal(quantity: ExactDecimal, price: ExactDecimal, discount: ExactDecimal) -> ExactDecimal {
        let gross = quantity.multiplied(by: price)
        return discount.isZero ? gross : gross.multiplied(by: (100 - discount).dividedByTen(times: 2))
    }

    static func inclVAT(_ net: ExactDecimal, vat: ExactDecimal) -> ExactDecimal {
        net.multiplied(by: (100 + vat).dividedByTen(times: 2), decimals: 2)
    }
}

extension RackbeatFake {
    /// Fills in the defaults of the item. `nil` and problems when the line is not possible.
    ///
    /// - Parameter prefix: precedes the paths of problems, such as `lines.0.`.
    func resolve(
        _ seed: LineSeed, _ prefix: String, _ zone: VATZone, isSale: Bool, _ problems: Problems
    ) -> ResolvedLine? {
        let known = problems.list.count
        if let location = seed.location, store.locations[location] == nil {
            problems.add(prefix + "location_id", "There is no location \(location).")
        }
        let largest = BodyReader.largest
        // A line of less than nothing takes goods back: it lowers the total, and nothing of it is shipped or received.
        let figures: [(String, ExactDecimal?, ClosedRange<ExactDecimal>)] = [
            ("quantity", seed.quantity, -largest...largest), ("line_price", seed.price, 0...largest),
            ("discount_percentage", seed.discount, 0...100), ("vat_percentage", seed.vat, 0...100),
        ]
        for (name, value, allowed) in figures {
            if let value, !allowed.contains(value) {
                problems.add(prefix + name, "The \(name) must be between \(allowed.lowerBound) and \(allowed.upperBound).")
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
        if seed.quantity.isZero { problems.add(prefix + "quantity", "The quantity must not be 0.") }
        guard problems.list.count == known else { return nil }
        let group = product.group.flatMap { store.groups[$0] }
        return ResolvedLine(
            id: seed.id, item: item, name: seed.name ?? product.name, quantity: seed.quantity, location: seed.location,
            price: seed.price ?? (isSale ? product.price : product.costPrice), discount: seed.discount,
            vat: seed.vat ?? group?.content.vat(in: zone) ?? 0,
            isStock: isStock(product))
    }

    /// Ids given by a seed are whole numbers above zero, each once in its document.
    func checkLineIDs(_ lines: [LineSeed], _ problems: Problems) {
        var seen: Set<Int> = []
        for (index, line) in lines.enumerated() {
            guard let id = line.id else { continue }
            if !(1...999_999_999).contains(id) { problems.add("lines.\(index).id", "The id must be between 1 and 999999999.") }
            if !seen.insert(id).inserted { problems.add("lines.\(index).id", "The id \(id) stands on two lines.") }
        }
    }

    /// Reads a line of a request over its old values.
    func read(line reader: BodyReader, into line: inout LineSeed) {
        reader.text("item_id", into: &line.item)
        reader.text("name", into: &line.name)
        reader.decimal("quantity", into: &line.quantity, allowed: -BodyReader.largest...BodyReader.largest)
        reader.decimal("line_price", into: &line.price)
        reader.decimal("discount_percentage", into: &line.discount, allowed: 0...100)
        reader.decimal("vat_percentage", into: &line.vat, allowed: 0...100)
        reader.int("location_id", into: &line.location)
    }

    /// The lines of a new document.
    func newLines(_ reader: BodyReader) -> [LineSeed] {
        (reader.elements("lines") ?? []).map { line in
            var seed = LineSeed()
            read(line: line, into: &seed)
            if !(line.object["item_id"]?.isNull ?? true) { line.require("quantity") }
            return seed
        }
    }

    /// The id that a line of a PUT keeps; a problem when the document has no such line.
    func keptID(_ reader: BodyReader, known: [Int]) -> Int? {
        var id: Int?
        reader.int("id", into: &id)
        if let found = id, !known.contains(found) {
            reader.add("id", "The document has no line \(found).")
            id = nil
        }
        return id
    }
}
