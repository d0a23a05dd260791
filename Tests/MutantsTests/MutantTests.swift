import Exchange
import HTTPTypes
import JSON
import Mutants
import Testing

@testable import Simulation

/// Records requests and responds as given.
private final class Recorder: Transport {
    private(set) var arrived: [Request] = []
    private let answer: (Request, Int) -> Response

    init(_ answer: @escaping (Request, Int) -> Response = { _, _ in Response(status: 200, json: [:]) }) {
        self.answer = answer
    }

    func send(_ request: Request) throws -> Response {
        arrived.append(request)
        return answer(request, arrived.count)
    }

    var bodies: [JSON?] { arrived.map { try? JSON.parse($0.body) } }
    var calls: [String] { arrived.map { "\($0.method) \($0.target)" } }
}

private func intercepted(_ name: String, _ system: System, _ recorder: Recorder) throws -> any Transport {
    let mutant = try #require(Mutant.named(name))
    return mutant.transport(over: recorder, to: system, wire: Wire.Facts(basePath: "/api", location: "1001"))
}

private func request(_ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil) -> Request {
    Request(method, "/api/" + path, body: body?.serialized ?? [])
}

@Suite struct MutantTests {
    @Test func namesAreUniqueAndDescriptionsAreSentences() {
        let names = Mutant.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count >= 20)
        for mutant in Mutant.all {
            #expect(mutant.description.hasSuffix("."), "\(mutant.name)")
            #expect(mutant.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(mutant.name)")
        }
    }

    @Test func aMutantOfOneSystemDoesNotInterceptTheOther() throws {
        let recorder = Recorder()
        #expect(try intercepted("vat-twice", .rackbeat, recorder) === recorder)
    }

    /// What each of these makes of a body on its way.
    @Test(arguments: [
        ("barcode-never-sent", "articles", #"{"barCodeInfo":{"barCode":"57"},"x":1}"#, #"{"x":1}"#),
        ("vat-twice", "articles", #"{"customerPrice":99.95}"#, #"{"customerPrice":124.94}"#),
        ("price-cut-to-whole-units", "articles", #"{"customerPrice":99.95}"#, #"{"customerPrice":99}"#),
        ("prices-in-floating-point", "articles", #"{"customerPrice":0.07}"#, #"{"customerPrice":0.0700000000000001}"#),
        ("decimal-comma", "articles", #"{"customerPrice":99.95}"#, #"{"customerPrice":"99,95"}"#),
        ("centimetres-as-metres", "articles", #"{"height":0.09,"width":null}"#, #"{"height":9,"width":null}"#),
        ("grams-as-kilograms", "articles", #"{"weight":0.4}"#, #"{"weight":400}"#),
        ("made-up-json-member", "articles", #"{"articleName":"Mug"}"#, #"{"articleTitle":"Mug"}"#),
        ("country-name-as-code", "orders", #"{"consignee":{"countryCode":"DK"}}"#, #"{"consignee":{"countryCode":"Denmark"}}"#),
        (
            "quantity-cut-to-whole-units", "orders", #"{"orderLines":[{"numberOfItems":2.5}]}"#,
            #"{"orderLines":[{"numberOfItems":2}]}"#
        ),
        (
            "lines-numbered-by-position", "orders", #"{"orderLines":[{"rowNumber":"90011"},{"rowNumber":"90012"}]}"#,
            #"{"orderLines":[{"rowNumber":"1"},{"rowNumber":"2"}]}"#
        ),
        (
            "last-line-lost", "orders", #"{"orderLines":[{"rowNumber":"1"},{"rowNumber":"2"}]}"#,
            #"{"orderLines":[{"rowNumber":"1"}]}"#
        ),
        (
            "unit-price-as-row-price", "purchaseOrders", #"{"purchaseOrderLines":[{"numberOfItems":4,"rowPrice":10}]}"#,
            #"{"purchaseOrderLines":[{"numberOfItems":4,"rowPrice":2.5}]}"#
        ),
    ])
    func bodiesAreChangedOnTheirWay(_ name: String, _ path: String, _ before: String, _ after: String) throws {
        let recorder = Recorder()
        let transport = try intercepted(name, .ongoing, recorder)
        _ = try transport.send(request(.put, path, try JSON.parse(before)))
        #expect(recorder.bodies == [try JSON.parse(after)])
        _ = try transport.send(request(.put, "elsewhere", try JSON.parse(before)))
        #expect(recorder.bodies == [try JSON.parse(after), try JSON.parse(before)])
    }

    @Test(arguments: [
        ("article-swallowed", "articles"), ("order-swallowed", "orders"), ("purchase-order-swallowed", "purchaseOrders"),
    ])
    func whatIsSwallowedIsAnsweredAsDone(_ name: String, _ path: String) throws {
        let recorder = Recorder()
        let response = try intercepted(name, .ongoing, recorder).send(request(.put, path, [:]))
        #expect(response.isSuccess)
        #expect(recorder.arrived.isEmpty)
    }

    @Test func anOrderUnderTwoNumbersIsSentTwice() throws {
        let recorder = Recorder()
        _ = try intercepted("order-under-two-numbers", .ongoing, recorder).send(request(.put, "orders", ["orderNumber": "1042"]))
        #expect(recorder.bodies == [["orderNumber": "1042"], ["orderNumber": "1042-R"]])
    }

    @Test func oldValuesComeAgainUnderTheSameNumberAlone() throws {
        let recorder = Recorder()
        let transport = try intercepted("stale-values-in-update", .ongoing, recorder)
        for (number, city) in [("1", "Aarhus"), ("2", "Odense"), ("1", "Vejle")] {
            _ = try transport.send(request(.put, "orders", ["orderNumber": .string(number), "city": .string(city)]))
        }
        #expect(recorder.bodies.map { $0?["city"] } == ["Aarhus", "Odense", "Aarhus"])
    }

    /// The unmodified engine compares what was created with what it sent; a bug that it could see would not be one of its own.
    @Test func theOrderedQuantityIsShippedAndTheEngineIsShownWhatItAskedFor() throws {
        let recorder = Recorder { request, _ in
            guard request.method == .post else {
                return Response(
                    status: 200,
                    json: ["order": ["number": 1042, "lines": [["id": 90011, "quantity": 5, "quantity_shipped": 0]]]])
            }
            let lines = (try? JSON.parse(request.body))?["lines"] ?? []
            return Response(status: 201, json: ["order_shipment": ["id": 700, "lines": lines]])
        }
        let transport = try intercepted("ordered-instead-of-picked", .rackbeat, recorder)
        _ = try transport.send(request(.get, "orders/1042"))
        let response = try transport.send(
            request(.post, "orders/1042/create-shipment", ["lines": [["order_line_id": 90011, "quantity": 3]]]))
        #expect(recorder.bodies.last??["lines"]?[0]?["quantity"] == 5)
        #expect(response.json?["order_shipment"]?["lines"]?[0]?["quantity"] == 3)
    }

    @Test func aShipmentThatIsConfirmedIsMadeAndConfirmedAgain() throws {
        let recorder = Recorder { _, count in Response(status: 200, json: ["order_shipment": ["id": JSON(700 + count)]]) }
        let transport = try intercepted("shipment-created-twice", .rackbeat, recorder)
        _ = try transport.send(request(.post, "orders/1042/create-shipment", ["lines": []]))
        _ = try transport.send(request(.post, "orders/shipments/701/mark-shipped", ["pick": true]))
        #expect(
            recorder.calls == [
                "POST /api/orders/1042/create-shipment", "POST /api/orders/shipments/701/mark-shipped",
                "POST /api/orders/1042/create-shipment", "POST /api/orders/shipments/703/mark-shipped",
            ])
    }

    @Test func aDeltaIsSentWhereTheTotalBelongs() throws {
        let recorder = Recorder { request, _ in
            request.method == .get
                ? Response(status: 200, json: ["product_location": ["stock_quantity": 10]])
                : Response(status: 201, json: ["inventory_regulation": ["id": 55, "lines": [["quantity": -8]]]])
        }
        let transport = try intercepted("delta-as-total", .rackbeat, recorder)
        _ = try transport.send(request(.get, "products/KOP-01/locations/1001"))
        let response = try transport.send(
            request(.post, "inventory-adjustments", ["item_id": "KOP-01", "quantity": 12, "location": 1001]))
        #expect(recorder.bodies.last??["quantity"] == 2)
        #expect(response.json?["inventory_regulation"]?["lines"]?[0]?["quantity"] == 2)
    }

    @Test func theSecondAdjustmentOfAnArticleIsNeverSeen() throws {
        let rows: JSON = [
            [
                "article": ["articleNumber": "A"],
                "inventoryAdjustments": [
                    ["inventoryTime": "1", "numberOfItems": 2], ["inventoryTime": "2", "numberOfItems": 3],
                ],
            ]
        ]
        let recorder = Recorder { _, _ in Response(status: 200, json: rows) }
        let transport = try intercepted("second-adjustment-lost", .ongoing, recorder)
        for _ in 0..<2 {
            let seen = try transport.send(request(.get, "inventoryAdjustments?goodsOwnerId=1"))
            #expect(seen.json?[0]?["inventoryAdjustments"]?.array?.count == 1)
        }
    }

    /// A read sees what was new since the one before it, and nothing of the second in which that one ended.
    @Test func rowsOfTheNewestSecondAreSkippedInTheNextRead() throws {
        var rows: [JSON] = [["number": "A", "updated_at": "2026-03-02T08:00:05+01:00"]]
        let recorder = Recorder { _, _ in Response(status: 206, json: ["products": .array(rows), "pages": 1]) }
        let transport = try intercepted("equal-timestamps-skipped", .rackbeat, recorder)
        func read() throws -> [String] {
            let body = try transport.send(request(.get, "products?page=1")).json
            return body?["products"]?.array?.map { $0["number"]?.string ?? "no row" } ?? []
        }
        #expect(try read() == ["A"])
        rows.append(["number": "B", "updated_at": "2026-03-02T08:00:05+01:00"])
        rows.append(["number": "C", "updated_at": "2026-03-02T08:00:06+01:00"])
        #expect(try read() == ["C"])
    }

    @Test func queriesAreChangedOnTheirWay() throws {
        let recorder = Recorder()
        let keys = try intercepted("page-numbers-for-keyset-paging", .ongoing, recorder)
        _ = try keys.send(request(.get, "orders?goodsOwnerId=1&orderIdFrom=7&maxOrdersToGet=200"))
        var authorised = request(.get, "orders?page=1")
        authorised.headers[.authorization] = "Bearer s3cret"
        _ = try intercepted("token-in-the-query", .rackbeat, recorder).send(authorised)
        #expect(
            recorder.calls == [
                "GET /api/orders?goodsOwnerId=1&page=1&pageSize=200", "GET /api/orders?page=1&api_token=s3cret",
            ])
    }

    @Test func aPauseThatWasAskedForIsIgnored() throws {
        let recorder = Recorder { _, count in Response(status: count < 3 ? 429 : 200) }
        let response = try intercepted("retry-after-ignored", .rackbeat, recorder).send(request(.get, "orders"))
        #expect(response.status == 200)
        #expect(recorder.arrived.count == 3)
    }
}
