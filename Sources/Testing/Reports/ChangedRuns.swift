import ScenarioKit
import Units

/// What is other than the baselines say, over many runs: one line for each figure, the most frequent first.
struct ChangedRuns {
    private var groups: [String: (runs: Int, first: String)] = [:]

    init(_ results: [ScenarioResult]) {
        for result in results {
            guard let compared = result.baseline, let accepted = compared.accepted else { continue }
            let changes = compared.now.changes(from: accepted)
            let kinds = changes.map { "\($0.what) \($0.now > $0.earlier ? "more" : "less") often" }
            for kind in kinds.isEmpty ? [Course.sameFigures] : kinds {
                groups[kind, default: (0, TextReport.title(result))].runs += 1
            }
        }
    }

    var lines: [String] {
        groups.sorted { ($1.value.runs, $0.key) < ($0.value.runs, $1.key) }.map { kind, group in
            "  \(kind): \(counted(group.runs, "run")), such as \(group.first)"
        }
    }
}
