import Exchange
import Foundation
import HTTPTypes
import Testing

@testable import Sockets

/// The production client against every way of answering badly: it comes to an end in time, with bounded memory and a name for what
/// was wrong, and the next request gets through.
@Suite(.serialized) struct HostileEndpointTests {
    @Test(arguments: HostileMode.all, [HTTPRequest.Method.get, .put])
    func aHostileEndpointCostsOneRequest(mode: HostileMode, method: HTTPRequest.Method) throws {
        let endpoint = HostileEndpoint(mode)
        defer { endpoint.stop() }
        let transport = SocketTransport(to: "http://127.0.0.1:\(endpoint.port)")
        let body = method == .get ? [] : [UInt8](repeating: UInt8(ascii: "x"), count: 300_000)
        // Only what has to end by its time gets little of it: on a busy machine, and under a sanitizer, others take longer.
        let timeout: Duration = mode.endsAtOnce ? .seconds(20) : .milliseconds(400)
        let request = Request(method, "/x", body: body, timeout: timeout, responseLimitBytes: 1 << 20)
        let before = residentKilobytes()
        var outcome = "a response"
        let took = ContinuousClock().measure {
            do {
                outcome = "status \(try transport.send(request).status)"
            } catch {
                outcome = "\(error)"
            }
        }
        #expect(took < timeout + .seconds(3), "\(took)")
        #expect(residentKilobytes() - before < 64 << 10)
        switch mode.end {
        case .response: #expect(outcome.hasPrefix("status"), "\(outcome)")
        case .failure(let words):
            #expect(!outcome.hasPrefix("status"), "\(outcome)")
            #expect(words.isEmpty || outcome.contains(words), "\(outcome)")
        case .either: break
        }
        // The server is well again, and the same transport finds it so.
        let next = Request(method, "/x", body: body, timeout: .seconds(20))
        var status: Int?
        for _ in 0..<3 where status == nil { status = try? transport.send(next).status }
        #expect(status == 200)
    }

    private func residentKilobytes() -> Int {
        #if os(Linux)
            guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
                let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
            else { return 0 }
            return Int(line.filter(\.isNumber)) ?? 0
        #else
            return 0
        #endif
    }
}
