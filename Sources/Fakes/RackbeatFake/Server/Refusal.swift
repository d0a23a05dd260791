import Exchange
import FakeKit
import HTTPTypes
import JSON

/// Why a request is refused. Nothing was changed.
enum Refusal: Error, Equatable {
    case malformed(String)
    case unauthenticated
    case forbidden(String)
    case notFound
    case methodNotAllowed([HTTPRequest.Method])
    case tooLarge
    case unprocessable([RequestProblem])
    case tooManyRequests(retryAfterSeconds: Int64)

    static func rule(_ path: String, _ text: String) -> Refusal { .unprocessable([RequestProblem(path: path, text: text)]) }

    /// For the error of a test action.
    var sentence: String {
        switch self {
        case .malformed(let text), .forbidden(let text): text
        case .unauthenticated: "Unauthenticated."
        case .notFound: "There is no such thing."
        case .methodNotAllowed: "Method Not Allowed."
        case .tooLarge: "Payload Too Large."
        case .unprocessable(let problems): problems.map(\.text).joined(separator: " ")
        case .tooManyRequests: "Too Many Attempts."
        }
    }

    /// - Parameter withMessage: whether a 422 carries a `message` beside its `errors`.
    func response(withMessage: Bool) -> Response {
        switch self {
        case .malformed(let text): Self.message(400, text)
        case .unauthenticated: Self.message(401, "Unauthenticated.")
        case .forbidden(let text): Self.message(403, text)
        case .notFound: Self.message(404, "Not found.")
        case .methodNotAllowed(let allowed):
            Self.message(
                405, "Method Not Allowed.",
                headers: [.allow: Self.words(allowed)])
        case .tooLarge: Self.message(413, "Payload Too Large.")
        case .unprocessable(let problems): Self.unprocessable(problems, withMessage: withMessage)
        case .tooManyRequests(let seconds):
            Self.message(429, "Too Many Attempts.", headers: [.retryAfter: String(seconds)])
        }
    }

    /// For the header `Allow`: in alphabetical order, with HEAD where there is a GET.
    static func words(_ methods: [HTTPRequest.Method]) -> String {
        let all = methods + (methods.contains(.get) ? [.head] : [])
        return Set(all.map(\.rawValue)).sorted().joined(separator: ", ")
    }

    private static func message(_ status: Int, _ text: String, headers: HTTPFields = [:]) -> Response {
        Response(status: status, headers: headers, json: ["message": .string(text)])
    }

    private static func unprocessable(_ problems: [RequestProblem], withMessage: Bool) -> Response {
        var body = JSONObject()
        if withMessage { body.append("message", "The given data was invalid.") }
        body.append("errors", .object(problems.textsByPath))
        return Response(status: 422, json: .object(body))
    }
}
