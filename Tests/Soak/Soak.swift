import ArgumentParser
import Foundation
import Simulation
import Stage
import Synchronization

/// Disturbs `tandem sync` in every way that an operating system knows, round after round, and compares both systems with what people
/// did.
///
/// Everything is real except the two vendors: processes, signals, sockets, files and time. The seed decides what people do, which
/// disturbances and faults occur and how long each process lives; the exact moment of a kill depends on the machine.
@main
struct Soak: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Disturb 'tandem sync' at random moments; nothing may be lost or doubled.",
        discussion: """
            Each round draws \(Disturbance.ofARound) of these, in any order, while people book, pick, receive and adjust:

            \(Disturbance.allCases.map { "- \($0.rawValue)" }.joined(separator: "\n"))

            Exchanges fail besides. At the end of a round the work is finished without disturbances: both systems must agree with what \
            people did, and whatever was parked on the way must have said why, and what to do.
            """)

    @Option(help: "Number of rounds, each in a world of its own.")
    var rounds = 25

    @Option(help: "Random seed. Default: a random one, which is printed.")
    var seed: UInt64 = .random(in: 1...999_999)

    @Option(help: ArgumentHelp("Number of the only round to run.", valueName: "number"))
    var only: Int?

    @Option(help: "Rounds at a time.")
    var jobs = 2

    @Option(help: ArgumentHelp("Folder for the files of failed rounds.", valueName: "folder"))
    var keep: String?

    func validate() throws {
        guard rounds > 0, jobs > 0 else { throw ValidationError("--rounds and --jobs need numbers from 1.") }
    }

    func run() throws {
        let began = ContinuousClock.now
        let numbers = only.map { [$0] } ?? Array(1...rounds)
        let batch = Batch(numbers, seed: seed, keep: keep)
        let threads = DispatchGroup()
        for _ in 0..<min(jobs, numbers.count) {
            threads.enter()
            let thread = Thread {
                batch.work()
                threads.leave()
            }
            thread.stackSize = 4 << 20
            thread.start()
        }
        threads.wait()

        var (figures, failures) = batch.results
        let seconds = (ContinuousClock.now - began).components.seconds
        say("\n\(numbers.count) rounds, seed \(seed): \(figures) · \(failures.count) failed · \(seconds) s")
        if failures.isEmpty, only == nil, let idle = figures.idle { failures.append(idle) }
        for failure in failures { say("FAILED  \(failure)") }
        if !failures.isEmpty { throw ExitCode(1) }
        say("Every invariant holds in every round: nothing lost, nothing doubled.")
    }
}

/// The rounds that are left, for several threads, and what has come of the others. A round belongs to the thread that began it.
private final class Batch: Sendable {
    private struct State {
        var left: [Int]
        var figures = SoakFigures()
        var failures: [String] = []
    }

    private let seed: UInt64
    private let keep: String?
    private let state: Mutex<State>

    /// Rounds of a thread that wait until unknown outcomes can be decided. Each has a process and a folder.
    private static let mostWaiting = 20

    init(_ numbers: [Int], seed: UInt64, keep: String?) {
        self.seed = seed
        self.keep = keep
        state = Mutex(State(left: numbers.reversed()))
    }

    var results: (SoakFigures, [String]) { state.withLock { ($0.figures, $0.failures) } }

    func work() {
        var waiting: [Round] = []
        while let number = state.withLock({ $0.left.popLast() }) {
            if let round = begin(number) { waiting.append(round) }
            while let next = waiting.first, next.mayFinish || waiting.count > Self.mostWaiting {
                finish(waiting.removeFirst())
            }
        }
        for round in waiting { finish(round) }
    }

    /// - Returns: The round, when it has to be finished later.
    private func begin(_ number: Int) -> Round? {
        let round: Round
        do { round = try Round(number: number, chance: Chance(seed: seed)) } catch {
            failed(number, "\(error)")
            return nil
        }
        do {
            try round.disturb()
            if try !round.isSettled() { return round }
        } catch {
            failed(round, error)
            return nil
        }
        finish(round)
        return nil
    }

    private func finish(_ round: Round) {
        round.waitUntilItMayFinish()
        do {
            try round.finish()
            state.withLock { $0.figures.add(round.figures) }
            say("round \(round.number): \(round)")
        } catch { failed(round, error) }
    }

    private func failed(_ round: Round, _ error: any Error) {
        if let keep { round.keep(in: keep) }
        failed(round.number, "\(error)\n        in a round of: \(round)")
    }

    private func failed(_ number: Int, _ text: String) {
        let failure = "seed \(seed), round \(number): \(text)"
        state.withLock { $0.failures.append(failure) }
        say("FAILED  \(failure)\n        replay: swift run Soak --seed \(seed) --only \(number)")
    }
}

/// Writes a line without buffering, so that a long soak can be watched through a pipe.
private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
