package import Exchange
import HTTPTypes
package import JSON

/// What the body of a refusal says, as one sentence without a full stop.
package enum RefusalText {
    /// - Parameters:
    ///   - mask: Covers what the text must not show. Before the text is cut, since a cut within a secret would leave a part of it.
    ///   - read: What the vendor's JSON says.
    package static func of(
        _ response: Response, masking mask: (String) -> String = { $0 }, reading read: (JSON) -> String
    ) -> Refusal {
        guard !response.body.isEmpty else { return Refusal(text: "") }
        guard response.saysJSON, let body = try? JSON.parse(response.body) else {
            let type = response.headers[.contentType].map { " (\(short(mask($0), to: 100)))" } ?? ""
            return Refusal(text: "a page instead of JSON" + type, isPage: true)
        }
        return Refusal(text: short(mask(read(body)), to: 500))
    }

    package static func withoutFullStop(_ text: some StringProtocol) -> String {
        String(text.hasSuffix(".") ? text.dropLast() : text.dropLast(0))
    }

    /// An error is read by people: the first five hundred characters say enough.
    private static func short(_ text: String, to limit: Int) -> String {
        text.count > limit ? text.prefix(limit - 1) + "…" : text
    }
}
