import Exchange
import HTTPTypes
import JSON
import ScenarioKit

extension Route {
    static func ok(_ doc: String, _ schema: String, status: Int = 200) -> ResponseDoc {
        ResponseDoc(status: status, doc: doc, schema: Schemas.reference(schema))
    }

    /// About the process as a whole.
    static let process: [Route] = [
        Route(
            method: .get, path: "/health", identifier: "health", summary: "Whether the worlds are served, and how many.",
            isOfWorld: false, responses: [ok("The worlds are served.", "Health")], isOpen: true
        ) { control, _ in
            Response(status: 200, json: ["status": "ok", "worlds": JSON(control.worlds.count)])
        },
        Route(
            method: .get, path: "/openapi.json", identifier: "describe", summary: "This document.", isOfWorld: false,
            responses: [ResponseDoc(status: 200, doc: "An OpenAPI 3.1 document.", schema: ["type": "object"])]
        ) { control, _ in
            let hasToken = control.settings.controlToken != nil
            return Response(status: 200, json: ControlDocument.json(servedAt: control.origins.control, hasToken: hasToken))
        },
    ]

    static let worlds: [Route] = [
        Route(
            method: .get, path: "/worlds", identifier: "listWorlds", summary: "The worlds, the first one first.",
            isOfWorld: false,
            responses: [ok("Without their credentials, which only the response of POST /worlds shows.", "WorldList")]
        ) { control, _ in
            let worlds = control.worlds.map { world -> JSON in
                var object: JSONObject = ["id": .string(world.id)]
                let addresses = control.addresses(of: world)
                for name in ["rackbeat", "ongoing", "control", "goodsOwnerId"] { object.append(name, addresses[name] ?? .null) }
                return .object(object)
            }
            return Response(status: 200, json: ["worlds": .array(worlds)])
        },
        Route(
            method: .post, path: "/worlds", identifier: "makeWorld",
            summary: "Makes another world with its own addresses, credentials, clock, faults and journal.", isOfWorld: false,
            body: Body(
                doc: "scenario: the text of a scenario file; its world and faults are taken. Without it: the first world's.",
                schema: Schemas.reference("NewWorld"), isRequired: false, example: ["clock": "virtual"]),
            responses: [ok("The new world.", "World", status: 201)]
        ) { control, context in
            let body = try context.object("a new world", knowing: ["scenario", "clock", "goodsOwnerId"])
            let world = try control.addWorld(
                scenario(body), isTimeVirtual: isTimeVirtual(body), goodsOwner: goodsOwner(body))
            var object: JSONObject = ["id": .string(world.id)]
            for member in control.addresses(of: world) { object.append(member.name, member.value) }
            return Response(status: 201, json: .object(object))
        },
        Route(
            method: .delete, path: "/worlds/{id}", identifier: "removeWorld", summary: "Removes a world with everything in it.",
            isOfWorld: false,
            parameters: [Parameter(name: "id", isInPath: true, doc: "The world.", schema: Schemas.text)],
            responses: [ResponseDoc(status: 204, doc: "The world is removed.", schema: nil)]
        ) { control, context in
            let id = context.parameter("id")
            guard id != Control.mainID else {
                throw ControlProblem(409, "The first world stays as long as tandem serve runs. POST /reset restarts it.")
            }
            guard control.removeWorld(id) else { throw Control.noWorld(id) }
            return Response(status: 204)
        },
    ]

    private static func scenario(_ body: JSONObject) throws(ControlProblem) -> Scenario? {
        guard let value = body["scenario"] else { return nil }
        guard let text = value.string else {
            throw ControlProblem(422, "'scenario' must be the text of a scenario file, not \(value.kind).")
        }
        do { return try ScenarioReader.read(text, path: "scenario") } catch {
            throw ControlProblem(error, "The scenario cannot be read.")
        }
    }

    private static func isTimeVirtual(_ body: JSONObject) throws(ControlProblem) -> Bool? {
        guard let value = body["clock"] else { return nil }
        guard let word = value.string, ["real", "virtual"].contains(word) else {
            throw ControlProblem(422, "'clock' must be real or virtual.")
        }
        return word == "virtual"
    }

    private static func goodsOwner(_ body: JSONObject) throws(ControlProblem) -> Int? {
        guard let value = body["goodsOwnerId"] else { return nil }
        guard let id = value.int, (1...999_999_999).contains(id) else {
            throw ControlProblem(422, "'goodsOwnerId' must be a whole number from 1 to 999999999.")
        }
        return id
    }
}
