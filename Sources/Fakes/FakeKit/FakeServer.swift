package import Exchange
package import JSON

/// A fake of one system: one synchronous handler, served in process and over a socket alike.
package protocol FakeServer: AnyObject {
    func respond(to request: Request) -> Response
}

/// A test action that cannot be carried out as things stand, such as sending an order that nobody picked.
package struct ActionError: Error, Equatable, CustomStringConvertible {
    /// What was wanted, what prevents it, what the fake holds.
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// What is wrong with one property of a request, in the words of the response.
package struct RequestProblem: Error, Equatable {
    /// Where the property stands in the request, in the notation of the system: `lines.0.item_id`, `o.orderLines[0].rowNumber`.
    package let path: String
    package let text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

extension Sequence<RequestProblem> {
    /// One member for each path, with all its texts, in the order in which they were found.
    package var textsByPath: JSONObject {
        var paths: [String] = []
        var texts: [String: [JSON]] = [:]
        for problem in self {
            if texts[problem.path] == nil { paths.append(problem.path) }
            texts[problem.path, default: []].append(.string(problem.text))
        }
        return JSONObject(paths.map { JSONObject.Member(name: $0, value: .array(texts[$0]!)) })
    }
}
