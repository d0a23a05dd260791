import Invariants
package import ScenarioKit
import Units

/// For build servers: one test case for each run, one suite for each folder. Times are simulated, so that two runs of one build give
/// the same bytes.
package struct JUnitReport {
    package let results: [ScenarioResult]

    package init(_ results: [ScenarioResult]) { self.results = results }

    package var text: String {
        JUnitDocument(
            name: "tandem",
            suites: suites.map { suite in
                JUnitDocument.Suite(name: suite.name, cases: suite.results.map { testCase($0, suite.name) })
            }
        ).text
    }

    /// By folder, in the order of the first scenario of each.
    private var suites: [(name: String, results: [ScenarioResult])] {
        var suites: [(name: String, results: [ScenarioResult])] = []
        for result in results {
            let folder = result.path.split(separator: "/").dropLast().last.map(String.init) ?? "scenarios"
            if let index = suites.firstIndex(where: { $0.name == folder }) {
                suites[index].results.append(result)
            } else {
                suites.append((folder, [result]))
            }
        }
        return suites
    }

    private func testCase(_ result: ScenarioResult, _ suite: String) -> JUnitDocument.Case {
        let name = TextReport.title(result)
        guard !result.outcome.isGood else {
            return JUnitDocument.Case(className: suite, name: name, time: result.simulated, .passed)
        }
        let type =
            result.invariantResults.first?.invariant ?? result.failedExpectations.first?.expectation ?? result.outcome.rawValue
        let message = Self.message(result)
        let text = FailureText(result: result).lines.joined(separator: "\n")
        let trace = result.trace.map { "\n" + TraceText($0).lines.joined(separator: "\n") } ?? ""
        return JUnitDocument.Case(
            className: suite, name: name, time: result.simulated,
            result.outcome == .error
                ? .error(type: type, message: message, text: text) : .failure(type: type, message: message, text: text),
            output: "\(result.path) · seed \(result.seed)" + (result.digest.isEmpty ? "" : " · digest \(result.digest)")
                + " · \(counted(result.exchanges, "exchange")) in \(result.simulated.forPeople) of simulated time" + trace)
    }

    /// The first failure, in one line.
    static func message(_ result: ScenarioResult) -> String {
        // Where a run had to stop, what was wrong before tells more.
        if let problem = result.problem, result.outcome != .failed { return problem }
        for invariantResult in result.invariantResults {
            switch invariantResult.verdict {
            case .holds: continue
            case .undecided(let why): return "\(invariantResult.invariant) is undecided: \(why)"
            case .broken(let findings):
                guard let first = findings.first else { continue }
                return "\(invariantResult.invariant): \(first.subject): \(first.sentence)"
            }
        }
        guard let failed = result.failedExpectations.first else { return result.problem ?? result.outcome.rawValue }
        return "\(failed.expectation): expected \(failed.expected), found \(failed.found)"
    }
}
