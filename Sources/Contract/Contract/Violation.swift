package import Exchange
package import JSON

/// Something in a request or a response that the contract does not allow.
package struct Violation: Sendable, Hashable, CustomStringConvertible {
    package enum Side: String, Sendable, Hashable {
        case request
        case response
    }

    /// The part of the message in which it is.
    package enum Part: Sendable, Hashable {
        case method
        case path
        case pathParameter(String)
        case query(String)
        case header(String)
        case status
        case body
    }

    package enum Kind: String, Sendable, Hashable {
        /// Something stands there that the contract does not know.
        case unknown
        /// Something is not there that the contract requires.
        case missing
        /// Something stands there that the contract says is something else.
        case wrong
    }

    package let system: System
    package let side: Side
    /// Method and path as the contract writes them, such as `PUT /orders/{orderId}`; as they were sent where it has no such.
    package let operation: String
    package let part: Part
    /// The place in the body; empty for its root and for the other parts.
    package let pointer: JSONPointer
    package let kind: Kind
    /// What was found. Never a secret.
    package let found: String
    /// What the contract says instead.
    package let expected: String

    /// `Ongoing request PUT /orders, body /orderLines/0/rowNumber: found the number 5501, but the contract says a string.`
    package var description: String {
        "\(system.title) \(side.rawValue) \(operation), \(place): found \(found), but the contract \(verb) \(expected)"
            + (expected.hasSuffix("?") ? "" : ".")
    }

    private var place: String {
        switch part {
        case .method: "method"
        case .path: "path"
        case .pathParameter(let name): "path parameter '\(name)'"
        case .query(let name): "query parameter '\(name)'"
        case .header(let name): "header \(name)"
        case .status: "status"
        case .body: pointer.tokens.isEmpty ? "body" : "body \(pointer)"
        }
    }

    private var verb: String {
        switch kind {
        case .unknown: "knows"
        case .missing: "requires"
        case .wrong: "says"
        }
    }
}
