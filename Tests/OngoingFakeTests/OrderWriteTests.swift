import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

@Suite struct OrderWriteTests {
    @Test func anOrderIsCreatedWith201AndUpdatedWith200() throws {
        let tenancy = Tenancy()
        let body = Tenancy.order("1042", [("1", "CHAIR", 5)])
        let created = tenancy.call(.put, "orders", body)
        #expect(created.status == 201)
        let updated = tenancy.call(.put, "orders", body)
        #expect(updated.status == 200)
        #expect(try JSON.parse(created.body)["orderId"] == JSON.parse(updated.body)["orderId"])
        #expect(tenancy.fake.orders(of: 42).count == 1)
        #expect(try JSON.parse(created.body)["message"] == "Order number 1042 created. <br/>Customer 1007 Hansen & Co created.")
    }

    /// Everything is sent that is required, then each is left out in turn.
    @Test func requiredMembersAreAskedForByName() throws {
        let tenancy = Tenancy()
        for name in ["goodsOwnerId", "orderNumber", "deliveryDate", "consignee"] {
            var body = try #require(Tenancy.order("1042", []).object)
            body[name] = nil
            let response = tenancy.call(.put, "orders", .object(body))
            #expect(response.status == 400)
            #expect(
                String(decoding: response.body, as: UTF8.self)
                    == #"{"message":"The request is invalid.","modelState":{"o.\#(name)":["The \#(name) field is required."]}}"#)
        }
    }

    @Test func aRowNumberMayStandOnlyOnceInABody() throws {
        let response = Tenancy().call(.put, "orders", Tenancy.order("1042", [("1", "A", 1), ("1", "B", 1)]))
        #expect(response.status == 400)
        let problems = try JSON.parse(response.body).at("modelState")?.object?["o.orderLines[1].rowNumber"]
        #expect(problems == ["Row number '1' is used by more than one line."])
    }

    /// The vendor's own samples send weights as strings.
    @Test func numbersInStringsAreRead() throws {
        let tenancy = Tenancy()
        let lines: JSON = [["rowNumber": 1, "articleNumber": "CHAIR", "numberOfItems": "2.50"]]
        try tenancy.putOrder("1042", [], ["orderLines": lines])
        #expect(try tenancy.line("1042").ordered == ExactDecimal("2.5"))
        try tenancy.json(.put, "articles", ["goodsOwnerId": "42", "articleNumber": "CHAIR", "weight": "1.5", "length": "2"])
        let article = try tenancy.json(.get, "articles?goodsOwnerId=42").at("0")
        #expect(article?["weight"]?.number?.text == "1.5")
        #expect(article?["length"]?.number?.text == "2.0")
    }

    @Test func linesAreMatchedByRowNumberAddedAndDeleted() throws {
        let tenancy = Tenancy()
        try tenancy.putOrder("1042", [("1", "CHAIR", 5), ("2", "TABLE", 1)])
        let kept = try tenancy.line("1042", "2").id
        try tenancy.putOrder("1042", [("2", "TABLE", 3), ("3", "CHAIR", 1)])
        let order = try #require(tenancy.fake.order("1042", of: 42))
        #expect(order.lines.map(\.row) == ["2", "3"])
        #expect(order.lines[0].id == kept)
        #expect(order.lines.map(\.ordered) == [3, 1])
    }

    @Test func linesStayWhenTheTenantKeepsMissingOnes() throws {
        let tenancy = Tenancy(["put.missing_lines": "keep"])
        try tenancy.putOrder("1042", [("1", "CHAIR", 5), ("2", "TABLE", 1)])
        try tenancy.putOrder("1042", [("2", "TABLE", 3)])
        #expect(tenancy.fake.order("1042", of: 42)?.lines.map(\.row) == ["2", "1"])
    }

    @Test(arguments: [("keep", 1), ("erase", 0)])
    func anAbsentLineArray(_ choice: String, _ remaining: Int) throws {
        let tenancy = Tenancy(["put.absent_line_array": choice])
        try tenancy.putOrder("1042")
        try tenancy.putOrder("1042", [], ["orderLines": nil])
        #expect(tenancy.fake.order("1042", of: 42)?.lines.count == remaining)
    }

    @Test(arguments: [("keep", "PO 88" as JSON?, "Hansen & Co" as JSON?), ("erase", nil, nil)])
    func membersThatAreNullOrAbsent(_ choice: String, _ reference: JSON?, _ name: JSON?) throws {
        let tenancy = Tenancy(["put.null_members": choice])
        try tenancy.putOrder("1042", [("1", "CHAIR", 5)], ["referenceNumber": "PO 88", "goodsOwnerOrderId": "rb-1"])
        try tenancy.putOrder(
            "1042", [("1", "CHAIR", 5)], ["referenceNumber": nil, "consignee": ["customerNumber": "1007", "city": "Odense"]])
        let order = try #require(tenancy.fake.order("1042", of: 42))
        #expect(order.field("referenceNumber") == reference)
        #expect(order.consignee["name"] == name)
        #expect(order.consignee["city"] == "Odense")
        #expect(order.goodsOwnerOrderId == (choice == "keep" ? "rb-1" : nil))
    }

