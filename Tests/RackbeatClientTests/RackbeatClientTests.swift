import Exchange
import HTTPTypes
import JSON
import Scripted
import Testing
import Trade

@testable import RackbeatClient

@Suite struct RackbeatClientTests {
    private let location: JSON = ["location": ["number": 1001, "name": "Main", "parent_id": nil]]

    /// The docs ask for both types on every call, and anonymous clients risk being shut out.
    @Test func everyCallSaysWhoAsksAndWhatItSpeaks() throws {
        let bench = Bench(location)
        _ = try bench.client.location(LocationNumber("1001"))
        let request = try #require(bench.transport.requests.first)
        #expect(
            request.headers.map { "\($0.name): \($0.value)" }.sorted() == [
                "API-Version: latest", "Accept: application/json", "Authorization: Bearer s3cret-t0ken",
                "Consumer-Contact: mail@example.test", "Consumer-Name: Tandem", "Content-Type: application/json",
                "User-Agent: Tandem (mail@example.test)",
            ])
        #expect(request.timeout == .seconds(90))
    }

    /// Whatever is dumped into a log on the way, the token is not in it.
    @Test func theTokenIsNotShown() {
        let bench = Bench([
            Response(status: 422, json: ["message": "Header 'Authorization: Bearer s3cret-t0ken' is not welcome."])
        ])
        var dumped = ""
        dump(bench.client, to: &dumped)
        let error = failure { try bench.client.account() }
        #expect(!dumped.contains("s3cret"))
        #expect(
            error == """
                Rackbeat GET /self: refused with 422: Header 'Authorization: Bearer •••' is not welcome. \
                Nothing changed in Rackbeat.
                """)
    }

    @Test func theAccountIsTheUserAccountOfTheToken() throws {
        let bench = Bench(["user_account": ["id": 4711, "company_name": "Fjord Fiktiv ApS"], "user": ["id": 9]])
        #expect(try bench.client.account() == ERPAccount(number: 4711, companyName: "Fjord Fiktiv ApS"))
    }

    @Test func aLocationIsReadByItsNumber() throws {
        let bench = Bench(location)
        #expect(
            try bench.client.location(LocationNumber("1001"))
                == ERPLocation(number: LocationNumber("1001"), name: "Main"))
        #expect(bench.transport.conversation == ["GET /api/locations/1001"])
    }

    /// Lists return 206, creations 201 or 200: the status within the 2xx says nothing that the envelope does not.
    @Test(arguments: [200, 201, 206, 299]) func anySuccessIsTaken(status: Int) throws {
        let bench = Bench([Response(status: status, json: location)])
        #expect(try bench.client.location(LocationNumber("1001")) != nil)
    }

    @Test func whatTheServerDoesNotKnowIsNil() throws {
        let bench = Bench([
            Response(status: 404, json: ["message": "Not found."]), Response(status: 404),
        ])
        #expect(try bench.client.product(ItemNumber("KOP-01")) == nil)
        #expect(try bench.client.order(OrderNumber("1042")) == nil)
    }

    /// A wrong address returns 404 for everything. Believing it would cancel every order in the warehouse.
    @Test func aPageWith404SaysNothingAboutTheOrder() {
        let page = Response(status: 404, headers: [.contentType: "text/html"], body: Array("<html>".utf8))
        let bench = Bench([page])
        #expect(
            failure { try bench.client.order(OrderNumber("1042")) } == """
                Rackbeat GET /orders/1042: the response cannot be read: status 404 with a page instead of JSON (text/html). \
                Nothing changed in Rackbeat.
                """)
    }

    /// A proxy or a login page says 200 too.
    @Test func aPageInsteadOfJSONIsUnreadable() {
        let page = Response(status: 200, headers: [.contentType: "text/html; charset=utf-8"], body: Array("<html>".utf8))
        let bench = Bench([page, Response(status: 200, body: Array("{}".utf8))])
        #expect(
            failure { try bench.client.account() } == """
                Rackbeat GET /self: the response cannot be read: status 200 with Content-Type text/html; charset=utf-8 instead of \
                JSON. Nothing changed in Rackbeat.
                """)
        #expect(
            failure { try bench.client.account() } == """
                Rackbeat GET /self: the response cannot be read: status 200 with no Content-Type instead of JSON. \
                Nothing changed in Rackbeat.
                """)
    }

    /// The server said yes to a write, so what was written may well be there.
    @Test func anUnreadableResponseToAWriteLeavesItsEffectUnknown() {
        let page = Response(status: 201, headers: [.contentType: "text/html"], body: Array("<html>".utf8))
        let cut = Response(
            status: 201, headers: [.contentType: "application/json"], body: Array(#"{"order_shipment":{"id":70"#.utf8))
        let bench = Bench([page, page, cut, Response(status: 201, json: ["shipment": ["id": 700]])])
        let order = OrderNumber("1042")
        #expect(
            failure { try bench.client.markShipped(DocumentID(700)) } == """
                Rackbeat POST /orders/shipments/700/mark-shipped: the response cannot be read: status 201 with Content-Type \
                text/html instead of JSON. Rackbeat may or may not have carried it out.
                """)
        #expect(
            failure { try bench.client.createShipment(for: order, lines: nil) } == """
                Rackbeat POST /orders/1042/create-shipment: the response cannot be read: status 201 with Content-Type text/html \
                instead of JSON. Rackbeat may or may not have carried it out.
                """)
        #expect(
            failure { try bench.client.createShipment(for: order, lines: nil) } == """
                Rackbeat POST /orders/1042/create-shipment: the response cannot be read: the JSON breaks off or is faulty at line \
                1, column 27: ',' or '}' was expected, but the text ends. Rackbeat may or may not have carried it out.
                """)
        #expect(
            failure { try bench.client.createShipment(for: order, lines: nil) } == """
                Rackbeat POST /orders/1042/create-shipment: the response cannot be read: "order_shipment" was expected in it, but \
                it holds "shipment". Rackbeat may or may not have carried it out.
                """)
    }

    /// Another shape is another API: what was found helps whoever has to find out.
    @Test(
        arguments: [
            (JSON.read(#"{"data":{"number":1},"meta":{}}"#), #""order" was expected in it, but it holds "data", "meta""#),
            (JSON.read(#"{"order":null}"#), #""order" was expected in it, but it is null"#),
            (JSON.read("{}"), #""order" was expected in it, but it is empty"#),
            (JSON.read("[]"), "it is an array; an object was expected"),
            (JSON.read(#"{"order":[]}"#), "/order is an array; an object was expected"),
        ]) func theEnvelopeIsRequired(response: JSON, problem: String)
    {
        let bench = Bench(response)
        #expect(
            failure { try bench.client.order(OrderNumber("1042")) }
                == "Rackbeat GET /orders/1042: the response cannot be read: \(problem). Nothing changed in Rackbeat.")
    }

    /// Encoded once: a slash does not begin a new segment, a percent sign is one.
    @Test(
        arguments: [
            ("ABC/123", "ABC%2F123"), ("100%", "100%25"), ("Kød & brød", "K%C3%B8d%20%26%20br%C3%B8d"), ("A%2FB", "A%252FB"),
        ]) func keysAreEncodedOnce(number: String, encoded: String) throws
    {
        let bench = Bench([Response(status: 404), Response(status: 404)])
        _ = try bench.client.product(ItemNumber(number))
        _ = try bench.client.stock(of: ItemNumber(number), at: LocationNumber("1001"))
        #expect(
            bench.transport.conversation == [
                "GET /api/products/\(encoded)", "GET /api/products/\(encoded)/locations/1001",
            ])
    }
}
