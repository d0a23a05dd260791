import Contract
import Exchange
import StrictYAML
import Units

/// What a setting may be.
enum ValueKind: Sendable {
    case text
    case email
    case url
    /// `host:port`.
    case address
    case whole(ClosedRange<Int>)
    case wholes(ClosedRange<Int>)
    case flag
    case duration(atLeast: Duration)
    case timeOfDay
    case choice([String])
    case secret
    case secrets
    case profile(System)
}

/// A setting that was read.
enum SettingValue: Sendable {
    case text(String)
    case endpoint(Endpoint)
    case whole(Int)
    case wholes([Int])
    case flag(Bool)
    case duration(Duration)
    case secret(SecretReference)
    case secrets([SecretReference])
    case choices([String: String])
}

extension ValueKind {
    /// What was expected, in words that stand in a sentence.
    var expectation: String {
        switch self {
        case .text: "a text"
        case .email: "an email address"
        case .url: "a URL such as https://host/path"
        case .address: "an address and port such as 127.0.0.1:8080"
        case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .wholes: "a list of whole numbers"
        case .flag: "true or false"
        case .duration(let least): "a time of at least \(least.written), such as 30s, 5m, 2h or 1d"
        case .timeOfDay: "a time of day such as 03:00, or off"
        case .choice(let words): Shape.alternatives(words)
        case .secret: "a reference, { env: NAME } or { file: PATH }"
        case .secrets: "a list of references, each { env: NAME } or { file: PATH }"
        case .profile(let system): "choices for assumptions about \(system.title), each 'key: choice'"
        }
    }

    /// Reads a scalar of the file, of the environment or of a flag.
    ///
    /// - Returns: `nil` when it is something else.
    func read(_ text: String) -> SettingValue? {
        switch self {
        case .text: text.isEmpty ? nil : .text(text)
        case .email: Self.isEmail(text) ? .text(text) : nil
        case .url: (try? Endpoint(text)).map(SettingValue.endpoint)
        case .address: Authority(text).flatMap { $0.port == nil ? nil : .text(text) }
        case .whole(let range): ScalarReading.whole(text).flatMap { range.contains($0) ? .whole($0) : nil }
        case .wholes(let range):
            Self.all(text) { ScalarReading.whole(String($0)).flatMap { range.contains($0) ? $0 : nil } }.map(SettingValue.wholes)
        case .flag: ScalarReading.flag(text).map(SettingValue.flag)
        case .duration(let least): ScalarReading.duration(text).flatMap { $0 < least ? nil : .duration($0) }
        case .timeOfDay: text == "off" || ScalarReading.timeOfDay(text) != nil ? .text(text) : nil
        case .choice(let words): words.contains(text) ? .text(text) : nil
        case .secret: SecretReference(text).map(SettingValue.secret)
        case .secrets: Self.all(text) { SecretReference($0) }.map(SettingValue.secrets)
        case .profile:
            Self.all(text) { part -> (String, String)? in
                let halves = part.split(separator: "=", maxSplits: 1)
                return halves.count == 2 ? (String(halves[0].trimmed), String(halves[1].trimmed)) : nil
            }.map { .choices(Dictionary($0, uniquingKeysWith: { $1 })) }
        }
    }

    /// Whether what was found may be quoted: a secret that was put where its reference belongs may not.
    var mayBeQuoted: Bool {
        switch self {
        case .secret, .secrets, .url: false
        default: true
        }
    }

    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.allSatisfy { $0.isASCII && !$0.isWhitespace }
    }

    private static func all<Value>(_ text: String, _ read: (Substring) -> Value?) -> [Value]? {
        let parts = text.split(separator: ",").map(\.trimmed)
        let values = parts.compactMap(read)
        return values.count == parts.count && !values.isEmpty ? values : nil
    }
}