    @Test func unknownMembersAreIgnoredOrRefused() throws {
        try Tenancy().putOrder("1042", [], ["colour": "red"])
        let strict = Tenancy(["put.strict_members": "refuse"])
        let response = strict.call(.put, "orders", Tenancy.order("1042", [], ["colour": "red"]))
        #expect(response.status == 400)
        #expect(
            try JSON.parse(response.body).at("modelState")?.object?["o.colour"]
                == ["Could not find member 'colour' on object of type 'PostOrderModel'."])
    }

    @Test func longTextsAreRefusedOnlyWhereLengthsAreLimited() throws {
        let long = String(repeating: "x", count: 51)
        try Tenancy().putOrder(long)
        #expect(Tenancy(["text.limits": "strict"]).call(.put, "orders", Tenancy.order(long, [])).status == 400)
    }

    @Test func unknownArticlesAreMadeBareOrRefused() throws {
        let tenancy = Tenancy()
        try tenancy.putOrder("1042", [("1", "NEW", 1)])
        #expect(tenancy.fake.article("NEW", of: 42)?.name == "")
        let refusing = Tenancy(["unknown_article": "refuse"])
        let response = refusing.call(.put, "orders", Tenancy.order("1042", [("1", "NEW", 1)]))
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"message":"Article NEW does not exist."}"#)
        #expect(refusing.fake.orders(of: 42).isEmpty)
        #expect(refusing.fake.articles(of: 42).isEmpty)
    }

    @Test func customersAreMatchedByNumberElseByNameAndAddress() throws {
        let tenancy = Tenancy()
        func consignee(_ order: String, _ body: JSON) throws -> Int? {
            try tenancy.putOrder(order, [], ["consignee": body])
            return tenancy.fake.order(order, of: 42)?.consigneeID
        }
        let first = try consignee("1", ["name": "Ann", "address1": "Vej 1"])
        #expect(try consignee("2", ["name": "Ann", "address1": "Vej 1"]) == first)
        #expect(try consignee("3", ["name": "Ann", "address1": "Vej 2"]) != first)
        let numbered = try consignee("4", ["customerNumber": "7", "name": "Ann"])
        #expect(try consignee("5", ["customerNumber": "7", "name": "Ann Smith"]) == numbered)
    }

    @Test func membersOfTwoCustomersAreNotMixed() throws {
        let tenancy = Tenancy()
        try tenancy.putOrder("1042", [], ["consignee": ["customerNumber": "7", "name": "Ann", "doorCode": "1234"]])
        try tenancy.putOrder("1042", [], ["consignee": ["customerNumber": "8", "name": "Bob"]])
        #expect(tenancy.fake.order("1042", of: 42)?.consignee == ["name": "Bob", "customerNumber": "8"])
    }

    // MARK: Until when

    @Test func anOrderCanBeChangedUntilTheWarehouseHasBegun() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        try tenancy.putOrder("1042")
        try tenancy.fake.release(goodsOwner: 42, order: "1042")
        try tenancy.putOrder("1042", [("1", "CHAIR", 4)])
        try tenancy.fake.allocate(goodsOwner: 42, order: "1042")
        let response = tenancy.call(.put, "orders", Tenancy.order("1042", [("1", "CHAIR", 3)]))
        #expect(response.status == 400)
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"message":"Order 1042 cannot be updated: stock is allocated to it."}"#)
        #expect(try tenancy.line("1042").ordered == 4)
    }

    @Test func theEditableWindowIsTheTenants() throws {
        let tenancy = Tenancy(["order.editable_below": "400", "order.editable_when_allocated": "true"])
        tenancy.open("CHAIR", 10)
        try tenancy.putOrder("1042")
        try tenancy.fake.allocate(goodsOwner: 42, order: "1042")
        try tenancy.putOrder("1042", [("1", "CHAIR", 3)])
        #expect(try tenancy.line("1042").allocated == 3)
        try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 1)])
        #expect(tenancy.call(.put, "orders", Tenancy.order("1042", [])).status == 400)
    }

    @Test func cancellingEndsAt1000AndCannotBeRepeated() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        let done = try tenancy.json(.delete, "orders?goodsOwnerId=42&orderNumber=1042")
        #expect(done["orderId"]?.int == id)
        #expect(tenancy.fake.order("1042", of: 42)?.status == 1000)
        let again = tenancy.call(.delete, "orders/\(id)")
        #expect(again.status == 400)
        #expect(String(decoding: again.body, as: UTF8.self) == #"{"message":"Order 1042 is already cancelled."}"#)
        #expect(tenancy.call(.delete, "orders?goodsOwnerId=42&orderNumber=77").status == 404)
    }

    @Test func cancellingAgainMaySucceed() throws {
        let tenancy = Tenancy(["cancel.again": "200"])
        let id = try tenancy.putOrder("1042")
        try tenancy.json(.delete, "orders/\(id)")
        let changes = tenancy.fake.order("1042", of: 42)?.statusHistory.count
        try tenancy.json(.delete, "orders/\(id)")
        #expect(tenancy.fake.order("1042", of: 42)?.statusHistory.count == changes)
    }

    @Test func anOrderBeingPickedCannotBeCancelled() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        let id = try tenancy.putOrder("1042")
        try tenancy.fake.pick(goodsOwner: 42, order: "1042", lines: [pick("1", 1)])
        #expect(tenancy.call(.delete, "orders/\(id)").status == 400)
        #expect(tenancy.fake.order("1042", of: 42)?.isCancelled == false)
    }

    @Test func aCancelledNumberIsRefusedOrRevived() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        try tenancy.json(.delete, "orders/\(id)")
        let response = tenancy.call(.put, "orders", Tenancy.order("1042", [("1", "CHAIR", 5)]))
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"message":"Order 1042 is cancelled and cannot be updated."}"#)
        let reviving = Tenancy(["put.cancelled_number": "revive"])
        let revived = try reviving.putOrder("1042")
        try reviving.json(.delete, "orders/\(revived)")
        #expect(try reviving.putOrder("1042") == revived)
        #expect(reviving.fake.order("1042", of: 42)?.status == 200)
    }

    // MARK: By id and in part

    @Test func anOrderPutByIdMayTakeAnotherNumberButNotATakenOne() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        try tenancy.putOrder("1043")
        try tenancy.json(.put, "orders/\(id)", Tenancy.order("1044", []))
        #expect(try tenancy.orderNumbers("orderNumber=1044") == ["1044"])
        #expect(try tenancy.orderNumbers("orderNumber=1042") == [])
        #expect(tenancy.call(.put, "orders/\(id)", Tenancy.order("1043", [])).status == 400)
        #expect(tenancy.call(.put, "orders/1", Tenancy.order("1050", [])).status == 404)
    }

    /// The vendor says that this call does not check whether the number is taken.
    @Test func aPatchedNumberIsNotChecked() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        try tenancy.putOrder("1043")
        try tenancy.json(.patch, "orders/\(id)/orderNumber", ["orderNumber": "1043"])
        #expect(try tenancy.orderNumbers("orderNumber=1043") == ["1043", "1043"])
    }

    @Test func singleMembersArePatched() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        let line = try tenancy.line("1042").id
        try tenancy.json(.patch, "orders/\(id)/waybill", ["waybill": "370123"])
        try tenancy.json(.patch, "orders/\(id)/deliveryDate", ["deliveryDate": "2026-09-09T22:00:00+02:00"])
        try tenancy.json(.patch, "orders/\(id)/freightPrice", ["freightPrice": 59])
        try tenancy.json(.patch, "orders/\(id)/transporter", ["transporterCode": "POST", "transporterServiceCode": "P1"])
        try tenancy.json(.patch, "orders/\(id)/lines/\(line)/customerLinePrice", ["customerLinePrice": "12.5"])
        let read = try tenancy.json(.get, "orders/\(id)")
        #expect(read.at("orderInfo.wayBill") == "370123")
        #expect(read.at("orderInfo.deliveryDate") == "2026-09-09")
        #expect(read.at("orderInfo.advanced.deliveryDateWithTime") == "2026-09-09T20:00:00Z")
        #expect(read.at("orderInfo.freightPrice")?.number?.text == "59.0")
        #expect(read.at("transporter.serviceCode") == "P1")
        #expect(read.at("orderLines.0.prices.customerLinePrice")?.number?.text == "12.5")
        #expect(
            tenancy.call(.patch, "orders/\(id)/orderRemark", ["orderRemark": .string(String(repeating: "x", count: 501))]).status
                == 400)
    }

    @Test func theStatusIsPatchedByTheRules() throws {
        let tenancy = Tenancy()
        tenancy.open("CHAIR", 10)
        let id = try tenancy.putOrder("1042")
        let target = "orders/\(id)/orderStatus"
        try tenancy.json(.patch, target, ["orderStatusNumber": 300])
        #expect(tenancy.call(.patch, target, ["orderStatusNumber": 301]).status == 400)
        try tenancy.fake.allocate(goodsOwner: 42, order: "1042")
        #expect(tenancy.call(.patch, target, ["orderStatusNumber": 200]).status == 400)
        #expect(tenancy.fake.order("1042", of: 42)?.statusHistory.map(\.status) == [200, 300, 320])
    }
}
