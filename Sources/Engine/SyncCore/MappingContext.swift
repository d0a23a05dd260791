package import Trade
import Units

/// The choices that shape a mapped value, taken from the connection's settings and the two profiles.
package struct MappingContext: Sendable, Equatable {
    package enum TaxfulPrice: String, Sendable {
        /// Net price and the group's domestic VAT.
        case computed
        /// A field of the account's own.
        case field
        /// The account's prices are meant without VAT.
        case net
    }

    package enum DimensionUnit: String, Sendable {
        case metres = "m"
        case centimetres = "cm"
        case millimetres = "mm"
    }

    /// The locations of Rackbeat whose lines concern the connection.
    package var locations: Set<LocationNumber>
    package var taxfulPrice = TaxfulPrice.computed
    package var dimensionUnit = DimensionUnit.metres
    package var barredProducts = BarredProducts.leave
    package var sendsSupplierGroup = false
    package var limits = TextLimits()
    /// Whether the warehouse takes a number back that was cancelled. When it does not, a new number is made with a suffix.
    package var revivesCancelledNumbers = false
    /// Whether article numbers that differ in case alone are one article to the warehouse.
    package var articleNumbersIgnoreCase = true

    package init(locations: Set<LocationNumber>) { self.locations = locations }
}

/// Something in a record that could not be mapped as it stands. The record goes on without it; a person is told.
package struct MappingFinding: Hashable, Sendable, CustomStringConvertible {
    /// The field as the warehouse calls it, such as `consignee.countryCode`.
    package var field: String
    package var problem: String

    package init(field: String, problem: String) {
        self.field = field
        self.problem = problem
    }

    package var description: String { "\(field): \(problem)" }

    /// The same without what it quotes of the record: people write all kinds of things into a field, names among them.
    package var withoutQuotes: MappingFinding {
        guard let first = problem.firstIndex(of: "'"), let last = problem.lastIndex(of: "'"), first < last else { return self }
        return MappingFinding(field: field, problem: problem[..<first] + "'…" + problem[last...])
    }
}

/// A mapped value and what was found on the way.
package struct Mapped<Value: Sendable>: Sendable {
    package var value: Value
    package var findings: [MappingFinding]

    package init(value: Value, findings: [MappingFinding]) {
        self.value = value
        self.findings = findings
    }
}

extension Mapped: Equatable where Value: Equatable {}

/// Cleans texts on their way to the warehouse and notes what is longer than it takes.
struct TextCleaner {
    let limits: TextLimits
    private(set) var findings: [MappingFinding] = []

    init(limits: TextLimits) { self.limits = limits }

    enum Kind { case number, name, remark }

    /// Without white space at either end; empty is absent. Nothing is cut: a text over the limit is sent whole and found.
    mutating func clean(_ text: String?, _ field: String, _ kind: Kind) -> String? {
        guard let text else { return nil }
        let trimmed = Self.trimmed(text)
        guard !trimmed.isEmpty else { return nil }
        let limit =
            switch kind {
            case .number: limits.numbers
            case .name: limits.names
            case .remark: limits.remarks
            }
        // Characters are what people count, and bytes what is quick to count: there are never fewer of them.
        if trimmed.utf8.count > limit, trimmed.count > limit {
            note(field, "\(trimmed.count) characters, the warehouse is thought to take \(limit); it was sent whole")
        }
        return trimmed
    }

    mutating func note(_ field: String, _ problem: String) { findings.append(MappingFinding(field: field, problem: problem)) }

    static func trimmed(_ text: String) -> String {
        // Between two printing ASCII characters there is nothing to take off, and to look at white space costs more.
        if let first = text.utf8.first, let last = text.utf8.last, (33...126).contains(first), (33...126).contains(last) {
            return text
        }
        var slice = text[...]
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
