import ClientKit
import JSON
import Trade
import Units

extension WireReader {
    /// A number of items, where null means none. The member itself must be there.
    func quantity(_ name: String) throws(WireError) -> Quantity {
        if let value = try optional(name, .decimal) { return Quantity(value) }
        guard value[name] != nil else { throw absent(name) }
        return .zero
    }

    func identifier(_ name: String) throws(WireError) -> WarehouseID { WarehouseID(try required(name, .whole)) }

    /// A text that names something; `nil` when it is absent, null or blank.
    func name(_ name: String) throws(WireError) -> String? {
        guard let text = try optional(name, .text), !text.allSatisfy(\.isWhitespace) else { return nil }
        return text
    }

    /// The elements of the array under that name: none when it is null, as Ongoing writes empty arrays.
    func nullableRows(_ name: String) throws(WireError) -> [WireReader] {
        guard value[name] != nil else { throw absent(name) }
        return try rows(name) ?? []
    }
}

extension WireForm where Value == ExactDecimal {
    /// Written as `2.0`, or as a text: the vendor's own samples take both for the same.
    static var decimal: Self { Self(words: "a number with at most six decimals") { value, _ in exactDecimal(value) } }
}

extension WireForm where Value == Int {
    static var whole: Self {
        Self(words: "a whole number") { value, _ in
            guard let decimal = exactDecimal(value), decimal.isWhole else { return nil }
            return Int(decimal.description)
        }
    }
}

private func exactDecimal(_ value: JSON) -> ExactDecimal? {
    (value.number?.text ?? value.string).flatMap { ExactDecimal($0) }
}

extension WireForm where Value == Moment {
    /// In UTC with a `Z` and any fraction; pure dates come back without a time.
    static var moment: Self {
        Self(words: "a time such as 2026-09-03T12:41:07.2Z") { value, zone in
            guard let text = value.string else { return nil }
            return Moment(iso: text, zone: zone) ?? CivilDate(text).map { Moment($0, zone: zone) }
        }
    }
}

extension WireReader {
    /// The newest of the moments that a document shows: when it was made, and when goods of it moved. One that cannot be read says
    /// nothing.
    ///
    /// - Parameters:
    ///   - info: The member of its head, and members of that.
    ///   - items: The goods of a line, and the member that says when they moved.
    func newestTime(info: (name: String, times: [String]), lines: String, items: (name: String, time: String)) -> Moment? {
        let form = WireForm<Moment>.moment
        func time(_ value: JSON?) -> Moment? { value.flatMap { form.read($0, zone) } }
        let document = value
        var newest = info.times.compactMap { time(document[info.name]?[$0]) }.max()
        for line in document[lines]?.array ?? [] {
            for item in line[items.name]?.array ?? [] {
                guard let moved = time(item[items.time]) else { continue }
                newest = max(newest ?? moved, moved)
            }
        }
        return newest
    }
}
