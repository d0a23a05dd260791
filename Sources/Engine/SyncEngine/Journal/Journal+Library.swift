import GRDB

extension Journal {
    /// The version of the SQLite that this process uses, such as `3.46.1`.
    package static func libraryVersion() throws -> String {
        try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") } ?? "unknown"
    }
}
