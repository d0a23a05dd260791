import Embedded
import Foundation
import Invariants
import JSON
import ScenarioKit
import Testing

@testable import Reports

/// One file with everything in it, whatever stands in the names of a run.
struct HTMLReportTests {
    private static let hostile = "</script><script>alert(1)</script>"

    private func run(_ name: String, _ scenario: String) throws -> HTMLRun {
        var options = RunOptions()
        options.trace = .whole
        let read = try ScenarioReader.read(scenario, path: "orders/\(name).yaml")
        var run = HTMLRun(Runner(options: options).run([.scenario(read)])[0], again: "tandem run orders/\(name).yaml")
        run.summary = read.summary
        run.source = scenario
        return run
    }

    private var failing: HTMLRun {
        get throws {
            try run(
                "a-promise",
                """
                # Five are ordered, and three picked.
                world:
                  products:
                    - { number: CHAIR-01, name: "\(Self.hostile)", stock: 10 }
                steps:
                  - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                  - engine.sync
                  - ongoing.pick: { order: 1042, lines: { 1: 3 } }
                expect:
                  rackbeat.order: { number: 1042, state: shipped }
                """)
        }
    }

    private func report(_ runs: [HTMLRun]) -> String {
        HTMLReport(title: Self.hostile, command: "tandem run", summary: Self.hostile, runs: runs).text
    }

    private func data(_ text: String) throws -> JSON {
        let start = try #require(text.range(of: #"id="data">"#)).upperBound
        let end = try #require(text[start...].range(of: "</script>")).lowerBound
        return try JSON.parse(String(text[start..<end]))
    }

    /// Only the two scripts and the style that the report brings.
    @Test func whatComesFromARunIsNeverMarkup() throws {
        var hostile = try failing
        hostile.result.name = Self.hostile
        hostile.summary = Self.hostile
        hostile.conditions = [Self.hostile]
        let text = report([hostile])
        #expect(text.components(separatedBy: "<script").count == 3)
        #expect(text.components(separatedBy: "</script>").count == 3)
        #expect(!text.contains("alert(1)</"))
        let run = try #require(try data(text)["runs"]?[0])
        #expect(run["name"]?.string == Self.hostile)
        #expect(try data(text)["title"]?.string == Self.hostile)
    }

    @Test func theFileNeedsNoNetworkAndAllowsOnlyItself() throws {
        let text = report([try failing])
        #expect(text.contains("default-src 'none'; style-src 'sha256-"))
        #expect(!text.contains("unsafe-inline"))
        // What the bodies of exchanges name is data, and nothing loads it.
        for resource in [EmbeddedFile.reportScript, EmbeddedFile.reportStyle] {
            #expect(!String(decoding: resource, as: UTF8.self).contains("://"))
        }
        #expect(!text.contains(" src=") && !text.contains("<link"))
        #expect(text.contains(SHA256.source(EmbeddedFile.reportScript)) && text.contains(SHA256.source(EmbeddedFile.reportStyle)))
        // Neither has what would end its element.
        #expect(!String(decoding: EmbeddedFile.reportScript, as: UTF8.self).contains("</script"))
        #expect(!String(decoding: EmbeddedFile.reportStyle, as: UTF8.self).contains("</style"))
    }

    /// FIPS 180-4, its examples and the lengths around a block.
    @Test func theHashIsSHA256() {
        func hex(_ text: String) -> String {
            SHA256.hash(Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        #expect(
            hex(String(repeating: "a", count: 64)) == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
    }

    @Test func aFailingRunHasEverythingThatThePageShows() throws {
        let run = try #require(try data(report([try failing]))["runs"]?[0])
        #expect(run["outcome"]?.string == "failed")
        #expect(run["expectations"]?[0]?["line"]?.int == 10)
        #expect(run["again"]?.string == "tandem run orders/a-promise.yaml")
        let entries = try #require(run["entries"]?.array)
        // Step, engine, exchange and movement.
        #expect(Set(entries.compactMap { $0[2]?.int }) == [0, 1, 2, 3])
        #expect(run["documents"]?.array?.contains("order 1042") == true)
        #expect(run["concerned"]?.array?.isEmpty == false)
        #expect(run["changes"]?.array?.isEmpty == false)
    }

    /// Otherwise a suite of hundreds would not fit.
    @Test func ofManyRunsThoseThatPassHaveNoBodies() throws {
        let good = try run("good", "steps: [ engine.sync ]\n")
        let few = report([good])
        let many = report(Array(repeating: good, count: HTMLReport.fewRuns + 1))
        let withBodies = try #require(try data(few)["runs"]?[0]?["entries"]?.array)
        let without = try #require(try data(many)["runs"]?[0]?["entries"]?.array)
        #expect(withBodies.contains { $0[2]?.int == 2 && $0[12]?.int != -1 })
        #expect(without.allSatisfy { $0[2]?.int != 2 || $0[12]?.int == -1 })
        #expect(without.contains { $0[2]?.int == 4 })
    }

    /// What is the same is stored once, and two reports of one run are the same to the byte.
    @Test func theSameRunGivesTheSameBytes() throws {
        let once = report([try failing])
        #expect(once == report([try failing]))
        let texts = try #require(try data(once)["texts"]?.array).map { $0.string }
        #expect(Set(texts).count == texts.count)
    }
}
