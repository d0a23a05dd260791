import Foundation
import Invariants
import Mutants
import Reports
import Testing

@testable import ScenarioKit

/// Scenarios written for these tests.
struct RunnerTests {
    private static let world = """
        world:
          products:
            - { number: CHAIR-01, name: Oak chair, stock: 10 }

        """

    private func run(_ text: String, seed: UInt64? = nil, withWorld: Bool = true) throws -> [ScenarioResult] {
        var options = RunOptions()
        options.seed = seed
        let scenario = try ScenarioReader.read((withWorld ? Self.world : "") + text, path: "Scenarios/orders/a-promise.yaml")
        return Runner(options: options).run([.scenario(scenario)])
    }

    /// The file is to blame, not Tandem: each says where.
    @Test(arguments: [
        "products: [ { number: ABCDEFGHIJKLMNOPQRSTUVWXYZ } ]", "products: [ { number: A, price: -5 } ]",
        "products: [ { number: A, stock: -5 } ]", "products: [ { number: A, stock-in-ongoing: -1 } ]",
        "products: [ { number: A, price: 1000000000 } ]", "groups: [ { number: 1, vat: -5 } ]",
        "locations: [ { number: 1001, parent: 1002 }, { number: 1002, parent: 1001 } ]",
        "generate: { products: 5, stock: -3 }",
    ])
    func whatAFakeRefusesOfTheWorldIsAnErrorWithItsPlace(world: String) throws {
        let result = try run("world:\n  \(world)\nsteps: [ engine.sync ]\n", withWorld: false)[0]
        #expect(result.outcome == .error)
        #expect(result.errorType == nil)
        #expect(result.line == 2)
        #expect((result.column ?? 0) > 0)
        #expect(result.problem?.hasPrefix("the world cannot be set up: Cannot ") == true, "\(result.problem ?? "")")
    }

    @Test func everyExchangeIsShownWhenItIsAskedFor() throws {
        let scenario = try ScenarioReader.read(
            Self.world + """
                steps:
                  - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                  - engine.sync
                """, path: "Scenarios/orders/a-promise.yaml")
        var options = RunOptions()
        options.showsExchanges = true
        let result = Runner(options: options).run([.scenario(scenario)])[0]
        #expect(result.outcome == .passed)
        #expect(result.excerpts.map(\.number) == Array(1...result.exchanges))
        #expect(TextReport([result]).text.contains("ongoing PUT /demo/api/v1/orders"))
        #expect(try run("steps: [ engine.sync ]")[0].excerpts.isEmpty)
    }

