import Exchange
import HTTPTypes
import NIOCore
import NIOHTTP1

/// One connection to a server: collects a request, has it answered on the lane, does on the wire what the handler says, and takes
/// the next. Lives on its event loop.
final class ServedConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case waiting
        case receiving(HTTPRequestHead, ByteBuffer)
        /// The handler will not see this request; what is left of its body is read past, as far as the limit.
        case refusing(HTTPRequestHead, Response, unread: Int)
        case answering(HTTPRequestHead)
        /// The handler wants silence.
        case holding
        /// The last answer is out. What still comes in is dropped, so that the peer can read the answer to its end.
        case leaving
    }

    private let limits: SocketServer.Limits
    private let lane: Lane
    private let answer: OnLane<Handler>
    private var state = State.waiting
    private var isInputClosed = false

    init(limits: SocketServer.Limits, lane: Lane, answer: OnLane<Handler>) {
        self.limits = limits
        self.lane = lane
        self.answer = answer
    }

    // MARK: What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), .waiting): begin(head, context)
        case (.body(let part), .receiving(let head, var body)):
            // The state must not hold a second reference, or each part would copy the whole.
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
            state = .answering(head)
            ask(Request(head, body: body), context)
        case (.end, .refusing(let head, let refusal, _)):
            state = .answering(head)
            write(refusal, to: head, context)
        case (_, .leaving): break
        case (.head, _), (.body, _), (.end, _):
            // The decoder and the order of pipelined requests before us let nothing else through.
            context.close(promise: nil)
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
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

    private func ask(_ request: Request, _ context: ChannelHandlerContext) {
        let here = NIOLoopBound((connection: self, context: context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        lane.enter { [answer] in
            let served = answer.value(request)
            loop.execute {
                let (connection, context) = here.value
                connection.carryOut(served, context)
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isInputClosed = true
            switch state {
            case .waiting, .receiving, .refusing, .holding, .leaving: context.close(promise: nil)
            // A caller that has said all it has to say may still be listening.
            case .answering: break
            }
        case IdleStateHandler.IdleStateEvent.read:
            switch state {
            case .waiting, .receiving, .refusing, .leaving: context.close(promise: nil)
            case .answering, .holding: break
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
        case .answering, .holding, .leaving: context.close(promise: nil)
        }
    }

    // MARK: What goes out

    private func carryOut(_ served: Served, _ context: ChannelHandlerContext) {
        guard case .answering(let head) = state else { return }
        switch served {
        case .answer(let response): write(response, to: head, context)
        case .closed: context.close(promise: nil)
        case .cutShort(let response, _) where response.body.isEmpty || head.method == .HEAD: context.close(promise: nil)
        case .cutShort(let response, let bytes):
            let shown = response.body.prefix(max(0, min(bytes, response.body.count - 1)))
            context.write(wrapOutboundOut(.head(HTTPResponseHead(response, to: head, keepsAlive: true))), promise: nil)
            let body = context.channel.allocator.buffer(bytes: shown)
            let channel = context.channel
            state = .leaving
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body)))).whenComplete { _ in channel.reset() }
        case .silence:
            guard !isInputClosed else { return context.close(promise: nil) }
            state = .holding
        }
    }

    private func write(_ response: Response, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        // Behind an upgrade that nobody granted the decoder reads no further request.
        let keepsAlive = head.isKeepAlive && !isInputClosed && !head.headers.contains(name: "upgrade")
        state = keepsAlive ? .waiting : .leaving
        context.write(wrapOutboundOut(.head(HTTPResponseHead(response, to: head, keepsAlive: keepsAlive))), promise: nil)
        if head.method != .HEAD, !response.body.isEmpty, response.mayHaveBody {
            let body = context.channel.allocator.buffer(bytes: response.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        if !keepsAlive { leave(context) }
    }

    /// Answers while the request is still coming in.
    private func refuseUnread(_ head: HTTPRequestHead, _ refusal: Response, _ context: ChannelHandlerContext) {
        var head = head
        head.headers.replaceOrAdd(name: "connection", value: "close")
        state = .answering(head)
        write(refusal, to: head, context)
    }

    /// Ends our half first: a connection that is closed with bytes unread is reset, and the peer may lose the answer to it.
    private func leave(_ context: ChannelHandlerContext) {
        guard !isInputClosed else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
    }
}
