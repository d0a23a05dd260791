import Invariants
import StrictYAML
import Units

extension ExpectationKind {
    private static let partlyPicked = """
        - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
        - engine.sync
        - ongoing.pick: { order: 1042, lines: { 1: 3 } }
        - ongoing.send: { order: 1042 }
        - engine.sync

        """

    private static let partlyReceived = """
        - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
        - engine.sync
        - ongoing.receive: { purchase-order: 3001, lines: { 1: 15 } }
        - ongoing.set-status: { purchase-order: 3001, status: 500 }
        - engine.sync

        """

    static let inRackbeat: [ExpectationKind] = [
        ExpectationKind(
            "rackbeat.shipments",
            "The shipments of these orders: exactly these, in this order. An empty list means no shipment of any order.",
            .list(
                .record(
                    Record(
                        "a shipment",
                        [
                            .required("order", .name(.order), "The order's number."),
                            .required("lines", DocumentShapes.quantities, "The shipped quantities, by line id of the order."),
                        ]))),
            steps: partlyPicked, example: "rackbeat.shipments: [ { order: 1042, lines: { 1: 3 } } ]"
        ) { value, endState in
            let shipped = endState.evidence.rackbeat.shipments.filter { $0.shippedAt != nil }
                .sorted { ($0.shippedAt!, $0.id) < ($1.shippedAt!, $1.id) }
                .map { Moved(document: $0.order, lines: $0.lines) }
            return compare(value, key: "order", with: shipped, inOrder: endState.checksTheWay)
        },
        ExpectationKind(
            "rackbeat.receipts",
            "The receipts of these purchase orders: exactly these, in this order. An empty list means no receipt at all.",
            .list(
                .record(
                    Record(
                        "a receipt",
                        [
                            .required("purchase-order", .name(.purchaseOrder), "The purchase order's number."),
                            .required(
                                "lines", DocumentShapes.quantities, "The received quantities, by line id of the purchase order."),
                        ]))),
            steps: partlyReceived, example: "rackbeat.receipts: [ { purchase-order: 3001, lines: { 1: 15 } } ]"
        ) { value, endState in
            let received = endState.evidence.rackbeat.receipts.filter { $0.receivedAt != nil }
                .sorted { ($0.receivedAt!, $0.number) < ($1.receivedAt!, $1.number) }
                .map { Moved(document: $0.purchaseOrder, lines: $0.lines) }
            return compare(value, key: "purchase-order", with: received, inOrder: endState.checksTheWay)
        },
        ExpectationKind(
            "rackbeat.adjustments", "The adjustments that the engine booked: exactly these, in this order.",
            .list(
                .record(
                    Record(
                        "a booked adjustment",
                        [
                            .required("item", .name(.product), "The item's number."),
                            .required("change", .decimal, "The signed change of stock."),
                            .optional("location", .name(.location), "The location. Default: any."),
                        ]))),
            steps: """
                - engine.switch: { stock-sync: on }
                - engine.sync
                - ongoing.adjust: { item: CHAIR-01, change: -2 }
                - engine.sync

                """,
            example: "rackbeat.adjustments: [ { item: CHAIR-01, change: -2 } ]", check: checkAdjustments),
        ExpectationKind(
            "rackbeat.drafts", "The number of drafts of shipments, receipts and adjustments.", .whole(from: 0),
            steps: partlyPicked, example: "rackbeat.drafts: 0"
        ) { value, endState in
            let rackbeat = endState.evidence.rackbeat
            let drafts =
                rackbeat.shipments.filter { $0.shippedAt == nil }.map { "shipment \($0.id) of order \($0.order)" }
                + rackbeat.receipts.filter { $0.receivedAt == nil }.map {
                    "receipt \($0.number) of purchase order \($0.purchaseOrder)"
                }
                + rackbeat.adjustments.filter { $0.change == nil }.map { "adjustment \($0.id) of \($0.item)" }
            guard drafts.count != value.int else { return [] }
            return [
                Mismatch(
                    place: value.place, expected: "\(value.int)",
                    found: drafts.isEmpty ? "0" : "\(drafts.count): \(drafts.joined(separator: ", "))")
            ]
        },
        ExpectationKind(
            "rackbeat.order", "The state of an order in Rackbeat.",
            .oneOrMore(
                Record(
                    "an order's state",
                    [
                        .required("number", .name(.order), "The order's number."),
                        .optional("state", .choice(DocumentState.orderStates), "Its state."),
                        .optional(
                            "shipped", DocumentShapes.quantities, "The shipped quantities of these lines, by line id."),
                    ])),
            steps: partlyPicked, example: "rackbeat.order: { number: 1042, state: partly-shipped, shipped: { 1: 3 } }"
        ) { value, endState in
            value.oneOrMore.flatMap { expected -> [Mismatch] in
                let order = endState.evidence.rackbeat.orders.first { $0.number == expected.required("number").text }
                return compare(expected, state: order.map { DocumentState.of($0) }, lines: order?.lines ?? [], done: "shipped")
            }
        },
        ExpectationKind(
            "rackbeat.purchase-order", "The state of a purchase order in Rackbeat.",
            .oneOrMore(
                Record(
                    "a purchase order's state",
                    [
                        .required("number", .name(.purchaseOrder), "The purchase order's number."),
                        .optional("state", .choice(DocumentState.purchaseStates), "Its state."),
                        .optional(
                            "received", DocumentShapes.quantities, "The received quantities of these lines, by line id."),
                    ])),
            steps: partlyReceived, example: "rackbeat.purchase-order: { number: 3001, state: partly-received }"
        ) { value, endState in
            value.oneOrMore.flatMap { expected -> [Mismatch] in
                let order = endState.evidence.rackbeat.purchaseOrders.first { $0.number == expected.required("number").text }
                return compare(expected, state: order.map { DocumentState.of($0) }, lines: order?.lines ?? [], done: "received")
            }
        },
    ]

