import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

/// What was written can be read back as written, where the API has a place for it.
@Suite struct RoundTripTests {
    @Test(arguments: ["articles", "orders", "purchaseOrders"]) func filesAreListedAndReplaced(resource: String) throws {
        let tenancy = Tenancy()
        let order = try tenancy.putOrder("1042")
        let purchase = try tenancy.putPurchaseOrder("3005")
        let article = try #require(tenancy.fake.article("CHAIR", of: 42)?.systemId)
        let bearer = ["articles": article, "orders": order, "purchaseOrders": purchase][resource]!
        let path = "\(resource)/\(bearer)/files"
        func file(_ name: String?, _ data: String) -> JSON {
            var body: JSONObject = ["mimeType": "text/plain", "fileDataBase64": .string(data)]
            if let name { body["fileName"] = .string(name) }
            return .object(body)
        }
        let first = try #require(try tenancy.json(.post, path, file("a.txt", "QQ=="))["fileId"]?.int)
        let second = try #require(try tenancy.json(.put, path + "?fileName=b.txt", file(nil, "Qg=="))["fileId"]?.int)
        #expect(try tenancy.json(.put, path + "?fileName=b.txt", file(nil, "Qw=="))["fileId"]?.int == second)
        try tenancy.json(.put, "\(path)/\(first)", file("c.txt", "RA=="))
        let listed = try #require(try tenancy.json(.get, path).array)
        #expect(listed.map { $0["fileName"] } == ["c.txt", "b.txt"])
        #expect(listed.map { $0["fileDataBase64"] } == ["RA==", "Qw=="])
        #expect(tenancy.call(.put, "\(path)/99", file("x", "")).status == 404)
        if resource == "orders" {
            try tenancy.json(.delete, "\(path)/\(first)")
            #expect(try tenancy.json(.get, path).array?.count == 1)
        }
    }

    @Test func waybillRowsComeBack() throws {
        let tenancy = Tenancy()
        let path = "orders/\(try tenancy.putOrder("1042"))/wayBillRows"
        let row: JSON = [
            "numberOfPackages": 2, "weight": .number(JSONNumber("1.5")!), "comment": "Glass",
            "parcelType": ["code": "BOX"],
        ]
        let id = try #require(try tenancy.json(.post, path, row)["wayBillRowId"]?.int)
        #expect(try tenancy.json(.get, path).at("0.comment") == "Glass")
        #expect(try tenancy.json(.get, path).at("0.weight")?.number?.text == "1.5")
        try tenancy.json(.patch, "\(path)/\(id)", ["numberOfPackages": 3, "parcelType": ["code": "BOX"]])
        #expect(try tenancy.json(.get, path).at("0.numberOfPackages") == 3)
        try tenancy.json(.delete, "\(path)/\(id)")
        #expect(try tenancy.json(.get, path) == [])
        #expect(tenancy.call(.delete, "\(path)/\(id)").status == 404)
    }

    @Test func classesDangerousGoodsAndStructuresHangOnTheArticle() throws {
        let tenancy = Tenancy()
        let body: JSON = [
            "goodsOwnerId": 42, "articleNumber": "SET",
            "structureDefinition": [
                "articleKind": "Structure", "rows": [["articleNumber": "CHAIR", "numberOfItems": 4]],
            ],
        ]
        let id = try #require(try tenancy.json(.put, "articles", body)["articleSystemId"]?.int)
        #expect(try tenancy.json(.get, "articles/\(id)/structureDefinition").at("rows.0.articleNumber") == "CHAIR")
        let all = try tenancy.json(.get, "articles/structureDefinitions?goodsOwnerId=42&articleKind=Structure")
        #expect(all.array?.count == 1)
        let entry: JSON = ["goodsOwnerId": 42, "code": "COLD", "name": "Cold"]
        let kind = try #require(try tenancy.json(.put, "articles/classes", entry)["articleClassId"]?.int)
        try tenancy.json(.put, "articles/\(id)/classes", ["articleClassIds": [JSON(kind)]])
        #expect(try tenancy.json(.get, "articles/\(id)").at("classes.0.code") == "COLD")
        let goods: JSON = ["unNumber": "1993", "unIsMarineHazard": true, "emsCode": "F-E"]
        try tenancy.json(.put, "articles/\(id)/dangerousGoods", goods)
        let kept = try tenancy.json(.get, "articles/\(id)/dangerousGoods")
        #expect(kept.at("dangerousGoods.unNumber.unNumber") == "1993")
        #expect(kept.at("dangerousGoods.unIsMarineHazard") == true)
        #expect(try tenancy.json(.get, "articles/dangerousGoods?goodsOwnerId=42").array?.count == 1)
    }

