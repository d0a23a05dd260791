import Exchange
import HTTPTypes
import JSON
import Logging
import Service
import SyncEngine
import Synchronization
import Testing
import Trade
import Units

@testable import ScenarioKit

/// The audit of a configuration, with the fakes behind its addresses.
@Suite struct AuditReportTests {
    private static let file = """
        rackbeat: { base-url: "https://rackbeat.example/api", token: { env: RB }, name: Trial, email: trial@example.test }
        connections:
          main:
            location: 1001
            ongoing: { base-url: "https://ongoing.example/demo/api/v1", user: USER, password: { env: OW }, goods-owner: 42 }
        """

    /// What a run of these steps leaves, audited.
    private func audit(
        _ steps: String, since: CivilDate? = nil, withJournal: Bool = true, wait: Duration = .seconds(3600),
        refusing: Bool = false, meanwhile: String? = nil
    ) throws -> (audit: Audit, estimate: String, methods: Set<HTTPRequest.Method>) {
        let text = """
            # A world to audit.
            world:
              products:
                - { number: CHAIR-01, name: Oak chair, stock: 10 }
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
            \(steps.split(separator: "\n").map { "  - \($0)" }.joined(separator: "\n"))
            """
        let scenario = try ScenarioReader.read(text, path: "Scenarios/audit/audited.yaml")
        let kept = Mutex<(Audit?, String, Set<HTTPRequest.Method>, (any Error)?, Bool)>((nil, "", [], nil, false))
        var options = RunOptions()
        let simulated = options.credentials
        options.atEnd = { world in
            do {
                try world.pass(until: world.now + wait)
                let file = Self.file.replacing("USER", with: simulated.user)
                let configuration = try Configuration(
                    reading: ConfigurationLayers(file: ("tandem.yaml", Array(file.utf8)), environment: [:], flags: []))
                let secrets = ["RB": refusing ? "wrong" : simulated.token, "OW": simulated.password]
                let credentials = try Service.Credentials(
                    of: configuration, in: SecretSources(environment: secrets) { _ in throw NoFile() })
                nonisolated(unsafe) let world = world
                let runtime = Runtime(
                    transport: { system, _ in
                        world.transport(to: system) { request, _ in
                            let isFirst = kept.withLock { kept in
                                kept.2.insert(request.method)
                                defer { if request.target == meanwhile { kept.4 = true } }
                                return request.target == meanwhile && !kept.4
                            }
                            if isFirst { try! world.syncOnce() }
                        }
                    }, clock: { WakeableClock(world.ownClock, wake: {}) }, generator: { Steady() })
                let audit = try Audit(
                    configuration, credentials, journal: withJournal ? world.journal : nil, since: since, runtime: runtime,
                    log: Logger(label: "silence", factory: { _ in SwiftLogNoOpLogHandler() }),
                    announce: { estimate in kept.withLock { $0.1 = estimate.text } })
                kept.withLock { $0.0 = audit }
            } catch {
                kept.withLock { $0.3 = error }
            }
        }
        let run = Runner.run(scenario, .plain, options)
        #expect(run.result.problem == nil)
        let (audit, estimate, methods, error, _) = kept.withLock { $0 }
        if let error { throw error }
        return (try #require(audit), estimate, methods)
    }

    private struct NoFile: Error {}

    private struct Steady: RandomNumberGenerator {
        mutating func next() -> UInt64 { 7 }
    }

    private static let picked = "ongoing.pick: { order: 1042, lines: { 1: 3 } }\nongoing.send: { order: 1042 }"
    private static let shipped = picked + "\nengine.sync"

    @Test func whatIsInOrderHolds() throws {
        let (audit, estimate, methods) = try audit(Self.shipped)
        #expect(
            audit.text == """
                connection main
                  holds  catalogue
                  holds  orders
                  holds  purchase orders
                  holds  shipped = picked
                  holds  received = receipts
                  holds  adjustments
                  holds  stock
                  holds  location

                8 invariants: 8 hold, 0 broken, 0 undecided · 0 pending · \(audit.calls) calls in \(audit.duration.forPeople)

                """, "\(audit.text)")
        #expect(audit.exitStatus == .success)
        #expect(methods == [.get])
        #expect(estimate.hasPrefix("About "), "\(estimate)")
        #expect(
            estimate.hasSuffix(": 1 product, 1 order, 0 purchase orders, 1 shipment, 0 receipts, 0 adjustments."),
            "\(estimate)")
    }

    /// The engine did not run after the pick, and that is too long ago.
    @Test func whatIsNotBookedIsBrokenWithBothSidesAndARemedy() throws {
        let (audit, _, _) = try audit(Self.picked)
        #expect(audit.exitStatus == .needsAction)
        #expect(audit.text.contains("  broken  shipped = picked     1 finding\n"), "\(audit.text)")
        #expect(
            audit.text.contains(
                """

                  shipped = picked
                    order 1042, line 1: Rackbeat has shipped less than the warehouse picked and sent.
                      expected  3 shipped
                      Rackbeat  0 shipped
                      Ongoing   3 picked
                    harm      Customers are billed for goods they did not get, or get goods nobody billed.
                    remedy    Ship in Rackbeat what is missing. If Rackbeat shipped too much, or somebody shipped by hand, correct the stock there.

                """), "\(audit.text)")
        #expect(audit.text.contains("    CHAIR-01: -3 (Ongoing 7, Rackbeat 10): -3 unexplained\n"), "\(audit.text)")
    }

    /// A pick of a minute ago is on its way.
    @Test func whatIsOnItsWayIsPending() throws {
        let (audit, _, _) = try audit(Self.picked, wait: .seconds(60))
        #expect(audit.exitStatus == .success)
        #expect(audit.text.contains("  holds  shipped = picked     1 pending\n"), "\(audit.text)")
        #expect(
            audit.text.contains(
                "It changed within the last 17m: the next rounds deal with it."), "\(audit.text)")
        #expect(
            audit.text.contains("    CHAIR-01: -3 (Ongoing 7, Rackbeat 10): -3 picked and not shipped yet\n"), "\(audit.text)")
    }

    /// An adjustment by a person in Rackbeat explains the stock, and is named.
    @Test func aBookingBySomebodyElseIsNamed() throws {
        let (audit, _, _) = try audit(Self.shipped + "\nrackbeat.adjust: { item: CHAIR-01, change: -2, reason: In the showroom }")
        #expect(audit.exitStatus == .success)
        #expect(audit.text.contains("CHAIR-01: +2 (Ongoing 7, Rackbeat 5): +2 adjusted by hand in Rackbeat\n"), "\(audit.text)")
    }

    @Test func everyFormatSaysTheSame() throws {
        let (audit, _, _) = try audit(Self.picked)
        let sections = audit.json["connections"]?[0]?["sections"]
        #expect(sections?[3]?["invariant"] == "shipped-equals-picked")
        #expect(sections?[3]?["verdict"] == "broken")
        #expect(sections?[3]?["findings"]?[0]?["ongoing"] == "3 picked")
        #expect(
            audit.junit.contains(#"<testsuite name="main" tests="8" failures="2" errors="0" skipped="0" time="0.000">"#),
            "\(audit.junit)")
        #expect(
            audit.junit.contains(#"<failure type="shipped-equals-picked" message="order 1042, line 1: Rackbeat has shipped less"#)
        )
        #expect(audit.html.contains("<td class=broken>broken<td>1"), "\(audit.html)")
        #expect(!audit.html.contains("<script"))
    }

    @Test func aRefusedTokenIsNoVerdict() throws {
        let (audit, _, _) = try audit(Self.shipped, refusing: true)
        #expect(audit.exitStatus == .unreachable)
        #expect(audit.text.contains("connection main\n  not audited: Rackbeat GET /products"), "\(audit.text)")
    }

    /// What changed earlier is not read; the stock then cannot be explained, which is said.
    @Test func withSinceOnlyLaterDocumentsAreRead() throws {
        let (whole, _, _) = try audit(Self.picked, since: CivilDate("2020-01-01")!)
        #expect(whole.text.contains("  broken     shipped = picked     1 finding\n"), "\(whole.text)")
        #expect(whole.text.contains("  undecided  stock                With --since, earlier"), "\(whole.text)")
        #expect(whole.exitStatus == .needsAction)
        let (later, estimate, _) = try audit(Self.shipped, since: CivilDate("2099-01-01")!)
        #expect(later.exitStatus == .success)
        #expect(later.text.contains("Only documents that changed since 2099-01-01 were judged.\n"))
        #expect(estimate.hasPrefix("At most "))
    }

    /// The engine books the shipment after Rackbeat was read and before the warehouse is. Of what was read neither side is right any more.
    @Test func whatChangesWhileBothSystemsAreReadIsNotBroken() throws {
        let target = "/api/reports/checking?limit=100&page=1&show_all_locations=true"
        let (audit, _, _) = try audit(Self.picked, meanwhile: target)
        #expect(audit.exitStatus == .success, "\(audit.text)")
        let (late, _, _) = try self.audit(Self.picked, meanwhile: "/nowhere")
        #expect(late.exitStatus == .needsAction)
    }

    @Test func withoutAJournalTheStartOfStockSyncIsUnknown() throws {
        let (audit, _, _) = try audit(Self.shipped, withJournal: false)
        #expect(audit.text.hasSuffix("Without a journal: parked records are not excused.\n"), "\(audit.text)")
        #expect(audit.exitStatus == .success)
    }
}
