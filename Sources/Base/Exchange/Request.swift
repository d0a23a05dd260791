package import HTTPTypes
package import JSON

/// One HTTP request as it goes over the wire.
package struct Request: Sendable, Equatable {
    package var method: HTTPRequest.Method
    /// Path and query as they are sent, percent-encoded, such as `/api/orders?page=2`. Scheme and host are the transport's.
    package var target: String
    package var headers: HTTPFields
    package var body: [UInt8]
    /// How long the sender waits for the complete response.
    package var timeout: Duration
    /// The longest body of a response that the sender takes; `nil`: whatever the transport takes.
    package var responseLimitBytes: Int?

    package init(
        _ method: HTTPRequest.Method, _ target: String, headers: HTTPFields = [:], body: [UInt8] = [],
        timeout: Duration = .seconds(30), responseLimitBytes: Int? = nil
    ) {
        self.responseLimitBytes = responseLimitBytes
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }

    /// The target up to the question mark, still percent-encoded.
    package var path: Substring { target[..<(questionMark ?? target.endIndex)] }

    /// The target behind the question mark, still percent-encoded; `nil` when there is no question mark.
    package var queryText: Substring? {
        guard let questionMark else { return nil }
        return target[target.utf8.index(after: questionMark)...]
    }

    private var questionMark: String.Index? { target.utf8.firstIndex(of: UInt8(ascii: "?")) }
}

/// One HTTP response as it came over the wire.
package struct Response: Sendable, Equatable {
    package var status: Int
    package var headers: HTTPFields
    package var body: [UInt8]

    package init(status: Int, headers: HTTPFields = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(status: Int, headers: HTTPFields = [:], json: JSON) {
        self.status = status
        self.headers = headers
        self.headers[.contentType] = "application/json"
        self.body = json.serialized
    }

    package var isSuccess: Bool { (200..<300).contains(status) }

    /// Whether the `Content-Type` says JSON, with or without a charset.
    package var saysJSON: Bool {
        guard let type = headers[.contentType] else { return false }
        if type == "application/json" { return true }
        let media = type.prefix { $0 != ";" }.lowercased()
        return media.trimmed == "application/json" || media.trimmed.hasSuffix("+json")
    }
}

extension StringProtocol {
    /// The parts between separators, without the empty ones; the separator is an ASCII character.
    ///
    /// By bytes: `split` goes by characters, which costs many times as much, and an accent behind a separator would hide it.
    @inlinable
    package func parts(between separator: Unicode.Scalar) -> [SubSequence] {
        let byte = UInt8(ascii: separator)
        var parts: [SubSequence] = []
        var start = startIndex
        while start < endIndex {
            let end = utf8[start...].firstIndex(of: byte) ?? endIndex
            if start < end { parts.append(self[start..<end]) }
            if end == endIndex { break }
            start = utf8.index(after: end)
        }
        return parts
    }

    /// Without spaces and tabs at either end.
    package var trimmed: SubSequence {
        var slice = self[...]
        while let first = slice.first, first == " " || first == "\t" { slice = slice.dropFirst() }
        while let last = slice.last, last == " " || last == "\t" { slice = slice.dropLast() }
        return slice
    }
}
