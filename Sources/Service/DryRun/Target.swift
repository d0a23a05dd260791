import Exchange
import HTTPTypes
import JSON

/// A request as a rehearsal looks at it.
struct Target {
    /// The path below the base path, segment by segment, decoded once.
    let segments: [String]
    let query: Query
    let body: JSON?
    let call: PlannedWrite.Call

    init(_ request: Request, basePath: String) {
        let path = request.path.dropFirst(request.path.hasPrefix(basePath) ? basePath.count : 0)
        segments = path.split(separator: "/").map { PercentEncoding.decode($0) }
        query = request.queryText.map { Query(parsing: $0) } ?? Query()
        body = request.body.isEmpty ? nil : try? JSON.parse(request.body)
        let tail = request.queryText.map { "?" + $0 } ?? ""
        call = PlannedWrite.Call(method: request.method.rawValue, path: String(path) + tail, body: body)
    }
}

extension Response {
    /// The body as JSON; `nil` when it is something else.
    var tree: JSON? { isSuccess ? try? JSON.parse(body) : nil }

    /// The same with another body.
    func saying(_ json: JSON) -> Response {
        var response = Response(status: status, headers: headers, json: json)
        // It was the length of the other body.
        response.headers[.contentLength] = nil
        return response
    }
}
