import Exchange
import HTTPTypes
import Invariants
import JSON
import RackbeatFake
import ScenarioKit
import Testing
import Units

@testable import Control

@Suite struct WorldTests {
    private static let article = #"{"goodsOwnerId":42,"articleNumber":"CHAIR-01","articleName":"Oak chair"}"#
    private static let order = """
        {"goodsOwnerId":42,"orderNumber":"1042","deliveryDate":"2026-03-04T00:00:00",\
        "consignee":{"name":"Café Fiktiv","address1":"Gade 1","postCode":"8000","city":"Aarhus C","countryCode":"DK"},\
        "orderLines":[{"rowNumber":"1","articleNumber":"CHAIR-01","numberOfItems":5}]}
        """

    @Test func theDemoIsReadAndPlayed() throws {
        let harness = try ControlHarness()
        let world = try harness.read("/world")
        #expect(world["rackbeat"]?["orders"]?.array?.compactMap { $0["number"]?.string } == ["1042", "1043"])
        #expect(harness.rackbeat(.get, "/orders").json["orders"]?.array?.count == 2)
    }

    /// Exactly these members, in this order: programs read the line.
    @Test func theReadyLineHasItsMembers() throws {
        let harness = try ControlHarness {
            $0.rackbeatToken = "rb"
            $0.ongoingPassword = "pw"
            $0.goodsOwner = 77
        }
        #expect(
            harness.control.readyLine
                == #"{"rackbeat":"http://127.0.0.1:1/api","ongoing":"http://127.0.0.1:2/demo/api/v1","control":"http://127.0.0.1:3","rackbeatToken":"rb","ongoingUser":"WSI-demo","ongoingPassword":"pw","goodsOwnerId":77}"#
        )
        #expect(harness.ongoing(.get, "/goodsOwners/77").status != 401)
        #expect(harness.ongoing(.get, "/articles?goodsOwnerId=77").status == 200)
    }

    /// What a step does in the warehouse is what a client then reads, and the verdict knows that the books wait for it.
    @Test func aPickIsSeenByTheClientAndByTheVerdict() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        try harness.take("rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }")
        #expect(harness.ongoing(.put, "/articles", Self.article).status.map { $0 < 300 } == true)
        #expect(harness.ongoing(.put, "/orders", Self.order).status.map { $0 < 300 } == true)
        try harness.take("- ongoing.pick: { order: 1042, lines: { 1: 3 } }\n- ongoing.send: { order: 1042 }")
        let lines = try harness.read("/world")["ongoing"]?["orders"]?[0]?["lines"]
        #expect(lines?[0]?["done"]?.number?.text == "3")

        func verdict(_ invariant: String, _ query: String) throws -> String? {
            try harness.read("/check" + query)["invariants"]?.array?.first { $0["invariant"]?.string == invariant }?["verdict"]?
                .string
        }
        #expect(try verdict("shipped-equals-picked", "") == "undecided")
        #expect(try verdict("shipped-equals-picked", "?settled=true") == "broken")
        #expect(try verdict("shipped-equals-picked", "?roundBegan=2026-03-02T06:00:00Z") == "holds")
        #expect(try verdict("nothing-stuck", "?settled=true") == "not-judged")
        #expect(try verdict("stock-equals-movements", "?settled=true") == "holds")
    }

    /// A draft shipment that a caller left is stuck, whatever only its own journal knows.
    @Test func aDraftLeftBehindIsBrokenAndNotOnlyUnjudged() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        try harness.take("rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }")
        #expect(harness.rackbeat(.post, "/orders/1042/create-shipment", "{}").status == 201)
        let invariants = try harness.read("/check?settled=true")["invariants"]?.array ?? []
        let stuck = try #require(invariants.first { $0["invariant"]?.string == "nothing-stuck" })
        #expect(stuck["verdict"]?.string == "broken")
        #expect(try harness.read("/check")["verdict"]?.string == "broken")
    }

    @Test func aRequestOutsideTheContractIsAViolation() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        _ = harness.rackbeat(.get, "/orders?invented=1")
        let sentence = try harness.read("/violations")["violations"]?[0]?["sentence"]?.string
        #expect(sentence?.contains("invented") == true)
    }

    @Test func realTimeFollowsTheWallAndVirtualTimeDoesNot() throws {
        let real = try ControlHarness(ControlHarness.chairs)
        real.clockwork.pass(.seconds(90))
        #expect(try real.read("/world")["clock"]?["now"]?.string == "2026-03-02T07:01:30.000Z")
        #expect(real.ask(.post, "/clock/advance", #"{"by":"1m"}"#).status == 409)
        let virtual = try ControlHarness(ControlHarness.chairs) { $0.isTimeVirtual = true }
        virtual.clockwork.pass(.seconds(90))
        #expect(virtual.ask(.post, "/clock/advance", #"{"by":"10m"}"#).status == 200)
        #expect(try virtual.read("/world")["clock"]?["now"]?.string == "2026-03-02T07:10:00.000Z")
    }

    /// Steps with a time happen at it, when the clock comes past; one that cannot be taken then is shown.
    @Test func aStepWithATimeIsTakenWhenItComes() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        try harness.take(
            """
            - { at: 5m, rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] } }
            - { at: 6m, ongoing.pick: { order: 1042, lines: { 1: 1 } } }
            """)
        #expect(try harness.read("/world")["rackbeat"]?["orders"]?.array?.isEmpty == true)
        harness.clockwork.pass(.seconds(301))
        #expect(try harness.read("/world")["rackbeat"]?["orders"]?.array?.count == 1)
        harness.clockwork.pass(.seconds(60))
        let failed = try harness.read("/world")["failedSteps"]?[0]
        #expect(failed?["line"]?.int == 2)
        #expect(failed?["text"]?.string?.contains("holds no order 1042") == true)
    }

    @Test func anEngineInsideRunsInVirtualTimeOnly() throws {
        let real = try ControlHarness(ControlHarness.chairs)
        let refused = real.ask(.post, "/steps", #""engine.sync""#)
        #expect(refused.status == 422)
        #expect(refused.json["problems"]?[0]?["text"]?.string?.contains("tandem sync") == true)
        let virtual = try ControlHarness(ControlHarness.chairs) { $0.isTimeVirtual = true }
        try virtual.take(
            """
            - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
            - engine.sync
            - ongoing.pick: { order: 1042, lines: { 1: 5 } }
            - ongoing.send: { order: 1042 }
            - engine.sync
            """)
        let check = try virtual.read("/check")
        #expect(check["verdict"]?.string == "holds")
        #expect(check["invariants"]?.array?.allSatisfy { $0["verdict"]?.string == "holds" } == true)
    }

    /// A password of two letters stands in the word brown.
    @Test func aSecretThatIsTooShortToTellIsNotJudged() throws {
        func verdict(_ password: String) throws -> String? {
            let harness = try ControlHarness(ControlHarness.chairs) { $0.ongoingPassword = password }
            _ = harness.ongoing(.put, "/articles", #"{"goodsOwnerId":42,"articleNumber":"A","articleName":"Brown \#(password)"}"#)
            return try harness.read("/check")["invariants"]?.array?.first { $0["invariant"]?.string == "no-secret-anywhere" }?[
                "verdict"]?
                .string
        }
        #expect(try verdict("ow") == "not-judged")
        #expect(try verdict("planted-password") == "broken")
    }

    @Test func everyRuleIsNamedInTheVerdict() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        #expect(
            try harness.read("/check")["invariants"]?.array?.compactMap { $0["invariant"]?.string } == AllInvariants.ids)
    }
}

