import GRDB

/// The journal as one connection reads and writes it: every row bears the connection's name.
package struct ConnectionJournal {
    package let journal: Journal
    package let connection: String

    func commit<Value>(_ body: (Database) throws -> Value) throws -> Value { try journal.commit(body) }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try journal.read(body) }
}

extension Journal {
    /// - Parameter connection: The connection's name in the configuration.
    package func of(_ connection: String) -> ConnectionJournal { ConnectionJournal(journal: self, connection: connection) }
}
