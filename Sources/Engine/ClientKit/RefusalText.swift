package import Exchange
import HTTPTypes
package import JSON

/// What the body of a refusal says, as one sentence without a full stop.
package enum RefusalText {
    /// - Parameter read: What the vendor's JSON says.
    package static func of(_ response: Response, reading read: (JSON) -> String) -> Refusal {
        guard !response.body.isEmpty else { return Refusal(text: "") }
        guard response.saysJSON, let body = try? JSON.parse(response.body) else {
            let type = response.headers[.contentType].map { " (\($0))" } ?? ""
            return Refusal(text: "a page instead of JSON" + type, isPage: true)
        }
        return Refusal(text: short(read(body)))
    }

    package static func withoutFullStop(_ text: some StringProtocol) -> String {
        String(text.hasSuffix(".") ? text.dropLast() : text.dropLast(0))
    }

    /// An error is read by people: the first five hundred characters say enough.
    private static func short(_ text: String) -> String { text.count > 500 ? text.prefix(499) + "…" : text }
}