@Suite struct RefusalTests {
    @Test(arguments: [
        (#"{"ongoing.pikc":{}}"#, 422, 1, 2, "did you mean 'ongoing.pick'?"),
        (#"{"rackbeat.touch-product":{"number":"CHAIR-02"}}"#, 422, 1, 37, "did you mean 'CHAIR-01'?"),
        ("[\"engine.sync\"", 400, 1, 15, "expected"),
        (#"{"ongoing.pick":{"order":"9","lines":{"1":3}}}"#, 409, 1, 2, "holds no order 9"),
        (#"{"wait":"5m"}"#, 422, 1, 2, "--clock virtual"),
        (#"{"rackbeat.book-many":{"orders":99999}}"#, 422, 1, 2, "at most 10000"),
    ])
    func aStepThatCannotBeTakenHasItsPlace(body: String, status: Int, line: Int, column: Int, words: String) throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let response = harness.ask(.post, "/steps", body)
        #expect(response.status == status)
        #expect(response.headers[.contentType] == "application/problem+json")
        let spot = response.json["problems"]?[0]
        #expect(spot?["line"]?.int == line)
        #expect(spot?["column"]?.int == column)
        #expect(spot?["text"]?.string?.contains(words) == true, "\(spot?.text ?? "")")
    }

    /// What came before the step that could not be taken was done, and the response says how much.
    @Test func theStepsBeforeTheRefusedOneAreCounted() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let response = harness.ask(
            .post, "/steps",
            """
            [{"rackbeat.book-order":{"number":1042,"lines":[{"id":1,"item":"CHAIR-01","quantity":5}]}},
             {"ongoing.send":{"order":"1042"}}]
            """)
        #expect(response.status == 409)
        #expect(response.json["taken"]?.int == 1)
        #expect(response.json["problems"]?[0]?["line"]?.int == 2)
        #expect(try harness.read("/world")["rackbeat"]?["orders"]?.array?.count == 1)
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/nowhere", 404), (.head, "/world", 405), (.delete, "/world", 405),
        (.get, "/worlds/w9/world", 404),
        (.delete, "/worlds/main", 409), (.delete, "/worlds/w9", 404), (.get, "/exchanges?since=-1", 400),
        (.get, "/check?settled=maybe", 400), (.get, "/check?roundBegan=now", 400), (.put, "/snapshots/a%20b", 422),
        (.post, "/snapshots/none/restore", 404),
    ])
    func whatIsNotThereIsSaid(method: HTTPRequest.Method, target: String, status: Int) throws {
        let response = try ControlHarness(ControlHarness.chairs).ask(method, target)
        #expect(response.status == status)
        #expect(response.json["status"]?.int == status)
        #expect((response.headers[.allow] != nil) == (status == 405))
    }

    @Test func aTokenIsAskedForWhenThereIsOne() throws {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.controlToken = "let-me-in" }
        #expect(harness.ask(.get, "/health").status == 200)
        #expect(harness.ask(.get, "/world").status == 401)
        #expect(harness.ask(.get, "/nowhere").status == 401)
        #expect(harness.ask(.get, "/world", headers: [.authorization: "Bearer let-me-i"]).status == 401)
        #expect(harness.ask(.get, "/world", headers: [.authorization: "Bearer let-me-in"]).status == 200)
    }

    @Test func aPageOfAnotherOriginMayNotPullLevers() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let host = HTTPField.Name("Host")!
        #expect(harness.ask(.post, "/reset", headers: [.origin: "http://evil.example", host: "127.0.0.1:3"]).status == 403)
        #expect(harness.ask(.post, "/reset", headers: [.origin: "http://127.0.0.1:3", host: "127.0.0.1:3"]).status == 200)
        // A name that somebody gave this machine.
        #expect(harness.ask(.get, "/world", headers: [host: "rebound.example:3"]).status == 403)
        #expect(harness.ask(.get, "/world", headers: [host: "localhost:3"]).status == 200)
    }

