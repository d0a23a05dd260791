import JSON
import Testing

@testable import RackbeatFake

struct AccessTests {
    @Test func aCallWithoutTheTokenIsTurnedAway() throws {
        let world = try TestWorld.stocked()
        #expect(world.get("self").status == 200)
        let refused = world.send(.get, "self", headers: [:])
        #expect(refused.status == 401)
        #expect(refused.json.text == #"{"message":"Unauthenticated."}"#)
        world.fake.isTokenRevoked = true
        #expect(world.get("self").status == 401)
        world.fake.isTokenRevoked = false
        world.fake.token = "another"
        #expect(world.get("self").status == 401)
    }
}

struct OrderLifeTests {
    @Test func anOrderIsShippedInTwoParts() throws {
        let world = try TestWorld.stocked()
        let number = try world.fake.addOrder(
            OrderSeed(lines: [LineSeed(id: 1, item: "KOP-01", quantity: 5, location: 1001)]), book: true)
        let first = world.post("orders/\(number)/create-shipment", ["lines": [["order_line_id": 1, "quantity": 3]]])
        #expect(first.status == 201)
        let id = first.json["order_shipment"]?["id"]?.int ?? 0
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 100)
        #expect(world.post("orders/shipments/\(id)/mark-shipped", ["pick": true]).status == 200)
        #expect(world.fake.stockOnHand("KOP-01", at: 1001) == 97)
        #expect(world.fake.order(number)?.state == .partlyShipped)
    }
}
