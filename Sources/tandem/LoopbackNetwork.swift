import Exchange
import Simulation
import Sockets

/// The network of a run with `--transport sockets`: real servers and the production client on loopback ports.
struct LoopbackNetwork: RealNetwork {
    /// Deep enough for an engine that starts while another waits for its response. Of one run: handlers of others need not wait.
    private let queue = SerialQueue(depth: 8)
    let closedPort: ClosedPort

    func open(_ handler: @escaping Handler) throws -> any RealWire {
        LoopbackWire(server: try SocketServer.start(on: queue, handler: handler), closedPort: closedPort)
    }
}

private final class LoopbackWire: RealWire {
    private let server: SocketServer
    private let closedPort: ClosedPort

    init(server: SocketServer, closedPort: ClosedPort) {
        self.server = server
        self.closedPort = closedPort
    }

    deinit { server.stop(within: .seconds(1)) }

    func transport() -> any Transport { SocketTransport(to: "http://127.0.0.1:\(server.port)") }

    func transportToClosedPort() -> any Transport { SocketTransport(to: "http://127.0.0.1:\(closedPort.port)") }
}
