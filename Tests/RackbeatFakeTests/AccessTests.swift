import Exchange
import HTTPTypes
import JSON
import Testing
import Units

@testable import RackbeatFake

struct AccessTests {
    @Test func aRequestWithoutTheTokenIsRefused() throws {
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

    @Test func unknownPathsAreNotFoundAndWrongMethodsNameTheAllowedOnes() throws {
        let world = try TestWorld.stocked()
        for path in ["nothing", "orders/77", "orders/abc", "products/NONE", "orders/1/shipments", "purchase-orders/1/receipts/2"]
        {
            let response = world.get(path)
            #expect(response.status == 404, "\(path)")
            #expect(response.json.text == #"{"message":"Not found."}"#)
        }
        let wrong = world.send(.patch, "orders/1")
        #expect(wrong.status == 405)
        #expect(wrong.headers[.allow] == "DELETE, GET, HEAD, PUT")
        let outside = world.fake.respond(to: Request(.get, "/other", headers: [.authorization: "Bearer secret"]))
        #expect(outside.status == 404)
    }

    /// The window begins with the first call, not on the minute, and says how long it stays closed.
    @Test func theRateLimitIsAFixedWindowFromTheFirstCall() throws {
        let world = try TestWorld.stocked(["rate_limit": "3"])
        #expect(world.get("self").headers[.init("X-RateLimit-Limit")!] == "3")
        world.pass(.seconds(20))
        #expect(world.get("self").headers[.init("X-RateLimit-Remaining")!] == "1")
        #expect(world.get("nothing").headers[.init("X-RateLimit-Remaining")!] == "0")
        world.pass(.milliseconds(500))
        let refused = world.get("self")
        #expect(refused.status == 429)
        #expect(refused.headers[.retryAfter] == "40")
        #expect(refused.json.text == #"{"message":"Too Many Attempts."}"#)
        world.pass(.seconds(40))
        #expect(world.get("self").status == 200)
    }

    @Test func headersAreRequiredOnlyWhenTheProfileSaysSo() throws {
        let bare: HTTPFields = [.authorization: "Bearer secret"]
        #expect(try TestWorld.stocked().send(.get, "self", headers: bare).status == 200)
        #expect(try TestWorld.stocked(["require_accept_header": "true"]).send(.get, "self", headers: bare).status == 400)
        let strict = try TestWorld.stocked(["require_consumer_headers": "true"])
        #expect(strict.send(.get, "self", headers: bare).status == 403)
        var named = bare
        named[.userAgent] = "Test (a@example.test)"
        named[.init("Consumer-Name")!] = "Test"
        named[.init("Consumer-Contact")!] = "a@example.test"
        #expect(strict.send(.get, "self", headers: named).status == 200)
    }

    @Test func bodiesThatAreNotObjectsAreMalformed() throws {
        let world = try TestWorld.stocked()
        func status(_ body: String) -> Int {
            world.fake.respond(
                to: Request(.post, "/api/orders", headers: [.authorization: "Bearer secret"], body: Array(body.utf8))
            ).status
        }
        #expect(status("{") == 400)
        #expect(status("[1]") == 400)
        #expect(status("\"text\"") == 400)
        #expect(status(String(repeating: "[", count: 100_000)) == 400)
        #expect(status("{\"note\":\"" + String(repeating: "x", count: 3 << 20) + "\"}") == 413)
        // An empty PHP array means an object without members.
        #expect(status("[]") == 422)
        #expect(status("") == 422)
    }
}
