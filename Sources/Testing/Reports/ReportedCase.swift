import Invariants
package import ScenarioKit
package import Units

/// One thing that holds or not, in the forms of build servers: a run, or a mutant.
package struct ReportedCase {
    /// What it stands under: a folder, a command.
    package var suite: String
    package var name: String
    /// In simulated time, so that two runs of one build give the same bytes.
    package var time: Duration
    package var verdict: JUnitDocument.Verdict
    /// More about it; empty: nothing.
    package var output: String
    /// A word for the table of a job.
    package var outcome: String
    package var annotations: [GitHubAnnotation]

    /// - Parameter problem: What does not hold; `nil`: it is as it should be.
    package init(suite: String, name: String, outcome: String, time: Duration = .zero, problem: Problem? = nil) {
        self.suite = suite
        self.name = name
        self.time = time
        self.outcome = outcome
        output = ""
        verdict = problem.map { .failure(type: $0.type, message: $0.message, text: $0.text) } ?? .passed
        annotations = problem.map { [GitHubAnnotation(path: $0.path, title: name, text: $0.message)] } ?? []
    }

    package struct Problem {
        package var type: String
        package var message: String
        package var text: String
        /// The file that it is about.
        package var path: String?

        package init(type: String, message: String, text: String? = nil, path: String? = nil) {
            self.type = type
            self.message = message
            self.text = text ?? message
            self.path = path
        }
    }

    /// It was left out.
    package init(suite: String, name: String, skipped reason: String) {
        self.init(suite: suite, name: name, outcome: "skipped")
        verdict = .skipped(reason)
    }

    package var isGood: Bool {
        switch verdict {
        case .passed, .skipped: true
        case .failure, .error: false
        }
    }

    /// What is wrong, in a line; empty where nothing is.
    package var message: String {
        switch verdict {
        case .passed: ""
        case .skipped(let reason): reason
        case .failure(_, let message, _), .error(_, let message, _): message
        }
    }
}

extension ReportedCase {
    /// - Parameters:
    ///   - suite: `nil`: the folder of the scenario.
    ///   - name: `nil`: the scenario and its variant.
    ///   - remarks: What is said before the failure, a line each, such as the fault of a sweep.
    package init(_ result: ScenarioResult, suite: String? = nil, name: String? = nil, remarks: [String] = []) {
        self.init(
            suite: suite ?? result.path.split(separator: "/").dropLast().last.map(String.init) ?? "scenarios",
            name: name ?? TextReport.title(result), outcome: result.outcome.rawValue, time: result.simulated)
        guard !result.outcome.isGood else { return }
        let type =
            result.invariantResults.first?.invariant ?? result.failedExpectations.first?.expectation ?? result.outcome.rawValue
        let text = (remarks.map { "  \($0)" } + FailureText(result: result).lines).joined(separator: "\n")
        let message = result.firstProblem
        verdict =
            result.outcome == .error
            ? .error(type: type, message: message, text: text) : .failure(type: type, message: message, text: text)
        output =
            "\(result.path) · seed \(result.seed)" + (result.digest.isEmpty ? "" : " · digest \(result.digest)")
            + " · \(counted(result.exchanges, "exchange")) in \(result.simulated.forPeople) of simulated time"
            + (result.trace.map { "\n" + TraceText($0).lines.joined(separator: "\n") } ?? "")
        annotations = GitHubAnnotation.of(result, title: self.name)
    }
}

extension ScenarioResult {
    /// The first failure, in one line.
    package var firstProblem: String {
        // Where a run had to stop, what was wrong before tells more.
        if let problem, outcome != .failed { return problem }
        for invariantResult in invariantResults {
            switch invariantResult.verdict {
            case .holds: continue
            case .undecided(let why): return "\(invariantResult.invariant) is undecided: \(why)"
            case .broken(let findings):
                guard let first = findings.first else { continue }
                return "\(invariantResult.invariant): \(first.subject): \(first.sentence)"
            }
        }
        guard let failed = failedExpectations.first else { return problem ?? outcome.rawValue }
        return "\(failed.expectation): expected \(failed.expected), found \(failed.found)"
    }
}

extension ReportedCase {
    static func broken(_ name: String, _ message: String, path: String? = nil) -> ReportedCase {
        ReportedCase(
            suite: "suite", name: name, outcome: "error", problem: Problem(type: "error", message: message, path: path))
    }

    /// What a suite of defects could not use: scenarios that fail without one, and files that cannot be read.
    static func failing(
        _ failing: [(title: String, problem: String)], unreadable: [(path: String, problem: String)]
    ) -> [ReportedCase] {
        failing.map { broken($0.title, "it is red without a defect: \($0.problem)") }
            + unreadable.map { broken($0.path, $0.problem, path: $0.path) }
    }
}
