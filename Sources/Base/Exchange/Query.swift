/// The parameters of a query in their order; a name may stand more than once.
package struct Query: Sendable, Equatable {
    package private(set) var parameters: [(name: String, value: String)]

    package init() { parameters = [] }

    /// Reads `a=1&b=x%20y`. A plus sign is a space, a parameter without `=` has an empty value.
    package init(parsing text: some StringProtocol) {
        // By bytes: an accent that follows a & or a = raw would make another character of it.
        parameters = Array(text.utf8).split(separator: UInt8(ascii: "&")).map { pair in
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            let value = pair[name.endIndex...].dropFirst()
            return (PercentEncoding.decode(name, plusIsSpace: true), PercentEncoding.decode(value, plusIsSpace: true))
        }
    }

    package mutating func append(_ name: String, _ value: String) { parameters.append((name, value)) }

    /// The last value of that name.
    package subscript(name: String) -> String? { parameters.last { $0.name == name }?.value }

    /// Every value of that name, in order.
    package func all(_ name: String) -> [String] { parameters.filter { $0.name == name }.map(\.value) }

    package var isEmpty: Bool { parameters.isEmpty }

    /// As it is sent: percent-encoded, without the question mark.
    package var text: String {
        parameters.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
            .joined(separator: "&")
    }

    package static func == (left: Query, right: Query) -> Bool {
        left.parameters.elementsEqual(right.parameters) { $0.name == $1.name && $0.value == $1.value }
    }
}

/// Percent-encoding by RFC 3986.
package enum PercentEncoding {
    /// Everything but the unreserved characters is encoded, so that the result fits a path segment and a query value alike.
    package static func encode(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy(isUnreserved) { return String(text) }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexDigits[Int(byte >> 4)])
                bytes.append(hexDigits[Int(byte & 15)])
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A percent sign that is not followed by two hexadecimal digits stays as it is; bytes that are no UTF-8 become U+FFFD.
    package static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        decode(Array(text.utf8)[...], plusIsSpace: plusIsSpace)
    }

    fileprivate static func decode(_ encoded: ArraySlice<UInt8>, plusIsSpace: Bool) -> String {
        guard encoded.contains(where: { $0 == UInt8(ascii: "%") || (plusIsSpace && $0 == UInt8(ascii: "+")) }) else {
            return String(decoding: encoded, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        var index = encoded.startIndex
        while index < encoded.endIndex {
            let byte = encoded[index]
            if byte == UInt8(ascii: "%"), index + 2 < encoded.endIndex, let high = hexValue(encoded[index + 1]),
                let low = hexValue(encoded[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
