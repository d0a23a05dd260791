import Exchange
import HTTPTypes
import JSON

/// What the body of a refusal says, as one sentence without a full stop.
enum RefusalText {
    /// How the text of an answer begins that holds a page instead of JSON.
    static let page = "a page instead of JSON"

    /// `message`, and for each faulty member its findings from `modelState`; both names have been seen in either case.
    static func of(_ response: Response) -> String {
        guard !response.body.isEmpty else { return "" }
        guard response.saysJSON, let body = try? JSON.parse(response.body) else {
            return page + (response.headers[.contentType].map { " (\($0))" } ?? "")
        }
        if let text = body.string { return short(cleaned(text)) }
        let message = cleaned(member("message", of: body)?.string ?? "")
        let findings = findings(member("modelstate", of: body))
        return short(([message].filter { !$0.isEmpty } + findings).joined(separator: "; "))
    }

    /// Messages are meant for a screen: with HTML breaks, sometimes at the end.
    static func cleaned(_ text: String) -> String {
        let words = text.replacing(/<\/?[a-zA-Z][^>]*>/, with: " ").split(whereSeparator: \.isWhitespace)
        let sentence = words.joined(separator: " ")
        return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }

    private static func member(_ name: String, of body: JSON) -> JSON? {
        body.object?.first { $0.name.lowercased() == name }?.value
    }

    private static func findings(_ modelState: JSON?) -> [String] {
        guard let members = modelState?.object else { return [] }
        return members.map { member in
            let texts = member.value.array ?? [member.value]
            return member.name + ": " + texts.map { cleaned($0.string ?? $0.text) }.joined(separator: ", ")
        }
    }

    /// An error is read by people: the first five hundred characters say enough.
    private static func short(_ text: String) -> String { text.count > 500 ? text.prefix(499) + "…" : text }
}