    // MARK: Shipments and receipts

    /// A shipment or a receipt, with the quantities summed by the line of the order.
    private struct Moved {
        let document: String
        let lines: [(id: String, quantity: ExactDecimal)]

        init(document: String, lines: [RackbeatSnapshot.MovedLine]) {
            self.document = document
            var sums: [(id: String, quantity: ExactDecimal)] = []
            for line in lines {
                let id = line.orderLine ?? line.item
                if let index = sums.firstIndex(where: { $0.id == id }) {
                    sums[index].quantity += line.quantity
                } else {
                    sums.append((id, line.quantity))
                }
            }
            self.lines = sums
        }

        init(_ value: Value, key: String) {
            document = value.required(key).text
            lines = value.required("lines").quantitiesByLine
        }

        /// `1042 { 1: 3, 2: 1 }`
        var text: String {
            let sorted = lines.sorted { ($0.id.utf8.count, $0.id) < ($1.id.utf8.count, $1.id) }
            return "\(document) { \(sorted.map { "\($0.id): \($0.quantity)" }.joined(separator: ", ")) }"
        }
    }

    private static func compare(_ value: Value, key: String, with found: [Moved], inOrder: Bool) -> [Mismatch] {
        let expected = value.list.map { Moved($0, key: key) }
        let documents = Set(expected.map(\.document))
        let concerned = expected.isEmpty ? found : found.filter { documents.contains($0.document) }
        let texts = [expected, concerned].map { inOrder ? $0.map(\.text) : $0.map(\.text).sorted() }
        guard texts[0] != texts[1] else { return [] }
        return [Mismatch(place: value.place, expected: list(expected.map(\.text)), found: list(concerned.map(\.text)))]
    }

    static func list(_ texts: [String]) -> String { texts.isEmpty ? "none" : texts.joined(separator: ", ") }

    private static func isMeant(_ expected: Value, _ found: RackbeatSnapshot.Adjustment) -> Bool {
        found.item == expected.required("item").text && found.change == expected.required("change").decimal
            && expected["location"].map { $0.text == found.location } ?? true
    }

    /// The same in any order.
    private static func areMeant(_ expected: [Value], _ booked: [RackbeatSnapshot.Adjustment]) -> Bool {
        var left = booked
        return expected.allSatisfy { expected in
            guard let index = left.firstIndex(where: { isMeant(expected, $0) }) else { return false }
            left.remove(at: index)
            return true
        }
    }

    @Sendable
    private static func checkAdjustments(_ value: Value, _ endState: EndState) -> [Mismatch] {
        let booked = endState.evidence.rackbeat.adjustments.filter { !$0.isByHand && $0.change != nil }.sorted { $0.id < $1.id }
        let asExpected =
            booked.count == value.list.count
            && (endState.checksTheWay
                ? zip(value.list, booked).allSatisfy(isMeant) : areMeant(value.list, booked))
        guard !asExpected else { return [] }
        return [
            Mismatch(
                place: value.place,
                expected: list(
                    value.list.map {
                        "\($0.required("item").text) by \($0.required("change").decimal)"
                            + ($0["location"].map { " at \($0.text)" } ?? "")
                    }),
                found: list(booked.map { "\($0.item) by \($0.change!) at \($0.location)" }))
        ]
    }

    // MARK: States

    private static func compare(
        _ expected: Value, state: String?, lines: [RackbeatSnapshot.Line], done key: String
    ) -> [Mismatch] {
        var mismatches: [Mismatch] = []
        if let wanted = expected["state"], wanted.text != state {
            mismatches.append(Mismatch(place: wanted.place, expected: wanted.text, found: state ?? "no such document"))
        }
        for (id, quantity) in expected[key]?.quantitiesByLine ?? [] {
            let found = lines.first { $0.id == id }?.moved
            guard found != quantity else { continue }
            mismatches.append(
                Mismatch(
                    place: expected[key]!.place, expected: "line \(id): \(quantity) \(key)",
                    found: found.map { "line \(id): \($0) \(key)" } ?? "no line \(id)"))
        }
        return mismatches
    }
}

/// The states of a document, as scenarios name them.
enum DocumentState {
    static let orderStates = ["draft", "booked", "partly-shipped", "shipped", "cancelled", "deleted"]
    static let purchaseStates = ["draft", "booked", "partly-received", "received", "cancelled", "deleted"]

    static func of(_ order: RackbeatSnapshot.Order) -> String { word(order.state, order.lines, "shipped") }
    static func of(_ order: RackbeatSnapshot.PurchaseOrder) -> String { word(order.state, order.lines, "received") }

    private static func word(_ state: RackbeatSnapshot.State, _ lines: [RackbeatSnapshot.Line], _ done: String) -> String {
        switch state {
        case .draft: "draft"
        case .booked(isComplete: true): done
        case .booked(isComplete: false): lines.contains { !$0.moved.isZero } ? "partly-\(done)" : "booked"
        case .cancelled: "cancelled"
        case .deleted: "deleted"
        }
    }
}

extension Value {
    /// Quantities by line id, such as `{ 1: 3 }`.
    var quantitiesByLine: [(id: String, quantity: ExactDecimal)] {
        table.map { entry in
            if case .whole(let id) = entry.key.content { return (String(id), entry.value.decimal) }
            return (entry.key.text, entry.value.decimal)
        }
    }
}
