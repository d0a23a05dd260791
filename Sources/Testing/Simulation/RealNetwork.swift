package import Exchange

/// A real network that one run goes over. The command line passes in that of the module `Sockets`.
package protocol RealNetwork {
    /// Puts a handler behind a real port of a real server.
    ///
    /// The engine's thread waits meanwhile, so nothing runs at the same time. But the handler is called on another thread, and
    /// again on a third before it has returned, when it runs an engine itself.
    func open(_ handler: @escaping Handler) throws -> any RealWire
}

/// A real server, and real ways to it. The server ends with this object.
package protocol RealWire: AnyObject {
    /// A client of its own for one connection of the engine.
    func transport() -> any Transport
    /// The same, to a port at which nobody listens.
    func transportToClosedPort() -> any Transport
}

/// The wire of a run in process: the server is called where the request is sent.
final class InProcessWire: Transport {
    private let handler: Handler

    init(_ handler: @escaping Handler) { self.handler = handler }

    func send(_ request: Request) throws -> Response {
        switch handler(request).outcome(of: request) {
        case .response(let response): return response
        case .failed(let failure): throw failure
        }
    }
}

/// A port at which nobody listens.
final class ClosedPort: Transport {
    func send(_ request: Request) throws -> Response { throw TransportFailure.notConnected("connection refused") }
}
