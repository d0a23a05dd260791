import Contract
import Exchange
import HTTPTypes
import JSON
import Testing
import Units

@Suite struct ObserverTests {
    // MARK: Rackbeat

    @Test func aCleanExchangeHasNoViolation() {
        #expect(
            rackbeat(
                .get, "/api/orders?page=2&limit=100&is_booked=true&updated_at_from=2026-03-01%2008:00:00", served: list("orders"))
                == [])
        #expect(rackbeat(.get, "/api/products/ABC%2F123", served: Response(status: 404, json: ["message": "Not found."])) == [])
        #expect(rackbeat(.post, "/api/orders/1042/create-shipment", served: nil) == [])
        #expect(
            rackbeat(.post, "/api/orders/shipments/700/mark-shipped", body: ["pick": true], served: Response(status: 200)) == [])
    }

    @Test func anUnknownPathIsReportedWithTheNearestOne() {
        #expect(
            rackbeat(.get, "/api/purchase-order?page=1") == [
                "Rackbeat request GET /api/purchase-order, path: found '/api/purchase-order', but the contract knows no such path; did you mean '/purchase-orders'?"
            ])
    }

    @Test func aPathOutsideTheBaseIsNotTheContracts() {
        #expect(
            rackbeat(.get, "/orders") == [
                "Rackbeat request GET /orders, path: found '/orders', but the contract says a path that begins with '/api/'."
            ])
    }

    @Test func anUnknownMethodIsReportedWithTheKnownOnes() {
        #expect(
            rackbeat(.patch, "/api/orders/1042", body: [:]) == [
                "Rackbeat request PATCH /api/orders/1042, method: found PATCH, but the contract says GET or PUT or DELETE."
            ])
    }

    @Test func aPathParameterHasItsType() {
        #expect(
            rackbeat(.get, "/api/orders/SO-1042") == [
                "Rackbeat request GET /orders/{number}, path parameter 'number': found 'SO-1042', but the contract says a whole number."
            ])
    }

    @Test(arguments: [
        (
            "per_page=20",
            "query parameter 'per_page': found it, but the contract knows no such parameter; did you mean 'page'?"
        ),
        ("page=two", "query parameter 'page': found 'two', but the contract says a whole number."),
        ("page=1&page=2", "query parameter 'page': found it more than once, but the contract says once."),
        ("order_direction=down", "query parameter 'order_direction': found 'down', but the contract says 'ASC' or 'DESC'."),
        (
            "updated_at_from=2026-03-01T08:00:00Z",
            "query parameter 'updated_at_from': found '2026-03-01T08:00:00Z', but the contract says a moment written YYYY-MM-DD HH:MM:SS."
        ),
        (
            "simple_filter[note]=x",
            "query parameter 'simple_filter[note]': found it, but the contract knows no such parameter; in the brackets may stand created_at, number, updated_at."
        ),
        (
            "field_eq[colour]=x",
            "query parameter 'field_eq[colour]': found it, but the contract knows no such parameter; in the brackets may stand a number."
        ),
    ])
    func aQueryIsHeldAgainstTheContract(query: String, message: String) {
        #expect(rackbeat(.get, "/api/orders?\(query)") == ["Rackbeat request GET /orders, \(message)"])
    }

    @Test func bracketsAreRead() {
        #expect(rackbeat(.get, "/api/orders?simple_filter%5Bnumber%5D=1042&field_eq%5B12%5D=red&field[3]=x") == [])
    }

    @Test func theTokenIsAMust() {
        #expect(
            rackbeat(.get, "/api/self", headers: [.accept: "application/json"]) == [
                "Rackbeat request GET /self, header Authorization: found nothing, but the contract requires a bearer token."
            ])
        #expect(
            rackbeat(.get, "/api/self", headers: [.accept: "application/json", .authorization: "Basic dXNlcjpwYXNz"]) == [
                "Rackbeat request GET /self, header Authorization: found another scheme, but the contract says a bearer token."
            ])
        #expect(
            rackbeat(.get, "/api/self", headers: [.accept: "application/json", .authorization: "Bearer "]) == [
                "Rackbeat request GET /self, header Authorization: found the scheme and nothing behind it, but the contract says a bearer token."
            ])
    }

    @Test func theAcceptHeaderIsAMust() {
        #expect(
            rackbeat(.get, "/api/self", headers: [.authorization: "Bearer t-1234567"]) == [
                "Rackbeat request GET /self, header Accept: found nothing, but the contract requires application/json."
            ])
    }

    @Test func aBodyIsHeldAgainstItsSchema() {
        let body: JSON = ["lines": [["order_line_id": "90011", "quantity": 3, "location": 1001]], "all": true]
        #expect(
            rackbeat(.post, "/api/orders/1042/create-shipment", body: body) == [
                "Rackbeat request POST /orders/{number}/create-shipment, body /lines/0/order_line_id: found the string '90011', but the contract says a whole number.",
                "Rackbeat request POST /orders/{number}/create-shipment, body /lines/0/location: found a number, but the contract knows no such member.",
                "Rackbeat request POST /orders/{number}/create-shipment, body /all: found a boolean, but the contract knows no such member.",
            ])
    }

    @Test func aBodyWhereNoneBelongsIsAViolation() {
        #expect(
            rackbeat(.delete, "/api/orders/1042/shipments/700", body: ["x": 1], served: Response(status: 204)) == [
                "Rackbeat request DELETE /orders/{number}/shipments/{shipment}, body: found a body of 7 bytes, but the contract knows no body here."
            ])
    }

    @Test func aBodyThatIsRequiredIsMissed() {
        #expect(
            rackbeat(.post, "/api/inventory-adjustments") == [
                "Rackbeat request POST /inventory-adjustments, body: found nothing, but the contract requires a body in JSON."
            ])
    }

    @Test func theContentTypeOfABodyIsJSON() {
        var headers = Self.rackbeatHeaders
        headers[.contentType] = "text/plain"
        #expect(
            rackbeat(.post, "/api/orders/1042/book", headers: headers, body: ["mail": ["send": false]]) == [
                "Rackbeat request POST /orders/{number}/book, header Content-Type: found 'text/plain', but the contract says application/json."
            ])
        headers[.contentType] = "application/json; charset=utf8"
        #expect(rackbeat(.post, "/api/orders/1042/book", headers: headers, body: ["mail": ["send": false]]) == [])
    }

    /// The name of the flag for a difference is a guess, so any flag passes, but nothing else does.
    @Test func theFlagForADifferenceMayHaveAnyName() {
        func adjust(_ name: String, _ value: JSON) -> [String] {
            rackbeat(
                .post, "/api/inventory-adjustments",
                body: .object(
                    JSONObject([
                        .init(name: "item_id", value: "KOP-01"), .init(name: "adjustment_type", value: "quantity"),
                        .init(name: "quantity", value: -2), .init(name: "location", value: 1001),
                        .init(name: "regulated_at", value: "2026-03-02"), .init(name: "reason", value: "WMS adj 88123"),
                        .init(name: name, value: value),
                    ])))
        }
        #expect(adjust("is_delta", true) == [])
        #expect(
            adjust("is_delta", "yes") == [
                "Rackbeat request POST /inventory-adjustments, body /is_delta: found the string 'yes', but the contract says true or false."
            ])
    }

    @Test func anUndeclaredStatusIsReported() {
        #expect(
            rackbeat(.get, "/api/self", served: Response(status: 302)) == [
                "Rackbeat response GET /self, status: found 302, but the contract says 200, 400, 401, 403, 404, 422, 429, 500, 502, 503 or 504."
            ])
    }

    @Test func aPageInsteadOfJSONIsReported() {
        let page = Response(status: 200, headers: [.contentType: "text/html; charset=utf-8"], body: Array("<html>".utf8))
        #expect(
            rackbeat(.get, "/api/self", served: page) == [
                "Rackbeat response GET /self, header Content-Type: found 'text/html; charset=utf-8', but the contract says application/json."
            ])
        let bare = Response(status: 200, body: Array("{}".utf8))
        #expect(
            rackbeat(.get, "/api/self", served: bare) == [
                "Rackbeat response GET /self, header Content-Type: found nothing, but the contract requires application/json."
            ])
    }

    @Test func aTextThatIsNoJSONIsReportedWithoutItsContent() {
        let cut = Response(status: 200, headers: [.contentType: "application/json"], body: Array(#"{"token":"#.utf8))
        #expect(
            rackbeat(.get, "/api/self", served: cut) == [
                "Rackbeat response GET /self, body: found a text that is no JSON from line 1, column 10, but the contract says a body in JSON."
            ])
    }

    @Test func aResponseIsCheckedAgainstItsSchema() {
        let response: JSON = [
            "product_location": ["number": 1001, "name": nil, "stock_quantity": "120", "reserved": 3], "extra": nil,
        ]
        #expect(
            rackbeat(.get, "/api/products/KOP-01/locations/1001", served: Response(status: 200, json: response)) == [
                "Rackbeat response GET /products/{item}/locations/{location}, body /product_location/stock_quantity: found the string '120', but the contract says a number.",
                "Rackbeat response GET /products/{item}/locations/{location}, body /product_location/reserved: found a number, but the contract knows no such member.",
                "Rackbeat response GET /products/{item}/locations/{location}, body /extra: found null, but the contract knows no such member.",
            ])
        #expect(
            rackbeat(.get, "/api/products/KOP-01/locations/1001", served: Response(status: 200, json: ["product_location": nil]))
                == [
                    "Rackbeat response GET /products/{item}/locations/{location}, body /product_location: found null, but the contract says an object."
                ])
        #expect(
            rackbeat(.get, "/api/products/KOP-01/locations/1001", served: Response(status: 200, json: [:])) == [
                "Rackbeat response GET /products/{item}/locations/{location}, body /product_location: found nothing, but the contract requires an object."
            ])
    }

    /// A caller that asks for some members misses none of the others.
    @Test func aSelectionOfMembersIsWholeEnough() {
        let some = list("products", [["number": "KOP-01"]])
        #expect(rackbeat(.get, "/api/products?fields=number", served: some) == [])
        #expect(
            rackbeat(.get, "/api/products", served: some).first
                == "Rackbeat response GET /products, body /products/0/type: found nothing, but the contract requires a string.")
    }

    @Test func aReceiptStandsUnderOneOfTwoNames() {
        let receipt: JSON = ["number": 300, "is_received": false, "lines": []]
        for key in ["purchase_order_receipt", "receipt"] {
            let response = JSON.object(JSONObject([.init(name: key, value: receipt)]))
            #expect(rackbeat(.get, "/api/purchase-order-receipts/300", served: Response(status: 200, json: response)) == [])
        }
        #expect(
            rackbeat(.get, "/api/purchase-order-receipts/300", served: Response(status: 200, json: [:])) == [
                "Rackbeat response GET /purchase-order-receipts/{receipt}, body: found an object with 0 members, but the contract says an object with exactly 1."
            ])
    }

    /// A fault on the way is nobody's violation: what the server sent counts, and nothing when it was never reached.
    @Test func onlyWhatTheServerSentCounts() {
        let request = Request(.get, "/api/self", headers: Self.rackbeatHeaders)
        let torn = Exchanged(
            number: 1, system: .rackbeat, connection: "", request: request,
            outcome: .response(Response(status: 200, body: Array("<html".utf8))), served: nil,
            startedAt: Moment(milliseconds: 0), endedAt: Moment(milliseconds: 0))
        #expect(Observer().violations(in: torn, basePath: "/api") == [])
    }

    // MARK: Ongoing

    @Test func anOrderAsTheMappingSendsItIsClean() {
        #expect(
            ongoing(
                .put, "/demo/api/v1/orders", body: order,
                served: Response(status: 201, json: ["orderId": 70011, "message": "done"])) == [])
    }

    @Test func whatTheMappingMayNotSendIsReported() {
        var wrong = order.object!
        wrong["orderNumber"] = ""
        wrong["deliveryDate"] = nil
        wrong["consignee"] = ["nmae": "Hansen"]
        wrong["orderLines"] = [["rowNumber": 5501, "articleNumber": "RB-1001", "numberOfItems": "10"]]
        #expect(
            ongoing(.put, "/demo/api/v1/orders", body: .object(wrong)) == [
                "Ongoing request PUT /orders, body /orderNumber: found the string '', but the contract says a string that is not empty.",
                "Ongoing request PUT /orders, body /consignee/nmae: found a string, but the contract knows no such member; did you mean 'name'?",
                "Ongoing request PUT /orders, body /orderLines/0/rowNumber: found the number 5501, but the contract says a string that is not empty.",
                "Ongoing request PUT /orders, body /orderLines/0/numberOfItems: found the string '10', but the contract says a number.",
                "Ongoing request PUT /orders, body /deliveryDate: found nothing, but the contract requires a date written YYYY-MM-DD or an ISO 8601 moment with a zone.",
            ])
    }

    @Test func aRequiredQueryParameterIsMissed() {
        #expect(
            ongoing(.get, "/demo/api/v1/orders?orderNumber=20417") == [
                "Ongoing request GET /orders, query parameter 'goodsOwnerId': found nothing, but the contract requires a whole number."
            ])
    }

    @Test func arraysAreRepeatedNames() {
        #expect(ongoing(.get, "/demo/api/v1/articles?goodsOwnerId=42&articleNumbers=A&articleNumbers=B") == [])
        #expect(
            ongoing(.get, "/demo/api/v1/orders?goodsOwnerId=42&page=2") == [
                "Ongoing request GET /orders, query parameter 'page': found it, but the contract knows no such parameter."
            ])
    }

    /// The zone-less time is read by the server as it pleases, so it must not be sent.
    @Test func aTimeIsSentWithItsZone() {
        #expect(
            ongoing(.get, "/demo/api/v1/orders?goodsOwnerId=42&orderUpdatedTimeFrom=2026-03-01T08:00:00") == [
                "Ongoing request GET /orders, query parameter 'orderUpdatedTimeFrom': found '2026-03-01T08:00:00', but the contract says an ISO 8601 moment with a zone."
            ])
        #expect(ongoing(.get, "/demo/api/v1/orders?goodsOwnerId=42&orderUpdatedTimeFrom=2026-03-01T08%3A00%3A00%2B00%3A00") == [])
    }

    @Test func theCredentialsAreAMust() {
        #expect(
            ongoing(.get, "/demo/api/v1/orders/statuses", headers: [:]) == [
                "Ongoing request GET /orders/statuses, header Authorization: found nothing, but the contract requires a user and a password by the basic scheme."
            ])
    }

    /// The bytes that some responses are declared as mean nothing, so they may be anything or nothing.
    @Test func aResponseThatNobodyReadsMayBeEmpty() {
        let path = "/demo/api/v1/purchaseOrders/555/lines/910/reportedNumberOfItems"
        for served in [Response(status: 200), Response(status: 200, json: ["message": "x"])] {
            #expect(ongoing(.patch, path, body: ["reportedNumberOfItems": 7], served: served) == [])
        }
    }

    // MARK: Secrets

    /// A report goes to places where credentials must not go, whichever way they strayed into a body, a query or a path.
    @Test func credentialsAreNeverShown() {
        let basic = "d3NpOmh1bnRlcjItdGVzdA=="
        var headers: HTTPFields = [.authorization: "Basic \(basic)"]
        headers[.contentType] = "application/json"
        let body: JSON = ["goodsOwnerId": "hunter2-test", "articleNumber": .string(basic)]
        let reported =
            ongoing(.put, "/demo/api/v1/articles", headers: headers, body: body)
            + ongoing(.get, "/demo/api/v1/hunter2-test", headers: headers)
            + ongoing(.get, "/demo/api/v1/orders?goodsOwnerId=hunter2-test", headers: headers)
            + rackbeat(.get, "/api/orders/t-1234567?page=t-1234567&t-1234567=1")
        #expect(reported.count == 6)
        #expect(reported.allSatisfy { !$0.contains("hunter2") && !$0.contains("d3NpOmh1") && !$0.contains("t-1234567") })
        #expect(
            reported.first
                == "Ongoing request PUT /articles, body /goodsOwnerId: found the string '(hidden: it holds the credentials)', but the contract says a whole number."
        )
    }

    @Test func aSecretMemberIsNeverShown() {
        let webhook: JSON = [
            "webhook": ["id": 1, "event": "order.created", "url": "https://x", "is_active": true, "token": 12345]
        ]
        #expect(
            rackbeat(.get, "/api/webhooks/1", served: Response(status: 200, json: webhook)) == [
                "Rackbeat response GET /webhooks/{webhook}, body /webhook/token: found a number that is not shown, but the contract says a string or null."
            ])
    }

    // MARK: Helpers

    static let rackbeatHeaders: HTTPFields = [
        .authorization: "Bearer t-1234567", .accept: "application/json", .contentType: "application/json",
    ]
    static let ongoingHeaders: HTTPFields = [.authorization: "Basic d3NpOnA=", .contentType: "application/json"]

    let order: JSON = [
        "goodsOwnerId": 42, "orderNumber": "20417", "goodsOwnerOrderId": "20417", "deliveryDate": "2026-09-03",
        "customsInfo": ["customsValueCurrencyCode": "DKK"],
        "advanced": ["invoiceNumber": "10455", "termsOfPaymentString": "Net 14"],
        "consignee": [
            "customerNumber": "1007", "name": "Hansen & Co", "address1": "Havnegade 4", "countryCode": "DK",
            "advanced": ["emailNotification": ["toBeNotified": true, "value": "ship@hansen.example"]],
            "invoiceAddress": ["name": "Hansen Holding", "advanced": ["smsNotification": ["value": "+4587654321"]]],
        ],
        "orderLines": [
            [
                "rowNumber": "5501", "externalId": "5501", "articleNumber": "RB-1001", "numberOfItems": 10,
                "prices": ["customerLinePrice": 1290],
            ]
        ],
    ]

    func list(_ key: String, _ rows: [JSON] = []) -> Response {
        var body: JSONObject = [:]
        body.append(key, .array(rows))
        for (name, value) in [("total", 0), ("pages", 1), ("limit", 20), ("page", 1)] { body.append(name, JSON(value)) }
        return Response(status: 206, json: .object(body))
    }

    func rackbeat(
        _ method: HTTPRequest.Method, _ target: String, headers: HTTPFields = rackbeatHeaders, body: JSON? = nil,
        served: Response? = nil
    ) -> [String] {
        violations(.rackbeat, method, target, headers, body, served, basePath: "/api")
    }

    func ongoing(
        _ method: HTTPRequest.Method, _ target: String, headers: HTTPFields = ongoingHeaders, body: JSON? = nil,
        served: Response? = nil
    ) -> [String] {
        violations(.ongoing, method, target, headers, body, served, basePath: "/demo/api/v1")
    }

    func violations(
        _ system: System, _ method: HTTPRequest.Method, _ target: String, _ headers: HTTPFields, _ body: JSON?,
        _ served: Response?, basePath: String
    ) -> [String] {
        let request = Request(method, target, headers: headers, body: body?.serialized ?? [])
        let exchange = Exchanged(
            number: 1, system: system, connection: "main", request: request,
            outcome: served.map { .response($0) } ?? .failed(.lost("test")), served: served,
            startedAt: Moment(milliseconds: 0), endedAt: Moment(milliseconds: 0))
        return Observer().violations(in: exchange, basePath: basePath).map(\.description)
    }
}
