import FakeKit
import JSON
import Units

/// The problems of a body, collected so that one response names all of them.
final class Problems {
    private(set) var list: [RequestProblem] = []

    func add(_ path: String, _ text: String) { list.append(RequestProblem(path: path, text: text)) }

    func throwIfAny() throws(Refusal) {
        if !list.isEmpty { throw .unprocessable(list) }
    }
}

/// Reads the members of a body into values. An absent member leaves its value as it was; a wrong one becomes a problem.
struct BodyReader {
    let object: JSONObject
    let problems: Problems
    /// Precedes every path, such as `lines.0.`.
    var prefix = ""

    /// No quantity, price or percentage of a real account comes near. Sums and products stay far from any overflow.
    static let largest = ExactDecimal(999_999_999)

    func has(_ name: String) -> Bool { object[name] != nil }

    func add(_ name: String, _ text: String) { problems.add(prefix + name, text) }

    /// Notes a problem when the member is absent or null.
    func require(_ names: String...) {
        for name in names where object[name]?.isNull ?? true { add(name, "The \(words(name)) field is required.") }
    }

    func text(_ name: String, into value: inout String?, limit: Int = 255) {
        switch object[name] {
        case nil: return
        case .null: value = nil
        case .string(let text):
            guard text.unicodeScalars.count <= limit else {
                return add(name, "The \(words(name)) may not be greater than \(limit) characters.")
            }
            value = text
        case .some: add(name, "The \(words(name)) must be a string.")
        }
    }

    func text(_ name: String, into value: inout String, limit: Int = 255) {
        var found: String? = value
        text(name, into: &found, limit: limit)
        guard let found, !found.isEmpty else { return add(name, "The \(words(name)) field is required.") }
        value = found
    }

    func int(_ name: String, into value: inout Int?) {
        switch object[name] {
        case nil: return
        case .null: value = nil
        case .some(let json):
            // Validated as Laravel does: a text that is a whole number is one.
            guard let int = json.int ?? json.string.flatMap({ Int($0) }) else {
                return add(name, "The \(words(name)) must be an integer.")
            }
            value = int
        }
    }

    /// A number that must refer to something.
    func reference(_ name: String, into value: inout Int?, exists: (Int) -> Bool) {
        var found = value
        int(name, into: &found)
        guard found != value else { return }
        guard found.map(exists) ?? true else { return add(name, "The selected \(words(name)) is invalid.") }
        value = found
    }

    func flag(_ name: String, into value: inout Bool) {
        switch object[name] {
        case nil: return
        case .bool(let flag): value = flag
        case .number(let number) where number.text == "0" || number.text == "1": value = number.text == "1"
        case .string("0"): value = false
        case .string("1"): value = true
        case .some: add(name, "The \(words(name)) field must be true or false.")
        }
    }

    func decimal(_ name: String, into value: inout ExactDecimal?, allowed: ClosedRange<ExactDecimal> = 0...largest) {
        switch object[name] {
        case nil: return
        case .null: value = nil
        case .some(let json):
            // A text that is a number counts as one, as it does to Laravel.
            guard let number = json.number ?? json.string.flatMap({ JSONNumber($0) }) else {
                return add(name, "The \(words(name)) must be a number.")
            }
            guard let decimal = ExactDecimal(number.text) else {
                return add(name, "The \(words(name)) may have at most 6 decimals.")
            }
            guard allowed.contains(decimal) else {
                return add(
                    name, "The \(words(name)) must be between \(allowed.lowerBound) and \(allowed.upperBound).")
            }
            value = decimal
        }
    }

    func decimal(_ name: String, into value: inout ExactDecimal, allowed: ClosedRange<ExactDecimal> = 0...largest) {
        var found: ExactDecimal? = value
        decimal(name, into: &found, allowed: allowed)
        guard let found else { return add(name, "The \(words(name)) field is required.") }
        value = found
    }

    /// A quantity of goods: above zero.
    func quantity(_ name: String, into value: inout ExactDecimal) {
        let known = problems.list.count
        decimal(name, into: &value)
        if has(name), problems.list.count == known, value.isZero {
            add(name, "The \(words(name)) must be greater than 0.")
        }
    }

    func date(_ name: String, into value: inout CivilDate?) {
        switch object[name] {
        case nil: return
        case .null: value = nil
        case .string(let text):
            guard let date = CivilDate(text) else { return add(name, "The \(words(name)) is not a valid date.") }
            value = date
        case .some: add(name, "The \(words(name)) is not a valid date.")
        }
    }

    /// Members that are known and not kept. Wrong values are refused all the same.
    func ignore(texts: [String] = [], ints: [String] = [], flags: [String] = [], decimals: [String] = []) {
        for name in texts {
            var text: String?
            self.text(name, into: &text)
        }
        for name in ints {
            var int: Int?
            self.int(name, into: &int)
        }
        for name in flags {
            var flag = false
            self.flag(name, into: &flag)
        }
        for name in decimals {
            var decimal: ExactDecimal?
            self.decimal(name, into: &decimal)
        }
    }

    /// A reader for a nested object; a problem when the member is something else.
    func inner(_ name: String) -> BodyReader? {
        switch object[name] {
        case nil, .null: return nil
        case .object(let inner): return BodyReader(object: inner, problems: problems, prefix: prefix + name + ".")
        // What PHP writes for an object without members.
        case .array(let elements) where elements.isEmpty:
            return BodyReader(object: JSONObject(), problems: problems, prefix: prefix + name + ".")
        case .some:
            add(name, "The \(words(name)) must be an object.")
            return nil
        }
    }

    /// A reader for each object of an array; `nil` when there is no such member.
    func elements(_ name: String) -> [BodyReader]? {
        switch object[name] {
        case nil, .null: return nil
        case .array(let elements):
            guard elements.count <= 5000 else {
                add(name, "The \(words(name)) may not have more than 5000 items.")
                return []
            }
            return elements.enumerated().compactMap { index, element in
                guard let inner = element.object ?? (element == .array([]) ? JSONObject() : nil) else {
                    add("\(name).\(index)", "The \(words(name)).\(index) must be an object.")
                    return nil
                }
                return BodyReader(object: inner, problems: problems, prefix: "\(prefix)\(name).\(index).")
            }
        case .some:
            add(name, "The \(words(name)) must be an array.")
            return []
        }
    }

    private func words(_ name: String) -> String { String(name.map { $0 == "_" ? " " : $0 }) }
}
