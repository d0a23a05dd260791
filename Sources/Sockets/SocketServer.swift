package import Exchange
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One synchronous handler behind a real HTTP/1.1 server on a port of its own.
///
/// The server collects a request, has the handler called on its ``Lane``, and writes what came of it. It answers by itself only
/// what never was a request for the handler: 400, 405 to `CONNECT`, 413, 415 to a compressed body, 417 and 431.
package final class SocketServer: Sendable {
    package struct Limits: Sendable {
        /// A request whose body is longer is answered with 413 and not read to its end.
        package var bodyBytes = 10 << 20
        /// The request line and the headers together.
        package var headerBytes = 64 << 10
        package var connections = 1024
        /// How long a connection may stay without a whole request.
        package var idle = Duration.seconds(75)

        package init() {}
    }

    /// Why a server did not start.
    package struct StartFailure: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    private let server: Server<Entrance>
    private let guests: Guests
    private let running: Task<Void, Never>
    private let address: SocketAddress

    /// The port it listens on.
    package var port: Int { address.port! }

    private init(server: Server<Entrance>, guests: Guests, running: Task<Void, Never>, address: SocketAddress) {
        self.server = server
        self.guests = guests
        self.running = running
        self.address = address
    }

    /// Returns when the port is open.
    ///
    /// - Parameters:
    ///   - port: 0 for any free one.
    ///   - lane: The thread that calls the handler; shared by servers whose handlers share a state.
    ///   - answer: Called on the lane only.
    /// - Throws: ``StartFailure`` when the address cannot be listened on.
    package static func start(
        host: String = "127.0.0.1", port: Int = 0, limits: Limits = Limits(), on lane: Lane = Lane(),
        answer: @escaping Handler
    ) throws -> SocketServer {
        let group = MultiThreadedEventLoopGroup.singleton
        let guests = Guests()
        let opened = group.next().makePromise(of: SocketAddress.self)
        let server = Server(
            childChannelSetup: Entrance(limits: limits, lane: lane, guests: guests, answer: OnLane(value: answer)),
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), backlog: 512,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
            onServerRunning: { opened.succeed($0.localAddress!) }, eventLoopGroup: group, logger: .silent)
        let running = Task.detached(executorPreference: Housekeeping.thread) {
            do { try await server.run() } catch { opened.fail(error) }
        }
        do {
            let address = try opened.futureResult.wait()
            return SocketServer(server: server, guests: guests, running: running, address: address)
        } catch {
            throw StartFailure(description: "cannot listen on \(host), port \(port): \(error.cause)")
        }
    }

    /// Takes no new request, lets those under way be answered, and returns when all connections have ended.
    ///
    /// - Parameter limit: After it, connections are cut. A handler that is still running is not waited for.
    package func stop(within limit: Duration) {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let stopped = loop.makePromise(of: Void.self)
        let cut = loop.scheduleTask(in: TimeAmount(limit)) { [guests] in guests.cutAll() }
        Task.detached(executorPreference: Housekeeping.thread) { [server, running] in
            try? await server.shutdownGracefully()
            await running.value
            stopped.succeed()
        }
        // The promise is only ever kept.
        try! stopped.futureResult.wait()
        cut.cancel()
    }
}

/// How a connection of the server begins: reading and writing of HTTP from NIO, the rest in ``ServedConnection``.
struct Entrance: ServerChildChannel {
    struct Guest: ServerChildChannelValue {
        let channel: any Channel
    }

    let limits: SocketServer.Limits
    let lane: Lane
    let guests: Guests
    let answer: OnLane<Handler>

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Guest> {
        channel.eventLoop.makeCompletedFuture {
            var decoding = NIOHTTPDecoderLimitConfiguration()
            decoding.maxHeaderFieldSize = limits.headerBytes
            decoding.maxHeaderListSize = limits.headerBytes
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(IdleStateHandler(readTimeout: TimeAmount(limits.idle)))
            // The order of pipelined requests is kept by NIO; malformed ones are answered by us, with a sentence.
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: true, withErrorHandling: false, withOutboundHeaderValidation: true,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: decoding)
            try pipeline.addHandler(ServedConnection(limits: limits, lane: lane, answer: answer))
            guests.enter(channel)
            return Guest(channel: channel)
        }
    }

    func handle(value: Guest, logger: Logger) async {
        try? await value.channel.closeFuture.get()
        guests.leave(value.channel)
    }
}

/// The connections that are open now.
final class Guests: Sendable {
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

    func enter(_ channel: any Channel) { channels.withLock { $0[ObjectIdentifier(channel)] = channel } }

    func leave(_ channel: any Channel) { channels.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) } }

    func cutAll() {
        for channel in channels.withLock({ Array($0.values) }) { channel.close(promise: nil) }
    }
}

extension Logger {
    /// What the packages would say of themselves is nothing that a caller could act on.
    static let silent = Logger(label: "tandem.sockets") { _ in SwiftLogNoOpLogHandler() }
}

extension Error {
    /// The operating system's reason when there is one.
    fileprivate var cause: String {
        guard let error = self as? IOError else { return "the address is not known" }
        return error.errnoCode == EADDRINUSE ? "the port is in use" : String(cString: strerror(error.errnoCode))
    }
}
