import FakeKit
import JSON
import Units

/// Reads a request body by its shape: required members, kinds, lengths; numbers in strings become numbers.
///
/// What comes out has only the members of the shape, none of them null, decimals and times in the vendor's own notation, so
/// that it can be kept and shown again as it is.
struct BodyReader {
    let refusesUnknownMembers: Bool
    let limitsLengths: Bool
    let zone: Zone
    private(set) var problems: [RequestProblem] = []

    init(_ behaviour: Behaviour) {
        refusesUnknownMembers = behaviour.unknownMembersAreRefused
        limitsLengths = behaviour.textLengthsAreLimited
        zone = behaviour.zone
    }

    mutating func read(_ json: JSON, as shape: RequestShape, at path: String) -> JSONObject {
        guard case .object(let object) = json else {
            report(path, "A value of type '\(shape.title)' is expected, not \(json.kind).")
            return JSONObject()
        }
        var values = [JSON?](repeating: nil, count: shape.members.count)
        for member in object.members {
            guard let position = shape.position(of: member.name) else {
                if refusesUnknownMembers {
                    report(
                        "\(path).\(member.name)",
                        "Could not find member '\(member.name)' on object of type '\(shape.title)'.")
                }
                continue
            }
            let known = shape.members[position]
            guard !member.value.isNull else { continue }
            values[position] = value(member.value, as: known.kind, at: "\(path).\(known.name)", name: known.name)
        }
        var result = JSONObject()
        for (member, value) in zip(shape.members, values) {
            if member.isRequired, value == nil || (value == "" && !member.mayBeEmpty) {
                let isReported = problems.contains { $0.path == "\(path).\(member.name)" }
                if !isReported { report("\(path).\(member.name)", "The \(member.name) field is required.") }
            }
            if let value { result.append(member.name, value) }
        }
        return result
    }

    private mutating func report(_ member: String, _ text: String) {
        problems.append(RequestProblem(path: member, text: text))
    }

    private mutating func value(_ json: JSON, as kind: RequestShape.Kind, at path: String, name: String) -> JSON? {
        switch kind {
        case .text(let length): return text(json, length, at: path, name: name)
        case .int:
            guard let value = int(json) else { return mismatch(json, "System.Int32", at: path) }
            return JSON(value)
        case .decimal:
            guard let value = decimal(json) else { return mismatch(json, "System.Decimal", at: path) }
            return value
        case .quantity:
            guard let value = Self.exact(json) else { return mismatch(json, "System.Decimal", at: path) }
            guard !value.isNegative else {
                report(path, "The field \(name) must not be negative.")
                return nil
            }
            return Wire.number(value)
        case .flag:
            guard let value = flag(json) else { return mismatch(json, "System.Boolean", at: path) }
            return .bool(value)
        case .time:
            guard let text = json.string, let moment = Wire.readTime(text, zone: zone) else {
                return mismatch(json, "System.DateTime", at: path)
            }
            return .string(Wire.timeText(moment))
        case .choice(let choices):
            guard let text = json.string, choices.contains(text) else {
                return mismatch(json, "one of \(choices.joined(separator: ", "))", at: path)
            }
            return json
        case .object(let shape):
            let count = problems.count
            let object = read(json, as: shape, at: path)
            return problems.count > count ? nil : .object(object)
        case .list(let kind):
            guard let elements = json.array else { return mismatch(json, "a list", at: path) }
            var values: [JSON] = []
            for (index, element) in elements.enumerated() {
                let place = "\(path)[\(index)]"
                if element.isNull {
                    report(place, "An element of \(name) must not be null.")
                } else if let value = value(element, as: kind, at: place, name: name) {
                    values.append(value)
                }
            }
            return .array(values)
        case .members: return json.object == nil ? mismatch(json, "an object", at: path) : json
        }
    }

    private mutating func text(_ json: JSON, _ length: RequestShape.Length, at path: String, name: String) -> JSON? {
        let text: String
        switch json {
        case .string(let value): text = value
        case .number(let value): text = value.text
        case .bool(let value): text = value ? "true" : "false"
        case .null, .array, .object: return mismatch(json, "System.String", at: path)
        }
        let limit: Int? =
            switch length {
            case .exactly(let count): count
            case .code: limitsLengths ? 50 : nil
            case .name: limitsLengths ? 100 : nil
            case .remark: limitsLengths ? 500 : nil
            case .any: nil
            }
        if let limit, text.utf16.count > limit {
            report(path, "The field \(name) must be a string with a maximum length of \(limit).")
            return nil
        }
        return .string(text)
    }

    private mutating func mismatch(_ json: JSON, _ type: String, at path: String) -> JSON? {
        let shown =
            switch json {
            case .string(let text): "\"\(text.prefix(80))\""
            case .number(let number): String(number.text.prefix(80))
            case .null, .bool, .array, .object: json.kind
            }
        report(path, "Error converting value \(shown) to type '\(type)'.")
        return nil
    }

    private func int(_ json: JSON) -> Int? {
        guard let value = Self.exact(json), value.isWhole, let int = Int32(value.description) else { return nil }
        return Int(int)
    }

    private func flag(_ json: JSON) -> Bool? {
        switch json {
        case .bool(let value): value
        case .string(let text): ["true": true, "false": false][text.lowercased()]
        case .null, .number, .array, .object: nil
        }
    }

    /// A number, or a string that holds one: the vendor's own samples send weights as strings.
    static func exact(_ json: JSON) -> ExactDecimal? {
        switch json {
        case .number(let number): ExactDecimal(number.text)
        case .string(let text): ExactDecimal(text)
        case .null, .bool, .array, .object: nil
        }
    }

    /// Prices and measures may be finer than the quantities we reckon with: up to the 28 digits of a .NET decimal.
    private func decimal(_ json: JSON) -> JSON? {
        if let value = Self.exact(json) { return Wire.number(value) }
        guard let text = json.number?.text ?? json.string, let number = JSONNumber(text), text.utf8.count <= 29,
            !text.lowercased().contains("e")
        else { return nil }
        return .number(number)
    }
}
