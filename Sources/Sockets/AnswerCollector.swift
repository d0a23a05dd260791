import AsyncHTTPClient
import Exchange
import NIOCore
import NIOHTTP1

/// Gathers one answer, and remembers how far the exchange had come when it broke off.
///
/// Everything here happens on one event loop; the caller, who sleeps meanwhile, reads `progress` when the loop is done with it.
final class AnswerCollector: HTTPClientResponseDelegate, @unchecked Sendable {
    enum Progress: Equatable {
        /// Nothing of the request has left.
        case unsent
        case sent
        /// The head of the answer came, and so many bytes of its body. `whole` is what the head promised.
        case answering(bytes: Int, whole: Int?)
        case tooLong(limitBytes: Int)
    }

    private(set) var progress = Progress.unsent
    private let limitBytes: Int
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []

    init(limitBytes: Int) { self.limitBytes = limitBytes }

    func didSendRequestHead(task: HTTPClient.Task<Response>, _ head: HTTPRequestHead) { progress = .sent }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        self.head = head
        let whole = head.headers.first(name: "content-length").flatMap { Int($0) }
        progress = .answering(bytes: 0, whole: whole)
        guard whole ?? 0 <= limitBytes else { return tooLong(task) }
        body.reserveCapacity(whole ?? 0)
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        guard body.count + buffer.readableBytes <= limitBytes else { return tooLong(task) }
        body.append(contentsOf: buffer.readableBytesView)
        if case .answering(_, let whole) = progress { progress = .answering(bytes: body.count, whole: whole) }
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws -> Response {
        guard let head else { throw HTTPClientError.remoteConnectionClosed }
        return Response(status: Int(head.status.code), headers: .init(head.headers), body: body)
    }

    private func tooLong(_ task: HTTPClient.Task<Response>) -> EventLoopFuture<Void> {
        progress = .tooLong(limitBytes: limitBytes)
        return task.eventLoop.makeFailedFuture(HTTPClientError.cancelled)
    }
}
