import Foundation
import Invariants
import Logging
import Service
import Synchronization
import Testing
import Units

@testable import ScenarioKit

/// `tandem drift`, the expectation `drift` and the invariant `stock-agrees` speak of a difference with one sign: Ongoing minus Rackbeat.
@Suite struct DriftSignTests {
    private static let cases: [(step: String, difference: Int)] = [
        ("ongoing.move-unrecorded: { item: CHAIR-01, change: -2 }", -2),
        ("ongoing.move-unrecorded: { item: CHAIR-01, change: 3 }", 3),
        ("rackbeat.adjust: { item: CHAIR-01, change: -4 }", 4), ("rackbeat.count: { item: CHAIR-01, counted: 15 }", -5),
    ]

    @Test(arguments: cases) func aDifferenceHasOneSignEverywhere(_ example: (step: String, difference: Int)) throws {
        let (right, drift) = try run(example.step, expecting: example.difference)
        #expect(right.outcome == .passed, "\(right.firstWords)")
        #expect(drift.sections.flatMap(\.rows).map { "\($0.difference)" } == ["\(example.difference)"])
        #expect(drift.text.contains(example.difference > 0 ? "+\(example.difference)" : "\(example.difference)"), "\(drift.text)")

        let (wrong, _) = try run(example.step, expecting: -example.difference)
        #expect(wrong.outcome == .failed)
        #expect(
            wrong.firstWords.contains("Stock differs by \(example.difference > 0 ? "+" : "")\(example.difference), of which"),
            "\(wrong.firstWords)")
    }

    private func run(_ step: String, expecting difference: Int) throws -> (result: ScenarioResult, drift: DriftReport) {
        let scenario = try ScenarioReader.read(
            """
            # Stock that differs.
            world: { products: [ { number: CHAIR-01, name: Oak chair, stock: 10 } ] }
            steps:
              - engine.sync
              - \(step)
              - engine.sync
            expect: { drift: { CHAIR-01: \(difference) } }
            """, path: "Scenarios/stock/drift.yaml")
        let kept = Mutex<Result<DriftReport, any Error>?>(nil)
        var options = RunOptions()
        let simulated = options.credentials
        options.atEnd = { world in
            let report = Result<DriftReport, any Error> {
                let file = VerifiedWorld.file.replacing("USER", with: simulated.user).replacing(" PROFILE", with: "")
                    .replacing(" WAREHOUSE", with: "")
                let configuration = try Configuration(
                    reading: ConfigurationLayers(file: ("tandem.yaml", Array(file.utf8)), environment: [:], flags: []))
                let secrets = ["RB": simulated.token, "OW": simulated.password]
                let credentials = try Service.Credentials(
                    of: configuration, in: SecretSources(environment: secrets) { _ in throw CocoaError(.fileNoSuchFile) })
                nonisolated(unsafe) let world = world
                return try DriftReport(
                    configuration, credentials, journal: nil,
                    runtime: Runtime(
                        transport: { system, _ in world.transport(to: system) },
                        clock: { WakeableClock(world.ownClock, wake: {}) }, generator: { SystemRandomNumberGenerator() }),
                    log: Logger(label: "silence", factory: { _ in SwiftLogNoOpLogHandler() }))
            }
            kept.withLock { $0 = report }
        }
        let run = Runner.run(scenario, .plain, options)
        return (run.result, try #require(kept.withLock { $0 }).get())
    }
}

extension ScenarioResult {
    fileprivate var firstWords: String {
        invariantResults.compactMap { result -> String? in
            guard case .broken(let findings) = result.verdict else { return nil }
            return findings.map(\.sentence).joined(separator: " ")
        }.joined(separator: " ") + (problem ?? "")
    }
}
