import Exchange
package import HTTPTypes

/// One way into a fake: a method, a path and what handles it.
///
/// Each resource lists its routes beside its handlers.
package struct Route<Handler> {
    package let method: HTTPRequest.Method
    /// Segments behind the base path, parameters in braces: `orders/{number}/lines/{line}`.
    package let pattern: String
    package let handler: Handler
    /// Whether it answers with a list, which reads query parameters of its own.
    package let isList: Bool

    private init(_ method: HTTPRequest.Method, _ pattern: String, _ handler: Handler, isList: Bool = false) {
        self.method = method
        self.pattern = pattern
        self.handler = handler
        self.isList = isList
    }

    package static func list(_ pattern: String, _ handler: Handler) -> Route { Route(.get, pattern, handler, isList: true) }
    package static func get(_ pattern: String, _ handler: Handler) -> Route { Route(.get, pattern, handler) }
    package static func post(_ pattern: String, _ handler: Handler) -> Route { Route(.post, pattern, handler) }
    package static func put(_ pattern: String, _ handler: Handler) -> Route { Route(.put, pattern, handler) }
    package static func patch(_ pattern: String, _ handler: Handler) -> Route { Route(.patch, pattern, handler) }
    package static func delete(_ pattern: String, _ handler: Handler) -> Route { Route(.delete, pattern, handler) }
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

    package init(_ routes: [Route<Handler>]) {
        for route in routes { add(route.method, route.pattern, route.handler) }
    }

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

extension StringProtocol {
    /// The segments of a path, still percent-encoded. `nil` when one of them is empty, as after a trailing slash: a fake is strict
    /// where a real server may tidy up.
    package var pathSegments: [SubSequence]? {
        guard utf8.first == UInt8(ascii: "/") else { return nil }
        let segments = parts(between: "/")
        let slashes = utf8.reduce(0) { $1 == UInt8(ascii: "/") ? $0 + 1 : $0 }
        return segments.count == slashes ? segments : nil
    }
}
