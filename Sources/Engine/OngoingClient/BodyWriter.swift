import ClientKit
import JSON
import Units

/// Builds the body of a PUT. A member without a value is left out.
///
/// On an update that would leave the old value standing where the profile says that an absent member keeps it. A text is then
/// sent empty, which is a value of its own. Numbers, codes and whole objects have no such value: they keep what is stored.
struct BodyWriter {
    private(set) var members = JSONObject()
    let clearsTexts: Bool

    init(clearsTexts: Bool) { self.clearsTexts = clearsTexts }

    mutating func text(_ name: String, _ value: String?) {
        if let value = value ?? (clearsTexts ? "" : nil) { members.append(name, .string(value)) }
    }

    /// A text that an empty one cannot stand in for: a code, a number of something.
    mutating func code(_ name: String, _ value: String?) {
        if let value { members.append(name, .string(value)) }
    }

    mutating func decimal(_ name: String, _ value: ExactDecimal?) {
        if let value { members.append(name, .decimal(value)) }
    }

    mutating func whole(_ name: String, _ value: Int) { members.append(name, JSON(value)) }

    mutating func flag(_ name: String, _ value: Bool?) {
        if let value { members.append(name, .bool(value)) }
    }

    /// An object; left out when nothing stands in it.
    mutating func object(_ name: String, _ build: (inout BodyWriter) -> Void) {
        let object = nested(build)
        if !object.isEmpty { members.append(name, .object(object)) }
    }

    /// An object that stands there even when it is empty.
    mutating func requiredObject(_ name: String, _ build: (inout BodyWriter) -> Void) {
        members.append(name, .object(nested(build)))
    }

    mutating func array<Element>(
        _ name: String, _ elements: [Element], _ build: (inout BodyWriter, Element) -> Void
    ) {
        members.append(name, .array(elements.map { element in .object(nested { build(&$0, element) }) }))
    }

    var body: JSON { .object(members) }

    private func nested(_ build: (inout BodyWriter) -> Void) -> JSONObject {
        var writer = BodyWriter(clearsTexts: clearsTexts)
        build(&writer)
        return writer.members
    }
}
