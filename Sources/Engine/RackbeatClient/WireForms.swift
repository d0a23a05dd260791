import ClientKit
import JSON
import Units

extension WireReader {
    /// What the response holds under the key that names its kind. Another shape means that this is not Rackbeat's response, or no
    /// longer; what was found instead helps whoever has to find out.
    func envelope(_ key: String) throws(WireError) -> WireReader {
        guard let envelope = try object(key) else { throw missingEnvelope(key) }
        return envelope
    }

    func missingEnvelope(_ key: String) -> WireError {
        guard let object = value.object, !object.isEmpty else {
            return WireError(problem: "\"\(key)\" was expected in it, but it is empty")
        }
        let found = object.names.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
        return WireError(
            problem: "\"\(key)\" was expected in it, but \(value[key] == nil ? "it holds \(found)" : "it is null")")
    }
}

extension WireForm where Value == String {
    /// What names a thing: products by a text, nearly everything else by a whole number. Blank names nothing.
    static var key: Self {
        Self(words: "a number or text that names it") { value, _ in
            switch value {
            case .number(let number): number.int.map(String.init)
            case .string(let text): text.allSatisfy(\.isWhitespace) ? nil : text
            case .null, .bool, .array, .object: nil
            }
        }
    }
}

extension WireForm where Value == Int {
    static var whole: Self { Self(words: "a whole number") { value, _ in value.int } }
}

extension WireForm where Value == ExactDecimal {
    /// Money and quantities have at most six decimals in Rackbeat. A number with more is not rounded: something else is wrong.
    static var decimal: Self {
        Self(words: "a number with at most six decimals") { value, _ in value.number.flatMap { ExactDecimal($0.text) } }
    }
}

extension WireForm where Value == Moment {
    /// With an offset, as the API writes it, or in the style of SQL on the account's clock, as one of the docs' samples shows.
    static var moment: Self {
        Self(words: "a time such as 2026-03-02T14:05:09+01:00") { value, zone in
            value.string.flatMap { Moment(iso: $0, zone: zone) }
        }
    }
}

extension WireForm where Value == CivilDate {
    /// A date, or a time whose day counts.
    static var day: Self {
        Self(words: "a date such as 2026-03-05") { value, zone in
            guard let text = value.string else { return nil }
            if let date = CivilDate(text) { return date }
            guard let moment = Moment(iso: text, zone: zone) else { return nil }
            // Midnight in Denmark is the evening before in UTC; with any other offset the day stands in the text.
            return text.hasSuffix("Z") ? moment.date(in: zone) : CivilDate(text.prefix(10))
        }
    }
}
