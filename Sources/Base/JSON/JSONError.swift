/// A text that is not JSON, with the place where that became clear.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    /// In bytes, from 1.
    public let column: Int
    /// What was found and what was expected.
    public let problem: String

    public var description: String { "line \(line), column \(column): \(problem)" }
}

/// How large a text the parser takes.
public struct JSONLimits: Sendable {
    public var depth: Int
    public var bytes: Int

    public init(depth: Int, bytes: Int) {
        self.depth = depth
        self.bytes = bytes
    }

    /// 128 levels and 64 MiB: the engine's limit for one answer.
    public static let standard = JSONLimits(depth: 128, bytes: 64 << 20)
}
