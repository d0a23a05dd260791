import ClientKit
import Exchange
import JSON
import Scripted
import Testing
import Trade
import Units

@testable import RackbeatClient

/// Makes each response from its request.
private final class AnsweringTransport: Transport {
    private(set) var requests: [Request] = []
    private let answer: (_ page: Int, _ limit: Int) -> JSON

    init(_ answer: @escaping (Int, Int) -> JSON) { self.answer = answer }

    func send(_ request: Request) throws -> Response {
        requests.append(request)
        let query = Query(parsing: request.queryText ?? "")
        return Response(status: 200, json: answer(Int(query["page"] ?? "1")!, Int(query["limit"] ?? "100")!))
    }
}

/// Lists that never come to an end, and pages that are longer than what was asked for.
@Suite struct EndlessListTests {
    private func client(_ answer: @escaping (Int, Int) -> JSON) -> (client: RackbeatClient, transport: AnsweringTransport) {
        let transport = AnsweringTransport(answer)
        let retryingClient = RetryingClient(
            system: .rackbeat, transport: transport, clock: ManualClock(), rateLimiter: RateLimiter(calls: nil),
            random: FixedNumber())
        return (
            RackbeatClient(
                retryingClient: retryingClient, basePath: "/api", token: "s3cret-t0ken", profile: defaults, userAgent: "x",
                consumerName: "x", consumerContact: "x"), transport
        )
    }

    private func rows(_ ids: Range<Int>) -> [JSON] {
        ids.map { ["id": JSON($0), "number": JSON($0), "name": .string("Hall \($0)")] }
    }

    private func page(_ page: Int, _ rows: [JSON], pages: JSON = nil, total: JSON = nil) -> JSON {
        ["locations": .array(rows), "page": JSON(page), "pages": pages, "total": total, "limit": 100]
    }

    private func failure(_ answer: @escaping (Int, Int) -> JSON) -> (text: String, calls: Int) {
        let (client, transport) = client(answer)
        do {
            let read = try client.locations().count
            return ("\(read) rows", transport.requests.count)
        } catch {
            return ((error as? ExchangeError)?.reasonText ?? "\(error)", transport.requests.count)
        }
    }

    @Test func theSameRowsOnEveryPageEndAtTheSecondPageOfNothingNew() {
        let (text, calls) = failure { number, _ in page(number, rows(0..<100), pages: 1_000_000, total: 100_000_000) }
        #expect(
            text
                == "the response cannot be read: the list has no end: its pages 2 and 3 show nothing that was not on an earlier page"
        )
        #expect(calls == 3)
    }

    @Test func twoPagesInTurnEndAsSoon() {
        let (text, calls) = failure { number, _ in
            page(number, number % 2 == 0 ? rows(0..<100) : rows(100..<200), pages: 1_000_000)
        }
        #expect(text.hasPrefix("the response cannot be read: the list has no end"))
        #expect(calls == 4)
    }

    /// One page of nothing new comes about when rows that changed meanwhile push the others back.
    @Test func onePageOfNothingNewIsNoEnd() {
        let pages = [rows(0..<100), rows(0..<100), rows(100..<200), rows(100..<200), rows(200..<250)]
        let (text, calls) = failure { number, _ in page(number, pages[number - 1], pages: 5, total: 450) }
        #expect(text == "450 rows")
        #expect(calls == 5)
    }

    @Test func newRowsForEverEndAtTwiceTheLengthThatTheListHad() {
        let (text, calls) = failure { number, _ in
            page(number, rows(number * 100..<number * 100 + 100), pages: JSON(number + 2))
        }
        #expect(
            text == "the response cannot be read: the list has no end: it had 3 pages at first, and there is one behind page 17")
        #expect(calls == 17)
    }

    @Test func newRowsForEverEndAlsoWhereNobodySaysHowManyThereAre() {
        let (text, calls) = failure { number, _ in ["locations": .array(rows(number..<number + 1)), "limit": 1] }
        #expect(text == "the response cannot be read: the list has no end: there is a page behind page 10000")
        #expect(calls == ListWatch.mostPages)
    }

    /// Its product with the page number is beyond all numbers.
    @Test func aLimitBeyondAllNumbersIsNoCrash() {
        let (text, _) = failure { number, _ in
            ["locations": .array(number < 3 ? rows(number..<number + 1) : []), "limit": JSON(Int.max), "total": JSON(Int.max)]
        }
        #expect(text == "2 rows")
    }

    /// A page of 100 rows and one record have different sizes.
    @Test func theLongestResponseFollowsWhatWasAskedFor() throws {
        let (client, transport) = client { number, _ in page(number, rows(0..<1), pages: 1) }
        _ = try client.locations()
        #expect(transport.requests.map(\.responseLimitBytes) == [33 << 20])
        _ = try? client.account()
        #expect(transport.requests.last?.responseLimitBytes == 8 << 20)
    }

    /// Of a page longer than a megabyte each row is read from its text.
    @Test func aLongPageReadsAsAShortOneDoes() throws {
        let filler = JSON.string(String(repeating: "æ", count: 8000))
        let (client, transport) = client { number, _ in
            page(number, rows((number - 1) * 100..<number * 100).map { $0.with("note", filler) }, pages: 2, total: 200)
        }
        let locations = try client.locations()
        #expect(locations.map(\.number.text) == (0..<200).map(String.init))
        #expect(transport.requests.count == 2)
    }

    @Test func aRowOfALongPageThatCannotBeReadIsNamedWithItsPlace() {
        let filler = JSON.string(String(repeating: "x", count: 20_000))
        let (text, _) = failure { number, _ in
            var all = rows(0..<100).map { $0.with("note", filler) }
            all[57] = all[57].with("number", ["a": 1])
            return page(number, all, pages: 1)
        }
        #expect(
            text == "the response cannot be read: /locations/57/number is an object; a number or text that names it was expected")
    }

    /// `{"a":1}` costs forty times as much as a tree as it does as a text.
    @Test func aRecordOfMillionsOfValuesIsRefused() {
        let many = JSON.array(Array(repeating: ["a": 1], count: 300_000))
        let (text, _) = failure { number, _ in page(number, [["number": 1, "padding": many]], pages: 1) }
        #expect(text.contains("more than 400000 values"), "\(text)")
    }
}
