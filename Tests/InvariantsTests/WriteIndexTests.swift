import Exchange
import HTTPTypes
import JSON
import SyncCore
import Testing
import Units

@testable import Invariants

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

    private func evidence(_ exchanges: [Exchanged]) -> Evidence {
        var warehouse = OngoingSnapshot()
        warehouse.orders = [
            OngoingSnapshot.Order(
                goodsOwner: 42, id: 70001, number: "1042-2", goodsOwnerOrderId: "1042", history: [], isCancelled: false,
                fields: [:], consignee: [:], lines: [])
        ]
        var shop = RackbeatSnapshot()
        shop.orders = [
            RackbeatSnapshot.Order(
                number: "1042", state: .booked(isComplete: false),
                lines: [
                    RackbeatSnapshot.Line(
                        id: "1", item: "CHAIR-01", location: "1001", quantity: 1, total: 1, vat: 25)
                ], updatedAt: start)
        ]
        return Evidence(
            rackbeat: shop, ongoing: warehouse, actionLog: ActionLog(), connections: [], exchanges: exchanges)
    }

    /// An order is found by its number in either system, by the warehouse's id, and by the shipment that belongs to it.
    @Test func writesAreFoundByNumberAndByID() {
        var shipment = exchange(5, .post, "/api/orders/1042/create-shipment", #"{"lines":[{"order_line_id":1,"quantity":1}]}"#)
        shipment.system = .rackbeat
        let created = Response(status: 201, body: Array(#"{"order_shipment":{"id":700}}"#.utf8))
        (shipment.served, shipment.outcome) = (created, .response(created))
        var removed = exchange(6, .delete, "/api/order-shipments/700", "")
        removed.system = .rackbeat
        let all = [
            exchange(1, .put, "/v1/orders", #"{"orderNumber":"1042-2","goodsOwnerId":42}"#),
            exchange(2, .get, "/v1/orders/70001", ""),
            exchange(3, .delete, "/v1/orders/70001", "", status: 400),
            exchange(4, .put, "/v1/purchaseOrders", #"{"purchaseOrderNumber":"1042","goodsOwnerId":42}"#), shipment, removed,
            exchange(7, .put, "/v1/articles", #"{"articleNumber":"1042"}"#),
        ]
        let evidence = evidence(all)
        #expect(evidence.writes(about: RecordRef(.order, "1042")) == [1, 3, 5, 6])
        #expect(evidence.writes(about: RecordRef(.purchaseOrder, "1042")) == [4])
        #expect(evidence.writes(about: RecordRef(.product, "1042")) == [7])
        // By the line of the order that the shipment names; the draft that is gone is known by its creation.
        #expect(evidence.writes(about: RecordRef(.product, "CHAIR-01")) == [5, 6])
        #expect(evidence.writes(about: evidence.identity.records(numbered: "1042")) == [1, 3, 4, 5, 6, 7])
    }

    /// A name in a text is no document.
    @Test func whatOnlyLooksLikeANumberIsNotFound() {
        let evidence = evidence([exchange(1, .put, "/v1/orders", #"{"orderNumber":"7","orderRemark":"1042","x":"CHAIR-01"}"#)])
        #expect(evidence.writes(about: RecordRef(.order, "1042")) == [])
        #expect(evidence.writes(about: RecordRef(.product, "CHAIR-01")) == [])
        #expect(evidence.writes(about: RecordRef(.order, "7")) == [1])
    }

    @Test func onlyTheLatestAreKept() {
        let many = (1...20).map { exchange($0, .put, "/v1/orders", #"{"orderNumber":"7"}"#) }
        #expect(evidence(many).writes(about: RecordRef(.order, "7")) == [15, 16, 17, 18, 19, 20])
    }

    @Test func theLatestAcceptedPutIsFoundByOwnerAndNumber() {
        let index = WriteIndex()
        #expect(index.latestPut("orders", "orderNumber", "1042", goodsOwner: 42, in: exchanges)?["note"] == "second")
        #expect(index.latestPut("orders", "orderNumber", "1042", goodsOwner: 43, in: exchanges)?["note"] == nil)
        #expect(index.latestPut("orders", "orderNumber", "1043", goodsOwner: 42, in: exchanges) == nil)
    }
}
