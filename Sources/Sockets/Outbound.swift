import FoundationEssentials
import NIOSSL

/// How requests leave this machine: through which proxy, and whose certificates are trusted.
package struct Outbound: Sendable {
    /// Without a proxy, and with the certificate authorities of the system.
    package static let direct = Outbound()

    var proxies = ProxyRules.none
    /// In place of those of the system.
    var authorities: [NIOSSLCertificate]?
    /// Beside those of the system, or beside ``authorities``.
    var moreAuthorities: [NIOSSLCertificate] = []

    private init() {}

    /// - Parameters:
    ///   - environment: `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY` in capital or small letters, and `SSL_CERT_FILE`, which replaces the
    ///     certificate authorities of the system, as it does for OpenSSL.
    ///   - authorityFile: Certificates in PEM that are trusted beside the others.
    /// - Throws: ``OutboundProblem``
    package init(environment: [String: String], authorityFile: String?) throws(OutboundProblem) {
        proxies = try ProxyRules(environment)
        if let file = environment["SSL_CERT_FILE"], !file.isEmpty {
            authorities = try Self.certificates(in: file, named: "SSL_CERT_FILE")
        }
        if let authorityFile { moreAuthorities = try Self.certificates(in: authorityFile, named: "tls.ca-file") }
    }

    private static func certificates(in path: String, named name: String) throws(OutboundProblem) -> [NIOSSLCertificate] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw OutboundProblem("\(name): the file \(path) cannot be read")
        }
        guard let found = try? NIOSSLCertificate.fromPEMBytes([UInt8](data)), !found.isEmpty else {
            throw OutboundProblem("\(name): the file \(path) holds no certificate in PEM (-----BEGIN CERTIFICATE-----)")
        }
        return found
    }
}

/// What is wrong with the environment or the settings of outgoing requests, in words that follow a name.
package struct OutboundProblem: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}

/// Which requests go through a proxy: the variables that curl and most other clients read.
///
/// Only HTTPS goes through it, by `CONNECT`: plain HTTP is allowed to this machine alone, which is never reached through a proxy.
struct ProxyRules: Sendable, Equatable {
    static let none = ProxyRules()

    struct Proxy: Sendable, Equatable {
        var host: String
        var port: Int
        var user: String?
        var password: String?
    }

    private var proxy: Proxy?
    private var exceptions: [Exception] = []
    private var exceptsAll = false

    private init() {}

    init(_ environment: [String: String]) throws(OutboundProblem) {
        // Small letters win, as with curl. An empty value switches the proxy off.
        func value(_ name: String) -> (name: String, text: String)? {
            for name in [name.lowercased(), name] { if let text = environment[name] { return (name, text) } }
            return nil
        }
        guard let setting = value("HTTPS_PROXY") ?? value("ALL_PROXY") else { return }
        let text = setting.text.trimmingBlanks
        guard !text.isEmpty else { return }
        proxy = try Proxy(text, named: setting.name)
        for entry in (value("NO_PROXY")?.text ?? "").split(separator: ",") {
            let entry = String(entry).trimmingBlanks
            if entry == "*" { exceptsAll = true }
            if let exception = Exception(entry) { exceptions.append(exception) }
        }
    }

    /// The proxy for a host, or `nil` where it is reached directly.
    ///
    /// - Parameter origin: Such as `https://app.rackbeat.com` or `https://10.0.0.8:8443`.
    func proxy(for origin: String) -> Proxy? {
        guard let proxy, !exceptsAll, origin.hasPrefix("https://"), let place = Place(origin.dropFirst(8), port: 443),
            !place.isThisMachine, !exceptions.contains(where: { $0.covers(place) })
        else { return nil }
        return proxy
    }
}

extension ProxyRules.Proxy {
    /// Reads `http://user:password@host:port`; scheme, user and password may be left out.
    fileprivate init(_ text: String, named name: String) throws(OutboundProblem) {
        // The text itself may hold a password, and is never quoted.
        var rest = text[...]
        if let mark = rest.firstRange(of: "://") {
            guard rest[..<mark.lowerBound].lowercased() == "http" else {
                throw OutboundProblem("\(name): a proxy such as http://host:port was expected; no other scheme is supported")
            }
            rest = rest[mark.upperBound...]
        }
        rest = rest.prefix { $0 != "/" }
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = String(parts[0]).percentDecoded
            password = parts.count > 1 ? String(parts[1]).percentDecoded : ""
            guard user != nil, password != nil else {
                throw OutboundProblem("\(name): user or password has a % that begins no percent-encoded character")
            }
            rest = rest[rest.index(after: at)...]
        }
        guard let place = ProxyRules.Place(rest, port: nil), let port = place.port else {
            throw OutboundProblem("\(name): a proxy with host and port was expected, such as http://proxy.example.test:3128")
        }
        (host, self.port) = (place.host, port)
    }
}

extension ProxyRules {
    /// A host and a port.
    fileprivate struct Place: Equatable {
        var host: String
        var port: Int?

        /// Reads `host`, `host:port`, `[::1]:port`.
        init?(_ text: Substring, port usual: Int?) {
            let end: Substring.Index
            if text.first == "[" {
                guard let bracket = text.firstIndex(of: "]") else { return nil }
                host = String(text[text.index(after: text.startIndex)..<bracket])
                end = text.index(after: bracket)
            } else {
                end = text.lastIndex(of: ":") ?? text.endIndex
                host = String(text[..<end])
            }
            host = host.lowercased()
            while host.hasSuffix(".") { host.removeLast() }
            guard !host.isEmpty else { return nil }
            port = usual
            guard end < text.endIndex else { return }
            guard let written = Int(text[text.index(after: end)...]), (1...65_535).contains(written) else { return nil }
            port = written
        }

        var isThisMachine: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") && host.isIPv4 }
    }

    /// One entry of `NO_PROXY`: a name with all names below it, or an address; with a port, only that port.
    fileprivate struct Exception: Equatable {
        private var place: Place

        init?(_ text: String) {
            var name = text[...]
            if name.hasPrefix("*.") { name = name.dropFirst() }
            while name.first == "." { name = name.dropFirst() }
            // An address of version 6 may stand without brackets.
            let bare = name.count { $0 == ":" } > 1 && name.first != "["
            guard let place = Place(bare ? "[\(name)]" : name, port: nil) else { return nil }
            self.place = place
        }

        func covers(_ other: Place) -> Bool {
            guard place.port == nil || place.port == other.port else { return false }
            return other.host == place.host || !other.host.isIPv4 && other.host.hasSuffix("." + place.host)
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }

    /// `nil` where a % begins no percent-encoded character, or the bytes are no text.
    fileprivate var percentDecoded: String? {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Whether it is four numbers with dots between them.
    fileprivate var isIPv4: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { part in UInt8(part) != nil }
    }
}
