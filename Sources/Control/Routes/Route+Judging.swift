import Exchange
import HTTPTypes
import Invariants
import JSON
import ScenarioKit
import Units

extension Route {
    private static func query(_ name: String, _ doc: String, _ schema: JSON) -> Parameter {
        Parameter(name: name, isInPath: false, doc: doc, schema: schema)
    }

    static let judging: [Route] = [
        Route(
            method: .get, path: "/exchanges", identifier: "listExchanges",
            summary: "The exchanges, oldest first, without secrets. Only the latest are kept.",
            isOfWorld: true,
            parameters: [
                query(
                    "since", "Only exchanges with a greater number; what 'next' said.",
                    ["type": "integer", "minimum": 0, "maximum": 1_000_000_000]),
                query("limit", "How many at most. Default: 100.", ["type": "integer", "minimum": 0, "maximum": 1000]),
            ],
            responses: [ok("A page of them.", "ExchangeList")]
        ) { control, context in
            let since = try context.count("since", upTo: 1_000_000_000) ?? 0
            let limit = try context.count("limit", upTo: 1000) ?? 100
            return try control.enter(context) { served in
                let world = served.world
                let report = ExchangeReport(of: world, context.world.credentials)
                let page = world.exchanges.drop { $0.number <= since }.prefix(limit)
                return Response(
                    status: 200,
                    json: [
                        "exchanges": .array(page.map(report.json)), "next": JSON(page.last?.number ?? since),
                        "latest": JSON(world.exchangeCount), "forgotten": JSON(world.forgottenExchanges),
                    ])
            }
        },
        Route(
            method: .get, path: "/violations", identifier: "listViolations",
            summary: "What the contracts of the two systems do not allow in requests and responses.", isOfWorld: true,
            responses: [ok("Oldest first.", "ViolationList")]
        ) { control, context in
            try control.enter(context) { served in
                let report = ExchangeReport(of: served.world, context.world.credentials)
                let violations = served.world.violations.map { breach -> JSON in
                    [
                        "exchange": JSON(breach.exchange), "operation": .string(breach.operation),
                        "sentence": .string(report.masked(breach.sentence)),
                    ]
                }
                return Response(status: 200, json: ["violations": .array(violations)])
            }
        },
        Route(
            method: .get, path: "/check", identifier: "check",
            summary: "The verdict of each invariant now: holds, broken with findings, undecided, or not judged here.",
            isOfWorld: true,
            parameters: [
                query(
                    "settled",
                    "true: the integration has had its turn, and must have handled everything that happened. Default: false.",
                    ["type": "boolean"]),
                query(
                    "roundBegan",
                    "When the last complete round of the integration began: it must have handled everything that happened before.",
                    Schemas.moment),
            ],
            responses: [ok("The verdict.", "Check")]
        ) { control, context in
            let isSettled = try context.flag("settled")
            let began = try context.query["roundBegan"].map { text throws(ControlProblem) -> Moment in
                guard let moment = Moment(iso: text) else {
                    throw ControlProblem(400, "The query parameter 'roundBegan' must be a moment such as 2026-03-02T08:00:00Z.")
                }
                return moment
            }
            return try control.enter(context) { served in
                let round = began ?? (isSettled ? served.world.now : nil)
                let report = try CheckReport(served.world, round.map { .began($0) } ?? .unknown)
                return Response(status: 200, json: report.json)
            }
        },
    ]
}
