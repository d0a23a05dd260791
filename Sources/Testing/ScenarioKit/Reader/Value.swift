import JSON
import Simulation
import Units

/// A value that was read and found to have the shape it should, with the place it stands at.
///
/// The accessors answer for what the shape promises; asking a value for what its shape does not promise is a defect.
public struct Value: Sendable {
    public enum Content: Sendable {
        case text(String)
        case whole(Int)
        case decimal(ExactDecimal)
        case flag(Bool)
        case duration(Duration)
        case time(TimePoint)
        case moment(Moment)
        case date(CivilDate)
        case exchange(ExchangePattern)
        case list([Value])
        case record([Member])
        case table([(key: Value, value: Value)])
        case tree(JSON)
        case nothing
    }

    public struct Member: Sendable {
        public let name: String
        public let place: Place
        public let value: Value

        package init(name: String, place: Place, value: Value) {
            self.name = name
            self.place = place
            self.value = value
        }
    }

    public let place: Place
    public let content: Content

    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }
}

/// A point in time as a scenario writes it.
public enum TimePoint: Hashable, Sendable {
    case sinceStart(Duration)
    /// Minutes since midnight on the wall clock in Copenhagen.
    case timeOfDay(minutes: Int)
    case moment(Moment)
}

extension Value {
    /// Text, a choice or a name.
    public var text: String {
        guard case .text(let text) = content else { preconditionFailure("\(place): not read as text") }
        return text
    }

    public var int: Int {
        guard case .whole(let int) = content else { preconditionFailure("\(place): not read as a whole number") }
        return int
    }

    public var decimal: ExactDecimal {
        guard case .decimal(let decimal) = content else { preconditionFailure("\(place): not read as a number") }
        return decimal
    }

    public var flag: Bool {
        guard case .flag(let flag) = content else { preconditionFailure("\(place): not read as true or false") }
        return flag
    }

    public var duration: Duration {
        guard case .duration(let duration) = content else { preconditionFailure("\(place): not read as a length of time") }
        return duration
    }

    public var time: TimePoint {
        guard case .time(let time) = content else { preconditionFailure("\(place): not read as a time") }
        return time
    }

    public var moment: Moment {
        guard case .moment(let moment) = content else { preconditionFailure("\(place): not read as a moment") }
        return moment
    }

    public var date: CivilDate {
        guard case .date(let date) = content else { preconditionFailure("\(place): not read as a date") }
        return date
    }

    public var exchange: ExchangePattern {
        guard case .exchange(let pattern) = content else { preconditionFailure("\(place): not read as an exchange") }
        return pattern
    }

    public var list: [Value] {
        guard case .list(let list) = content else { preconditionFailure("\(place): not read as a list") }
        return list
    }

    public var table: [(key: Value, value: Value)] {
        guard case .table(let table) = content else { preconditionFailure("\(place): not read as a table") }
        return table
    }

    public var tree: JSON {
        guard case .tree(let tree) = content else { preconditionFailure("\(place): not read as a tree") }
        return tree
    }

    public var members: [Member] {
        guard case .record(let members) = content else { preconditionFailure("\(place): not read as a record") }
        return members
    }

    public var isTable: Bool {
        if case .table = content { true } else { false }
    }

    public var isRecord: Bool {
        if case .record = content { true } else { false }
    }

    /// The member of a record; `nil` when it was left out.
    public subscript(name: String) -> Value? { members.first { $0.name == name }?.value }

    public var isNothing: Bool {
        if case .nothing = content { true } else { false }
    }

    /// A member that the shape requires.
    public func required(_ name: String) -> Value {
        guard let value = self[name] else { preconditionFailure("\(place): '\(name)' is not required by the shape") }
        return value
    }
}
