import Exchange
import FakeKit
import JSON

/// Why a request is not carried out, in the shape of an ASP.NET error.
struct Refusal: Error {
    var status: Int
    var message: String
    /// What model validation found; empty for a refusal on business grounds.
    var problems: [RequestProblem] = []

    /// Refused on business grounds: nothing is wrong with the form of the request.
    static func business(_ message: String) -> Refusal { Refusal(status: 400, message: message) }

    static func notFound(_ message: String) -> Refusal { Refusal(status: 404, message: message) }

    static func invalid(_ problems: [RequestProblem]) -> Refusal {
        Refusal(status: 400, message: "The request is invalid.", problems: problems)
    }

    static func invalid(_ member: String, _ text: String) -> Refusal { invalid([RequestProblem(path: member, text: text)]) }

    func response(_ keys: Behaviour.ErrorKeys) -> Response {
        var body = JSONObject()
        body.append(keys == .lower ? "message" : "Message", .string(message))
        if !problems.isEmpty { body.append(keys == .lower ? "modelState" : "ModelState", .object(problems.textsByPath)) }
        return Response(status: status, json: .object(body))
    }
}
