import Exchange
import HTTPTypes
import JSON
import Testing
import Units

@testable import Control

@Suite struct DeliveryTests {
    private static let start = Moment(iso: "2026-03-02T07:00:00Z")!

    private func attempts(_ system: System, until limit: Int = 100) -> [Duration] {
        var delivery = Delivery(
            id: 1, system: system, event: "e", url: "http://127.0.0.1/", headers: [:], body: [], createdAt: Self.start)
        var now = Self.start
        var times: [Duration] = []
        while times.count < limit {
            guard case .waiting(let until) = delivery.state else { break }
            now = until
            delivery.handOut(at: now)
            times.append(now - Self.start)
            delivery.came(.answered(status: 503), at: now)
        }
        return times
    }

    /// After 1, 5, 15 and 30 minutes, then every two hours until a day has passed.
    @Test func ongoingTriesForADay() {
        let minutes = attempts(.ongoing).map { $0.milliseconds / 60_000 }
        #expect(minutes == [0, 1, 5, 15, 30] + (1...11).map { 30 + $0 * 120 })
        #expect(minutes.last! <= 24 * 60)
    }

    /// With pauses that grow, for about a day.
    @Test func rackbeatsPausesGrow() {
        let times = attempts(.rackbeat)
        let pauses = zip(times.dropFirst(), times).map { $0 - $1 }
        #expect(zip(pauses.dropFirst(), pauses).allSatisfy { $0 >= $1 })
        #expect(times.last == .seconds(86_400))
    }

    @Test func aDeliveryIsGivenUpInTheEnd() {
        var delivery = Delivery(
            id: 1, system: .ongoing, event: "e", url: "http://127.0.0.1/", headers: [:], body: [], createdAt: Self.start)
        var now = Self.start
        while case .waiting(let until) = delivery.state {
            now = until
            delivery.handOut(at: now)
            delivery.came(.noResponse("no connection"), at: now)
        }
        #expect(delivery.state == .givenUp(at: now, why: "after 16 attempts: no connection"))
        #expect(!delivery.isDue(at: now + .seconds(1_000_000)))
    }

    /// Any 2xx is good, and nothing else.
    @Test(arguments: [(200, true), (204, true), (299, true), (302, false), (404, false), (500, false)])
    func onlyA2xxIsArrival(status: Int, arrives: Bool) {
        var delivery = Delivery(
            id: 1, system: .rackbeat, event: "e", url: "http://127.0.0.1/", headers: [:], body: [], createdAt: Self.start)
        delivery.handOut(at: Self.start)
        delivery.came(.answered(status: status), at: Self.start)
        #expect((delivery.state == .delivered(at: Self.start)) == arrives)
        // A second outcome changes nothing.
        let state = delivery.state
        delivery.came(.answered(status: 200), at: Self.start)
        #expect(delivery.state == state)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080/x?y=1#z", true), ("http://localhost/", true), ("https://[::1]:44/", true),
        ("http://127.9.9.9", true), ("http://127.0.0.1.example.com/", false), ("http://example.com:80/", false),
        ("http://10.0.0.1/", false), ("http://127.0.0.300/", false), ("http://localhost.example/", false),
        ("http://127.1/", false),
    ])
    func loopbackIsKnownByItsNumber(url: String, isLoopback: Bool) throws {
        #expect(try #require(WebhookTarget(url)).isLoopback == isLoopback)
    }

    @Test(arguments: [
        "ftp://127.0.0.1/", "http://", "http://user@127.0.0.1/", "http://127.0.0.1:0/", "http://127.0.0.1:x/", "http://a b/", "x",
        "http://127.0.0.1\\@example.com/",
    ])
    func whatIsNoAddressIsNone(url: String) { #expect(WebhookTarget(url) == nil) }

    @Test func anAddressIsTakenApart() throws {
        let target = try #require(WebhookTarget("HTTP://LocalHost:8080?x=1"))
        #expect(target.origin == "http://localhost:8080")
        #expect(target.target == "/?x=1")
    }
}

@Suite struct WebhookTests {
    private static let order = """
        rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
        """

    private func harness(_ url: String, change: (inout ControlSettings) -> Void = { _ in }) throws -> ControlHarness {
        let harness = try ControlHarness(ControlHarness.chairs, change: change)
        #expect(harness.rackbeat(.post, "/webhooks", #"{"event":"order.created","url":"\#(url)"}"#).status == 201)
        try harness.take(Self.order)
        return harness
    }

