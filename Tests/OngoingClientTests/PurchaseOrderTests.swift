import Exchange
import HTTPTypes
import JSON
import Scripted
import Testing
import Trade
import Units

@testable import OngoingClient

@Suite struct PurchaseOrderTests {
    private let done: JSON = ["purchaseOrderId": 555, "message": "Inorder with order number 3005 created. <br/>"]

    /// The first line of the address is `address` here and the telephone `telePhone`.
    @Test func aPurchaseOrderIsSentWhole() throws {
        let bench = Bench(done)
        #expect(try bench.client.put(Sample.inbound) == WarehouseID(555))
        #expect(bench.transport.requests[0].target == "/demo/api/v1/purchaseOrders")
        #expect(
            bench.transport.lastBody == """
                {
                  "goodsOwnerId": 42,
                  "purchaseOrderNumber": "3005",
                  "referenceNumber": "12",
                  "purchaseOrderRemark": "Gate B",
                  "advanced": {
                    "orderDate": "2026-03-01T11:00:00Z"
                  },
                  "supplierInfo": {
                    "supplierNumber": "20",
                    "supplierName": "Ler A/S",
                    "supplierAddress": {
                      "name": "Ler A/S",
                      "address": "Ovnvej 4",
                      "address2": "Port 1",
                      "postCode": "7100",
                      "city": "Vejle",
                      "countryCode": "DK",
                      "email": "so@example.test",
                      "telePhone": "+4511111111",
                      "mobilePhone": "+4511111111"
                    }
                  },
                  "purchaseOrderLines": [
                    {
                      "rowNumber": "61001",
                      "externalOrderLineId": "61001",
                      "articleNumber": "KOP-01",
                      "numberOfItems": 40,
                      "rowPrice": 1562.5,
                      "currencyCode": "DKK"
                    }
                  ]
                }
                """)
    }

    @Test func aBarePurchaseOrderHasStillItsLines() throws {
        let bench = Bench(done)
        _ = try bench.client.put(
            InboundOrder(number: PurchaseOrderNumber("3005"), erpNumber: PurchaseOrderNumber("3005"), lines: []))
        #expect(
            bench.transport.conversation == [
                #"PUT /demo/api/v1/purchaseOrders {"goodsOwnerId":42,"purchaseOrderNumber":"3005","purchaseOrderLines":[]}"#
            ])
    }

    @Test func anUpdateEmptiesTheTextsThatHaveNoValue() throws {
        let bench = Bench(done)
        var order = Sample.inbound
        order.remark = nil
        order.supplierAddress?.phone = nil
        _ = try bench.client.put(order, isUpdate: true)
        #expect(bench.transport.conversation[0].contains(#""purchaseOrderRemark":"","advanced""#))
        #expect(bench.transport.conversation[0].contains(#""telePhone":"","mobilePhone":""}"#))
    }

    /// REST has no field for it.
    @Test func theSuppliersGroupGoesToTheFreeValues() throws {
        let bench = Bench(done)
        var order = Sample.inbound
        order.supplierGroupNumber = "1"
        order.supplierGroupName = "Domestic"
        _ = try bench.client.put(order)
        #expect(bench.transport.conversation[0].contains(#","freeValues":{"freeText1":"1","freeText2":"Domestic"},"#))
    }

    @Test func aPurchaseOrderIsReadByItsIdentifier() throws {
        let bench = Bench(Sample.purchaseOrder)
        var expected = WarehousePurchaseOrder(
            id: WarehouseID(555), number: PurchaseOrderNumber("3005"), status: 300,
            lines: [
                WarehousePurchaseLine(
                    id: WarehouseID(910), row: LineID("61001"), article: ItemNumber("KOP-01"), advised: Quantity("15")!,
                    received: Quantity("19")!, reported: Quantity("5"))
            ])
        expected.statusText = "Inbound"
        #expect(try bench.client.purchaseOrder(WarehouseID(555)) == expected)
        #expect(bench.transport.conversation == ["GET /demo/api/v1/purchaseOrders/555"])
    }

    /// The supplier's address is sent as `supplierAddress`, with `address`, and shown as `address`, with `address1`.
    @Test(arguments: [
        (#"{"address1":"Ovnvej 4","address2":"Port 1","postCode":"7100","city":"Vejle","countryCode":"DK"}"#, true),
        (#"{"address1":"Ovnvej 5","address2":"Port 1","postCode":"7100","city":"Vejle","countryCode":"DK"}"#, false),
        (#"{"address1":"Ovnvej 4","address2":"","postCode":"7100","city":"Vejle","countryCode":"DK"}"#, false),
        (#"{"address1":"Ovnvej 4","address2":"Port 1","postCode":"7101","city":"Vejle","countryCode":"DK"}"#, false),
        (#"{"address1":"Ovnvej 4","address2":"Port 1","postCode":"7100","city":"Jelling","countryCode":"DK"}"#, false),
        (#"{"address1":"Ovnvej 4","address2":"Port 1","postCode":"7100","city":"Vejle","countryCode":"DE"}"#, false),
        ("null", true),
    ]) func whatIsShownOfTheSupplierIsCompared(address: String, isSame: Bool) throws {
        let supplier = #"{"supplierNumber":"20","address":\#(address)}"#
        let bench = Bench(
            JSON.read(#"{"supplierInfo":\#(supplier),"purchaseOrderInfo":{},"purchaseOrderLines":[]}"#))
        #expect(try bench.client.shows(Sample.inbound, at: WarehouseID(555)) == isSame)
    }

    /// The response is declared as a stream of bytes: there is nothing to read in it.
    @Test func whatWasDealtWithIsReportedByLine() throws {
        let stream = Response(status: 200, headers: [.contentType: "application/octet-stream"], body: [1, 2, 3])
        let bench = Bench([stream, Response(status: 200, json: done)])
        try bench.client.reportReceived(Quantity("19")!, line: WarehouseID(910), of: WarehouseID(555))
        try bench.client.cancelPurchaseOrder(WarehouseID(555))
        #expect(
            bench.transport.conversation == [
                #"PATCH /demo/api/v1/purchaseOrders/555/lines/910/reportedNumberOfItems {"reportedNumberOfItems":19}"#,
                "DELETE /demo/api/v1/purchaseOrders/555",
            ])
    }
}
