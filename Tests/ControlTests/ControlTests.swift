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
        let desk = try Desk()
        let world = try desk.read("/world")
        #expect(world["rackbeat"]?["orders"]?.array?.compactMap { $0["number"]?.string } == ["1042", "1043"])
        #expect(desk.rackbeat(.get, "/orders").json["orders"]?.array?.count == 2)
    }

    /// Exactly these members, in this order: programs read the line.
    @Test func theReadyLineHasItsMembers() throws {
        let desk = try Desk {
            $0.rackbeatToken = "rb"
            $0.ongoingPassword = "pw"
            $0.goodsOwner = 77
        }
        #expect(
            desk.control.readyLine
                == #"{"rackbeat":"http://127.0.0.1:1/api","ongoing":"http://127.0.0.1:2/demo/api/v1","control":"http://127.0.0.1:3","rackbeatToken":"rb","ongoingUser":"WSI-demo","ongoingPassword":"pw","goodsOwnerId":77}"#
        )
        #expect(desk.ongoing(.get, "/goodsOwners/77").status != 401)
        #expect(desk.ongoing(.get, "/articles?goodsOwnerId=77").status == 200)
    }

    /// What a step does in the warehouse is what a client then reads, and the verdict knows that the books wait for it.
    @Test func aPickIsSeenByTheClientAndByTheVerdict() throws {
        let desk = try Desk(Desk.chairs)
        try desk.take("rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }")
        #expect(desk.ongoing(.put, "/articles", Self.article).status.map { $0 < 300 } == true)
        #expect(desk.ongoing(.put, "/orders", Self.order).status.map { $0 < 300 } == true)
        try desk.take("- ongoing.pick: { order: 1042, lines: { 1: 3 } }\n- ongoing.send: { order: 1042 }")
        let lines = try desk.read("/world")["ongoing"]?["orders"]?[0]?["lines"]
        #expect(lines?[0]?["done"]?.number?.text == "3")

        func verdict(_ invariant: String, _ query: String) throws -> String? {
            try desk.read("/check" + query)["rules"]?.array?.first { $0["rule"]?.string == invariant }?["verdict"]?.string
        }
        #expect(try verdict("shipped-equals-picked", "") == "undecided")
        #expect(try verdict("shipped-equals-picked", "?settled=true") == "broken")
        #expect(try verdict("shipped-equals-picked", "?roundBegan=2026-03-02T06:00:00Z") == "holds")
        #expect(try verdict("nothing-stuck", "?settled=true") == "not-judged")
        #expect(try verdict("stock-equals-movements", "?settled=true") == "holds")
    }

    /// A draft shipment that a caller left is stuck, whatever only its own journal knows.
    @Test func aDraftLeftBehindIsBrokenAndNotOnlyUnjudged() throws {
        let desk = try Desk(Desk.chairs)
        try desk.take("rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }")
        #expect(desk.rackbeat(.post, "/orders/1042/create-shipment", "{}").status == 201)
        let invariants = try desk.read("/check?settled=true")["rules"]?.array ?? []
        let stuck = try #require(invariants.first { $0["rule"]?.string == "nothing-stuck" })
        #expect(stuck["verdict"]?.string == "broken")
        #expect(try desk.read("/check")["verdict"]?.string == "broken")
    }

    @Test func aRequestOutsideTheContractIsAViolation() throws {
        let desk = try Desk(Desk.chairs)
        _ = desk.rackbeat(.get, "/orders?invented=1")
        let sentence = try desk.read("/violations")["violations"]?[0]?["sentence"]?.string
        #expect(sentence?.contains("invented") == true)
    }

    @Test func realTimeFollowsTheWallAndVirtualTimeDoesNot() throws {
        let real = try Desk(Desk.chairs)
        real.clockwork.pass(.seconds(90))
        #expect(try real.read("/world")["clock"]?["now"]?.string == "2026-03-02T07:01:30.000Z")
        #expect(real.ask(.post, "/clock/advance", #"{"by":"1m"}"#).status == 409)
        let virtual = try Desk(Desk.chairs) { $0.isTimeVirtual = true }
        virtual.clockwork.pass(.seconds(90))
        #expect(virtual.ask(.post, "/clock/advance", #"{"by":"10m"}"#).status == 200)
        #expect(try virtual.read("/world")["clock"]?["now"]?.string == "2026-03-02T07:10:00.000Z")
    }

    /// Steps with a time happen at it, when the clock comes past; one that cannot be taken then is shown.
    @Test func aStepWithATimeIsTakenWhenItComes() throws {
        let desk = try Desk(Desk.chairs)
        try desk.take(
            """
            - { at: 5m, rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] } }
            - { at: 6m, ongoing.pick: { order: 1042, lines: { 1: 1 } } }
            """)
        #expect(try desk.read("/world")["rackbeat"]?["orders"]?.array?.isEmpty == true)
        desk.clockwork.pass(.seconds(301))
        #expect(try desk.read("/world")["rackbeat"]?["orders"]?.array?.count == 1)
        desk.clockwork.pass(.seconds(60))
        let trouble = try desk.read("/world")["troubles"]?[0]
        #expect(trouble?["line"]?.int == 2)
        #expect(trouble?["text"]?.string?.contains("holds no order 1042") == true)
    }

    @Test func anEngineInsideRunsInVirtualTimeOnly() throws {
        let real = try Desk(Desk.chairs)
        let refused = real.ask(.post, "/steps", #""engine.sync""#)
        #expect(refused.status == 422)
        #expect(refused.json["problems"]?[0]?["text"]?.string?.contains("tandem sync") == true)
        let virtual = try Desk(Desk.chairs) { $0.isTimeVirtual = true }
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
        #expect(check["rules"]?.array?.allSatisfy { $0["verdict"]?.string == "holds" } == true)
    }

    /// A password of two letters stands in the word brown.
    @Test func aSecretThatIsTooShortToTellIsNotJudged() throws {
        func verdict(_ password: String) throws -> String? {
            let desk = try Desk(Desk.chairs) { $0.ongoingPassword = password }
            _ = desk.ongoing(.put, "/articles", #"{"goodsOwnerId":42,"articleNumber":"A","articleName":"Brown \#(password)"}"#)
            return try desk.read("/check")["rules"]?.array?.first { $0["rule"]?.string == "no-secret-anywhere" }?["verdict"]?
                .string
        }
        #expect(try verdict("ow") == "not-judged")
        #expect(try verdict("planted-password") == "broken")
    }

    @Test func everyRuleIsNamedInTheVerdict() throws {
        let desk = try Desk(Desk.chairs)
        #expect(try desk.read("/check")["rules"]?.array?.compactMap { $0["rule"]?.string } == AllInvariants.ids)
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
        let desk = try Desk(Desk.chairs)
        let response = desk.ask(.post, "/steps", body)
        #expect(response.status == status)
        #expect(response.headers[.contentType] == "application/problem+json")
        let spot = response.json["problems"]?[0]
        #expect(spot?["line"]?.int == line)
        #expect(spot?["column"]?.int == column)
        #expect(spot?["text"]?.string?.contains(words) == true, "\(spot?.text ?? "")")
    }

    /// What came before the step that could not be taken was done, and the answer says how much.
    @Test func theStepsBeforeTheRefusedOneAreCounted() throws {
        let desk = try Desk(Desk.chairs)
        let response = desk.ask(
            .post, "/steps",
            """
            [{"rackbeat.book-order":{"number":1042,"lines":[{"id":1,"item":"CHAIR-01","quantity":5}]}},
             {"ongoing.send":{"order":"1042"}}]
            """)
        #expect(response.status == 409)
        #expect(response.json["taken"]?.int == 1)
        #expect(response.json["problems"]?[0]?["line"]?.int == 2)
        #expect(try desk.read("/world")["rackbeat"]?["orders"]?.array?.count == 1)
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/nowhere", 404), (.head, "/world", 405), (.delete, "/world", 405),
        (.get, "/worlds/w9/world", 404),
        (.delete, "/worlds/main", 409), (.delete, "/worlds/w9", 404), (.get, "/exchanges?since=-1", 400),
        (.get, "/check?settled=maybe", 400), (.get, "/check?roundBegan=now", 400), (.put, "/snapshots/a%20b", 422),
        (.post, "/snapshots/none/restore", 404),
    ])
    func whatIsNotThereIsSaid(method: HTTPRequest.Method, target: String, status: Int) throws {
        let response = try Desk(Desk.chairs).ask(method, target)
        #expect(response.status == status)
        #expect(response.json["status"]?.int == status)
        #expect((response.headers[.allow] != nil) == (status == 405))
    }

    @Test func aTokenIsAskedForWhenThereIsOne() throws {
        let desk = try Desk(Desk.chairs) { $0.controlToken = "let-me-in" }
        #expect(desk.ask(.get, "/health").status == 200)
        #expect(desk.ask(.get, "/world").status == 401)
        #expect(desk.ask(.get, "/nowhere").status == 401)
        #expect(desk.ask(.get, "/world", headers: [.authorization: "Bearer let-me-i"]).status == 401)
        #expect(desk.ask(.get, "/world", headers: [.authorization: "Bearer let-me-in"]).status == 200)
    }

    @Test func aPageOfAnotherOriginMayNotPullLevers() throws {
        let desk = try Desk(Desk.chairs)
        let host = HTTPField.Name("Host")!
        #expect(desk.ask(.post, "/reset", headers: [.origin: "http://evil.example", host: "127.0.0.1:3"]).status == 403)
        #expect(desk.ask(.post, "/reset", headers: [.origin: "http://127.0.0.1:3", host: "127.0.0.1:3"]).status == 200)
        // A name that somebody gave this machine.
        #expect(desk.ask(.get, "/world", headers: [host: "rebound.example:3"]).status == 403)
        #expect(desk.ask(.get, "/world", headers: [host: "localhost:3"]).status == 200)
    }

    @Test func aNewWorldIsReadStrictly() throws {
        let desk = try Desk(Desk.chairs)
        #expect(desk.ask(.post, "/worlds", #"{"scenaro":""}"#).json["detail"]?.string?.contains("'scenario'") == true)
        let bad = desk.ask(.post, "/worlds", #"{"scenario":"world: { prodcts: [] }\nsteps: []"}"#)
        #expect(bad.status == 422)
        #expect(bad.json["problems"]?[0]?["text"]?.string?.contains("did you mean 'products'?") == true)
    }
}

@Suite struct FaultTests {
    private func struck(_ kind: String, _ more: String = "") throws -> (desk: Desk, served: Served) {
        let desk = try Desk(Desk.chairs)
        #expect(desk.ask(.post, "/faults", #"{"match":"rackbeat GET /orders","fault":"\#(kind)"\#(more)}"#).status == 200)
        return (desk, desk.rackbeat(.get, "/orders"))
    }

    @Test(arguments: ["refused-connection", "request-lost", "response-lost"])
    func aLostExchangeIsAClosedConnection(kind: String) throws { #expect(try struck(kind).served == .closed) }

    @Test(arguments: ["slow", "late-effect"])
    func aSlowAnswerIsHeld(kind: String) throws { #expect(try struck(kind).served == .silence) }

    @Test func aBrokenAnswerEndsInItsMiddle() throws {
        guard case .cutShort(let response, let bytes) = try struck("reset-mid-body").served else {
            Issue.record("the answer is whole")
            return
        }
        #expect(bytes == response.body.count / 2)
    }

    @Test(arguments: [
        ("too-many-requests", 429), ("server-error-before", 500), ("server-error-after", 500), ("bad-gateway", 502),
        ("service-unavailable", 503), ("request-timeout", 408), ("unauthorised", 401), ("html", 200),
    ])
    func aFaultAnswersInsteadOfTheServer(kind: String, status: Int) throws { #expect(try struck(kind).served.status == status) }

    /// It strikes once, is counted, stands in the journal, and can be ended.
    @Test func aFaultIsCountedAndEnds() throws {
        let (desk, _) = try struck("response-lost", #","times":2"#)
        #expect(try desk.read("/faults")["faults"]?[0]?["struck"]?.int == 1)
        #expect(try desk.read("/exchanges")["exchanges"]?[0]?["fault"]?.string == "carried out, but the response was lost")
        #expect(desk.ask(.delete, "/faults").status == 204)
        #expect(desk.rackbeat(.get, "/orders").status == 206)
        #expect(try desk.read("/faults")["faults"]?.array?.isEmpty == true)
    }

    /// The caller gave up long ago, and then it happens.
    @Test func aLateEffectComesLate() throws {
        let desk = try Desk(Desk.chairs)
        desk.ask(.post, "/faults", #"{"match":"ongoing PUT /articles","fault":"late-effect","delay":"5s"}"#)
        let article = #"{"goodsOwnerId":42,"articleNumber":"NEW-1","articleName":"New"}"#
        #expect(desk.ongoing(.put, "/articles", article) == .silence)
        func numbers() throws -> [String] {
            try desk.read("/world")["ongoing"]?["articles"]?.array?.compactMap { $0["number"]?.string } ?? []
        }
        #expect(try !numbers().contains("NEW-1"))
        desk.clockwork.pass(.seconds(36))
        #expect(try numbers().contains("NEW-1"))
    }
}

@Suite struct JournalTests {
    /// Authorization, tokens of webhooks and credentials that strayed into a query are in no answer of the control API.
    @Test func noSecretIsShown() throws {
        let desk = try Desk(Desk.chairs) {
            $0.rackbeatToken = "planted-token"
            $0.ongoingPassword = "planted-password"
        }
        _ = desk.rackbeat(.get, "/orders?token=planted-token")
        _ = desk.rackbeat(.post, "/webhooks", #"{"event":"order.created","url":"http://127.0.0.1:9/hook"}"#)
        _ = desk.rackbeat(.put, "/orders/1?x=1", #"{"note":"planted-password"}"#)
        _ = desk.ongoing(.get, "/articles?goodsOwnerId=42")
        desk.ask(.post, "/webhooks", #"{"url":"http://127.0.0.1:9/x","token":"planted-hook"}"#)
        try desk.take("rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }")
        let hook = try #require(
            desk.control.main.enter { $0.world.rackbeat.webhookTokens.first })
        let base64 = Base64.encode("WSI-demo:planted-password")
        for route in Route.all where route.method == .get {
            let text = String(decoding: desk.ask(.get, route.path).body, as: UTF8.self)
            for secret in ["planted-token", "planted-password", "planted-hook", hook, base64] {
                #expect(!text.contains(secret), "\(route.path) shows a secret")
            }
        }
        #expect(try desk.read("/exchanges")["exchanges"]?.array?.count == 4)
    }

    @Test func exchangesArePagedByNumber() throws {
        let desk = try Desk(Desk.chairs)
        for _ in 0..<5 { _ = desk.rackbeat(.get, "/orders") }
        let page = try desk.read("/exchanges?since=1&limit=2")
        #expect(page["exchanges"]?.array?.compactMap { $0["number"]?.int } == [2, 3])
        #expect(page["next"]?.int == 3)
        #expect(page["latest"]?.int == 5)
    }

    @Test func theOldestAreForgottenAndCounted() throws {
        let desk = try Desk(Desk.chairs) { $0.memory = World.Memory(exchanges: 8, breaches: 3) }
        for _ in 0..<20 { _ = desk.rackbeat(.get, "/orders?invented=1") }
        let page = try desk.read("/exchanges")
        let numbers = page["exchanges"]?.array?.compactMap { $0["number"]?.int } ?? []
        #expect(numbers.last == 20)
        #expect(numbers.count <= 8)
        #expect(page["forgotten"]?.int == 20 - numbers.count)
        let small = try Desk(Desk.chairs) { $0.memory = World.Memory(exchanges: 1000, bytes: 5000, breaches: 3) }
        let large = String(repeating: "x", count: 2000)
        for _ in 0..<20 { _ = small.rackbeat(.put, "/orders/1", large) }
        let kept = try small.read("/exchanges")["exchanges"]?.array ?? []
        #expect((1...2).contains(kept.count))
        #expect(kept.last?["number"]?.int == 20)
        #expect(try desk.read("/violations")["violations"]?.array?.count == 3)
    }
}
