package import JSON
import Units

/// An invalid resource of this module, with the place of the mistake.
package struct ResourceError: Error, Equatable, CustomStringConvertible {
    package let place: JSONPointer
    package let problem: String

    package var description: String { "\(place.tokens.isEmpty ? "the document" : "\(place)"): \(problem)" }
}

/// Reads the members of one object of a resource and says what is wrong with them and where.
struct ResourceReader {
    let json: JSON
    let place: JSONPointer

    init(_ json: JSON, at place: JSONPointer) {
        self.json = json
        self.place = place
    }

    func object() throws(ResourceError) -> JSONObject {
        guard let object = json.object else { throw failure("an object was expected, not \(json.kind)") }
        return object
    }

    /// Refuses a member that nobody reads: it would be a misspelt one.
    func allow(only names: Set<String>) throws(ResourceError) {
        for member in try object() where !names.contains(member.name) {
            throw ResourceError(
                place: place.appending(member.name),
                problem: "no such member is known here" + Spelling.hint(for: member.name, among: names.sorted()))
        }
    }

    /// The member, unless it is absent or null.
    func optional(_ name: String) -> JSON? {
        guard let value = json[name], !value.isNull else { return nil }
        return value
    }

    func required(_ name: String) throws(ResourceError) -> JSON {
        guard let value = optional(name) else { throw failure("the member '\(name)' is missing") }
        return value
    }

    func string(_ name: String) throws(ResourceError) -> String {
        guard let text = try required(name).string, !text.isEmpty else { throw wrong(name, "a text") }
        return text
    }

    func optionalString(_ name: String) throws(ResourceError) -> String? {
        optional(name) == nil ? nil : try string(name)
    }

    func strings(_ name: String) throws(ResourceError) -> [String] {
        guard let elements = try required(name).array, !elements.isEmpty else { throw wrong(name, "a list of texts") }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else { throw wrong(name, "a list of texts") }
            texts.append(text)
        }
        return texts
    }

    func optionalInt(_ name: String) throws(ResourceError) -> Int? {
        guard let value = optional(name) else { return nil }
        guard let int = value.int else { throw wrong(name, "a whole number") }
        return int
    }

    func optionalBool(_ name: String) throws(ResourceError) -> Bool? {
        guard let value = optional(name) else { return nil }
        guard let bool = value.bool else { throw wrong(name, "true or false") }
        return bool
    }

    /// A reader for a member that is an object.
    func member(_ name: String) throws(ResourceError) -> ResourceReader {
        ResourceReader(try required(name), at: place.appending(name))
    }

    func failure(_ problem: String) -> ResourceError { ResourceError(place: place, problem: problem) }

    private func wrong(_ name: String, _ expected: String) -> ResourceError {
        ResourceError(place: place.appending(name), problem: "\(expected) was expected")
    }
}
