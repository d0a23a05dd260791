import Exploration
import Invariants
import ScenarioKit
import Simulation
import StrictYAML
import Testing

@Suite struct ShrinkerTests {
    /// Random cases reproducer a known bug (the ordered quantity is booked instead of the picked one). The minimal reproducer has only
    /// what it takes: an order, a short pick, its sending, and the engine.
    @Test func aMutantIsFoundAndShrunk() throws {
        let failure = try #require(Self.firstFailure(of: "ordered-instead-of-picked", violating: "shipped-equals-picked"))
        var runs = 0
        let reproducer = try #require(
            Reproducer.of(failure) {
                runs += 1
                return runs > 2000
            })
        #expect(reproducer.steps <= 8, "\(reproducer.text)")
        #expect(reproducer.text.contains("ongoing.pick"))
        #expect(reproducer.name.hasPrefix("shipped-equals-picked"))

        // The minimal reproducer still violates the same invariant when it is read from its file.
        let scenario = try ScenarioReader.read(reproducer.text, path: "regressions/\(reproducer.name).yaml")
        let run = Runner.run(scenario, .plain)
        #expect(run.invariantResults.contains { $0.invariant == "shipped-equals-picked" && $0.verdict != .holds })
        #expect(run.result.problem == nil)
    }

    /// Of the first sixty seeds.
    private static func firstFailure(of mutant: String, violating invariant: String) -> Failure? {
        let batch = ExploreBatch(seeds: 60, mutant: mutant)
        for number in 0..<60 {
            for failure in batch.run(number).failures where failure.result.invariantResults.first?.invariant == invariant {
                return failure
            }
        }
        return nil
    }

    /// The time limit comes from outside; the smallest scenario so far is kept.
    @Test func shrinkingEndsWhenTimeIsUp() throws {
        let failure = try #require(Self.firstFailure(of: "ordered-instead-of-picked", violating: "shipped-equals-picked"))
        let reproducer = try #require(Reproducer.of(failure) { true })
        #expect(reproducer.ranOutOfTime)
        #expect(reproducer.runs == 0)
        #expect(reproducer.text.hasPrefix("# "))
    }

    /// Any text reads back as it was written.
    @Test(
        arguments: [
            "plain", "two words", "007", "12:30", "no", "null", "~", "", " edge ", "a: b", "x #y", "- dash", "\"quoted\"",
            "back\\slash",
            "Å \"ø\"", "line\nbreak", "{brace}", "50%", "'single'", "&anchor", "*star",
        ]) func textsSurviveTheFile(text: String) throws
    {
        let scenario = Scenario(
            path: "t.yaml", title: "t",
            world: try world(
                "world: { products: [ { number: A, name: \"x\" } ] }\nsteps: [ engine.sync ]\n", named: text), steps: [])
        let written = ScenarioWriting.text(scenario, summary: "Texts.")
        let read = try ScenarioReader.read(written, path: "t.yaml")
        #expect(read.world?["products"]?.list.first?["name"]?.text == text)
    }

    /// The world of a file with another name for its product.
    private func world(_ file: String, named name: String) throws -> Value? {
        let world = try #require(try ScenarioReader.read(file, path: "t.yaml").world)
        let products = Value(
            .list([
                Value(
                    .record([
                        Value.Member(name: "number", place: .start, value: Value(.text("A"), at: .start)),
                        Value.Member(name: "name", place: .start, value: Value(.text(name), at: .start)),
                    ]), at: .start)
            ]), at: .start)
        return Value(
            .record(
                world.members.map { $0.name == "products" ? Value.Member(name: "products", place: .start, value: products) : $0 }),
            at: .start)
    }
}
