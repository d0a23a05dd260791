import Exchange
import FakeKit
import JSON
import Testing
import Units

@testable import RackbeatFake

struct AdjustmentTests {
    private func body(_ quantity: ExactDecimal, _ more: JSONObject = [:]) -> JSON {
        var body: JSONObject = [
            "item_id": "KOP-01", "adjustment_type": "quantity", "quantity": .decimal(quantity), "location": 1001,
            "regulated_at": "2026-03-02", "reason": "WMS adj 88123",
        ]
        for member in more { body[member.name] = member.value }
        return .object(body)
    }

    /// The trap of the API: the quantity is the new stock, so booking overwrites a shipment made since the draft.
    @Test func aTotalIsComputedWhenItIsBooked() throws {
        let world = try TestWorld.stocked()
        let draft = world.post("inventory-adjustments", body(98))
        #expect(draft.status == 201)
        let expected = """
            {"inventory_regulation":{"id":55,"reason":"WMS adj 88123","description":null,"regulated_at":"2026-03-02",\
            "lines":[{"id":401,"child_id":"KOP-01","child_type":"product","location_id":1001,"location":{"number":1001,\
            "name":"Main"},"quantity":-2}],"created_at":"2026-03-02T14:05:09+01:00","updated_at":"2026-03-02T14:05:09+01:00"}}
            """
        #expect(draft.json.text == expected)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 100)
        let order = try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01", quantity: 5, location: 1001)]), book: true)
        try world.fake.shipByHand(order: order)
        let booked = world.post("inventory-adjustments/55/book")
        #expect(booked.status == 200)
        #expect(booked.json["inventory_regulation"]?["lines"]?[0]?["quantity"] == 3)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 98)
        #expect(world.fake.adjustment(55)?.change == 3)
        #expect(world.post("inventory-adjustments/55/book").status == 422)
        #expect(world.fake.ledger.imbalances().isEmpty)
    }

    /// The flag has no effect where the quantity is always a total: stock becomes the delta.
    @Test func theRelativeFlagIsHonouredOnlyInItsMode() throws {
        func stock(_ changes: [String: String], flag: String = "is_relative") throws -> ExactDecimal {
            let world = try TestWorld.stocked(changes)
            #expect(world.post("inventory-adjustments", body(2, [flag: true])).status == 201)
            #expect(world.post("inventory-adjustments/55/book").status == 200)
            return world.fake.stockOnHand("KOP-01", at: 1001)
        }
        #expect(try stock([:]) == 2)
        #expect(try stock(["adjustment.mode": "relative_flag"]) == 102)
        #expect(try stock(["adjustment.mode": "relative_flag", "adjustment.relative_flag_ignored": "true"]) == 2)
        let named = ["adjustment.mode": "relative_flag", "adjustment.relative_flag_name": "relative"]
        #expect(try stock(named) == 2)
        #expect(try stock(named, flag: "relative") == 102)
    }

    @Test func aZeroChangeIsRefusedUnlessTheProfileAcceptsIt() throws {
        let world = try TestWorld.stocked()
        let refused = world.post("inventory-adjustments", body(100))
        #expect(refused.problems("quantity") == ["The adjustment of KOP-01 at location 1001 would change nothing."])
        #expect(world.fake.adjustments.isEmpty)
        let kind = try TestWorld.stocked(["adjustment.zero_change": "accept"])
        #expect(kind.post("inventory-adjustments", body(100)).status == 201)
        #expect(kind.post("inventory-adjustments/55/book").status == 200)
    }

    @Test func anInvalidAdjustmentNamesEveryProblem() throws {
        let world = try TestWorld.stocked()
        let refused = world.post(
            "inventory-adjustments",
            ["item_id": "NONE", "adjustment_type": "cost", "quantity": "seven", "location": 9, "regulated_at": "2026-03-03"])
        #expect(refused.problems("item_id") == ["Unknown item."])
        #expect(refused.problems("adjustment_type") == ["The selected adjustment type is invalid."])
        #expect(refused.problems("quantity") == ["The quantity must be a number."])
        #expect(refused.problems("location") == ["The selected location is invalid."])
        #expect(refused.problems("regulated_at") == ["The regulated at may not be after today."])
        #expect(refused.problems("reason") == ["The reason field is required."])
        let tooFine = world.post("inventory-adjustments", body(1, ["quantity": .number(JSONNumber("0.0000001")!)]))
        #expect(tooFine.problems("quantity") == ["The quantity may have at most 6 decimals."])
    }

    @Test func theProfileDecidesBookingDeletingAndTheQuantityOfALine() throws {
        let atOnce = try TestWorld.stocked(["adjustment.needs_booking": "false", "adjustment.line_quantity": "total"])
        let response = atOnce.post("inventory-adjustments", body(98)).json
        #expect(response["inventory_regulation"]?["lines"]?[0]?["quantity"] == 98)
        #expect(atOnce.fake.stockOnHand("KOP-01", at: 1001) == 98)
        #expect(atOnce.delete("inventory-adjustments/55").status == 422)
        let world = try TestWorld.stocked()
        _ = world.post("inventory-adjustments", body(98))
        #expect(world.delete("inventory-adjustments/55").status == 200)
        #expect(world.get("inventory-adjustments").json["total"] == 0)
        let kept = try TestWorld.stocked(["adjustment.deletable": "false"])
        _ = kept.post("inventory-adjustments", body(98))
        #expect(kept.delete("inventory-adjustments/55").status == 405)
    }

    @Test func adjustmentsAreFoundByTheirReason() throws {
        let world = try TestWorld.stocked()
        _ = world.post("inventory-adjustments", body(98))
        _ = world.post("inventory-adjustments", body(97, ["reason": "breakage"]))
        #expect(world.get("inventory-adjustments?search=wms%20ADJ").json["total"] == 1)
        #expect(world.get("inventory-adjustments?search=nothing").json["total"] == 0)
    }

    /// The ledger is the only evidence of what was booked and why.
    @Test func theLedgerReportNamesEveryMovement() throws {
        let world = try TestWorld.stocked()
        let order = try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01", quantity: 5, location: 1001)]), book: true)
        try world.fake.shipByHand(order: order)
        try world.fake.countStock("KOP-01", at: 1002, to: 3, cause: "manual count")
        _ = world.post("inventory-adjustments", body(90))
        _ = world.post("inventory-adjustments/56/book")
        let rows = world.get("reports/ledger/KOP-01").json["ledger_items"]?.array ?? []
        #expect(
            rows.map { "\($0["type"]!.string!) \($0["quantity"]!) at \($0["location_id"]!), document \($0["document_id"]!)" } == [
                "opening 100 at 1001, document null", "order_shipment -5 at 1001, document 700",
                "inventory_adjustment 3 at 1002, document 55", "inventory_adjustment -5 at 1001, document 56",
            ])
        #expect(world.fake.ledger.entries(of: "KOP-01", at: "1002")[0].cause == "manual count")
        #expect(world.fake.adjustments.map(\.isByHand) == [true, false])
    }
}
