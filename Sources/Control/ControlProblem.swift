import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import StrictYAML

/// Why the control API refuses a request: a problem body by RFC 9457.
struct ControlProblem: Error, Equatable {
    /// What is wrong at one place of the body.
    struct Spot: Equatable {
        /// From 1; `nil` where it is not at one place.
        var line: Int?
        var column: Int?
        var text: String
    }

    var status: Int
    /// What happened, and what to do.
    var detail: String
    var spots: [Spot] = []
    /// How many steps were taken before the one that failed.
    var taken: Int?
    var headers: HTTPFields = [:]

    init(_ status: Int, _ detail: String, spots: [Spot] = [], taken: Int? = nil) {
        self.status = status
        self.detail = detail
        self.spots = spots
        self.taken = taken
    }

    init(_ bad: InvalidFile, _ detail: String) {
        self.init(422, detail, spots: bad.problems.map { Spot(line: $0.place.line, column: $0.place.column, text: $0.text) })
    }

    static func notAllowed(_ method: HTTPRequest.Method, _ allowed: [HTTPRequest.Method]) -> ControlProblem {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        var problem = ControlProblem(405, "\(method.rawValue) is not allowed here; this path takes \(names).")
        problem.headers[.allow] = names
        return problem
    }

    private static let titles = [
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        409: "Conflict", 413: "Content Too Large", 422: "Unprocessable Content",
    ]

    var response: Response {
        var body: JSONObject = [
            "title": .string(Self.titles[status] ?? "Error"), "status": JSON(status), "detail": .string(detail),
        ]
        if let taken { body.append("taken", JSON(taken)) }
        if !spots.isEmpty {
            body.append(
                "problems",
                .array(
                    spots.map { spot in
                        var object = JSONObject()
                        if let line = spot.line { object.append("line", JSON(line)) }
                        if let column = spot.column { object.append("column", JSON(column)) }
                        object.append("text", .string(spot.text))
                        return .object(object)
                    }))
        }
        var response = Response(status: status, headers: headers, json: .object(body))
        response.headers[.contentType] = "application/problem+json"
        return response
    }
}
