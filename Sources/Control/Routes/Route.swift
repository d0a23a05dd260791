import Contract
import Exchange
import HTTPTypes
import JSON
import Units

/// One operation of the control API: its path, its handler and its description in one place.
struct Route: Sendable {
    struct Parameter: Sendable {
        let name: String
        let isInPath: Bool
        let doc: String
        let schema: JSON
    }

    struct Body: Sendable {
        let doc: String
        let schema: JSON
        let isRequired: Bool
        let example: JSON?
    }

    struct ResponseDoc: Sendable {
        let status: Int
        let doc: String
        /// `nil`: no body.
        let schema: JSON?
        var mediaType = "application/json"
    }

    let method: HTTPRequest.Method
    /// Behind `/worlds/{id}` too when it is about one world.
    let path: String
    let identifier: String
    let summary: String
    /// Whether it is about one world: without `/worlds/{id}` before it, the first.
    let isOfWorld: Bool
    var parameters: [Parameter] = []
    var body: Body?
    var responses: [ResponseDoc]
    /// Whether it needs no token.
    var isOpen = false
    let handle: @Sendable (Control, RequestContext) throws -> Response

    /// Every operation, in the order of the document.
    static let all: [Route] =
        process + worlds + contents + steps + faultRoutes + time + judging + webhookRoutes + page
}

/// One request to the control API on its way to its handler.
struct RequestContext {
    let request: Request
    let parameters: [String: Substring]
    let query: Query
    let world: ServedWorld

    func parameter(_ name: String) -> String { PercentEncoding.decode(parameters[name] ?? "") }

    /// A whole number of the query that is not below zero.
    func count(_ name: String, upTo limit: Int) throws(ControlProblem) -> Int? {
        guard let text = query[name] else { return nil }
        guard let number = Int(text), (0...limit).contains(number), String(number) == text else {
            throw ControlProblem(400, "The query parameter '\(name)' must be a whole number from 0 to \(limit).")
        }
        return number
    }

    func flag(_ name: String) throws(ControlProblem) -> Bool {
        switch query[name] {
        case nil, "false": return false
        case "true": return true
        default: throw ControlProblem(400, "The query parameter '\(name)' must be true or false.")
        }
    }

    /// The body as an object with known members; an empty body is an empty object.
    func object(_ what: String, knowing names: [String]) throws(ControlProblem) -> JSONObject {
        guard !request.body.isEmpty else { return [:] }
        let json: JSON
        do { json = try JSON.parse(request.body) } catch {
            throw ControlProblem(
                400, "The body is not JSON.",
                spots: [ControlProblem.Spot(line: error.line, column: error.column, text: error.problem)])
        }
        guard let object = json.object else { throw ControlProblem(422, "The body must be \(what), not \(json.kind).") }
        for name in object.names where !names.contains(name) {
            throw ControlProblem(422, "\(what) has no member '\(name.prefix(60))'" + Self.hint(for: name, among: names))
        }
        return object
    }

    /// `; did you mean 'x'?`, or what there is.
    static func hint(for name: String, among names: [String]) -> String {
        let nearest = Spelling.hint(for: name, among: names)
        return nearest.isEmpty ? "; it takes \(names.joined(separator: ", "))." : nearest
    }
}
