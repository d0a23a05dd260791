import Exchange
import Foundation
import Fuzz
import ScenarioKit

/// Fuzzes the fakes for any length of time. The tests run a few rounds of the same.
///
///     swift run -c release Benchmarks fuzz [--requests N] [--seed N] [--system rackbeat|ongoing] [--round N] [--trace]
enum FuzzRun {
    private static let roundLength = 2000
    private static let mostFindings = 20

    static func run(_ arguments: [String]) throws {
        let wanted = Int(value("--requests", in: arguments) ?? "") ?? 1_000_000
        let seed = UInt64(value("--seed", in: arguments) ?? "") ?? 1
        let first = Int(value("--round", in: arguments) ?? "")
        let systems = value("--system", in: arguments).flatMap(System.init(rawValue:)).map { [$0] } ?? System.allCases
        // A trap ends the process; the last trace line then names the request.
        let trace: ((String) -> Void)? = arguments.contains("--trace") ? { say($0) } : nil
        var findings = 0
        for system in systems {
            let fuzz = FakeFuzz(system, seed: seed, trace: trace)
            var tally = FakeFuzz.Tally()
            let rounds = first.map { $0...$0 } ?? 0...max(0, (wanted - 1) / roundLength)
            for round in rounds {
                if round.isMultiple(of: 50) { say("\(system), seed \(seed): round \(round) of \(rounds.upperBound)") }
                // One defect usually shows in many rounds, and one run may show several.
                if let finding = fuzz.run(round: round, requests: roundLength, into: &tally) {
                    findings += 1
                    print(finding, terminator: "\n\n")
                    if findings == mostFindings { Stopwatch.exit(code: 1) }
                }
            }
            let answers = tally.responses.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)xx" }
            print("\(system), seed \(seed): \(tally.requests) requests, \(answers.joined(separator: ", "));")
            print("  \(tally.succeeded.count) operations succeeded; \(findings) findings so far")
        }
        if findings > 0 { Stopwatch.exit(code: 1) }
    }

    /// To the standard error, at once.
    private static func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    private static func value(_ name: String, in arguments: [String]) -> String? {
        arguments.firstIndex(of: name).flatMap { arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil }
    }
}
