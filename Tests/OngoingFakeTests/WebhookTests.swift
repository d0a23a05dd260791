import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

@Suite struct WebhookTests {
    private func bodies(_ tenancy: Tenancy, _ subject: OngoingFake.WebhookSettings.Subject) throws -> [JSON] {
        try tenancy.fake.outbox.filter { $0.subject == subject }.map { try JSON.parse($0.body) }
    }

    @Test func ordersAreToldOfWhenNewWhenTheirStatusChangesAndWhenPicked() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        tenancy.fake.configureWebhook(
            .init(goodsOwner: 42, subjects: [.order], target: "/hooks/ongoing", token: "t0ken", statuses: [450]))
        let id = try tenancy.putOrder("1042")
        try tenancy.fake.release(goodsOwner: 42, order: "1042")
        try tenancy.fake.pick(goodsOwner: 42, order: "1042")
        try tenancy.fake.send(goodsOwner: 42, order: "1042")
        let told = try bodies(tenancy, .order)
        #expect(told.compactMap { $0.at("orderStatus.number")?.int } == [200, 400, 450])
        #expect(told[0]["orderId"]?.int == id)
        #expect(told[0]["path"]?.string == "orders/\(id)")
        #expect(told[0]["timestamp"] == "2026-09-01T08:00:00.2500000")
        #expect(Set(told.compactMap { $0["webhookEventId"]?.string }).count == 3)
        #expect(tenancy.fake.outbox[0].headers[HTTPField.Name("X-Auth-Token")!] == "t0ken")
        #expect(tenancy.fake.outbox[0].target == "/hooks/ongoing")
        #expect(tenancy.fake.takeDeliveries().count == 3)
        #expect(tenancy.fake.outbox.isEmpty)
    }

    @Test func receiptsAndAdjustmentsAreTold() throws {
        let tenancy = Tenancy()
        tenancy.fake.configureWebhook(.init(target: "/", token: "t"))
        try tenancy.putPurchaseOrder("3005")
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 7)])
        try tenancy.fake.finish(goodsOwner: 42, purchaseOrder: "3005")
        try tenancy.fake.adjust(goodsOwner: 42, rows: [.init(article: "CHAIR", change: -1, cause: "SCRAP")])
        #expect(try bodies(tenancy, .purchaseOrder).compactMap { $0.at("purchaseOrderStatus.number")?.int } == [100, 300, 400])
        #expect(try bodies(tenancy, .inboundAndMove).first?.at("articleItem.numberOfItems")?.number?.text == "7.0")
        #expect(try bodies(tenancy, .inventory).first?.at("transaction.transactionNumberOfItems")?.number?.text == "-1.0")
        #expect(try bodies(tenancy, .purchaseOrderLine).count == 2)
    }

    @Test func anotherGoodsOwnersEventsAreNotTold() throws {
        let tenancy = Tenancy()
        tenancy.fake.configureWebhook(.init(goodsOwner: 43, target: "/", token: "t"))
        try tenancy.putOrder("1042")
        #expect(tenancy.fake.outbox.isEmpty)
    }
}
