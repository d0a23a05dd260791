import Exchange
import JSON
import Scripted
import Testing
import Trade
import Units

@testable import OngoingClient

@Suite struct OrderTests {
    private let done: JSON = ["orderId": 70011, "message": "Order number 1042-2 created/updated"]

    @Test func anOrderIsSentWhole() throws {
        let bench = Bench([Response(status: 201, json: done)])
        #expect(try bench.client.put(Sample.outbound) == WarehouseID(70011))
        #expect(bench.transport.requests[0].target == "/demo/api/v1/orders")
        #expect(
            bench.transport.lastBody == """
                {
                  "goodsOwnerId": 42,
                  "orderNumber": "1042-2",
                  "goodsOwnerOrderId": "1042",
                  "referenceNumber": "Mia Prove",
                  "deliveryDate": "2026-03-05",
                  "deliveryInstruction": "Ring the bell",
                  "customsInfo": {
                    "customsValueCurrencyCode": "DKK"
                  },
                  "advanced": {
                    "invoiceNumber": "3",
                    "termsOfPaymentString": "Net 14"
                  },
                  "consignee": {
                    "customerNumber": "501",
                    "name": "Cafe Fiktiv Lager",
                    "address1": "Lager 2",
                    "address2": "Port B",
                    "postCode": "8200",
                    "city": "Aarhus N",
                    "countryCode": "DK",
                    "advanced": {
                      "emailNotification": {
                        "toBeNotified": true,
                        "value": "in@example.test"
                      },
                      "smsNotification": {
                        "toBeNotified": true,
                        "value": "+4500000000"
                      }
                    },
                    "invoiceAddress": {
                      "name": "Cafe Fiktiv",
                      "address1": "Gade 1",
                      "postCode": "8000",
                      "city": "Aarhus C",
                      "countryCode": "DK",
                      "advanced": {
                        "emailNotification": {
                          "value": "bill@example.test"
                        }
                      }
                    }
                  },
                  "emailNotification": {
                    "toBeNotified": true,
                    "value": "in@example.test"
                  },
                  "smsNotification": {
                    "toBeNotified": true,
                    "value": "+4500000000"
                  },
                  "orderLines": [
                    {
                      "rowNumber": "90011",
                      "externalId": "90011",
                      "articleNumber": "KOP-01",
                      "numberOfItems": 3,
                      "lineTotalCustomsValue": 500,
                      "prices": {
                        "customerLinePrice": 500,
                        "currencyCode": "DKK"
                      }
                    },
                    {
                      "rowNumber": "90012",
                      "externalId": "90012",
                      "articleNumber": "KOP-01",
                      "numberOfItems": 0.5
                    }
                  ]
                }
                """)
    }

    /// The consignee is required, even when nothing is known of it, and the lines are always the complete list.
    @Test func aBareOrderHasStillItsRequiredMembers() throws {
        let bench = Bench(done)
        let bare = OutboundOrder(
            number: OrderNumber("1042"), erpNumber: OrderNumber("1042"), deliveryDate: CivilDate("2026-03-05")!,
            consignee: WarehouseAddress(), lines: [])
        _ = try bench.client.put(bare)
        #expect(
            bench.transport.conversation == [
                """
                PUT /demo/api/v1/orders {"goodsOwnerId":42,"orderNumber":"1042","goodsOwnerOrderId":"1042",\
                "deliveryDate":"2026-03-05","consignee":{},"orderLines":[]}
                """
            ])
    }

    /// An address that was removed must not go on being notified.
    @Test func anUpdateEmptiesTextsAndStopsNotifications() throws {
        let bench = Bench(done)
        var bare = OutboundOrder(
            number: OrderNumber("1042"), erpNumber: OrderNumber("1042"), deliveryDate: CivilDate("2026-03-05")!,
            consignee: WarehouseAddress(), lines: [])
        bare.consignee.name = "Cafe Fiktiv"
        _ = try bench.client.put(bare, isUpdate: true)
        let silent = #"{"toBeNotified":false,"value":""}"#
        let notifications = #""emailNotification":\#(silent),"smsNotification":\#(silent)"#
        #expect(
            bench.transport.conversation == [
                """
                PUT /demo/api/v1/orders {"goodsOwnerId":42,"orderNumber":"1042","goodsOwnerOrderId":"1042",\
                "referenceNumber":"","deliveryDate":"2026-03-05","deliveryInstruction":"",\
                "advanced":{"invoiceNumber":"","termsOfPaymentString":""},"consignee":{"name":"Cafe Fiktiv","address1":"",\
                "address2":"","postCode":"","city":"","advanced":{\(notifications)}},\(notifications),"orderLines":[]}
                """
            ])
    }

    /// Whether the price is the line's or one unit's is not stated; the customs value is the line's in any case.
    @Test func theLinePriceFollowsTheProfile() throws {
        let bench = Bench(done, choosing: ["line_price": "unit"])
        _ = try bench.client.put(Sample.outbound)
        #expect(
            bench.transport.conversation[0].contains(
                #""lineTotalCustomsValue":500,"prices":{"customerLinePrice":166.666667,"currencyCode":"DKK"}"#))
    }

    @Test(
        arguments: [
            ("500", "3", "166.666667"), ("1", "0.5", "2"), ("-1", "3", "-0.333333"), ("0.000001", "2", "0.000001"),
            ("1000000000000", "0.000001", "1000000000000000000"), ("1", "0", "nothing"),
        ]) func divisionRoundsHalfAwayFromZero(dividend: String, divisor: String, quotient: String)
    {
        let result = ExactDecimal(dividend)!.divided(by: ExactDecimal(divisor)!)
        #expect((result.map { "\($0)" } ?? "nothing") == quotient)
    }

    @Test func aSuccessWithoutAnIdentifierIsUnreadable() {
        let bench = Bench(["orderId": nil, "message": "Order 1042-2 is <br/>being picked."])
        #expect(
            failure { try bench.client.put(Sample.outbound) } == """
                Ongoing PUT /orders, order 1042-2: the response cannot be read: it names no orderId and says: Order 1042-2 is \
                being picked. Ongoing may or may not have carried it out.
                """)
    }

    @Test func anOrderIsReadByItsIdentifier() throws {
        let bench = Bench(Sample.order)
        var expected = WarehouseOrder(
            id: WarehouseID(70011), number: OrderNumber("1042-2"), status: 450,
            lines: [
                WarehouseOrderLine(
                    id: WarehouseID(88120), row: LineID("90011"), article: ItemNumber("KOP-01"), ordered: Quantity("10")!,
                    picked: Quantity("8")!, reported: nil)
            ])
        expected.erpNumber = OrderNumber("1042")
        expected.statusText = "Sent"
        #expect(try bench.client.order(WarehouseID(70011)) == expected)
        #expect(bench.transport.conversation == ["GET /demo/api/v1/orders/70011"])
    }

    @Test func aBackOrderNamesTheOrderItFinishes() throws {
        let back = Sample.order.with("orderInfo/advanced/backOrderInfo", ["backOrderForOrderId": 70010])
        #expect(try Bench(back).client.order(WarehouseID(70011))?.backOrderFor == WarehouseID(70010))
    }

    /// Staff type lines in by hand, empty arrays are written as null, and empty texts as «».
    @Test func whatTheWarehouseLeavesEmptyIsEmpty() throws {
        let typed = Sample.order.with("orderInfo/goodsOwnerOrderId", "").with("orderInfo/advanced", .null)
            .withFirst(of: "orderLines") {
                $0.with("rowNumber", "").with("article", .null).with("pickedNumberOfItems", .null)
                    .with("reportedNumberOfItems", "2.5")
            }
        let order = try #require(try Bench(typed).client.order(WarehouseID(70011)))
        #expect(order.erpNumber == nil)
        #expect(
            order.lines == [
                WarehouseOrderLine(
                    id: WarehouseID(88120), row: nil, article: nil, ordered: Quantity("10")!, picked: .zero,
                    reported: Quantity("2.5"))
            ])
        #expect(try Bench(Sample.order.with("orderLines", .null)).client.order(WarehouseID(70011))?.lines == [])
    }

    @Test(
        arguments: [
            ("orderInfo", "null", "/orderInfo is null"), ("orderInfo/orderId", "null", "/orderInfo/orderId is null"),
            ("orderInfo/orderNumber", "1042", "/orderInfo/orderNumber is 1042; a text was expected"),
            (
                "orderInfo/orderStatus/number", #""Sent""#,
                #"/orderInfo/orderStatus/number is "Sent"; a whole number was expected"#
            ),
            ("orderLines", "{}", "/orderLines is an object; an array was expected"),
            ("orderLines", #"[{"id":1,"orderedNumberOfItems":1}]"#, "/orderLines/0/pickedNumberOfItems is missing"),
            (
                "orderLines", #"[{"id":1,"orderedNumberOfItems":0.1234567}]"#,
                "/orderLines/0/orderedNumberOfItems is 0.1234567; a number with at most six decimals was expected"
            ),
        ]) func whatCannotBeReadIsNamed(member: String, value: String, problem: String)
    {
        let bench = Bench(Sample.order.with(member, .read(value)))
        #expect(
            failure { try bench.client.order(WarehouseID(70011)) }
                == "Ongoing GET /orders/70011: the response cannot be read: \(problem). Nothing changed in Ongoing.")
    }

    /// The line's own figure, and not «all that is picked», which may have grown since it was read.
    @Test func whatWasDealtWithIsReportedByLine() throws {
        let bench = Bench(["orderId": 70011], ["orderId": 70011, "message": "cancelled"])
        try bench.client.reportPicked(Quantity("8.5")!, line: WarehouseID(88120), of: WarehouseID(70011))
        try bench.client.cancelOrder(WarehouseID(70011))
        #expect(
            bench.transport.conversation == [
                #"PATCH /demo/api/v1/orders/70011/lines/88120/reportedNumberOfItems {"reportedNumberOfItems":8.5}"#,
                "DELETE /demo/api/v1/orders/70011",
            ])
    }
}
