import Exchange
import HTTPTypes
import JSON
import Units

/// Shows what was found without showing the credentials that the request carries, wherever they appear.
struct Secrets {
    private let request: Request

    private static let longest = 60

    init(of request: Request) { self.request = request }

    /// `the number 5501`, `the string 'abc'`, `an object`.
    func show(_ value: JSON) -> String {
        switch value {
        case .null, .array, .object: value.kind
        case .bool(let flag): "\(flag)"
        case .number(let number): "the number \(show(number.text))"
        case .string(let text): "the string '\(show(text))'"
        }
    }

    /// The text, shortened where it is long and hidden where it holds a secret.
    func show(_ text: some StringProtocol) -> String {
        // Three letters occur in half of all words: hiding those would hide everything and so reveal the letters.
        if credentials.contains(where: { $0.count < 4 ? text == $0 : text.contains($0) }) {
            return "(hidden: it holds the credentials)"
        }
        return text.count > Self.longest ? text.prefix(Self.longest) + "…" : String(text)
    }

    /// What stands behind the scheme, and for the basic scheme also what it encodes. Worked out only when something is shown.
    private var credentials: [String] {
        guard let header = request.headers[.authorization], let space = header.firstIndex(of: " ") else { return [] }
        let token = header[space...].trimmed
        guard !token.isEmpty else { return [] }
        var secrets = [String(token)]
        if let bytes = Base64.decode(token), let decoded = String(validating: bytes, as: UTF8.self),
            let colon = decoded.firstIndex(of: ":")
        {
            let password = decoded[decoded.index(after: colon)...]
            if !password.isEmpty { secrets.append(String(password)) }
        }
        return secrets
    }
}
