import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

@Suite struct PurchaseOrderTests {
    @Test func aPurchaseOrderIsCreatedAndReplaced() throws {
        let tenancy = Tenancy()
        let response = tenancy.call(.put, "purchaseOrders", Tenancy.purchaseOrder("3005", [("1", "CHAIR", 10)]))
        #expect(response.status == 200)
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"purchaseOrderId":501,"message":"Inorder with order number 3005 created. <br/>"}"#)
        try tenancy.putPurchaseOrder("3005", [("2", "TABLE", 1)])
        #expect(tenancy.fake.purchaseOrder("3005", of: 42)?.lines.map(\.article) == ["TABLE"])
    }

    /// The same member bears different names when written and when read.
    @Test func namesDifferBetweenWritingAndReading() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putPurchaseOrder(
            "3005", [("1", "CHAIR", 10)],
            [
                "freeValues": ["freeBoolean1": true, "freeText1": "x"],
                "supplierInfo": [
                    "supplierNumber": "S7", "supplierName": "Nordic Steel",
                    "supplierAddress": ["address": "Vej 1", "telePhone": "1"],
                ],
                "advanced": ["orderDate": "2026-08-28T00:00:00Z"],
            ])
        let read = try tenancy.json(.get, "purchaseOrders/\(id)")
        #expect(read.at("purchaseOrderInfo.freeValues.freeBool1") == true)
        #expect(read.at("purchaseOrderInfo.freeValues.freeBoolean1") == nil)
        try tenancy.json(.patch, "purchaseOrders/\(id)/freeText2", ["freeText2": "Gate B"])
        #expect(try tenancy.json(.get, "purchaseOrders/\(id)").at("purchaseOrderInfo.freeValues.freeText2") == "Gate B")
        #expect(read.at("supplierInfo.address.address1") == "Vej 1")
        #expect(read.at("purchaseOrderInfo.inDate") == "2026-09-10")
        #expect(read.at("purchaseOrderInfo.advanced.orderDate") == "2026-08-28T00:00:00Z")
        #expect(read.at("purchaseOrderLines.0.advisedNumberOfItems")?.number?.text == "10.0")
        #expect(try tenancy.json(.get, "purchaseOrders/statuses").object?.names == ["orderStatuses"])
    }

    @Test func theCallerMayChooseTheFirstStatus() throws {
        let tenancy = Tenancy()
        try tenancy.putPurchaseOrder("1", [], ["advanced": ["purchaseOrderStatusCreated": 200]])
        #expect(tenancy.fake.purchaseOrder("1", of: 42)?.status == 200)
        let unknown = Tenancy.purchaseOrder("2", [], ["advanced": ["purchaseOrderStatusCreated": 201]])
        #expect(tenancy.call(.put, "purchaseOrders", unknown).status == 400)
    }

    @Test func receivingAddsStockAtOnceAndMovesTheStatusTo300() throws {
        let tenancy = Tenancy()
        try tenancy.putPurchaseOrder("3005")
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 7, batch: "B12")])
        let order = try #require(tenancy.fake.purchaseOrder("3005", of: 42))
        #expect(order.status == 300)
        #expect(order.lines[0].received == 7)
        #expect(tenancy.stock("CHAIR") == 7)
        let article = try tenancy.json(.get, "articles?goodsOwnerId=42").at("0.inventoryInfo")
        #expect(article?["toReceiveNumberOfItems"]?.number?.text == "3.0")
        #expect(article?["receivedToBeFinishedNumberOfItems"]?.number?.text == "7.0")
        let read = try tenancy.json(.get, "purchaseOrders/\(order.id)")
        #expect(read.at("purchaseOrderLines.0.articleItems.0.batchNumber") == "B12")
        let items = try tenancy.json(.get, "articleItems?goodsOwnerId=42&batchNumbers=B12")
        #expect(items.at("0.items.0.numberOfItems")?.number?.text == "7.0")
        #expect(tenancy.fake.imbalances() == [])
    }

    @Test func finishingEndsAt500OrAt400AndALaterDeliveryLifts400() throws {
        let tenancy = Tenancy()
        try tenancy.putPurchaseOrder("3005")
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 7)])
        try tenancy.fake.finish(goodsOwner: 42, purchaseOrder: "3005")
        #expect(tenancy.fake.purchaseOrder("3005", of: 42)?.status == 400)
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005")
        try tenancy.fake.finish(goodsOwner: 42, purchaseOrder: "3005")
        #expect(tenancy.fake.purchaseOrder("3005", of: 42)?.statusHistory.map(\.status) == [100, 300, 400, 500])
        #expect(throws: ActionError("Cannot receive purchase order 3005: it is finished, its status is 500.")) {
            try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 1)])
        }
    }

    @Test func whereADeviationIsFinalNothingMoreComes() throws {
        let tenancy = Tenancy(["purchase_order.400_is_final": "true"])
        try tenancy.putPurchaseOrder("3005")
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 7)])
        try tenancy.fake.finish(goodsOwner: 42, purchaseOrder: "3005")
        #expect(throws: ActionError.self) { try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005") }
    }

    @Test func aCorrectedReceiptLowersReceivedAndStock() throws {
        let tenancy = Tenancy()
        try tenancy.putPurchaseOrder("3005")
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 4)])
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 5)])
        try tenancy.fake.correctReceipt(goodsOwner: 42, purchaseOrder: "3005", row: "1", to: 3)
        let line = try #require(tenancy.fake.purchaseOrder("3005", of: 42)?.line("1"))
        #expect(line.received == 3)
        #expect(line.receivedItems.map(\.quantity) == [3])
        #expect(tenancy.fake.ledger.entries(of: "CHAIR", at: "42").map(\.cause) == ["receipt", "receipt", "receipt correction"])
        try tenancy.fake.correctReceipt(goodsOwner: 42, purchaseOrder: "3005", row: "1", by: 2)
        #expect(tenancy.stock("CHAIR") == 5)
        #expect(throws: ActionError("Cannot correct row 1 of purchase order 3005 by -6: only 5 are received.")) {
            try tenancy.fake.correctReceipt(goodsOwner: 42, purchaseOrder: "3005", row: "1", by: -6)
        }
        #expect(tenancy.fake.imbalances() == [])
    }

    @Test func receivedAndReportedMayDifferEitherWay() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putPurchaseOrder("3005")
        let query = "onlyPurchaseOrdersWithOrderLinesToReport=true"
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 4)])
        #expect(try tenancy.purchaseOrderNumbers(query) == ["3005"])
        let line = try #require(tenancy.fake.purchaseOrder("3005", of: 42)?.lines[0].id)
        let patched = tenancy.call(
            .patch, "purchaseOrders/\(id)/lines/\(line)/reportedNumberOfItems", ["reportedNumberOfItems": 5])
        #expect(patched.status == 200)
        #expect(!patched.saysJSON)
        #expect(try tenancy.purchaseOrderNumbers(query) == ["3005"])
        #expect(tenancy.call(.patch, "purchaseOrders/\(id)/setReportedNumberOfItemsToReceivedNumberOfItems").status == 200)
        #expect(try tenancy.purchaseOrderNumbers(query) == [])
    }

    @Test func updatesAndCancellationsAreRefusedOnceGoodsHaveCome() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putPurchaseOrder("3005")
        try tenancy.fake.setPurchaseStatus(goodsOwner: 42, purchaseOrder: "3005", to: 200)
        try tenancy.putPurchaseOrder("3005", [("1", "CHAIR", 8)])
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("1", 1)])
        let response = tenancy.call(.put, "purchaseOrders", Tenancy.purchaseOrder("3005", []))
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"message":"Purchase order 3005 cannot be updated: receiving has begun."}"#)
        #expect(tenancy.call(.delete, "purchaseOrders/\(id)").status == 400)
    }

    @Test func cancellingEndsAt900() throws {
        let tenancy = Tenancy()
        try tenancy.putPurchaseOrder("3005")
        let target = "purchaseOrders?goodsOwnerId=42&purchaseOrderNumber=3005"
        try tenancy.json(.delete, target)
        #expect(tenancy.fake.purchaseOrder("3005", of: 42)?.status == 900)
        #expect(
            String(decoding: tenancy.call(.delete, target).body, as: UTF8.self)
                == #"{"message":"Purchase order 3005 is already cancelled."}"#)
        #expect(tenancy.call(.put, "purchaseOrders", Tenancy.purchaseOrder("3005", [])).status == 400)
    }

    @Test func listsAreFilteredAndPaged() throws {
        let tenancy = Tenancy()
        for number in ["1", "2", "3"] { try tenancy.putPurchaseOrder(number) }
        tenancy.wait(.seconds(60))
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "2", lines: [pick("1", 1)])
        let since = "2026-09-01T08:00:30Z"
        for name in ["lastReceiveTimeFrom", "purchaseOrderStatusChangedTimeFrom", "purchaseOrderHeadOrLinesChangedTimeFrom"] {
            #expect(try tenancy.purchaseOrderNumbers("\(name)=\(since)") == ["2"], "\(name)")
        }
        #expect(try tenancy.purchaseOrderNumbers("purchaseOrderStatusFrom=300&purchaseOrderStatusTo=300") == ["2"])
        #expect(try tenancy.purchaseOrderNumbers("purchaseOrderNumbers=3&purchaseOrderNumbers=1") == ["1", "3"])
        #expect(try tenancy.purchaseOrderNumbers("maxPurchaseOrdersToGet=1&purchaseOrderIdFrom=502") == ["2"])
    }

    @Test func linesTypedInByHandMayLackARowNumber() throws {
        let tenancy = Tenancy()
        try tenancy.putPurchaseOrder("3005")
        try tenancy.fake.addPurchaseLine(goodsOwner: 42, purchaseOrder: "3005", article: "TABLE", quantity: 2)
        let order = try #require(tenancy.fake.purchaseOrder("3005", of: 42))
        try tenancy.fake.receive(goodsOwner: 42, purchaseOrder: "3005", lines: [pick("\(order.lines[1].id)", 2)])
        #expect(tenancy.stock("TABLE") == 2)
    }

    @Test func announcedItemsAreTakenOneByOne() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putPurchaseOrder("3005")
        let line = try #require(tenancy.fake.purchaseOrder("3005", of: 42)?.lines[0].id)
        let response = try tenancy.json(
            .put, "purchaseOrders/\(id)/articleItems",
            ["items": [["purchaseOrderLineId": JSON(line), "batch": "B1"], ["purchaseOrderLineId": 1]]])
        #expect(response["success"] == false)
        #expect(response["messages"]?.array?.compactMap { $0["success"]?.bool } == [true, false])
    }
}
