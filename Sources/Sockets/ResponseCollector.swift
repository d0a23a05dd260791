import AsyncHTTPClient
import Exchange
import NIOCore
import NIOHTTP1

/// Collects one response, and records how far the exchange had come when it failed.
///
/// Everything here happens on one event loop; the caller, who is blocked meanwhile, reads `progress` afterwards.
final class ResponseCollector: HTTPClientResponseDelegate, @unchecked Sendable {
    enum Progress: Equatable {
        /// Nothing of the request has left.
        case unsent
        case sent
        /// The head of the response came, and this many bytes of its body. `whole` is what the head promised.
        case receiving(bytes: Int, whole: Int?)
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
        progress = .receiving(bytes: 0, whole: whole)
        guard whole ?? 0 <= limitBytes else { return tooLong(task) }
        body.reserveCapacity(whole ?? 0)
        return task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        guard body.count + buffer.readableBytes <= limitBytes else { return tooLong(task) }
        body.append(contentsOf: buffer.readableBytesView)
        if case .receiving(_, let whole) = progress { progress = .receiving(bytes: body.count, whole: whole) }
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
