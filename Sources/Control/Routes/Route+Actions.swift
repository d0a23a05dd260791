import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import Simulation
import StrictYAML
import Units

extension Route {
    static let contents: [Route] = [
        Route(
            method: .get, path: "/world", identifier: "readWorld",
            summary: "What each side holds, with its stock ledger, and the clock.", isOfWorld: true,
            responses: [ok("Everything.", "WorldContents")]
        ) { control, context in
            try control.enter(context) { served in Response(status: 200, json: WorldReport(served: served).json) }
        }
    ]

    // MARK: Steps

    static let steps: [Route] = [
        Route(
            method: .post, path: "/steps", identifier: "takeSteps",
            summary: "Takes one step or a list of steps, in the words of scenario files.", isOfWorld: true,
            body: Body(
                doc:
                    "What people do in Rackbeat and in the warehouse, and in virtual time also what an engine inside the world does.",
                schema: Schemas.steps, isRequired: true,
                example: ["ongoing.pick": ["order": "1042", "lines": ["1": 3]]]),
            responses: [ok("All were taken.", "Taken")]
        ) { control, context in
            try control.enter(context) { served in
                let text = try context.words("steps")
                let steps: [Step]
                do throws(InvalidFile) { steps = try ScenarioReader.steps(text, called: "steps", in: served.world) } catch {
                    throw ControlProblem(error, "Nothing was done: these steps cannot be taken here.")
                }
                for step in steps { try StepLimits.check(step, in: served) }
                for (index, step) in steps.enumerated() {
                    do { try served.take(step) } catch let problem as Problem {
                        throw ControlProblem(
                            409, "Step \(index + 1) of \(steps.count) cannot be taken now. The steps before it were taken.",
                            spots: [.init(line: problem.place.line, column: problem.place.column, text: problem.text)],
                            taken: index)
                    }
                }
                return Response(status: 200, json: ["taken": JSON(steps.count), "now": JSON(served.world.now)])
            }
        }
    ]

    // MARK: Faults

    static let faultRoutes: [Route] = [
        Route(
            method: .get, path: "/faults", identifier: "listFaults", summary: "The active faults.", isOfWorld: true,
            responses: [ok("In the order in which they apply.", "FaultList")]
        ) { control, context in
            try control.enter(context) { served in Response(status: 200, json: Self.faults(of: served)) }
        },
        Route(
            method: .post, path: "/faults", identifier: "addFaults",
            summary: "Adds one fault or a list of faults, in the words of scenario files. They act on the wire.",
            isOfWorld: true,
            body: Body(
                doc: "Which exchanges fail, and how.", schema: Schemas.faultsToAdd,
                isRequired: true, example: ["match": "ongoing PUT /orders", "fault": "response-lost", "times": 1]),
            responses: [ok("All active faults.", "FaultList")]
        ) { control, context in
            try control.enter(context) { served in
                let text = try context.words("faults")
                let faults: [Value]
                do throws(InvalidFile) { faults = try ScenarioReader.faults(text, called: "faults", in: served.world) } catch {
                    throw ControlProblem(error, "Nothing was added: these faults cannot be read.")
                }
                guard served.world.faults.count + faults.count <= 1000 else {
                    throw ControlProblem(409, "There would be more than 1000 faults; remove them with DELETE /faults first.")
                }
                for fault in faults { try served.begin(fault: fault) }
                return Response(status: 200, json: Self.faults(of: served))
            }
        },
        Route(
            method: .delete, path: "/faults", identifier: "endFaults", summary: "Ends all faults.", isOfWorld: true,
            responses: [ResponseDoc(status: 204, doc: "No fault is active.", schema: nil)]
        ) { control, context in
            try control.enter(context) { served in
                served.endFaults()
                return Response(status: 204)
            }
        },
    ]

    static func faults(of served: ServedWorld) -> JSON {
        let faults = served.world.faults.map { fault, injections -> JSON in
            [
                "match": .string("\(fault.match)"), "fault": .string(fault.kind.rawValue), "nth": JSON(fault.nth),
                "times": fault.times.map { JSON($0) } ?? .null, "connection": JSON(fault.connection),
                "from": fault.from.map { JSON($0) } ?? .null, "until": fault.until.map { JSON($0) } ?? .null,
                "injected": JSON(injections),
            ]
        }
        return ["faults": .array(faults)]
    }

