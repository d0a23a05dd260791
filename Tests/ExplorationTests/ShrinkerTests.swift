import Exploration
import Invariants
import ScenarioKit
import Simulation
import Testing

@Suite struct ShrinkerTests {
    /// A defect that is known (what was ordered is booked instead of what was picked) is found in some story without a hint, and
    /// what is left of the story is what it takes: an order, a short pick, a sending, and the engine.
    @Test func aKnownDefectIsFoundAndMadeSmall() throws {
        let failure = try #require(Self.firstFailure(of: "ordered-instead-of-picked", breaking: "shipped-equals-picked"))
        var runs = 0
        let find = try #require(
            Reproducer.of(failure) {
                runs += 1
                return runs > 2000
            })
        #expect(find.steps <= 8, "\(find.text)")
        #expect(find.text.contains("ongoing.pick"))
        #expect(find.name.hasPrefix("shipped-equals-picked"))

        // What was made small still breaks the same rule when it is read from its file.
        let scenario = try ScenarioReader.read(find.text, path: "found/\(find.name).yaml")
        let played = Runner.run(scenario, .plain)
        #expect(played.invariantResults.contains { $0.invariant == "shipped-equals-picked" && $0.verdict != .holds })
        #expect(played.result.problem == nil)
    }

    /// Of the first sixty seeds.
    private static func firstFailure(of mutant: String, breaking rule: String) -> Failure? {
        let batch = ExploreBatch(seeds: 60, mutant: mutant)
        for number in 0..<60 {
            for failure in batch.work(on: number).failures where failure.result.invariantResults.first?.invariant == rule {
                return failure
            }
        }
        return nil
    }

    /// The time that shrinking may take comes in from outside; what was found by then is kept.
    @Test func shrinkingEndsWhenTimeIsUp() throws {
        let failure = try #require(Self.firstFailure(of: "ordered-instead-of-picked", breaking: "shipped-equals-picked"))
        let find = try #require(Reproducer.of(failure) { true })
        #expect(find.ranOutOfTime)
        #expect(find.runs == 0)
        #expect(find.text.hasPrefix("# "))
    }

    /// A text is read back as what was written, whatever stands in it.
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
        let written = ScenarioWriting.text(scenario, story: "Texts.")
        let read = try ScenarioReader.read(written, path: "t.yaml")
        #expect(read.world?["products"]?.list.first?["name"]?.text == text)
    }

    /// The world of a file with the one product's name replaced.
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
