import Exchange
import HTTPTypes
import JSON

/// The OpenAPI document of the control API, written from the routes themselves.
enum ControlDocument {
    /// - Parameters:
    ///   - origin: Where the control API is reached.
    ///   - hasToken: Whether callers must present one.
    static func json(servedAt origin: String, hasToken: Bool) -> JSON {
        var document: JSONObject = [
            "openapi": "3.1.0",
            "info": [
                "title": "Tandem control API", "version": "1",
                "description":
                    "Acts for people, changes the network and the clock of served worlds, and reports the results. Every path about one world exists twice: as it is for the first world, and after /worlds/{id} for any.",
            ],
            "servers": [["url": .string(origin)]],
            "paths": .object(paths(hasToken: hasToken)),
            "components": .object(components(hasToken: hasToken)),
        ]
        if hasToken { document["security"] = [["bearer": []]] }
        return .object(document)
    }

    private static func paths(hasToken: Bool) -> JSONObject {
        var paths = JSONObject()
        func add(_ route: Route, at path: String, ofNamedWorld: Bool) {
            var item = paths[path]?.object ?? JSONObject()
            item.append(route.method.rawValue.lowercased(), operation(route, ofNamedWorld: ofNamedWorld, hasToken: hasToken))
            paths[path] = .object(item)
        }
        for route in Route.all { add(route, at: route.path, ofNamedWorld: false) }
        for route in Route.all where route.isOfWorld {
            add(route, at: "/worlds/{id}" + (route.path == "/" ? "" : route.path), ofNamedWorld: true)
        }
        return paths
    }

    private static func operation(_ route: Route, ofNamedWorld: Bool, hasToken: Bool) -> JSON {
        var operation: JSONObject = [
            "operationId": .string(route.identifier + (ofNamedWorld ? "OfWorld" : "")), "summary": .string(route.summary),
        ]
        var parameters = route.parameters
        if ofNamedWorld {
            parameters.insert(
                Route.Parameter(
                    name: "id", isInPath: true, doc: "The world: main, or an id from POST /worlds.", schema: Schemas.text),
                at: 0)
        }
        if !parameters.isEmpty { operation.append("parameters", .array(parameters.map(parameter))) }
        if let body = route.body { operation.append("requestBody", self.body(body)) }
        operation.append("responses", .object(responses(route, ofNamedWorld: ofNamedWorld, hasToken: hasToken)))
        if route.isOpen { operation.append("security", []) }
        return .object(operation)
    }

    private static func parameter(_ parameter: Route.Parameter) -> JSON {
        [
            "name": .string(parameter.name), "in": parameter.isInPath ? "path" : "query", "required": .bool(parameter.isInPath),
            "description": .string(parameter.doc), "schema": parameter.schema,
        ]
    }

    private static func body(_ body: Route.Body) -> JSON {
        var media: JSONObject = ["schema": body.schema]
        if let example = body.example { media.append("example", example) }
        return [
            "description": .string(body.doc), "required": .bool(body.isRequired),
            "content": ["application/json": .object(media)],
        ]
    }

    private static func responses(_ route: Route, ofNamedWorld: Bool, hasToken: Bool) -> JSONObject {
        var responses = JSONObject()
        for documented in route.responses {
            var response: JSONObject = ["description": .string(documented.doc)]
            if let schema = documented.schema {
                response.append("content", .object([documented.mediaType: ["schema": schema]]))
            }
            responses.append(String(documented.status), .object(response))
        }
        func problem(_ status: Int, _ doc: String) {
            responses.append(
                String(status),
                [
                    "description": .string(doc),
                    "content": ["application/problem+json": ["schema": Schemas.reference("Problem")]],
                ])
        }
        if route.body != nil || route.parameters.contains(where: { !$0.isInPath }) {
            problem(400, "The body or a parameter cannot be read.")
        }
        if hasToken, !route.isOpen { problem(401, "The token is missing.") }
        problem(403, "The request came from a page of another origin.")
        if ofNamedWorld || route.parameters.contains(where: \.isInPath) { problem(404, "There is no such world or snapshot.") }
        if route.isOfWorld || route.body != nil || route.parameters.contains(where: \.isInPath) {
            problem(409, "It cannot be done now; the problem says why.")
            problem(422, "The request is not understood; the problem names the place and the nearest name.")
        }
        if route.body != nil { problem(413, "The body is too long.") }
        return responses
    }

    private static func components(hasToken: Bool) -> JSONObject {
        var components: JSONObject = [
            "schemas": .object(JSONObject(Schemas.all.map { JSONObject.Member(name: $0.name, value: $0.schema) }))
        ]
        if hasToken { components.append("securitySchemes", ["bearer": ["type": "http", "scheme": "bearer"]]) }
        return components
    }
}
