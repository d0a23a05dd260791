import JSON
import Units

/// The expected value of one member of a document in the warehouse.
///
/// The invariants derive it from Rackbeat's records by the mapping alone, independently of the engine, so that a mistake in the
/// engine's mapping cannot hide in its own tests.
struct ExpectedField: Equatable {
    enum Value: Equatable {
        /// Missing, null or empty.
        case absent
        case text(String)
        case amount(ExactDecimal)
        case flag(Bool)
        case date(CivilDate)
        /// To the second.
        case moment(Moment)
        /// A country in words, as Rackbeat has it.
        case country(String)
    }

    /// Names joined by full stops, such as `barCodeInfo.barCode`.
    var path: String
    var value: Value

    /// White space around the text does not count, and an empty text is absent.
    static func text(_ path: String, _ text: String?) -> ExpectedField {
        let trimmed = text.map(withoutEdges) ?? ""
        return ExpectedField(path: path, value: trimmed.isEmpty ? .absent : .text(trimmed))
    }

    static func amount(_ path: String, _ amount: ExactDecimal?) -> ExpectedField {
        ExpectedField(path: path, value: amount.map(Value.amount) ?? .absent)
    }

    static func flag(_ path: String, _ flag: Bool) -> ExpectedField { ExpectedField(path: path, value: .flag(flag)) }

    static func country(_ path: String, _ country: String?) -> ExpectedField {
        let trimmed = country.map(withoutEdges) ?? ""
        return ExpectedField(path: path, value: trimmed.isEmpty ? .absent : .country(trimmed))
    }

    func isMet(by found: JSON?) -> Bool {
        switch value {
        case .absent: isEmpty(found)
        case .text(let text): found?.string == text
        case .amount(let amount): found.flatMap(exact) == amount
        // A missing flag is off.
        case .flag(let flag): found?.bool ?? (isEmpty(found) ? false : nil) == flag
        case .date(let date): found?.string.flatMap { CivilDate($0.prefix(10)) } == date
        case .moment(let moment):
            found?.string.flatMap { Moment(iso: $0, zone: .utc) }?.truncatedToSecond == moment.truncatedToSecond
        case .country(let country): CountryReading.code(isRight: isEmpty(found) ? nil : found?.string ?? "", for: country)
        }
    }

    var words: String {
        switch value {
        case .absent: "nothing"
        case .text(let text): "'\(text)'"
        case .amount(let amount): "\(amount)"
        case .flag(let flag): "\(flag)"
        case .date(let date): "\(date)"
        case .moment(let moment): moment.iso(in: .utc)
        case .country(let country):
            CountryReading.code(of: country).map { "'\($0)' for '\(country)'" } ?? "nothing, because '\(country)' is unknown"
        }
    }

    private func isEmpty(_ json: JSON?) -> Bool { json == nil || json == .null || json == "" }

    /// The vendor accepts numbers as texts too.
    private func exact(_ json: JSON) -> ExactDecimal? {
        (json.number?.text ?? json.string).flatMap { ExactDecimal($0) }
    }
}

/// Without white space at either end.
package func withoutEdges(_ text: String) -> String {
    var slice = text[...]
    while slice.first?.isWhitespace == true { slice.removeFirst() }
    while slice.last?.isWhitespace == true { slice.removeLast() }
    return String(slice)
}

extension JSONObject {
    /// The member at a path of names joined by full stops.
    func value(at path: String) -> JSON? {
        var value = JSON.object(self)
        for name in path.split(separator: ".") {
            guard let next = value[String(name)] else { return nil }
            value = next
        }
        return value
    }
}

/// An amount with VAT added, in hundredths, rounded half away from zero.
func withVAT(_ net: ExactDecimal, percent: ExactDecimal) -> ExactDecimal {
    // Millionths times millionths of a percent: the exact product has 12 decimals of a hundredfold, so 10^12 are one hundredth.
    let exact = net.millionths * (100 * 1_000_000 + percent.millionths)
    let hundredth: Int128 = 1_000_000_000_000
    let half = exact < 0 ? -hundredth / 2 : hundredth / 2
    return ExactDecimal(millionths: (exact + half) / hundredth * 10_000)
}

/// What one unit of a line costs, in millionths, rounded half away from zero; `nil` for a line of nothing.
func share(_ total: ExactDecimal, of quantity: ExactDecimal) -> ExactDecimal? {
    guard quantity > .zero else { return nil }
    let exact = total.millionths * 1_000_000
    let half = exact < 0 ? -quantity.millionths / 2 : quantity.millionths / 2
    return ExactDecimal(millionths: (exact + half) / quantity.millionths)
}
