import Exchange
import FakeKit
import HTTPTypes
import JSON
import Testing
import Units

@testable import RackbeatFake

/// Calls that the integration does not need and other clients use: they respond, and what was written is kept.
struct OtherCallsTests {
    private func seeded() throws -> TestWorld {
        let world = try TestWorld.stocked()
        try world.fake.addPaymentTerm(PaymentTermSeed(number: 7))
        try world.fake.addSupplier(SupplierSeed(number: 20, name: "Ler A/S", paymentTerm: 7))
        try world.fake.addCustomer(CustomerSeed(number: 501, name: "Café Fiktiv", address: Address(email: "a@example.test")))
        return world
    }

    @Test func partnersChangeAndKeepTheirContacts() throws {
        let world = try seeded()
        #expect(world.put("suppliers/20", ["company_name": "Ler & Søn"]).json["supplier"]?["name"] == "Ler & Søn")
        #expect(world.put("customers/501", ["is_barred": true]).json["customer"]?["is_barred"] == true)
        #expect(world.put("customers/9", ["name": "x"]).status == 404)
        #expect(world.post("suppliers/20/contacts", ["name": "Bo", "phone": "+45 1"]).status == 201)
        #expect(world.get("suppliers/20/contacts").json["contacts"]?[0]?["name"] == "Bo")
        #expect(world.post("customers/501/contacts", ["name": "Eva"]).json["contact"]?["number"] == 2)
        let people = world.get("customers/501/contacts").json["contacts"]?.array?.compactMap { $0["name"]?.string }
        #expect(people == ["Café Fiktiv", "Eva"])
        #expect(world.post("customers/501/contacts", ["email": "x"]).problems("name") == ["The name field is required."])
        #expect(world.post("customers/501/addresses", ["name": "Lager", "city": "Vejle"]).status == 201)
        #expect(world.get("customers/501/addresses").json["addresses"]?[0]?["city"] == "Vejle")
        #expect(world.post("supplier-groups", ["name": "Nordic"]).json["supplier_group"]?["number"] == 1)
        #expect(world.get("supplier-groups/1").json["supplier_group"]?["name"] == "Nordic")
    }

