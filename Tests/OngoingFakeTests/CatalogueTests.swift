import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

@Suite struct CatalogueTests {
    @Test func theStandardStatusesAreListed() throws {
        let tenancy = Tenancy()
        func numbers(_ target: String, _ wrapper: String) throws -> [Int]? {
            try tenancy.json(.get, target)[wrapper]?.array?.compactMap { $0["number"]?.int }
        }
        #expect(try numbers("orders/statuses", "orderStatuses") == [150, 200, 300, 320, 400, 450, 500, 800, 1000])
        #expect(try numbers("purchaseOrders/statuses", "orderStatuses") == [100, 200, 300, 400, 500, 900])
        #expect(try numbers("returnOrders/statuses", "returnOrderStatuses") == [100, 500, 900])
    }

    @Test func theWarehouseNeedsNoGoodsOwner() throws {
        let tenancy = Tenancy()
        #expect(
            try tenancy.json(.get, "warehouses").text == #"[{"id":1,"code":"MAIN","name":"Main warehouse","address":null}]"#)
        #expect(try tenancy.json(.get, "warehouses/1/zones").array?.count == 1)
        #expect(tenancy.call(.get, "warehouses/2/zones").status == 404)
        #expect(try tenancy.json(.get, "warehouses/locations/types").array?.count == 1)
    }

    @Test func goodsOwnersAreThoseTheUserReaches() throws {
        let tenancy = Tenancy()
        tenancy.fake.addGoodsOwner(id: 43, name: "Second shop")
        #expect(try tenancy.json(.get, "goodsOwners").at("goodsOwners.0.goodsOwnerName") == "Nordic Shop")
        #expect(try tenancy.json(.get, "goodsOwners/42")["goodsOwnerId"] == 42)
        #expect(tenancy.call(.get, "goodsOwners/43").status == 404)
    }

    /// Types, classes and ways of delivery come into being with the orders that name them.
    @Test func whatOrdersNameIsListedFromThenOn() throws {
        let tenancy = Tenancy()
        try tenancy.putOrder(
            "1042", [],
            [
                "orderType": ["code": "B2B", "name": "Business"], "wayOfDelivery": ["code": "P", "name": "Parcel"],
                "classes": [["code": "VIP", "name": "Important"]],
            ])
        #expect(try tenancy.json(.get, "orders/types?goodsOwnerId=42") == ["orderTypes": [["code": "B2B", "name": "Business"]]])
        #expect(try tenancy.json(.get, "orders/classes?goodsOwnerId=42").at("orderClasses.0.code") == "VIP")
        let way = try tenancy.json(.get, "orders/wayOfDeliveryTypes?goodsOwnerId=42").at("wayOfDeliveryTypes.0")
        #expect(way?["name"] == "Parcel")
        let body: JSON = ["goodsOwnerId": 42, "code": "P", "name": "Parcel post"]
        let changed = try tenancy.json(.put, "orders/wayOfDeliveryTypes", body)
        #expect(changed["wayOfDeliveryTypeId"] == way?["id"])
        #expect(changed["success"] == true)
    }

    @Test func classesAreReplacedAddedAndTakenAway() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042", [], ["classes": [["code": "A", "name": "a"]]])

        func shown() -> [String] {
            let read = try? tenancy.json(.get, "orders/\(id)")["classes"]?.array
            return read?.compactMap { $0["code"]?.string } ?? []
        }
        try tenancy.json(.patch, "orders/\(id)/addOrderClasses", ["classes": [["code": "B", "name": "b"]]])
        #expect(shown() == ["A", "B"])
        try tenancy.json(.patch, "orders/\(id)/setOrderClasses", ["classes": [["code": "C", "name": "c"]]])
        #expect(shown() == ["C"])
        try tenancy.json(.delete, "orders/\(id)/classes")
        #expect(shown() == [])
    }

    @Test func parcelsTrackingAndRowsHangOnTheOrder() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        let parcel: JSON = [
            "parcelNumber": "P1", "transportAdministrationType": "Manual",
            "tracking": ["waybill": "370123", "trackingUrl": "https://track.example/370123"],
        ]
        let parcelID = try #require(try tenancy.json(.put, "orders/\(id)/parcels", parcel)["parcelId"]?.int)
        try tenancy.json(
            .put, "orders/\(id)/orderTracking",
            ["waybill": "R1", "trackingUrl": "https://track.example/R1", "isReturnTracking": true])
        try tenancy.fake.addTracking(goodsOwner: 42, order: "1042", waybill: "W1")
        try tenancy.json(.put, "orders/\(id)/orderTextLines", ["rowNumber": "t1", "comment": "Fragile"])
        let read = try tenancy.json(.get, "orders/\(id)")
        #expect(read.at("parcels.0.tracking.waybill") == "370123")
        #expect(read.at("tracking.0.waybill") == "W1")
        #expect(read.at("tracking.1") == nil)
        #expect(read.at("returnTracking.0.waybill") == "R1")
        #expect(read.at("orderInfo.wayBill") == "W1")
        #expect(read.at("advanced.orderTextLines.0.comment") == "Fragile")
        #expect(try tenancy.orderNumbers("parcelNumber=P1") == ["1042"])
        try tenancy.json(.delete, "orders/\(id)/parcels/\(parcelID)")
        #expect(try tenancy.json(.get, "orders/\(id)")["parcels"] == .null)
    }

    @Test func returnOrdersNameOrderAndLinesById() throws {
        let tenancy = Tenancy()
        let order = try tenancy.putOrder("1042")
        let line = try tenancy.line("1042").id
        func body(_ line: Int) -> JSON {
            [
                "goodsOwnerId": 42, "returnOrderNumber": "R1", "customerOrder": ["orderId": JSON(order)],
                "returnOrderLines": [
                    [
                        "returnOrderRowNumber": "1", "customerOrderLine": ["orderLineId": JSON(line)],
                        "toBeReturnedNumberOfItems": 2, "returnCause": ["code": "DEFECT", "name": "Defect"],
                    ]
                ],
            ]
        }
        #expect(tenancy.call(.put, "returnOrders", body(1)).status == 400)
        let id = try #require(try tenancy.json(.put, "returnOrders", body(line))["returnOrderId"]?.int)
        #expect(try tenancy.json(.put, "returnOrders", body(line))["returnOrderId"]?.int == id)
        let read = try tenancy.json(.get, "returnOrders/\(id)")
        #expect(read.at("returnOrderLines.0.customerOrderLine.customerOrderRowNumber") == "1")
        #expect(read.at("returnOrderLines.0.returnCause.code") == "DEFECT")
        try tenancy.json(.patch, "returnOrders/\(id)/returnOrderStatus", ["returnOrderStatusNumber": 500])
        #expect(try tenancy.json(.get, "returnOrders?goodsOwnerId=42&returnOrderStatusFrom=500").array?.count == 1)
        try tenancy.json(.delete, "returnOrders?goodsOwnerId=42&returnOrderNumber=R1")
        #expect(tenancy.fake.returnOrders(of: 42).map(\.status) == [900])
    }
}
