package import JSON
package import Units

/// A value that was read and found to have the shape it should, with the place it stands at.
///
/// The accessors answer for what the shape promises; asking a value for what its shape does not promise is a defect.
package struct Value: Sendable {
    package enum Content: Sendable {
        case text(String)
        case whole(Int)
        case decimal(ExactDecimal)
        case flag(Bool)
        case duration(Duration)
        case moment(Moment)
        case date(CivilDate)
        /// What a ``CustomScalar`` read.
        case custom(any Sendable)
        case list([Value])
        case record([Member])
        case table([(key: Value, value: Value)])
        case tree(JSON)
        case nothing
        /// Not what it should be: the problem has been noted. Only where the reader keeps what it could read beside it.
        case unreadable
    }

    package struct Member: Sendable {
        package let name: String
        package let place: Place
        package let value: Value

        package init(name: String, place: Place, value: Value) {
            self.name = name
            self.place = place
            self.value = value
        }
    }

    package let place: Place
    package let content: Content

    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }
}

extension Value {
    /// Text, a choice or a name.
    package var text: String {
        guard case .text(let text) = content else { preconditionFailure("\(place): not read as text") }
        return text
    }

    package var int: Int {
        guard case .whole(let int) = content else { preconditionFailure("\(place): not read as a whole number") }
        return int
    }

    package var decimal: ExactDecimal {
        guard case .decimal(let decimal) = content else { preconditionFailure("\(place): not read as a number") }
        return decimal
    }

    package var flag: Bool {
        guard case .flag(let flag) = content else { preconditionFailure("\(place): not read as true or false") }
        return flag
    }

    package var duration: Duration {
        guard case .duration(let duration) = content else { preconditionFailure("\(place): not read as a length of time") }
        return duration
    }

    package var moment: Moment {
        guard case .moment(let moment) = content else { preconditionFailure("\(place): not read as a moment") }
        return moment
    }

    package var date: CivilDate {
        guard case .date(let date) = content else { preconditionFailure("\(place): not read as a date") }
        return date
    }

    /// What a ``CustomScalar`` read.
    package func custom<Custom>(as type: Custom.Type) -> Custom {
        guard case .custom(let custom) = content, let custom = custom as? Custom else {
            preconditionFailure("\(place): not read as \(type)")
        }
        return custom
    }

    package var list: [Value] {
        guard case .list(let list) = content else { preconditionFailure("\(place): not read as a list") }
        return list
    }

    package var table: [(key: Value, value: Value)] {
        guard case .table(let table) = content else { preconditionFailure("\(place): not read as a table") }
        return table
    }

    package var tree: JSON {
        guard case .tree(let tree) = content else { preconditionFailure("\(place): not read as a tree") }
        return tree
    }

    package var members: [Member] {
        guard case .record(let members) = content else { preconditionFailure("\(place): not read as a record") }
        return members
    }

    package var isTable: Bool {
        if case .table = content { true } else { false }
    }

    package var isRecord: Bool {
        if case .record = content { true } else { false }
    }

    /// The member of a record; `nil` when it was left out.
    package subscript(name: String) -> Value? { members.first { $0.name == name }?.value }

    /// The value behind a path of keys; `nil` when it or what it stands in was left out.
    package func value(at path: String) -> Value? {
        path.split(separator: ".").reduce(Optional(self)) { value, name in
            guard let value, value.isRecord else { return nil }
            return value[String(name)]
        }
    }

    package var isNothing: Bool {
        if case .nothing = content { true } else { false }
    }

    /// A member that the shape requires.
    package func required(_ name: String) -> Value {
        guard let value = self[name] else { preconditionFailure("\(place): '\(name)' is not required by the shape") }
        return value
    }
}
