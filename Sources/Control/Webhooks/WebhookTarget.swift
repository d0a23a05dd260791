/// Where a webhook goes: an http or https address, parsed as far as needed to know the machine.
package struct WebhookTarget: Sendable, Equatable {
    /// Scheme, host and port: `http://127.0.0.1:8080`.
    package let origin: String
    /// Without brackets and port, in small letters.
    package let host: String
    /// Path and query, at least `/`.
    package let target: String

    /// - Returns: `nil` for any other address, and for one that names a user.
    package init?(_ url: String) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), let scheme = Self.scheme(of: url) else { return nil }
        let rest = url.dropFirst(scheme.count)
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@"), !authority.contains("\\"), let host = Self.host(in: authority) else { return nil }
        let path = rest[end...].prefix { $0 != "#" }
        origin = scheme.lowercased() + authority.lowercased()
        self.host = host
        target = path.hasPrefix("/") ? String(path) : "/" + path
    }

    private static func scheme(of url: String) -> Substring? {
        for scheme in ["http://", "https://"] where url.lowercased().hasPrefix(scheme) { return url.prefix(scheme.count) }
        return nil
    }

    private static func host(in authority: Substring) -> String? {
        let host: Substring
        let behind: Substring
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<close]
            behind = authority[authority.index(after: close)...]
        } else {
            host = authority.prefix { $0 != ":" }
            behind = authority[host.endIndex...]
        }
        guard !host.isEmpty else { return nil }
        if !behind.isEmpty {
            guard behind.first == ":", let port = Int(behind.dropFirst()), (1...65_535).contains(port) else { return nil }
        }
        return host.lowercased()
    }

    /// Whether it is this machine by its name or number. Any other name may resolve to any machine.
    package var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) } && Int(part)! < 256
            }
    }
}
