import Exchange
import FakeKit
import Units

/// Reads the parameters of a query by name and kind and gathers what is wrong with them.
///
/// Names are compared without regard to case and unknown ones ignored, as ASP.NET does; an empty value is no value.
struct QueryReader {
    private let values: [String: [String]]
    private let zone: Zone
    private(set) var problems: [RequestProblem] = []

    init(_ query: Query, zone: Zone) {
        var values: [String: [String]] = [:]
        for parameter in query.parameters { values[parameter.name.lowercased(), default: []].append(parameter.value) }
        self.values = values
        self.zone = zone
    }

    func text(_ name: String) -> String? {
        guard let value = values[name.lowercased()]?.last, !value.isEmpty else { return nil }
        return value
    }

    /// A filter by a list: the key is repeated. A list written with commas is one value and matches nothing.
    func texts(_ name: String) -> [String]? { values[name.lowercased()] }

    mutating func int(_ name: String) -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int32(text) else { return invalid(name, text) }
        return Int(value)
    }

    mutating func ints(_ name: String) -> [Int]? {
        guard let texts = texts(name) else { return nil }
        return texts.compactMap { text in
            guard let value = Int32(text) else { return invalid(name, text) }
            return Int(value)
        }
    }

    mutating func flag(_ name: String) -> Bool? {
        guard let text = text(name) else { return nil }
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: return invalid(name, text)
        }
    }

    mutating func time(_ name: String) -> Moment? {
        guard let text = text(name) else { return nil }
        guard let value = Wire.readTime(text, zone: zone) else { return invalid(name, text) }
        return value
    }

    mutating func choice(_ name: String, of choices: [String]) -> String? {
        guard let text = text(name) else { return nil }
        guard let choice = choices.first(where: { $0.lowercased() == text.lowercased() }) else { return invalid(name, text) }
        return choice
    }

    mutating func require(_ name: String, _ value: Any?) {
        guard value == nil, !problems.contains(where: { $0.path == name }) else { return }
        problems.append(RequestProblem(path: name, text: "A value is required but was not present in the request."))
    }

    private mutating func invalid<Value>(_ name: String, _ text: String) -> Value? {
        problems.append(RequestProblem(path: name, text: "The value '\(text.prefix(80))' is not valid for \(name)."))
        return nil
    }

    /// To be called when everything is read.
    func check() throws(Refusal) {
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}

/// How lists compare times: to the second, the fraction dropped on both sides; a lower bound means «after».
struct TimeFilter {
    let includesTheSecond: Bool

    func after(_ time: Moment?, _ bound: Moment?) -> Bool {
        guard let bound else { return true }
        guard let time else { return false }
        return includesTheSecond ? time.seconds >= bound.seconds : time.seconds > bound.seconds
    }

    func until(_ time: Moment?, _ bound: Moment?) -> Bool {
        guard let bound else { return true }
        guard let time else { return false }
        return time.seconds <= bound.seconds
    }

    /// Refuses a bound further back than the warehouse allows.
    static func check(
        _ bound: Moment?, _ name: String, noOlderThan limit: Duration, hours: Int, at now: Moment
    ) throws(Refusal) {
        guard let bound, bound.truncatedToSecond < (now - limit).truncatedToSecond else { return }
        throw .business("The value of \(name) must be within \(hours) hours of the current time.")
    }
}
