import ClientKit
import Exchange
import JSON
import Scripted
import Testing
import Trade
import Units

@testable import RackbeatClient

@Suite struct PagingTests {
    private let since = Moment(iso: "2026-03-02T13:05:09.700Z")!

    private func target(_ from: Moment?, choosing changes: [String: String] = [:]) throws -> String {
        let bench = Bench(Sample.page("products", []), choosing: changes)
        _ = try bench.client.products(updatedFrom: from, page: 1)
        return try #require(bench.transport.requests.first?.target)
    }

    /// The newest first: a row that changes meanwhile is then seen twice rather than not at all.
    @Test func changesAreRequestedNewestFirst() throws {
        #expect(
            try target(since)
                == "/api/products?limit=100&page=1&order_by=updated_at&order_direction=DESC&updated_at_from=2026-03-02%2013%3A05%3A08"
        )
    }

    /// Nobody has said which clock the filter goes by, and whether the second itself is in it: the bound is written so that whichever
    /// it is, it is read as no later moment. Danish time is ahead of UTC.
    @Test(arguments: ["2026-03-02T13:05:09Z", "2026-07-02T13:05:09Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"])
    func aBoundThatIsNotConfirmedIsReadAsNoLaterMoment(moment: String) throws {
        let wanted = try #require(Moment(iso: moment))
        let text = try target(wanted).split(separator: "updated_at_from=")[1]
        let wall = text.replacing("%20", with: " ").replacing("%3A", with: ":")
        for zone in [Zone.utc, .copenhagen] {
            let read = try #require(Moment(iso: wall, zone: zone))
            #expect(read < wanted, "\(wall) in \(zone)")
        }
    }

    @Test(
        arguments: [
            (
                ["time_zone": "Europe/Copenhagen", "updated_from_inclusive": "true"],
                "&order_by=updated_at&order_direction=DESC&updated_at_from=2026-03-02%2014%3A05%3A09"
            ),
            (
                ["time_zone": "Europe/Copenhagen"],
                "&order_by=updated_at&order_direction=DESC&updated_at_from=2026-03-02%2014%3A05%3A08"
            ),
            (
                ["updated_from_inclusive": "true"],
                "&order_by=updated_at&order_direction=DESC&updated_at_from=2026-03-02%2013%3A05%3A09"
            ),
            (
                ["time_zone": "UTC", "updated_from_inclusive": "true"],
                "&order_by=updated_at&order_direction=DESC&updated_at_from=2026-03-02%2013%3A05%3A09"
            ),
            (["updated_from_param": "none"], "&order_by=updated_at&order_direction=DESC"),
            (
                ["updated_from_param": "simple_filter"],
                "&order_by=updated_at&order_direction=DESC&simple_filter%5Bupdated_at%5D=2026-03-02%2013%3A05%3A08"
            ),
            (
                ["updated_from_inclusive": "false", "time_zone": "Europe/Copenhagen"],
                "&order_by=updated_at&order_direction=DESC&updated_at_from=2026-03-02%2014%3A05%3A08"
            ),
            (["sort_param": "sort"], "&sort=updated_at&order_direction=DESC&updated_at_from=2026-03-02%2013%3A05%3A08"),
        ] as [([String: String], String)]) func theFilterFollowsTheProfile(choices: [String: String], rest: String) throws
    {
        #expect(try target(since, choosing: choices) == "/api/products?limit=100&page=1" + rest)
    }

    @Test func withoutABoundEverythingIsRequested() throws {
        #expect(try target(nil) == "/api/products?limit=100&page=1&order_by=updated_at&order_direction=DESC")
    }

    /// 02:30 happens twice on 25 October 2026. The text does not say which is meant, so the bound goes before both.
    @Test(
        arguments: [
            ("2026-10-25T00:30:00Z", "01%3A30%3A00"), ("2026-10-25T01:30:00Z", "01%3A30%3A00"),
            ("2026-10-24T23:59:59Z", "01%3A59%3A59"), ("2026-10-25T02:00:00Z", "03%3A00%3A00"),
        ]) func theHourThatHappensTwiceLosesNothing(moment: String, wall: String) throws
    {
        let confirmed = ["time_zone": "Europe/Copenhagen", "updated_from_inclusive": "true"]
        #expect(try target(Moment(iso: moment), choosing: confirmed).hasSuffix("updated_at_from=2026-10-25%20" + wall))
    }

    @Test func aLowerLimitOfTheAccountIsKept() throws {
        #expect(try target(nil, choosing: ["max_limit": "50"]).hasPrefix("/api/products?limit=50&"))
    }

    @Test func theLastPageIsTheOneThatSaysSo() throws {
        let bench = Bench(
            Sample.page("products", [Sample.product], page: 1, pages: 2),
            Sample.page("products", [Sample.product], page: 2, pages: 2))
        let first = try bench.client.products(updatedFrom: nil, page: 1)
        let second = try bench.client.products(updatedFrom: nil, page: 2)
        #expect((first.page, first.pages, first.total, first.isLast) == (1, 2, 1, false))
        #expect((second.page, second.pages, second.total, second.isLast) == (2, 2, 1, true))
    }

    /// A full page is the last one when its number says so: nothing is requested behind it.
    @Test func aFullLastPageEndsTheList() throws {
        let shipments = (0..<100).map { Sample.shipment.with("id", JSON($0)) }
        let bench = Bench(Sample.page("order_shipments", shipments))
        #expect(try bench.client.shipments(of: OrderNumber("1042")).count == 100)
        #expect(bench.transport.requests.count == 1)
    }

    @Test func wholeListsAreReadPageByPage() throws {
        let bench = Bench(
            Sample.page("order_shipments", [Sample.shipment], page: 1, pages: 2),
            Sample.page("order_shipments", [Sample.shipment.with("id", 701)], page: 2, pages: 2))
        #expect(try bench.client.shipments(of: OrderNumber("1042")).map(\.id.value) == [700, 701])
        #expect(
            bench.transport.conversation == [
                "GET /api/orders/1042/shipments?limit=100&page=1", "GET /api/orders/1042/shipments?limit=100&page=2",
            ])
    }

    @Test func aListWithoutPagesEndsWithAPageThatIsNotFull() throws {
        let bench = Bench(["products": .array([Sample.product])])
        let page = try bench.client.products(updatedFrom: nil, page: 1)
        #expect((page.pages, page.total, page.isLast) == (nil, nil, true))
        #expect(page.rows.count == 1)
    }

    private func shipments(_ ids: Range<Int>) -> JSON {
        ["order_shipments": .array(ids.map { Sample.shipment.with("id", JSON($0)) })]
    }

    /// Nothing says that there are more, so the next page is requested.
    @Test func aFullPageOfAListWithoutPagesIsFollowedByAnother() throws {
        let bench = Bench(shipments(0..<100), shipments(100..<130))
        #expect(try bench.client.shipments(of: OrderNumber("1042")).map(\.id.value) == Array(0..<130))
        #expect(bench.transport.requests.count == 2)
    }

    /// A server may give fewer rows than are asked for, and says so.
    @Test func aPageIsFullWhenItHasAsManyRowsAsItsOwnLimit() throws {
        let bench = Bench(shipments(0..<20).with("limit", 20), shipments(20..<25).with("limit", 20))
        #expect(try bench.client.shipments(of: OrderNumber("1042")).count == 25)
    }

    @Test func theTotalTellsWhereNoPagesAreSaid() throws {
        let bench = Bench(shipments(0..<100).with("total", 100))
        #expect(try bench.client.shipments(of: OrderNumber("1042")).count == 100)
        #expect(bench.transport.requests.count == 1)
        let more = Bench(shipments(0..<100).with("total", 101), shipments(100..<101).with("total", 101))
        #expect(try more.client.shipments(of: OrderNumber("1042")).count == 101)
    }

    /// A list that is not paged at all gives the same rows again, whatever page is requested.
    @Test func aListThatIsNotPagedIsReadOnce() throws {
        let bench = Bench(shipments(0..<100), shipments(0..<100))
        #expect(try bench.client.shipments(of: OrderNumber("1042")).map(\.id.value) == Array(0..<100))
        #expect(bench.transport.requests.count == 2)
    }

    /// Rows can go while pages are read. A page behind the end is empty, or a 404.
    @Test func whatLiesBehindTheLastPageIsEmpty() throws {
        let bench = Bench([
            Response(status: 206, json: Sample.page("products", [], page: 3, pages: 5)),
            Response(status: 404, json: ["message": "Not found."]),
        ])
        for _ in 0..<2 {
            let page = try bench.client.products(updatedFrom: nil, page: 3)
            #expect(page.isLast)
            #expect(page.rows.isEmpty)
        }
    }

    @Test func aFirstPageThatIsNotThereIsAFailure() {
        let bench = Bench([Response(status: 404, json: ["message": "Not found."])])
        #expect(
            failure { try bench.client.products(updatedFrom: nil, page: 1) }
                == "Rackbeat GET /products: refused with 404: Not found. Nothing changed in Rackbeat.")
    }

    /// A server that ignores `page` would be read forever.
    @Test func aPageThatWasNotRequestedIsUnreadable() {
        let bench = Bench(Sample.page("products", [Sample.product], page: 1, pages: 9))
        #expect(
            failure { try bench.client.products(updatedFrom: nil, page: 2) } == """
                Rackbeat GET /products, page 2: the response cannot be read: page 2 was requested, but page 1 came. \
                Nothing changed in Rackbeat.
                """)
    }

    @Test func aListWithoutItsEnvelopeFailsThePage() {
        let bench = Bench(["data": [], "total": 0])
        #expect(
            failure { try bench.client.orders(updatedFrom: nil, page: 1) } == """
                Rackbeat GET /orders: the response cannot be read: "orders" was expected in it, but it holds "data", "total". \
                Nothing changed in Rackbeat.
                """)
    }

    /// One bad record stops nobody.
    @Test func aRowThatCannotBeReadStandsApart() throws {
        let bad = Sample.product.with("sales_price", "eighty")
        let worse: JSON = ["name": "nameless"]
        let bench = Bench(Sample.page("products", [bad, Sample.product, worse, 7]))
        let rows = try bench.client.products(updatedFrom: nil, page: 1).rows
        #expect(rows.count == 4)
        #expect(
            rows[0]
                == .unreadable(
                    key: "KOP-01", updatedAt: Moment(iso: "2026-03-02T13:05:09Z"),
                    problem: #"/products/0/sales_price is "eighty"; a number with at most six decimals was expected"#))
        if case .unreadable = rows[1] { Issue.record("its neighbour is readable") }
        #expect(rows[2] == .unreadable(key: nil, updatedAt: nil, problem: "/products/2/number is missing"))
        #expect(rows[3] == .unreadable(key: nil, updatedAt: nil, problem: "/products/3 is 7; an object was expected"))
    }

    /// In a list that is read as a whole a missing row could be the very shipment that is looked for.
    @Test func aRowOfAWholeListMustBeReadable() {
        let bench = Bench(Sample.page("order_shipments", [Sample.shipment.without("is_shipped")]))
        #expect(
            failure { try bench.client.shipments(of: OrderNumber("1042")) } == """
                Rackbeat GET /orders/1042/shipments: the response cannot be read: /order_shipments/0/is_shipped is missing. \
                Nothing changed in Rackbeat.
                """)
    }

    @Test func ordersWithoutTheirLinesAreReadSingly() throws {
        let bench = Bench(Sample.page("orders", [Sample.order.without("lines")]), ["order": Sample.order])
        let rows = try bench.client.orders(updatedFrom: nil, page: 1).rows
        let expected = try Bench(["order": Sample.order]).client.order(OrderNumber("1042"))!
        #expect(rows == [.value(expected)])
        #expect(bench.transport.conversation.last == "GET /api/orders/1042")
    }

    /// An order may really have no lines. Only where lists are assumed to leave them out is it looked at again.
    @Test func anEmptyArrayOfLinesIsBelievedAsTheProfileSays() throws {
        let empty = Sample.order.with("lines", [])
        let believing = Bench(Sample.page("orders", [empty]))
        _ = try believing.client.orders(updatedFrom: nil, page: 1)
        #expect(believing.transport.requests.count == 1)
        let doubting = Bench(
            Sample.page("orders", [empty]), ["order": Sample.order], choosing: ["orders.list_embeds_lines": "false"])
        _ = try doubting.client.orders(updatedFrom: nil, page: 1)
        #expect(doubting.transport.requests.count == 2)
    }

    @Test func purchaseOrdersWithoutTheirLinesAreReadSingly() throws {
        let bench = Bench(
            Sample.page("purchase_orders", [Sample.purchaseOrder.with("lines", .null)]),
            ["purchase_order": Sample.purchaseOrder])
        #expect(try bench.client.purchaseOrders(updatedFrom: nil, page: 1).rows.count == 1)
        #expect(bench.transport.conversation.last == "GET /api/purchase-orders/1001")
    }

    /// A row without lines costs a call of its own: one from before the bound is not worth it, one that changed just then is.
    @Test(arguments: [("2026-03-02T06:59:59Z", 2), ("2026-03-02T07:00:00Z", 2), ("2026-03-02T07:00:01Z", 1)])
    func onlyARowFromBeforeTheBoundIsNotReadSingly(from: String, calls: Int) throws {
        let order = Sample.order.without("lines")
        let bench = Bench(Sample.page("orders", [order]), ["order": Sample.order])
        #expect(try bench.client.orders(updatedFrom: Moment(iso: from), page: 1).rows.count == calls - 1)
        #expect(bench.transport.requests.count == calls)
    }

    /// Deleted between the list and the look at it: the list of the next run no longer has it either.
    @Test func anOrderThatIsGoneMeanwhileIsNoRow() throws {
        let bench = Bench([
            Response(status: 206, json: Sample.page("orders", [Sample.order.without("lines")])), Response(status: 404),
        ])
        #expect(try bench.client.orders(updatedFrom: nil, page: 1).rows.isEmpty)
    }

    /// A refusal concerns the one order; a server that is down concerns them all, and the page is to be read again.
    @Test func aSingleReadThatIsRefusedStandsApart() throws {
        let list = Response(status: 206, json: Sample.page("orders", [Sample.order.without("lines")]))
        let bench = Bench([list, Response(status: 422, json: ["message": "Locked."])])
        #expect(
            try bench.client.orders(updatedFrom: nil, page: 1).rows == [
                .unreadable(
                    key: "1042", updatedAt: Moment(iso: "2026-03-02T07:00:00Z"),
                    problem: "Rackbeat GET /orders/1042: refused with 422: Locked")
            ])
        let fault = Response(status: 500, json: ["message": "Server Error"])
        let down = Bench([list, fault, fault, fault, fault])
        #expect(
            failure { try down.client.orders(updatedFrom: nil, page: 1) }
                == "Rackbeat GET /orders/1042: failed with 500: Server Error. Nothing changed in Rackbeat.")
    }
}
