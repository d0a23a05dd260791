import Exchange
import JSON
import Testing
import Units

@testable import RackbeatFake

struct OrderTests {
    private func world(_ changes: [String: String] = [:]) throws -> TestWorld {
        let world = try TestWorld.stocked(changes)
        try world.fake.addPaymentTerm(PaymentTermSeed(number: 7, name: "Net 14", description: "14 days"))
        try world.fake.addEmployee(EmployeeSeed(number: 3, name: "Mia Prove"))
        try world.fake.addCustomer(
            CustomerSeed(
                number: 501, name: "Cafe Fiktiv",
                address: Address(street: "Gade 1", zipcode: "8000", city: "Aarhus C", country: "Denmark"), paymentTerm: 7))
        return world
    }

    @Test func anOrderIsWrittenAsTheRealOneIs() throws {
        let world = try world()
        let created = world.post(
            "orders",
            [
                "customer_id": 501, "our_reference_id": 3, "deliver_at": "2026-03-05", "delivery_terms": "EXW",
                "delivery_address": ["name": "Cafe Fiktiv", "street": "Lager 2", "email": "in@example.test"],
                "lines": [
                    ["item_id": "KOP-01", "quantity": 5, "location_id": 1001],
                    ["name": "Thank you", "quantity": 1],
                ],
            ])
        #expect(created.status == 201)
        let expected = """
            {"order":{"number":1001,"customer_id":501,"customer":{"number":501,"name":"Cafe Fiktiv"},"is_booked":false,\
            "is_shipped":false,"is_partly_shipped":false,"is_ready_for_shipping":false,"is_cancelled":false,"is_archived":false,\
            "is_invoiced":false,"is_partly_invoiced":false,"is_ready_for_invoicing":false,"is_ready_for_purchasing":false,\
            "is_partly_purchased":false,"currency":"DKK","currency_rate":100,"vat_zone":"domestic","total_subtotal":400,\
            "total_vat":100,"total_total":500,"our_reference":{"number":3,"name":"Mia Prove"},"employee_id":3,\
            "payment_terms_id":7,"payment_terms":{"number":7,"name":"Net 14","type":"net","type_translated":"net",\
            "description":"14 days","maturity_days":14,"self":"https://app.rackbeat.com/api/payment-terms/7"},\
            "delivery_terms":"EXW","other_reference":null,"heading":null,"note":null,"billing_address":{"name":"Cafe Fiktiv",\
            "street":"Gade 1","street2":null,"zipcode":"8000","city":"Aarhus C","country":"Denmark","email":null,"phone":null},\
            "delivery_address":{"name":"Cafe Fiktiv","street":"Lager 2","street2":null,"zipcode":null,"city":null,\
            "country":null,"email":"in@example.test","phone":null},"order_date":"2026-03-02","deliver_at":"2026-03-05",\
            "booked_at":null,"shipped_at":null,"cancelled_at":null,"created_at":"2026-03-02T14:05:09+01:00",\
            "updated_at":"2026-03-02T14:05:09+01:00","lines":[{"id":90001,"child_id":"KOP-01","child_type":"product",\
            "item":{"number":"KOP-01","name":"Mug, blue","barcode":null},"location_id":1001,"location":{"number":1001,\
            "name":"Main"},"name":"Mug, blue","quantity":5,"quantity_shipped":0,"line_price":80,"line_total":400,\
            "discount_percentage":0,"vat_percentage":25,"unit":{"number":1,"name":"pcs"},"variations":[],\
            "created_at":"2026-03-02T14:05:09+01:00","updated_at":"2026-03-02T14:05:09+01:00"},{"id":90002,"child_id":null,\
            "child_type":null,"item":null,"location_id":null,"location":null,"name":"Thank you","quantity":1,\
            "quantity_shipped":0,"line_price":0,"line_total":0,"discount_percentage":0,"vat_percentage":0,"unit":null,\
            "variations":[],"created_at":"2026-03-02T14:05:09+01:00","updated_at":"2026-03-02T14:05:09+01:00"}],\
            "self":"https://app.rackbeat.com/api/orders/1001"}}
            """
        #expect(created.json.text == expected)
    }

