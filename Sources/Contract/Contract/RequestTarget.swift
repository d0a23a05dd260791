import Exchange

/// The target of a request taken apart, byte by byte: the observer reads one for every exchange.
struct RequestTarget {
    private let text: String
    /// The path's segments behind the base path, still percent-encoded; `nil` when the path begins otherwise.
    let segments: [String]?
    /// Decoded, in their order.
    let parameters: [(name: String, value: String)]

    init(_ target: String, basePath: String) {
        text = target
        var target = target
        var base = basePath.utf8[...]
        if base.last == UInt8(ascii: "/") { base = base.dropLast() }
        (segments, parameters) = target.withUTF8 { bytes in
            let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
            return (Self.segments(bytes[..<mark], behind: base), Self.parameters(bytes[mark...].dropFirst()))
        }
    }

    /// Up to the question mark, still percent-encoded.
    var path: Substring { text.prefix { $0 != "?" } }

    func has(_ name: String) -> Bool { parameters.contains { $0.name == name } }

    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    private static func segments(_ path: Bytes, behind base: Substring.UTF8View) -> [String]? {
        guard path.starts(with: base) else { return nil }
        let rest = path.dropFirst(base.count)
        guard rest.first == UInt8(ascii: "/") else { return nil }
        var segments: [String] = []
        segments.reserveCapacity(6)
        forEachPart(of: rest.dropFirst(), between: UInt8(ascii: "/")) {
            segments.append(String(decoding: $0, as: UTF8.self))
        }
        return segments
    }

    private static func parameters(_ query: Bytes) -> [(name: String, value: String)] {
        var parameters: [(name: String, value: String)] = []
        forEachPart(of: query, between: UInt8(ascii: "&")) { pair in
            guard !pair.isEmpty else { return }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            parameters.append((decoded(pair[..<equals]), decoded(pair[equals...].dropFirst())))
        }
        return parameters
    }

    private static func forEachPart(of bytes: Bytes, between separator: UInt8, _ body: (Bytes) -> Void) {
        var rest = bytes
        while let end = rest.firstIndex(of: separator) {
            body(rest[..<end])
            rest = rest[(end + 1)...]
        }
        body(rest)
    }

    private static func decoded(_ bytes: Bytes) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else { return text }
        return PercentEncoding.decode(text, plusIsSpace: true)
    }
}
