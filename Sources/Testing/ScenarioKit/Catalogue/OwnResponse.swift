import Exchange
import HTTPTypes
import JSON
package import Simulation
package import StrictYAML

/// The response that a fault brings along: `fault: { respond: { status: 418, body: { message: No. } } }`.
enum OwnResponse {
    static let fault = Record(
        "a response of the fault's own",
        [
            .optional(FaultKind.respond.rawValue, .record(response), "Instead of carrying the request out."),
            .optional(
                FaultKind.respondAfter.rawValue, .record(response),
                "After carrying the request out, instead of the system's response."),
        ], exactlyOneOf: [[FaultKind.respond.rawValue, FaultKind.respondAfter.rawValue]])

    private static let response = Record(
        "a response",
        [
            .required("status", .whole(200...599), "Its status. A 204 and a 304 have no body, whatever stands here."),
            .optional(
                "headers", .table(key: headerName, value: headerValue),
                "Its headers. Default: the `Content-Type` of the body. The length is not among them: it follows from the body."),
            .optional("body", .anything, "A mapping or a list is sent as JSON, text as it stands here. Default: none."),
        ])

    /// What the server writes by itself.
    private static let framing = ["content-length", "transfer-encoding", "connection"]

    private static let headerName = Shape.custom(
        CustomScalar(
            "the name of a header such as Retry-After",
            schema: [
                "type": "string", "pattern": "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
                "not": ["pattern": .string("^(" + framing.map(anyCase).joined(separator: "|") + ")$")],
            ]
        ) { text throws(ScalarRefusal) in
            guard HTTPField.Name(text) != nil else { return nil }
            guard !framing.contains(text.lowercased()) else {
                throw ScalarRefusal("the server writes this header by itself, as it follows from the body")
            }
            return .text(text)
        })

    private static let headerValue = Shape.custom(
        CustomScalar(
            "the value of a header, in ASCII",
            schema: ["type": ["string", "number", "boolean"], "pattern": #"^[\t\x20-\x7E]*$"#]
        ) { text in
            text.utf8.allSatisfy { $0 == 9 || (0x20...0x7E).contains($0) } ? .text(text) : nil
        })

    private static func anyCase(_ word: String) -> String {
        word.map { $0.isLetter ? "[\($0.uppercased())\($0)]" : String($0) }.joined()
    }
}

extension Value {
    /// What goes wrong, of a value under the key `fault`.
    package var faultKind: FaultKind {
        let word = isRecord ? members[0].name : text
        guard let kind = FaultKind(rawValue: word) else { preconditionFailure("\(place): '\(word)' was not read as a fault") }
        return kind
    }

    /// The response that the fault brings along; `nil` when its word says all of it.
    var ownResponse: Response? {
        guard isRecord else { return nil }
        let value = members[0].value
        var response = Response(status: value.required("status").int)
        if let body = value["body"]?.tree, ![204, 304].contains(response.status) {
            switch body {
            case .null: break
            case .string(let text):
                response.headers[.contentType] = "text/plain; charset=utf-8"
                response.body = Array(text.utf8)
            case .bool, .number, .array, .object: response = Response(status: response.status, json: body)
            }
        }
        for (name, text) in value["headers"]?.table ?? [] { response.headers[HTTPField.Name(name.text)!] = text.text }
        return response
    }
}
