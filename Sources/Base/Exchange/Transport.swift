package import Units

/// Sends one request to one system and returns its response.
///
/// Blocking on purpose: both systems ask for sequential calls, and a sequential engine that is called in process repeats to
/// the byte. A transport over a real network runs on a thread of its own connection.
package protocol Transport: AnyObject {
    /// - Throws: ``TransportFailure`` when no complete response came. Any other error is the caller's world coming to an end (a
    ///   crash in a simulation) and is passed on untouched.
    func send(_ request: Request) throws -> Response
}

/// Why no response came.
package enum TransportFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// No connection was made, so the request was certainly not carried out.
    case notConnected(String)
    /// The connection was lost before the whole response came. The request may have been carried out.
    case lost(String)
    /// Nothing came within the time the request allows. The request may have been carried out, and may still be.
    case timedOut(after: Duration)

    /// The connection ended before anything of a response came. The same for a real and a simulated connection.
    package static let closedBeforeResponse = TransportFailure.lost("closed before a response")

    /// The connection ended in the middle of a response. The same for a real and a simulated connection.
    package static func reset(after bytes: Int, of whole: Int) -> TransportFailure {
        .lost("reset after \(bytes) of \(whole) bytes")
    }

    /// The response was longer than was to be expected of what was asked for. The same for a real and a simulated connection.
    package static func tooLong(limitBytes: Int) -> TransportFailure {
        .lost("the response is longer than \(limitBytes >> 20) MB")
    }

    /// Whether the other side may have carried the request out.
    package var effect: Effect {
        switch self {
        case .notConnected: .unchanged
        case .lost, .timedOut: .unknown
        }
    }

    package var description: String {
        switch self {
        case .notConnected(let detail): "no connection (\(detail))"
        case .lost(let detail): "connection lost (\(detail))"
        case .timedOut(let waited): "no response within \(waited.forPeople)"
        }
    }
}

/// What the other system holds after a failed call.
package enum Effect: String, Equatable, Sendable {
    /// It was certainly not carried out.
    case unchanged
    /// It may or may not have been carried out: look it up before retrying.
    case unknown
}

/// The clock, and the way to wait.
package protocol Clock: AnyObject {
    func now() -> Moment
    /// Returns when the duration has passed, or earlier when the process is stopping.
    func wait(for duration: Duration) throws
    /// The same, but returns as soon as `isNudged` is true: something that happens meanwhile may set it.
    func wait(for duration: Duration, unless isNudged: () -> Bool) throws
}

extension Clock {
    package func wait(for duration: Duration, unless isNudged: () -> Bool) throws { try wait(for: duration) }
}

/// The two systems.
package enum System: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case rackbeat
    case ongoing

    package var description: String { rawValue }
    package var title: String { self == .rackbeat ? "Rackbeat" : "Ongoing" }
}
