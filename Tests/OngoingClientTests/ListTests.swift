import ClientKit
import Exchange
import JSON
import Scripted
import Testing
import Trade
import Units

@testable import OngoingClient

@Suite struct ListTests {
    private let moment = Moment(iso: "2026-03-02T13:05:09.700Z")!
    private let bound = "2026-03-02T13%3A05%3A08.000%2B00%3A00"

    private func order(_ id: Int, number: String = "1042-2") -> JSON {
        Sample.order.with("orderInfo/orderId", JSON(id)).with("orderInfo/orderNumber", .string(number))
    }

    private func ids(_ rows: [Row<WarehouseOrder>]) -> [Int] {
        rows.compactMap { row in
            guard case .value(let order) = row else { return nil }
            return order.id.value
        }
    }

    /// A server that makes up orders for ever, a page at a time.
    @Test func newOrdersForEverComeToAnEnd() throws {
        final class Endless: Transport {
            var calls = 0
            func send(_ request: Request) throws -> Response {
                calls += 1
                let from = Int(Query(parsing: request.queryText ?? "")["orderIdFrom"]!)!
                return Response(status: 200, json: .array([["orderInfo": ["orderId": JSON(from + 1)]]]))
            }
        }
        let transport = Endless()
        let retryingClient = RetryingClient(
            system: .ongoing, transport: transport, clock: ManualClock(), rateLimiter: RateLimiter(calls: nil),
            random: FixedNumber())
        let client = OngoingClient(
            retryingClient: retryingClient, basePath: "/demo/api/v1", user: "u", password: "p", goodsOwner: 42, profile: defaults)
        let text = failure { try client.orders(.status(from: 0, to: 999)) }
        #expect(text.contains("the list has no end: there is a page behind page 10000"), "\(text)")
        #expect(transport.calls == 10_000)
    }

    /// Nothing can come behind the greatest number that there is.
    @Test func theGreatestIdentifierIsNoCrash() throws {
        let bench = Bench(JSON.array([order(Int.max)]), JSON.array([]))
        #expect(failure { try bench.client.orders(.status(from: 0, to: 999)) }.contains("no row has such an identifier"))
    }

