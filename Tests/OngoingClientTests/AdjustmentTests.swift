import ClientKit
import Exchange
import HTTPTypes
import JSON
import Scripted
import Testing
import Trade
import Units

@testable import OngoingClient

@Suite struct AdjustmentTests {
    private let since = Moment(iso: "2026-09-03T12:00:00Z")!

    /// One document can hold several rows of one article, all of the same second: each is a row of its own.
    @Test func rowsAreReadOneByOne() throws {
        let bench = Bench(.array([Sample.adjustments]))
        var dropped = WarehouseAdjustment(
            inventory: WarehouseID(77), articleID: WarehouseID(9001), article: ItemNumber("KOP-01"), change: Quantity("-2")!,
            time: Moment(iso: "2026-09-03T12:41:07.123Z")!)
        var found = dropped
        dropped.cause = "Damaged"
        dropped.comment = "dropped"
        dropped.batch = "B12"
        dropped.location = "A-1"
        found.change = Quantity("3")!
        found.comment = "shelf 5"
        #expect(try bench.client.adjustments(from: since) == [.value(dropped), .value(found)])
        #expect(
            bench.transport.conversation == [
                "GET /demo/api/v1/inventoryAdjustments?goodsOwnerId=42&from=2026-09-03T11%3A59%3A59.000%2B00%3A00"
            ])
    }

    @Test func aCauseMayHaveOnlyACode() throws {
        let coded = Sample.adjustments.withFirst(of: "inventoryAdjustments") {
            $0.with("inventoryAdjustmentCause", ["code": "D", "name": ""])
        }
        guard case .value(let row) = try Bench(.array([coded])).client.adjustments(from: since)[0] else {
            Issue.record("the row is readable")
            return
        }
        #expect(row.cause == "D")
    }

    /// Pure dates come back date-only, and a webhook's sample shows times without a zone.
    @Test(
        arguments: [
            ("2026-09-03", "2026-09-03T00:00:00Z"), ("2026-09-03T12:41:07", "2026-09-03T12:41:07Z"),
            ("2026-09-03T12:41:07.1234567+02:00", "2026-09-03T10:41:07.123Z"),
        ]) func timesComeInSeveralForms(text: String, moment: String) throws
    {
        let dated = Sample.adjustments.withFirst(of: "inventoryAdjustments") { $0.with("inventoryTime", .string(text)) }
        guard case .value(let row) = try Bench(.array([dated])).client.adjustments(from: since)[0] else {
            Issue.record("the row is readable")
            return
        }
        #expect(row.time == Moment(iso: moment))
    }

    /// A change without a figure is not a change of zero.
    @Test func aRowThatCannotBeReadStandsApart() throws {
        let figureless = Sample.adjustments.withFirst(of: "inventoryAdjustments") { $0.with("numberOfItems", .null) }
        let rows = try Bench(.array([figureless])).client.adjustments(from: since)
        #expect(rows.count == 2)
        #expect(rows[0] == .unreadable(key: "77", problem: "/0/inventoryAdjustments/0/numberOfItems is null"))
        let rowless = try Bench(.array([Sample.adjustments.without("inventoryAdjustments")])).client.adjustments(from: since)
        #expect(rowless == [.unreadable(key: "KOP-01", problem: "/0/inventoryAdjustments is missing")])
        let nameless = try Bench(.array([Sample.adjustments.with("article", .null)])).client.adjustments(from: since)
        #expect(nameless == Array(repeating: .unreadable(key: "77", problem: "/0/article is null"), count: 2))
    }

    @Test func anAdjustmentIsReportedByDocumentAndArticle() throws {
        let bench = Bench(["message": "ok", "items": nil])
        try bench.client.setReported(inventory: WarehouseID(77), article: WarehouseID(9001))
        #expect(bench.transport.conversation == ["PATCH /demo/api/v1/inventoryAdjustments/77/articles/9001/setReported"])
    }
}
