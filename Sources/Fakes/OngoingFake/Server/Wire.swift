import JSON
import Units

/// How values look in Ongoing's responses.
enum Wire {
    /// A decimal with at least one digit after the point: two items are `2.0`.
    static func number(_ value: ExactDecimal) -> JSON {
        let text = value.isWhole ? value.description + ".0" : value.description
        return .number(JSONNumber(text)!)
    }

    static func number(_ value: ExactDecimal?) -> JSON { value.map { number($0) } ?? .null }

    /// UTC with `Z` and as many decimals of the second as it takes: `2026-09-03T12:41:07.2Z`.
    static func timeText(_ moment: Moment) -> String {
        var text = moment.isoUTCMilliseconds
        text.removeLast()
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text + "Z"
    }

    static func time(_ moment: Moment?) -> JSON { moment.map { .string(timeText($0)) } ?? .null }

    /// Only the day, as the headers of orders and purchase orders show it.
    static func day(_ moment: Moment?, in zone: Zone) -> JSON {
        moment.map { .string($0.date(in: zone).description) } ?? .null
    }

    static func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

    static func id(_ value: Int?) -> JSON { value.map { JSON($0) } ?? .null }

    /// An array, or null when it is empty, as in the vendor's samples.
    static func list(_ elements: [JSON]) -> JSON { elements.isEmpty ? .null : .array(elements) }

    static func codeAndName(_ code: String, _ name: String?) -> JSON { ["code": .string(code), "name": text(name)] }

    /// Ids, code and name: warehouses and classes.
    static func idCodeName(_ id: Int, _ code: String, _ name: String) -> JSON {
        ["id": JSON(id), "code": .string(code), "name": .string(name)]
    }

    /// Reads a time as requests write it: ISO 8601 with an offset, without one in `zone`, or a day alone.
    ///
    /// - Returns: `nil` for anything else, and for what lies before 1900, which the warehouse cannot store.
    static func readTime(_ text: some StringProtocol, zone: Zone) -> Moment? {
        let moment: Moment
        if let day = CivilDate(text) {
            moment = Moment(day, zone: zone)
        } else if text.utf8.count >= 11, let time = Moment(iso: text, zone: zone) {
            moment = time
        } else {
            return nil
        }
        return moment >= firstStorable ? moment : nil
    }

    private static let firstStorable = Moment(CivilDate(year: 1900, month: 1, day: 1)!, zone: .utc)
}
