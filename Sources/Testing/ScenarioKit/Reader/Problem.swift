/// A place in a scenario file.
public struct Place: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// From 1, counted in Unicode scalars.
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The start of a file: for what is wrong with the file as a whole.
    public static let start = Place(line: 1, column: 1)

    public static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
    public var description: String { "\(line):\(column)" }
}

/// Something in a scenario file that cannot be played, and where it stands.
public struct Problem: Error, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The path as it was given.
    public let file: String
    public let place: Place
    /// What was found, what was expected, and the nearest valid name where there is one.
    public let text: String

    public init(file: String, place: Place, text: String) {
        self.file = file
        self.place = place
        self.text = text
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.file, left.place, left.text) < (right.file, right.place, right.text)
    }

    public var description: String { "\(file):\(place): \(text)" }
}

/// All that is wrong with one file, in the order of the file. Never empty.
public struct BadScenario: Error, Equatable, Sendable, CustomStringConvertible {
    public let problems: [Problem]

    init(_ problems: [Problem]) {
        precondition(!problems.isEmpty)
        self.problems = problems.sorted()
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