    /// A served world has the scenario's wrong clocks. When a message is due is a matter of the world's own, not of the stamp on it.
    @Test(arguments: ["-10m", "10m"]) func aMessageOfASystemWithAWrongClockIsDueAtOnce(skew: String) throws {
        let harness = try ControlHarness(
            ControlHarness.chairs.replacing("world:", with: "world:\n  clock-skew: { rackbeat: \(skew) }"))
        #expect(harness.rackbeat(.post, "/webhooks", #"{"event":"order.created","url":"http://127.0.0.1:8080/"}"#).status == 201)
        try harness.take(Self.order)
        #expect(harness.control.takeDueWebhooks().count == 1)
        let order = harness.rackbeat(.get, "/orders/1042").json
        let stamped = try #require(order["order"]?["updated_at"]?.string.flatMap { Moment(iso: $0, zone: .copenhagen) })
        #expect(stamped == ControlHarness.start + (skew == "10m" ? .seconds(600) : .seconds(-600)))
    }

    @Test func aMessageOfRackbeatsIsPostedUntilItArrives() throws {
        let harness = try harness("http://127.0.0.1:8080/hook?a=1")
        let post = try #require(harness.control.takeDueWebhooks().first)
        #expect(post.target.origin == "http://127.0.0.1:8080")
        #expect(post.request.target == "/hook?a=1")
        #expect(post.request.method == .post)
        #expect(post.request.headers[HTTPField.Name("Rackbeat-Webhook-Event")!] == "order.created")
        #expect(post.request.headers[.userAgent] == "Rackbeat Webhook")
        #expect(post.request.headers[.contentType] == "application/json")
        #expect(try JSON.parse(post.request.body)["key_name"]?.string == "number")
        // It is under way: nobody else takes it.
        #expect(harness.control.takeDueWebhooks().isEmpty)
        harness.control.posted(post, .answered(status: 500))
        #expect(harness.control.takeDueWebhooks().isEmpty)
        harness.clockwork.pass(.seconds(60))
        let again = try #require(harness.control.takeDueWebhooks().first)
        #expect(again.request.body == post.request.body)
        harness.control.posted(again, .answered(status: 200))
        harness.clockwork.pass(.seconds(90_000))
        #expect(harness.control.takeDueWebhooks().isEmpty)
        let delivery = try harness.read("/webhooks")["deliveries"]?[0]
        #expect(delivery?["state"]?.string == "delivered")
        #expect(delivery?["attempts"]?.array?.compactMap { $0["outcome"]?.string } == ["status 500", "status 200"])
    }

    /// A fake that got a foreign address by mistake must not call it.
    @Test func nothingIsSentToAnotherMachineUnlessAllowed() throws {
        let harness = try harness("https://hooks.example.com/x")
        #expect(harness.control.takeDueWebhooks().isEmpty)
        let delivery = try harness.read("/webhooks")["deliveries"]?[0]
        #expect(delivery?["state"]?.string == "given-up")
        #expect(delivery?["why"]?.string?.contains("--webhooks-anywhere") == true)
        let allowed = try self.harness("https://hooks.example.com/x") { $0.deliversAnywhere = true }
        #expect(allowed.control.takeDueWebhooks().first?.target.origin == "https://hooks.example.com")
    }

    @Test func ongoingPostsWhatItWasSetUpFor() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let body = #"{"url":"http://127.0.0.1:8080/o","token":"chosen","subjects":["order"],"goodsOwnerId":42}"#
        #expect(harness.ask(.post, "/webhooks", body).status == 201)
        #expect(harness.ask(.post, "/webhooks", #"{"url":"http://127.0.0.1/","token":"t","subjets":[]}"#).status == 422)
        _ = harness.ongoing(.put, "/articles", #"{"goodsOwnerId":42,"articleNumber":"CHAIR-01","articleName":"Oak chair"}"#)
        _ = harness.ongoing(
            .put, "/orders",
            """
            {"goodsOwnerId":42,"orderNumber":"1042","deliveryDate":"2026-03-04T00:00:00",\
            "consignee":{"name":"A","address1":"B","postCode":"8000","city":"C","countryCode":"DK"},\
            "orderLines":[{"rowNumber":"1","articleNumber":"CHAIR-01","numberOfItems":5}]}
            """)
        let post = try #require(harness.control.takeDueWebhooks().first)
        #expect(post.request.headers[HTTPField.Name("X-Auth-Token")!] == "chosen")
        #expect(try JSON.parse(post.request.body)["orderNumber"]?.string == "1042")
    }

    /// The outcome of a delivery from before a restart is ignored.
    @Test func anOutcomeFromBeforeARestartIsIgnored() throws {
        let harness = try harness("http://127.0.0.1:8080/hook")
        let post = try #require(harness.control.takeDueWebhooks().first)
        harness.ask(.post, "/reset")
        #expect(
            harness.rackbeat(.post, "/webhooks", #"{"event":"order.created","url":"http://127.0.0.1:8080/hook"}"#).status == 201)
        try harness.take(Self.order)
        let second = try #require(harness.control.takeDueWebhooks().first)
        harness.control.posted(post, .answered(status: 200))
        #expect(try harness.read("/webhooks")["deliveries"]?[0]?["state"]?.string == "under-way")
        harness.control.posted(second, .answered(status: 200))
        #expect(try harness.read("/webhooks")["deliveries"]?[0]?["state"]?.string == "delivered")
    }
}