    /// By the paths of 2018 one booking moves the goods from location to location.
    @Test func aMovementOf2018MovesStockInOneStep() throws {
        let world = try seeded()
        let body: JSON = [
            "from_location_number": 1001, "to_location_number": 1002, "quantity": 30, "item_type": "product",
            "item_number": "KOP-01",
        ]
        let made = world.post("inventory-movement", body)
        #expect(made.status == 201)
        #expect(made.json["inventory_regulation"]?["lines"]?.array?.compactMap { $0["quantity"]?.int } == [-30, 30])
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 100)
        #expect(world.post("inventory-movements/1/book").status == 200)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 70)
        #expect(world.fake.stockOnHand("KOP-01", at: 1002) == 30)
        #expect(world.post("inventory-movements/1/book").status == 422)
        #expect(world.get("inventory-movements").json["total"] == 1)
        #expect(world.fake.ledger.imbalances().isEmpty)
    }

    /// In the newer family the goods are at no location between the two steps.
    @Test func anInternalMovementLeavesBeforeItArrives() throws {
        let world = try seeded()
        let body: JSON = ["item_id": "KOP-01", "from_location": 1001, "to_location": 1002, "quantity": 30]
        #expect(world.post("inventory/internal-movements", body).status == 201)
        #expect(world.post("inventory/internal-movements/1/create-receipt").status == 422)
        #expect(world.post("inventory/internal-movements/1/book").json["internal_movement"]?["is_booked"] == true)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 70)
        #expect(world.fake.stockOnHand("KOP-01", at: 1002) == 0)
        #expect(world.get("inventory/internal-movements?booked=true&received=0&itemNumber=KOP-01").json["total"] == 1)
        #expect(world.post("inventory/internal-movements/1/create-receipt").status == 201)
        #expect(world.fake.stockOnHand("KOP-01", at: 1002) == 30)
        #expect(world.get("inventory/internal-movements?received=false").json["total"] == 0)
        let nowhere = world.post(
            "inventory/internal-movements", ["item_id": "NONE", "from_location": 1001, "to_location": 1001, "quantity": 0])
        #expect(nowhere.json["errors"]?.object?.names == ["quantity", "item_id", "to_location"])
    }

    @Test func aStockCheckSetsStockToWhatWasCounted() throws {
        let world = try seeded()
        let lines: JSON = [["item_id": "KOP-01", "quantity": 97], ["item_id": "SKAL-02", "quantity": 10]]
        #expect(world.post("inventory/checking-drafts", ["location": 1001, "lines": lines]).status == 201)
        #expect(world.get("inventory/checking-drafts").json["checking_drafts"]?[0]?["lines"] == lines)
        #expect(world.post("inventory/checking-drafts/1/book").json["checking_draft"]?["is_booked"] == true)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 97)
        #expect(world.fake.ledger.entries(of: "SKAL-02", at: "1001").count == 1)
        #expect(world.post("inventory/checking-drafts/1/book").status == 422)
    }

    /// Problems of the old path use the old names.
    @Test func theAdjustmentOf2018MeansTheSameAsTodays() throws {
        let world = try seeded()
        var body: JSONObject = [
            "item_type": "product", "item_number": "KOP-01", "location_number": 1001, "quantity": 90,
            "regulated_at": "2026-03-02", "reason": "count",
        ]
        #expect(world.post("inventory-adjustment", .object(body)).status == 201)
        #expect(world.post("inventory-adjustments/55/book").status == 200)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 90)
        body["item_number"] = "NONE"
        #expect(world.post("inventory-adjustment", .object(body)).problems("item_number") == ["Unknown item."])
    }

    @Test func anOrderIsInvoicedOnceAndKeepsItsFields() throws {
        let world = try seeded()
        try world.fake.addOrder(OrderSeed(customer: 501, lines: [LineSeed(item: "KOP-01", quantity: 2)]), book: false)
        #expect(world.post("orders/1001/convert-to-invoice?book=false").status == 422)
        #expect(world.post("orders/1001/book").status == 200)
        #expect(world.post("orders/1001/convert-to-invoice?book=false").json["invoice_id"] == 10_001)
        #expect(world.get("orders/1001").json["order"]?["is_invoiced"] == true)
        #expect(world.post("orders/1001/convert-to-invoice").status == 422)
        let fields: JSON = [["field_id": 4, "value": "blue"], ["field_id": 5, "value": nil]]
        #expect(world.put("orders/1001/fields", ["fields": fields]).json["field_values"] == fields)
        #expect(world.get("orders/1001?expand=field_values").json["order"]?["field_values"] == fields)
        #expect(world.get("orders/1001").json["order"]?["field_values"] == nil)
    }

    /// A reader finds the objects of a PDF by their byte offsets, so the offsets must be right.
    @Test func aDownloadIsAPDFWithTrueOffsets() throws {
        let world = try seeded()
        try world.fake.addOrder(OrderSeed(customer: 501, lines: [LineSeed(item: "KOP-01", quantity: 2)]), book: true)
        #expect(world.post("orders/1001/create-shipment").status == 201)
        for path in ["download", "download-delivery-note"] {
            let response = world.post("orders/shipments/700/\(path)")
            #expect(response.headers[.contentType] == "application/pdf")
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(text.hasPrefix("%PDF-1.4\n") && text.hasSuffix("%%EOF\n"))
            #expect(text.contains("(2 x KOP-01) Tj"))
            let lines = text.split(separator: "\n").map(String.init)
            let table = try #require(lines.firstIndex(of: "xref"))
            for number in 1...5 {
                let place = try #require(Int(lines[table + 2 + number].prefix(10)))
                #expect(text.utf8.dropFirst(place).starts(with: "\(number) 0 obj".utf8))
            }
            let start = try #require(lines.firstIndex(of: "startxref"))
            #expect(text.utf8.dropFirst(Int(lines[start + 1])!).starts(with: "xref".utf8))
        }
        #expect(world.post("orders/shipments/9/download").status == 404)
    }

    @Test func smallListsRespond() throws {
        let world = try seeded()
        for (path, name) in [
            ("fields", "field_values"), ("prices", "currency_prices"), ("units", "item_units"), ("translations", "translations"),
        ] {
            #expect(world.get("products/KOP-01/\(path)").json[name]?.array != nil)
            #expect(world.get("lots/KOP-01/\(path)").status == 404)
        }
        #expect(world.get("settings/currency").json["setting"]?["value"] == "DKK")
        #expect(world.get("settings").json["settings"]?.array?.count == 4)
        #expect(world.get("settings/nothing").status == 404)
    }

    // MARK: HTTP

    @Test func headAndOptionsRespondAsTheFrameworkDoes() throws {
        let world = try seeded()
        let head = world.send(.head, "orders")
        #expect(head.status == 206 && head.body.isEmpty && head.headers[.contentType] == "application/json")
        #expect(world.send(.head, "orders/77").status == 404)
        let options = world.send(.options, "orders/1", headers: [:])
        #expect(options.status == 200)
        #expect(options.headers[.allow] == "DELETE, GET, HEAD, PUT")
        #expect(world.send(.options, "nothing", headers: [:]).status == 404)
        let odd = world.send(HTTPRequest.Method("BREW")!, "self")
        #expect(odd.status == 405)
        #expect(odd.headers[.allow] == "GET, HEAD")
    }

    @Test func anEmptySegmentIsNotFound() throws {
        let world = try seeded()
        for path in ["orders/", "/orders", "orders//lines", "products/KOP-01//locations"] {
            #expect(world.get(path).status == 404, "\(path)")
        }
        #expect(world.get("orders").status == 206)
    }

    @Test func aRepeatedMemberIsMalformed() throws {
        let world = try seeded()
        let body = Array(#"{"customer_id":501,"customer_id":502}"#.utf8)
        let request = Request(.post, "/api/orders", headers: [.authorization: "Bearer secret"], body: body)
        #expect(world.fake.respond(to: request).status == 400)
    }
}
