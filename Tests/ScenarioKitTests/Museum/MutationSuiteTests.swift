import Foundation
import Invariants
import Mutants
import Reports
import Simulation
import StrictYAML
import Testing

@testable import ScenarioKit

/// The museum, with exhibits made for the purpose.
struct MuseumTests {
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

    private func visit(_ head: String, _ body: String = Self.twoPicks) throws -> MutationRun {
        let scenario = try ScenarioReader.read(head + "\n" + body + "\n", path: "Scenarios/mutants/a-mutant.yaml")
        return MutationSuite().visit([.scenario(scenario)])
    }

    @Test func aDefectThatItsRuleNoticesIsCaught() throws {
        let tour = try visit("mutant: ordered-instead-of-picked\ncaught-by: [ shipped-equals-picked ]")
        let mutantResult = try #require(tour.mutantResults.first)
        #expect(tour.isGood)
        #expect(mutantResult.isCaught)
        #expect(mutantResult.alarms.isEmpty)
        // Not before the second round, in which the shipment is booked, and before its end.
        let first = try #require(mutantResult.firstCatch)
        #expect(first.invariant == "shipped-equals-picked")
        #expect(first.exchange > mutantResult.exchanges / 2 && first.exchange < mutantResult.exchanges)
        #expect(MutationReport(tour).text.contains("1 mutant: 1 caught, 0 missed\n"))
    }

    @Test func aDefectThatItsRuleDoesNotNoticeIsTold() throws {
        let tour = try visit("mutant: ordered-instead-of-picked\ncaught-by: [ catalogue-agrees ]")
        #expect(!tour.isGood)
        let text = MutationReport(tour).text
        #expect(text.contains("MISSED"))
        #expect(text.contains("missed: catalogue-agrees did not catch the mutant; violated: shipped-equals-picked"))
        #expect(text.contains("tandem run Scenarios/mutants/a-mutant.yaml"))
    }

    /// A rule that is broken without the defect as well has not caught the defect.
    @Test func anAlarmAtTheSoundEngineIsTold() throws {
        let tour = try visit(
            "mutant: ordered-instead-of-picked\ncaught-by: [ shipped-equals-picked ]",
            Self.twoPicks + "\n  - ongoing.move-unrecorded: { item: CHAIR-01, change: -1 }")
        #expect(tour.mutantResults[0].isCaught)
        #expect(tour.mutantResults[0].alarms.map(\.invariant) == ["stock-agrees"])
        #expect(!tour.isGood)
        #expect(MutationReport(tour).text.contains("unmodified engine: stock-agrees: CHAIR-01 at location 1001"))
    }

    @Test func whatHasNoSabotageIsNoExhibit() throws {
        #expect(try visit("tags: [ sound ]").mutantResults.isEmpty)
    }

    @Test func rulesThatCaughtNothingAreNamed() throws {
        let tour = try visit("mutant: ordered-instead-of-picked\ncaught-by: [ shipped-equals-picked ]")
        #expect(tour.untestedInvariants == AllInvariants.ids.filter { $0 != "shipped-equals-picked" })
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
