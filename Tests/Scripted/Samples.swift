package import JSON

/// The text of the error that a call ends with.
package func failure(of call: () throws -> some Any) -> String {
    do {
        return "no failure: \(try call())"
    } catch {
        return "\(error)"
    }
}

extension JSON {
    package static func read(_ text: String) -> JSON {
        do {
            return try JSON.parse(text)
        } catch {
            preconditionFailure("the sample is no JSON: \(error)")
        }
    }

    /// The same object with another member, or without it when the value is `nil`; the name may lead into objects: `info/id`.
    package func with(_ path: String, _ value: JSON?) -> JSON {
        let names = path.split(separator: "/", maxSplits: 1).map(String.init)
        var members = object!
        members[names[0]] = names.count == 1 ? value : members[names[0]]!.with(names[1], value)
        return .object(members)
    }

    package func without(_ path: String) -> JSON { with(path, nil) }

    /// The same object with the first element of one of its arrays changed.
    package func withFirst(of name: String, _ change: (JSON) -> JSON) -> JSON {
        var elements = self[name]!.array!
        elements[0] = change(elements[0])
        return with(name, .array(elements))
    }
}
