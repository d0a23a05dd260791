import Exchange

/// Where a system is reached: the host, and what every path there begins with.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// Scheme, host and port, such as `https://app.rackbeat.com`.
    package let origin: String
    /// Such as `/api`; without a slash at the end, so empty at the root.
    package let basePath: String

    package var description: String { origin + basePath }

    /// Reads `https://host[:port]/path`.
    ///
    /// - Throws: What is wrong with it, in words that stand in a sentence. The text itself is not quoted where it may hold a
    ///   password.
    init(_ text: String) throws(Refusal) {
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw Refusal("a URL such as https://host/path was expected" + Self.quoted(text))
        }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else {
            throw Refusal("a URL without user and password was expected; name them in keys of their own")
        }
        guard let host = Authority(authority) else { throw Refusal("the URL names no host, or no port after the colon") }
        let path = rest.dropFirst(authority.count)
        guard !path.contains(where: { $0 == "?" || $0 == "#" || $0 == " " }) else {
            throw Refusal("a URL without query and fragment was expected" + Self.quoted(text))
        }
        guard scheme == "https://" || host.isLoopback else {
            throw Refusal("https was expected: over http the credentials would travel in the clear; only loopback may use it")
        }
        origin = scheme + authority.lowercased()
        var base = path
        while base.last == "/" { base = base.dropLast() }
        basePath = String(base)
    }

    /// `, not '…'`, unless the text may hold a password or a token: as user, query or fragment.
    static func quoted(_ text: String) -> String {
        text.contains { "@?#%".contains($0) } ? "; it is not quoted, since it may hold a secret" : ", not '\(text.prefix(60))'"
    }

    struct Refusal: Error {
        let text: String
        init(_ text: String) { self.text = text }
    }
}

/// `host:port`, `[::1]:port` or a host alone.
package struct Authority: Hashable, Sendable {
    package let host: String
    package let port: Int?

    init?(_ text: some StringProtocol) {
        let end: String.Index
        let characters = String(text)
        if characters.hasPrefix("[") {
            guard let bracket = characters.firstIndex(of: "]") else { return nil }
            host = String(characters[characters.index(after: characters.startIndex)..<bracket])
            end = characters.index(after: bracket)
        } else {
            end = characters.firstIndex(of: ":") ?? characters.endIndex
            host = String(characters[..<end])
        }
        guard !host.isEmpty, host.allSatisfy({ $0.isASCII && !$0.isWhitespace && $0 != "/" }) else { return nil }
        guard end < characters.endIndex else {
            port = nil
            return
        }
        guard characters[end] == ":", let port = Int(characters[characters.index(after: end)...]), (0...65535).contains(port)
        else { return nil }
        self.port = port
    }

    /// Whether the name stands for this machine alone.
    package var isLoopback: Bool {
        if host.lowercased() == "localhost" || host == "::1" { return true }
        // A name such as 127.example.co.uk may be any machine.
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) } && Int(part)! < 256
            }
    }
}
