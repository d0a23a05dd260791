import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import Testing
import Units

@Suite struct AccessTests {
    @Test func wrongCredentialsGet401WithoutABody() {
        let tenancy = Tenancy()
        for credentials in [nil, "", "V1NJb25lOndyb25n", "no base64!", "V1NJb25l"] {
            tenancy.credentials = credentials
            let response = tenancy.call(.get, "orders/statuses")
            #expect(response.status == 401)
            #expect(response.headers[.wwwAuthenticate] == "Basic")
            #expect(response.body.isEmpty)
        }
    }

    @Test func aRevokedUserIsRefusedUntilRestored() {
        let tenancy = Tenancy()
        tenancy.fake.revokeUser("WSIone")
        #expect(tenancy.call(.get, "goodsOwners").status == 401)
        tenancy.fake.restoreUser("WSIone")
        #expect(tenancy.call(.get, "goodsOwners").status == 200)
    }

    @Test func aGoodsOwnerOutOfReachIsRefused() {
        let tenancy = Tenancy()
        tenancy.fake.addGoodsOwner(id: 43, name: "Someone else")
        let response = tenancy.call(.get, "orders?goodsOwnerId=43")
        #expect(response.status == 400)
        #expect(
            String(decoding: response.body, as: UTF8.self) == #"{"message":"User WSIone has no access to goods owner 43."}"#)
        #expect(Tenancy(["wrong_goods_owner": "403"]).call(.get, "orders?goodsOwnerId=43").status == 403)
    }

    /// The vendor says that one user may reach several goods owners, which is why the id goes with every call.
    @Test func oneUserMayReachSeveralGoodsOwnersWithOrdersOfTheirOwn() throws {
        let tenancy = Tenancy()
        tenancy.fake.addGoodsOwner(id: 43, name: "Second shop")
        tenancy.fake.addUser(name: "WSIone", password: "secret", goodsOwners: [42, 43])
        let first = try tenancy.putOrder("1042")
        let second = try tenancy.putOrder("1042", [("1", "CHAIR", 2)], ["goodsOwnerId": 43])
        #expect(first != second)
        #expect(try tenancy.json(.get, "orders/\(second)").at("goodsOwner.name") == "Second shop")
        #expect(tenancy.fake.article("CHAIR", of: 42)?.systemId != tenancy.fake.article("CHAIR", of: 43)?.systemId)
        let reachable = try tenancy.json(.get, "goodsOwners").at("goodsOwners")?.array?.compactMap { $0["goodsOwnerId"]?.int }
        #expect(reachable == [42, 43])
    }

    @Test func anOrderOfAnUnreachableGoodsOwnerIsNotFound() throws {
        let tenancy = Tenancy()
        let id = try tenancy.putOrder("1042")
        tenancy.fake.addUser(name: "WSIone", password: "secret", goodsOwners: [])
        #expect(tenancy.call(.get, "orders/\(id)").status == 404)
    }

    @Test func theRateLimitGives429WithTheTimeToWait() {
        let tenancy = Tenancy(["rate_limit": "2"])
        #expect(tenancy.call(.get, "warehouses").status == 200)
        tenancy.wait(.seconds(20))
        #expect(tenancy.call(.get, "warehouses").status == 200)
        let refused = tenancy.call(.get, "warehouses")
        #expect(refused.status == 429)
        #expect(refused.headers[.retryAfter] == "40")
        tenancy.wait(.seconds(41))
        #expect(tenancy.call(.get, "warehouses").status == 200)
    }

    @Test func theDateHeaderComesFromTheClockUnlessTheTenantHasNone() {
        #expect(Tenancy().call(.get, "warehouses").headers[.date] == "Tue, 01 Sep 2026 08:00:00 GMT")
        #expect(Tenancy(["date_header": "absent"]).call(.get, "warehouses").headers[.date] == nil)
    }

    @Test func unknownRoutesAndMethodsAreRefused() {
        let tenancy = Tenancy()
        #expect(tenancy.call(.get, "stock").status == 404)
        let response = tenancy.call(.delete, "articles")
        #expect(response.status == 405)
        #expect(response.headers[.allow] == "PUT, GET")
    }

    @Test func errorKeysCanBeInUpperCase() {
        let response = Tenancy(["error.key_case": "upper"]).call(.put, "orders", [:])
        #expect(String(decoding: response.body, as: UTF8.self).hasPrefix(#"{"Message":"The request is invalid.","ModelState":"#))
    }

    /// No request may bring the fake down or get a 5xx.
    @Test func nonsenseGets4xx() throws {
        let tenancy = Tenancy()
        let order = try tenancy.putOrder("1042")
        let bodies = [
            "", "{", "[]", "null", "12", #"{"goodsOwnerId":1e400}"#, #"{"goodsOwnerId":[{}]}"#, "\u{0}", #"{"a":1,"a":2}"#,
        ]
        let calls: [(HTTPRequest.Method, String)] = [
            (.put, "orders"), (.put, "articles"), (.put, "purchaseOrders"), (.post, "articles/byQuery"),
            (.put, "orders/\(order)"), (.patch, "orders/\(order)/orderStatus"), (.put, "returnOrders"),
            (.put, "orders/99999999999"), (.put, "articles/x"), (.patch, "orders/-1/waybill"),
        ]
        for (method, target) in calls {
            for body in bodies {
                var request = Request(method, "/demo/api/v1/\(target)", body: Array(body.utf8))
                request.headers[.authorization] = "Basic V1NJb25lOnNlY3JldA=="
                let response = tenancy.fake.respond(to: request)
                #expect((400..<500).contains(response.status), "\(method) \(target) \(body)")
            }
        }
        for target in [
            "orders", "orders?goodsOwnerId=x", "orders?goodsOwnerId=42&orderUpdatedTimeFrom=yesterday", "orders/x",
            "orders?goodsOwnerId=99999999999999", "articles?goodsOwnerId=42&onlyArticlesInStock=perhaps",
            "orders?goodsOwnerId=42&orderStatusFrom=%FF", "inventoryAdjustments?goodsOwnerId=42&from=1850-01-01",
        ] {
            #expect((400..<500).contains(tenancy.call(.get, target).status), "\(target)")
        }
    }
}
