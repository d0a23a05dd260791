import Testing
import Trade

@testable import SyncCore

struct LocationTreeTests {
    /// 1 holds 11 and 12; 11 holds 111; 2 holds 21.
    private static let parents: [LocationNumber: LocationNumber] = [
        "11": "1", "12": "1", "111": "11", "21": "2",
    ].reduce(into: [:]) { $0[LocationNumber($1.key)] = LocationNumber($1.value) }

    private func inside(_ location: String, except others: [String] = [], more: [String: String] = [:]) -> [String] {
        var parents = Self.parents
        for (child, parent) in more { parents[LocationNumber(child)] = LocationNumber(parent) }
        return LocationTree.inside(
            LocationNumber(location), parents: parents, except: Set(others.map { LocationNumber($0) })
        ).map(\.text).sorted()
    }

    @Test func whatLiesInsideBelongsToTheLocation() {
        #expect(inside("1") == ["1", "11", "111", "12"])
        #expect(inside("11") == ["11", "111"])
        #expect(inside("111") == ["111"])
        #expect(inside("9") == ["9"])
    }

    /// A shelf with a connection of its own, and everything on it, belongs to that connection.
    @Test func theNearestConnectionCounts() {
        #expect(inside("1", except: ["11"]) == ["1", "12"])
        #expect(inside("11", except: ["1"]) == ["11", "111"])
    }

    /// Rackbeat refuses such a tree; a response may show one all the same.
    @Test func aCircleEnds() { #expect(inside("1", more: ["1": "111"]) == ["1", "11", "111", "12"]) }
}