    @Test func aNewWorldIsReadStrictly() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        #expect(harness.ask(.post, "/worlds", #"{"scenaro":""}"#).json["detail"]?.string?.contains("'scenario'") == true)
        let bad = harness.ask(.post, "/worlds", #"{"scenario":"world: { prodcts: [] }\nsteps: []"}"#)
        #expect(bad.status == 422)
        #expect(bad.json["problems"]?[0]?["text"]?.string?.contains("did you mean 'products'?") == true)
    }
}

@Suite struct FaultTests {
    private func exchange(under kind: String, _ more: String = "") throws -> (harness: ControlHarness, served: Served) {
        let harness = try ControlHarness(ControlHarness.chairs)
        #expect(harness.ask(.post, "/faults", #"{"match":"rackbeat GET /orders","fault":"\#(kind)"\#(more)}"#).status == 200)
        return (harness, harness.rackbeat(.get, "/orders"))
    }

    @Test(arguments: ["refused-connection", "request-lost", "response-lost"])
    func aLostExchangeIsAClosedConnection(kind: String) throws { #expect(try exchange(under: kind).served == .closed) }

    @Test(arguments: ["slow", "late-effect"])
    func aSlowResponseIsHeld(kind: String) throws { #expect(try exchange(under: kind).served == .silence) }

    @Test func aBrokenResponseEndsInTheMiddle() throws {
        guard case .cutShort(let response, let bytes) = try exchange(under: "reset-mid-body").served else {
            Issue.record("the response is whole")
            return
        }
        #expect(bytes == response.body.count / 2)
    }

    @Test(arguments: [
        ("too-many-requests", 429), ("server-error-before", 500), ("server-error-after", 500), ("bad-gateway", 502),
        ("service-unavailable", 503), ("request-timeout", 408), ("unauthorised", 401), ("html", 200),
    ])
    func aFaultRespondsInsteadOfTheServer(kind: String, status: Int) throws {
        #expect(try exchange(under: kind).served.status == status)
    }

    /// What every mock server has: one exchange gets the response that somebody wrote, and the next one the system's own.
    @Test func aFaultBringsItsOwnResponse() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let added = harness.ask(
            .post, "/faults",
            #"""
            {"match":"ongoing PUT /articles","times":1,"fault":{"respond":{"status":418,
             "headers":{"Retry-After":7,"X-Reason":"teapot"},"body":{"message":"No.","weight":0.250}}}}
            """#)
        #expect(added.status == 200)
        let article = #"{"goodsOwnerId":42,"articleNumber":"NEW-1","articleName":"New"}"#
        guard case .response(let response) = harness.ongoing(.put, "/articles", article) else {
            Issue.record("there is no response")
            return
        }
        #expect(response.status == 418)
        #expect(response.headers[.retryAfter] == "7")
        #expect(response.headers[.contentType] == "application/json")
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"message":"No.","weight":0.250}"#)
        let articles = try harness.read("/world")["ongoing"]?["articles"]?.array
        #expect(articles?.contains { $0["number"]?.string == "NEW-1" } == false)
        #expect(
            try harness.read("/exchanges")["exchanges"]?[0]?["fault"]?.string == "a response of the fault's own, not carried out")
        #expect(harness.ongoing(.put, "/articles", article).status == 200)
    }

    @Test(arguments: [
        (#"{"respond":{"body":"x"}}"#, "'status' is missing"),
        (#"{"respond":{"status":199}}"#, "a whole number from 200 to 599"),
        (#"{"respond":{"status":200,"headers":{"Content-Length":3}}}"#, "the server writes this header by itself"),
        (#"{"respond":{"status":200,"headers":{"A B":"x"}}}"#, "the name of a header"),
        (#"{"respond":{"status":200,"headers":{"X-A":"ø"}}}"#, "in ASCII"),
        (#"{"respond":{"status":200},"respond-after":{"status":200}}"#, "takes exactly one of"),
        (#""respond""#, "a fault such as response-lost"), ("{}", "there is none"),
    ])
    func aResponseThatCannotBeSentIsRefused(fault: String, because: String) throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let refusal = harness.ask(.post, "/faults", #"{"match":"ongoing PUT /articles","fault":\#(fault)}"#)
        #expect(refusal.status == 422 || refusal.status == 400)
        #expect(
            String(decoding: refusal.body, as: UTF8.self).contains(because), "\(String(decoding: refusal.body, as: UTF8.self))")
        #expect(try harness.read("/faults")["faults"]?.array?.isEmpty == true)
    }

    /// It applies, is counted, shows in the exchange, and can be ended.
    @Test func aFaultIsCountedAndEnds() throws {
        let (harness, _) = try exchange(under: "response-lost", #","times":2"#)
        #expect(try harness.read("/faults")["faults"]?[0]?["injected"]?.int == 1)
        #expect(try harness.read("/exchanges")["exchanges"]?[0]?["fault"]?.string == "carried out, but the response was lost")
        #expect(harness.ask(.delete, "/faults").status == 204)
        #expect(harness.rackbeat(.get, "/orders").status == 206)
        #expect(try harness.read("/faults")["faults"]?.array?.isEmpty == true)
    }

    /// The effect comes after the caller has given up.
    @Test func aLateEffectComesLate() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        harness.ask(.post, "/faults", #"{"match":"ongoing PUT /articles","fault":"late-effect","delay":"5s"}"#)
        let article = #"{"goodsOwnerId":42,"articleNumber":"NEW-1","articleName":"New"}"#
        #expect(harness.ongoing(.put, "/articles", article) == .silence)
        func numbers() throws -> [String] {
            try harness.read("/world")["ongoing"]?["articles"]?.array?.compactMap { $0["number"]?.string } ?? []
        }
        #expect(try !numbers().contains("NEW-1"))
        harness.clockwork.pass(.seconds(36))
        #expect(try numbers().contains("NEW-1"))
    }
}

@Suite struct JournalTests {
    /// Authorization, tokens of webhooks and credentials that strayed into a query appear in no response of the control API.
    @Test func noSecretIsShown() throws {
        let harness = try ControlHarness(ControlHarness.chairs) {
            $0.rackbeatToken = "planted-token"
            $0.ongoingPassword = "planted-password"
        }
        _ = harness.rackbeat(.get, "/orders?token=planted-token")
        _ = harness.rackbeat(.post, "/webhooks", #"{"event":"order.created","url":"http://127.0.0.1:9/hook"}"#)
        _ = harness.rackbeat(.put, "/orders/1?x=1", #"{"note":"planted-password"}"#)
        _ = harness.ongoing(.get, "/articles?goodsOwnerId=42")
        harness.ask(.post, "/webhooks", #"{"url":"http://127.0.0.1:9/x","token":"planted-hook"}"#)
        try harness.take("rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }")
        let hook = try #require(
            harness.control.main.enter { $0.world.rackbeat.webhookTokens.first })
        let base64 = Base64.encode("WSI-demo:planted-password")
        for route in Route.all where route.method == .get {
            let text = String(decoding: harness.ask(.get, route.path).body, as: UTF8.self)
            for secret in ["planted-token", "planted-password", "planted-hook", hook, base64] {
                #expect(!text.contains(secret), "\(route.path) shows a secret")
            }
        }
        #expect(try harness.read("/exchanges")["exchanges"]?.array?.count == 4)
    }

    @Test func exchangesArePagedByNumber() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        for _ in 0..<5 { _ = harness.rackbeat(.get, "/orders") }
        let page = try harness.read("/exchanges?since=1&limit=2")
        #expect(page["exchanges"]?.array?.compactMap { $0["number"]?.int } == [2, 3])
        #expect(page["next"]?.int == 3)
        #expect(page["latest"]?.int == 5)
    }

    @Test func theOldestAreForgottenAndCounted() throws {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.memory = World.Memory(exchanges: 8, breaches: 3) }
        for _ in 0..<20 { _ = harness.rackbeat(.get, "/orders?invented=1") }
        let page = try harness.read("/exchanges")
        let numbers = page["exchanges"]?.array?.compactMap { $0["number"]?.int } ?? []
        #expect(numbers.last == 20)
        #expect(numbers.count <= 8)
        #expect(page["forgotten"]?.int == 20 - numbers.count)
        let small = try ControlHarness(ControlHarness.chairs) {
            $0.memory = World.Memory(exchanges: 1000, bytes: 5000, breaches: 3)
        }
        let large = String(repeating: "x", count: 2000)
        for _ in 0..<20 { _ = small.rackbeat(.put, "/orders/1", large) }
        let kept = try small.read("/exchanges")["exchanges"]?.array ?? []
        #expect((1...2).contains(kept.count))
        #expect(kept.last?["number"]?.int == 20)
        #expect(try harness.read("/violations")["violations"]?.array?.count == 3)
    }
}
