import Exchange
import Foundation
import HTTPTypes
import JSON
import Sockets
import Stage
import Testing

extension EndToEndTests {
    /// The live page in a real browser, with a real `tandem serve` behind it.
    @Suite(
        .timeLimit(.minutes(5)),
        .enabled(if: Browser.binary != nil, "needs Chromium, which .ci/run installs: apt-get install chromium"))
    struct BrowserTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        private static let chairs = """
            world:
              products:
                - { number: CHAIR-01, name: Oak chair, stock: 50 }
            steps: []
            """

        /// A world in virtual time, with one order in the warehouse.
        private func fakes(_ world: String = chairs) throws -> Fakes {
            try Fakes(world: world, in: folder.path, arguments: ["--clock", "virtual"])
        }

        private func page(_ fakes: Fakes) throws -> Browser {
            let browser = try Browser(in: folder.path)
            try browser.open(fakes.control + "/")
            try browser.waits(for: "document.getElementById('verdict').textContent !== '…'")
            return browser
        }

        private func text(_ id: String) -> String { "document.getElementById('\(id)').textContent" }

        private func click(_ key: String) -> String { "document.querySelector('[data-key=\"\(key)\"]').click()" }

        /// Keeps what was seen where a person can look at it.
        private func keep(_ browser: Browser, _ name: String) throws {
            guard let place = ProcessInfo.processInfo.environment["TANDEM_SCREENSHOTS"] else { return }
            for (width, isDark) in [(1280, false), (1280, true), (1600, false), (1600, true)] {
                try browser.resize(width: width, height: 1000)
                try browser.prefersDark(isDark)
                try browser.screenshot().write(to: URL(filePath: "\(place)/\(name)-\(width)-\(isDark ? "dark" : "light").png"))
            }
        }

        // MARK: Work

