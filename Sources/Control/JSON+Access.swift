import JSON
import Units

extension JSON {
    init(_ decimal: ExactDecimal) {
        guard let number = JSONNumber(decimal.description) else { preconditionFailure("\(decimal) is no JSON number") }
        self = .number(number)
    }

    init(_ moment: Moment) { self = .string(moment.isoUTCMilliseconds) }

    init(_ text: String?) { self = text.map(JSON.string) ?? .null }
}

extension RequestContext {
    /// `; did you mean 'x'?`, or what there is.
    static func hint(for name: String, among names: [String]) -> String {
        let nearest = Spelling.hint(for: name, among: names)
        return nearest.isEmpty ? "; it takes \(names.joined(separator: ", "))." : nearest
    }
}