    /// One code stands for one entry: renaming one into another would leave two that nobody can tell apart.
    @Test func entriesOfACatalogueAreWrittenRenamedAndDeleted() throws {
        let tenancy = Tenancy()
        func put(_ target: String, _ code: String, _ name: String) -> Response {
            tenancy.call(.put, target, ["goodsOwnerId": 42, "code": .string(code), "name": .string(name)])
        }
        let lists = [
            ("articles/classes", "articleClassId", "articleClasses"),
            ("orders/wayOfDeliveryTypes", "wayOfDeliveryTypeId", "wayOfDeliveryTypes"),
            ("returnOrders/returnCauses", "returnCauseId", "returnCauses"),
        ]
        for (path, idName, wrapper) in lists {
            let first = try #require(try JSON.parse(put(path, "A", "a").body)[idName]?.int)
            #expect(put(path, "B", "b").status == 200)
            #expect(put("\(path)/\(first)", "B", "stolen").status == 400)
            #expect(put("\(path)/\(first)", "C", "c").status == 200)
            let listed = try tenancy.json(.get, "\(path)?goodsOwnerId=42")[wrapper]?.array
            #expect(listed?.map { $0["code"] } == ["C", "B"])
            #expect(listed?.map { $0["name"] } == ["c", "b"])
            guard idName != "returnCauseId" else { continue }
            try tenancy.json(.delete, "\(path)/\(first)")
            #expect(try tenancy.json(.get, "\(path)?goodsOwnerId=42")[wrapper]?.array?.count == 1)
        }
    }

    @Test func narrowUpdatesShowOnTheOrder() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        let changes: [(String, JSON, String)] = [
            ("freeText1", "x", "orderInfo.freeText1"), ("orderRemark", "r", "orderInfo.orderRemark"),
            ("warehouseInstruction", "w", "orderInfo.warehouseInstruction"), ("waybill", "W", "orderInfo.wayBill"),
            ("returnWaybill", "V", "orderInfo.returnWayBill"), ("servicePointCode", "S", "orderInfo.servicePointCode"),
            ("goodsOwnerOrderId", "G", "orderInfo.goodsOwnerOrderId"), ("orderNumber", "1043", "orderInfo.orderNumber"),
        ]
        for (name, value, path) in changes {
            try tenancy.json(.patch, "orders/\(id)/\(name)", [name: value])
            #expect(try tenancy.json(.get, "orders/\(id)").at(path) == value, "\(name)")
        }
        #expect(try tenancy.json(.get, "orders/\(id)/invoiceCharges") == [])
    }

    // MARK: HTTP

    @Test func headAndOptionsAreMethodsThatNoPathHas() {
        let tenancy = Tenancy()
        for method in [HTTPRequest.Method.head, .options, HTTPRequest.Method("BREW")!] {
            let response = tenancy.call(method, "warehouses")
            #expect(response.status == 405)
            #expect(response.headers[.allow] == "GET")
        }
        #expect(tenancy.call(.head, "warehouses").body.isEmpty)
    }

    @Test func largeAndForeignBodiesAreRefused() {
        let tenancy = Tenancy()
        func status(_ body: [UInt8], _ type: String) -> Int {
            var request = Request(.put, "/demo/api/v1/articles", body: body)
            request.headers[.authorization] = "Basic V1NJb25lOnNlY3JldA=="
            request.headers[.contentType] = type
            return tenancy.fake.respond(to: request).status
        }
        #expect(status([UInt8](repeating: 0x20, count: 5 << 20), "application/json") == 413)
        #expect(status(Array("a=1".utf8), "application/x-www-form-urlencoded") == 415)
        #expect(status([0xFF, 0xFE], "application/json; charset=utf-8") == 400)
        #expect(status(Array(String(repeating: "[", count: 100_000).utf8), "text/json") == 400)
        #expect(status(Array(#"{"goodsOwnerId":42,"goodsOwnerId":43,"articleNumber":"A"}"#.utf8), "text/json") == 400)
    }

    @Test func anEmptySegmentNamesNothing() {
        let tenancy = Tenancy()
        for path in ["warehouses/", "/warehouses", "orders//files"] {
            #expect(tenancy.call(.get, path).status == 404, "\(path)")
        }
    }
}
