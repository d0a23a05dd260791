/// What a handler wants to happen on the wire: a response, or one of the ways in which a network fails.
package enum Served: Sendable, Equatable {
    case response(Response)
    /// The connection ends before a response.
    case closed
    /// The response begins, with the length of the whole, and the connection is reset after this many bytes of its body.
    ///
    /// A response without a body is cut before its first byte, as with ``closed``.
    case cutShort(Response, afterBodyBytes: Int)
    /// No response is sent, and the connection stays open until the caller gives up or the server stops.
    case silence
}

/// Handles a request when it arrives.
package typealias Handler = (Request) -> Served
