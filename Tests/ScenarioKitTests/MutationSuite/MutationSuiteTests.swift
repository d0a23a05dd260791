import Foundation
import Invariants
import Mutants
import Reports
import Simulation
import StrictYAML
import Testing

@testable import ScenarioKit

/// The mutation suite, with scenarios made for the test.
struct MutationSuiteTests {
    private static let twoPicks = """
        world:
          products:
            - { number: CHAIR-01, stock: 20 }
        steps:
          - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 8 } ] }
          - engine.sync
          - ongoing.pick: { order: 1042, lines: { 1: 3 } }
          - ongoing.send: { order: 1042 }
          - engine.sync
        """

    private func run(_ head: String, _ body: String = Self.twoPicks) throws -> MutationRun {
        let scenario = try ScenarioReader.read(head + "\n" + body + "\n", path: "Scenarios/mutants/a-mutant.yaml")
        return MutationSuite([.scenario(scenario)]).run()
    }

    @Test func aMutantThatItsInvariantCatchesIsCaught() throws {
        let mutation = try run("mutant: ordered-instead-of-picked\ncaught-by: [ shipped-equals-picked ]")
        let mutantResult = try #require(mutation.mutantResults.first)
        #expect(mutation.isGood)
        #expect(mutantResult.isCaught)
        #expect(mutantResult.alarms.isEmpty)
        // Not before the second round, in which the shipment is booked, and before its end.
        let first = try #require(mutantResult.firstCatch)
        #expect(first.invariant == "shipped-equals-picked")
        #expect(first.exchange > mutantResult.exchanges / 2 && first.exchange < mutantResult.exchanges)
        #expect(MutationReport(mutation).text.contains("1 mutant: 1 caught, 0 missed\n"))
    }

    @Test func aMutantThatItsInvariantMissesIsReported() throws {
        let mutation = try run("mutant: ordered-instead-of-picked\ncaught-by: [ catalogue-agrees ]")
        #expect(!mutation.isGood)
        let text = MutationReport(mutation).text
        #expect(text.contains("MISSED"))
        #expect(text.contains("missed: catalogue-agrees did not catch the mutant; violated: shipped-equals-picked"))
        #expect(text.contains("tandem run Scenarios/mutants/a-mutant.yaml"))
    }

    /// An invariant that is also violated without the mutant has not caught it.
    @Test func aViolationByTheUnmodifiedEngineIsReported() throws {
        let mutation = try run(
            "mutant: ordered-instead-of-picked\ncaught-by: [ shipped-equals-picked ]",
            Self.twoPicks + "\n  - ongoing.move-unrecorded: { item: CHAIR-01, change: -1 }")
        #expect(mutation.mutantResults[0].isCaught)
        #expect(mutation.mutantResults[0].alarms.map(\.invariant) == ["stock-agrees"])
        #expect(!mutation.isGood)
        #expect(MutationReport(mutation).text.contains("unmodified engine: stock-agrees: CHAIR-01 at location 1001"))
    }

    @Test func scenariosWithoutAMutantAreSkipped() throws {
        #expect(try run("tags: [ unmodified ]").mutantResults.isEmpty)
    }

    @Test func invariantsThatCaughtNothingAreNamed() throws {
        let mutation = try run("mutant: ordered-instead-of-picked\ncaught-by: [ shipped-equals-picked ]")
        #expect(mutation.untestedInvariants == AllInvariants.ids.filter { $0 != "shipped-equals-picked" })
    }

    /// A mutant without a scenario is never run.
    @Test func everyMutantHasAScenario() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Scenarios").standardized
            .path()
        let files = try ScenarioFiles.find([folder + "/mutants"])
        let used = try files.map { try ScenarioReader.read(path: $0).mutant?.text }
        #expect(Set(Mutant.all.map(\.name)).subtracting(used.compactMap { $0 }).isEmpty)
    }
}
