import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

@Suite struct OrderActionTests {
    private func tenancy(_ changes: [String: String] = [:], stock: Int = 10) throws -> Tenancy {
        let tenancy = Tenancy(changes)
        tenancy.open("CHAIR", stock)
        try tenancy.putOrder("1042")
        return tenancy
    }

    /// After every action the ledger, the articles and their items must agree.
    private func expectBalance(_ tenancy: Tenancy) { #expect(tenancy.fake.imbalances() == []) }

    private func figures(_ tenancy: Tenancy) throws -> JSON {
        try #require(try tenancy.json(.get, "articles?goodsOwnerId=42&articleNumber=CHAIR").at("0.inventoryInfo"))
    }

    private func figure(_ tenancy: Tenancy, _ name: String) throws -> String? { try figures(tenancy)[name]?.number?.text }

    @Test func eachStepMovesTheFiguresOfTheArticle() throws {
        let tenancy = try tenancy()
        #expect(try figure(tenancy, "numberOfBookedItems") == "5.0")
        #expect(try figure(tenancy, "sellableNumberOfItems") == "5.0")
        try tenancy.fake.allocate(goodsOwner: 42, order: "1042")
        #expect(try figure(tenancy, "allocatedNumberOfItems") == "5.0")
        #expect(try figure(tenancy, "sellableNumberOfItems") == "5.0")
        try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 3)])
        #expect(try figure(tenancy, "numberOfItems") == "7.0")
        #expect(try figure(tenancy, "numberOfBookedItems") == "2.0")
        #expect(try figure(tenancy, "allocatedNumberOfItems") == "2.0")
        #expect(try figure(tenancy, "pickedToBeCollectedNumberOfItems") == "3.0")
        try tenancy.fake.send(goodsOwner: 42, order: "1042")
        #expect(try figure(tenancy, "numberOfBookedItems") == "0.0")
        #expect(try figure(tenancy, "allocatedNumberOfItems") == "0.0")
        #expect(try figure(tenancy, "sellableNumberOfItems") == "7.0")
        try tenancy.fake.collect(goodsOwner: 42, order: "1042")
        #expect(try figure(tenancy, "pickedToBeCollectedNumberOfItems") == "0.0")
        #expect(try figures(tenancy).at("reported.pickedToBeReportedNumberOfItems")?.number?.text == "3.0")
        expectBalance(tenancy)
    }

    @Test func theStatusFollowsTheWork() throws {
        let tenancy = try tenancy()
        try tenancy.fake.release(goodsOwner: 42, order: "1042")
        try tenancy.fake.allocate(goodsOwner: 42, order: "1042", lines: [pick("1", 2)])
        try tenancy.fake.allocate(goodsOwner: 42, order: "1042")
        try tenancy.fake.pick(goodsOwner: 42, order: "1042")
        try tenancy.fake.send(goodsOwner: 42, order: "1042")
        try tenancy.fake.collect(goodsOwner: 42, order: "1042")
        #expect(tenancy.fake.order("1042", of: 42)?.statusHistory.map(\.status) == [200, 300, 320, 400, 450, 500])
    }

    @Test func pickingWritesTheLedgerAndTheItems() throws {
        let tenancy = try tenancy()
        try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 2)])
        try tenancy.fake.pick(goodsOwner: 42, order: "1042")
        let entries = tenancy.fake.ledger.entries(of: "CHAIR", at: "42")
        #expect(entries.map(\.cause) == ["opening", "pick", "pick"])
        #expect(entries.map(\.change) == [10, -2, -3])
        #expect(entries.last?.document == "order 1042")
        let items = try tenancy.json(.get, "orders?goodsOwnerId=42").at("0.orderLines.0.pickedArticleItems")?.array
        #expect(items?.compactMap { $0["numberOfItems"]?.number?.text } == ["2.0", "3.0"])
        #expect(items?.first?["serial"] == "")
        #expect(try tenancy.line("1042").allocated == 5)
        expectBalance(tenancy)
    }

    @Test func picksAreRefusedBeyondTheOrderAndBeyondTheShelf() throws {
        let tenancy = try tenancy(stock: 6)
        #expect(throws: ActionError("Cannot pick 6 on row 1 of order 1042: only 5 of 5 are open.")) {
            try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 6)])
        }
        #expect(throws: ActionError("Cannot pick 7 on row 1 of order 1042: only 6 of article CHAIR are in stock.")) {
            try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 7)], allowOver: true)
        }
        #expect(throws: ActionError("Cannot pick row 9 of order 1042: it has no such row. Its rows: 1.")) {
            try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("9", 1)])
        }
        #expect(throws: ActionError("Cannot pick order 77: goods owner 42 has no such order.")) {
            try tenancy.fake.pick(goodsOwner: 42, order: "77")
        }
        #expect(throws: ActionError("Cannot pick 3 on row 1 of order 1042: only 5 of 5 are open.")) {
            try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 3), pick("1", 3)])
        }
        #expect(try tenancy.line("1042").picked == 0)
        try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 6)], allowOver: true)
        #expect(try tenancy.line("1042").picked == 6)
        expectBalance(tenancy)
    }

    /// Two rows that each find enough of a batch may together want more than there is.
    @Test func rowsThatShareABatchAreCheckedTogether() throws {
        let tenancy = Tenancy()
        try tenancy.putPurchaseOrder("7", [("1", "CHAIR", 10)])
        try tenancy.fake.receive(
            goodsOwner: 42, purchaseOrder: "7", lines: [pick("1", 3, batch: "B1"), pick("1", 9, batch: "B2")])
        try tenancy.putOrder("1042", [("1", "CHAIR", 3), ("2", "CHAIR", 3)])
        #expect(throws: ActionError("Cannot pick 3 on row 2 of order 1042: only 0 of batch B1 of article CHAIR are in stock.")) {
            try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 3, batch: "B1"), pick("2", 3, batch: "B1")])
        }
        expectBalance(tenancy)
    }

    @Test func aPickedBatchMayDifferFromTheOneAskedForAndIsShown() throws {
        let tenancy = Tenancy()
        try tenancy.putPurchaseOrder("7", [("1", "CHAIR", 10)])
        try tenancy.fake.receive(
            goodsOwner: 42, purchaseOrder: "7", lines: [pick("1", 2, batch: "B1"), pick("1", 2, batch: "B2")])
        try tenancy.putOrder("1042", [("1", "CHAIR", 4)])
        try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 1, batch: "B2"), pick("1", 3)])
        #expect(try tenancy.line("1042").pickedItems.map(\.batch) == ["B2", "B1", "B2"])
        #expect(try tenancy.line("1042").pickedItems.map(\.quantity) == [1, 2, 1])
        expectBalance(tenancy)
    }

    @Test func linesNotToBePickedStayAtZeroAndAreNoShortage() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 5)
        try tenancy.json(.put, "articles", ["goodsOwnerId": 42, "articleNumber": "FREIGHT", "isStockArticle": false])
        try tenancy.putOrder("1042", [("1", "CHAIR", 5), ("2", "FREIGHT", 1)])
        try tenancy.fake.pick(goodsOwner: 42, order: "1042")
        #expect(tenancy.fake.order("1042", of: 42)?.status == 400)
        #expect(try tenancy.line("1042", "2").picked == 0)
        #expect(throws: ActionError("Cannot pick 1 on row 2 of order 1042: article FREIGHT is not to be picked.")) {
            try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("2", 1)])
        }
    }

    @Test(arguments: [("false", 450), ("true", 320)])
    func unpickingLowersTheCountersAndMayTouchTheStatus(_ choice: String, _ status: Int) throws {
        let tenancy = try tenancy(["unpick.touches_status": choice])
        try tenancy.fake.pick(goodsOwner: 42, order: "1042")
        try tenancy.fake.send(goodsOwner: 42, order: "1042")
        try tenancy.fake.unpick(goodsOwner: 42, order: "1042", lines: [pick("1", 2)])
        #expect(try tenancy.line("1042").picked == 3)
        #expect(try tenancy.line("1042").pickedItems.map(\.quantity) == [3])
        #expect(tenancy.stock("CHAIR") == 7)
        #expect(tenancy.fake.order("1042", of: 42)?.status == status)
        #expect(throws: ActionError("Cannot unpick 4 on row 1 of order 1042: only 3 are picked.")) {
            try tenancy.fake.unpick(goodsOwner: 42, order: "1042", lines: [pick("1", 4)])
        }
        expectBalance(tenancy)
    }

    @Test func sendingWantsAPickUnlessForced() throws {
        let tenancy = try tenancy()
        #expect(throws: ActionError("Cannot send order 1042: nothing is picked.")) {
            try tenancy.fake.send(goodsOwner: 42, order: "1042")
        }
        try tenancy.fake.send(goodsOwner: 42, order: "1042", force: true)
        #expect(tenancy.fake.order("1042", of: 42)?.status == 450)
    }

    @Test(arguments: [("450", true), ("500", false)])
    func theShippedTimeIsSetWhenTheTenantSays(_ choice: String, _ isSetAtSent: Bool) throws {
        let tenancy = try tenancy(["shipped_status_sets_time": choice])
        try tenancy.fake.pick(goodsOwner: 42, order: "1042")
        try tenancy.fake.send(goodsOwner: 42, order: "1042")
        #expect((tenancy.fake.order("1042", of: 42)?.shipped != nil) == isSetAtSent)
        try tenancy.fake.collect(goodsOwner: 42, order: "1042")
        #expect(tenancy.fake.order("1042", of: 42)?.shipped != nil)
    }

    @Test func aBackOrderTakesTheRestAndPointsBack() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        let first = try tenancy.putOrder("1042", [("1", "CHAIR", 5), ("2", "TABLE", 1)], ["goodsOwnerOrderId": "rb-1"])
        try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 3)])
        #expect(try tenancy.fake.createBackOrder(goodsOwner: 42, order: "1042") == "1042-B")
        let back = try #require(tenancy.fake.order("1042-B", of: 42))
        #expect(back.lines.map(\.row) == ["1", "2"])
        #expect(back.lines.map(\.ordered) == [2, 1])
        #expect(back.goodsOwnerOrderId == "rb-1")
        #expect(tenancy.fake.order("1042", of: 42)?.lines.map(\.ordered) == [3, 0])
        #expect(tenancy.fake.order("1042", of: 42)?.status == 400)
        #expect(try tenancy.orderNumbers("backOrderForOrderId=\(first)") == ["1042-B"])
        let read = try tenancy.json(.get, "orders/\(back.id)")
        #expect(read.at("orderInfo.advanced.backOrderInfo.backOrderForOrderId")?.int == first)
        #expect(try tenancy.orderNumbers("goodsOwnerOrderId=rb-1") == ["1042", "1042-B"])
    }

    @Test func aBackOrderMayLackRowNumbersAndHaveAnotherSuffix() throws {
        let tenancy = try tenancy([
            "back_order.row_numbers": "absent", "back_order.number_suffix": "/2", "back_order.goods_owner_order_id": "absent",
        ])
        #expect(try tenancy.fake.createBackOrder(goodsOwner: 42, order: "1042") == "1042/2")
        let back = try #require(tenancy.fake.order("1042/2", of: 42))
        #expect(back.lines.map(\.row) == [nil])
        #expect(back.goodsOwnerOrderId == nil)
        try tenancy.fake.pick(goodsOwner: 42, order: "1042/2", lines: [pick("\(back.lines[0].id)", 1)])
    }

    @Test func staffDeletesAndAddsLines() throws {
        let tenancy = try tenancy()
        try tenancy.fake.addLine(goodsOwner: 42, order: "1042", article: "CHAIR", quantity: 2)
        try tenancy.fake.deleteLine(goodsOwner: 42, order: "1042", row: "1")
        let order = try #require(tenancy.fake.order("1042", of: 42))
        #expect(order.lines.map(\.row) == [nil])
        #expect(try tenancy.json(.get, "orders/\(order.id)").at("orderLines.0.rowNumber") == .null)
        try tenancy.fake.pick(goodsOwner: 42, order: "1042")
        #expect(tenancy.stock("CHAIR") == 8)
    }

    @Test func returnedGoodsComeBackToTheShelf() throws {
        let tenancy = try tenancy()
        let id = try tenancy.putOrder("1042")
        let line = try tenancy.line("1042").id
        try tenancy.fake.pick(goodsOwner: 42, order: "1042")
        try tenancy.fake.collect(goodsOwner: 42, order: "1042")
        let body: JSON = [
            "goodsOwnerId": 42, "returnOrderNumber": "R1", "customerOrder": ["orderId": JSON(id)],
            "returnOrderLines": [
                [
                    "returnOrderRowNumber": "1", "customerOrderLine": ["orderLineId": JSON(line)],
                    "toBeReturnedNumberOfItems": 2,
                ]
            ],
        ]
        try tenancy.json(.put, "returnOrders", body)
        try tenancy.fake.returnGoods(goodsOwner: 42, order: "1042", row: "1", quantity: 2)
        #expect(tenancy.stock("CHAIR") == 7)
        #expect(tenancy.fake.order("1042", of: 42)?.status == 800)
        #expect(try tenancy.line("1042").picked == 5)
        #expect(try tenancy.orderNumbers("onlyOrdersWithOrderLinesToReportReturned=true") == ["1042"])
        let list = try tenancy.json(.get, "returnOrders?goodsOwnerId=42&customerOrderNumbers=1042")
        #expect(list.at("0.returnOrderLines.0.returnedNumberOfItems")?.number?.text == "2.0")
        #expect(list.at("0.returnOrderInfo.returnOrderStatus.text") == "Returned")
        expectBalance(tenancy)
    }

    @Test func theWarehouseCancelsOnlyWhatIsNotPicked() throws {
        let tenancy = try tenancy()
        try tenancy.fake.allocate(goodsOwner: 42, order: "1042")
        try tenancy.fake.cancelOrder(goodsOwner: 42, order: "1042")
        #expect(try figure(tenancy, "sellableNumberOfItems") == "10.0")
        #expect(throws: ActionError("Cannot release order 1042: it is cancelled.")) {
            try tenancy.fake.release(goodsOwner: 42, order: "1042")
        }
    }

    @Test func aKitIsPickedByItsParts() throws {
        let tenancy = Tenancy()
        tenancy.open("LEG", 9)
        tenancy.open("TOP", 5)
        let structure: JSON = [
            "articleKind": "Structure",
            "rows": [["articleNumber": "LEG", "numberOfItems": 4], ["articleNumber": "TOP", "numberOfItems": 1]],
        ]
        try tenancy.json(.put, "articles", ["goodsOwnerId": 42, "articleNumber": "TABLE", "structureDefinition": structure])
        let id = try tenancy.putOrder("1042", [("1", "TABLE", 2)])
        #expect(
            try tenancy.json(.get, "articles?goodsOwnerId=42&articleNumber=TABLE").at("0.inventoryInfo.sellableNumberOfItems")?
                .number?.text == "0.0")
        let order = try #require(tenancy.fake.order("1042", of: 42))
        #expect(order.lines.map(\.article) == ["TABLE", "LEG", "TOP"])
        try tenancy.fake.pick(
            goodsOwner: 42, order: "1042", lines: [pick("\(order.lines[1].id)", 8), pick("\(order.lines[2].id)", 1)])
        #expect(try tenancy.line("1042").picked == 1)
        let parts = try tenancy.json(.get, "orders/\(id)").at("orderLines.0.subOrderLines")?.array
        #expect(parts?.compactMap { $0["pickedNumberOfItems"]?.number?.text } == ["8.0", "1.0"])
        expectBalance(tenancy)
    }
}
