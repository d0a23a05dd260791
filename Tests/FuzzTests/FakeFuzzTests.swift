import Contract
import Exchange
import Invariants
import Simulation
import Testing

@testable import Fuzz

/// The fakes stand where a client is tried out, so that whatever it sends must be answered, by the contract, and never bring them
/// down. `Benchmarks fuzz` plays the same for as long as one likes.
@Suite struct FakeFuzzTests {
    @Test(arguments: System.allCases, [1, 2026] as [UInt64])
    func whateverIsSentIsAnsweredByTheContract(system: System, seed: UInt64) {
        let fuzz = FakeFuzz(system, seed: seed)
        var tally = FakeFuzz.Tally()
        for round in 0..<2 {
            if let finding = fuzz.play(round: round, requests: 350, into: &tally) { Issue.record("\(finding)") }
        }
        #expect(tally.requests == 700)
        // A fuzz that only ever met refusals would have tried nothing.
        #expect(tally.answers[2, default: 0] > 100)
        #expect(tally.answers[4, default: 0] > 100)
    }

    /// What is found by hand must come back when it is played again.
    @Test func aRoundRepeats() {
        func play() -> [String] {
            final class Lines { var all: [String] = [] }
            let lines = Lines()
            var tally = FakeFuzz.Tally()
            let fuzz = FakeFuzz(.ongoing, seed: 7, trace: { lines.all.append($0) })
            _ = fuzz.play(round: 3, requests: 60, into: &tally)
            return lines.all
        }
        let first = play()
        #expect(first.count == 60)
        #expect(first == play())
    }
}
