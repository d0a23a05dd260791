/// A text that is not JSON, with the place where that became clear.
package struct JSONError: Error, Equatable, CustomStringConvertible {
    /// From 1.
    package let line: Int
    /// In bytes, from 1.
    package let column: Int
    /// What was found and what was expected.
    package let problem: String

    package var description: String { "line \(line), column \(column): \(problem)" }
}

/// How large a text the parser takes.
package struct JSONLimits: Sendable {
    package var depth: Int
    package var bytes: Int
    /// How many values the tree has at most: a value of two bytes costs many times as much once it is read.
    package var values: Int

    package init(depth: Int, bytes: Int, values: Int = .max) {
        self.depth = depth
        self.bytes = bytes
        self.values = values
    }

    /// 128 levels and 64 MiB: the engine's limit for one response.
    package static let standard = JSONLimits(depth: 128, bytes: 64 << 20)
}
