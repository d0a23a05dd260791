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

    /// The members that the vendor's pages list, so that a receiver written for them finds each.
    @Test func everyKindBearsTheMembersOfItsPage() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        tenancy.fake.configureWebhook(.init(target: "/", token: "t"))
        let order = try tenancy.putOrder("1042")
        let purchase = try tenancy.putPurchaseOrder("3005")
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 7)])
        try tenancy.fake.carry(goodsOwner: 42, article: "CHAIR", to: "A-01-2")
        let inventory = try tenancy.fake.adjust(goodsOwner: 42, rows: [.init(article: "CHAIR", change: -1, cause: "COUNT")])

        let common = ["webhookEventId", "system", "timestamp"]
        let owner = ["goodsOwnerId", "goodsOwnerName"]
        let members: [OngoingFake.WebhookSettings.Subject: [String]] = [
            .order: [
                "webhookOrdersId", "orderId", "orderNumber", "goodsOwnerClasses", "path", "byUser", "byComputer", "orderStatus",
                "currentShipmentId", "webhookTemplate", "tracking", "parcels",
            ],
            .purchaseOrder: [
                "webhookPurchaseOrdersId", "purchaseOrderId", "purchaseOrderNumber", "path", "webhookTemplate",
                "purchaseOrderStatus", "purchaseOrderType",
            ],
            .purchaseOrderLine: ["path", "purchaseOrderInfo", "purchaseOrderLineInfo"],
            .inboundAndMove: ["path", "isReceive", "isMove", "article", "articleItem", "movement", "purchaseOrder"],
            .inventory: ["path", "transaction", "inventory", "article", "articleItem", "purchaseOrder", "location"],
        ]
        for subject in OngoingFake.WebhookSettings.Subject.allCases {
            let told = try bodies(tenancy, subject)
            #expect(!told.isEmpty)
            for body in told {
                let expected = (common + owner + members[subject]!).sorted()
                #expect(body.object?.names.sorted() == expected, "\(subject)")
            }
        }
        #expect(try bodies(tenancy, .order).first?["path"] == .string("orders/\(order)"))
        #expect(try bodies(tenancy, .purchaseOrderLine).first?["path"] == .string("purchaseOrders/\(purchase)"))
        let moves = try bodies(tenancy, .inboundAndMove).filter { $0["isMove"] == true }
        // What lay there at first and what came in are two items, and both were carried.
        #expect(moves.map { $0.at("movement.to") } == ["A-01-2", "A-01-2"])
        #expect(moves.compactMap { $0.at("articleItem.numberOfItems")?.number?.text } == ["10.0", "7.0"])
        let adjusted = try #require(try bodies(tenancy, .inventory).first)
        #expect(adjusted["path"] == .string("inventoryAdjustments/\(inventory)"))
        #expect(adjusted.at("inventory.isCountInventory") == true)
        #expect(adjusted.at("location.location") == "A-01-2")
        let listed = try tenancy.json(.get, "movements?goodsOwnerId=42&moveTimeFrom=2026-08-31T00:00:00Z")
        #expect(listed.at("movements")?.array?.compactMap { $0.at("toLocation.location")?.string } == ["A-01-2", "A-01-2"])
    }

    @Test func creationIsNotToldWhenItWasNotAskedFor() throws {
        let tenancy = Tenancy()
        tenancy.fake.configureWebhook(.init(target: "/", token: "t", statuses: [300], tellsOfNew: false))
        try tenancy.putOrder("1042")
        #expect(try bodies(tenancy, .order).isEmpty)
        try tenancy.fake.release(goodsOwner: 42, order: "1042")
        #expect(try bodies(tenancy, .order).compactMap { $0.at("orderStatus.number")?.int } == [300])
    }
}
