import Exchange
import HTTPTypes
import JSON
import Units

/// Responses that differ from what the server sent.
enum CorruptedResponse {
    static let serverError = Response(status: 500, json: ["message": "An error has occurred."])

    static func tooManyRequests(retryAfter: String) -> Response {
        var response = Response(status: 429, json: ["message": "Too Many Attempts."])
        response.headers[.retryAfter] = retryAfter
        return response
    }

    /// A proxy responds instead of the server, and not in JSON.
    static func page(status: Int, _ title: String) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "text/html; charset=utf-8"
        let text = "<!DOCTYPE html><html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n"
        return Response(status: status, headers: headers, body: Array(text.utf8))
    }

    static func cutShort(_ response: Response) -> Response {
        var response = response
        response.body.removeLast((response.body.count + 1) / 2)
        return response
    }

    /// The same response without the ids of new documents, at the top or within one envelope.
    static func withoutID(_ response: Response) -> Response {
        guard response.isSuccess, case .object(let object)? = try? JSON.parse(response.body) else { return response }
        let kept = object.members.compactMap { member -> JSONObject.Member? in
            if isID(member.name) { return nil }
            guard case .object(let inner) = member.value else { return member }
            let members = inner.members.filter { !isID($0.name) }
            return JSONObject.Member(name: member.name, value: .object(JSONObject(members)))
        }
        var result = response
        result.body = JSON.object(JSONObject(kept)).serialized
        return result
    }

    private static func isID(_ name: String) -> Bool {
        name == "id" || name == "number" || name.hasSuffix("Id")
    }

    /// The same list with its first row dated in the future, and without the server's own time.
    static func datedAhead(_ response: Response, days: Int) -> Response {
        guard response.isSuccess, let body = try? JSON.parse(response.body) else { return response }
        var result = response
        var isDone = false
        result.body = datedAhead(body, days: days, &isDone).serialized
        result.headers[.date] = nil
        return result
    }

    /// The members that a change is found by.
    private static let dates: Set = ["updated_at", "inventoryTime"]

    private static func datedAhead(_ json: JSON, days: Int, _ isDone: inout Bool) -> JSON {
        switch json {
        case .array(let elements): return .array(elements.map { datedAhead($0, days: days, &isDone) })
        case .object(let object):
            // The row's own date before those of what it contains.
            let own = isDone ? nil : object.members.firstIndex { dates.contains($0.name) }
            let members = object.members.enumerated().map { index, member in
                var member = member
                if index == own, case .string(let text) = member.value, let date = CivilDate(text.prefix(10)) {
                    isDone = true
                    member.value = .string(date.adding(days: days).description + text.dropFirst(10))
                } else if own == nil {
                    member.value = datedAhead(member.value, days: days, &isDone)
                }
                return member
            }
            return .object(JSONObject(members))
        case .null, .bool, .number, .string: return json
        }
    }

    /// The same list with other rows: those of a list at the top, or of the list in its envelope. Anything else stays as it is.
    static func list(_ response: Response, _ change: ([JSON]) -> [JSON]) -> Response {
        guard response.isSuccess, let body = try? JSON.parse(response.body) else { return response }
        var result = response
        switch body {
        case .array(let rows): result.body = JSON.array(change(rows)).serialized
        case .object(let object):
            var isDone = false
            let members = object.members.map { member in
                guard !isDone, case .array(let rows) = member.value else { return member }
                isDone = true
                return JSONObject.Member(name: member.name, value: .array(change(rows)))
            }
            guard isDone, object.members.contains(where: { Self.paging.contains($0.name) }) else { return response }
            result.body = JSON.object(JSONObject(members)).serialized
        case .null, .bool, .number, .string: break
        }
        return result
    }

    /// A document with lines is no list: only an envelope says how many pages or rows there are.
    private static let paging: Set = ["pages", "total", "limit", "page"]

    static func numbersAsTexts(_ response: Response) -> Response {
        guard response.isSuccess, let body = try? JSON.parse(response.body) else { return response }
        var result = response
        result.body = numbersAsTexts(body).serialized
        return result
    }

    private static func numbersAsTexts(_ json: JSON) -> JSON {
        switch json {
        case .number(let number): .string(number.text)
        case .array(let elements): .array(elements.map(numbersAsTexts))
        case .object(let object):
            .object(
                JSONObject(object.members.map { JSONObject.Member(name: $0.name, value: numbersAsTexts($0.value)) }))
        case .null, .bool, .string: json
        }
    }
}