    @Test func whatDidNotComeTrueIsTold() throws {
        let results = try run(
            """
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
            expect:
              rackbeat.shipments: [ { order: 1042, lines: { 1: 3 } } ]
              rackbeat.order: { number: 1042, state: shipped }
              ongoing.order: { number: 1042, lines: { 1: 4 }, fields: { consignee.countryCode: SE } }
              ongoing.orders: [ 1042, 1043 ]
              stock: { CHAIR-01: { rackbeat: 7 } }
              exchanges: { ongoing PUT /orders: 2 }
            """)
        #expect(results[0].outcome == .failed)
        #expect(
            results[0].failedExpectations.map { "\($0.expectation) (\($0.line)): \($0.expected) / \($0.found)" } == [
                "rackbeat.shipments (8): 1042 { 1: 3 } / none", "rackbeat.order (9): shipped / booked",
                "ongoing.order (10): line 1: 4 / line 1: 5",
                "ongoing.order (10): consignee.countryCode: \"SE\" / consignee.countryCode: \"DK\"",
                "ongoing.orders (11): 1042, 1043 / 1042", "stock (12): 7 of CHAIR-01 in Rackbeat location 1001 / 10",
                "exchanges (13): 2 of ongoing PUT /orders / 1",
            ])
    }

    /// Whoever reads of a failure wants to see what was sent about it.
    @Test func theExchangesAboutWhatDidNotComeTrueAreShown() throws {
        let result = try run(
            """
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
            expect:
              ongoing.order: { number: 1042, status: 450 }
            """)[0]
        #expect(result.excerpts.map(\.request) == ["ongoing PUT /demo/api/v1/orders"])
        #expect(result.excerpts.first?.response == "201")
    }

    @Test func aRunThatHeldShowsNoExchanges() throws {
        #expect(try run("steps: [ engine.sync ]\n")[0].excerpts == [])
    }

    /// A step that the warehouse does not allow fails the run, and is reported with its place.
    @Test func anImpossibleStepIsToldWithItsPlace() throws {
        let result = try run(
            """
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - ongoing.send: { order: 1042 }
            """)[0]
        #expect(result.outcome == .failed)
        #expect(result.invariantResults == [])
        #expect(result.problem == "this step cannot be taken: Cannot send order 1042: nothing is picked.")
        #expect(result.line == 7)
        #expect(result.column == 5)
    }

    @Test func anOrderThatTheWarehouseDoesNotHoldHasTheNearestNumber() throws {
        let result = try run(
            """
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - ongoing.pick: { order: 1024 }
            """)[0]
        #expect(result.problem == "this step cannot be taken: The warehouse holds no order 1024; did you mean '1042'?")
    }

    /// Runs take turns with a journal in memory. What one leaves behind must not be seen by the next.
    @Test func aJournalThatAnotherRunHasUsedChangesNothing() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Scenarios/reconcile").path()
        let entries = Runner.read(try ScenarioFiles.find([folder]), filter: "lost")
        let one = Runner().run(entries)
        let another = Runner().run(entries.reversed()).reversed()
        #expect(one.count > 3)
        let alone = entries.flatMap { Runner().run([$0]) }
        #expect(one.map(\.digest) == alone.map(\.digest))
        #expect(Set(another.map(\.digest)) == Set(alone.map(\.digest)))
    }

    /// The engine is at work when it happens; the run must end with the step's place all the same.
    @Test func anImpossibleStepAtATimeIsToldWithItsPlace() throws {
        let result = try run(
            """
            steps:
              - { at: 1ms, rackbeat.adjust: { item: CHAIR-01, change: 0 } }
              - engine.sync
            """)[0]
        #expect(result.outcome == .failed)
        #expect(result.line == 5)
    }

    /// The warehouse refused the order, so it cannot be picked: what is wrong with the order comes first, then the step. What was
    /// expected after it says nothing.
    @Test func aStepThatCannotBeTakenFailsTheRunWithWhatIsWrong() throws {
        let result = try run(
            """
            faults: [ { match: ongoing PUT /orders, fault: server-error-before, times: all } ]
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - ongoing.pick: { order: 1042 }
            expect: { rackbeat.shipments: [ { order: 1042, lines: { 1: 5 } } ] }
            """)[0]
        #expect(result.outcome == .failed)
        #expect(result.invariantResults.map(\.invariant).contains("orders-are-there"), "\(result.invariantResults)")
        #expect(result.failedExpectations == [])
        #expect(result.problem?.hasPrefix("this step cannot be taken: The warehouse holds no order 1042") == true)
        #expect(!result.excerpts.isEmpty)
        let lines = result.linesOfFailure
        let invariant = try #require(lines.firstIndex { $0.contains("invariant") })
        let step = try #require(lines.firstIndex { $0.contains("this step cannot be taken") })
        #expect(invariant < step)
    }

    @Test func aTimeThatHasPassedIsRefused() throws {
        let result = try run("steps:\n  - wait: 10m\n  - { at: 5m, rackbeat.revoke-token: }\n")[0]
        #expect(result.problem == "this time has passed: the run is 10m after its start here")
    }

    /// A step that is never taken would let a scenario pass without its point.
    @Test func aStepWhoseTimeNeverComesIsRefused() throws {
        let result = try run("steps:\n  - { at: 5m, rackbeat.revoke-token: }\n  - wait: 1m\n")[0]
        #expect(
            result.problem
                == "this step was not taken: the scenario ended 1m after its start. Let time pass with wait, run-until or settle."
        )
        #expect(result.line == 5)
    }

    /// A fault that is never applied proves nothing.
    @Test func faultsThatAreNeverAppliedFailTheScenario() throws {
        let result = try run(
            """
            faults: [ { match: "ongoing DELETE /orders/{}", fault: response-lost } ]
            steps:
              - engine.crash: { after: ongoing PUT /orders }
              - engine.sync
            """)[0]
        #expect(result.outcome == .failed)
        #expect(
            result.failedExpectations.map { "\($0.expectation) (\($0.line)): \($0.expected) / \($0.found)" } == [
                "fault (4): response-lost on ongoing DELETE /orders/{} / no exchange matched",
                "engine.crash (6): a crash / the engine never reached that point",
            ])
    }

    /// Nor does one that leaves everything as it would have been.
    @Test func faultsThatHaveNoEffectFailTheScenario() throws {
        let result = try run(
            """
            faults:
              - { match: "ongoing GET /orders", fault: unsorted }
              - { match: "ongoing PUT /articles", fault: duplicated-later, delay: 1h }
            steps:
              - engine.sync
            """)[0]
        #expect(
            result.failedExpectations.map { "\($0.expected) / \($0.found)" } == [
                "unsorted on ongoing GET /orders that has an effect / every response came as it was sent",
                "duplicated-later on ongoing PUT /articles that has an effect / no second delivery came before the end",
            ])
    }

    @Test func aMatrixIsPlayedUnderEachVariant() throws {
        let results = try run(
            """
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - ongoing.pick: { order: 1042, lines: { 1: 3 } }
              - ongoing.send: { order: 1042 }
              - engine.sync
            matrix:
              - { name: lines in body }
              - { name: edited, profile: { rackbeat: { shipment.partial_mode: edit_after_create } } }
            """)
        #expect(results.map(\.variant) == ["lines in body", "edited"])
        #expect(results.map(\.outcome) == [.passed, .passed])
        #expect(results[0].exchanges < results[1].exchanges)
    }

    @Test func theSameSeedGivesTheSameBytes() throws {
        let text = "steps:\n  - { at: 50ms, rackbeat.touch-product: { number: CHAIR-01 } }\n  - run-until: 3h\n"
        let first = try run(text, seed: 7)
        #expect(try run(text, seed: 7) == first)
        #expect(try run(text, seed: 8)[0].digest != first[0].digest)
    }

    /// One bad file must not keep the others from running.
    @Test func theOthersStillRun() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder + "/orders", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "steps: [ engine.sink ]\nnotes: x\n".write(
            toFile: folder + "/orders/a-bad-one.yaml", atomically: true, encoding: .utf8)
        try "steps: [ engine.sync ]\n".write(toFile: folder + "/orders/b-good-one.yaml", atomically: true, encoding: .utf8)

        let results = Runner().run(Runner.read(try ScenarioFiles.find([folder])))
        #expect(results.map(\.name) == ["orders/a-bad-one", "orders/b-good-one"])
        #expect(results.map(\.outcome) == [.error, .passed])
        #expect(
            results[0].problem == """
                'steps': a step such as engine.sync was expected, not 'engine.sink'; did you mean 'engine.sync'?
                  line 2, column 1: a scenario has no key 'notes'; tags, seed, world, faults, steps, settle, matrix, expect, mutant or caught-by was expected
                """)
    }

    @Test func aPathThatLeadsNowhereIsSaid() {
        let error = #expect(throws: NoScenario.self) { try ScenarioFiles.find(["no/such/folder"]) }
        #expect(error?.description == "no/such/folder: there is nothing at this path")
    }

    /// A crash ends the process and no more: the next step that needs the engine starts it again.
    @Test func aCrashIsFollowedByARestartOnTheSameJournal() throws {
        let results = try run(
            """
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.crash: { after: ongoing PUT /orders }
              - engine.sync
              - engine.sync
            expect:
              ongoing.orders: [ 1042 ]
            """)
        #expect(results.map(\.outcome) == [.passed])
    }

    @Test func aCaughtMutantPasses() throws {
        let mutant = try #require(Mutant.all.first { $0.caughtBy == "stock-equals-movements" })
        let caught = try run("mutant: \(mutant.name)\ncaught-by: [ stock-equals-movements ]\nsteps: [ engine.sync ]\n")[0]
        #expect(caught.outcome == .caught)
        #expect(caught.invariantResults == [])
    }

    @Test func aMutantThatTheNamedInvariantMissesFails() throws {
        let mutant = try #require(Mutant.all.first { $0.caughtBy == "stock-equals-movements" })
        let missed = try run("mutant: \(mutant.name)\ncaught-by: [ rate-limits-kept ]\nsteps: [ engine.sync ]\n")[0]
        #expect(missed.outcome == .missed)
        #expect(missed.problem == "rate-limits-kept did not catch the mutant; violated: stock-agrees, stock-equals-movements")
    }
}
