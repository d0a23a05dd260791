import Exchange
import HTTPTypes
import JSON
import Testing
import Units

@testable import RackbeatFake

struct ListTests {
    /// A draft order a minute, numbered from 1001.
    private func world(orders count: Int, _ changes: [String: String] = [:]) throws -> TestWorld {
        let world = try TestWorld.stocked(changes)
        for _ in 0..<count {
            try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01", quantity: 1, location: 1001)]), book: false)
            world.pass(.seconds(60))
        }
        return world
    }

    private func numbers(_ world: TestWorld, _ query: String) -> [Int] {
        (world.get("orders?" + query).json["orders"]?.array ?? []).compactMap { $0["number"]?.int }
    }

    /// One SDK takes the first member as the payload.
    @Test func aListRespondsWith206AndTheRowsFirst() throws {
        let response = try world(orders: 3).get("orders?limit=2&page=2&fields=number")
        #expect(response.status == 206)
        #expect(response.json.text == #"{"orders":[{"number":1003}],"total":3,"pages":2,"limit":2,"page":2}"#)
        #expect(response.headers[.contentType] == "application/json")
        #expect(try world(orders: 1, ["list_status": "200"]).get("orders").status == 200)
    }

    @Test func twentyRowsMakeAPageAndPerPageChangesNothing() throws {
        let world = try world(orders: 25)
        #expect(numbers(world, "per_page=3").count == 20)
        #expect(numbers(world, "page=2").count == 5)
        #expect(numbers(world, "page=3").isEmpty)
        #expect(world.get("orders?page=9223372036854775807&limit=1000").json["orders"]?.array == [])
        #expect(world.get("orders?page=0").status == 422)
        #expect(world.get("orders?limit=many").status == 422)
    }

    @Test func aLimitAboveTheMaximumIsClampedOrRefused() throws {
        #expect(try world(orders: 1, ["max_limit": "100"]).get("orders?limit=500").json["limit"]?.int == 100)
        let strict = try world(orders: 1, ["max_limit": "100", "limit_over_max": "422"])
        #expect(strict.get("orders?limit=500").problems("limit") == ["The limit parameter may not be greater than 100."])
        #expect(try world(orders: 1, ["page_after_last": "404"]).get("orders?page=2").status == 404)
    }

    @Test func unknownParametersAreIgnoredOrRefused() throws {
        #expect(try world(orders: 1).get("orders?colour=red").status == 206)
        let strict = try world(orders: 1, ["unknown_param": "422"])
        #expect(strict.get("orders?colour=red").problems("colour") == ["The colour parameter is unknown."])
        #expect(strict.get("orders/1001?colour=red").status == 422)
        #expect(strict.get("orders?is_booked=true&order_by=updated_at&order_direction=DESC&limit=5").status == 206)
    }

    /// The bounds are in the account's time zone and in whole seconds, both ends included.
    @Test func rowsAreFilteredByTheTimeOfTheirChange() throws {
        let world = try world(orders: 5)
        #expect(numbers(world, "updated_at_from=2026-03-02%2014:07:09") == [1003, 1004, 1005])
        #expect(numbers(world, "updated_at_from=2026-03-02%2014:07:10") == [1004, 1005])
        #expect(numbers(world, "updated_at_to=2026-03-02%2014:07:09") == [1001, 1002, 1003])
        #expect(numbers(world, "updated_at_from=2026-03-02T13:08:09%2B00:00") == [1004, 1005])
        #expect(numbers(world, "updated_at_from=2026-03-03").isEmpty)
        #expect(world.get("orders?updated_at_from=yesterday").status == 422)
    }

    @Test func theTimeOfChangeIsReadAsTheProfileSays() throws {
        let exclusive = try world(orders: 3, ["updated_from_inclusive": "false"])
        #expect(numbers(exclusive, "updated_at_from=2026-03-02%2014:06:09") == [1003])
        let utc = try world(orders: 3, ["time_zone": "UTC"])
        #expect(numbers(utc, "updated_at_from=2026-03-02%2013:06:09") == [1002, 1003])
        let simple = try world(orders: 3, ["updated_from_param": "simple_filter"])
        #expect(numbers(simple, "simple_filter[updated_at]=2026-03-02%2014:06:09") == [1002, 1003])
        #expect(numbers(simple, "updated_at_from=2026-03-02%2014:06:09").count == 3)
        let none = try world(orders: 3, ["updated_from_param": "none"])
        #expect(numbers(none, "updated_at_from=2026-03-02%2014:06:09").count == 3)
    }