    // MARK: Time and restarts

    private static let name = Parameter(
        name: "name", isInPath: true, doc: "The snapshot's name: letters, digits, points, dashes and underscores, at most 64.",
        schema: ["type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"])

    static let time: [Route] = [
        Route(
            method: .post, path: "/clock/advance", identifier: "advanceClock",
            summary: "Moves the clock of a world with virtual time; everything that becomes due happens.", isOfWorld: true,
            body: Body(
                doc: "by: a length of time such as 90s, 10m or 2d. to: a moment. Exactly one of them.",
                schema: [
                    "type": "object", "properties": ["by": Schemas.text, "to": Schemas.moment], "additionalProperties": false,
                    "minProperties": 1, "maxProperties": 1,
                ], isRequired: true, example: ["by": "10m"]),
            responses: [ok("The clock.", "Clock")]
        ) { control, context in
            try control.enter(context) { served in
                let end = try StepLimits.end(of: context.object("an advance", knowing: ["by", "to"]), in: served)
                served.advance(to: end)
                return Response(status: 200, json: WorldReport(served: served).clock)
            }
        },
        Route(
            method: .post, path: "/reset", identifier: "reset",
            summary: "Restarts the world: both sides, clock, faults, journal. Addresses, credentials and snapshots stay.",
            isOfWorld: true, responses: [ok("The clock after the restart.", "Clock")]
        ) { control, context in
            try control.enter(context) { served in
                try served.reset(now: control.environment.now())
                return Response(status: 200, json: WorldReport(served: served).clock)
            }
        },
        Route(
            method: .put, path: "/snapshots/{name}", identifier: "takeSnapshot",
            summary: "Keeps the state of both sides, clock, faults and journal under a name.", isOfWorld: true,
            parameters: [name], responses: [ok("It is kept.", "Snapshot")]
        ) { control, context in
            let name = context.parameter("name")
            let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
            guard (1...64).contains(name.utf8.count), name.allSatisfy({ letters.contains($0) }) else {
                throw ControlProblem(
                    422, "A snapshot's name is made of letters, digits, points, dashes and underscores, at most 64.")
            }
            return try control.enter(context) { served in
                guard served.snapshots[name] != nil || served.snapshots.count < 100 else {
                    throw ControlProblem(409, "There are 100 snapshots already, which is the limit.")
                }
                guard served.takeSnapshot(name), let snapshot = served.snapshots[name] else {
                    throw ControlProblem(
                        409, "The log of this world's commands is too long for a snapshot. POST /reset restarts the world.")
                }
                return Response(
                    status: 200,
                    json: [
                        "name": .string(name), "time": JSON(snapshot.time), "commands": JSON(snapshot.log.entries.count),
                    ])
            }
        },
        Route(
            method: .post, path: "/snapshots/{name}/restore", identifier: "restoreSnapshot",
            summary: "Brings a kept state back; the clock goes back with it.", isOfWorld: true, parameters: [name],
            responses: [ok("The state is back.", "Clock")]
        ) { control, context in
            try control.enter(context) { served in
                let name = context.parameter("name")
                guard try served.restore(name, wall: control.environment.now()) else {
                    let kept = served.snapshots.keys.sorted()
                    throw ControlProblem(
                        404,
                        "There is no snapshot '\(name.prefix(60))'"
                            + (kept.isEmpty ? "; none has been taken." : RequestContext.hint(for: name, among: kept)))
                }
                return Response(status: 200, json: WorldReport(served: served).clock)
            }
        },
    ]
}

extension Control {
    /// Enters the world that a request is about, after everything that is due has happened.
    func enter(_ context: RequestContext, _ body: (ServedWorld) throws -> Response) throws -> Response {
        let now = environment.now()
        return try context.world.enter { served throws(any Error) in
            served.catchUp(with: now)
            return try body(served)
        }
    }
}