    @Test func theProfileSwitchesDoubtfulShapes() throws {
        let changes = [
            "delivery_terms_shape": "object", "order.address_name2": "present", "order.billing_same": "field",
            "line.incl_vat_field": "line_total_incl_vat", "datetime_format": "sql", "time_zone": "UTC",
        ]
        let world = try world(changes)
        try world.fake.addDeliveryTerm(DeliveryTermSeed(number: 4, name: "EXW"))
        let seed = OrderSeed(
            customer: 501, deliveryTerms: "EXW",
            lines: [LineSeed(item: "KOP-01", quantity: 3, price: ExactDecimal("79.98")!, discount: 10)])
        let number = try world.fake.addOrder(seed, book: true)
        let order = world.get("orders/\(number)").json["order"]
        #expect(order?["delivery_terms"]?.text == #"{"number":4,"name":"EXW"}"#)
        #expect(order?["delivery_address"]?["name2"] == .null)
        #expect(order?["billing_address_same"] == true)
        #expect(order?["booked_at"] == "2026-03-02 13:05:09")
        // 3 × 79.98 less 10 % is 215.946, with 25 % tax 269.9325.
        #expect(order?["lines"]?[0]?["line_total"]?.text == "215.946")
        #expect(order?["lines"]?[0]?["line_total_incl_vat"]?.text == "269.93")
        let iso = try self.world(["time_zone": "UTC"])
        let other = try iso.fake.addOrder(seed, book: true)
        #expect(iso.get("orders/\(other)").json["order"]?["booked_at"] == "2026-03-02T13:05:09+00:00")
    }

    @Test func anInvalidOrderNamesEveryProblem() throws {
        let world = try world()
        let refused = world.post(
            "orders",
            [
                "note": .string(String(repeating: "n", count: 801)), "deliver_at": "tomorrow",
                "lines": [["item_id": "KOP-01"], ["item_id": "NONE", "quantity": 1], "line"],
            ])
        #expect(refused.status == 422)
        #expect(refused.problems("customer_id") == ["The customer id field is required."])
        #expect(refused.problems("note") == ["The note may not be greater than 800 characters."])
        #expect(refused.problems("deliver_at") == ["The deliver at is not a valid date."])
        #expect(refused.problems("lines.0.quantity") == ["The quantity field is required."])
        #expect(refused.problems("lines.2") == ["The lines.2 must be an object."])
        let unknown = world.post(
            "orders", ["customer_id": 501, "lines": [["item_id": "NONE", "quantity": 1, "location_id": 9]]])
        #expect(unknown.problems("lines.0.item_id") == ["Unknown item."])
        #expect(unknown.problems("lines.0.location_id") == ["There is no location 9."])
        #expect(world.fake.orders.isEmpty)
    }

    @Test func aBarredProductIsNotSold() throws {
        let world = try world()
        try world.fake.changeProduct("KOP-01", ["is_barred": true])
        let refused = world.post("orders", ["customer_id": 501, "lines": [["item_id": "KOP-01", "quantity": 1]]])
        #expect(refused.problems("lines.0.item_id") == ["The product KOP-01 is barred."])
    }

