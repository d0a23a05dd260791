import Exchange
import HTTPTypes
import JSON
import Scripted
import Testing
import Trade

@testable import RackbeatClient

@Suite struct ShipmentTests {
    private let order = OrderNumber("1042")
    private let expected = Shipment(
        id: DocumentID(700), order: OrderNumber("1042"), isShipped: false,
        lines: [
            ShipmentLine(
                id: DocumentID(8001), orderLine: LineID("90011"), item: ItemNumber("KOP-01"),
                location: LocationNumber("1001"), quantity: Quantity("3")!)
        ])

    @Test func theModeFollowsTheProfile() {
        let modes = ["lines_in_body", "edit_after_create", "whole_only"].map { choice in
            Bench(choosing: ["shipment.partial_mode": choice]).client.shipmentMode
        }
        #expect(modes == [.linesInBody, .editAfterCreate, .wholeOnly])
    }

    @Test func linesAreNamedByTheirOrderLine() throws {
        let bench = Bench(["order_shipment": Sample.shipment])
        let lines = [(line: LineID("90011"), quantity: Quantity("3")!), (line: LineID("90012"), quantity: Quantity("0.25")!)]
        #expect(try bench.client.createShipment(for: order, lines: lines) == expected)
        #expect(
            bench.transport.conversation == [
                """
                POST /api/orders/1042/create-shipment {"lines":[{"order_line_id":90011,"quantity":3},\
                {"order_line_id":90012,"quantity":0.25}]}
                """
            ])
    }

    /// As the official clients call it: without a body it makes a shipment of whatever is outstanding.
    @Test func withoutLinesThereIsNoBody() throws {
        let bench = Bench(["order_shipment": Sample.shipment])
        _ = try bench.client.createShipment(for: order, lines: nil)
        #expect(bench.transport.conversation == ["POST /api/orders/1042/create-shipment"])
    }

    /// A POST whose response is lost may have made the shipment. Sending it again could ship twice.
    @Test func aCreationIsNotRepeatedOnceItMayHaveHappened() {
        let bench = Bench([Response(status: 500, json: ["message": "Server Error"])])
        #expect(
            failure { try bench.client.createShipment(for: order, lines: nil) } == """
                Rackbeat POST /orders/1042/create-shipment: failed with 500: Server Error. \
                Rackbeat may or may not have carried it out.
                """)
        #expect(bench.transport.requests.count == 1)
    }

    /// No public shape has a pointer to the order line, and the order may only stand inside.
    @Test func aShipmentIsReadWithoutItsOptionalMembers() throws {
        let bare = Sample.shipment.without("order_id").withFirstLine { $0.without("order_line_id").without("location") }
        let shipment = try #require(try Bench(["order_shipment": bare]).client.shipment(DocumentID(700)))
        #expect(shipment.order == order)
        #expect(shipment.lines[0].orderLine == nil)
        #expect(shipment.lines[0].location == LocationNumber("1001"))
    }

    @Test func aShipmentOfNoOrderIsUnreadable() {
        let bench = Bench(["order_shipment": Sample.shipment.without("order_id").without("order")])
        #expect(
            failure { try bench.client.shipment(DocumentID(700)) } == """
                Rackbeat GET /order-shipments/700: the response cannot be read: /order_shipment/order_id is missing. \
                Nothing changed in Rackbeat.
                """)
    }

    @Test func aListWithoutLinesIsCompletedSingly() throws {
        let bench = Bench(
            Sample.page("order_shipments", [Sample.shipment.without("lines")]), ["order_shipment": Sample.shipment])
        #expect(try bench.client.shipments(of: order) == [expected])
        #expect(bench.transport.conversation.last == "GET /api/order-shipments/700")
    }

    @Test func draftsAreEditedShippedAndRemovedByTheirIDs() throws {
        let done = Response(status: 200, json: ["order_shipment": Sample.shipment])
        let bench = Bench([done, Response(status: 204), Response(status: 204), done])
        try bench.client.setShipmentLine(DocumentID(8001), of: DocumentID(700), order: order, to: Quantity("1.5")!)
        try bench.client.removeShipmentLine(DocumentID(8001), of: DocumentID(700), order: order)
        try bench.client.deleteShipment(DocumentID(700), order: order)
        try bench.client.markShipped(DocumentID(701))
        #expect(
            bench.transport.conversation == [
                #"PUT /api/orders/1042/shipments/700/lines/8001 {"quantity":1.5}"#,
                "DELETE /api/orders/1042/shipments/700/lines/8001", "DELETE /api/orders/1042/shipments/700",
                #"POST /api/orders/shipments/701/mark-shipped {"pick":true}"#,
            ])
    }

    /// The first attempt removed it, its response was lost, the second finds nothing.
    @Test func removingWhatIsGoneIsDone() throws {
        let bench = Bench([Response(status: 503), Response(status: 404, json: ["message": "Not found."])])
        try bench.client.deleteShipment(DocumentID(700), order: order)
        #expect(bench.transport.requests.count == 2)
    }
}
