package import Exchange
package import HTTPTypes
import JSON

/// One request on its way through a fake: path parameters and query decoded, body as bytes.
package struct Call: Sendable {
    package let request: Request
    /// Raw (still percent-encoded) path segments behind the base path.
    package let segments: [Substring]
    package let query: Query
    /// Path parameters by name, still percent-encoded: how often to decode is a belief of each fake.
    package let rawParameters: [String: Substring]

    package init(request: Request, segments: [Substring], query: Query, rawParameters: [String: Substring]) {
        self.request = request
        self.segments = segments
        self.query = query
        self.rawParameters = rawParameters
    }

    /// A path parameter, decoded once. Asking for one that the route's pattern does not name is a defect.
    package func parameter(_ name: String) -> String { PercentEncoding.decode(rawParameters[name]!) }
}

/// Finds the handler for method and path: a tree of path segments, literals before parameters.
package struct Router<Handler> {
    package enum Match {
        case found(Handler, parameters: [String: Substring])
        /// The path exists, the method does not.
        case methodNotAllowed(allowed: [HTTPRequest.Method])
        case notFound
    }

    private final class Branch {
        var literals: [Substring: Branch] = [:]
        var parameter: (branch: Branch, name: String)?
        var handlers: [(method: HTTPRequest.Method, handler: Handler, names: [String])] = []
    }

    private let root = Branch()

    package init() {}

    /// - Parameter pattern: segments behind the base path, parameters in braces: `orders/{number}/lines/{line}`.
    package func add(_ method: HTTPRequest.Method, _ pattern: String, _ handler: Handler) {
        var branch = root
        var names: [String] = []
        for segment in pattern.split(separator: "/") {
            if segment.hasPrefix("{") {
                names.append(String(segment.dropFirst().dropLast()))
                if branch.parameter == nil { branch.parameter = (Branch(), names.last!) }
                branch = branch.parameter!.branch
            } else {
                if branch.literals[segment] == nil { branch.literals[segment] = Branch() }
                branch = branch.literals[segment]!
            }
        }
        precondition(!branch.handlers.contains { $0.method == method }, "\(method) \(pattern) is routed twice")
        branch.handlers.append((method, handler, names))
    }

    package func match(_ method: HTTPRequest.Method, _ segments: [Substring]) -> Match {
        var values: [Substring] = []
        guard let branch = find(segments[...], from: root, &values) else { return .notFound }
        guard let entry = branch.handlers.first(where: { $0.method == method }) else {
            return .methodNotAllowed(allowed: branch.handlers.map(\.method))
        }
        return .found(entry.handler, parameters: Dictionary(uniqueKeysWithValues: zip(entry.names, values)))
    }

    private func find(_ rest: ArraySlice<Substring>, from branch: Branch, _ values: inout [Substring]) -> Branch? {
        guard let segment = rest.first else { return branch.handlers.isEmpty ? nil : branch }
        if let next = branch.literals[segment], let found = find(rest.dropFirst(), from: next, &values) { return found }
        if let parameter = branch.parameter {
            values.append(segment)
            if let found = find(rest.dropFirst(), from: parameter.branch, &values) { return found }
            values.removeLast()
        }
        return nil
    }
}

/// A fake of one system: one synchronous handler, served in process and over a socket alike.
package protocol FakeServer: AnyObject {
    func answer(_ request: Request) -> Response
}

/// A lever that cannot be pulled as things stand, such as sending an order that nobody picked.
package struct ActionError: Error, Equatable, CustomStringConvertible {
    /// What was wanted, what stands in the way, what the fake holds.
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension StringProtocol {
    /// The segments of a path, still percent-encoded; `nil` when one of them is empty, as behind a slash at the end: such a path names
    /// nothing here, whatever it stood for at a server that tidies up.
    package var pathSegments: [SubSequence]? {
        guard utf8.first == UInt8(ascii: "/") else { return nil }
        let segments = parts(between: "/")
        let slashes = utf8.reduce(0) { $1 == UInt8(ascii: "/") ? $0 + 1 : $0 }
        return segments.count == slashes ? segments : nil
    }
}
