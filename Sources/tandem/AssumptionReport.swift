import Contract
import Exchange
import Exploration
import JSON
import Reports
import ScenarioKit
import Simulation
import Units

/// The results of `tandem sweep --assumptions`.
struct AssumptionReport {
    private(set) var figures = Figures()
    private(set) var status = ExitReason.allHeld
    private var digest = EventDigest()
    private let refused: [Alternative]
    private var results: [(alternative: Alternative, item: ItemResult)] = []

    init(refused: [Alternative]) { self.refused = refused }

    mutating func add(_ item: ItemResult, of alternative: Alternative) {
        figures += item.figures
        digest.add(Int64(bitPattern: item.digest))
        results.append((alternative, item))
        for failure in item.failures {
            if failure.result.outcome == .error, failure.result.line == nil {
                status = .defect
            } else if status == .allHeld {
                status = .violation
            }
        }
    }

    private var failed: Int { results.count { !$0.item.failures.isEmpty } }

    /// The alternatives that do not run, each with the sentence that configurations and scenarios refuse it with.
    var head: String { refused.map { "refused    \($0.title): \($0.refusal ?? "")\n" }.joined() }

    /// Empty for a run in which everything holds.
    func text(of item: ItemResult) -> String {
        item.failures.map { "\n" + $0.text($0.result.linesOfFailure) }.joined()
    }

    func foot(elapsed: Duration) -> String { (failed > 0 ? "\n" : "") + summary(elapsed: elapsed) + "\n" }

    func summary(elapsed: Duration) -> String {
        let counts = "\(counted(results.count, "alternative")), \(refused.count) refused, \(failed) failed"
        return figures.summary(of: counts, elapsed: elapsed, digest: digest.text)
    }

    /// Nothing in it depends on the machine.
    var json: JSON {
        let alternatives =
            refused.map { alternative -> JSON in
                .object(Self.members(alternative, "refused") + [("sentence", .string(alternative.refusal ?? ""))])
            }
            + results.map { alternative, item -> JSON in
                .object(
                    Self.members(alternative, item.failures.isEmpty ? "passed" : "failed") + [
                        ("exchanges", JSON(item.figures.exchanges)),
                        ("failures", .array(item.failures.flatMap { $0.result.linesOfFailure.map(JSON.string) })),
                    ])
            }
        return [
            "version": JSON(JSONReport.version), "command": "tandem sweep --assumptions",
            "summary": [
                "run": JSON(results.count), "refused": JSON(refused.count), "failed": JSON(failed),
                "exchanges": JSON(figures.exchanges),
            ],
            "alternatives": .array(alternatives),
        ]
    }

    var cases: [ReportedCase] {
        refused.map { ReportedCase(suite: "assumptions", name: $0.title, skipped: $0.refusal ?? "it is refused") }
            + results.map { $1.reportedCase("assumptions", $0.title) }
    }

    private static func members(_ alternative: Alternative, _ outcome: String) -> [(String, JSON)] {
        [
            ("name", .string(alternative.name)), ("system", .string(alternative.assumption.system.rawValue)),
            ("key", .string(alternative.assumption.key)), ("choice", .string(alternative.choice)), ("outcome", .string(outcome)),
        ]
    }
}

extension JSON {
    fileprivate static func object(_ members: [(String, JSON)]) -> JSON {
        var object = JSONObject()
        for (name, value) in members { object.append(name, value) }
        return .object(object)
    }
}
