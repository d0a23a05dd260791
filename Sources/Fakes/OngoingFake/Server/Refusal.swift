import Exchange
import JSON

/// Why a request is not carried out, in the shape of an ASP.NET error.
struct Refusal: Error {
    struct Problem: Sendable {
        /// The member with the name of the parameter in front, such as `o.orderLines[0].rowNumber`.
        let member: String
        let text: String
    }

    var status: Int
    var message: String
    /// What model validation found; empty for a refusal on business grounds.
    var problems: [Problem] = []

    /// Refused on business grounds: nothing is wrong with the form of the request.
    static func business(_ message: String) -> Refusal { Refusal(status: 400, message: message) }

    static func notFound(_ message: String) -> Refusal { Refusal(status: 404, message: message) }

    static func invalid(_ problems: [Problem]) -> Refusal {
        Refusal(status: 400, message: "The request is invalid.", problems: problems)
    }

    static func invalid(_ member: String, _ text: String) -> Refusal { invalid([Problem(member: member, text: text)]) }

    func response(_ keys: Behaviour.ErrorKeys) -> Response {
        var body = JSONObject()
        body.append(keys == .lower ? "message" : "Message", .string(message))
        if !problems.isEmpty { body.append(keys == .lower ? "modelState" : "ModelState", .object(modelState)) }
        return Response(status: status, json: .object(body))
    }

    /// One member for each name, with all its texts, in the order in which they were found.
    private var modelState: JSONObject {
        var names: [String] = []
        var texts: [String: [JSON]] = [:]
        for problem in problems {
            if texts[problem.member] == nil { names.append(problem.member) }
            texts[problem.member, default: []].append(.string(problem.text))
        }
        return JSONObject(names.map { JSONObject.Member(name: $0, value: .array(texts[$0]!)) })
    }
}
