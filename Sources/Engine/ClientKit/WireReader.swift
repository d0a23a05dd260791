package import JSON
package import Units

/// Why a part of a response cannot be read, in words that name the place.
package struct WireError: Error, Equatable {
    package let problem: String

    package init(problem: String) { self.problem = problem }
}

/// One object of a response, with its place, so that an error names the member.
///
/// Any member may be null. A member that is needed must be there: one that is never filled would otherwise read as zero
/// forever, should its name be wrong.
package struct WireReader {
    /// Read anew each time when it was left out: see ``loaded``.
    package var value: JSON {
        switch source {
        case .tree(let value): value
        case .text(let bytes, let range): (try? JSON.parse(bytes, element: range)) ?? .null
        }
    }
    package let pointer: JSONPointer
    /// The clock of times that carry no offset.
    package let zone: Zone

    private let source: Source

    private enum Source {
        case tree(JSON)
        /// A row of a page that is too long to be kept as a tree: a part of its text, which was checked as a whole.
        case text([UInt8], Range<Int>)
    }

    package init(_ value: JSON, at pointer: JSONPointer = JSONPointer(), zone: Zone) {
        source = .tree(value)
        self.pointer = pointer
        self.zone = zone
    }

    /// A row of a long page.
    init(_ element: Range<Int>, of bytes: [UInt8], at pointer: JSONPointer, zone: Zone) {
        source = .text(bytes, element)
        self.pointer = pointer
        self.zone = zone
    }

    /// The same with its value at hand. Whoever reads more than one member of a row begins with it.
    package var loaded: WireReader {
        if case .tree = source { self } else { WireReader(value, at: pointer, zone: zone) }
    }

    /// `nil` when the member is absent or null.
    package func optional<Value>(_ name: String, _ form: WireForm<Value>) throws(WireError) -> Value? {
        guard let member = try members()[name], !member.isNull else { return nil }
        guard let read = form.read(member, zone) else {
            throw WireError(problem: "\(pointer.appending(name)) is \(shown(member)); \(form.words) was expected")
        }
        return read
    }

    package func required<Value>(_ name: String, _ form: WireForm<Value>) throws(WireError) -> Value {
        if let value = try optional(name, form) { return value }
        throw absent(name)
    }

    /// The value at the first of these places that has one. A place is a member, or a member of an object: `item/number`.
    package func first<Value>(_ form: WireForm<Value>, of places: String...) throws(WireError) -> Value? {
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
    package func object(_ name: String) throws(WireError) -> WireReader? {
        guard let member = try optional(name, .object) else { return nil }
        return WireReader(member, at: pointer.appending(name), zone: zone)
    }

    package func requiredObject(_ name: String) throws(WireError) -> WireReader {
        guard let object = try object(name) else { throw absent(name) }
        return object
    }

    /// The elements of the array under that name; `nil` when it is absent or null.
    package func rows(_ name: String) throws(WireError) -> [WireReader]? {
        guard let elements = try optional(name, .array) else { return nil }
        return WireReader(.array(elements), at: pointer.appending(name), zone: zone).elements
    }

    package func requiredRows(_ name: String) throws(WireError) -> [WireReader] {
        if let rows = try rows(name) { return rows }
        throw absent(name)
    }

    /// The elements of this value, when it is the array that a list is; none when it is null.
    package func list() throws(WireError) -> [WireReader] {
        guard value.array != nil || value.isNull else {
            throw WireError(problem: "it is \(shown(value)); an array was expected")
        }
        return elements
    }

    package func absent(_ name: String) -> WireError {
        WireError(problem: "\(pointer.appending(name)) is \(value[name] == nil ? "missing" : "null")")
    }

    private var elements: [WireReader] {
        let elements = value.array ?? []
        return elements.indices.map { WireReader(elements[$0], at: pointer.appending($0), zone: zone) }
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

/// A form that a member can have, and the words for it in an error. Each client has forms of its own beside these.
package struct WireForm<Value> {
    package let words: String
    package let read: (JSON, Zone) -> Value?

    package init(words: String, read: @escaping (JSON, Zone) -> Value?) {
        self.words = words
        self.read = read
    }
}

extension WireForm where Value == String {
    package static var text: Self { Self(words: "a text") { value, _ in value.string } }
}

extension WireForm where Value == Bool {
    package static var flag: Self { Self(words: "true or false") { value, _ in value.bool } }
}

extension WireForm where Value == JSON {
    package static var object: Self { Self(words: "an object") { value, _ in value.object.map(JSON.object) } }
}

extension WireForm where Value == [JSON] {
    package static var array: Self { Self(words: "an array") { value, _ in value.array } }
}

extension JSON {
    /// The number with as many decimals as it has; a whole one without a fraction.
    package static func decimal(_ value: ExactDecimal) -> JSON {
        guard let number = JSONNumber(value.description) else {
            preconditionFailure("\(value) is a decimal and so a JSON number")
        }
        return .number(number)
    }
}
