import JSON
import Units

/// Why a part of an answer cannot be read, in words that name the place.
struct WireError: Error, Equatable {
    let problem: String
}

/// One object of an answer, with its place, so that a fault names the member.
struct WireReader {
    let value: JSON
    let pointer: JSONPointer
    let zone: Zone

    init(_ value: JSON, at pointer: JSONPointer = JSONPointer(), zone: Zone) {
        self.value = value
        self.pointer = pointer
        self.zone = zone
    }

    /// `nil` when the member is absent or null: Rackbeat writes null for what has no value.
    func optional<Value>(_ name: String, _ form: WireForm<Value>) throws(WireError) -> Value? {
        guard let member = try members()[name], !member.isNull else { return nil }
        guard let read = form.read(member, zone) else {
            throw WireError(problem: "\(pointer.appending(name)) is \(shown(member)); \(form.words) was expected")
        }
        return read
    }

    func required<Value>(_ name: String, _ form: WireForm<Value>) throws(WireError) -> Value {
        if let value = try optional(name, form) { return value }
        throw absent(name)
    }

    /// The value at the first of these places that has one. A place is a member, or a member of an object: `item/number`.
    func first<Value>(_ form: WireForm<Value>, of places: String...) throws(WireError) -> Value? {
        for place in places {
            guard place.utf8.contains(UInt8(ascii: "/")) else {
                if let value = try optional(place, form) { return value }
                continue
            }
            let names = place.split(separator: "/").map(String.init)
            var reader: WireReader? = self
            for name in names.dropLast() { reader = try reader?.object(name) }
            if let value = try reader?.optional(names[names.count - 1], form) { return value }
        }
        return nil
    }

    /// The object under that name; `nil` when it is absent or null.
    func object(_ name: String) throws(WireError) -> WireReader? {
        guard let member = try optional(name, .object) else { return nil }
        return WireReader(member, at: pointer.appending(name), zone: zone)
    }

    /// The elements of the array under that name; `nil` when it is absent or null.
    func rows(_ name: String) throws(WireError) -> [WireReader]? {
        guard let elements = try optional(name, .array) else { return nil }
        let place = pointer.appending(name)
        return elements.indices.map { WireReader(elements[$0], at: place.appending($0), zone: zone) }
    }

    func requiredRows(_ name: String) throws(WireError) -> [WireReader] {
        if let rows = try rows(name) { return rows }
        throw absent(name)
    }

    /// What the answer holds under the key that names its kind. Another shape means that this is not Rackbeat's answer, or no
    /// longer; what was found instead helps whoever has to find out.
    func envelope(_ key: String) throws(WireError) -> WireReader {
        guard let envelope = try object(key) else { throw missingEnvelope(key) }
        return envelope
    }

    func listEnvelope(_ key: String) throws(WireError) -> [WireReader] {
        guard let rows = try rows(key) else { throw missingEnvelope(key) }
        return rows
    }

    private func missingEnvelope(_ key: String) -> WireError {
        guard let object = value.object, !object.isEmpty else {
            return WireError(problem: "\"\(key)\" was expected in it, but it is empty")
        }
        let found = object.names.prefix(5).map { "\"\($0)\"" }.joined(separator: ", ")
        return WireError(
            problem: "\"\(key)\" was expected in it, but \(value[key] == nil ? "it holds \(found)" : "it is null")")
    }

    private func absent(_ name: String) -> WireError {
        WireError(problem: "\(pointer.appending(name)) is \(value[name] == nil ? "missing" : "null")")
    }

    private func members() throws(WireError) -> JSONObject {
        if case .object(let object) = value { return object }
        throw WireError(problem: "\(pointer.tokens.isEmpty ? "it" : "\(pointer)") is \(shown(value)); an object was expected")
    }

    private func shown(_ value: JSON) -> String {
        switch value {
        case .null, .array, .object: value.kind
        case .bool, .number, .string: value.text.count > 60 ? value.text.prefix(59) + "…" : value.text
        }
    }
}

/// A form that a member can have, and the words for it in an error.
struct WireForm<Value> {
    let words: String
    let read: (JSON, Zone) -> Value?
}

extension WireForm where Value == String {
    static var text: Self { Self(words: "a text") { value, _ in value.string } }

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

extension WireForm where Value == Bool {
    static var flag: Self { Self(words: "true or false") { value, _ in value.bool } }
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
    /// With an offset, as the API answers, or in the style of SQL on the account's clock, as one of the docs' samples shows.
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

extension WireForm where Value == JSON {
    static var object: Self { Self(words: "an object") { value, _ in value.object.map(JSON.object) } }
}

extension WireForm where Value == [JSON] {
    static var array: Self { Self(words: "an array") { value, _ in value.array } }
}
