import Contract
import Exchange
import Foundation
import HTTPTypes
import JSON
import Service
import Synchronization
import Testing
import Units

@testable import ScenarioKit

/// `tandem verify` against the fakes: a sound world is ready, and an altered one has the one finding that names the alteration.
@Suite struct VerificationTests {
    /// What a finding says that somebody has to read: everything but what is good and what only people can tell.
    private static func told(_ verification: Verification) -> [String] {
        verification.findings.compactMap { finding in
            guard finding.severity != .good else { return nil }
            switch finding.kind {
            case .assumption(_, _, .untested), .readUntried, .notLookedAt: return nil
            default: break
            }
            return "\(finding.severity.rawValue): \(finding.words.isSo)"
        }
    }

    @Test func aSoundWorldIsReady() throws {
        let outcome = try VerifiedWorld().verify()
        let verification = outcome.verification
        #expect(verification.verdict == .ready, "\(verification.text)")
        #expect(verification.exitStatus == .success)
        #expect(outcome.writes == [], "nothing but GET is sent")
        #expect(Self.told(verification) == [], "\(verification.text)")
        #expect(verification.text.split(separator: "\n").last?.hasPrefix("ready: ") == true)
    }

    /// A right that is missing shows before the night in which it is needed.
    @Test func everyReadOfTheEngineIsTried() throws {
        var world = VerifiedWorld()
        // The warehouse has a purchase order too.
        world.steps = "engine.sync"
        let verification = try world.verify().verification
        var granted = 0
        for finding in verification.findings {
            switch finding.kind {
            case .readsGranted(_, let count): granted += count
            case .readUntried(let reads): Issue.record("not tried: \(reads)")
            default: break
            }
        }
        // The first read of each system is the one that it answers with.
        #expect(granted == EngineRead.allCases.count - 2, "\(verification.text)")
    }

    struct Altered: CustomTestStringConvertible, Sendable {
        let name: String
        let world: @Sendable () -> VerifiedWorld
        var testDescription: String { name }

        init(_ name: String, _ change: @escaping @Sendable (inout VerifiedWorld) -> Void) {
            self.name = name
            world = {
                var world = VerifiedWorld()
                change(&world)
                return world
            }
        }
    }

    /// The findings beyond those of the sound world, and the exit code.
    private static func section(_ altered: Altered) throws -> String {
        let verification = try altered.world().verify().verification
        let lines = told(verification)
        return "## \(altered.name)\n\n\(verification.word), exit code \(verification.exitStatus.rawValue)\n"
            + lines.map { "- \($0)\n" }.joined()
    }

    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Kept/verify-findings.md")
    private static var isRegenerating: Bool { ProcessInfo.processInfo.environment["TANDEM_REGENERATE"] == "1" }

    @Test(arguments: alterations) func anAlteredWorldHasTheOneFindingThatNamesIt(_ altered: Altered) throws {
        guard !Self.isRegenerating else { return }
        let section = try Self.section(altered)
        let kept = try String(contentsOf: Self.path, encoding: .utf8)
        #expect((kept + "\n").contains(section + "\n"), "\(section)")
    }

    /// An import keeps neither probe of the time filter from its answer.
    @Test func productsOfOneSecondKeepNoProbeFromItsAnswer() throws {
        let altered = try #require(Self.alterations.first { $0.name == "a hundred products of one second" })
        let verification = try altered.world().verify().verification
        for key in ["updated_from_inclusive", "time_zone"] {
            let isConfirmed = verification.findings.contains { finding in
                if case .assumption(let assumption, _, .confirmed) = finding.kind { assumption.key == key } else { false }
            }
            #expect(isConfirmed, "\(key) \(verification.text)")
        }
    }

    /// Regenerates the kept texts; each is to be read before it is kept.
    @Test(.enabled(if: isRegenerating)) func regenerate() throws {
        let text =
            "# What `tandem verify` finds in altered worlds\n\n"
            + (try Self.alterations.map(Self.section).joined(separator: "\n"))
        try text.write(to: Self.path, atomically: true, encoding: .utf8)
    }

