import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

@Suite struct OrderReadTests {
    // MARK: Shape

    @Test func everyDeclaredMemberAppearsAndWhatIsAbsentIsNull() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        let read = try tenancy.json(.get, "orders/\(id)")
        #expect(
            read.object?.names == [
                "goodsOwner", "orderInfo", "consignee", "parcels", "orderLines", "transporter", "returnTransporter",
                "tracking", "classes", "shipmentInfo", "returnTracking", "advanced", "nonTransporterParcels",
                "transporterAddons", "returnTransporterAddons", "wayBillRows",
            ])
        #expect(read["orderInfo"]?.object?.count == 47)
        #expect(read.at("orderLines.0")?.object?.count == 28)
        for path in ["tracking", "parcels", "transporter", "orderLines.0.subOrderLines", "orderLines.0.pickedArticleItems"] {
            #expect(read.at(path) == .null, "\(path)")
        }
        #expect(read.at("orderInfo.shippedTime") == .null)
        #expect(read.at("orderInfo.wayBill") == "")
        #expect(read.at("orderInfo.goodsOwnerOrderId") == .null)
        #expect(read.at("orderInfo.advanced.backOrderInfo") == .null)
    }

    /// Not reported yet is null, not zero.
    @Test func reportedIsNullUntilSomebodyReports() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        #expect(try tenancy.json(.get, "orders/\(id)").at("orderLines.0.reportedNumberOfItems") == .null)
        let line = try tenancy.line("1042").id
        try tenancy.json(.patch, "orders/\(id)/lines/\(line)/reportedNumberOfItems", ["reportedNumberOfItems": 0])
        #expect(try tenancy.json(.get, "orders/\(id)").at("orderLines.0.reportedNumberOfItems")?.number?.text == "0.0")
    }

    @Test func quantitiesHaveADecimalAndTimesAVariableFraction() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        let read = try tenancy.json(.get, "orders/\(id)")
        #expect(read.at("orderLines.0.orderedNumberOfItems")?.number?.text == "5.0")
        #expect(read.at("orderInfo.createdDate") == "2026-09-01T08:00:00.25Z")
        #expect(read.at("orderInfo.deliveryDate") == "2026-09-03")
        #expect(read.at("orderInfo.advanced.deliveryDateWithTime") == "2026-09-03T00:00:00Z")
    }

    @Test func linesShowTheArticleAsItIsNow() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        #expect(try tenancy.json(.get, "orders/\(id)").at("orderLines.0.article.articleName") == "")
        try tenancy.json(.put, "articles", ["goodsOwnerId": 42, "articleNumber": "CHAIR", "articleName": "Oak chair"])
        #expect(try tenancy.json(.get, "orders/\(id)").at("orderLines.0.article.articleName") == "Oak chair")
    }

    @Test func zoneLessTimesAreReadOnTheTenantsClock() throws {
        let tenancy = Tenancy(["zone_less_time": "Europe/Copenhagen"])
        let id = try tenancy.putOrder("1042", [], ["deliveryDate": "2026-09-03T10:00:00"])
        let read = try tenancy.json(.get, "orders/\(id)")
        #expect(read.at("orderInfo.advanced.deliveryDateWithTime") == "2026-09-03T08:00:00Z")
        #expect(read.at("orderInfo.deliveryDate") == "2026-09-03")
    }

    // MARK: Paging

    @Test func pagesFollowTheIdsAndEndEmpty() throws {
        let tenancy = Tenancy()
        for number in 1...5 { try tenancy.putOrder("\(number)") }
        var from = 0
        var pages: [[String]] = []
        while true {
            let list = try tenancy.json(.get, "orders?goodsOwnerId=42&maxOrdersToGet=2&orderIdFrom=\(from)").array ?? []
            pages.append(list.compactMap { $0.at("orderInfo.orderNumber")?.string })
            guard let last = list.last?.at("orderInfo.orderId")?.int else { break }
            from = last + 1
        }
        #expect(pages == [["1", "2"], ["3", "4"], ["5"], []])
        #expect(try tenancy.orderNumbers("sort=descending&maxOrdersToGet=2") == ["5", "4"])
    }

    @Test func theFirstIdOfAPageIsInclusive() throws {
        let tenancy = Tenancy()
        try tenancy.putOrder("1")
        let second = try tenancy.putOrder("2")
        #expect(try tenancy.orderNumbers("orderIdFrom=\(second)") == ["2"])
    }

    // MARK: Filters

    @Test func aListOfNumbersIsRepeatedKeysAndACommaIsNoSeparator() throws {
        let tenancy = Tenancy()
        for number in ["1", "2", "3"] { try tenancy.putOrder(number) }
        #expect(try tenancy.orderNumbers("orderNumbers=3&orderNumbers=1") == ["1", "3"])
        #expect(try tenancy.orderNumbers("orderNumbers=1,3") == [])
    }

    @Test func ordersAreFoundByWhatTheyBear() throws {
        let tenancy = Tenancy()
        try tenancy.putOrder("1", [("1", "CHAIR", 1)], ["goodsOwnerOrderId": "rb-1", "referenceNumber": "ref"])
        try tenancy.putOrder(
            "2", [("1", "TABLE", 1)],
            [
                "freeText1": "free", "marketPlace": ["marketPlace": "CDON"],
                "consignee": ["customerNumber": "9", "advanced": ["emailNotification": ["value": "a@b.example"]]],
            ])
        for query in ["goodsOwnerOrderId=rb-1", "referenceNumbers=ref", "articleNumbers=CHAIR", "customerNumber=1007"] {
            #expect(try tenancy.orderNumbers(query) == ["1"], "\(query)")
        }
        for query in ["orderFreeText1=free", "marketPlace=CDON", "customerEmail=a@b.example", "orderUnknown=1&customerNumber=9"] {
            #expect(try tenancy.orderNumbers(query) == ["2"], "\(query)")
        }
    }

    @Test func statusRangesAreInclusive() throws {
        let tenancy = Tenancy()
        for (number, status) in [("1", 300), ("2", 450), ("3", 500)] {
            try tenancy.putOrder(number)
            try tenancy.fake.setStatus(goodsOwner: 42, order: number, to: status)
        }
        #expect(try tenancy.orderNumbers("orderStatusFrom=450&orderStatusTo=500") == ["2", "3"])
        #expect(try tenancy.orderNumbers("orderStatusTo=300") == ["1"])
        #expect(try tenancy.orderNumbers("orderStatusFrom=500&orderStatusTo=450") == [])
    }

    /// Times are cut to the second on both sides, so a change in the second asked for is missed: callers must overlap.
    @Test(arguments: [("strict", ["2"]), ("inclusive", ["1", "2"])])
    func aLowerBoundMeansAfterTheSecond(_ choice: String, _ found: [String]) throws {
        let tenancy = Tenancy(["filter.after": choice])
        tenancy.now = Moment(iso: "2026-09-01T08:00:00.900Z")!
        try tenancy.putOrder("1")
        tenancy.wait(.seconds(1))
        try tenancy.putOrder("2")
        for name in ["orderStatusChangedTimeFrom", "orderUpdatedTimeFrom", "orderCreatedTimeFrom", "orderHeaderUpdatedTimeFrom"] {
            #expect(try tenancy.orderNumbers("\(name)=2026-09-01T08%3A00%3A00.100Z") == found, "\(name)")
        }
        #expect(try tenancy.orderNumbers("orderCreatedTimeTo=2026-09-01T08:00:00Z") == ["1"])
    }

    @Test func aPlusSignThatIsNotEncodedIsASpaceAndNoTime() throws {
        let tenancy = Tenancy()
        #expect(tenancy.call(.get, "orders?goodsOwnerId=42&orderUpdatedTimeFrom=2026-09-01T08:00:00+00:00").status == 400)
        #expect(tenancy.call(.get, "orders?goodsOwnerId=42&orderUpdatedTimeFrom=2026-09-01T08:00:00%2B00:00").status == 200)
    }

    @Test func updatedTimesReachBackTwoDaysAndStatusTimesWithoutLimit() throws {
        let tenancy = Tenancy()
        try tenancy.putOrder("1")
        #expect(tenancy.call(.get, "orders?goodsOwnerId=42&orderUpdatedTimeFrom=2026-08-30T08:00:00Z").status == 200)
        let response = tenancy.call(.get, "orders?goodsOwnerId=42&orderUpdatedTimeFrom=2026-08-30T07:59:59Z")
        #expect(response.status == 400)
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"message":"The value of orderUpdatedTimeFrom must be within 48 hours of the current time."}"#)
        #expect(try tenancy.orderNumbers("orderStatusChangedTimeFrom=2001-01-01") == ["1"])
    }

    @Test func anEditChangesTheUpdatedTimeAndNotTheStatusTime() throws {
        let tenancy = Tenancy()
        try tenancy.putOrder("1")
        tenancy.wait(.seconds(60))
        try tenancy.putOrder("1", [("1", "CHAIR", 7)])
        #expect(try tenancy.orderNumbers("orderUpdatedTimeFrom=2026-09-01T08:00:30Z") == ["1"])
        #expect(try tenancy.orderNumbers("orderStatusChangedTimeFrom=2026-09-01T08:00:30Z") == [])
    }

    /// After a clock was set back, nothing that changed since may be overlooked.
    @Test func aClockSetBackHidesNothing() throws {
        let tenancy = Tenancy()
        try tenancy.putOrder("1")
        tenancy.wait(.seconds(-3600))
        try tenancy.putOrder("2")
        tenancy.wait(.seconds(10))
        try tenancy.putOrder("3")
        #expect(try tenancy.orderNumbers("orderUpdatedTimeFrom=2026-09-01T07:00:00Z") == ["1", "3"])
        #expect(try tenancy.orderNumbers("orderUpdatedTimeFrom=2026-09-01T06:59:59Z") == ["1", "2", "3"])
    }

    /// However long the log of changes grows and is shortened, the lists stay the same as without any index.
    @Test func indexesAndRecordsAgreeUnderManyChanges() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10_000)
        for number in 0..<40 { try tenancy.putOrder("\(number)") }
        var state: UInt32 = 7
        for round in 0..<1500 {
            state = state &* 1_664_525 &+ 1_013_904_223
            tenancy.wait(.milliseconds(700))
            try tenancy.fake.setStatus(
                goodsOwner: 42, order: "\(Int(state >> 8) % 40)", to: [200, 300, 320, 400, 450, 500][round % 6])
        }
        let bound = tenancy.now - .seconds(20)
        let orders = tenancy.fake.orders(of: 42)
        let changed = orders.filter { $0.statusChanged.seconds > bound.seconds }.map(\.number)
        #expect(try tenancy.orderNumbers("orderStatusChangedTimeFrom=\(bound.iso(in: .utc))") == changed)
        #expect(!changed.isEmpty)
        for status in [200, 320, 500] {
            let held = orders.filter { $0.status == status }.map(\.number)
            #expect(try tenancy.orderNumbers("orderStatusFrom=\(status)&orderStatusTo=\(status)") == held)
        }
    }

    // MARK: Reporting

    @Test func whatWasPickedStaysOnTheListUntilReported() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        let id = try tenancy.putOrder("1042")
        let query = "onlyOrdersWithOrderLinesToReport=true"
        #expect(try tenancy.orderNumbers(query) == [])
        try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 2)])
        #expect(try tenancy.orderNumbers(query) == ["1042"])
        let line = try tenancy.line("1042").id
        try tenancy.json(.patch, "orders/\(id)/lines/\(line)/reportedNumberOfItems", ["reportedNumberOfItems": 2])
        #expect(try tenancy.orderNumbers(query) == [])
        try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 1)])
        #expect(try tenancy.orderNumbers(query) == ["1042"])
        try tenancy.json(.patch, "orders/\(id)/setReportedNumberOfItemsToPickedNumberOfItems")
        #expect(try tenancy.orderNumbers(query) == [])
        #expect(try tenancy.line("1042").reported == 3)
    }

    // MARK: Lag

    @Test func withALagReadersSeeTheStateBeforeTheYoungWrites() throws {
        let tenancy = Tenancy(["read_lag_ms": "2000"])
        let id = try tenancy.putOrder("1042")
        #expect(tenancy.call(.get, "orders/\(id)").status == 404)
        #expect(try tenancy.orderNumbers("orderNumber=1042") == [])
        tenancy.wait(.milliseconds(2000))
        #expect(try tenancy.orderNumbers("") == ["1042"])
        try tenancy.json(.delete, "orders/\(id)")
        #expect(try tenancy.orderNumbers("orderStatusTo=999") == ["1042"])
        #expect(try tenancy.orderNumbers("orderStatusFrom=1000") == [])
        #expect(try tenancy.json(.get, "orders/\(id)").at("orderInfo.orderStatus.number") == 200)
        tenancy.wait(.milliseconds(2000))
        #expect(try tenancy.orderNumbers("orderStatusFrom=1000") == ["1042"])
        #expect(try tenancy.json(.get, "orders/\(id)").at("orderInfo.orderStatus.text") == "Cancelled")
    }

    // MARK: Pickability

    @Test func pickabilityIsFirstComeFirstServed() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 8)
        try tenancy.putOrder("1", [("1", "CHAIR", 5)])
        try tenancy.putOrder("2", [("1", "CHAIR", 5)])
        try tenancy.putOrder("3", [("1", "CHAIR", 9)])
        try tenancy.putOrder("4", [])
        let results = try tenancy.json(.get, "orders/pickability?goodsOwnerId=42").at("pickabilityResults")?.array
        #expect(
            results?.compactMap { $0["pickability"]?.string } == ["ByPriority", "NotByPriority", "NotOk", "NothingToAllocate"])
        #expect(try tenancy.orderNumbers("pickable=NotOk") == ["3"])
        #expect(try tenancy.orderNumbers("pickable=NotPickable") == ["2", "3"])
    }
}
