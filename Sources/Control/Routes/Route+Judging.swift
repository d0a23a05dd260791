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
            summary: "What was said on the wire, oldest first, without secrets. The oldest are forgotten in time.",
            isOfWorld: true,
            parameters: [
                query(
                    "since", "Only exchanges with a greater number; what 'next' said.",
                    ["type": "integer", "minimum": 0, "maximum": 1_000_000_000]),
                query("limit", "How many at most. Default: 100.", ["type": "integer", "minimum": 0, "maximum": 1000]),
            ],
            answers: [ok("A page of them.", "ExchangeList")]
        ) { control, context in
            let since = try context.count("since", upTo: 1_000_000_000) ?? 0
            let limit = try context.count("limit", upTo: 1000) ?? 100
            return try control.enter(context) { live in
                let world = live.world
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
            summary: "What in requests and answers the contracts of the two systems do not allow.", isOfWorld: true,
            answers: [ok("Oldest first.", "ViolationList")]
        ) { control, context in
            try control.enter(context) { live in
                let report = ExchangeReport(of: live.world, context.world.credentials)
                let violations = live.world.violations.map { breach -> JSON in
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
            summary: "What each standing rule says now: holds, broken with findings, undecided, or not judged here.",
            isOfWorld: true,
            parameters: [
                query(
                    "settled",
                    "true: the integration has had its turn, and whatever happened must have been dealt with. Default: false.",
                    ["type": "boolean"]),
                query(
                    "roundBegan",
                    "When the last complete round of the integration began: what happened up to then must have been dealt with.",
                    Schemas.moment),
            ],
            answers: [ok("The verdict.", "Check")]
        ) { control, context in
            let isSettled = try context.flag("settled")
            let began = try context.query["roundBegan"].map { text throws(ControlProblem) -> Moment in
                guard let moment = Moment(iso: text) else {
                    throw ControlProblem(400, "The query parameter 'roundBegan' must be a moment such as 2026-03-02T08:00:00Z.")
                }
                return moment
            }
            return try control.enter(context) { live in
                let round = began ?? (isSettled ? live.world.now : nil)
                let report = try CheckReport(live.world, round.map { .began($0) } ?? .unknown)
                return Response(status: 200, json: report.json)
            }
        },
    ]
}
