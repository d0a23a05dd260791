import Exchange
import HTTPTypes
import JSON
import Testing

@testable import Control

/// The files of the live page, the events that fill it, and who is let in. What it does in a browser is in `BrowserTests`.
@Suite struct PageTests {
    /// The name and data of the one event of a response, and its id.
    private func event(
        _ harness: ControlHarness, _ target: String = "/live", last: String? = nil
    ) throws -> (name: String, id: String, data: JSON) {
        var headers: HTTPFields = [:]
        headers[HTTPField.Name("Last-Event-ID")!] = last
        let response = harness.ask(.get, target, headers: headers)
        try #require(response.status == 200)
        var fields: [String: String] = [:]
        let text = String(decoding: response.body, as: UTF8.self)
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[String(parts[0])] = String(parts[1].dropFirst())
        }
        #expect(text.hasSuffix("\n\n"))
        #expect(fields["retry"] == "1000")
        return (fields["event"] ?? "", fields["id"] ?? "", try JSON.parse(fields["data"] ?? ""))
    }

    // MARK: Files

    @Test(arguments: [
        ("/", "text/html; charset=utf-8"), ("/page.css", "text/css; charset=utf-8"),
        ("/page.js", "text/javascript; charset=utf-8"),
    ])
    func theFilesAreServedUnderAStrictPolicy(path: String, type: String) throws {
        let response = try ControlHarness(ControlHarness.chairs).ask(.get, path)
        #expect(response.headers[.contentType] == type)
        let policy = response.headers[HTTPField.Name("Content-Security-Policy")!] ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(response.headers[HTTPField.Name("X-Frame-Options")!] == "DENY")
    }

    /// Markup is only in the file: the script makes elements and sets their text.
    @Test func theScriptWritesNoMarkup() {
        let script = String(decoding: PageFiles.script.body, as: UTF8.self)
        for name in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("] {
            #expect(!script.contains(name), "\(name)")
        }
    }

    @Test func eachWorldHasItsPage() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        harness.ask(.post, "/worlds")
        #expect(harness.ask(.get, "/worlds/w2").status == 200)
        #expect(try event(harness, "/worlds/w2/live").data["id"] == "w2")
        #expect(harness.ask(.get, "/worlds/w9").status == 404)
        #expect(harness.ask(.get, "/worlds/w9/live").status == 404)
    }

    /// A form offers what a scenario can say.
    @Test func everyExampleOfTheCatalogueCanBeReadAsAStep() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let catalogue = try JSON.parse(harness.ask(.get, "/catalogue").body)
        let steps = try #require(catalogue["steps"]?.array)
        #expect(steps.count > 50)
        for step in steps {
            let example = try #require(step["example"]?.string)
            #expect(example.hasPrefix("- "), "\(step)")
            #expect(example.contains(try #require(step["word"]?.string)), "\(step)")
        }
        #expect(catalogue["operations"]?.array?.contains("ongoing PUT /orders") == true)
    }

    // MARK: Events

    @Test func theStateIsSentOnceAndThenOnlyTheClock() throws {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.isTimeVirtual = true }
        let first = try event(harness)
        #expect(first.name == "state")
        #expect(first.data["world"]?["rackbeat"]?["products"]?.array?.count == 1)
        #expect(try event(harness, last: first.id).name == "clock")
        #expect(try event(harness, "/live?last=\(first.id)").name == "clock")

        harness.ask(.post, "/clock/advance", #"{"by":"10m"}"#)
        let later = try event(harness, last: first.id)
        #expect(later.name == "clock", "time alone is no change")
        #expect(later.data["now"] != first.data["world"]?["clock"]?["now"])

        _ = harness.rackbeat(.get, "/orders")
        let changed = try event(harness, last: first.id)
        #expect(changed.name == "state")
        #expect(changed.data["exchanges"]?.array?.count == 1)
        #expect(changed.data["restarted"] == false)
        #expect(try event(harness, last: changed.id).name == "clock")
    }

    /// Whatever the browser had before is of another time.
    @Test(arguments: ["", "nonsense", "1.2", "9.1.0", "1.-4.x", "a.b.c"])
    func anIDFromElsewhereGetsEverything(last: String) throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        _ = harness.rackbeat(.get, "/orders")
        #expect(try event(harness, last: last).data["exchanges"]?.array?.count == 1)
    }

    @Test func aResetIsToldAsOne() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        _ = harness.rackbeat(.get, "/orders")
        let first = try event(harness)
        harness.ask(.post, "/reset")
        let second = try event(harness, last: first.id)
        #expect(second.data["restarted"] == true)
        #expect(second.data["exchanges"] == [])
    }

    @Test func noSecretIsInAnEvent() throws {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.rackbeatToken = "planted-token" }
        _ = harness.rackbeat(.get, "/orders?token=planted-token")
        let text = try event(harness).data.text
        #expect(!text.contains("planted-token"))
        #expect(text.contains("/api/orders?token=•••"))
    }

    // MARK: Signing in

    private let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

    @Test func aBrowserSignsInWithTheTokenAndIsKnownByItsCookie() throws {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.controlToken = "open-sesame" }
        let html: HTTPFields = [.accept: "text/html,*/*"]
        let refused = harness.ask(.get, "/", headers: html)
        #expect(refused.status == 401)
        #expect(String(decoding: refused.body, as: UTF8.self).contains("action=\"/login\""))
        // Programs get a problem body.
        #expect(harness.ask(.get, "/world").headers[.contentType] == "application/problem+json")

        #expect(harness.ask(.post, "/login", "token=open", headers: form).status == 401)
        let entered = harness.ask(.post, "/login", "token=open-sesame", headers: form)
        #expect(entered.status == 303)
        let cookie = try #require(entered.headers[.setCookie])
        #expect(cookie.contains("HttpOnly; SameSite=Strict"))
        #expect(!cookie.contains("open-sesame"))
        let pair = String(cookie.prefix { $0 != ";" })
        #expect(harness.ask(.get, "/", headers: [.cookie: "other=1; \(pair)"]).status == 200)
        #expect(harness.ask(.get, "/live", headers: [.cookie: pair]).status == 200)
        #expect(harness.ask(.get, "/live", headers: [.cookie: "\(pair)x"]).status == 401)
        #expect(harness.ask(.get, "/live", headers: [.cookie: "tandem-control="]).status == 401)
        // A page elsewhere may not act with it.
        #expect(harness.ask(.post, "/reset", headers: [.cookie: pair, .origin: "http://elsewhere.test"]).status == 403)
    }

    /// Without a token there is nothing to sign in to.
    @Test func withoutATokenTheFormLetsNobodyIn() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        #expect(harness.ask(.post, "/login", "token=", headers: form).status == 401)
    }
}
