import Exchange
import JSON
import Testing
import Units

@testable import RackbeatFake

struct WebhookTests {
    @Test func aWebhookIsRegisteredOnceAndShowsItsTokenOnce() throws {
        let world = try TestWorld.stocked()
        let body: JSON = ["event": "order.created", "url": "https://example.test/hook", "is_active": true]
        let created = world.post("webhooks", body)
        #expect(created.status == 201)
        #expect(created.json["webhook"]?["token"]?.string?.count == 32)
        let again = world.post("webhooks", body)
        #expect(again.json["webhook"]?["id"] == created.json["webhook"]?["id"])
        #expect(again.json["webhook"]?["token"] == nil)
        #expect(world.get("webhooks").json["total"] == 1)
        #expect(world.post("webhooks", ["event": "order.eaten", "url": "ftp://x"]).status == 422)
    }

    @Test func aChangeIsSentToTheWebhookOfItsEvent() throws {
        let world = try TestWorld.stocked()
        let created = world.post("webhooks", ["event": "product.updated", "url": "https://example.test/hook"]).json["webhook"]
        _ = world.put("products/KOP-01", ["name": "Mug"])
        try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01")]), book: true)
        let delivery = try #require(world.fake.outbox.first)
        #expect(world.fake.outbox.count == 1)
        #expect(delivery.url == "https://example.test/hook")
        #expect(
            delivery.headers.map { "\($0.name): \($0.value)" } == [
                "Rackbeat-Webhook-Token: \(created?["token"]?.string ?? "")", "Rackbeat-Webhook-Event: product.updated",
                "Rackbeat-Account-Id: 4711", "User-Agent: Rackbeat Webhook",
            ])
        #expect(delivery.body["key"] == "KOP-01" && delivery.body["key_name"] == "number")
        #expect(delivery.body["changed"] == ["name"])
        #expect(world.get("webhooks/1/logs").json["total"] == 1)
    }

    @Test func suppressedChangesAreNotSentUnlessTheServerIgnoresIt() throws {
        for (choice, count) in [("honoured", 0), ("ignored", 2)] {
            let world = try TestWorld.stocked(["webhook_on_suppress": choice])
            _ = world.post("webhooks", ["event": "product.updated", "url": "https://example.test/hook"])
            _ = world.put("products/KOP-01?suppress_webhooks=true", ["name": "Mug"])
            _ = world.put("products/KOP-01", ["name": "Mug", "suppress_webhooks": true])
            #expect(world.fake.outbox.count == count)
        }
    }

    @Test func anInactiveOrDeletedWebhookIsSilent() throws {
        let world = try TestWorld.stocked()
        _ = world.post("webhooks", ["event": "inventory.changed", "url": "https://example.test/hook"])
        try world.fake.countStock("KOP-01", at: 1001, to: 1, cause: "count")
        #expect(world.fake.outbox.count == 1)
        _ = world.put("webhooks/1", ["is_active": false])
        try world.fake.countStock("KOP-01", at: 1001, to: 2, cause: "count")
        #expect(world.delete("webhooks/1").status == 200)
        #expect(world.fake.outbox.count == 1)
    }

    /// What people add by hand is sent too, each kind as its own event, with the members that every message has.
    @Test func everyKindOfEventIsSent() throws {
        let world = try TestWorld.stocked()
        let events = [
            "order.created", "product.created", "inventory.changed", "delivery_terms.created", "employee.created",
            "payment_terms.created", "plugin.uninstalled",
        ]
        for event in events { _ = world.post("webhooks", ["event": .string(event), "url": "https://example.test/hook"]) }
        try world.fake.addPaymentTerm(PaymentTermSeed(number: 7))
        try world.fake.addDeliveryTerm(DeliveryTermSeed(number: 2, name: "DAP"))
        try world.fake.addEmployee(EmployeeSeed(number: 3, name: "Mia"))
        try world.fake.addProduct(ProductSeed(number: "FAD-1"))
        try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01")]), book: true)
        try world.fake.countStock("KOP-01", at: 1001, to: 3, cause: "count")
        world.fake.uninstallPlugin()
        let told = world.fake.outbox
        #expect(
            told.map(\.event) == [
                "payment_terms.created", "delivery_terms.created", "employee.created", "product.created", "order.created",
                "inventory.changed", "plugin.uninstalled",
            ])
        #expect(told.allSatisfy { $0.body.object?.names == ["key", "key_name", "event", "data"] })
        #expect(told.map { $0.body["key"]?.text } == ["7", "2", "3", "\"FAD-1\"", "1001", "\"KOP-01\"", "4711"])
        #expect(world.get("self").status == 401)
        try world.fake.countStock("KOP-01", at: 1001, to: 4, cause: "count")
        #expect(world.fake.outbox.count == told.count)
    }
}
