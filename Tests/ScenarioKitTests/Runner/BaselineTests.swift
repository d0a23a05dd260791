import Exchange
import Foundation
import Reports
import Testing

@testable import ScenarioKit

struct BaselineTests {
    private static let text = """
        # One order goes out.
        world: { products: [ { number: CHAIR-01, stock: 10 } ] }
        steps:
          - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
          - engine.sync

        """

    private func run(
        of text: String = text, _ courses: [String: Course]?, judges: Bool = true
    ) throws -> ScenarioResult {
        let scenario = try ScenarioReader.read(text, path: "Scenarios/orders/an-order.yaml")
        var options = RunOptions()
        options.baselines = courses.map { Baselines(["Scenarios/": Baseline(courses: $0)]) }
        options.judgesByBaseline = judges
        return Runner(options: options).run([.scenario(scenario)])[0]
    }

    private func accepted() throws -> Course { try #require(try run([:]).baseline?.now) }

    @Test func theFiguresAreThoseOfTheRun() throws {
        let course = try accepted()
        #expect(course.writes["ongoing PUT /orders"] == 1)
        #expect(course.writes["ongoing PUT /articles"] == 1)
        let result = try run([:])
        #expect(course.reads.values.reduce(0, +) + course.writes.values.reduce(0, +) == result.exchanges)
        #expect(course.digest == result.digest)
    }

    @Test func whatIsAsItWasPasses() throws {
        let result = try run(["orders/an-order": try accepted()])
        #expect(result.outcome == .passed)
        #expect(result.problem == nil)
    }

    @Test func whatIsNotInABaselineIsNotJudgedByIt() throws {
        #expect(try run(nil).baseline == nil)
        let result = try run(["orders/another-order": try accepted()])
        #expect(result.outcome == .passed)
        #expect(result.baseline?.accepted == nil)
        #expect(result.baseline?.name == "orders/an-order")
    }

    @Test func aReadTooManyIsAChange() throws {
        let earlier = try accepted()
        let course = Course(
            digest: "0123456789abcdef", reads: earlier.reads.merging([.rackbeat: 1], uniquingKeysWith: -),
            writes: earlier.writes.merging(["ongoing PUT /orders": 1], uniquingKeysWith: +))
        let result = try run(["orders/an-order": course])
        #expect(result.outcome == .changed)
        let reads = try #require(earlier.reads[.rackbeat])
        #expect(
            result.problem
                == "nothing is violated, but the run is not what it was when its baseline was accepted: "
                + "ongoing PUT /orders called 1 time instead of 2, rackbeat read \(reads) times instead of \(reads - 1)")
        #expect(TextReport([result]).text.contains("\n  if it is meant: tandem run --accept Scenarios/orders/an-order.yaml\n"))
        #expect(try run(["orders/an-order": course], judges: false).outcome == .passed)
        let text = TextReport(Array(repeating: result, count: 7)).text
        #expect(text.contains("\n  ongoing PUT /orders called less often: 7 runs, such as orders/an-order\n"), "\(text)")
    }

    @Test func otherContentsAreAChange() throws {
        let earlier = try accepted()
        let other = Self.text.replacingOccurrences(of: "quantity: 5", with: "quantity: 4")
        let result = try run(of: other, ["orders/an-order": earlier])
        #expect(result.outcome == .changed)
        #expect(
            result.problem?.hasSuffix(": as many calls, but with other contents or at other times, or something else is parked")
                == true)
    }

    /// What is wrong is told as such, not as a change.
    @Test func aViolationStaysAViolation() throws {
        let result = try run(of: Self.text + "expect: { ongoing.articles: 2 }\n", ["orders/an-order": try accepted()])
        #expect(result.outcome == .failed)
    }

    /// Nobody may call the warehouse because of what is parked, and people still read it.
    @Test func whatIsParkedCounts() throws {
        let refusal = #"{ respond: { status: 400, body: { message: "No such customer." } } }"#
        let result = try run(
            of: Self.text + "faults: [ { match: ongoing PUT /orders, fault: \(refusal) } ]\n"
                + "expect: { parked: [ { subject: 1042 } ] }\n", [:])
        #expect(result.outcome == .passed, "\(result.problem ?? "")")
        #expect(result.baseline?.now.digest != result.digest)
    }

    // MARK: The file

    @Test func whatIsWrittenIsRead() throws {
        let baseline = Baseline(courses: [
            "orders/b [late]": try accepted(),
            "orders/a": Course(
                digest: "0123456789abcdef", reads: [:], writes: ["rackbeat POST /orders/{order}/create-shipment": 2]),
        ])
        #expect(try Baseline(reading: baseline.text) == baseline)
        #expect(baseline.text.split(separator: "\n").count == 6)
    }

    @Test(arguments: [
        ("{", "line 1, column 2"), ("[]", "'runs' must be an object"),
        (
            #"{"runs":{"orders/a":{"digest":"0"}}}"#,
            "'orders/a' must have a 'digest', 'reads' by system and 'writes' by operation"
        ),
        (
            #"{"runs":{"orders/a":{"digest":"0","reads":{"shopify":1},"writes":{}}}}"#,
            "'orders/a' must have a 'digest', 'reads' by system and 'writes' by operation"
        ),
    ])
    func whatCannotBeReadIsAnError(text: String, says: String) {
        #expect { try Baseline(reading: text) } throws: { "\($0)".contains(says) }
    }

    @Test func aFileBelongsToTheNearestFolderWithABaseline() throws {
        let course = Course(digest: "0", reads: [:], writes: [:])
        let baselines = Baselines([
            "Scenarios/": Baseline(courses: ["orders/a [late]": course]), "Scenarios/own/": Baseline(courses: ["a": course]),
        ])
        #expect(baselines.entry(of: "Scenarios/orders/a.yaml", variant: "late")?.course == course)
        #expect(baselines.entry(of: "Scenarios/orders/a.yaml", variant: "").map { $0.course == nil } == true)
        #expect(baselines.entry(of: "Scenarios/own/a.yml", variant: "")?.course == course)
        #expect(baselines.entry(of: "elsewhere/a.yaml", variant: "") == nil)
    }

    /// A scenario that is not in it would not be held against anything.
    @Test func everyShippedRunIsInTheBaseline() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../../Scenarios").standardized.path() + "/"
        let entries = Runner.read(try ScenarioFiles.find([folder]))
        let shipped = entries.flatMap { entry -> [String] in
            guard case .scenario(let scenario) = entry else { return [] }
            return scenario.variants.map { Baselines.name(of: scenario.path, in: folder, variant: $0.name ?? "") }
        }
        let baselines = try Baselines(of: entries.map(\.path))
        let courses = try #require(baselines.byFolder[folder]?.courses)
        #expect(Set(courses.keys) == Set(shipped))
        #expect(courses.count > 700)
    }
}
