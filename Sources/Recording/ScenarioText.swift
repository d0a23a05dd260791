import Exchange
import Units

/// Numbers that people can read in the place of those of a recording.
struct Renumbering {
    private var known: [String: [String: String]] = [:]

    private mutating func number(_ kind: String, _ recorded: String, _ make: (Int) -> String) -> String {
        if let known = known[kind]?[recorded] { return known }
        let new = make((known[kind]?.count ?? 0) + 1)
        known[kind, default: [:]][recorded] = new
        return new
    }

    mutating func item(_ recorded: String) -> String { number("item", recorded) { "ITEM-\($0)" } }
    mutating func order(_ recorded: String) -> String { number("order", recorded) { "\(5000 + $0)" } }
    mutating func purchaseOrder(_ recorded: String) -> String { number("purchase order", recorded) { "\(7000 + $0)" } }
    mutating func line(_ recorded: String) -> String { number("line", recorded) { "\($0)" } }
    mutating func location(_ recorded: String) -> String { number("location", recorded) { "\(1000 + $0)" } }
    mutating func goodsOwner(_ recorded: String) -> String { number("goods owner", recorded) { "\(41 + $0)" } }

    /// A number of the warehouse, which may have a suffix.
    mutating func inWarehouse(_ number: String, of recorded: String, isSale: Bool) -> String {
        (isSale ? order(recorded) : purchaseOrder(recorded)) + number.dropFirst(recorded.count)
    }
}

