import Exchange
import JSON
import Scripted
import Testing
import Trade
import Units

@testable import RackbeatClient

@Suite struct StockTests {
    private let mug = ItemNumber("KOP-01")
    private let main = LocationNumber("1001")

    @Test func whatLiesAtALocationIsReadThere() throws {
        let bench = Bench(["product_location": ["number": 1001, "name": "Main", "stock_quantity": JSON.read("-2.5")]])
        #expect(try bench.client.stock(of: mug, at: main) == Quantity("-2.5"))
    }

    /// Zero would be booked as zero. That a figure is missing does not mean that nothing is there.
    @Test func aMissingFigureIsNotZero() {
        let bench = Bench(["product_location": ["number": 1001, "stock_quantity": .null]])
        #expect(
            failure { try bench.client.stock(of: mug, at: main) } == """
                Rackbeat GET /products/KOP-01/locations/1001: the response cannot be read: /product_location/stock_quantity is \
                null. Nothing changed in Rackbeat.
                """)
    }

    @Test func theReportIsReadForOneLocation() throws {
        let first = JSON.read(
            """
            {"items":[{"number":"KOP-01","locations":[{"number":1002,"stock_quantity":9},{"number":1001,"stock_quantity":120}]},
            {"number":"GLAS-2","locations":[{"number":1002,"stock_quantity":4}]}],"total":3,"pages":2,"limit":100,"page":1}
            """)
        let second = JSON.read(
            """
            {"items":[{"number":"FAD-3","locations":[{"number":1001,"stock_quantity":0.5}]},{"number":"NY-4","locations":null}],
            "total":3,"pages":2,"limit":100,"page":2}
            """)
        let bench = Bench(first, second)
        #expect(
            try bench.client.stockEverywhere(at: [main]) == [mug: Quantity("120")!, ItemNumber("FAD-3"): Quantity("0.5")!])
        #expect(
            bench.transport.conversation == [
                "GET /api/reports/checking?limit=100&page=1&show_all_locations=true",
                "GET /api/reports/checking?limit=100&page=2&show_all_locations=true",
            ])
    }

    @Test func theLedgerTellsWhatMovedAndWhy() throws {
        let rows = JSON.read(
            """
            [{"id":1,"item_number":"KOP-01","location_id":1001,"quantity":120,"type":"opening","document_id":null},
            {"id":2,"item_number":"KOP-01","location_id":1001,"quantity":-2,"type":"order_shipment","document_id":700}]
            """)
        let bench = Bench(Sample.page("ledger_items", rows.array!))
        #expect(
            try bench.client.ledger(of: mug) == [
                LedgerEntry(location: main, change: Quantity("120")!, kind: "opening", document: nil),
                LedgerEntry(location: main, change: Quantity("-2")!, kind: "order_shipment", document: DocumentID(700)),
            ])
        #expect(bench.transport.conversation == ["GET /api/reports/ledger/KOP-01?limit=100&page=1"])
    }
}
