import Exchange
import Foundation
import Logging
import Service
import ServiceLifecycle
import Sockets

/// Serves webhooks, `/health` and `/metrics` while the service runs.
struct ListenerService: Service {
    private let server: SocketServer

    /// Returns when the port is open.
    ///
    /// - Throws: ``UsageError`` when it cannot be opened.
    init(at authority: Authority, log: Logger, answer: @escaping @Sendable (Request) -> Response) throws {
        var limits = SocketServer.Limits()
        limits.bodyBytes = ServiceHandler.largestBody
        // Two systems that send webhooks, a monitor and a person.
        limits.connections = 64
        limits.request = .seconds(15)
        limits.response = .seconds(15)
        limits.leaveDescriptors()
        do {
            server = try SocketServer.start(host: authority.host, port: authority.port ?? 0, limits: limits) {
                .response(answer($0))
            }
        } catch let failure as SocketServer.StartFailure {
            throw UsageError("\(failure). Set another address in 'listen.address' or with --listen.")
        }
        let host = authority.host.contains(":") ? "[\(authority.host)]" : authority.host
        log.info("listening on http://\(host):\(server.port)")
    }

    func run() async throws {
        try? await gracefulShutdown()
        // Stopping blocks, which a thread of Swift's thread pool must not do.
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [server] in
                server.stop(within: .seconds(2))
                continuation.resume()
            }
        }
    }
}
