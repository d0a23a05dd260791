/// What a handler wants to happen on the wire: an answer, or one of the ways in which a network fails.
package enum Served: Sendable, Equatable {
    case answer(Response)
    /// The connection ends before an answer came.
    case closed
    /// The answer begins, with the length of the whole, and the connection is reset after so many bytes of its body.
    ///
    /// An answer without a body has no middle: it breaks off before its first byte, as with ``closed``.
    case cutShort(Response, afterBodyBytes: Int)
    /// Nothing comes, and the connection stays open until the caller gives up or the server stops.
    case silence
}

/// Answers a request at the moment it arrives.
package typealias Handler = (Request) -> Served
