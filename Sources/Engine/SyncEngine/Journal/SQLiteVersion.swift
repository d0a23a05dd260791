import GRDB

/// A version of SQLite, and what is known against it.
package struct SQLiteVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let parts: [Int]

    /// - Returns: `nil` for anything but numbers and points.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count >= 3, parts.allSatisfy({ $0 != nil }) else { return nil }
        self.parts = parts.compactMap(\.self)
    }

    package var description: String { parts.map(String.init).joined(separator: ".") }

    package static func < (left: Self, right: Self) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }

    /// A fault of this version that can damage a journal, in one sentence; `nil` when none is known.
    ///
    /// The journal uses the log that is written ahead (WAL), with one process that writes most and others beside it.
    package var knownFault: String? {
        // From its own page about that log: found in March 2026, in every version from 3.7.0 on; fixed in 3.51.3, and in 3.50.7 and
        // 3.44.6 for those who stay on older ones.
        let (major, minor, patch) = (parts[0], parts[1], parts[2])
        let isFixed =
            major > 3 || minor > 51 || (minor, patch) >= (51, 3) || minor == 50 && patch >= 7 || minor == 44 && patch >= 6
        guard !isFixed, major == 3, minor >= 7 else { return nil }
        return "SQLite \(self) can damage a journal, very rarely, when two processes write it at one moment (its WAL-reset bug)"
    }

    /// The version that this process uses.
    package static func inUse() throws -> SQLiteVersion? {
        let text = try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
        return text.flatMap { SQLiteVersion($0) }
    }
}
