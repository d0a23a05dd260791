package import Exchange

/// A real network that scenarios can be played over. The room with the sockets has it, the command line hands it in.
package protocol RealNetwork: Sendable {
    /// Puts a handler behind a real port of a real server.
    ///
    /// The handler is called while the engine's thread waits for the answer, so nothing runs at the same time; but it is called on
    /// another thread, and once more on a third while it has not come back, when it sets an engine to work in between.
    func open(_ handler: @escaping Handler) throws -> any RealWire
}

/// A real server, and real ways to it. The server ends with this object.
package protocol RealWire: AnyObject {
    /// A client of its own for one connection of the engine.
    func transport() -> any Transport
    /// The same, to a port at which nobody listens.
    func transportToClosedPort() -> any Transport
}

/// The wire of a run in process: the server is called where the request is sent, and what it wants to happen on the wire is put
/// into the words of a real client.
final class DirectWire: Transport {
    private let handler: Handler

    init(_ handler: @escaping Handler) { self.handler = handler }

    func send(_ request: Request) throws -> Response {
        switch handler(request) {
        case .response(let response): return response
        case .cutShort(let response, let bytes) where !response.body.isEmpty:
            throw TransportFailure.lost("reset after \(bytes) of \(response.body.count) bytes")
        case .closed, .cutShort: throw TransportFailure.lost("closed before a response")
        case .silence: throw TransportFailure.timedOut(after: request.timeout)
        }
    }
}

/// A wire at whose end nobody listens.
final class DeadEnd: Transport {
    func send(_ request: Request) throws -> Response { throw TransportFailure.notConnected("connection refused") }
}