    /// Changes the JSON of the responses to requests whose path ends so.
    private static func json(
        _ system: System, _ suffix: String, _ change: @escaping @Sendable (JSON) -> JSON
    ) -> VerifiedWorld.Alter {
        { asked, request, response in
            guard asked == system, request.path.hasSuffix(suffix), response.isSuccess, let tree = try? JSON.parse(response.body)
            else {
                return response
            }
            var altered = response
            altered.body = change(tree).serialized
            return altered
        }
    }

    private static func replaced(_ old: String, _ new: String) -> @Sendable (JSON) -> JSON {
        { try! JSON.parse($0.text.replacing(old, with: new)) }
    }

    private static func answered(
        _ system: System, _ suffix: String, status: Int, _ body: String = "{}", type: String = "application/json"
    )
        -> VerifiedWorld.Alter
    {
        { asked, request, response in
            guard asked == system, request.path.hasSuffix(suffix) || suffix.isEmpty else { return response }
            return Response(status: status, headers: [.contentType: type], body: Array(body.utf8))
        }
    }

    private static let canary = CanaryPlan(allowed: [42], confirmed: 42, maxWrites: 30)

    static let alterations: [Altered] = [
        Altered("a wrong token") { $0.token = "wrong" },
        Altered("a wrong password") {
            $0.password = "wrong"
        },
        Altered("a wrong location") {
            $0.replacing = ["location: 1001": "location: 1999"]
        },
        Altered("a blocked location") {
            $0.alter = json(.rackbeat, "/locations/1001") { replaced("\"location\":{", "\"location\":{\"is_draft\":true,")($0) }
        },
        Altered("another account") {
            $0.replacing = ["name: Trial,": "name: Trial, account: 4712,"]
        },
        Altered("a goods owner out of reach") { $0.replacing = ["goods-owner: 42": "goods-owner: 43"] },
        Altered("no status 450") {
            $0.alter = json(.ongoing, "/orders/statuses") { replaced("\"number\":450", "\"number\":455")($0) }
        },
        Altered("renamed statuses") {
            $0.alter = json(.ongoing, "/orders/statuses") { replaced("\"Sent\"", "\"Prepared\"")($0) }
        },
        Altered("a page limit of 100") { $0.fakes = #"rackbeat: { max_limit: "100" }"# },
        Altered("times in UTC") { $0.fakes = #"rackbeat: { time_zone: "UTC" }"# },
        Altered("lists with status 200") { $0.fakes = #"rackbeat: { list_status: "200" }"# },
        Altered("lines not embedded") { $0.fakes = #"rackbeat: { orders.list_embeds_lines: "false" }"# },
        Altered("an exclusive filter") { $0.fakes = #"rackbeat: { updated_from_inclusive: "false" }"# },
        Altered("an extra member") {
            $0.alter = json(.rackbeat, "/products") { replaced("\"is_barred\"", "\"colour\":\"red\",\"is_barred\"")($0) }
        },
        Altered("a missing member") {
            $0.alter = json(.rackbeat, "/products") { replaced("\"is_barred\":false,", "")($0) }
        },
        Altered("a missing number") {
            $0.alter = json(.rackbeat, "/orders") { replaced("\"updated_at\"", "\"changed_at\"")($0) }
        },
        Altered("a number as text") {
            $0.alter = json(.rackbeat, "/orders") { replaced("\"quantity\":5", "\"quantity\":\"five\"")($0) }
        },
        Altered("stock that differs") { $0.steps = "ongoing.move-unrecorded: { item: CHAIR-01, change: -1 }" },
        Altered("a colliding order number") {
            $0.before = VerifiedWorld.putAnotherOrder
        },
        Altered("a clock ten minutes off") {
            $0.alter = { system, _, response in
                guard system == .ongoing, let date = response.headers[.date].flatMap({ HTTPDate.parse($0) }) else {
                    return response
                }
                var altered = response
                altered.headers[.date] = HTTPDate.text(date + .seconds(600))
                return altered
            }
        },
        Altered("a page of a proxy") {
            $0.alter = answered(.rackbeat, "", status: 200, "<html><body>Sign in</body></html>", type: "text/html")
        },
        Altered("a few 429s") {
            let times = Counter()
            $0.alter = { system, _, response in
                guard system == .rackbeat, times.next() % 15 == 7 else { return response }
                return Response(status: 429, headers: [.retryAfter: "1"], body: [])
            }
        },
        Altered("429 each time") { $0.alter = answered(.rackbeat, "/orders", status: 429) },
        Altered("a hundred products of one second") {
            $0.products =
                (1...120).map { "- { number: P-\($0), name: Product \($0), stock: 1 }" }.joined(separator: "\n    ")
                + "\n    " + VerifiedWorld.products
        },
        Altered("an expired certificate") {
            $0.certificate = {
                $0.contains("rackbeat")
                    ? SeenCertificate(subject: "rackbeat.example", expiresAt: Moment(iso: "2026-01-01T00:00:00Z")!) : nil
            }
        },
        Altered("no right to the stock report") {
            $0.alter = answered(.rackbeat, "/reports/checking", status: 403)
        },
        Altered("a missing route") {
            $0.alter = answered(.ongoing, "/articles/inventoryPerWarehouse", status: 404)
        },
        Altered("an ignored body of a shipment") {
            $0.options.canary = canary
            $0.fakes = #"rackbeat: { shipment.body_ignored: "true" }"#
        },
        Altered("shipments that ship when they are created") {
            $0.options.canary = canary
            $0.fakes = #"rackbeat: { shipment.create_also_ships: "true" }"#
        },
        Altered("adjustments that are booked at once") {
            $0.options.canary = canary
            $0.fakes = #"rackbeat: { adjustment.needs_booking: "false" }"#
        },
        Altered("a line without a location") {
            $0.steps =
                "rackbeat.book-order: { number: 1044, lines: [ { id: 9, item: CHAIR-01, quantity: 1, no-location: true } ] }"
        },
        Altered("a country that nobody knows") {
            $0.steps =
                "rackbeat.book-order: { number: 1044, delivery: { street: Gade 1, country: Atlantis }, lines: [ { id: 9, item: CHAIR-01, quantity: 1 } ] }"
        },
        Altered("a server that fails") { $0.alter = answered(.ongoing, "/purchaseOrders", status: 500) },
    ]

    /// Each assumption that the engine reads says what goes wrong, and no text of any finding is empty.
    @Test func everyFormatSaysTheSame() throws {
        var world = VerifiedWorld()
        world.replacing = ["location: 1001": "location: 1999"]
        let verification = try world.verify().verification
        #expect(verification.json["verdict"] == "not ready")
        #expect(verification.junit.contains(#"message="Rackbeat has no location 1999""#), "\(verification.junit)")
        #expect(verification.html.contains("<td class=failure>FAILURE"), "\(verification.html)")
        #expect(!verification.html.contains("<script"))
        #expect(
            verification.text.contains(
                """
                to do
                  1. Rackbeat has no location 1999. Correct 'location' of the connection: the location's number, as in Rackbeat's list of locations.

                not ready: 1 thing to do,
                """), "\(verification.text)")
    }

    @Test func whatWasSeenIsWrittenAsAProfile() throws {
        var world = VerifiedWorld()
        world.fakes = #"rackbeat: { max_limit: "100" }"#
        let verification = try world.verify().verification
        #expect(verification.profileText.contains("  rackbeat:\n"), "\(verification.profileText)")
        #expect(verification.profileText.contains("      max_limit: '100'\n"), "\(verification.profileText)")
        let scenario = try ScenarioReader.read(verification.profileText, path: "profile.yaml")
        #expect(Runner.run(scenario, .plain, RunOptions()).result.outcome == .passed, "it runs as it is")
    }
}

/// Counts from several threads.
final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    var value: Int { count.withLock { $0 } }
}
