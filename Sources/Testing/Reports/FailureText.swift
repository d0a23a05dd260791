import Invariants
import ScenarioKit
import Units

/// What is wrong in one scenario, in lines for people.
struct FailureText {
    /// How much of a body is shown.
    static let bodyLimit = 240

    let result: ScenarioResult

    var lines: [String] {
        var lines: [String] = []
        // The step at which a run had to stop comes last: what was wrong before is why.
        let problem = result.problem.map { "  \(place)\($0)" }
        let isStep = result.outcome == .failed
        if let problem, !isStep { lines.append(problem) }
        for invariantResult in result.invariantResults { lines += words(of: invariantResult) }
        for failed in result.failedExpectations {
            lines += [
                "  expect \(failed.expectation) (line \(failed.line))", "      expected  \(failed.expected)",
                "      found     \(failed.found)",
            ]
        }
        if let problem, isStep { lines.append(problem) }
        if !result.excerpts.isEmpty {
            lines.append(result.outcome.isGood ? "  exchanges" : "  exchanges behind these findings")
            for excerpt in result.excerpts { lines += words(of: excerpt) }
        }
        return lines
    }

    private var place: String {
        switch (result.line, result.column) {
        case (let line?, let column?): "line \(line), column \(column): "
        case (let line?, nil): "line \(line): "
        default: ""
        }
    }

    private func words(of invariantResult: InvariantResult) -> [String] {
        let head = ["  invariant \(invariantResult.invariant): \(invariantResult.statement)"]
        switch invariantResult.verdict {
        case .holds: return []
        case .undecided(let why): return head + ["    undecided: \(why)"]
        case .broken(let findings): return head + findings.flatMap(words)
        }
    }

    private func words(of finding: Finding) -> [String] {
        var lines = ["    \(finding.subject): \(finding.sentence)"]
        let details = [
            ("expected ", finding.expected), ("Rackbeat ", finding.rackbeatHolds), ("Ongoing  ", finding.ongoingHolds),
        ]
        for (name, text) in details { if let text { lines.append("      \(name) \(text)") } }
        if !finding.exchanges.isEmpty {
            lines.append("      exchanges " + finding.exchanges.map { "#\($0)" }.joined(separator: " "))
        }
        return lines
    }

    private func words(of excerpt: ExchangeExcerpt) -> [String] {
        let connection = excerpt.connection.isEmpty ? "" : "\(excerpt.connection): "
        var lines = ["    #\(excerpt.number) at \(Self.clock(excerpt.after))  \(connection)\(excerpt.request)"]
        if !excerpt.requestBody.isEmpty { lines.append("        sent      \(Self.shortened(excerpt.requestBody))") }
        let body = excerpt.responseBody.isEmpty ? "" : " " + Self.shortened(excerpt.responseBody)
        lines.append("        response  \(excerpt.response)\(body)")
        if let fault = excerpt.fault { lines.append("        fault     \(fault)") }
        return lines
    }

    /// `00:05:00.120` since the start; with days in front after the first one.
    static func clock(_ duration: Duration) -> String {
        let total = duration.milliseconds
        let seconds = total / 1000
        let days = seconds / 86_400
        return (days > 0 ? "\(days)d " : "") + zeroPadded(seconds / 3600 % 24, 2) + ":" + zeroPadded(seconds / 60 % 60, 2) + ":"
            + zeroPadded(seconds % 60, 2) + "." + zeroPadded(total % 1000, 3)
    }

    /// On one line, cut when it is long.
    static func shortened(_ text: String) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 })
        return line.count <= bodyLimit ? line : line.prefix(bodyLimit) + "… (\(line.count) characters)"
    }
}

extension ScenarioResult {
    /// What is wrong, in lines for people; empty when nothing is.
    package var linesOfFailure: [String] { FailureText(result: self).lines }
}
