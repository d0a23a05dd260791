package import Exchange
package import HTTPTypes
package import JSON

/// One call, before it becomes a request.
package struct Call {
    package var method: HTTPRequest.Method
    /// Below the base path, without a slash at its beginning. Keys in it are percent-encoded, once.
    package var path: String
    package var query = Query()
    package var body: JSON?
    /// What the call is about, for errors, where method and path do not say it: `order 1042`, `page 2`.
    package var subject: String?
    /// Whether it reads on in a list that was begun. As many of them as the list has pages are no repetition.
    package var readsOn = false
    /// How many rows of a list are asked for; `nil` for what is no page of a list.
    package var rows: Int?

    /// The longest response to it: what was asked for has a size, and a longer one is something else. A row may have 256 KB, which is an
    /// order of several hundred lines.
    var responseLimitBytes: Int { (8 << 20) + (rows ?? 0) * (256 << 10) }

    package static func get(_ path: String, _ query: Query = Query(), about subject: String? = nil) -> Call {
        Call(method: .get, path: path, query: query, subject: subject)
    }
    package static func post(_ path: String, _ body: JSON? = nil) -> Call { Call(method: .post, path: path, body: body) }
    package static func put(_ path: String, _ body: JSON, about subject: String? = nil) -> Call {
        Call(method: .put, path: path, body: body, subject: subject)
    }
    package static func patch(_ path: String, _ body: JSON? = nil) -> Call { Call(method: .patch, path: path, body: body) }
    package static func delete(_ path: String) -> Call { Call(method: .delete, path: path) }

    /// The call in words for errors.
    package func place(in system: System) -> String {
        "\(system.title) \(method.rawValue) /\(path)" + (subject.map { ", \($0)" } ?? "")
    }
}
