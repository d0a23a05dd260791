import Exchange
import HTTPTypes
import JSON
import NIOCore
import NIOHTTP1

extension Request {
    /// A request as it came over the wire. It does not tell how long its sender waits.
    init(_ head: HTTPRequestHead, body: ByteBuffer) {
        self.init(
            HTTPRequest.Method(head.method.rawValue) ?? .get, head.target, headers: HTTPFields(head.headers),
            body: Array(body.readableBytesView))
    }
}

extension Response {
    /// Whether a response of this status has a body at all.
    var mayHaveBody: Bool { status != 204 && status != 304 && !(100..<200).contains(status) }

    static func tooLong(_ limit: Int) -> Response {
        Response(status: 413, json: ["message": .string("The body is longer than \(limit) bytes.")])
    }

    static func headersTooLong(_ limit: Int) -> Response {
        Response(status: 431, json: ["message": .string("The request line and the headers are longer than \(limit) bytes.")])
    }

    static let malformed = Response(status: 400, json: ["message": "This is not an HTTP/1.1 request."])
}

extension HTTPRequestHead {
    /// The response to a request that is not passed to the handler; `nil` for all others.
    var refusal: Response? {
        if version.major == 1, version.minor >= 1, headers["host"].count != 1 {
            return Response(status: 400, json: ["message": "An HTTP/1.1 request has one Host header."])
        }
        if method == .CONNECT {
            return Response(status: 405, json: ["message": "This server is not a proxy."])
        }
        if headers["expect"].contains(where: { $0.lowercased() != "100-continue" }) {
            return Response(status: 417, json: ["message": "The only accepted value of Expect is 100-continue."])
        }
        if let coding = headers[canonicalForm: "content-encoding"].first(where: { $0.lowercased() != "identity" }) {
            // Both systems take uncompressed JSON only.
            var headers = HTTPFields()
            headers[.acceptEncoding] = "identity"
            return Response(
                status: 415, headers: headers,
                json: ["message": .string("A body in the content coding \(coding) is not accepted; send it uncompressed.")])
        }
        return nil
    }

    /// Path and query, whether or not the caller wrote the whole URL.
    fileprivate var target: String {
        guard !uri.hasPrefix("/"), let scheme = uri.firstRange(of: "://") else { return uri }
        let authority = uri[scheme.upperBound...]
        guard let path = authority.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
        return authority[path] == "/" ? String(authority[path...]) : "/" + authority[path...]
    }
}

extension HTTPResponseHead {
    /// The head of a response. Its length is that of the body; for `HEAD` the handler may give it without making the body.
    init(_ response: Response, to request: HTTPRequestHead, keepsAlive: Bool) {
        var headers = HTTPHeaders()
        headers.reserveCapacity(response.headers.count + 2)
        var knownLength: String?
        for field in response.headers {
            switch field.name.canonicalName {
            case "content-length": knownLength = field.value
            case "connection", "transfer-encoding", "keep-alive": break
            default: headers.add(name: field.name.rawName, value: field.value)
            }
        }
        if response.mayHaveBody {
            let length = String(response.body.count)
            let isHead = request.method == .HEAD && response.body.isEmpty
            headers.add(name: "content-length", value: isHead ? knownLength ?? length : length)
        }
        if !keepsAlive {
            headers.add(name: "connection", value: "close")
        } else if request.version.minor == 0 {
            headers.add(name: "connection", value: "keep-alive")
        }
        self.init(version: .http1_1, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
    }
}

extension HTTPFields {
    /// Leaves out names that HTTP does not allow; the decoder lets hardly any through.
    init(_ headers: HTTPHeaders) {
        self.init()
        reserveCapacity(headers.count)
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            append(HTTPField(name: name, value: value))
        }
    }
}

extension HTTPHeaders {
    init(_ fields: HTTPFields) {
        self.init()
        reserveCapacity(fields.count)
        for field in fields { add(name: field.name.rawName, value: field.value) }
    }
}
