import Units

/// Where a token or password is kept. The configuration has the reference, never the secret.
package enum SecretReference: Hashable, Comparable, Sendable, CustomStringConvertible {
    case environment(String)
    case file(String)

    /// As it is written on one line: `env:RACKBEAT_TOKEN`, `file:/run/secrets/rackbeat`.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        switch parts[0] {
        case "env": self = .environment(String(parts[1]))
        case "file": self = .file(String(parts[1]))
        default: return nil
        }
    }

    package var description: String {
        switch self {
        case .environment(let name): "environment variable \(name)"
        case .file(let path): "file \(path)"
        }
    }
}

/// A token or password that no description, dump or error shows.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The secret itself, for whoever sends or compares it.
    func reveal() -> String { text }

    package var description: String { "•••" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// Whether the text is this secret. A wrong one takes as long as the right one, so that the time of a response does not tell
    /// how much of a guess was right; only the length can be learnt.
    package func matches(_ guess: String) -> Bool {
        let own = Array(text.utf8)
        let other = Array(guess.utf8)
        var difference: UInt8 = own.count == other.count ? 0 : 1
        for index in own.indices { difference |= own[index] ^ (other.isEmpty ? 1 : other[index % other.count]) }
        return difference == 0 && !own.isEmpty
    }
}

/// The environment variables and files that a configuration may refer to.
package struct SecretSources: Sendable {
    package var environment: [String: String]
    /// The bytes of a file; throws when it cannot be read.
    package var readFile: @Sendable (String) throws -> [UInt8]
    /// Whether users other than its owner may read a file.
    package var isReadableByOthers: @Sendable (String) -> Bool

    package init(
        environment: [String: String], readFile: @escaping @Sendable (String) throws -> [UInt8],
        isReadableByOthers: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.environment = environment
        self.readFile = readFile
        self.isReadableByOthers = isReadableByOthers
    }

    /// - Throws: What is wrong with the reference, in words that stand in a sentence. Never the content.
    func secret(at reference: SecretReference) throws(UnusableSecret) -> Secret {
        switch reference {
        case .environment(let name):
            guard let text = environment[name] else { throw UnusableSecret(problem: "it is not set") }
            return try checked(text)
        case .file(let path):
            guard let bytes = try? readFile(path) else { throw UnusableSecret(problem: "it cannot be read") }
            guard let text = String(validating: bytes, as: UTF8.self) else { throw UnusableSecret(problem: "it is not UTF-8") }
            return try checked(text)
        }
    }

    /// Editors and `echo` end a file with a line break, which is never part of a token.
    private func checked(_ text: String) throws(UnusableSecret) -> Secret {
        var text = text[...]
        while let last = text.last, last.isNewline { text = text.dropLast() }
        guard !text.isEmpty else { throw UnusableSecret(problem: "it is empty") }
        // It will stand in a header: a line break inside would be a header of its own.
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw UnusableSecret(problem: "it holds more than one line, or a control character")
        }
        return Secret(String(text))
    }
}

/// A place that holds no usable secret.
struct UnusableSecret: Error {
    let problem: String
}

/// The secrets that a configuration refers to.
package struct Credentials: Sendable {
    package let rackbeatToken: Secret
    /// By connection.
    package let ongoingPasswords: [String: Secret]
    let rackbeatWebhooks: [Secret]
    let ongoingWebhooks: [Secret]
    /// User and password as Basic authorisation sends them: whoever sees that can read the password out of it.
    private let basicAuthorisations: [Secret]

    /// What is unsafe about the places that hold the secrets, one sentence each.
    package let warnings: [String]

    /// - Throws: Every place that holds no usable secret.
    package init(of configuration: Configuration, in secretSources: SecretSources) throws(BadConfiguration) {
        var problems: [ConfigurationProblem] = []
        var warnings: [String] = []
        func fetch(_ reference: SecretReference?, _ key: String) -> Secret {
            guard let reference else { preconditionFailure("'\(key)' is required, so a configuration that was read has it") }
            if case .file(let path) = reference, secretSources.isReadableByOthers(path) {
                let warning = "\(reference) can be read by other users of this machine: chmod 600"
                if !warnings.contains(warning) { warnings.append(warning) }
            }
            do {
                return try secretSources.secret(at: reference)
            } catch {
                let text = "\(error.problem), but '\(key)' refers to it"
                problems.append(ConfigurationProblem(origin: .reference(reference), text: text))
                return Secret("")
            }
        }
        let general = configuration.general
        rackbeatToken = fetch(general.rackbeat.token, "rackbeat.token")
        let passwords = configuration.connections.map {
            ($0.name, fetch($0.ongoing.password, "connections.\($0.name).ongoing.password"))
        }
        ongoingPasswords = Dictionary(uniqueKeysWithValues: passwords)
        basicAuthorisations = zip(configuration.connections, passwords).map { plan, password in
            Secret(Base64.encode("\(plan.ongoing.user ?? ""):\(password.1.reveal())"))
        }
        rackbeatWebhooks = general.listen.rackbeatTokens.map { fetch($0, "listen.rackbeat-tokens") }
        ongoingWebhooks = general.listen.ongoingTokens.map { fetch($0, "listen.ongoing-tokens") }
        self.warnings = warnings
        if !problems.isEmpty { throw BadConfiguration(problems) }
    }

    /// Every secret, for whoever keeps them out of what is shown.
    var all: [Secret] {
        [rackbeatToken] + ongoingPasswords.values + basicAuthorisations + rackbeatWebhooks + ongoingWebhooks
    }
}
