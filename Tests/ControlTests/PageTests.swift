import Exchange
import HTTPTypes
import Testing

@testable import Control

@Suite struct PageTests {
    private func page(_ harness: ControlHarness, _ target: String = "/") -> String {
        String(decoding: harness.ask(.get, target).body, as: UTF8.self)
    }

    /// Whatever a product or a request is called, it is text on the page and nothing else.
    @Test func whatAWorldHoldsIsNeverMarkup() throws {
        let hostile = "<script>x'y</script>&"
        let harness = try ControlHarness("world: { products: [ { number: \"\(hostile)\", stock: 3 } ] }\nsteps: []")
        _ = harness.rackbeat(.get, "/orders?invented=<b>")
        let text = page(harness)
        #expect(text.contains("&lt;script&gt;x&#39;y&lt;/script&gt;&amp;"))
        #expect(!text.contains("<script>x"))
        #expect(!text.contains("<b>"))
        #expect(text.components(of: "<script>") == 1)
    }

    @Test func thePageOffersActions() throws {
        let harness = try ControlHarness { $0.isTimeVirtual = true }
        let text = page(harness)
        #expect(text.contains("data-path=\"/clock/advance\""))
        #expect(text.contains("data-body=\"{&quot;rackbeat.book-order&quot;:{&quot;number&quot;:1044"))
        #expect(text.contains(">1042<"))
        #expect(harness.ask(.get, "/").headers[.contentType] == "text/html; charset=utf-8")
        // Buttons that move goods must not lie under somebody else's page.
        let headers = harness.ask(.get, "/").headers
        #expect(headers[HTTPField.Name("Content-Security-Policy")!]?.contains("frame-ancestors 'none'") == true)
        #expect(headers[HTTPField.Name("X-Frame-Options")!] == "DENY")
    }

    @Test func eachWorldHasItsPage() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        harness.ask(.post, "/worlds")
        #expect(page(harness, "/worlds/w2").contains("data-path=\"/worlds/w2/reset\""))
        #expect(harness.ask(.get, "/worlds/w9").status == 404)
    }

    @Test func noSecretIsOnThePage() throws {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.rackbeatToken = "planted-token" }
        _ = harness.rackbeat(.get, "/orders?token=planted-token")
        #expect(!page(harness).contains("planted-token"))
        #expect(page(harness).contains("/api/orders?token=•••"))
    }
}

extension String {
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
