import Exchange
import JSON
import Testing

@testable import Mutants

struct GeneratedMutantTests {
    private static let orders: JSON = [
        "orders": [
            ["number": 1, "lines": [["id": 10, "quantity": 2], ["id": 11, "quantity": 5]]],
            ["number": 2, "lines": [["id": 12, "quantity": 7]]],
        ]
    ]

    private func edited(_ name: String, _ alteration: GeneratedMutant.Alteration, _ bodies: [JSON]) -> JSON? {
        edited([name], alteration, bodies)
    }

    private func edited(_ names: [String], _ alteration: GeneratedMutant.Alteration, _ bodies: [JSON]) -> JSON? {
        let edits = BodyEdits(
            names.map {
                MemberEdit(GeneratedMutant(ExchangeMember(.rackbeat, "GET /orders", .response, $0), alteration))
            })
        return bodies.map { edits.edit($0) }.last ?? nil
    }

    private func quantities(_ json: JSON?) -> [Int?] {
        (json?["orders"]?.array ?? []).flatMap { order in (order["lines"]?.array ?? []).map { $0["quantity"]?.int } }
    }

    @Test func everyMemberIsSeenOnceWhateverListItIsIn() {
        var seen: [String] = []
        Self.orders.visitMembers { path, _ in seen.append(path) }
        #expect(Set(seen) == ["orders", "orders.*.number", "orders.*.lines", "orders.*.lines.*.id", "orders.*.lines.*.quantity"])
    }

    @Test func aDroppedMemberIsMissingInEveryLine() {
        #expect(quantities(edited("orders.*.lines.*.quantity", .dropped, [Self.orders])) == [nil, nil, nil])
    }

    @Test func aNeighbourIsTheNextLineOrRecord() {
        #expect(quantities(edited("orders.*.lines.*.quantity", .neighbour, [Self.orders])) == [5, 7, 2])
    }

    /// Hundreds of members are made wrong at once to see that nobody reads them.
    @Test func manyMembersAreMadeWrongInOnePass() {
        let names = ["orders.*.number", "orders.*.lines.*.quantity", "orders.*.lines.*.id", "orders.*.heading"]
        let both = edited(names, .altered, [Self.orders])
        #expect(quantities(both) == [3, 6, 8])
        #expect((both?["orders"]?.array ?? []).map { $0["number"]?.int } == [2, 3])
        let without = edited(names + ["orders.*.lines"], .dropped, [Self.orders])
        #expect(without == ["orders": [[:], [:]]])
        #expect(edited(["orders.*.heading"], .dropped, [Self.orders]) == nil)
    }

    @Test func aFrozenMemberKeepsItsFirstValue() {
        #expect(quantities(edited("orders.*.lines.*.quantity", .frozen, [Self.orders])) == [2, 2, 2])
    }

    @Test func theNeighbourOfARecordAloneIsTheOneBefore() {
        let records: [JSON] = [["name": "Chair"], ["name": "Table"]]
        #expect(edited("name", .neighbour, records)?["name"] == "Chair")
        #expect(edited("name", .neighbour, [records[0]]) == nil)
    }

    @Test(arguments: [
        ("1042", "1043"), ("SO-9", "SO-0"), ("2026-03-02T08:00:00+01:00", "2026-03-02T08:00:01+01:00"), ("", "x"), ("Zz!", "Za!"),
        ("2026-03-02", "2026-03-03"),
    ])
    func anAlteredTextHasAnotherLastCharacter(_ text: String, _ altered: String) {
        #expect(JSON.string(text).altered == .string(altered))
    }

    @Test func anAlteredNumberIsOneMore() {
        #expect(JSON.number(JSONNumber("1.5")!).altered == .number(JSONNumber("2.5")!))
        #expect(JSON.bool(true).altered == false)
        #expect(JSON.null.altered == nil)
    }

    @Test func everyMechanismHasANameOfItsOwn() {
        #expect(Set(Mechanism.all.map(\.name)).count == Mechanism.all.count)
    }
}
