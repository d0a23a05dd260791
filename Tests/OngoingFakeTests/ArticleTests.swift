import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

@Suite struct ArticleTests {
    private func put(_ tenancy: Tenancy, _ number: String, _ more: JSONObject = [:]) throws {
        let body: JSONObject = ["goodsOwnerId": 42, "articleNumber": .string(number)]
        try tenancy.json(.put, "articles", .object(JSONObject(body.members + more.members)))
    }

    private func numbers(_ tenancy: Tenancy, _ query: String) throws -> [String] {
        let list = try tenancy.json(.get, "articles?goodsOwnerId=42&\(query)")
        return try #require(list.array).compactMap { $0["articleNumber"]?.string }
    }

    @Test func anArticleIsCreatedAndUpdatedByNumber() throws {
        let tenancy = Tenancy()
        let body: JSON = ["goodsOwnerId": 42, "articleNumber": "RB-1", "articleName": "Steel bottle"]
        let first = try tenancy.json(.put, "articles", body)
        #expect(first["message"] == "Article RB-1 Steel bottle Updated/Created")
        #expect(try tenancy.json(.put, "articles", body)["articleSystemId"] == first["articleSystemId"])
        #expect(tenancy.fake.articles(of: 42).count == 1)
    }

    @Test func allMembersAreShownAgainUnderTheVendorsNames() throws {
        let tenancy = Tenancy()
        try put(
            tenancy, "RB-1",
            [
                "purcaseCurrencyCode": "DKK", "weight": "0.31", "barCodeInfo": ["barCode": "5700"],
                "supplierInfo": ["supplierNumber": "S7", "supplierName": "Nordic Steel"],
                "articleGroup": ["code": "10", "name": "Bottles"], "storageProperties": ["isBatchArticle": true],
            ])
        let read = try tenancy.json(.get, "articles?goodsOwnerId=42").at("0")
        #expect(read?.object?.count == 54)
        #expect(read?["purcaseCurrencyCode"] == "DKK")
        #expect(read?["weight"]?.number?.text == "0.31")
        #expect(read?.at("storageProperties.isBatchArticle") == true)
        #expect(read?.at("storageProperties.isObsolete") == false)
        #expect(read?["isActive"] == true)
        #expect(read?["productCode"] == "")
        #expect(read?["netWeight"] == .null)
        #expect(read?["classes"] == .null)
        #expect(try tenancy.json(.get, "articles/groups?goodsOwnerId=42").at("articleGroups.0.name") == "Bottles")
    }

    @Test func aGroupHasOneNameForAllItsArticles() throws {
        let tenancy = Tenancy()
        try put(tenancy, "A", ["articleGroup": ["code": "10", "name": "Bottles"]])
        #expect(try tenancy.json(.get, "articles?goodsOwnerId=42").at("0.articleGroup.name") == "Bottles")
        try put(tenancy, "B", ["articleGroup": ["code": "10", "name": "Flasks"]])
        #expect(try tenancy.json(.get, "articles?goodsOwnerId=42").at("0.articleGroup.name") == "Flasks")
    }

    /// The number changes, the stock stays: the ledger has to follow.
    @Test func anArticlePutByIdMayTakeAnotherNumber() throws {
        let tenancy = Tenancy()
        tenancy.open("OLD", 4)
        let id = try #require(tenancy.fake.article("OLD", of: 42)?.systemId)
        try tenancy.json(.put, "articles/\(id)", ["goodsOwnerId": 42, "articleNumber": "NEW"])
        #expect(tenancy.stock("NEW") == 4)
        #expect(tenancy.stock("OLD") == 0)
        #expect(tenancy.fake.imbalances() == [])
        tenancy.open("TAKEN", 1)
        #expect(tenancy.call(.put, "articles/\(id)", ["goodsOwnerId": 42, "articleNumber": "TAKEN"]).status == 400)
    }

    @Test func numbersThatDifferInCaseAreOneArticleUnlessTheProfileSaysOtherwise() throws {
        let tenancy = Tenancy()
        try put(tenancy, "SKU", ["articleName": "Red"])
        try put(tenancy, "sku", ["articleName": "Green"])
        #expect(tenancy.fake.articles(of: 42).map(\.name) == ["Green"])
        let exact = Tenancy(["article.number_case": "exact"])
        try put(exact, "SKU", ["articleName": "Red"])
        try put(exact, "sku", ["articleName": "Green"])
        #expect(exact.fake.articles(of: 42).map(\.name) == ["Red", "Green"])
    }

    /// The vendor's file of 2026 requires the kind, that of 2023 does not.
    @Test func structuresAreListedByKindOrAllOfThem() throws {
        let path = "articles/structureDefinitions?goodsOwnerId=42"
        #expect(Tenancy().call(.get, path).status == 400)
        let older = Tenancy(["structures.article_kind": "optional"])
        let row: JSON = ["articleNumber": "A", "numberOfItems": 2]
        try put(older, "KIT", ["structureDefinition": ["articleKind": "Structure", "rows": [row]]])
        try put(older, "A", [:])
        #expect(try older.json(.get, path).array?.count == 1)
    }

