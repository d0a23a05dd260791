import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import Simulation
import StrictYAML
import Units

extension Route {
    static let holdings: [Route] = [
        Route(
            method: .get, path: "/world", identifier: "readWorld",
            summary: "What each side holds, with the ledgers of its stock, and what the clock shows.", isOfWorld: true,
            answers: [ok("Everything.", "Holdings")]
        ) { control, context in
            try control.enter(context) { live in Response(status: 200, json: WorldReport(live: live).json) }
        }
    ]

    // MARK: Steps

    static let steps: [Route] = [
        Route(
            method: .post, path: "/steps", identifier: "takeSteps",
            summary: "Takes one step or a list of steps, in the words of scenario files.", isOfWorld: true,
            body: Body(
                doc: "What people do in shop and warehouse, and in virtual time also what an engine inside the world does.",
                schema: Schemas.steps, isRequired: true,
                example: ["ongoing.pick": ["order": "1042", "lines": ["1": 3]]]),
            answers: [ok("All were taken.", "Taken")]
        ) { control, context in
            try control.enter(context) { live in
                let text = try context.words("steps")
                let steps: [Step]
                do throws(InvalidFile) { steps = try ScenarioReader.steps(text, called: "steps", in: live.world) } catch {
                    throw ControlProblem(error, "Nothing was done: these are no steps that can be taken here.")
                }
                for step in steps { try StepLimits.check(step, in: live) }
                for (index, step) in steps.enumerated() {
                    do { try live.play(step) } catch let problem as Problem {
                        throw ControlProblem(
                            409, "Step \(index + 1) of \(steps.count) cannot be taken as things stand; those before it were.",
                            spots: [.init(line: problem.place.line, column: problem.place.column, text: problem.text)],
                            taken: index)
                    }
                }
                return Response(status: 200, json: ["taken": JSON(steps.count), "now": JSON(live.world.now)])
            }
        }
    ]

    // MARK: Faults

    static let faultRoutes: [Route] = [
        Route(
            method: .get, path: "/faults", identifier: "listFaults", summary: "The faults that stand.", isOfWorld: true,
            answers: [ok("In the order in which they rule.", "FaultList")]
        ) { control, context in
            try control.enter(context) { live in Response(status: 200, json: Self.faults(of: live)) }
        },
        Route(
            method: .post, path: "/faults", identifier: "addFaults",
            summary: "Adds one fault or a list of faults, in the words of scenario files. They strike on the wire.",
            isOfWorld: true,
            body: Body(
                doc: "Which exchanges are struck, and by what.", schema: Schemas.faultsToAdd,
                isRequired: true, example: ["match": "ongoing PUT /orders", "fault": "response-lost", "times": 1]),
            answers: [ok("Those that stand now.", "FaultList")]
        ) { control, context in
            try control.enter(context) { live in
                let text = try context.words("faults")
                let faults: [Value]
                do throws(InvalidFile) { faults = try ScenarioReader.faults(text, called: "faults", in: live.world) } catch {
                    throw ControlProblem(error, "Nothing was added: these are no faults.")
                }
                guard live.world.faults.count + faults.count <= 1000 else {
                    throw ControlProblem(409, "More than 1000 faults would stand; remove some with DELETE /faults first.")
                }
                for fault in faults { try live.begin(fault: fault) }
                return Response(status: 200, json: Self.faults(of: live))
            }
        },
        Route(
            method: .delete, path: "/faults", identifier: "endFaults", summary: "Ends all faults.", isOfWorld: true,
            answers: [Answer(status: 204, doc: "None stands.", schema: nil)]
        ) { control, context in
            try control.enter(context) { live in
                live.endFaults()
                return Response(status: 204)
            }
        },
    ]

    private static func faults(of live: LiveWorld) -> JSON {
        let faults = live.world.faults.map { fault, strikes -> JSON in
            [
                "match": .string("\(fault.match)"), "fault": .string(fault.kind.rawValue), "nth": JSON(fault.nth),
                "times": fault.times.map { JSON($0) } ?? .null, "connection": JSON(fault.connection),
                "from": fault.from.map { JSON($0) } ?? .null, "until": fault.until.map { JSON($0) } ?? .null,
                "struck": JSON(strikes),
            ]
        }
        return ["faults": .array(faults)]
    }

