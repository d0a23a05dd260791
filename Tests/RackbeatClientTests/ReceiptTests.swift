import Exchange
import JSON
import Scripted
import Testing
import Trade

@testable import RackbeatClient

@Suite struct ReceiptTests {
    private let order = PurchaseOrderNumber("1001")
    private let expected = Receipt(
        id: DocumentID(300), order: PurchaseOrderNumber("1001"), isReceived: false,
        lines: [
            ShipmentLine(
                id: DocumentID(5001), orderLine: nil, item: ItemNumber("KOP-01"), location: LocationNumber("1001"),
                quantity: Quantity("40")!)
        ])

    @Test func theModeFollowsTheProfile() {
        #expect(Bench().client.receiptMode == .editAfterCreate)
        #expect(Bench(choosing: ["receipt.partial_mode": "lines_in_body"]).client.receiptMode == .linesInBody)
    }

    @Test func withoutLinesEverythingOutstandingIsMeant() throws {
        let bench = Bench(["purchase_order_receipt": Sample.receipt])
        #expect(try bench.client.createReceipt(for: order, lines: nil) == expected)
        #expect(bench.transport.conversation == ["POST /api/purchase-orders/1001/create-receipt {}"])
    }

    @Test func linesAreNamedByTheirOrderLine() throws {
        let bench = Bench(["purchase_order_receipt": Sample.receipt])
        let line = (line: LineID("61001"), quantity: Quantity("12")!, location: LocationNumber("1001"))
        _ = try bench.client.createReceipt(for: order, lines: [line])
        #expect(
            bench.transport.conversation == [
                """
                POST /api/purchase-orders/1001/create-receipt {"lines":[{"purchase_order_line_id":61001,"quantity":12,\
                "location_id":1001}]}
                """
            ])
    }

    /// The key is only inferred.
    @Test func theEnvelopeFollowsTheProfile() throws {
        let bench = Bench(
            ["receipt": Sample.receipt], Sample.page("receipts", [Sample.receipt]),
            choosing: ["receipt.envelope_key": "receipt"])
        #expect(try bench.client.receipt(DocumentID(300), of: order) == expected)
        #expect(try bench.client.receipts(of: order) == [expected])
        #expect(
            bench.transport.conversation == [
                "GET /api/purchase-orders/1001/receipts/300", "GET /api/purchase-orders/1001/receipts?limit=100&page=1",
            ])
    }

    @Test func aListWithoutLinesIsCompletedSingly() throws {
        let bench = Bench(
            Sample.page("purchase_order_receipts", [Sample.receipt.without("lines")]),
            ["purchase_order_receipt": Sample.receipt])
        #expect(try bench.client.receipts(of: order) == [expected])
    }

    @Test func draftsAreEditedReceivedAndRemovedByTheirNumbers() throws {
        let done = Response(status: 200, json: ["purchase_order_receipt": Sample.receipt])
        let bench = Bench([done, Response(status: 204), done, done, Response(status: 204)])
        try bench.client.setReceiptLine(DocumentID(5001), of: DocumentID(300), order: order, to: Quantity("12")!, held: [])
        try bench.client.removeReceiptLine(DocumentID(5001), of: DocumentID(300), order: order)
        try bench.client.addReceiptLine(
            item: ItemNumber("GLAS-2"), quantity: Quantity("4")!, location: LocationNumber("1001"), to: DocumentID(300),
            order: order)
        try bench.client.markReceived(DocumentID(300), order: order)
        try bench.client.deleteReceipt(DocumentID(300), order: order)
        #expect(
            bench.transport.conversation == [
                #"PUT /api/purchase-orders/1001/receipts/300/lines/5001 {"quantity":12}"#,
                "DELETE /api/purchase-orders/1001/receipts/300/lines/5001",
                #"POST /api/purchase-orders/1001/receipts/300/lines {"product_id":"GLAS-2","quantity":4,"location_id":1001}"#,
                "POST /api/purchase-orders/1001/receipts/300/mark-received",
                "DELETE /api/purchase-orders/1001/receipts/300",
            ])
    }

    /// The 2018 specification gives the call the members of the creating one.
    @Test func whereTheQuantityAloneIsNotEnoughTheLineIsSentWhole() throws {
        let held: JSON = ["purchase_order_receipt": Sample.receipt]
        let bench = Bench(held, held, choosing: ["receipt.line_put_quantity_alone": "false"])
        try bench.client.setReceiptLine(
            DocumentID(5001), of: DocumentID(300), order: order, to: Quantity("12")!, held: expected.lines)
        #expect(
            bench.transport.conversation == [
                """
                PUT /api/purchase-orders/1001/receipts/300/lines/5001 {"product_id":"KOP-01","quantity":12,"location_id":1001}
                """
            ])
        #expect(
            failure {
                try bench.client.setReceiptLine(
                    DocumentID(9), of: DocumentID(300), order: order, to: Quantity("12")!, held: expected.lines)
            } == """
                Rackbeat PUT /purchase-orders/1001/receipts/300/lines/9: refused with 404: receipt 300 has no line 9 with an \
                item. Nothing changed in Rackbeat.
                """)
    }
}
