import Exchange
import Sockets
import Testing

@Suite struct SocketTests {
    @Test func anAnswerTravelsOverARealConnection() throws {
        let server = try SocketServer.start { request in
            .answer(Response(status: 200, body: Array("\(request.method) \(request.target)".utf8) + request.body))
        }
        defer { server.stop(within: .seconds(2)) }
        let transport = SocketTransport(to: "http://127.0.0.1:\(server.port)")
        let answer = try transport.send(Request(.put, "/orders?x=1", body: Array("!".utf8)))
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self) == "PUT /orders?x=1!")
    }
}
