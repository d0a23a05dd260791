import Exchange
import HTTPTypes
import JSON

/// What the body of a refusal says, as one sentence without a full stop.
enum RefusalText {
    /// How the text of an answer begins that holds a page instead of JSON.
    static let page = "a page instead of JSON"

    /// `errors` names each faulty property by its path, dotted with the line's index; a `message` beside it is only Laravel's
    /// heading. Without `errors` the message is all there is.
    static func of(_ response: Response) -> String {
        guard !response.body.isEmpty else { return "" }
        guard response.saysJSON, let body = try? JSON.parse(response.body) else {
            return page + (response.headers[.contentType].map { " (\($0))" } ?? "")
        }
        let findings = errors(body["errors"])
        return short(findings.isEmpty ? withoutFullStop(body["message"]?.string ?? "") : findings.joined(separator: "; "))
    }

    private static func errors(_ value: JSON?) -> [String] {
        switch value {
        case .object(let members):
            members.map { member in
                member.name + ": " + texts(member.value).joined(separator: ", ")
            }
        case .some(let value): texts(value)
        case nil: []
        }
    }

    private static func texts(_ value: JSON) -> [String] {
        switch value {
        case .string(let text): [withoutFullStop(text)]
        case .array(let elements): elements.flatMap(texts)
        case .null: []
        case .bool, .number, .object: [value.text]
        }
    }

    private static func withoutFullStop(_ text: String) -> String {
        let trimmed = text.trimmed
        return String(trimmed.hasSuffix(".") ? trimmed.dropLast() : trimmed)
    }

    /// An error is read by people: the first five hundred characters say enough.
    private static func short(_ text: String) -> String { text.count > 500 ? text.prefix(499) + "…" : text }
}
