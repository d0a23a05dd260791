import NIOCore
import NIOHTTP1

/// Stands between the decoder and the HTTP client, whose state machines end the process when a response comes in an order that they
/// hold for impossible. What a peer sends is never impossible: here it becomes an error of this one request.
///
/// The decoder takes any number as a status. The client takes one below 200 for an interim response and waits for another, although the
/// decoder ends the response after everything but 100 to 199.
final class ResponseGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    /// What is wrong with a response, in the words of ``TransportFailure``.
    struct Violation: Error, Equatable {
        let problem: String
    }

    /// A real server sends one or two.
    private static let mostInterimResponses = 32

    private enum State {
        /// No response is expected.
        case idle
        case waitingForHead(interim: Int)
        case receiving
        /// The connection is being closed; nothing of it is passed on.
        case violated
    }

    private var state = State.idle

    /// Puts it where it belongs; the client has set up its own handlers.
    static func install(on channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
            try pipeline.addHandler(ResponseGuard(), position: .after(decoder))
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head = unwrapOutboundIn(data), case .idle = state { state = .waitingForHead(interim: 0) }
        context.write(data, promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (_, .violated): return
        case (.head(let head), .waitingForHead(let interim)):
            let code = head.status.code
            guard (100...599).contains(code) else { return violated("the status \(code) is none of HTTP", context) }
            if code < 200, code != 101 {
                guard interim < Self.mostInterimResponses else {
                    return violated("more than \(Self.mostInterimResponses) interim responses came", context)
                }
                state = .waitingForHead(interim: interim + 1)
            } else {
                state = .receiving
            }
        case (.body, .receiving): break
        case (.end, .receiving): state = .idle
        case (.head, .idle), (.body, .idle), (.end, .idle), (.head, .receiving), (.body, .waitingForHead),
            (.end, .waitingForHead):
            return violated("the response is not HTTP", context)
        }
        context.fireChannelRead(data)
    }

    private func violated(_ problem: String, _ context: ChannelHandlerContext) {
        state = .violated
        context.fireErrorCaught(Violation(problem: problem))
        context.close(promise: nil)
    }
}
