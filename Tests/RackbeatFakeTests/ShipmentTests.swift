import Exchange
import FakeKit
import JSON
import Testing
import Units

@testable import RackbeatFake

struct ShipmentTests {
    /// A booked order of five mugs (line 1) and two bowls (line 2).
    private func world(_ changes: [String: String] = [:]) throws -> (TestWorld, Int) {
        let world = try TestWorld.stocked(changes)
        let lines = [
            LineSeed(id: 1, item: "KOP-01", quantity: 5, location: 1001),
            LineSeed(id: 2, item: "SKAL-02", quantity: 2, location: 1001), LineSeed(id: 3, name: "Thank you"),
        ]
        return (world, try world.fake.addOrder(OrderSeed(lines: lines), book: true))
    }

    private func id(_ json: JSON) -> Int { json["order_shipment"]?["id"]?.int ?? 0 }

    @Test func aShipmentIsWrittenAsTheRealOneIs() throws {
        let (world, order) = try world()
        let created = world.post("orders/\(order)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 3]]])
        #expect(created.status == 201)
        let expected = """
            {"order_shipment":{"id":700,"order_id":1001,"order":{"number":1001,"customer_id":1},"customer":{"number":1,\
            "name":"Customer"},"is_picked":false,"is_partly_picked":false,"is_shipped":false,"shipping_date":null,\
            "lines":[{"id":8001,"order_line_id":1,"child_id":"KOP-01","child_type":"product","location_id":1001,\
            "location":{"number":1001},"quantity":3,"is_picked":false,"picked_by":null}],\
            "created_at":"2026-03-02T14:05:09+01:00","updated_at":"2026-03-02T14:05:09+01:00",\
            "self":"https://app.rackbeat.com/api/order-shipments/700"}}
            """
        #expect(created.json.text == expected)
        let (silent, other) = try self.world(["shipment.line_exposes_order_line_id": "false", "shipment.create_status": "200"])
        let quiet = silent.post("orders/\(other)/create-shipment")
        #expect(quiet.status == 200)
        #expect(quiet.json["order_shipment"]?["lines"]?[0]?["order_line_id"] == nil)
    }

    /// Stock leaves when the shipment is marked as shipped, not before, and the rest of the order stays open.
    @Test func partsAreShippedUntilNothingIsLeft() throws {
        let (world, order) = try world()
        let first = id(world.post("orders/\(order)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 3]]]).json)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 100)
        #expect(world.post("orders/shipments/\(first)/mark-shipped", ["pick": true]).status == 200)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 97)
        #expect(world.fake.order(order)?.state == .partlyFulfilled)
        #expect(world.post("orders/shipments/\(first)/mark-shipped", ["pick": true]).status == 422)
        let rest = world.post("orders/\(order)/create-shipment").json
        #expect(rest["order_shipment"]?["lines"]?.array?.compactMap { $0["quantity"]?.int } == [2, 2])
        #expect(world.post("orders/\(order)/shipments/\(id(rest))/mark-shipped", ["pick": true]).status == 200)
        let shipped = world.get("orders/\(order)").json["order"]
        #expect(shipped?["is_shipped"] == true && shipped?["is_partly_shipped"] == false)
        #expect(world.post("orders/\(order)/create-shipment").status == 422)
        #expect(world.fake.ledger.entries(of: "KOP-01", at: "1001").map(\.document) == ["", "shipment 700", "shipment 701"])
        #expect(world.fake.ledger.imbalances().isEmpty)
    }

    @Test func openShipmentsReduceTheOpenQuantity() throws {
        let (world, order) = try world()
        let first = world.post("orders/\(order)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 4]]]).json
        let refused = world.post("orders/\(order)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 2]]])
        #expect(refused.problems("lines.0.quantity") == ["The quantity may not be greater than the open quantity of 1."])
        #expect(world.delete("orders/\(order)/shipments/\(id(first))").status == 200)
        #expect(world.post("orders/\(order)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 2]]]).status == 201)
        #expect(world.get("orders/\(order)/shipments").json["total"] == 1)
        let (kind, other) = try self.world(["shipment.over_quantity": "accept"])
        #expect(kind.post("orders/\(other)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 9]]]).status == 201)
    }

    @Test func theLinesOfAShipmentAreChecked() throws {
        let (world, order) = try world()
        func refused(_ lines: JSON, _ path: String) -> [String] {
            world.post("orders/\(order)/create-shipment", ["lines": lines]).problems(path)
        }
        #expect(refused([], "lines") == ["The lines field must have at least 1 item."])
        #expect(
            refused([["order_line_id": 9, "quantity": 1]], "lines.0.order_line_id") == ["The order has no such line of goods."])
        #expect(
            refused([["order_line_id": 3, "quantity": 1]], "lines.0.order_line_id") == ["The order has no such line of goods."])
        #expect(refused([["order_line_id": 1, "quantity": 0]], "lines.0.quantity") == ["The quantity must be greater than 0."])
        #expect(refused([["order_line_id": 1]], "lines.0.quantity") == ["The quantity field is required."])
        let twice: JSON = [["order_line_id": 1, "quantity": 1], ["order_line_id": 1, "quantity": 1]]
        #expect(refused(twice, "lines.1.order_line_id") == ["The order line stands twice."])
        #expect(refused("all", "lines") == ["The lines must be an array."])
        #expect(world.fake.shipments.isEmpty)
    }

    /// The client must notice by comparing what was created with what it sent.
    @Test func aServerThatIgnoresTheBodyShipsEverythingThatIsOpen() throws {
        let (world, order) = try world(["shipment.body_ignored": "true"])
        let created = world.post("orders/\(order)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 3]]]).json
        #expect(created["order_shipment"]?["lines"]?.array?.compactMap { $0["quantity"]?.int } == [5, 2])
    }

    @Test func linesAreEditedAfterwardsOnlyInThatMode() throws {
        let (world, order) = try world(["shipment.partial_mode": "edit_after_create"])
        let refused = world.post("orders/\(order)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 3]]])
        #expect(refused.problems("lines") == ["The lines of a shipment cannot be chosen when it is created."])
        let created = world.post("orders/\(order)/create-shipment").json
        let path = "orders/\(order)/shipments/\(id(created))"
        let lines = (created["order_shipment"]?["lines"]?.array ?? []).compactMap { $0["id"]?.int }
        #expect(world.put("\(path)/lines/\(lines[0])", ["quantity": 3]).json["order_shipment_line"]?["quantity"] == 3)
        #expect(world.put("\(path)/lines/\(lines[0])", ["quantity": 6]).status == 422)
        #expect(world.put("\(path)/lines/\(lines[0])", ["quantity": 5]).status == 200)
        #expect(world.put("\(path)/lines/\(lines[0])", [:]).status == 422)
        #expect(world.delete("\(path)/lines/\(lines[1])").status == 200)
        #expect(world.get("\(path)/lines").json["order_shipment_lines"]?.array?.count == 1)
        for mode in ["lines_in_body", "whole_only"] {
            let (other, number) = try self.world(["shipment.partial_mode": mode])
            let id = id(other.post("orders/\(number)/create-shipment").json)
            #expect(other.put("orders/\(number)/shipments/\(id)/lines/8001", ["quantity": 3]).status == 404)
            #expect(other.delete("orders/\(number)/shipments/\(id)/lines/8001").status == 404)
        }
        let (whole, number) = try self.world(["shipment.partial_mode": "whole_only"])
        let partial: JSON = ["lines": [["order_line_id": 1, "quantity": 3]]]
        #expect(whole.post("orders/\(number)/create-shipment", partial).status == 422)
    }

    /// A second open shipment holds on to what it names, also while the first is edited.
    @Test func aDraftIsEditedUpToWhatOtherDraftsLeave() throws {
        let (world, order) = try world(["shipment.partial_mode": "edit_after_create"])
        let first = world.post("orders/\(order)/create-shipment").json
        let line = try #require(first["order_shipment"]?["lines"]?[0]?["id"]?.int)
        let path = "orders/\(order)/shipments/\(id(first))/lines/\(line)"
        #expect(world.put(path, ["quantity": 2]).status == 200)
        #expect(world.post("orders/\(order)/create-shipment").json["order_shipment"]?["lines"]?[0]?["quantity"] == 3)
        #expect(
            world.put(path, ["quantity": 3]).problems("quantity") == [
                "The quantity may not be greater than the open quantity of 2."
            ])
        #expect(world.put(path, ["quantity": 2]).status == 200)
    }

    /// Two lines that share a shelf share what is on it.
    @Test func twoLinesOfOneItemDoNotShipMoreThanTheShelfHolds() throws {
        let world = try TestWorld.stocked(["stock.allow_negative": "false"])
        try world.fake.addProduct(ProductSeed(number: "X", stock: [1001: 3]))
        let lines = [2, 2].enumerated().map {
            LineSeed(id: $0.offset + 1, item: "X", quantity: ExactDecimal($0.element), location: 1001)
        }
        let order = try world.fake.addOrder(OrderSeed(lines: lines), book: true)
        let whole: JSON = ["lines": [["order_line_id": 1, "quantity": 2], ["order_line_id": 2, "quantity": 2]]]
        let shipment = id(world.post("orders/\(order)/create-shipment", whole).json)
        #expect(world.post("orders/shipments/\(shipment)/mark-shipped", ["pick": true]).status == 422)
        #expect(world.fake.stockOnHand("X", at: 1001) == 3)
    }

    @Test func aShipmentIsFoundUnderItsOwnOrderAlone() throws {
        let (world, order) = try world()
        let other = try world.fake.addOrder(
            OrderSeed(lines: [LineSeed(id: 9, item: "KOP-01", quantity: 1, location: 1001)]), book: true)
        let shipment = id(world.post("orders/\(order)/create-shipment").json)
        #expect(world.post("orders/\(other)/shipments/\(shipment)/mark-shipped", ["pick": true]).status == 404)
        #expect(world.delete("orders/\(other)/shipments/\(shipment)").status == 404)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 100)
        #expect(world.post("orders/\(order)/shipments/\(shipment)/mark-shipped", ["pick": true]).status == 200)
    }

    @Test func theProposalIsCappedToStock() throws {
        func proposed(_ choice: String) throws -> [Int] {
            let world = try TestWorld.stocked(["shipment.cap_to_stock": choice])
            try world.fake.countStock("KOP-01", at: 1001, to: 7, cause: "manual count")
            let lines = [5, 4, 3].map { LineSeed(item: "KOP-01", quantity: ExactDecimal($0), location: 1001) }
            let order = try world.fake.addOrder(OrderSeed(lines: lines), book: true)
            let created = world.post("orders/\(order)/create-shipment").json
            return (created["order_shipment"]?["lines"]?.array ?? []).compactMap { $0["quantity"]?.int }
        }
        #expect(try proposed("true") == [5, 2, 0])
        #expect(try proposed("false") == [5, 4, 3])
    }

    /// Plain goods can go below zero, goods with batches or serial numbers never.
    @Test func stockBelowZeroIsRefusedWhereItIsImpossible() throws {
        func status(_ changes: [String: String], isBatch: Bool) throws -> Int {
            let world = try TestWorld.stocked(changes)
            try world.fake.addProduct(ProductSeed(number: "X", stock: [1001: 1], isBatch: isBatch))
            let order = try world.fake.addOrder(
                OrderSeed(lines: [LineSeed(id: 1, item: "X", quantity: 2, location: 1001)]), book: true)
            let created = world.post("orders/\(order)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 2]]])
            return world.post("orders/shipments/\(id(created.json))/mark-shipped", ["pick": true]).status
        }
        #expect(try status([:], isBatch: false) == 200)
        #expect(try status([:], isBatch: true) == 422)
        #expect(try status(["stock.allow_negative": "false"], isBatch: false) == 422)
    }

    @Test func trackedGoodsAreRefusedWithoutTheirNumbersWhenTheProfileIsStrict() throws {
        let world = try TestWorld.stocked(["strict_batch_serial": "true"])
        try world.fake.addProduct(ProductSeed(number: "X", stock: [1001: 5], isSerial: true))
        let order = try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "X", location: 1001)]), book: true)
        let created = world.post("orders/\(order)/create-shipment").json
        let refused = world.post("orders/shipments/\(id(created))/mark-shipped", ["pick": true])
        #expect(refused.problems("lines.0") == ["The batch or serial numbers of X are missing."])
    }

    @Test func unpickedLinesAreNotShipped() throws {
        let (world, order) = try world()
        let path = "orders/\(order)/shipments/\(id(world.post("orders/\(order)/shipments").json))"
        #expect(world.post("\(path)/mark-shipped").status == 422)
        #expect(world.post("\(path)/lines/8001/mark-picked").json["order_shipment"]?["is_partly_picked"] == true)
        #expect(world.post("\(path)/mark-picked").json["order_shipment"]?["is_picked"] == true)
        #expect(world.post("\(path)/lines/8001/mark-unpicked").json["order_shipment"]?["is_picked"] == false)
        #expect(world.post("\(path)/mark-picked").status == 200)
        #expect(world.post("\(path)/mark-shipped").status == 200)
    }

    @Test func creatingAShipmentShipsItWhenTheProfileSaysSo() throws {
        let (world, order) = try world(["shipment.create_also_ships": "true"])
        #expect(world.post("orders/\(order)/create-shipment").json["order_shipment"]?["is_shipped"] == true)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 95)
    }

    /// A draft shipment from before the order was reopened must not ship what is no longer booked.
    @Test func aReopenedOrderIsNotShipped() throws {
        let (world, order) = try world()
        let shipment = id(world.post("orders/\(order)/create-shipment").json)
        try world.fake.reopenOrder(order)
        let refused = world.post("orders/shipments/\(shipment)/mark-shipped", ["pick": true])
        #expect(refused.problems("number") == ["The order must be booked before it can be shipped."])
    }

    @Test func shippingTouchesTheOrderUnlessOnlyEditsDo() throws {
        for (choice, isTouched) in [("default", true), ("edits_only", false)] {
            let (world, order) = try world(["touch_updated_at": choice])
            world.pass(.seconds(60))
            try world.fake.shipByHand(order: order)
            let record = try #require(world.fake.order(order))
            #expect((record.updatedAt > record.createdAt) == isTouched)
        }
    }

    @Test func shipmentsAreFilteredByOrderStateAndLocation() throws {
        let (world, order) = try world(["location_match": "children"])
        try world.fake.addLocation(LocationSeed(number: 1003, name: "Shelf", parent: 1002))
        let other = try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01", location: 1003)]), book: true)
        try world.fake.shipByHand(order: order)
        try world.fake.draftShipmentByHand(order: other)
        func ids(_ query: String) -> [Int] {
            (world.get("order-shipments?\(query)").json["order_shipments"]?.array ?? []).compactMap { $0["id"]?.int }
        }
        #expect(ids("is_shipped=true") == [700])
        #expect(ids("order_number=\(other)") == [701])
        #expect(ids("location=1002") == [701])
        #expect(ids("location=1001&order_number=\(order)&is_picked=1") == [700])
        #expect(world.get("order-shipments/701").json["order_shipment"]?["is_shipped"] == false)
        #expect(world.get("orders/\(order)/shipments/701").status == 404)
    }

    /// A line without a location moves stock at the item's default location, else at the account's.
    @Test func aLineWithoutALocationShipsFromTheDefault() throws {
        let world = try TestWorld.stocked()
        try world.fake.addProduct(ProductSeed(number: "X", stock: [1002: 5], defaultLocation: 1002))
        let order = try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "X"), LineSeed(item: "KOP-01")]), book: true)
        try world.fake.shipByHand(order: order)
        #expect(world.fake.stockOnHand("X", at: 1002) == 4)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 99)
    }
}
