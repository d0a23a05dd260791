package import Invariants
package import JSON
package import ScenarioKit
import Units

/// For programs: all results, in a stable order and without anything that depends on the machine, so that two runs of one build
/// can be compared byte by byte.
package struct JSONReport {
    /// Of the form that `report.schema.json` describes, for all commands: raised when a member goes or changes its meaning.
    package static let version = 1

    package let results: [ScenarioResult]

    package init(_ results: [ScenarioResult]) { self.results = results }

    package var text: String { json.pretty + "\n" }

    package var json: JSON {
        let summary = ReportSummary(results)
        var counts = JSONObject()
        for (outcome, count) in summary.counts { counts.append(outcome.rawValue, JSON(count)) }
        return [
            "version": JSON(Self.version), "command": "tandem run",
            "summary": [
                "scenarios": JSON(summary.scenarios), "outcomes": .object(counts), "exchanges": JSON(summary.exchanges),
                "simulatedMilliseconds": Self.milliseconds(summary.simulated),
            ],
            "scenarios": .array(results.map(Self.json)),
        ]
    }

    package static func json(_ result: ScenarioResult) -> JSON {
        var object: JSONObject = [
            "name": .string(result.name), "path": .string(result.path), "variant": text(result.variant),
            "outcome": .string(result.outcome.rawValue), "seed": .string(String(result.seed)),
            "digest": text(result.digest), "simulatedMilliseconds": milliseconds(result.simulated),
            "exchanges": JSON(result.exchanges),
        ]
        if let problem = result.problem {
            object.append(
                "problem",
                [
                    "text": .string(problem), "line": result.line.map { JSON($0) } ?? .null,
                    "column": result.column.map { JSON($0) } ?? .null,
                ])
        }
        if !result.invariantResults.isEmpty { object.append("invariants", .array(result.invariantResults.map(json))) }
        if !result.failedExpectations.isEmpty {
            object.append("failedExpectations", .array(result.failedExpectations.map(json)))
        }
        if !result.excerpts.isEmpty { object.append("excerpts", .array(result.excerpts.map(json))) }
        return .object(object)
    }

    private static func json(_ invariantResult: InvariantResult) -> JSON {
        var object: JSONObject = [
            "invariant": .string(invariantResult.invariant), "statement": .string(invariantResult.statement),
        ]
        switch invariantResult.verdict {
        case .holds: object.append("verdict", "holds")
        case .undecided(let why):
            object.append("verdict", "undecided")
            object.append("why", .string(why))
        case .broken(let findings):
            object.append("verdict", "broken")
            object.append("findings", .array(findings.map(json)))
        }
        return .object(object)
    }

    package static func json(_ finding: Finding) -> JSON {
        [
            "subject": .string(finding.subject), "sentence": .string(finding.sentence), "expected": optional(finding.expected),
            "rackbeat": optional(finding.rackbeatHolds), "ongoing": optional(finding.ongoingHolds),
            "exchanges": .array(finding.exchanges.map { JSON($0) }),
        ]
    }

    private static func json(_ failed: FailedExpectation) -> JSON {
        [
            "expectation": .string(failed.expectation), "line": JSON(failed.line), "expected": .string(failed.expected),
            "found": .string(failed.found),
        ]
    }

    private static func json(_ excerpt: ExchangeExcerpt) -> JSON {
        [
            "number": JSON(excerpt.number), "afterMilliseconds": milliseconds(excerpt.after),
            "connection": text(excerpt.connection), "request": .string(excerpt.request),
            "requestBody": text(excerpt.requestBody), "response": .string(excerpt.response),
            "responseBody": text(excerpt.responseBody), "fault": optional(excerpt.fault),
        ]
    }

    private static func milliseconds(_ duration: Duration) -> JSON { JSON(Int(duration.milliseconds)) }

    private static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// `null` for an empty text.
    private static func text(_ text: String) -> JSON { text.isEmpty ? .null : .string(text) }
}
