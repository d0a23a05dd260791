import Contract
import Exchange
import JSON
import ScenarioKit
import Simulation

/// What forms offer: the steps and faults of scenario files, and what faults can match.
enum PageCatalogue {
    static let json: JSON = [
        "steps": .array(
            StepKind.all.map { kind in
                ["word": .string(kind.word), "about": .string(kind.doc), "example": .string(step(kind.word, in: kind.example))]
            }),
        "faults": .array(
            FaultKind.allCases.map { kind in
                [
                    "word": .string(kind.rawValue), "about": .string(kind.words),
                    "takesResponse": .bool(!kind.isComplete),
                ]
            }),
        "operations": .array(operations.map(JSON.string)),
    ]

    /// The step itself: its example may have others that make it possible, and some that show what it does.
    private static func step(_ word: String, in example: String) -> String {
        let lines = example.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.lastIndex(where: { $0.hasPrefix("- \(word)") || $0.hasPrefix("- { ") && $0.contains(word) })
        else {
            return "- \(word)"
        }
        let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("- ") } ?? lines.endIndex
        return lines[start..<end].joined(separator: "\n")
    }

    private static var operations: [String] {
        ["rackbeat * /**", "ongoing * /**"]
            + System.allCases.flatMap { system in
                ContractDocument.standard(for: system).operations.map { "\(system.rawValue) \($0.method) \($0.path)" }
            }
    }
}
