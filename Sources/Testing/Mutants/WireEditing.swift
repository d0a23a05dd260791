import Exchange
import HTTPTypes
package import JSON
import Units

/// Whether a request has that method and path; a segment `*` matches any segment.
func isCall(_ request: Request, _ wire: Wire, _ method: HTTPRequest.Method, _ path: String) -> Bool {
    guard request.method == method else { return false }
    let actual = wire.segments(of: request)
    let wanted = path.split(separator: "/")
    return actual.count == wanted.count && zip(wanted, actual).allSatisfy { $0 == "*" || $0 == $1 }
}

extension Mutant {
    /// Changes the body of every such request.
    static func rewritingBody(
        _ name: String, _ system: System, _ method: HTTPRequest.Method, _ path: String, description: String, caughtBy: String,
        _ edit: @escaping @Sendable (JSON) -> JSON
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: caughtBy,
            act: .wire(system) {
                { request, wire in
                    guard isCall(request, wire, method, path) else { return try wire.send(request) }
                    return try wire.send(request.editingBody(edit))
                }
            })
    }

    /// Changes the response to every such request.
    static func rewritingResponse(
        _ name: String, _ system: System, _ method: HTTPRequest.Method, _ path: String, description: String, caughtBy: String,
        _ edit: @escaping @Sendable (JSON, Wire) -> JSON
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: caughtBy,
            act: .wire(system) {
                { request, wire in
                    let response = try wire.send(request)
                    guard isCall(request, wire, method, path) else { return response }
                    return response.editingBody { edit($0, wire) }
                }
            })
    }

    /// Changes the query of every such request.
    static func rewritingQuery(
        _ name: String, _ system: System, _ path: String, description: String, caughtBy: String,
        _ edit: @escaping @Sendable (Query, Request) -> Query
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: caughtBy,
            act: .wire(system) {
                { request, wire in
                    guard isCall(request, wire, .get, path) else { return try wire.send(request) }
                    return try wire.send(request.editingQuery { edit($0, request) })
                }
            })
    }

    /// Responds to every such request itself; the server never sees it.
    static func swallowing(
        _ name: String, _ system: System, _ method: HTTPRequest.Method, _ path: String, description: String, caughtBy: String,
        _ respond: @escaping @Sendable (Request) -> Response
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: caughtBy,
            act: .wire(system) {
                { request, wire in
                    guard isCall(request, wire, method, path) else { return try wire.send(request) }
                    return respond(request)
                }
            })
    }
}

extension Request {
    package var json: JSON? { body.isEmpty ? nil : try? JSON.parse(body) }

    func editingBody(_ edit: (JSON) -> JSON) -> Request {
        guard let json else { return self }
        var request = self
        request.body = edit(json).serialized
        return request
    }

    func editingQuery(_ edit: (Query) -> Query) -> Request {
        var request = self
        let query = edit(Query(parsing: queryText ?? ""))
        request.target = String(path) + (query.isEmpty ? "" : "?" + query.text)
        return request
    }
}

extension Response {
    package var json: JSON? { try? JSON.parse(body) }

    /// A successful response in JSON is changed, any other is not.
    func editingBody(_ edit: (JSON) -> JSON) -> Response {
        guard isSuccess, let json else { return self }
        var response = self
        response.body = edit(json).serialized
        return response
    }
}

extension Query {
    /// Without the parameters of that name.
    func without(_ name: String) -> Query {
        var query = Query()
        for parameter in parameters where parameter.name != name { query.append(parameter.name, parameter.value) }
        return query
    }

    func adding(_ name: String, _ value: String) -> Query {
        var query = self
        query.append(name, value)
        return query
    }
}

extension JSON {
    init(_ decimal: ExactDecimal) { self = .number(JSONNumber(decimal.description)!) }

    var decimal: ExactDecimal? { number.flatMap { ExactDecimal($0.text) } }

    /// An id as text, whether it is written as a number or as a string.
    var idText: String? { string ?? number?.text }

    /// Changes the value at a path, if there is one; `nil` removes it. `*` stands for every element.
    ///
    /// - Parameter edit: In `condition ? nil : value` the `nil` is JSON's null, and removes nothing.
    func editing(_ path: String, _ edit: (JSON) -> JSON?) -> JSON {
        editing(path.split(separator: ".")[...], edit) ?? .null
    }

    func removing(_ path: String) -> JSON { editing(path) { _ in nil } }

    private func editing(_ path: ArraySlice<Substring>, _ edit: (JSON) -> JSON?) -> JSON? {
        guard let name = path.first else { return edit(self) }
        switch self {
        case .array(let elements) where name == "*":
            return .array(elements.compactMap { $0.editing(path.dropFirst(), edit) })
        case .object(var object):
            guard let member = object[String(name)] else { return self }
            object[String(name)] = member.editing(path.dropFirst(), edit)
            return .object(object)
        case .null, .bool, .number, .string, .array: return self
        }
    }
}

extension JSON {
    /// Changes every object, innermost first; `nil` removes it from its array or object.
    func rewritingObjects(_ edit: (JSONObject) -> JSONObject?) -> JSON {
        rewritingTree(edit) ?? .null
    }

    private func rewritingTree(_ edit: (JSONObject) -> JSONObject?) -> JSON? {
        switch self {
        case .array(let elements): return .array(elements.compactMap { $0.rewritingTree(edit) })
        case .object(let object):
            let members = object.members.compactMap { member in
                member.value.rewritingTree(edit).map { JSONObject.Member(name: member.name, value: $0) }
            }
            return edit(JSONObject(members)).map(JSON.object)
        case .null, .bool, .number, .string: return self
        }
    }
}
