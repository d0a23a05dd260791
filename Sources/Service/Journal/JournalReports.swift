import SyncCore
package import SyncEngine

/// What `tandem journal adopt` will mean, or has done.
package struct JournalAdoption {
    private let contradictions: [String]
    private let connections: [String]
    private let file: String

    package init(of journal: Journal, for configuration: Configuration) throws {
        contradictions = JournalPlace.contradictions(of: configuration.places, with: try journal.places())
        connections = configuration.connections.map(\.name)
        file = configuration.general.journal
    }

    /// What is known before anything is written.
    package var text: String {
        guard !contradictions.isEmpty else { return "The journal \(file) belongs to this configuration already.\n" }
        return """
            The journal \(file) was made for another place:
            \(contradictions.map { "  \($0)\n" }.joined())\
            Adopting it means that the engine takes what the journal says of sent and booked documents for true here:
              - an order that it counts as sent is not sent again, whether or not this warehouse has it;
              - goods that it counts as booked are not booked again in this account of Rackbeat;
              - cursors stay, so that older changes are read by the nightly comparison alone.
            Do that only where the same systems are reached under another name. For other systems, name a new journal file.

            """
    }

    package var isNeeded: Bool { !contradictions.isEmpty }

    package var done: String {
        "The journal \(file) now belongs to this configuration: \(connections.joined(separator: ", ")).\n"
    }
}

extension JournalCheck {
    /// A line for each thing that is damaged, and one for what was read.
    package func text(of file: String) -> String {
        let read = "\(file): \(rows) rows read"
        guard !isSound else { return "\(read), all sound.\n" }
        let damage = self.file.map { "file: \($0)\n" } + damaged.map { "\($0)\n" }
        return damage.joined()
            + "\(read), \(damage.count) damaged. Put a backup in its place: on an older journal the engine compares with "
            + "both systems before it books anything.\n"
    }
}