/// A scenario that was made from a recording: its text, and what the recording did not show.
package struct RecordedScenario: Sendable {
    /// The comment at the head of the file, without its marks.
    package var summary: [String] = []
    /// What stands under `world:`, a line each, indented by two.
    package var world: [String] = []
    /// One step each, indented by two.
    package var steps: [String] = []
    package var settle: String?
    package var gaps: [String] = []

    package var text: String {
        let head = summary + gaps.map { "Not reconstructed: \($0)" }
        var lines = head.map { "# " + $0 }
        lines += ["", "world:"] + world + ["", "steps:"] + steps
        if let settle { lines += ["", "settle: \(settle)"] }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// What was taken from stock by the steps of a scenario, so that it has to be there at its beginning.
struct MovedGoods {
    private var byItem: [String: [String: ExactDecimal]] = [:]

    /// - Parameter location: The one of the connection whose warehouse it was taken from.
    mutating func take(_ quantity: ExactDecimal, of item: String, at location: String) {
        byItem[item, default: [:]][location, default: .zero] += quantity
    }

    func quantity(of item: String, at location: String) -> ExactDecimal { byItem[item]?[location] ?? .zero }
}

/// Writes the parts that every scenario of a recording has.
struct WorldWriter {
    var numbers = Renumbering()
    private(set) var gaps: [String] = []
    private let recording: Recording
    private let history: RecordedHistory

    init(_ recording: Recording, _ history: RecordedHistory) {
        self.recording = recording
        self.history = history
        // The connections' own come first, so that their numbers are the usual ones.
        for connection in recording.connections {
            _ = numbers.location(connection.location)
            _ = numbers.goodsOwner(connection.goodsOwner)
        }
    }

    mutating func note(_ gap: String) { if !gaps.contains(gap) { gaps.append(gap) } }

    /// - Parameters:
    ///   - opening: What an item has at a location when the scenario begins; `nil`: unknown.
    ///   - openingInWarehouse: The same of the first connection's warehouse.
    mutating func world(
        startedAt: Moment, items: [String], lines: [SeenOrder.Line],
        opening: (_ item: String, _ location: String) -> ExactDecimal?, openingInWarehouse: (_ item: String) -> ExactDecimal?,
        needed: MovedGoods
    ) -> [String] {
        var text = ["  clock: \(startedAt.iso(in: .copenhagen))"]
        var places = recording.connections.map(\.location)
        for line in lines { if let place = line.location, !places.contains(place) { places.append(place) } }
        text.append("  locations:")
        for (index, place) in places.enumerated() {
            // A location outside of the recorded ones would have no name to refer to.
            let parent = history.locations[place]?.parent.flatMap { places.contains($0) ? $0 : nil }
            let isDefault = index == 0 ? ", default: true" : ""
            text.append(
                "    - { number: \(numbers.location(place))\(isDefault)\(parent.map { ", parent: \(numbers.location($0))" } ?? "") }"
            )
        }
        if !items.isEmpty { text.append("  products:") }
        for item in items {
            text.append("    - " + product(item, at: places, opening, openingInWarehouse, needed))
        }
        return text + connections + profiles
    }

    private mutating func product(
        _ item: String, at places: [String], _ opening: (String, String) -> ExactDecimal?,
        _ openingInWarehouse: (String) -> ExactDecimal?, _ needed: MovedGoods
    ) -> String {
        let name = numbers.item(item)
        var fields = ["number: \(name)"]
        if let product = history.products[item] {
            if let price = product.price { fields.append("price: \(price)") }
            if product.isBarred { fields.append("barred: true") }
            if !product.keepsInventory { fields.append("keeps-inventory: false") }
            if product.hasBatches { fields.append("batch: true") }
            if product.hasSerials { fields.append("serial: true") }
        } else {
            note("product \(name) was never shown: one with the defaults takes its place")
        }
        var stock: [(String, ExactDecimal)] = []
        for (index, place) in places.enumerated() {
            var quantity = opening(item, place) ?? .zero
            if index == 0, opening(item, place) == nil {
                note("the stock of \(name) was not shown: it is as much as was moved")
            }
            quantity = max(quantity, needed.quantity(of: item, at: place))
            if quantity > .zero { stock.append((numbers.location(place), quantity)) }
        }
        if history.products[item]?.keepsInventory ?? true {
            if !stock.isEmpty {
                fields.append("stock: { \(stock.map { "\($0.0): \($0.1)" }.joined(separator: ", ")) }")
            }
            if let held = openingInWarehouse(item), let first = places.first {
                let quantity = max(held, needed.quantity(of: item, at: first))
                let inRackbeat = stock.first { $0.0 == numbers.location(first) }?.1 ?? .zero
                if quantity != inRackbeat { fields.append("stock-in-ongoing: \(quantity)") }
            }
        }
        return "{ \(fields.joined(separator: ", ")) }"
    }

    private var connections: [String] {
        mutating get {
            guard !recording.connections.isEmpty else { return [] }
            var text = ["  connections:"]
            for connection in recording.connections {
                text.append("    - name: \(connection.name)")
                text.append("      location: \(numbers.location(connection.location))")
                text.append("      goods-owner: \(numbers.goodsOwner(connection.goodsOwner))")
                var section = ""
                for (path, value) in connection.settings {
                    let parts = path.split(separator: ".")
                    guard parts.count == 2 else {
                        text.append("      \(path): \(value)")
                        continue
                    }
                    if section != parts[0] { text.append("      \(parts[0]):") }
                    section = String(parts[0])
                    text.append("        \(parts[1]): \(Self.quoted(value))")
                }
            }
            return text
        }
    }

    private var profiles: [String] {
        let stated = System.allCases.filter { !(recording.profiles[$0] ?? []).isEmpty }
        guard !stated.isEmpty else { return [] }
        return ["  profile:"]
            + stated.flatMap { system in
                ["    \(system.rawValue):"] + recording.profiles[system]!.map { "      \($0.key): \(Self.quoted($0.choice))" }
            }
    }

    /// `03:00` would be a number to some readers of YAML.
    private static func quoted(_ value: String) -> String { value.contains(":") ? "'\(value)'" : value }

    // MARK: Documents

    mutating func booking(_ order: SeenOrder, _ lines: [SeenOrder.Line], isSale: Bool) -> String {
        let number = isSale ? numbers.order(order.number) : numbers.purchaseOrder(order.number)
        var fields = ["number: \(number)"]
        if let currency = order.currency, currency != "DKK", TextForm.isWord(currency) { fields.append("currency: \(currency)") }
        if let zone = order.zone, zone != "domestic", TextForm.isWord(zone) { fields.append("vat-zone: \(zone)") }
        if let day = order.deliverAt, day.count == 10, TextForm.isTime(day) {
            fields.append("\(isSale ? "deliver-at" : "preferred-delivery-date"): \(day)")
        }
        fields.append("lines: [ \(lines.map { line($0) }.joined(separator: ", ")) ]")
        let verb = order.isBooked ? "book" : "draft"
        return "rackbeat.\(verb)-\(isSale ? "order" : "purchase-order"): { \(fields.joined(separator: ", ")) }"
    }

    mutating func line(_ line: SeenOrder.Line) -> String {
        var fields = ["id: \(numbers.line(line.id))"]
        if let item = line.item { fields.append("item: \(numbers.item(item))") } else { fields.append("text: Covered") }
        fields.append("quantity: \(line.quantity)")
        if let place = line.location {
            fields.append("location: \(numbers.location(place))")
        } else {
            fields.append("no-location: true")
        }
        if let price = line.price { fields.append("price: \(price)") }
        if let discount = line.discount, !discount.isZero { fields.append("discount: \(discount)") }
        if let vat = line.vat { fields.append("vat: \(vat)") }
        return "{ \(fields.joined(separator: ", ")) }"
    }

    mutating func quantities(_ moved: [(row: String, quantity: ExactDecimal)]) -> String {
        "{ \(moved.map { "\(numbers.line($0.row)): \($0.quantity)" }.joined(separator: ", ")) }"
    }
}
