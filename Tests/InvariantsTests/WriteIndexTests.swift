import Exchange
import HTTPTypes
import JSON
import Testing
import Units

@testable import Invariants

/// What the index finds is what reading every exchange finds.
struct WriteIndexTests {
    private let start = Moment(iso: "2026-03-02T12:00:00Z")!

    private func exchange(
        _ number: Int, _ method: HTTPRequest.Method, _ path: String, _ body: String, status: Int = 200
    ) -> Exchanged {
        let response = Response(status: status)
        return Exchanged(
            number: number, system: .ongoing, connection: "main", request: Request(method, path, body: Array(body.utf8)),
            outcome: .response(response), served: response, startedAt: start, endedAt: start)
    }

    private var exchanges: [Exchanged] {
        [
            exchange(1, .put, "/v1/orders", #"{"orderNumber":"1042","goodsOwnerId":42,"lines":[{"a":"X"}]}"#),
            exchange(2, .get, "/v1/orders/1042", ""),
            exchange(3, .put, "/v1/orders", #"{"orderNumber":"1042","goodsOwnerId":42,"note":"10420"}"#, status: 500),
            exchange(4, .delete, "/v1/orders/1042", ""),
            exchange(5, .put, "/v1/orders", #"{"orderNumber":"1042","goodsOwnerId":42,"note":"second"}"#),
            exchange(6, .put, "/v1/orders", #"{"orderNumber":"1042","goodsOwnerId":43}"#),
            exchange(7, .post, "/v1/x", #"[" 1042","#),
        ]
    }

    @Test(arguments: [
        ("1042", [1, 3, 4, 5, 6]), (" 1042", [7]), ("10420", [3]), ("X", [1]), ("104", []), ("orders", [1, 3, 4, 5, 6]),
        (":", [1, 3, 5, 6]),
        ("second", [5]),
    ]) func writesAreFoundByWhatTheyName(name: String, numbers: [Int]) {
        #expect(WriteIndex().writes(naming: name, in: exchanges) == numbers)
        let quoted = Array("\"\(name)\"".utf8)
        let read = exchanges.filter {
            $0.request.method != .get
                && ($0.request.path.split(separator: "/").contains { $0 == name[...] } || $0.request.body.contains(quoted))
        }.map(\.number)
        #expect(read == numbers)
    }

    @Test func onlyTheLatestAreKept() {
        let many = (1...20).map { exchange($0, .put, "/v1/orders", #"{"orderNumber":"7"}"#) }
        #expect(WriteIndex().writes(naming: "7", in: many) == [15, 16, 17, 18, 19, 20])
    }

    @Test func theLatestAcceptedPutIsFoundByOwnerAndNumber() {
        let index = WriteIndex()
        #expect(index.latestPut("orders", "orderNumber", "1042", goodsOwner: 42, in: exchanges)?["note"] == "second")
        #expect(index.latestPut("orders", "orderNumber", "1042", goodsOwner: 43, in: exchanges)?["note"] == nil)
        #expect(index.latestPut("orders", "orderNumber", "1043", goodsOwner: 42, in: exchanges) == nil)
    }
}
