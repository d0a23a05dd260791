import Invariants
package import ScenarioKit
import Units

/// For build servers: one test case for each scenario, one suite for each folder. Without times, which depend on the machine.
package struct JUnitReport {
    package let results: [ScenarioResult]

    package init(_ results: [ScenarioResult]) { self.results = results }

    package var text: String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        lines.append(#"<testsuites name="tandem" \#(figures(results))>"#)
        for suite in suites {
            lines.append(#"  <testsuite name="\#(suite.name.escapedForMarkup)" \#(figures(suite.results))>"#)
            for result in suite.results { lines += testCase(result, suite.name) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
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

    private func figures(_ results: [ScenarioResult]) -> String {
        let errors = results.count { $0.outcome == .error }
        let failures = results.count { $0.outcome == .failed || $0.outcome == .missed }
        return #"tests="\#(results.count)" failures="\#(failures)" errors="\#(errors)""#
    }

    private func testCase(_ result: ScenarioResult, _ suite: String) -> [String] {
        let name = TextReport.title(result).escapedForMarkup
        let open =
            #"    <testcase classname="\#(suite.escapedForMarkup)" name="\#(name)" file="\#(result.path.escapedForMarkup)""#
        guard !result.outcome.isGood else { return [open + "/>"] }
        let element = result.outcome == .error ? "error" : "failure"
        let type =
            result.invariantResults.first?.invariant ?? result.failedExpectations.first?.expectation ?? result.outcome.rawValue
        var lines = [open + ">"]
        lines.append(
            #"      <\#(element) type="\#(type.escapedForMarkup)" message="\#(Self.message(result).escapedForMarkup)">"#
                + FailureText(result: result).lines.joined(separator: "\n").escapedForMarkup + "</\(element)>")
        lines.append(
            "      <system-out>seed \(result.seed) · digest \(result.digest) · "
                + "\(counted(result.exchanges, "exchange")) in \(result.simulated.forPeople) of simulated time"
                + "</system-out>")
        lines.append("    </testcase>")
        return lines
    }

    /// The first failure, in one line.
    static func message(_ result: ScenarioResult) -> String {
        if let problem = result.problem { return problem }
        for invariantResult in result.invariantResults {
            switch invariantResult.verdict {
            case .holds: continue
            case .undecided(let why): return "\(invariantResult.invariant) is undecided: \(why)"
            case .broken(let findings):
                guard let first = findings.first else { continue }
                return "\(invariantResult.invariant): \(first.subject): \(first.sentence)"
            }
        }
        guard let failed = result.failedExpectations.first else { return result.outcome.rawValue }
        return "\(failed.expectation): expected \(failed.expected), found \(failed.found)"
    }
}
