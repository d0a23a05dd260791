import Exchange
import JSON
import Scripted
import Testing
import Trade
import Units

@testable import RackbeatClient

@Suite struct AdjustmentTests {
    private func create(_ bench: Bench, isRelative: Bool) throws -> StockAdjustment {
        try bench.client.createAdjustment(
            item: ItemNumber("KOP-01"), location: LocationNumber("1001"), quantity: Quantity("-2")!, isRelative: isRelative,
            date: CivilDate("2026-03-02")!, reason: "WMS adj 9-88")
    }

    @Test func theProfileSaysHowAdjustmentsWork() {
        let usual = Bench().client
        #expect(usual.adjustmentMode == .absoluteViaRead)
        #expect((usual.adjustmentNeedsBooking, usual.adjustmentLinesShowChange, usual.adjustmentsDeletable) == (true, true, true))
        let other = Bench(choosing: [
            "adjustment.mode": "relative_flag", "adjustment.needs_booking": "false", "adjustment.line_quantity": "total",
            "adjustment.deletable": "false",
        ]).client
        #expect(other.adjustmentMode == .relativeFlag)
        #expect(
            (other.adjustmentNeedsBooking, other.adjustmentLinesShowChange, other.adjustmentsDeletable) == (false, false, false))
    }

    @Test func anAdjustmentNamesItemLocationDayAndReason() throws {
        let bench = Bench(["inventory_regulation": Sample.adjustment])
        let line = StockAdjustment.Line(
            item: ItemNumber("KOP-01"), location: LocationNumber("1001"), quantity: Quantity("-2")!)
        #expect(
            try create(bench, isRelative: false)
                == StockAdjustment(id: DocumentID(55), reason: "WMS adj 9-88", lines: [line]))
        #expect(
            bench.transport.conversation == [
                """
                POST /api/inventory-adjustments {"item_id":"KOP-01","adjustment_type":"quantity","quantity":-2,\
                "location":1001,"regulated_at":"2026-03-02","reason":"WMS adj 9-88"}
                """
            ])
    }

    @Test func aChangeCarriesTheFlagOfTheProfile() throws {
        let bench = Bench(
            ["inventory_regulation": Sample.adjustment], choosing: ["adjustment.relative_flag_name": "relative"])
        _ = try create(bench, isRelative: true)
        #expect(bench.transport.conversation[0].hasSuffix(#","reason":"WMS adj 9-88","relative":true}"#))
    }

    @Test func draftsAreBookedAndRemovedByTheirIDs() throws {
        let bench = Bench([Response(status: 200, json: ["inventory_regulation": Sample.adjustment]), Response(status: 204)])
        try bench.client.bookAdjustment(DocumentID(55))
        try bench.client.deleteAdjustment(DocumentID(55))
        #expect(
            bench.transport.conversation == [
                "POST /api/inventory-adjustments/55/book", "DELETE /api/inventory-adjustments/55",
            ])
    }

    /// A search that finds parts would take adjustment 88 for 8, and one that is ignored would take anybody's for ours.
    @Test func onlyTheExactReasonIsOurs() throws {
        let others: [JSON] = [
            Sample.adjustment.with("id", 56).with("reason", "WMS adj 9-888"),
            Sample.adjustment.with("id", 57).with("reason", .null),
            // Somebody else's need not be readable.
            ["id": "x", "reason": "count", "lines": [7]],
        ]
        let bench = Bench(Sample.page("inventory_regulations", others + [Sample.adjustment]))
        #expect(try bench.client.adjustments(searching: "WMS adj 9-88").map(\.id.value) == [55])
        #expect(
            bench.transport.conversation == ["GET /api/inventory-adjustments?limit=100&page=1&search=WMS%20adj%209-88"])
    }
}
