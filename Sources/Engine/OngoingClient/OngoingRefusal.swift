import ClientKit
import JSON

/// What the JSON of a refusal says.
enum OngoingRefusal {
    /// `message`, and for each faulty member its findings from `modelState`; both names have been seen in either case.
    static func text(_ body: JSON) -> String {
        if let text = body.string { return cleaned(text) }
        let message = cleaned(member("message", of: body)?.string ?? "")
        let findings = findings(member("modelstate", of: body))
        return ([message].filter { !$0.isEmpty } + findings).joined(separator: "; ")
    }

    /// Messages are meant for a screen: with HTML breaks, sometimes at the end.
    static func cleaned(_ text: String) -> String {
        let words = text.replacing(/<\/?[a-zA-Z][^>]*>/, with: " ").split(whereSeparator: \.isWhitespace)
        return RefusalText.withoutFullStop(words.joined(separator: " "))
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
}
