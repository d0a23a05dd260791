import GRDB
package import SyncCore

extension Journal {
    /// What the journal was made for, by connection.
    package func places() throws -> [JournalPlace] {
        try read { database in
            try database.rows("SELECT * FROM places ORDER BY connection", []).map { row in
                try JournalPlace(
                    connection: row["connection"], rackbeat: row["rackbeat"], ongoing: row["ongoing"],
                    location: row["location"], goodsOwner: row["goods_owner"], account: row["account"])
            }
        }
    }

    /// Refuses places that the journal was not made for.
    ///
    /// - Throws: ``JournalError`` that names both.
    package func checkBelongs(to places: [JournalPlace]) throws {
        let contradictions = JournalPlace.contradictions(of: places, with: try self.places())
        guard !contradictions.isEmpty else { return }
        throw JournalError(
            path: path ?? "in memory", problem: "was made for another place (\(contradictions.joined(separator: "; ")))",
            remedy:
                "What it knows of sent and booked documents does not hold here, so nothing was sent. Name another journal file, or "
                + "go back to the configuration that it was made for. If it is the same place under another name, run 'tandem journal adopt'."
        )
    }

    /// Refuses places that the journal was not made for, and records those that it does not know yet.
    package func claim(_ places: [JournalPlace]) throws {
        try checkBelongs(to: places)
        let known = Set(try self.places().map(\.connection))
        let new = places.filter { !known.contains($0.connection) }
        guard !new.isEmpty else { return }
        try commit { database in for place in new { try database.insert(place) } }
    }

    /// Takes the journal for these places from now on, whatever it was made for. Connections that are not among them are forgotten
    /// as places; what the journal knows of their documents stays.
    package func adopt(_ places: [JournalPlace]) throws {
        try commit { database in
            try database.run("DELETE FROM places", [])
            for place in places { try database.insert(place) }
        }
    }

    /// Records the account of a connection that belongs to a place, or refuses another.
    func claim(account: Int, of connection: String) throws {
        let places = try places()
        guard var place = places.first(where: { $0.connection == connection }), place.account != account else { return }
        let known = place.account
        place.account = account
        // Also of the other connections: the journal is made for one account.
        let others = places.filter { $0.account != nil }.map { other in
            var other = other
            other.account = account
            return other
        }
        try checkBelongs(to: others + [place])
        guard known == nil else { return }
        try commit { database in
            try database.run("UPDATE places SET account = ? WHERE connection = ?", [account, connection])
        }
    }
}

extension Database {
    fileprivate func insert(_ place: JournalPlace) throws {
        try run(
            "INSERT INTO places (connection, rackbeat, ongoing, location, goods_owner, account) VALUES (?, ?, ?, ?, ?, ?)",
            [place.connection, place.rackbeat, place.ongoing, place.location, place.goodsOwner, place.account])
    }
}