        @Test func aPartIsPickedAndShipped() throws {
            let fakes = try fakes()
            #expect(try fakes.take("rackbeat.book-order", fiveChairs))
            #expect(try fakes.take("engine.sync"))
            let browser = try page(fakes)
            try browser.waits(for: "document.querySelector('[data-key=\"input order 1042 line 1\"]')")
            _ = try browser.evaluate("document.querySelector('[data-key=\"input order 1042 line 1\"]').value = '2'")
            _ = try browser.evaluate(click("pick order 1042 line 1"))
            try browser.waits(for: text("orders") + ".includes('1: 2 of 5 CHAIR-01')")
            _ = try browser.evaluate(click("send order 1042"))
            _ = try browser.evaluate(click("run engine"))
            try browser.waits(for: text("orders") + ".includes('part shipped')")
            try browser.waits(for: text("timeline") + ".includes('/create-shipment')")
            _ = try browser.evaluate(click("run engine"))
            try browser.waits(for: text("timeline") + ".includes('polls, nothing new')")
            // The bodies of an exchange, with what is new since the last of its kind.
            _ = try browser.evaluate("document.querySelector('#timeline button.exchange').click()")
            try browser.waits(for: "document.querySelectorAll('#timeline pre').length > 0")
            #expect(
                try browser.evaluate(text("timeline") + ".toLowerCase().includes('content-type: application/json')") == true)
            #expect(try browser.evaluate(text("message")) == "")
            try keep(browser, "part-shipped")
            #expect(browser.complaints.isEmpty, "\(browser.complaints)")
        }

        /// What somebody else does shows without a reload.
        @Test func thePageFollowsTheWorld() throws {
            let fakes = try fakes()
            let browser = try page(fakes)
            _ = try browser.evaluate("window.isTheSame = true")
            #expect(try fakes.take("rackbeat.book-order", fiveChairs))
            try browser.waits(for: text("orders") + ".includes('1042')")
            try fakes.post("/faults", ["match": "rackbeat * /**", "fault": "response-lost"])
            try browser.waits(for: text("fault-list") + ".includes('response-lost')")
            try browser.waits(for: text("clock") + ".includes('virtual')")
            #expect(try browser.evaluate("window.isTheSame") == true)
        }

        @Test func aBrokenInvariantIsToldInFull() throws {
            let fakes = try fakes()
            #expect(try fakes.take("rackbeat.book-order", fiveChairs))
            let browser = try page(fakes)
            _ = try browser.evaluate("document.getElementById('settled').click()")
            try browser.waits(for: text("verdict") + " === 'broken'")
            let findings = try browser.evaluate(text("invariant-list")).string ?? ""
            #expect(findings.contains("The warehouse has no live order of this number."))
            #expect(findings.contains("a booked order with 1 line at the location"))
            _ = try browser.evaluate("document.getElementById('invariants').scrollIntoView()")
            try keep(browser, "broken")
        }

        @Test func aRefusedStepSaysWhy() throws {
            let fakes = try fakes()
            let browser = try page(fakes)
            _ = try browser.evaluate(
                """
                document.querySelector('#take-step textarea').value = '- ongoing.pick: { order: 7 }';
                document.querySelector('#take-step button').click()
                """)
            try browser.waits(for: text("message") + ".includes('cannot be taken now')")
            #expect(try browser.evaluate(text("message")).string?.contains("7") == true)
        }

        @Test func fiveHundredOrdersAreCountedAndCanAllBeSeen() throws {
            let fakes = try fakes()
            #expect(try fakes.take("rackbeat.book-many", ["orders": 500, "from": 2001]))
            let browser = try page(fakes)
            try browser.waits(for: text("count-documents") + " === '500'")
            #expect(try browser.evaluate(text("orders")).string?.contains("100 of 500 are shown.") == true)
            _ = try browser.evaluate(click("more orders"))
            try browser.waits(for: "document.querySelectorAll('#orders > table > tbody > tr').length === 500")
            // A narrow filter.
            _ = try browser.evaluate(
                """
                document.getElementById('document-filter').value = '2417';
                document.getElementById('document-filter').dispatchEvent(new Event('input'))
                """)
            try browser.waits(for: "document.querySelectorAll('#orders > table > tbody > tr').length === 1")
            // Nothing stands outside the window.
            for width in [1280, 1600] {
                try browser.resize(width: width, height: 900)
                #expect(try browser.evaluate("document.documentElement.scrollWidth <= \(width)") == true)
            }
            try keep(browser, "many")
        }

        @Test func aProductCalledScriptIsText() throws {
            let browser = try page(
                fakes(
                    """
                    world:
                      products:
                        - { number: "<script>", name: "<img src=x onerror=alert(1)>", stock: 3 }
                    steps: []
                    """))
            try browser.waits(for: text("positions") + ".includes('<script>')")
            #expect(try browser.evaluate("document.querySelectorAll('script').length") == 1)
            #expect(try browser.evaluate("document.querySelectorAll('img').length") == 0)
            #expect(browser.complaints.isEmpty, "\(browser.complaints)")
        }

        /// An order is booked and picked without a mouse.
        @Test func theKeyboardAloneIsEnough() throws {
            let fakes = try fakes()
            let browser = try page(fakes)
            func tab(to key: String, within steps: Int = 80) throws {
                for _ in 0..<steps {
                    try browser.press("Tab")
                    let focused =
                        "document.activeElement.dataset.key || document.activeElement.value || document.activeElement.textContent"
                    if try browser.evaluate(focused).string == key { return }
                }
                Issue.record("\(key) is not reached")
            }
            try tab(to: "order")
            try browser.press("Enter")
            try browser.waits(for: text("orders") + ".includes('1001')")
            try tab(to: "run engine")
            try browser.press("Space")
            try browser.waits(for: "document.querySelector('[data-key=\"pick order 1001 line 1\"]')")
            try tab(to: "pick order 1001 line 1")
            try browser.press("Enter")
            try browser.waits(for: text("orders") + ".includes('1: 1 of 1 CHAIR-01')")
            #expect(
                try browser.evaluate(
                    "[...document.querySelectorAll('input, select, textarea')].every(i => i.labels.length || i.getAttribute('aria-label'))"
                ) == true)
        }

        @Test func withATokenTheBrowserSignsIn() throws {
            let fakes = try Fakes(
                world: Self.chairs, in: folder.path, arguments: ["--control-token", "open-sesame-1234"])
            let browser = try Browser(in: folder.path)
            try browser.open(fakes.control + "/")
            #expect(try browser.evaluate("document.title") == "Tandem: sign in")
            _ = try browser.evaluate("document.getElementById('token').focus()")
            try browser.type("open-sesame-1234")
            try browser.press("Enter")
            try browser.waits(for: "document.getElementById('positions')?.textContent.includes('CHAIR-01')")
            #expect(try browser.evaluate("document.cookie") == "")
        }
    }
}
