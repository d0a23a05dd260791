import ClientKit
import Exchange
import JSON

/// What the JSON of a refusal says.
enum RackbeatRefusal {
    /// `errors` names each faulty property by its path, dotted with the line's index; a `message` beside it is only Laravel's
    /// heading. Without `errors` the message is all there is.
    static func text(_ body: JSON) -> String {
        let findings = errors(body["errors"])
        guard findings.isEmpty else { return findings.joined(separator: "; ") }
        return RefusalText.withoutFullStop((body["message"]?.string ?? "").trimmed)
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
        case .string(let text): [RefusalText.withoutFullStop(text.trimmed)]
        case .array(let elements): elements.flatMap(texts)
        case .null: []
        case .bool, .number, .object: [value.text]
        }
    }
}