    /// What can be done in which state, as a table.
    @Test(
        arguments: [
            ("draft", ["book": 200, "reopen": 422, "ship": 422, "edit": 200, "delete": 200]),
            ("booked", ["book": 422, "reopen": 200, "ship": 201, "edit": 422, "delete": 200]),
            ("partly", ["book": 422, "reopen": 422, "ship": 201, "edit": 422, "delete": 422]),
            ("shipped", ["book": 422, "reopen": 422, "ship": 422, "edit": 422, "delete": 422]),
            ("cancelled", ["book": 422, "reopen": 422, "ship": 422, "edit": 422, "delete": 200]),
        ])
    func whatIsAllowedFollowsFromTheState(state: String, allowed: [String: Int]) throws {
        for (action, status) in allowed.sorted(by: { $0.key < $1.key }) {
            let world = try world()
            let number = try world.fake.addOrder(
                OrderSeed(lines: [LineSeed(id: 1, item: "KOP-01", quantity: 5, location: 1001)]), book: state != "draft")
            switch state {
            case "partly": try world.fake.shipByHand(order: number, lines: [1: 2])
            case "shipped": try world.fake.shipByHand(order: number)
            case "cancelled": try world.fake.cancelOrder(number)
            default: break
            }
            let response =
                switch action {
                case "book": world.post("orders/\(number)/book", ["mail": ["send": false]])
                case "reopen": world.post("orders/\(number)/reopen")
                case "ship": world.post("orders/\(number)/create-shipment")
                case "edit": world.put("orders/\(number)", ["note": "changed"])
                default: world.delete("orders/\(number)")
                }
            #expect(response.status == status, "\(action) on \(state): \(response.json.text)")
        }
    }

    @Test func bookingSetsTheTimeAndReservesStock() throws {
        let world = try world()
        let number = try world.fake.addOrder(
            OrderSeed(lines: [LineSeed(item: "KOP-01", quantity: 5, location: 1001)]), book: false)
        world.pass(.seconds(60))
        let booked = world.post("orders/\(number)/book")
        #expect(booked.json["order"]?["is_booked"] == true)
        #expect(booked.json["order"]?["updated_at"] == "2026-03-02T14:06:09+01:00")
        #expect(world.get("products/KOP-01").json["product"]?["in_order_quantity"] == 5)
        #expect(world.post("orders/\(number)/reopen").json["order"]?["booked_at"] == .null)
        #expect(world.get("products/KOP-01").json["product"]?["in_order_quantity"] == 0)
        let kind = try self.world(["double_book": "200"])
        let twice = try kind.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01")]), book: true)
        #expect(kind.post("orders/\(twice)/book").status == 200)
    }

    @Test func reopeningKeepsOrRenewsTheIDsOfLines() throws {
        for (choice, isKept) in [("true", true), ("false", false)] {
            let world = try world(["reopen_keeps_line_ids": choice])
            let number = try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01")]), book: true)
            let before = try #require(world.fake.order(number)).lines[0].id
            try world.fake.reopenOrder(number)
            #expect((world.fake.order(number)?.lines[0].id == before) == isKept)
        }
    }

    @Test func aBegunOrderIsReopenedWhereTheProfileSaysSoAndKeepsWhatIsShipped() throws {
        let world = try world(["reopen_when": "part_shipped", "reopen_keeps_line_ids": "false"])
        let number = try world.fake.addOrder(
            OrderSeed(
                lines: [
                    LineSeed(id: 1, item: "KOP-01", quantity: 5, location: 1001),
                    LineSeed(id: 2, item: "SKAL-02", location: 1001),
                ]), book: true)
        try world.fake.shipByHand(order: number, lines: [1: 3])
        #expect(world.post("orders/\(number)/reopen").status == 200)
        let draft = try #require(world.get("orders/\(number)").json["order"])
        #expect(draft["is_booked"] == false && draft["is_partly_shipped"] == true)
        let lines = try #require(world.fake.order(number)).lines
        #expect(lines[0].id == 1 && lines[0].fulfilled == 3 && lines[1].id != 2, "a line that a shipment names keeps its id")
        #expect(world.post("orders/\(number)/create-shipment").status == 422)
        #expect(world.delete("orders/\(number)").status == 422)
        #expect(throws: (any Error).self) { try world.fake.cancelOrder(number) }
        #expect(world.delete("orders/\(number)/lines/1").status == 422)
        #expect(world.put("orders/\(number)", ["lines": [["id": JSON(lines[1].id)]]]).status == 422)
        #expect(world.put("orders/\(number)/lines/1", ["quantity": 2]).problems("quantity").count == 1)
        #expect(world.put("orders/\(number)/lines/1", ["item_id": "SKAL-02"]).problems("item_id").count == 1)
        #expect(world.put("orders/\(number)/lines/1", ["quantity": 4]).status == 200)
        #expect(world.post("orders/\(number)/lines", ["item_id": "SKAL-02", "quantity": 2, "location_id": 1001]).status == 201)
        #expect(world.post("orders/\(number)/book").json["order"]?["is_partly_shipped"] == true)
        #expect(world.fake.order(number)?.state == .partlyFulfilled)
    }

