/// What a handler wants to happen on the wire: a response, or one of the ways in which a network fails.
package enum Served: Sendable, Equatable {
    case response(Response)
    /// The connection ends before a response.
    case closed
    /// The response begins, with the length of the whole, and the connection is reset after this many bytes of its body.
    ///
    /// A response without a body is cut before its first byte, as with ``closed``.
    case cutShort(Response, afterBodyBytes: Int)
    /// The response, with so many blanks before its body that no client takes it.
    case oversized(Response)
    /// No response is sent, and the connection stays open until the caller gives up or the server stops.
    case silence

    /// The longest body of a response that a client of ours takes, whatever it asks for.
    package static let longestBody = 64 << 20
}

/// Handles a request when it arrives.
package typealias Handler = (Request) -> Served