    // MARK: Time, and beginning again

    private static let name = Parameter(
        name: "name", isInPath: true, doc: "The snapshot's name: letters, digits, points, dashes and underscores, at most 64.",
        schema: ["type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"])

    static let time: [Route] = [
        Route(
            method: .post, path: "/clock/advance", identifier: "advanceClock",
            summary: "Moves the clock of a world whose time is virtual; what falls due meanwhile happens.", isOfWorld: true,
            body: Body(
                doc: "by: a length of time such as 90s, 10m or 2d. to: a moment. Exactly one of them.",
                schema: [
                    "type": "object", "properties": ["by": Schemas.text, "to": Schemas.moment], "additionalProperties": false,
                    "minProperties": 1, "maxProperties": 1,
                ], isRequired: true, example: ["by": "10m"]),
            answers: [ok("What the clock shows.", "Clock")]
        ) { control, context in
            try control.enter(context) { live in
                let end = try StepLimits.end(of: context.object("an advance", knowing: ["by", "to"]), in: live)
                live.advance(to: end)
                return Response(status: 200, json: WorldReport(live: live).clock)
            }
        },
        Route(
            method: .post, path: "/reset", identifier: "reset",
            summary: "Begins the world anew: both sides, clock, faults, journal. Addresses, credentials and snapshots stay.",
            isOfWorld: true, answers: [ok("It has begun.", "Clock")]
        ) { control, context in
            try control.enter(context) { live in
                try live.reset(now: control.outside.now())
                return Response(status: 200, json: WorldReport(live: live).clock)
            }
        },
        Route(
            method: .put, path: "/snapshots/{name}", identifier: "takeSnapshot",
            summary: "Keeps the state of both sides, clock, faults and journal under a name.", isOfWorld: true,
            parameters: [name], answers: [ok("It is kept.", "Snapshot")]
        ) { control, context in
            let name = context.parameter("name")
            let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
            guard (1...64).contains(name.utf8.count), name.allSatisfy({ letters.contains($0) }) else {
                throw ControlProblem(
                    422, "A snapshot's name is made of letters, digits, points, dashes and underscores, at most 64.")
            }
            return try control.enter(context) { live in
                guard live.snapshots[name] != nil || live.snapshots.count < 100 else {
                    throw ControlProblem(409, "100 snapshots are kept already, and no more are.")
                }
                guard live.takeSnapshot(name), let snapshot = live.snapshots[name] else {
                    throw ControlProblem(
                        409, "Too much has been done to this world for its history to be kept; POST /reset begins it anew.")
                }
                return Response(
                    status: 200,
                    json: [
                        "name": .string(name), "time": JSON(snapshot.time), "acts": JSON(snapshot.history.entries.count),
                    ])
            }
        },
        Route(
            method: .post, path: "/snapshots/{name}/restore", identifier: "restoreSnapshot",
            summary: "Brings a kept state back; the clock goes back with it.", isOfWorld: true, parameters: [name],
            answers: [ok("The state is back.", "Clock")]
        ) { control, context in
            try control.enter(context) { live in
                let name = context.parameter("name")
                guard try live.restore(name, wall: control.outside.now()) else {
                    let kept = live.snapshots.keys.sorted()
                    throw ControlProblem(
                        404,
                        "There is no snapshot '\(name.prefix(60))'"
                            + (kept.isEmpty ? "; none has been taken." : RequestContext.hint(for: name, among: kept)))
                }
                return Response(status: 200, json: WorldReport(live: live).clock)
            }
        },
    ]
}

extension Control {
    /// Enters the world that a request is about, once everything has happened that is due.
    func enter(_ context: RequestContext, _ body: (LiveWorld) throws -> Response) throws -> Response {
        let now = outside.now()
        return try context.world.enter { live throws(any Error) in
            live.catchUp(with: now)
            return try body(live)
        }
    }
}
