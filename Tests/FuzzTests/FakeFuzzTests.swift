import Contract
import Exchange
import Invariants
import Simulation
import Testing

@testable import Fuzz

/// Whatever a client sends, the fakes must respond by the contract and never crash. `Benchmarks fuzz` runs the same for any time.
@Suite struct FakeFuzzTests {
    @Test(arguments: System.allCases, [1, 2026] as [UInt64])
    func everyResponseKeepsTheContract(system: System, seed: UInt64) {
        let fuzz = FakeFuzz(system, seed: seed)
        var tally = FakeFuzz.Tally()
        for round in 0..<2 {
            if let finding = fuzz.run(round: round, requests: 350, into: &tally) { Issue.record("\(finding)") }
        }
        #expect(tally.requests == 700)
        // A fuzz with refusals alone would test nothing.
        #expect(tally.responses[2, default: 0] > 100)
        #expect(tally.responses[4, default: 0] > 100)
    }

    /// A finding must be reproducible.
    @Test func aRoundRepeats() {
        func run() -> [String] {
            final class Lines { var all: [String] = [] }
            let lines = Lines()
            var tally = FakeFuzz.Tally()
            let fuzz = FakeFuzz(.ongoing, seed: 7, trace: { lines.all.append($0) })
            _ = fuzz.run(round: 3, requests: 60, into: &tally)
            return lines.all
        }
        let first = run()
        #expect(first.count == 60)
        #expect(first == run())
    }
}
