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

    package init(depth: Int, bytes: Int) {
        self.depth = depth
        self.bytes = bytes
    }

    /// 128 levels and 64 MiB: the engine's limit for one response.
    package static let standard = JSONLimits(depth: 128, bytes: 64 << 20)
}
