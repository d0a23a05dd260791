import Exchange
import HTTPTypes
import JSON
import Scripted
import Testing
import Trade

@testable import OngoingClient

@Suite struct OngoingClientTests {
    private let none = JSON.array([])

    @Test func everyCallCarriesItsCredentials() throws {
        let bench = Bench(none, ["articleSystemId": 9001])
        _ = try bench.client.orders(.number(OrderNumber("1042")))
        _ = try bench.client.put(Article(number: ItemNumber("KOP-01")))
        let headers = bench.transport.requests.map { request in
            request.headers.map { "\($0.name): \($0.value)" }.sorted()
        }
        let credentials = "Authorization: Basic V1NJZmpvcmQ6cMOmc3M6dzByZA=="
        #expect(
            headers == [
                ["Accept: application/json", credentials],
                ["Accept: application/json", credentials, "Content-Type: application/json"],
            ])
    }

    /// Neither as it is nor in the form in which the header carries it.
    @Test func thePasswordIsNotShown() {
        let echo: JSON = ["Message": "No user for 'Basic V1NJZmpvcmQ6cMOmc3M6dzByZA==' (pæss:w0rd)."]
        let bench = Bench([Response(status: 400, json: echo)])
        var dumped = ""
        dump(bench.client, to: &dumped)
        let error = failure { try bench.client.orderStatuses() }
        #expect(!dumped.contains("w0rd"))
        #expect(!dumped.contains("V1NJ"))
        #expect(
            error
                == "Ongoing GET /orders/statuses: refused with 400: No user for 'Basic •••' (•••). Nothing changed in Ongoing.")
    }

    @Test func aPageInsteadOfJSONIsUnreadable() {
        let page = Response(status: 200, headers: [.contentType: "text/html"], body: Array("<html>".utf8))
        let cut = Response(status: 200, headers: [.contentType: "application/json"], body: Array(#"{"orderId":70"#.utf8))
        let bench = Bench([page, page, cut, page])
        #expect(
            failure { try bench.client.stock() } == """
                Ongoing GET /articles/inventoryPerWarehouse: the response cannot be read: status 200 with Content-Type text/html \
                instead of JSON. Nothing changed in Ongoing.
                """)
        #expect(
            failure { try bench.client.put(Sample.outbound) } == """
                Ongoing PUT /orders, order 1042-2: the response cannot be read: status 200 with Content-Type text/html instead of \
                JSON. Ongoing may or may not have carried it out.
                """)
        #expect(
            failure { try bench.client.put(Sample.outbound) } == """
                Ongoing PUT /orders, order 1042-2: the response cannot be read: the JSON breaks off or is faulty at line 1, \
                column 14: ',' or '}' was expected, but the text ends. Ongoing may or may not have carried it out.
                """)
        #expect(
            failure { try bench.client.cancelOrder(WarehouseID(70011)) } == """
                Ongoing DELETE /orders/70011: the response cannot be read: status 200 with Content-Type text/html instead of \
                JSON. Ongoing may or may not have carried it out.
                """)
    }

    /// A wrong address returns 404 for everything; only the server's own JSON counts.
    @Test func whatTheServerDoesNotKnowIsNil() throws {
        let page = Response(status: 404, headers: [.contentType: "text/html"], body: Array("<html>".utf8))
        let bench = Bench([Response(status: 404, json: ["message": "No such order."]), Response(status: 404), page])
        #expect(try bench.client.order(WarehouseID(1)) == nil)
        #expect(try bench.client.purchaseOrder(WarehouseID(1)) == nil)
        #expect(
            failure { try bench.client.order(WarehouseID(1)) } == """
                Ongoing GET /orders/1: the response cannot be read: status 404 with a page instead of JSON (text/html). \
                Nothing changed in Ongoing.
                """)
    }

    /// Every write may be made again: it says how things are to be, not what is to be added.
    @Test func aWriteIsRepeatedAfterAFault() throws {
        let bench = Bench([
            Response(status: 500, json: ["Message": "An error has occurred."]), Response(status: 200, json: ["orderId": 70011]),
        ])
        #expect(try bench.client.put(Sample.outbound) == WarehouseID(70011))
        #expect(bench.transport.requests.count == 2)
        #expect(bench.transport.requests[0] == bench.transport.requests[1])
    }

    /// Both catalogues stand under the same name.
    @Test func statusesAreReadWithTheirTexts() throws {
        let catalogue: JSON = ["orderStatuses": [["number": 450, "text": "Sent"], ["number": "500", "text": nil]]]
        let bench = Bench(catalogue, catalogue)
        let orders = try bench.client.orderStatuses()
        let purchases = try bench.client.purchaseOrderStatuses()
        #expect(orders.map(\.number) == [450, 500])
        #expect(purchases.map(\.text) == ["Sent", ""])
        #expect(
            bench.transport.conversation == [
                "GET /demo/api/v1/orders/statuses", "GET /demo/api/v1/purchaseOrders/statuses",
            ])
    }

    @Test func goodsOwnersAreReadByNumber() throws {
        let owners: JSON = ["goodsOwners": [["goodsOwnerId": 42, "goodsOwnerName": "Fjord"], ["goodsOwnerId": 43]]]
        #expect(try Bench(owners).client.goodsOwners() == [42: "Fjord", 43: ""])
    }

    /// Older tenants lack the route, and what they return for one is not known.
    @Test func aTenantMayLackGoodsOwners() throws {
        let page = Response(status: 404, headers: [.contentType: "text/html"], body: Array("<html>".utf8))
        #expect(try Bench([page]).client.goodsOwners() == nil)
        #expect(
            failure { try Bench([Response(status: 401)]).client.goodsOwners() } == """
                Ongoing GET /goodsOwners: refused with 401: the credentials are not accepted. Nothing changed in Ongoing.
                """)
    }
}
