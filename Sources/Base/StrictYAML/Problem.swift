/// A place in a file.
package struct Place: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    /// From 1, counted in Unicode scalars.
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The start of a file: for what is wrong with the file as a whole.
    package static let start = Place(line: 1, column: 1)

    package static func < (left: Self, right: Self) -> Bool { (left.line, left.column) < (right.line, right.column) }
    package var description: String { "\(line):\(column)" }
}

/// Something in a file that cannot be read or used, and where it stands.
package struct Problem: Error, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The path as it was given.
    package let file: String
    package let place: Place
    /// What was found, what was expected, and the nearest valid name where there is one.
    package let text: String

    package init(file: String, place: Place, text: String) {
        self.file = file
        self.place = place
        self.text = text
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.file, left.place, left.text) < (right.file, right.place, right.text)
    }

    package var description: String { "\(file):\(place): \(text)" }
}

/// All that is wrong with one file, in the order of the file. Never empty.
package struct InvalidFile: Error, Equatable, Sendable, CustomStringConvertible {
    package let problems: [Problem]

    package init(_ problems: [Problem]) {
        precondition(!problems.isEmpty)
        self.problems = problems.sorted()
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