    /// The bound is exclusive and both sides drop fractions, so it goes one second back. Offsets are written and encoded.
    @Test func filtersAreSpelledAsTheVendorDoes() throws {
        let filters: [(OngoingClient.OrderFilter, String)] = [
            (
                .toReport(statusFrom: 450, statusTo: 500),
                "onlyOrdersWithOrderLinesToReport=true&orderStatusFrom=450&orderStatusTo=500"
            ),
            (.updated(after: moment), "orderUpdatedTimeFrom=\(bound)"),
            (
                .statusChanged(after: moment, statusFrom: 450, statusTo: 500),
                "orderStatusChangedTimeFrom=\(bound)&orderStatusFrom=450&orderStatusTo=500"
            ),
            (.lastPicked(after: moment), "lastPickingTimeFrom=\(bound)"),
            (.status(from: 100, to: 999), "orderStatusFrom=100&orderStatusTo=999"),
        ]
        for (filter, query) in filters {
            let bench = Bench(JSON.array([]))
            _ = try bench.client.orders(filter)
            #expect(
                bench.transport.conversation == [
                    "GET /demo/api/v1/orders?goodsOwnerId=42&\(query)&orderIdFrom=0&maxOrdersToGet=200"
                ])
        }
    }

    @Test func purchaseFiltersAreSpelledAsTheVendorDoes() throws {
        let filters: [(OngoingClient.PurchaseFilter, String)] = [
            (.toReport, "onlyPurchaseOrdersWithOrderLinesToReport=true"),
            (.updated(after: moment), "purchaseOrderHeadOrLinesChangedTimeFrom=\(bound)"),
            (.lastReceived(after: moment), "lastReceiveTimeFrom=\(bound)"),
            (.statusChanged(after: moment), "purchaseOrderStatusChangedTimeFrom=\(bound)"),
            (.status(from: 500, to: 500), "purchaseOrderStatusFrom=500&purchaseOrderStatusTo=500"),
        ]
        for (filter, query) in filters {
            let bench = Bench(JSON.array([]))
            _ = try bench.client.purchaseOrders(filter)
            #expect(
                bench.transport.conversation == [
                    "GET /demo/api/v1/purchaseOrders?goodsOwnerId=42&\(query)&purchaseOrderIdFrom=0&maxPurchaseOrdersToGet=200"
                ])
        }
    }

    /// One order, or a handful: a second call for an empty page would be a call for nothing.
    @Test func whatIsNamedByNumberIsReadInOneCall() throws {
        let bench = Bench(
            .array([order(70011)]), .array([order(70011)]),
            .array([order(70012).with("orderInfo/advanced/backOrderInfo", ["backOrderForOrderId": 70011])]),
            .array([Sample.purchaseOrder]))
        #expect(ids(try bench.client.orders(.number(OrderNumber("1042-2")))) == [70011])
        #expect(ids(try bench.client.orders(.erpNumber(OrderNumber("1042")))) == [70011])
        #expect(ids(try bench.client.orders(.backOrders(of: WarehouseID(70011)))) == [70012])
        #expect(try bench.client.purchaseOrders(.number(PurchaseOrderNumber("3005"))).count == 1)
        #expect(
            bench.transport.conversation == [
                "GET /demo/api/v1/orders?goodsOwnerId=42&orderNumber=1042-2",
                "GET /demo/api/v1/orders?goodsOwnerId=42&goodsOwnerOrderId=1042",
                "GET /demo/api/v1/orders?goodsOwnerId=42&backOrderForOrderId=70011",
                "GET /demo/api/v1/purchaseOrders?goodsOwnerId=42&purchaseOrderNumber=3005",
            ])
    }

    /// An hour is left for clocks that differ, where there is so much to leave.
    @Test(arguments: [(1, 1800), (2, 3600), (3, 7200), (48, 47 * 3600)])
    func theFilterOfUpdatesKeepsClearOfItsLimit(hours: Int, seconds: Int) {
        let bench = Bench([Response](), choosing: ["order.orders_updated_filter_hours": String(hours)])
        #expect(bench.client.updatedFilterReach == .seconds(seconds))
    }

    /// A server that ignores a parameter brings everything. Taking the first of it for ours would cancel somebody's order.
    @Test func rowsThatWereNotRequestedAreIgnored() throws {
        let all = JSON.array([order(1, number: "1"), order(2, number: "1042-2"), order(3, number: "1042-20")])
        let purchases = JSON.array([
            Sample.purchaseOrder, Sample.purchaseOrder.with("purchaseOrderInfo/purchaseOrderNumber", "30050"),
        ])
        let bench = Bench(all, all, all, purchases)
        #expect(ids(try bench.client.orders(.number(OrderNumber("1042-2")))) == [2])
        #expect(ids(try bench.client.orders(.erpNumber(OrderNumber("1")))) == [])
        #expect(ids(try bench.client.orders(.backOrders(of: WarehouseID(1)))) == [])
        #expect(try bench.client.purchaseOrders(.number(PurchaseOrderNumber("3005"))).count == 1)
    }

    /// A page shorter than requested may come from a lower limit, so only an empty one ends the list.
    @Test func onlyAnEmptyPageEndsTheList() throws {
        let full = JSON.array((1...200).map { order($0 * 10) })
        let bench = Bench(full, .array([order(2005)]), [])
        #expect(ids(try bench.client.orders(.status(from: 100, to: 999))).count == 201)
        let list = "GET /demo/api/v1/orders?goodsOwnerId=42&orderStatusFrom=100&orderStatusTo=999"
        #expect(
            bench.transport.conversation == [
                "\(list)&orderIdFrom=0&maxOrdersToGet=200", "\(list)&orderIdFrom=2001&maxOrdersToGet=200",
                "\(list)&orderIdFrom=2006&maxOrdersToGet=200",
            ])
    }

    /// Rows come in any order; what counts is the highest identifier.
    @Test func theNextPageBeginsBehindTheHighestIdentifier() throws {
        let bench = Bench(.array([order(12), order(7)]), .array([order(12), order(13)]), [])
        #expect(ids(try bench.client.orders(.status(from: 100, to: 999))) == [12, 7, 13])
    }

    @Test func aServerThatIgnoresThePagingIsNotReadForEver() {
        let page = JSON.array([order(7)])
        let bench = Bench(page, page)
        #expect(
            failure { try bench.client.orders(.status(from: 100, to: 999)) } == """
                Ongoing GET /orders: the response cannot be read: orderIdFrom=8 was requested, but no row has such an identifier. \
                Nothing changed in Ongoing.
                """)
    }

    /// One bad record stops nobody.
    @Test func aRowThatCannotBeReadStandsApart() throws {
        let bad = order(7).without("orderInfo/orderStatus")
        let bench = Bench(.array([bad, 7, order(9)]), [])
        let rows = try bench.client.orders(.status(from: 100, to: 999))
        #expect(
            Array(rows.prefix(2)) == [
                .unreadable(key: "1042-2", problem: "/0/orderInfo/orderStatus is missing"),
                .unreadable(key: nil, problem: "/1 is 7; an object was expected"),
            ])
        #expect(ids(rows) == [9])
    }

    @Test func aListMayBeNullButNothingElse() throws {
        #expect(try Bench(JSON.null).client.purchaseOrders(.toReport).isEmpty)
        #expect(
            failure { try Bench(["orders": []]).client.orders(.status(from: 1, to: 2)) } == """
                Ongoing GET /orders: the response cannot be read: it is an object; an array was expected. Nothing changed in Ongoing.
                """)
    }
}
