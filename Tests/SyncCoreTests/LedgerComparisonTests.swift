import SyncCore
import Testing
import Trade

/// What the journal says × what the warehouse has as reported × what Rackbeat holds.
struct LedgerComparisonTests {
    static let (chairs, tables, shop) = (LineID("1"), LineID("2"), LocationNumber("2"))
    static let (chair, table, here) = (ItemNumber("CHAIR"), ItemNumber("TABLE"), LocationNumber("1"))

    static func document(
        _ id: Int, _ quantities: [LineID: Int], at location: LocationNumber = here, isConfirmed: Bool = true,
        namesLines: Bool = true
    ) -> BookedDocument {
        let lines = quantities.sorted { $0.key < $1.key }.map { row, quantity in
            ShipmentLine(
                id: DocumentID(id * 10), orderLine: namesLines ? row : nil, item: row == chairs ? chair : table,
                location: location,
                quantity: Quantity("\(quantity)")!)
        }
        return BookedDocument(id: DocumentID(id), isConfirmed: isConfirmed, lines: lines)
    }

    /// Five chairs and a table are picked.
    struct Case: Sendable, CustomStringConvertible {
        var description: String
        var booked: [LineID: Int] = [:]
        var reported: [LineID: Int] = [:]
        var unknown: [BookedDocument] = []
        var reports = true
        /// The documents that a person was asked about.
        var asked: Set<Int> = []
        var areOurs = false
        var adopted: [Int]? = []
    }

    static let combinations: [Case] = [
        Case(description: "nothing anywhere"),
        Case(description: "known and reported", booked: [chairs: 2], reported: [chairs: 2]),
        Case(description: "booked and not reported yet", booked: [chairs: 2]),
        Case(description: "behind by one", reported: [chairs: 2], unknown: [document(7, [chairs: 2])], adopted: [7]),
        Case(
            description: "behind by two of three", reported: [chairs: 3],
            unknown: [document(7, [chairs: 2]), document(8, [chairs: 1])],
            adopted: [7, 8]),
        Case(
            description: "behind by one beside one made by hand", reported: [chairs: 2],
            unknown: [document(6, [chairs: 1]), document(7, [chairs: 2])], adopted: [7]),
        Case(
            description: "behind by two beside one made by hand", reported: [chairs: 3, tables: 1],
            unknown: [document(6, [chairs: 4]), document(7, [chairs: 2]), document(8, [chairs: 1, tables: 1])], adopted: [7, 8]),
        Case(
            description: "behind, and lines name none of the order", reported: [chairs: 2],
            unknown: [document(7, [chairs: 2], namesLines: false)], adopted: [7]),
        Case(description: "reported, and Rackbeat holds nothing", reported: [chairs: 2], adopted: nil),
        Case(
            description: "reported, and Rackbeat holds less", reported: [chairs: 2], unknown: [document(7, [chairs: 1])],
            adopted: nil),
        Case(
            description: "reported, and Rackbeat holds more", reported: [chairs: 2], unknown: [document(7, [chairs: 3])],
            adopted: nil),
        Case(
            description: "reported, and Rackbeat holds a draft", reported: [chairs: 2],
            unknown: [document(7, [chairs: 2], isConfirmed: false)], adopted: nil),
        Case(
            description: "reported, and Rackbeat holds it at another location", reported: [chairs: 2],
            unknown: [document(7, [chairs: 2], at: shop)], adopted: nil),
        Case(
            description: "made by hand or not reported yet: a part, and more is picked since",
            unknown: [document(7, [chairs: 2])],
            adopted: nil),
        Case(
            description: "made by hand or not reported yet: a part of one line and all of another",
            unknown: [document(7, [chairs: 2, tables: 1])], adopted: nil),
        Case(description: "made by hand: more than is picked", unknown: [document(7, [chairs: 6])]),
        Case(
            description: "made by hand: more than is picked since", booked: [chairs: 4], reported: [chairs: 4],
            unknown: [document(7, [chairs: 2])]),
        Case(
            description: "one is more than is picked, another may be ours",
            unknown: [document(6, [chairs: 6]), document(7, [chairs: 1])], adopted: nil),
        Case(description: "made by hand: just what is picked", unknown: [document(7, [chairs: 5, tables: 1])], adopted: nil),
        Case(
            description: "made by hand: just what is picked, in two",
            unknown: [document(7, [chairs: 5]), document(8, [tables: 1])],
            adopted: nil),
        Case(description: "another connection's", unknown: [document(7, [chairs: 5, tables: 1], at: shop)]),
        Case(description: "a draft of somebody", unknown: [document(7, [chairs: 5, tables: 1], isConfirmed: false)]),
        Case(description: "nothing is reported: nothing there", reports: false),
        Case(
            description: "nothing is reported: a part is there", unknown: [document(7, [chairs: 2])], reports: false, adopted: nil
        ),
        Case(
            description: "nothing is reported: another connection's", unknown: [document(7, [chairs: 2], at: shop)],
            reports: false),
        Case(description: "others report: nothing follows", reported: [chairs: 2], reports: false),
        Case(
            description: "a person was asked, and more is picked", unknown: [document(7, [chairs: 2])], asked: [7], adopted: nil),
        Case(
            description: "a person was asked, and what they saw is gone", unknown: [document(8, [chairs: 6])], asked: [7]),
        Case(
            description: "a person says that it is what was picked", unknown: [document(7, [chairs: 2])], asked: [7],
            areOurs: true,
            adopted: [7]),
        Case(
            description: "a person says so of one of two", unknown: [document(6, [chairs: 1]), document(7, [chairs: 2])],
            asked: [7],
            areOurs: true, adopted: [7]),
        Case(
            description: "a person says so of what lies elsewhere", unknown: [document(7, [chairs: 2], at: shop)], asked: [7],
            areOurs: true),
    ]

