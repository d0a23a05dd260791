import Exchange
import HTTPTypes
import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One connection to a server: collects a request, calls the handler on the queue, sends what it returns, and takes the next
/// request. Lives on its event loop.
final class ServedConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case waiting
        case receiving(HTTPRequestHead, ByteBuffer)
        /// The request is not passed to the handler; the rest of its body is skipped, up to the limit.
        case refusing(HTTPRequestHead, Response, unread: Int)
        case responding(HTTPRequestHead)
        /// A response is on its way. The next request is taken when all of it has left: whoever asks and never reads would otherwise
        /// have one response after another kept for him.
        case writing
        /// The handler wants no response.
        case silent
        /// The last response is sent. Further input is dropped, so that the peer can read the response to its end.
        case closing
    }

    private let limits: SocketServer.Limits
    private let queue: SerialQueue
    private let handler: Unchecked<Handler>
    private let connections: OpenConnections
    private var state = State.waiting
    private var isInputClosed = false
    /// When the connection is closed unless it has got further.
    private var deadline: NIODeadline?
    private var timer: (end: NIODeadline, task: Scheduled<Void>)?

    init(limits: SocketServer.Limits, queue: SerialQueue, connections: OpenConnections, handler: Unchecked<Handler>) {
        self.limits = limits
        self.queue = queue
        self.connections = connections
        self.handler = handler
    }

    // MARK: Time

    func channelActive(context: ChannelHandlerContext) {
        allow(limits.idle, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    /// Gives what comes next so much time; `nil`: as much as it takes. What trickles in gets no more of it.
    private func allow(_ time: Duration?, _ context: ChannelHandlerContext) {
        deadline = time.map { .now() + TimeAmount($0) }
        // One that comes earlier than needed looks again, and costs less than a new one for each step of each request.
        guard let deadline, timer.map({ $0.end > deadline }) ?? true else { return }
        setTimer(context)
    }

    private func setTimer(_ context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
        guard let deadline else { return }
        let here = NIOLoopBound((connection: self, context: context), eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleTask(deadline: deadline) {
            let (connection, context) = here.value
            connection.timer = nil
            // It may have been moved meanwhile.
            guard let deadline = connection.deadline, deadline <= .now() else { return connection.setTimer(context) }
            context.close(promise: nil)
        }
        timer = (deadline, task)
    }

    // MARK: Input

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), .waiting): begin(head, context)
        case (.body(let part), .receiving(let head, var body)):
            // The state must hold no second reference, or each part would copy the whole.
            state = .waiting
            guard body.readableBytes + part.readableBytes <= limits.bodyBytes else {
                return refuseUnread(head, .tooLong(limits.bodyBytes), context)
            }
            body.writeImmutableBuffer(part)
            state = .receiving(head, body)
        case (.body(let part), .refusing(let head, let refusal, let unread)):
            guard part.readableBytes <= unread else { return refuseUnread(head, .tooLong(limits.bodyBytes), context) }
            state = .refusing(head, refusal, unread: unread - part.readableBytes)
        case (.end, .receiving(let head, let body)):
            state = .responding(head)
            handle(Request(head, body: body), context)
        case (.end, .refusing(let head, let refusal, _)):
            state = .responding(head)
            write(refusal, to: head, context)
        case (_, .closing): break
        case (.head, .writing), (.body, .writing), (.end, .writing): context.close(promise: nil)
        case (.head, _), (.body, _), (.end, _):
            // The decoder and NIO's order of pipelined requests let nothing else through.
            context.close(promise: nil)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        allow(limits.request, context)
        let asksFirst = head.headers["expect"].contains { $0.lowercased() == "100-continue" }
        if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > limits.bodyBytes {
            return refuseUnread(head, .tooLong(limits.bodyBytes), context)
        }
        if let refusal = head.refusal {
            guard !asksFirst, head.method != .CONNECT else { return refuseUnread(head, refusal, context) }
            state = .refusing(head, refusal, unread: limits.bodyBytes)
            return
        }
        state = .receiving(head, ByteBuffer())
        guard asksFirst else { return }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }

    private func handle(_ request: Request, _ context: ChannelHandlerContext) {
        allow(nil, context)
        connections.becomes(busy: true, context.channel)
        let here = NIOLoopBound((connection: self, context: context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        queue.submit { [handler] in
            let served = handler.value(request)
            loop.execute {
                let (connection, context) = here.value
                connection.send(served, context)
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isInputClosed = true
            switch state {
            case .waiting, .receiving, .refusing, .silent, .closing: context.close(promise: nil)
            // A caller that has said all it has to say may still be listening.
            case .responding, .writing: break
            }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
        switch state {
        case .waiting, .receiving, .refusing:
            let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "")
            refuseUnread(head, error == .headerOverflow ? .headersTooLong(limits.headerBytes) : .malformed, context)
        case .responding, .writing, .silent, .closing: context.close(promise: nil)
        }
    }

    // MARK: Output

    private func send(_ served: Served, _ context: ChannelHandlerContext) {
        guard case .responding(let head) = state else { return }
        switch served {
        case .response(let response): write(response, to: head, context)
        case .closed: context.close(promise: nil)
        case .cutShort(let response, _) where response.body.isEmpty || head.method == .HEAD: context.close(promise: nil)
        case .cutShort(let response, let bytes):
            let shown = response.body.prefix(max(0, min(bytes, response.body.count - 1)))
            context.write(wrapOutboundOut(.head(HTTPResponseHead(response, to: head, keepsAlive: true))), promise: nil)
            let body = context.channel.allocator.buffer(bytes: shown)
            let channel = context.channel
            state = .closing
            allow(limits.response, context)
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body)))).whenComplete { _ in channel.reset() }
        case .oversized(let response): writeOversized(response, to: head, context)
        case .silence:
            guard !isInputClosed else { return context.close(promise: nil) }
            state = .silent
        }
    }

    private func write(_ response: Response, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        // After an upgrade that was not granted, the decoder reads no further request.
        let keepsAlive = head.isKeepAlive && !isInputClosed && !head.headers.contains(name: "upgrade")
        state = .writing
        allow(limits.response, context)
        context.write(wrapOutboundOut(.head(HTTPResponseHead(response, to: head, keepsAlive: keepsAlive))), promise: nil)
        guard head.method != .HEAD, !response.body.isEmpty, response.mayHaveBody else { return end(keepsAlive, context) }
        let body = context.channel.allocator.buffer(bytes: response.body)
        let here = NIOLoopBound((connection: self, context: context), eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body)))).whenComplete { result in
            let (connection, context) = here.value
            guard case .success = result else { return context.close(promise: nil) }
            connection.end(keepsAlive, context)
        }
    }

    /// The same blanks again and again, which takes little memory here.
    private func writeOversized(_ response: Response, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var responseHead = HTTPResponseHead(response, to: head, keepsAlive: false)
        let blanks = context.channel.allocator.buffer(repeating: UInt8(ascii: " "), count: 64 << 10)
        let parts = Served.longestBody / blanks.readableBytes + 1
        responseHead.headers.replaceOrAdd(
            name: "content-length", value: String(parts * blanks.readableBytes + response.body.count))
        state = .writing
        allow(limits.response, context)
        context.write(wrapOutboundOut(.head(responseHead)), promise: nil)
        guard head.method != .HEAD else { return end(false, context) }
        for _ in 0..<parts { context.write(wrapOutboundOut(.body(.byteBuffer(blanks))), promise: nil) }
        let body = context.channel.allocator.buffer(bytes: response.body)
        let here = NIOLoopBound((connection: self, context: context), eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body)))).whenComplete { result in
            let (connection, context) = here.value
            guard case .success = result else { return context.close(promise: nil) }
            connection.end(false, context)
        }
    }

    private func end(_ keepsAlive: Bool, _ context: ChannelHandlerContext) {
        let keepsAlive = keepsAlive && !isInputClosed
        state = keepsAlive ? .waiting : .closing
        if keepsAlive {
            allow(limits.idle, context)
            connections.becomes(busy: false, context.channel)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        if !keepsAlive { close(context) }
    }

    /// Responds while the request is still arriving.
    private func refuseUnread(_ head: HTTPRequestHead, _ refusal: Response, _ context: ChannelHandlerContext) {
        var head = head
        head.headers.replaceOrAdd(name: "connection", value: "close")
        state = .responding(head)
        write(refusal, to: head, context)
    }

    /// Closes our half first: closing a connection with bytes unread resets it, and the peer may lose the response.
    private func close(_ context: ChannelHandlerContext) {
        guard !isInputClosed else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
    }
}

extension Channel {
    /// Ends the connection with a reset instead of an orderly end.
    fileprivate func reset() {
        guard let options = self as? any SocketOptionProvider else { return close(promise: nil) }
        options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in self.close(promise: nil) }
    }
}
