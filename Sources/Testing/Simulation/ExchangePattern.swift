package import Exchange
package import HTTPTypes

/// Matches exchanges, as scenarios write it: `ongoing PUT /orders`, `rackbeat POST /orders/{}/create-shipment`.
///
/// A segment `{}` or `*` matches any one segment, a last segment `**` any number of them, a method `*` any method.
/// The path excludes the base path and the query.
package struct ExchangePattern: Sendable, Equatable, CustomStringConvertible {
    package let system: System
    /// `nil`: any.
    package let method: HTTPRequest.Method?
    package let segments: [String]

    package init(_ system: System, _ method: HTTPRequest.Method?, _ path: String) {
        self.system = system
        self.method = method
        self.segments = path.split(separator: "/").map(String.init)
    }

    /// - Throws: ``PatternError`` that says which part is wrong and what was expected.
    package init(_ text: String) throws(PatternError) {
        let parts = text.split(separator: " ")
        guard parts.count == 3 else {
            throw PatternError(
                "'\(text)' is no exchange pattern: expected a system, a method and a path, such as 'ongoing PUT /orders'")
        }
        guard let system = System(rawValue: String(parts[0])) else {
            throw PatternError("'\(parts[0])' is no system: expected 'rackbeat' or 'ongoing'")
        }
        guard let method = Self.method(parts[1]) else {
            throw PatternError("'\(parts[1])' is no method: expected GET, POST, PUT, PATCH, DELETE or *")
        }
        guard parts[2].hasPrefix("/") else { throw PatternError("the path '\(parts[2])' must begin with '/'") }
        guard !parts[2].contains("?") else {
            throw PatternError("the path '\(parts[2])' must have no query: exchanges are matched by their path alone")
        }
        self.init(system, method == .any ? nil : method, String(parts[2]))
    }

    private static func method(_ text: Substring) -> HTTPRequest.Method? {
        let known: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .any]
        return known.first { $0.rawValue == text }
    }

    /// - Parameter path: Behind the base path, still percent-encoded.
    package func matches(_ system: System, _ method: HTTPRequest.Method, path: some StringProtocol) -> Bool {
        guard system == self.system, self.method.map({ $0 == method }) ?? true else { return false }
        let actual = path.parts(between: "/")
        let isOpen = segments.last == "**"
        let fixed = isOpen ? segments.dropLast() : segments[...]
        guard isOpen ? actual.count >= fixed.count : actual.count == fixed.count else { return false }
        return zip(fixed, actual).allSatisfy { $0 == "{}" || $0 == "*" || $0 == $1 }
    }

    package var description: String { "\(system) \(method?.rawValue ?? "*") /\(segments.joined(separator: "/"))" }
}

/// A text that is no exchange pattern.
package struct PatternError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

extension HTTPRequest.Method {
    fileprivate static let any = Self("*")!
}

extension Request {
    /// The path behind `basePath`, still percent-encoded; the whole path when it does not begin with it.
    package func path(behind basePath: String) -> Substring {
        let path = path
        guard path.utf8.starts(with: basePath.utf8) else { return path }
        return path[path.utf8.index(path.startIndex, offsetBy: basePath.utf8.count)...]
    }
}