    @Test(arguments: combinations) func theVerdictFollowsFromBothSides(_ example: Case) {
        func quantity(_ quantities: [LineID: Int], _ row: LineID) -> Quantity { Quantity("\(quantities[row] ?? 0)")! }
        let picked: [LineID: Int] = [Self.chairs: 5, Self.tables: 1]
        let comparison = LedgerComparison(
            subject: "order 1042",
            lines: [Self.chairs, Self.tables].map { row in
                LedgerComparison.Line(
                    row: row, item: row == Self.chairs ? Self.chair : Self.table, booked: quantity(example.booked, row),
                    reported: quantity(example.reported, row))
            },
            wanted: [Self.chairs, Self.tables].map { row in
                WantedLine(
                    row: row, item: row == Self.chairs ? Self.chair : Self.table, location: Self.here,
                    quantity: quantity(picked, row) - quantity(example.booked, row))
            }, locations: [Self.here], reports: example.reports, verb: "picked")
        let question = LedgerComparison.Question(
            documents: Set(example.asked.map { DocumentID($0) }), areOurs: example.areOurs)
        switch (comparison.verdict(on: example.unknown, asked: question), example.adopted) {
        case (.agrees, []?): break
        case (.behind(let documents), let adopted?): #expect(documents.map(\.id.value) == adopted)
        case (.contradictory(let failure), nil): #expect(failure.reason.hasPrefix("order 1042: "), "\(failure)")
        case (let verdict, _): Issue.record("\(verdict)")
        }
    }

    /// Of lines that do not say which of two of one item they are of, the sum counts.
    @Test(
        arguments: [
            ([2, 0], [2], [[2, 0]]), ([2, 1], [3], [[2, 1]]), ([0, 2], [2], [[0, 2]]), ([2, 1], [1, 2], [[1, 0], [1, 1]]),
            ([2, 1], [2], nil), ([2, 0], [3], nil), ([0, 0], [2], nil), ([0, 2], [6, 2], [[0, 2]]),
        ] as [([Int], [Int], [[Int]]?)])
    func twoLinesOfOneItemAreToldByTheirSum(_ reported: [Int], _ documents: [Int], _ adopted: [[Int]]?) {
        let rows = [Self.chairs, Self.tables]
        func quantity(_ count: Int) -> Quantity { Quantity("\(count)")! }
        let comparison = LedgerComparison(
            subject: "purchase order 3001",
            lines: zip(rows, reported).map {
                LedgerComparison.Line(row: $0, item: Self.chair, booked: .zero, reported: quantity($1))
            },
            wanted: rows.map { WantedLine(row: $0, item: Self.chair, location: Self.here, quantity: quantity(5)) },
            locations: [Self.here], reports: true, verb: "received")
        let unknown = documents.enumerated().map { Self.document($0.offset + 7, [Self.chairs: $0.element], namesLines: false) }
        switch (comparison.verdict(on: unknown), adopted) {
        case (.behind(let found), let adopted?):
            #expect(
                found.map { document in
                    rows.map { row in document.lines.filter { $0.row == row }.reduce(Quantity.zero) { $0 + $1.quantity } }
                } == adopted.map { $0.map(quantity) })
        case (.contradictory, nil): break
        case (let verdict, _): Issue.record("\(verdict)")
        }
    }
}
