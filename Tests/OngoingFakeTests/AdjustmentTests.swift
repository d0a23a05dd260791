import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

@Suite struct AdjustmentTests {
    private typealias Row = OngoingFake.AdjustmentRow

    @Test func aDocumentMaySpanArticlesAndIsGroupedByArticle() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        tenancy.open("TABLE", 10)
        let document = try tenancy.fake.adjust(
            goodsOwner: 42,
            rows: [
                Row(article: "CHAIR", change: -2, cause: "SCRAP", comment: "dropped"), Row(article: "TABLE", change: 3),
                Row(article: "CHAIR", change: 1),
            ])
        #expect(tenancy.stock("CHAIR") == 9)
        #expect(tenancy.stock("TABLE") == 13)
        let list = try tenancy.json(.get, "inventoryAdjustments?goodsOwnerId=42")
        #expect(list.array?.compactMap { $0.at("article.articleNumber")?.string } == ["CHAIR", "TABLE"])
        let rows = list.at("0.inventoryAdjustments")?.array
        #expect(rows?.compactMap { $0["numberOfItems"]?.number?.text } == ["-2.0", "1.0"])
        #expect(rows?.compactMap { $0["inventoryId"]?.int } == [document, document])
        #expect(rows?.first?["inventoryAdjustmentCause"] == ["code": "SCRAP", "name": "Scrapped"])
        #expect(rows?.last?["inventoryAdjustmentCause"] == .null)
        #expect(rows?.first?["batchNumber"] == "")
        let single = try tenancy.json(.get, "inventoryAdjustments/\(document)")
        #expect(single.at("article.articleNumber") == "CHAIR")
        #expect(single["inventoryAdjustments"]?.array?.count == 2)
        #expect(tenancy.fake.imbalances() == [])
    }

    @Test func rowsAreAcknowledgedByDocumentAndArticle() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        tenancy.open("TABLE", 10)
        let document = try tenancy.fake.adjust(
            goodsOwner: 42, rows: [Row(article: "CHAIR", change: -2), Row(article: "TABLE", change: 3)])
        let chair = try #require(tenancy.fake.article("CHAIR", of: 42)?.systemId)
        let response = try tenancy.json(.patch, "inventoryAdjustments/\(document)/articles/\(chair)/setReported")
        #expect(response["items"]?.array?.count == 1)
        func articles(_ query: String) throws -> [String] {
            try tenancy.json(.get, "inventoryAdjustments?goodsOwnerId=42\(query)").array?
                .compactMap { $0.at("article.articleNumber")?.string } ?? []
        }
        #expect(try articles("&isReported=false") == ["TABLE"])
        #expect(try articles("&isReported=true") == ["CHAIR"])
        #expect(try articles("") == ["CHAIR", "TABLE"])
        #expect(tenancy.call(.patch, "inventoryAdjustments/\(document)/articles/1/setReported").status == 404)
        #expect(tenancy.call(.get, "inventoryAdjustments/1").status == 404)
    }

    @Test func notReportedMayMeanAll() throws {
        let tenancy = Tenancy(["adjustments.is_reported_false": "all"])
        tenancy.open("CHAIR", 10)
        let document = try tenancy.fake.adjust(goodsOwner: 42, rows: [Row(article: "CHAIR", change: -2)])
        let chair = try #require(tenancy.fake.article("CHAIR", of: 42)?.systemId)
        try tenancy.json(.patch, "inventoryAdjustments/\(document)/articles/\(chair)/setReported")
        #expect(try tenancy.json(.get, "inventoryAdjustments?goodsOwnerId=42&isReported=false").array?.count == 1)
    }

    @Test func theListBeginsAfterItsBound() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        try tenancy.fake.adjust(goodsOwner: 42, rows: [Row(article: "CHAIR", change: -1)])
        tenancy.wait(.seconds(1))
        try tenancy.fake.adjust(goodsOwner: 42, rows: [Row(article: "CHAIR", change: -2)])
        func changes(_ query: String) throws -> [String] {
            try tenancy.json(.get, "inventoryAdjustments?goodsOwnerId=42&\(query)").at("0.inventoryAdjustments")?.array?
                .compactMap { $0["numberOfItems"]?.number?.text } ?? []
        }
        #expect(try changes("from=2026-09-01T08:00:00Z") == ["-2.0"])
        #expect(try changes("from=2026-09-01T07:59:59Z") == ["-1.0", "-2.0"])
        #expect(try changes("toTime=2026-09-01T08:00:00Z") == ["-1.0"])
    }

    @Test func whatIsTakenFromTwoBatchesBecomesTwoRows() throws {
        let tenancy = Tenancy()
        try tenancy.putPurchaseOrder("7")
        try tenancy.fake.receive(
            goodsOwner: 42, purchaseOrder: "7", lines: [pick("1", 2, batch: "B1"), pick("1", 2, batch: "B2")])
        try tenancy.fake.adjust(goodsOwner: 42, rows: [Row(article: "CHAIR", change: -3)])
        #expect(tenancy.fake.adjustments(of: 42).map(\.batch) == ["B1", "B2"])
        #expect(tenancy.fake.adjustments(of: 42).map(\.change) == [-2, -1])
    }

    /// A document is written whole or not at all.
    @Test func aRowThatFindsTooLittleStopsTheWholeDocument() {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 3)
        #expect(throws: ActionError("Cannot adjust article CHAIR by -2: only 1 of it are in stock.")) {
            try tenancy.fake.adjust(
                goodsOwner: 42, rows: [Row(article: "CHAIR", change: -2), Row(article: "CHAIR", change: -2)])
        }
        #expect(tenancy.stock("CHAIR") == 3)
        #expect(tenancy.fake.adjustments(of: 42).isEmpty)
        #expect(throws: ActionError("Cannot adjust article X by 1: goods owner 42 has no such article.")) {
            try tenancy.fake.adjust(goodsOwner: 42, rows: [Row(article: "X", change: 1)])
        }
        #expect(throws: ActionError("There is no goods owner 9. Known goods owners: 42.")) {
            try tenancy.fake.adjust(goodsOwner: 9, rows: [Row(article: "CHAIR", change: 1)])
        }
    }

    @Test func aSilentChangeLeavesNothingButTheStock() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 3)
        try tenancy.fake.moveStockSilently(goodsOwner: 42, article: "CHAIR", change: -1)
        #expect(tenancy.fake.ledger.entries(of: "CHAIR", at: "42").last?.cause == "unrecorded")
        #expect(try tenancy.json(.get, "inventoryAdjustments?goodsOwnerId=42") == [])
        #expect(tenancy.fake.imbalances() == [])
    }
}
