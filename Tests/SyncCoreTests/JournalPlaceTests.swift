import SyncCore
import Testing

struct JournalPlaceTests {
    static let main = JournalPlace(
        connection: "main", rackbeat: "https://a/api", ongoing: "https://w/x", location: "1", goodsOwner: 7, account: 4711)

    static func place(_ change: (inout JournalPlace) -> Void) -> JournalPlace {
        var place = main
        change(&place)
        return place
    }

    static let table: [(now: JournalPlace, contradictions: [String])] = [
        (main, []), (place { $0.account = nil }, []),
        (place { $0.rackbeat = "https://b/api" }, ["connection 'main': Rackbeat https://a/api, now https://b/api"]),
        (place { $0.ongoing = "https://w/y" }, ["connection 'main': Ongoing https://w/x, now https://w/y"]),
        (place { $0.location = "2" }, ["connection 'main': location 1, now 2"]),
        (place { $0.goodsOwner = 8 }, ["connection 'main': goods owner 7, now 8"]),
        (place { $0.account = 4712 }, ["connection 'main': account 4711, now 4712"]),
        (
            place { ($0.location, $0.goodsOwner) = ("2", 8) },
            ["connection 'main': location 1, now 2", "connection 'main': goods owner 7, now 8"]
        ),
        // A new connection is of the same account, whatever its location.
        (place { ($0.connection, $0.location, $0.goodsOwner) = ("north", "2", 8) }, []),
        (
            place { ($0.connection, $0.rackbeat) = ("north", "https://b/api") },
            ["connection 'north': Rackbeat https://b/api, that of connection 'main' Rackbeat https://a/api"]
        ),
        (
            place { ($0.connection, $0.account) = ("north", 4712) },
            ["connection 'north': account 4712, that of connection 'main' account 4711"]
        ),
    ]

    @Test(arguments: table) func whatDiffersIsNamedOnBothSides(now: JournalPlace, contradictions: [String]) {
        #expect(JournalPlace.contradictions(of: [now], with: [Self.main]) == contradictions)
        #expect(JournalPlace.contradictions(of: [now], with: []).isEmpty)
    }
}
