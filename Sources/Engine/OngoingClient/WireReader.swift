import JSON
import Trade
import Units

/// Why a part of an answer cannot be read, in words that name the place.
struct WireError: Error, Equatable {
    let problem: String
}

/// One object of an answer, with its place, so that a fault names the member.
///
/// Any member may be null. A member that is needed has to be there, though: one that is never filled would otherwise read as
/// zero for ever, should its name be wrong.
struct WireReader {
    let value: JSON
    let pointer: JSONPointer

    init(_ value: JSON, at pointer: JSONPointer = JSONPointer()) {
        self.value = value
        self.pointer = pointer
    }

    /// `nil` when the member is absent or null.
    func optional<Value>(_ name: String, _ form: WireForm<Value>) throws(WireError) -> Value? {
        guard let member = try members()[name], !member.isNull else { return nil }
        guard let read = form.read(member) else {
            throw WireError(problem: "\(pointer.appending(name)) is \(shown(member)); \(form.words) was expected")
        }
        return read
    }

    func required<Value>(_ name: String, _ form: WireForm<Value>) throws(WireError) -> Value {
        if let value = try optional(name, form) { return value }
        throw absent(name)
    }

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

    /// The object under that name; `nil` when it is absent or null.
    func object(_ name: String) throws(WireError) -> WireReader? {
        guard let member = try optional(name, .object) else { return nil }
        return WireReader(member, at: pointer.appending(name))
    }

    func requiredObject(_ name: String) throws(WireError) -> WireReader {
        guard let object = try object(name) else { throw absent(name) }
        return object
    }

    /// The elements of the array under that name: none when it is null, as Ongoing writes empty arrays.
    func rows(_ name: String) throws(WireError) -> [WireReader] {
        guard value[name] != nil else { throw absent(name) }
        return WireReader(.array(try optional(name, .array) ?? []), at: pointer.appending(name)).elements
    }

    /// The elements of this value, when it is the array that a list is; none when it is null.
    func list() throws(WireError) -> [WireReader] {
        guard value.array != nil || value.isNull else {
            throw WireError(problem: "it is \(shown(value)); an array was expected")
        }
        return elements
    }

    private var elements: [WireReader] {
        let elements = value.array ?? []
        return elements.indices.map { WireReader(elements[$0], at: pointer.appending($0)) }
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
    let read: (JSON) -> Value?
}

extension WireForm where Value == String {
    static var text: Self { Self(words: "a text") { $0.string } }
}

extension WireForm where Value == ExactDecimal {
    /// Written as `2.0`, or as a text: the vendor's own samples take both for the same.
    static var decimal: Self { Self(words: "a number with at most six decimals", read: exactDecimal) }
}

extension WireForm where Value == Int {
    static var whole: Self {
        Self(words: "a whole number") { value in
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
    static func moment(zone: Zone) -> Self {
        Self(words: "a time such as 2026-09-03T12:41:07.2Z") { value in
            guard let text = value.string else { return nil }
            return Moment(iso: text, zone: zone) ?? CivilDate(text).map { Moment($0, zone: zone) }
        }
    }
}

extension WireForm where Value == JSON {
    static var object: Self { Self(words: "an object") { $0.object.map(JSON.object) } }
}

extension WireForm where Value == [JSON] {
    static var array: Self { Self(words: "an array") { $0.array } }
}
