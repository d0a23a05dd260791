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
/// The server collects a request, calls the handler on its ``SerialQueue``, and sends what it returns. It responds by itself only
/// where there is no request for the handler: 400, 405 to `CONNECT`, 413, 415 to a compressed body, 417 and 431.
package final class SocketServer: Sendable {
    package struct Limits: Sendable {
        /// A request with a longer body gets 413 and is not read to its end.
        package var bodyBytes = 10 << 20
        /// The request line and the headers together.
        package var headerBytes = 64 << 10
        /// Above it, the connection that has been without a request for the longest time is closed for a new one; while all of them
        /// have one, the new one is closed.
        package var connections = 256
        /// How long a connection may stay open without a request.
        package var idle = Duration.seconds(75)
        /// How long a request may take from its headers to its end.
        package var request = Duration.seconds(60)
        /// How long a response may take to be read.
        package var response = Duration.seconds(60)

        package init() {}

        /// Limits the connections so that the process keeps descriptors for everything else: its own connections, the journal, files.
        ///
        /// - Parameters:
        ///   - servers: How many servers with these limits the process has.
        ///   - descriptors: How many the process may open; what the system says unless a test says otherwise.
        package mutating func leaveDescriptors(servers: Int = 1, of descriptors: Int = Self.descriptorLimit) {
            // A connection may hold a second descriptor for a moment while it is closed.
            let free = max(0, descriptors - Self.reservedDescriptors) / 2 / servers
            connections = max(2, min(connections, free))
        }

        /// Two connections a configured connection, the journal's three files, event loops and logs; with room to spare.
        package static let reservedDescriptors = 128

        package static var descriptorLimit: Int {
            var limit = rlimit()
            #if canImport(Glibc)
                let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
            #else
                let isKnown = getrlimit(RLIMIT_NOFILE, &limit) == 0
            #endif
            return isKnown ? Int(clamping: limit.rlim_cur) : 256
        }
    }

    /// Why a server did not start.
    package struct StartFailure: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    private let server: Server<ConnectionSetup>
    private let connections: OpenConnections
    private let running: Task<Void, Never>
    private let address: SocketAddress

    /// The port it listens on.
    package var port: Int { address.port! }

    private init(
        server: Server<ConnectionSetup>, connections: OpenConnections, running: Task<Void, Never>, address: SocketAddress
    ) {
        self.server = server
        self.connections = connections
        self.running = running
        self.address = address
    }

    /// Returns when the port is open.
    ///
    /// - Parameters:
    ///   - port: 0 for any free one.
    ///   - queue: Calls the handler; shared by servers whose handlers share a state.
    ///   - handler: Called on the queue only.
    /// - Throws: ``StartFailure`` when the address cannot be listened on.
    package static func start(
        host: String = "127.0.0.1", port: Int = 0, limits: Limits = Limits(), on queue: SerialQueue = SerialQueue(),
        handler: @escaping Handler
    ) throws -> SocketServer {
        let group = MultiThreadedEventLoopGroup.singleton
        let connections = OpenConnections(most: limits.connections)
        let opened = group.next().makePromise(of: SocketAddress.self)
        let server = Server(
            childChannelSetup: ConnectionSetup(
                limits: limits, queue: queue, connections: connections, handler: Unchecked(value: handler)),
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), backlog: 512),
            onServerRunning: { opened.succeed($0.localAddress!) }, eventLoopGroup: group, logger: .silent)
        let running = Task.detached(executorPreference: ServerExecutor.thread) {
            do { try await server.run() } catch { opened.fail(error) }
        }
        do {
            let address = try opened.futureResult.wait()
            return SocketServer(server: server, connections: connections, running: running, address: address)
        } catch {
            throw StartFailure(description: "cannot listen on \(host), port \(port): \(error.cause)")
        }
    }

    /// Accepts no new request, completes those in progress, and returns when all connections have ended.
    ///
    /// - Parameter limit: After it, connections are closed. A handler that is still running is not waited for.
    package func stop(within limit: Duration) {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let stopped = loop.makePromise(of: Void.self)
        let cut = loop.scheduleTask(in: TimeAmount(limit)) { [connections] in connections.closeAll() }
        Task.detached(executorPreference: ServerExecutor.thread) { [server, running] in
            try? await server.shutdownGracefully()
            await running.value
            stopped.succeed()
        }
        // The promise never fails.
        try! stopped.futureResult.wait()
        cut.cancel()
    }
}

