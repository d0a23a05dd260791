import AsyncHTTPClient
package import Exchange
import FoundationEssentials
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import Units

/// Carries requests to one system over HTTP/1.1, on one connection that is kept alive between them.
///
/// Certificates are always verified and redirects never followed: the answer 302 is handed on like any other. Nothing is sent
/// twice, neither by this transport nor by the client below it; whether a request may be repeated is for the caller to say, who
/// knows what it does. Blocks; calls come one at a time.
package final class SocketTransport: Transport {
    /// How long making a connection may take, TLS included.
    package static let connectLimit = Duration.seconds(5)

    private let client: HTTPClient
    private let origin: String
    private let answerLimitBytes: Int

    /// - Parameters:
    ///   - origin: Scheme, host and port, such as `https://app.rackbeat.com`; without a path, which each request brings.
    ///   - answerLimitBytes: The longest body of an answer that is taken.
    package init(to origin: String, answerLimitBytes: Int = 64 << 20) {
        self.origin = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
        self.answerLimitBytes = answerLimitBytes
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: HTTPClient.Configuration.Timeout(connect: TimeAmount(Self.connectLimit)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
        // The client would go on trying within the deadline. The caller's own pace and back-off decide that.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Shorter than any usual server keeps an idle connection (the shortest in wide use is five seconds), so that a request
        // hardly ever meets a connection that is just being closed.
        configuration.connectionPool.idleTimeout = .seconds(4)
        // One loop for the connection and for what is heard of it, so that both are seen in one order.
        client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton.next(), configuration: configuration)
    }

    deinit { client.shutdown { _ in } }

    package func send(_ request: Request) throws -> Response {
        let collector = AnswerCollector(limitBytes: answerLimitBytes)
        let outgoing: HTTPClient.Request
        do {
            outgoing = try HTTPClient.Request(
                url: origin + request.target, method: HTTPMethod(rawValue: request.method.rawValue),
                headers: HTTPHeaders(request.headers), body: request.body.isEmpty ? nil : .bytes(request.body))
        } catch {
            throw TransportFailure.refused("the address of the request is no URL")
        }
        // A target that had to be mended would not be the one that was asked for.
        guard outgoing.url.absoluteString == origin + request.target else {
            throw TransportFailure.refused("the address of the request is not percent-encoded")
        }
        do {
            return try client.execute(
                request: outgoing, delegate: collector, deadline: .now() + TimeAmount(request.timeout)
            ).wait()
        } catch {
            throw TransportFailure(error, progress: collector.progress, request: request, isSecure: origin.hasPrefix("https:"))
        }
    }
}
