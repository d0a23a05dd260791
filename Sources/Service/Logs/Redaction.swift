import Exchange

/// Keeps secrets and email addresses out of what is written down.
///
/// The clients mask their own credentials in errors already. This is the second line of defence: every text passes here before it
/// is logged.
package struct Redaction: Sendable {
    private let secrets: SecretMask

    static let mask = SecretMask.mark

    package init(hiding secrets: [Secret] = []) { self.secrets = SecretMask(secrets.map { $0.reveal() }) }

    package init(hiding credentials: Credentials) { self.init(hiding: credentials.all) }

    package func covering(_ text: String) -> String {
        let text = secrets.covering(text)
        return text.contains("@") ? Self.coveringEmail(text) : text
    }

    /// Replaces what looks like an email address. A server's refusal may quote the consignee's.
    private static func coveringEmail(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let at = rest.firstIndex(of: "@") {
            let local = rest[..<at].reversed().prefix { isOfAddress($0) }.count
            let after = rest[rest.index(after: at)...]
            let domain = after.prefix { isOfAddress($0) && $0 != "+" }
            let trimmed = domain.last == "." ? domain.dropLast() : domain
            if local > 0, trimmed.contains(".") {
                result += rest[..<at].dropLast(local) + mask
                rest = rest[trimmed.endIndex...]
            } else {
                result += rest[...at]
                rest = after
            }
        }
        return result + rest
    }

    private static func isOfAddress(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "._%+-".contains(character)
    }
}
