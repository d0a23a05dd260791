import FoundationEssentials
import ScenarioKit
import Units

/// What `tandem run --accept` writes down: how the runs that nothing is wrong with go now.
struct AcceptedRuns {
    private let results: [ScenarioResult]

    init(_ results: [ScenarioResult]) { self.results = results.filter { $0.baseline != nil } }

    func write(beside baselines: Baselines?, on terminal: Terminal) throws {
        for (folder, baseline) in (baselines?.byFolder ?? [:]).sorted(by: { $0.key < $1.key }) {
            var updated = baseline
            let here = results.filter { $0.baseline?.folder == folder }
            var lines: [String] = []
            for result in here where result.outcome.isGood {
                guard let compared = result.baseline else { continue }
                updated.courses[compared.name] = compared.now
                let differences = compared.accepted.map { compared.now.differences(from: $0) } ?? ["new"]
                if !differences.isEmpty { lines.append("accepted  \(compared.name): \(differences.joined(separator: ", "))\n") }
            }
            for name in baseline.courses.keys.sorted() where !Self.exists(name, in: folder) {
                updated.courses[name] = nil
                lines.append("removed   \(name): there is no such scenario\n")
            }
            let refused = here.count { !$0.outcome.isGood }
            let file = folder + Baseline.fileName
            if updated != baseline { try OutputFile.write(updated.text, to: file, option: "--accept") }
            terminal.print(
                lines.joined() + "\(file): \(counted(lines.count, "change"))"
                    + (refused == 0 ? "" : "; \(counted(refused, "run")) not accepted, since something is wrong with them") + "\n"
            )
        }
    }

    private static func exists(_ name: String, in folder: String) -> Bool {
        let scenario = folder + (name.firstRange(of: " [").map { String(name[..<$0.lowerBound]) } ?? name)
        return [".yaml", ".yml"].contains { FileManager.default.fileExists(atPath: scenario + $0) }
    }
}
