package import Exchange
import Invariants
import Simulation
import StrictYAML
import SyncCore
import Units

extension ExpectationKind {
    static let betweenBoth: [ExpectationKind] = [
        ExpectationKind(
            "stock", "The stock of these items, by system and, where there is more than one, by location or connection.",
            .table(
                key: .name(.product),
                value: .record(
                    Record(
                        "an item's stock",
                        [
                            .optional(
                                "rackbeat", .either([.decimal, .table(key: .name(.location), value: .decimal)]),
                                "At the first connection's location, or by location."),
                            .optional(
                                "ongoing", .either([.decimal, .table(key: .name(.connection), value: .decimal)]),
                                "Of the first connection's goods owner, or by connection."),
                        ]))),
            steps: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - engine.sync
                - ongoing.pick: { order: 1042, lines: { 1: 3 } }
                - ongoing.send: { order: 1042 }
                - engine.sync

                """,
            example: "stock: { CHAIR-01: { rackbeat: 7, ongoing: 7 } }", check: checkStock),
        ExpectationKind(
            "drift",
            "The stock difference of these items, Ongoing minus Rackbeat, beyond what pending work explains.",
            .table(key: .name(.product), value: .decimal),
            steps: """
                - rackbeat.adjust: { item: CHAIR-01, change: -2 }
                - engine.sync

                """,
            example: "drift: { CHAIR-01: 2 }"
        ) { _, _ in
            // The invariant stock-agrees checks it.
            []
        },
    ]

    static let ofTheRun: [ExpectationKind] = [
        ExpectationKind(
            "parked", "Exactly these records are parked. Without this key, no record may be parked.",
            .list(
                .record(
                    Record(
                        "a parked record",
                        [
                            .required(
                                "subject", .text,
                                "The number of the order, purchase order or item, alone or as `order 1042`; of a shipment or receipt the "
                                    + "order's number in the warehouse."),
                            .optional(
                                "job", .choice(Job.allCases.map(\.rawValue)),
                                "The job. Default: any."),
                            .optional("connection", .name(.connection), "The connection. Default: any."),
                            .optional("reason", .text, "Words in its reason."),
                            .optional(
                                "needs-person", .flag,
                                "Whether somebody has to act, or waiting for the engine's retry is enough. Default: any."),
                        ]))),
            steps: """
                - engine.switch: { stock-sync: on }
                - engine.sync
                - ongoing.create-article: { number: ODD-99 }
                - ongoing.adjust: { item: ODD-99, change: 1 }
                - engine.sync

                """,
            example: "parked: [ { job: stock, subject: ODD-99 } ]", check: checkParked),
        ExpectationKind(
            "findings", "Exactly these values could not be mapped, and the engine reports them.",
            .list(
                .record(
                    Record(
                        "a finding",
                        [
                            .required("subject", .text, "The number of the record."),
                            .optional(
                                "job", .choice(["products", "orders", "purchase-orders", "reconcile"]), "The job. Default: any."),
                            .optional("field", .text, "The name of the field, or a part of it."),
                            .optional("problem", .text, "Words in its problem."),
                        ]))),
            steps: """
                - rackbeat.book-order: { number: 1042, delivery: { street: Gade 1, country: Atlantis }, lines: [ { id: 1, item: CHAIR-01 } ] }
                - engine.sync

                """,
            example: "findings: [ { subject: 1042, field: countryCode } ]", check: checkFindings),
        ExpectationKind(
            "unknown-outcomes", "The number of writes with an unknown outcome.", .whole(from: 0), steps: "- engine.sync\n",
            example: "unknown-outcomes: 0"
        ) { value, endState in
            let found = endState.evidence.unknownOutcomes
            guard found.count != value.int else { return [] }
            return [
                Mismatch(
                    place: value.place, expected: "\(value.int)",
                    found: "\(found.count)"
                        + (found.isEmpty ? "" : ": " + found.map { "\($0.kind) of \($0.record)" }.joined(separator: ", ")))
            ]
        },
        ExpectationKind(
            "exchanges", "The number of requests that match each pattern.",
            .table(
                key: .exchange,
                value: .either([.whole(from: 0), .record(CountRange.record)])), of: .way,
            steps: "- engine.sync\n- engine.sync\n", example: "exchanges: { ongoing PUT /articles: { at-least: 1, at-most: 2 } }"
        ) { value, endState in
            value.table.compactMap { key, wanted in
                let count = endState.exchanges(like: key.exchange).count
                guard let range = CountRange(wanted), !range.contains(count) else { return nil }
                return Mismatch(
                    place: wanted.place, expected: "\(range.text) of \(key.exchange)", found: "\(count)")
            }
        },
        ExpectationKind(
            "pauses", "The time between one matching request and the next.",
            .list(
                .record(
                    Record(
                        "a pause",
                        [
                            .required("exchange", .exchange, "The pattern of the requests."),
                            .optional("after", .whole(from: 1), "After the nth of them. Default: 1."),
                            .optional("at-least", .duration, "Minimum, from the end of one to the start of the next."),
                            .optional("at-most", .duration, "Maximum, from the end of one to the start of the next."),
                        ]))), of: .way,
            steps: """
                - fault.begin: { match: ongoing PUT /orders, fault: too-many-requests, retry-after: 12s }
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - engine.sync

                """,
            example: "pauses: [ { exchange: ongoing PUT /orders, at-least: 12s, at-most: 13s } ]", check: checkPauses),
    ]

    // MARK: Checks

    @Sendable
    private static func checkStock(_ value: Value, _ endState: EndState) -> [Mismatch] {
        let evidence = endState.evidence
        func stock(_ positions: [StockPosition], _ item: String, _ place: String) -> ExactDecimal {
            positions.first { $0.item == item && $0.place == place }?.stock ?? .zero
        }
        return value.table.flatMap { item, sides -> [Mismatch] in
            var checks: [(wanted: Value, where: String, found: ExactDecimal)] = []
            if let rackbeat = sides["rackbeat"] {
                let places =
                    rackbeat.isTable
                    ? rackbeat.table.map { ($0.key.text, $0.value) } : [(evidence.connections[0].location, rackbeat)]
                checks += places.map { ($0.1, "Rackbeat location \($0.0)", stock(evidence.rackbeat.stock, item.text, $0.0)) }
            }
            if let ongoing = sides["ongoing"] {
                let owners =
                    ongoing.isTable
                    ? ongoing.table.map { (endState.goodsOwner(of: $0.key), $0.value) }
                    : [(evidence.connections[0].goodsOwner, ongoing)]
                checks += owners.map {
                    ($0.1, "Ongoing goods owner \($0.0)", stock(evidence.ongoing.stock, item.text, String($0.0)))
                }
            }
            return checks.filter { $0.wanted.decimal != $0.found }.map {
                Mismatch(
                    place: $0.wanted.place, expected: "\($0.wanted.decimal) of \(item.text) in \($0.where)", found: "\($0.found)")
            }
        }
    }

    @Sendable
    private static func checkParked(_ value: Value, _ endState: EndState) -> [Mismatch] {
        var left = endState.evidence.parked
        var missing: [Value] = []
        for expected in value.list {
            let index = left.firstIndex { found in
                withoutEdges(found.number) == withoutEdges(expected.required("subject").recordNumber)
                    && expected["job"].map { $0.text == found.job.rawValue } ?? true
                    && expected["connection"].map { $0.text == found.connection } ?? true
                    && (expected["reason"].map { found.reason.contains($0.text) } ?? true || !endState.checksTheWay)
                    && expected["needs-person"].map { $0.flag == found.needsPerson } ?? true
            }
            if let index { left.remove(at: index) } else { missing.append(expected) }
        }
        guard !missing.isEmpty || !left.isEmpty else { return [] }
        return [
            Mismatch(
                place: value.place,
                expected: list(
                    value.list.map { record in
                        (record["job"].map { "\($0.text): " } ?? "") + record.required("subject").text
                            + (record["reason"].map { " («\($0.text)»)" } ?? "")
                    }),
                found: list(endState.evidence.parked.map { "\($0.job.rawValue): \($0.number) («\($0.reason)»)" }))
        ]
    }

    @Sendable
    private static func checkFindings(_ value: Value, _ endState: EndState) -> [Mismatch] {
        var left = endState.findings
        var missing: [Value] = []
        for expected in value.list {
            let index = left.firstIndex { found in
                withoutEdges(found.number) == withoutEdges(expected.required("subject").text)
                    && expected["job"].map { $0.text == found.job } ?? true
                    && expected["field"].map { found.field.contains($0.text) } ?? true
                    && expected["problem"].map { found.problem.contains($0.text) } ?? true
            }
            if let index { left.remove(at: index) } else { missing.append(expected) }
        }
        guard !missing.isEmpty || !left.isEmpty else { return [] }
        return [
            Mismatch(
                place: value.place,
                expected: list(value.list.map { $0.required("subject").text + ($0["field"].map { " \($0.text)" } ?? "") }),
                found: list(endState.findings.map { "\($0.number) \($0.field) («\($0.problem)»)" }))
        ]
    }

    @Sendable
    private static func checkPauses(_ value: Value, _ endState: EndState) -> [Mismatch] {
        value.list.compactMap { wanted in
            let pattern = wanted.required("exchange").exchange
            let sent = endState.exchanges(like: pattern)
            let nth = wanted["after"]?.int ?? 1
            guard sent.count > nth else {
                return Mismatch(place: wanted.place, expected: "\(nth + 1) requests \(pattern)", found: "\(sent.count)")
            }
            let pause = sent[nth].startedAt - sent[nth - 1].endedAt
            if let least = wanted["at-least"]?.duration, pause < least {
                return Mismatch(place: wanted.place, expected: "a pause of at least \(least.forPeople)", found: pause.forPeople)
            }
            if let most = wanted["at-most"]?.duration, pause > most {
                return Mismatch(place: wanted.place, expected: "a pause of at most \(most.forPeople)", found: pause.forPeople)
            }
            return nil
        }
    }
}

extension EndState {
    func exchanges(like pattern: ExchangePattern) -> [Exchanged] {
        evidence.exchanges.filter {
            pattern.matches($0.system, $0.request.method, path: $0.request.path(behind: basePaths[$0.system]))
        }
    }
}

/// The base path of each system.
package struct BasePaths: Sendable {
    package let rackbeat = "/api"
    package let ongoing = "/demo/api/v1"

    package init() {}

    package subscript(system: System) -> String {
        switch system {
        case .rackbeat: rackbeat
        case .ongoing: ongoing
        }
    }
}