/// Sets up a new connection: NIO reads and writes HTTP, ``ServedConnection`` does the rest.
struct ConnectionSetup: ServerChildChannel {
    struct OpenConnection: ServerChildChannelValue {
        let channel: any Channel
    }

    let limits: SocketServer.Limits
    let queue: SerialQueue
    let connections: OpenConnections
    let handler: Unchecked<Handler>

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<OpenConnection> {
        channel.eventLoop.makeCompletedFuture {
            var decoding = NIOHTTPDecoderLimitConfiguration()
            decoding.maxHeaderFieldSize = limits.headerBytes
            decoding.maxHeaderListSize = limits.headerBytes
            let pipeline = channel.pipeline.syncOperations
            // NIO keeps the order of pipelined requests; we respond to malformed ones, with a message.
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: true, withErrorHandling: false, withOutboundHeaderValidation: true,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: decoding)
            try pipeline.addHandler(
                ServedConnection(limits: limits, queue: queue, connections: connections, handler: handler))
            connections.add(channel)
            return OpenConnection(channel: channel)
        }
    }

    func handle(value: OpenConnection, logger: Logger) async {
        try? await value.channel.closeFuture.get()
        connections.remove(value.channel)
    }
}

/// The connections that are open now.
final class OpenConnections: Sendable {
    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var turns = 0
    }

    private struct Entry {
        let channel: any Channel
        /// Rises with every beginning of a wait for a request.
        var turn: Int
        /// Whether a whole request has come and its response has not left.
        var isBusy = false
    }

    private let most: Int
    private let state = Mutex(State())

    init(most: Int) { self.most = most }

    /// Adds a new connection. Above the limit one of them is closed.
    func add(_ channel: any Channel) {
        let surplus = state.withLock { state -> (any Channel)? in
            var surplus: (any Channel)?
            if state.entries.count >= most {
                let longestIdle = state.entries.filter { !$0.value.isBusy }.min { $0.value.turn < $1.value.turn }
                surplus = longestIdle?.value.channel ?? channel
                // Now and not when it has ended: many more may come in until then.
                if let longestIdle { state.entries[longestIdle.key] = nil }
            }
            guard surplus !== channel else { return channel }
            state.turns += 1
            state.entries[ObjectIdentifier(channel)] = Entry(channel: channel, turn: state.turns)
            return surplus
        }
        surplus?.close(promise: nil)
    }

    func becomes(busy: Bool, _ channel: any Channel) {
        state.withLock { state in
            state.turns += 1
            state.entries[ObjectIdentifier(channel)]?.isBusy = busy
            state.entries[ObjectIdentifier(channel)]?.turn = state.turns
        }
    }

    func remove(_ channel: any Channel) { state.withLock { _ = $0.entries.removeValue(forKey: ObjectIdentifier(channel)) } }

    func closeAll() {
        for entry in state.withLock({ Array($0.entries.values) }) { entry.channel.close(promise: nil) }
    }
}

extension Logger {
    /// The log messages of the packages are nothing that a caller could act on.
    static let silent = Logger(label: "tandem.sockets") { _ in SwiftLogNoOpLogHandler() }
}

extension Error {
    /// The operating system's reason when there is one.
    fileprivate var cause: String {
        guard let error = self as? IOError else { return "the address is unknown" }
        return error.errnoCode == EADDRINUSE ? "the port is in use" : String(cString: strerror(error.errnoCode))
    }
}

/// The thread on which servers accept connections and wait for their end.
///
/// Not the pool that Swift's tasks share: the synchronous code above may block all of its threads while it waits for the server,
/// which would then never get one.
final class ServerExecutor: TaskExecutor {
    static let thread = ServerExecutor()

    private let pool = NIOThreadPool(numberOfThreads: 1)

    private init() { pool.start() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pool.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
