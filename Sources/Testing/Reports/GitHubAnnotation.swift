import Invariants
import ScenarioKit

/// What GitHub Actions shows beside a file: a failure with its place.
///
/// Source: GitHub Docs, «Workflow commands for GitHub Actions», setting an error message.
package struct GitHubAnnotation {
    /// `nil`: it is about no file.
    var path: String?
    var line: Int?
    var column: Int?
    var title: String
    var text: String

    package var command: String {
        var properties: [String] = []
        if let path { properties.append("file=\(Self.property(path))") }
        if let line { properties.append("line=\(line)") }
        if let column { properties.append("col=\(column)") }
        properties.append("title=\(Self.property(title))")
        return "::error \(properties.joined(separator: ","))::\(Self.data(text))"
    }

    /// One for each failure of a run.
    static func of(_ result: ScenarioResult, title: String) -> [GitHubAnnotation] {
        func annotation(_ what: String, _ text: String, line: Int? = nil, column: Int? = nil) -> GitHubAnnotation {
            GitHubAnnotation(
                path: result.path, line: line, column: column, title: "\(title): \(what)", text: "\(text)\nseed \(result.seed)")
        }
        var annotations: [GitHubAnnotation] = []
        if let problem = result.problem {
            annotations.append(annotation(result.outcome.rawValue, problem, line: result.line, column: result.column))
        }
        for invariantResult in result.invariantResults {
            switch invariantResult.verdict {
            case .holds: continue
            case .undecided(let why): annotations.append(annotation(invariantResult.invariant, "undecided: \(why)"))
            case .broken(let findings): annotations += findings.map { annotation(invariantResult.invariant, words($0)) }
            }
        }
        return annotations
            + result.failedExpectations.map {
                annotation($0.expectation, "expected \($0.expected)\nfound \($0.found)", line: $0.line)
            }
    }

    private static func words(_ finding: Finding) -> String {
        let details = [
            ("expected: ", finding.expected), ("Rackbeat: ", finding.rackbeatHolds), ("Ongoing: ", finding.ongoingHolds),
        ]
        let lines = details.compactMap { name, text in text.map { name + $0 } }
        return (["\(finding.subject): \(finding.sentence)"] + lines).joined(separator: "\n")
    }

    private static func data(_ text: String) -> String {
        text.map { character -> String in
            switch character {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            case "\r\n": "%0D%0A"
            default: String(character)
            }
        }.joined()
    }

    private static func property(_ text: String) -> String {
        data(text).map { character -> String in
            switch character {
            case ":": "%3A"
            case ",": "%2C"
            default: String(character)
            }
        }.joined()
    }
}
