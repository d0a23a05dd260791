package import Exchange
import HTTPTypes
package import JSON
package import Units

/// One exchange of a recording: what of it may be kept.
package struct RecordedExchange: Sendable {
    package enum Body: Sendable, Hashable {
        case empty
        case json(JSON)
        /// No JSON: a page, a file, a truncated response. Nothing of it is kept.
        case other(bytes: Int)

        package var json: JSON? { if case .json(let json) = self { json } else { nil } }
    }

    package enum Outcome: Sendable {
        case response(status: Int, headers: [(name: String, value: String)], body: Body)
        case notConnected
        /// The connection ended before the whole response came.
        case lost
        case timedOut
    }

    package let system: System
    package let connection: String
    package let method: String
    /// Without the base path, percent-encoded.
    package let path: String
    package let at: Moment
    package let took: Duration
    package var query: [(name: String, value: String)] = []
    package var headers: [(name: String, value: String)] = []
    package var sent = Body.empty
    package var outcome = Outcome.lost

    init(system: System, connection: String, method: String, path: String, at: Moment, took: Duration) {
        self.system = system
        self.connection = connection
        self.method = method
        self.path = path
        self.at = at
        self.took = took
    }

    /// The segments of the path, decoded.
    var segments: [String] { path.parts(between: "/").map { PercentEncoding.decode($0) } }

    var status: Int? { if case .response(let status, _, _) = outcome { status } else { nil } }

    /// The JSON of a success.
    var received: JSON? {
        guard case .response(200..<300, _, .json(let json)) = outcome else { return nil }
        return json
    }

    // MARK: As an exchange

    /// For whoever judges exchanges. The base path is empty.
    package func exchanged(number: Int) -> Exchanged {
        var query = Query()
        for parameter in self.query { query.append(parameter.name, parameter.value) }
        let request = Request(
            HTTPRequest.Method(rawValue: method) ?? .get, path + (query.isEmpty ? "" : "?" + query.text),
            headers: Self.fields(headers), body: sent.bytes)
        let outcome: Exchanged.Outcome =
            switch self.outcome {
            case .response(let status, let headers, let body):
                .response(Response(status: status, headers: Self.fields(headers), body: body.bytes))
            case .notConnected: .failed(.notConnected("recorded"))
            case .lost: .failed(.lost("recorded"))
            case .timedOut: .failed(.timedOut(after: took))
            }
        let served: Response? = if case .response(let response) = outcome { response } else { nil }
        return Exchanged(
            number: number, system: system, connection: connection, request: request, outcome: outcome, served: served,
            startedAt: at, endedAt: at + took)
    }

    private static func fields(_ headers: [(name: String, value: String)]) -> HTTPFields {
        var fields = HTTPFields()
        for header in headers {
            if let name = HTTPField.Name(header.name) { fields.append(HTTPField(name: name, value: header.value)) }
        }
        return fields
    }

    // MARK: As a line

    package var json: JSON {
        var line: JSONObject = [
            "at": .string(at.isoUTCMilliseconds), "ms": JSON(Int(took.milliseconds)), "connection": .string(connection),
            "system": .string(system.rawValue), "method": .string(method), "path": .string(path),
        ]
        if !query.isEmpty { line.append("query", Self.pairs(query)) }
        line.append("headers", Self.pairs(headers))
        sent.write(to: &line, "sent")
        switch outcome {
        case .response(let status, let headers, let body):
            line.append("status", JSON(status))
            line.append("responseHeaders", Self.pairs(headers))
            body.write(to: &line, "received")
        case .notConnected: line.append("failure", "not-connected")
        case .lost: line.append("failure", "lost")
        case .timedOut: line.append("failure", "timed-out")
        }
        return .object(line)
    }

    /// - Returns: `nil` for what is no line of a recording.
    package init?(_ line: JSON) {
        guard let system = line["system"]?.string.flatMap(System.init(rawValue:)), let method = line["method"]?.string,
            let path = line["path"]?.string, let at = line["at"]?.string.flatMap({ Moment(iso: $0) }), let took = line["ms"]?.int
        else { return nil }
        self.init(
            system: system, connection: line["connection"]?.string ?? "", method: method, path: path, at: at,
            took: .milliseconds(took))
        query = Self.pairs(line["query"])
        headers = Self.pairs(line["headers"])
        sent = Body(line, "sent")
        if let status = line["status"]?.int {
            outcome = .response(status: status, headers: Self.pairs(line["responseHeaders"]), body: Body(line, "received"))
        } else {
            switch line["failure"]?.string {
            case "not-connected": outcome = .notConnected
            case "lost": outcome = .lost
            case "timed-out": outcome = .timedOut
            default: return nil
            }
        }
    }

    private static func pairs(_ pairs: [(name: String, value: String)]) -> JSON {
        .array(pairs.map { [.string($0.name), .string($0.value)] })
    }

    private static func pairs(_ json: JSON?) -> [(name: String, value: String)] {
        (json?.array ?? []).compactMap { pair in
            guard let name = pair[0]?.string, let value = pair[1]?.string else { return nil }
            return (name, value)
        }
    }
}

extension RecordedExchange.Body {
    fileprivate var bytes: [UInt8] {
        switch self {
        case .empty: []
        case .json(let json): json.serialized
        case .other: Array("covered".utf8)
        }
    }

    fileprivate func write(to line: inout JSONObject, _ name: String) {
        switch self {
        case .empty: break
        case .json(let json): line.append(name, json)
        case .other(let bytes): line.append(name + "Bytes", JSON(bytes))
        }
    }

    fileprivate init(_ line: JSON, _ name: String) {
        if let json = line[name] {
            self = .json(json)
        } else {
            self = line[name + "Bytes"]?.int.map { .other(bytes: $0) } ?? .empty
        }
    }
}
