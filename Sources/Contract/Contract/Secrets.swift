import Exchange
import HTTPTypes
import JSON

/// Shows what was found without showing the credentials that the request carries, wherever they may have strayed to.
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
        // Three letters stand in half of all words; hiding those would hide everything and give the letters away by it.
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
        if let decoded = Self.decode(token), let colon = decoded.firstIndex(of: ":") {
            let password = decoded[decoded.index(after: colon)...]
            if !password.isEmpty { secrets.append(String(password)) }
        }
        return secrets
    }

    /// Base 64 by RFC 4648; `nil` for anything else.
    private static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var bits = 0
        var count = 0
        for byte in text.utf8.prefix(while: { $0 != UInt8(ascii: "=") }) {
            guard let value = alphabet.firstIndex(of: byte) else { return nil }
            bits = (bits << 6 | value) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