    @Test func filtersSelect() throws {
        let tenancy = Tenancy()
        tenancy.open("A", 3)
        try put(tenancy, "A", ["articleName": "Oak chair", "stockLimit": 5, "barCodeInfo": ["barCode": "57"]])
        try put(tenancy, "B", ["articleName": "Pine table", "productCode": "P1", "storageProperties": ["isObsolete": true]])
        for query in [
            "onlyArticlesInStock=true", "articleNameContains=CHAIR", "barCodes=57", "isObsolete=false",
            "onlyArticlesBelowStockLimit=true", "articleNumbers=A", "ArticleNumber=A",
        ] {
            #expect(try numbers(tenancy, query) == ["A"], "\(query)")
        }
        #expect(try numbers(tenancy, "productCode=P1") == ["B"])
        #expect(try numbers(tenancy, "articleNumbers=B&articleNumbers=A&maxArticlesToGet=1") == ["A"])
        #expect(try numbers(tenancy, "articleNumbers=A,B") == [])
        let body: JSON = ["goodsOwnerId": 42, "articleNumbers": ["B", "X"]]
        #expect(try tenancy.json(.post, "articles/byQuery", body).array?.count == 1)
    }

    @Test func pagesFollowTheIds() throws {
        let tenancy = Tenancy()
        for number in ["C", "A", "B"] { tenancy.open(number, 1) }
        let second = try #require(tenancy.fake.article("A", of: 42)?.systemId)
        #expect(try numbers(tenancy, "articleSystemIdFrom=\(second)") == ["A", "B"])
        #expect(try numbers(tenancy, "articleSystemIdFrom=\(second + 2)") == [])
    }

    @Test func stockChangesReachBackOneDay() throws {
        let tenancy = Tenancy()
        tenancy.open("A", 3)
        tenancy.wait(.seconds(7200))
        tenancy.open("B", 3)
        #expect(try numbers(tenancy, "stockInfoChangedFrom=2026-09-01T09:00:00Z") == ["B"])
        let response = tenancy.call(.get, "articles?goodsOwnerId=42&stockInfoChangedFrom=2026-08-31T09:59:59Z")
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"message":"The value of stockInfoChangedFrom must be within 24 hours of the current time."}"#)
    }

    @Test func inventoryIsShownPerWarehouse() throws {
        let tenancy = Tenancy()
        tenancy.open("A", 30)
        try tenancy.putOrder("1042", [("1", "A", 3)])
        let read = try tenancy.json(.get, "articles/inventoryPerWarehouse?goodsOwnerId=42").at("0")
        #expect(
            read?.text
                == #"{"articleSystemId":18001,"articleNumber":"A","inventoryPerWarehouse":[{"warehouseId":1,"numberOfItems":30.0,"#
                + #""numberOfLockedItems":0.0,"sellableNumberOfItems":27.0,"availableForSaleNumberOfItems":30.0,"reported":"#
                + #"{"pickedToBeReportedNumberOfItems":0.0,"returnedToBeReportedNumberOfItems":0.0,"#
                + #""receivedToBeReportedNumberOfItems":0.0},"allocatedNumberOfItems":0.0}]}"#)
    }

    @Test func historyIsReadFromTheLedger() throws {
        let tenancy = Tenancy()
        tenancy.open("A", 30)
        tenancy.wait(.seconds(86_400))
        try tenancy.fake.moveStockSilently(goodsOwner: 42, article: "A", change: -10)
        let past = try tenancy.json(.get, "articles/historicalInventory?goodsOwnerId=42&stockDate=2026-09-01T12:00:00Z")
        #expect(past.at("0.articles.0.numberOfItems")?.number?.text == "30.0")
        let now = try tenancy.json(.get, "articles/historicalInventory?goodsOwnerId=42&stockDate=2026-09-03")
        #expect(now.at("0.articles.0.numberOfItems")?.number?.text == "20.0")
    }

    @Test func classesAreAddedOrSet() throws {
        let tenancy = Tenancy()
        func classes(_ codes: [String], _ mode: String) throws -> [String] {
            let info: JSON = [
                "classes": .array(codes.map { ["code": .string($0), "name": .string($0)] }), "handlingMode": .string(mode),
            ]
            try put(tenancy, "A", ["articleClassesInfo": info])
            let shown = try tenancy.json(.get, "articles?goodsOwnerId=42").at("0.classes")?.array ?? []
            return shown.compactMap { $0["code"]?.string }
        }
        #expect(try classes(["x"], "Add") == ["x"])
        #expect(try classes(["y"], "Add") == ["x", "y"])
        #expect(try classes(["y"], "Set") == ["y"])
    }

    @Test func filesAreKeptWithTheirBearer() throws {
        let tenancy = Tenancy()
        let order = try tenancy.putOrder("1042")
        let body: JSON = ["mimeType": "application/pdf", "fileDataBase64": "AAAA"]
        let id = try tenancy.json(.put, "orders/\(order)/files?fileName=note.pdf", body)["fileId"]
        #expect(try tenancy.json(.put, "orders/\(order)/files?fileName=note.pdf", body)["fileId"] == id)
        let files = try tenancy.json(.get, "orders/\(order)/files")
        #expect(files.array?.count == 1)
        #expect(files.at("0.fileName") == "note.pdf")
        #expect(files.at("0.articleSystemId") == .null)
    }
}
