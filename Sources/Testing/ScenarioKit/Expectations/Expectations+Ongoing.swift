import Invariants
import JSON
import StrictYAML
import Units

extension ExpectationKind {
    private static let orderIsThere = """
        - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
        - engine.sync

        """

    private static let connection = Field.optional(
        "connection", .name(.connection), "The connection of the goods owner. Default: the first.")

    private static let fields = Field.optional(
        "fields", .table(key: .text, value: .anything),
        "Members by their names in Ongoing's API, with full stops for nested ones, such as consignee.countryCode. `~` means no "
            + "value.")

    static let inOngoing: [ExpectationKind] = [
        ExpectationKind(
            "ongoing.articles", "The articles in the warehouse: their number, or exactly these.", numbersOrCount,
            steps: "- engine.sync\n", example: "ongoing.articles: [ CHAIR-01, TABLE-01 ]"
        ) { value, endState in
            compare(value, with: endState.evidence.ongoing.articles.map(\.number))
        },
        ExpectationKind(
            "ongoing.orders", "The orders in the warehouse that are not cancelled: their number, or exactly these.",
            numbersOrCount,
            steps: orderIsThere, example: "ongoing.orders: [ 1042 ]"
        ) { value, endState in
            compare(value, with: endState.evidence.ongoing.orders.filter { !$0.isCancelled }.map(\.number))
        },
        ExpectationKind(
            "ongoing.purchase-orders",
            "The purchase orders in the warehouse that are not cancelled: their number, or exactly these.", numbersOrCount,
            steps: """
                - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
                - engine.sync

                """,
            example: "ongoing.purchase-orders: [ 3001 ]"
        ) { value, endState in
            compare(value, with: endState.evidence.ongoing.purchaseOrders.filter { !$0.isCancelled }.map(\.number))
        },
        ExpectationKind(
            "ongoing.article", "The values of an article in the warehouse.",
            .oneOrMore(
                Record("an article's state", [.required("number", .name(.product), "Its number."), connection, fields])),
            steps: "- engine.sync\n",
            example:
                "ongoing.article: { number: CHAIR-01, fields: { articleName: Oak chair, customerPrice: 125, barCodeInfo.barCode: ~ } }"
        ) { value, endState in
            let articles = endState.evidence.ongoing.articles
            return compareEach(value, "article", with: articles, { ($0.goodsOwner, $0.number) }, endState) {
                compare($0["fields"], with: .object($1.fields))
            }
        },
        ExpectationKind(
            "ongoing.order", "The values of an order in the warehouse.",
            .oneOrMore(document("an order's state", done: "picked")),
            steps: orderIsThere,
            example: "ongoing.order: { number: 1042, status: 200, lines: { 1: 5 }, fields: { consignee.countryCode: DK } }"
        ) { value, endState in
            let orders = endState.evidence.ongoing.orders
            return compareEach(value, "order", with: orders, { ($0.goodsOwner, $0.number) }, endState) { expected, order in
                var fields = order.fields
                fields["consignee"] = .object(order.consignee)
                return compareStatus(expected, status: order.status, isCancelled: order.isCancelled)
                    + compareLines(expected["lines"], with: order.lines, done: "picked")
                    + compare(expected["fields"], with: .object(fields))
            }
        },
        ExpectationKind(
            "ongoing.purchase-order", "The values of a purchase order in the warehouse.",
            .oneOrMore(document("a purchase order's state", done: "received")),
            steps: """
                - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
                - engine.sync
                - ongoing.receive: { purchase-order: 3001, lines: { 1: 15 } }

                """,
            example: "ongoing.purchase-order: { number: 3001, status: 300, lines: { 1: { quantity: 40, received: 15 } } }"
        ) { value, endState in
            let orders = endState.evidence.ongoing.purchaseOrders
            return compareEach(value, "purchase order", with: orders, { ($0.goodsOwner, $0.number) }, endState) {
                compareStatus($0, status: $1.status, isCancelled: $1.isCancelled)
                    + compareLines($0["lines"], with: $1.lines, done: "received")
                    + compare($0["fields"], with: .object($1.fields))
            }
        },
    ]

    private static let numbersOrCount = Shape.either([.whole(from: 0), .list(.text), .record(CountRange.record)])

    private static func document(_ title: String, done: String) -> Record {
        Record(
            title,
            [
                .required("number", .text, "Its number in the warehouse."),
                connection,
                .optional("status", .whole(1...9999), "The number of its status. Whether it is cancelled says `cancelled`."),
                .optional("cancelled", .flag, "Whether it is cancelled."),
                .optional(
                    "lines",
                    .table(
                        key: .text,
                        value: .either([
                            .decimal,
                            .record(
                                Record(
                                    "a line's state",
                                    [
                                        .optional("article", .text, "The article's number."),
                                        .optional("quantity", .decimal, "The ordered quantity."),
                                        .optional(done, .decimal, "The \(done) quantity."),
                                        .optional("reported", .decimal, "The quantity that is reported as booked in Rackbeat."),
                                        fields,
                                    ])),
                        ])),
                    "Exactly these lines, by row number: the ordered quantity, or more values of the line."),
                fields,
            ])
    }

