/// What one connection of a journal was made for. What it knows of sent and booked documents holds there and nowhere else.
package struct JournalPlace: Hashable, Sendable {
    package var connection: String
    /// The base URLs.
    package var rackbeat: String
    package var ongoing: String
    package var location: String
    package var goodsOwner: Int
    /// The number of the account in Rackbeat; `nil` until it is known.
    package var account: Int?

    package init(
        connection: String, rackbeat: String, ongoing: String, location: String, goodsOwner: Int, account: Int? = nil
    ) {
        self.connection = connection
        self.rackbeat = rackbeat
        self.ongoing = ongoing
        self.location = location
        self.goodsOwner = goodsOwner
        self.account = account
    }

    /// What contradicts the places that a journal was made for, in words that name both; empty when nothing does.
    ///
    /// A connection that the journal does not know may be a new one. It has to be of the same account of Rackbeat as the others: a
    /// journal is made for one.
    package static func contradictions(of now: [JournalPlace], with known: [JournalPlace]) -> [String] {
        now.flatMap { place -> [String] in
            guard let same = known.first(where: { $0.connection == place.connection }) else {
                guard let other = known.first(where: { $0.isOfAnotherAccount(than: place) }) else { return [] }
                return [
                    "connection '\(place.connection)': \(place.account(beside: other)), that of connection '\(other.connection)' \(other.account(beside: place))"
                ]
            }
            let members = [
                ("Rackbeat", same.rackbeat, place.rackbeat), ("Ongoing", same.ongoing, place.ongoing),
                ("location", same.location, place.location), ("goods owner", "\(same.goodsOwner)", "\(place.goodsOwner)"),
                ("account", same.text(ofAccountBeside: place), place.text(ofAccountBeside: same)),
            ]
            return members.filter { $0.1 != $0.2 }.map { name, then, now in
                "connection '\(place.connection)': \(name) \(then), now \(now)"
            }
        }
    }

    private func isOfAnotherAccount(than other: JournalPlace) -> Bool {
        rackbeat != other.rackbeat || account != nil && other.account != nil && account != other.account
    }

    private func account(beside other: JournalPlace) -> String {
        rackbeat != other.rackbeat ? "Rackbeat \(rackbeat)" : "account \(text(ofAccountBeside: other))"
    }

    /// Equal to the other's where either is not known.
    private func text(ofAccountBeside other: JournalPlace) -> String {
        guard let account, other.account != nil else { return "" }
        return "\(account)"
    }
}
