package import Exchange
import JSON

package struct ContractPlace: Sendable, Equatable {
    package let system: System
    package let operation: String
    /// Such as `body /orders/*/lines/*/quantity`.
    package let path: String
    package let kind: Violation.Kind
    package let expected: String
    package private(set) var count: Int
    /// One of what was found, without what is personal.
    package let example: String

    package init(system: System, operation: String, path: String, kind: Violation.Kind, expected: String, example: String) {
        self.system = system
        self.operation = operation
        self.path = path
        self.kind = kind
        self.expected = expected
        self.example = example
        count = 1
    }

    fileprivate mutating func seenAgain() { count += 1 }

    /// The place without the positions in lists, so that the rows of a list are one place.
    fileprivate init(_ violation: Violation) {
        let path =
            switch violation.part {
            case .method: "method"
            case .path: "path"
            case .pathParameter(let name): "path parameter \(name)"
            case .query(let name): "query parameter \(name)"
            case .header(let name): "header \(name)"
            case .status: "status"
            case .body:
                violation.pointer.tokens.isEmpty
                    ? "body" : "/" + violation.pointer.tokens.map { Int($0) == nil ? $0 : "*" }.joined(separator: "/")
            }
        self.init(
            system: violation.system, operation: violation.operation, path: path, kind: violation.kind,
            expected: violation.expected, example: Self.masked(violation.found))
    }

    /// What stands in quotes came from a record: of it only the kind of each character is shown.
    private static func masked(_ found: String) -> String {
        var isQuoted = false
        return String(
            found.map { character in
                if character == "'" { isQuoted.toggle() }
                guard isQuoted else { return character.isNumber ? "0" : character }
                return character.isLetter ? "x" : character.isNumber ? "0" : character
            })
    }
}

/// What many exchanges violate, place by place in the order in which they were seen.
package struct ContractPlaces: Sendable {
    package private(set) var all: [ContractPlace] = []
    private var indices: [Key: Int] = [:]

    private struct Key: Hashable {
        let system: System
        let operation: String
        let path: String
        let kind: Violation.Kind
    }

    package init() {}

    package mutating func add(_ violation: Violation) {
        let place = ContractPlace(violation)
        let key = Key(system: place.system, operation: place.operation, path: place.path, kind: place.kind)
        if let index = indices[key] {
            all[index].seenAgain()
        } else {
            indices[key] = all.count
            all.append(place)
        }
    }
}