    /// Compares each expected record with the last one of its number that its goods owner has.
    private static func compareEach<Found>(
        _ value: Value, _ what: String, with records: [Found], _ identity: (Found) -> (goodsOwner: Int, number: String),
        _ endState: EndState, _ compare: (_ expected: Value, _ found: Found) -> [Mismatch]
    ) -> [Mismatch] {
        value.oneOrMore.flatMap { expected -> [Mismatch] in
            let owner = endState.goodsOwner(of: expected["connection"])
            let number = expected.required("number")
            guard let found = records.last(where: { identity($0) == (owner, number.text) }) else {
                return [
                    Mismatch(
                        place: number.place, expected: "\(what) \(number.text)", found: "no such \(what) in the warehouse")
                ]
            }
            return compare(expected, found)
        }
    }

    private static func compare(_ value: Value, with found: [String]) -> [Mismatch] {
        if let range = CountRange(value) {
            return range.contains(found.count)
                ? [] : [Mismatch(place: value.place, expected: range.text, found: "\(found.count)")]
        }
        let expected = value.list.map(\.text).sorted()
        return expected == found.sorted()
            ? [] : [Mismatch(place: value.place, expected: list(expected), found: list(found.sorted()))]
    }

    private static func compareStatus(_ expected: Value, status: Int, isCancelled: Bool) -> [Mismatch] {
        var mismatches: [Mismatch] = []
        if let wanted = expected["status"], wanted.int != status {
            mismatches.append(Mismatch(place: wanted.place, expected: "status \(wanted.int)", found: "status \(status)"))
        }
        if let wanted = expected["cancelled"], wanted.flag != isCancelled {
            let words = [true: "cancelled", false: "not cancelled"]
            mismatches.append(Mismatch(place: wanted.place, expected: words[wanted.flag]!, found: words[isCancelled]!))
        }
        return mismatches
    }

    private static func compareLines(_ expected: Value?, with found: [OngoingSnapshot.OrderLine], done: String) -> [Mismatch] {
        guard let expected else { return [] }
        // A line of nothing is what is left of one that was taken out where the warehouse keeps lines.
        let found = found.filter { !$0.quantity.isZero || !$0.moved.isZero }
        let rows = expected.table.map(\.key.text)
        let foundRows = found.map { $0.row ?? "without a row number" }
        guard rows.sorted() == foundRows.sorted() else {
            return [Mismatch(place: expected.place, expected: "lines \(list(rows))", found: "lines \(list(foundRows))")]
        }
        return expected.table.flatMap { row, value -> [Mismatch] in
            let line = found.first { $0.row == row.text }!
            guard value.isRecord else {
                return difference(value, row, "", value.decimal.description, line.quantity.description)
            }
            let figures: [(key: String, word: String, found: ExactDecimal)] = [
                ("quantity", "", line.quantity), (done, done + " ", line.moved),
                ("reported", "reported ", line.reported ?? .zero),
            ]
            var mismatches: [Mismatch] = []
            if let wanted = value["article"] { mismatches += difference(wanted, row, "article ", wanted.text, line.article) }
            for (key, word, found) in figures {
                guard let wanted = value[key] else { continue }
                mismatches += difference(wanted, row, word, wanted.decimal.description, found.description)
            }
            return mismatches + compare(value["fields"], with: .object(line.fields))
        }
    }

    private static func difference(
        _ value: Value, _ row: Value, _ word: String, _ expected: String, _ found: String
    ) -> [Mismatch] {
        guard expected != found else { return [] }
        return [
            Mismatch(
                place: value.place, expected: "line \(row.text): \(word)\(expected)", found: "line \(row.text): \(word)\(found)")
        ]
    }

    // MARK: Members by name

    private static func compare(_ fields: Value?, with tree: JSON) -> [Mismatch] {
        (fields?.table ?? []).compactMap { name, wanted in
            let found = JSONPointer(name.text.split(separator: ".").map(String.init)).value(in: tree) ?? .null
            guard !isSame(wanted.tree, found) else { return nil }
            return Mismatch(
                place: wanted.place, expected: "\(name.text): \(words(wanted.tree))", found: "\(name.text): \(words(found))")
        }
    }

    /// Numbers are equal by value, and a text equals a number that is written the same: post codes look like numbers in a scenario.
    private static func isSame(_ wanted: JSON, _ found: JSON) -> Bool {
        switch (wanted, found) {
        case (.number(let left), .number(let right)): ExactDecimal(left.text) == ExactDecimal(right.text)
        case (.number(let number), .string(let text)): number.text == text
        case (.string(""), .null), (.null, .string("")): true
        default: wanted == found
        }
    }

    private static func words(_ tree: JSON) -> String { tree.isNull ? "nothing" : tree.text }
}
