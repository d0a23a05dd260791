import JSON
import Units

extension JSON {
    /// Whole values without a fraction, as Rackbeat writes them itself.
    static func decimal(_ value: ExactDecimal) -> JSON {
        guard let number = JSONNumber(value.description) else {
            preconditionFailure("\(value) is a decimal and so a JSON number")
        }
        return .number(number)
    }

    /// A line, an order or a location is named by a whole number; what is none stays a text.
    static func key(_ key: some CustomStringConvertible) -> JSON {
        let text = key.description
        if let number = Int(text), String(number) == text { return JSON(number) }
        return .string(text)
    }
}