    @Test func aListIsOrderedByChangeAndKeyInBothDirections() throws {
        let world = try world(orders: 4)
        try world.fake.changeOrder(1002, ["note": "later"])
        #expect(numbers(world, "order_by=updated_at") == [1001, 1003, 1004, 1002])
        #expect(numbers(world, "order_by=updated_at&order_direction=DESC&limit=3") == [1002, 1004, 1003])
        #expect(numbers(world, "order_by=updated_at&order_direction=DESC&limit=3&page=2") == [1001])
        #expect(numbers(world, "order_by=created_at&order_direction=desc") == [1004, 1003, 1002, 1001])
        #expect(
            numbers(world, "order_by=number&order_direction=DESC&updated_at_from=2026-03-02%2014:06:09") == [1004, 1003, 1002])
        #expect(numbers(world, "order_by=order_date&is_booked=0") == [1001, 1002, 1003, 1004])
        #expect(world.get("orders?order_by=colour").status == 422)
        #expect(world.get("orders?order_direction=UP").status == 422)
        let newer = try self.world(orders: 2, ["sort_param": "sort"])
        #expect(numbers(newer, "sort=created_at&order_direction=DESC") == [1002, 1001])
    }

    /// Both spellings of a boolean must work: two generations of clients differ.
    @Test func flagsAreReadAsWordsAndAsDigits() throws {
        let world = try world(orders: 3)
        try world.fake.bookOrder(1002)
        for yes in ["true", "1"] { #expect(numbers(world, "is_booked=\(yes)") == [1002]) }
        for no in ["false", "0"] { #expect(numbers(world, "is_booked=\(no)") == [1001, 1003]) }
        #expect(world.get("orders?is_booked=yes").status == 422)
        #expect(world.get("orders?is_booked=false&limit=1&page=2&fields=number").json["total"]?.int == 2)
        #expect(numbers(world, "is_booked=false&order_by=updated_at&order_direction=DESC") == [1003, 1001])
        #expect(numbers(world, "search=1003") == [1003])
        #expect(numbers(world, "customer_number=2").isEmpty)
    }

    @Test func aSimpleFilterOnAnythingElseIsRefused() throws {
        let world = try world(orders: 3)
        #expect(numbers(world, "simple_filter[number]=1002") == [1002])
        #expect(numbers(world, "simple_filter[created_at]=2026-03-02").count == 3)
        let refused = world.get("orders?simple_filter[is_booked]=1")
        #expect(refused.status == 422)
        #expect(refused.problems("simple_filter.is_booked") == ["The property is_booked is not filterable."])
        #expect(world.get("products?simple_filter[name]=x").status == 422)
    }

    @Test func fieldsSelectNestedMembersToo() throws {
        let world = try world(orders: 1)
        let response = world.get("orders/1001?fields=number,lines(quantity,item(number))")
        #expect(
            response.json.text
                == #"{"order":{"number":1001,"lines":[{"item":{"number":"KOP-01"},"quantity":1}]}}"#)
        #expect(world.get("orders?fields=lines(").status == 422)
        #expect(world.get("orders?fields=" + String(repeating: "a(", count: 50_000)).status == 422)
        #expect(world.get("products/KOP-01?fields=number,locations(*)").json.text == #"{"product":{"number":"KOP-01"}}"#)
    }

    @Test func linesAreLeftOutOfTheListWhenTheProfileSaysSo() throws {
        let world = try world(orders: 1, ["orders.list_embeds_lines": "false"])
        #expect(world.get("orders").json["orders"]?[0]?["lines"] == nil)
        #expect(world.get("orders/1001").json["order"]?["lines"]?.array?.count == 1)
    }
}