    @Test func anOrderThatIsCutToWhatIsShippedIsShippedWhenItIsBookedAgain() throws {
        let world = try world(["reopen_when": "part_shipped"])
        let number = try world.fake.addOrder(
            OrderSeed(lines: [LineSeed(id: 1, item: "KOP-01", quantity: 5, location: 1001)]), book: true)
        try world.fake.shipByHand(order: number, lines: [1: 3])
        try world.fake.reopenOrder(number)
        try world.fake.changeOrderLine(1, of: number) { $0.quantity = 3 }
        #expect(world.post("orders/\(number)/book").json["order"]?["is_shipped"] == true)
        #expect(world.post("orders/\(number)/reopen").status == 422, "never when all of it is shipped")
    }

    @Test func deletedOrdersVanishAndCancelledOnesStayUnlessTheProfileSaysOtherwise() throws {
        let world = try world()
        let gone = try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01")]), book: true)
        let cancelled = try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01")]), book: true)
        try world.fake.deleteOrder(gone)
        try world.fake.cancelOrder(cancelled)
        #expect(world.get("orders/\(gone)").status == 404)
        #expect(world.get("orders").json["total"] == 1)
        #expect(world.get("orders/\(cancelled)").json["order"]?["is_cancelled"] == true)
        #expect(world.fake.orders.map(\.state) == [.deleted, .cancelled])
        let vanishing = try self.world(["cancelled_orders": "vanish"])
        let number = try vanishing.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01")]), book: true)
        try vanishing.fake.cancelOrder(number)
        #expect(vanishing.get("orders/\(number)").status == 404)
    }

    @Test func theLinesOfADraftAreEditedOneByOneAndAllAtOnce() throws {
        let world = try world()
        let number = try world.fake.addOrder(
            OrderSeed(lines: [LineSeed(id: 1, item: "KOP-01", quantity: 5), LineSeed(id: 2, item: "SKAL-02")]), book: false)
        #expect(world.put("orders/\(number)/lines/1", ["quantity": 7]).json["order_line"]?["quantity"] == 7)
        #expect(world.post("orders/\(number)/lines", ["item_id": "SKAL-02", "quantity": 2]).status == 201)
        #expect(world.delete("orders/\(number)/lines/2").status == 200)
        #expect(world.get("orders/\(number)/lines").json["order_lines"]?.array?.count == 2)
        #expect(world.put("orders/\(number)/lines/9", ["quantity": 7]).status == 404)
        let replaced = world.put(
            "orders/\(number)", ["lines": [["id": 1, "quantity": 3], ["item_id": "KOP-01", "quantity": 1]]])
        #expect(replaced.status == 200)
        let lines = try #require(world.fake.order(number)).lines
        #expect(lines.map(\.quantity) == [3, 1] && lines[0].id == 1)
        #expect(world.put("orders/\(number)", ["lines": [["id": 77]]]).status == 422)
    }

    @Test func postingAnOrderBooksItWhenTheProfileSaysSo() throws {
        let world = try world(["orders.post_creates": "booked"])
        let body: JSON = ["customer_id": 501, "lines": [["item_id": "KOP-01", "quantity": 1]]]
        #expect(world.post("orders", body).json["order"]?["is_booked"] == true)
        #expect(world.post("orders/drafts", body).json["order"]?["is_booked"] == false)
    }
}
