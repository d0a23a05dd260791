import ArgumentParser
import Dispatch
import Foundation
import Simulation
import Stage

/// Kills `tandem sync` at random moments, round after round, and compares both systems with what people did.
///
/// Everything is real except the two vendors: processes, signals, sockets, files and time. The seed decides what people do, which
/// faults occur and how long each process lives; the exact moment of the kill depends on the machine.
@main
struct Soak: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Kill 'tandem sync' at random moments; nothing may be lost or doubled.")

    @Option(help: "Number of rounds, each in a world of its own.")
    var rounds = 25

    @Option(help: "Random seed. Default: a random one, which is printed.")
    var seed: UInt64 = .random(in: 1...999_999)

    @Option(help: ArgumentHelp("Number of the only round to run.", valueName: "number"))
    var only: Int?

    @Option(help: ArgumentHelp("Folder for the files of failed rounds.", valueName: "folder"))
    var keep: String?

    /// Rounds that wait until unknown outcomes can be decided. Each has a process and a folder.
    private static let mostWaiting = 40

    func run() throws {
        let began = ContinuousClock.now
        var figures = SoakFigures()
        var waiting: [Round] = []
        var failures: [String] = []

        func finish(_ round: Round) {
            do {
                try round.finish()
                figures.add(round.figures)
                say("round \(round.number): \(round.figures)")
            } catch {
                failures.append("seed \(seed), round \(round.number): \(error)")
                say("FAILED  \(failures.last!)")
                say("        replay: swift run Soak --seed \(seed) --only \(round.number)")
                if let keep { round.keep(in: keep) }
            }
        }

        let numbers = only.map { [$0] } ?? Array(1...max(1, rounds))
        for number in numbers {
            do {
                let round = try Round(number: number, chance: Chance(seed: seed))
                do { try round.disturb() } catch {
                    if let keep { round.keep(in: keep) }
                    throw error
                }
                if try round.isSettled() { finish(round) } else { waiting.append(round) }
            } catch {
                failures.append("seed \(seed), round \(number): \(error)")
                say("FAILED  seed \(seed), round \(number): \(error)")
            }
            while let next = waiting.first, next.mayFinish || waiting.count > Self.mostWaiting {
                next.waitUntilItMayFinish()
                finish(waiting.removeFirst())
            }
        }
        for round in waiting {
            round.waitUntilItMayFinish()
            finish(round)
        }

        let seconds = (ContinuousClock.now - began).components.seconds
        say("\n\(numbers.count) rounds, seed \(seed): \(figures) · \(failures.count) failed · \(seconds) s")
        if failures.isEmpty, only == nil, let idle = figures.idle { failures.append(idle) }
        for failure in failures { say("FAILED  \(failure)") }
        if !failures.isEmpty { throw ExitCode(1) }
        say("Every invariant holds in every round: nothing lost, nothing doubled.")
    }
}

/// Writes a line without buffering, so that a long soak can be watched through a pipe.
private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// What happened. A soak in which nothing happened proves nothing.
struct SoakFigures: CustomStringConvertible {
    var kills = 0
    /// Kills while a write was in flight.
    var killsInFlight = 0
    var faults = 0
    var steps = 0
    var exchanges = 0
    var shipments = 0
    var receipts = 0
    var adjustments = 0

    mutating func add(_ other: SoakFigures) {
        kills += other.kills
        killsInFlight += other.killsInFlight
        faults += other.faults
        steps += other.steps
        exchanges += other.exchanges
        shipments += other.shipments
        receipts += other.receipts
        adjustments += other.adjustments
    }

    var description: String {
        "\(kills) kills (\(killsInFlight) with a write in flight), \(faults) faults, \(steps) actions of people, \(exchanges) exchanges, "
            + "\(shipments) shipments, \(receipts) receipts, \(adjustments) adjustments"
    }

    /// What did not happen, although a soak of many rounds must include it.
    var idle: String? {
        let counts = [
            ("kill", kills), ("kill with a write in flight", killsInFlight), ("fault", faults), ("shipment", shipments),
            ("receipt", receipts), ("adjustment", adjustments),
        ]
        let missing = counts.filter { $0.1 == 0 }.map(\.0)
        return missing.isEmpty ? nil : "not one \(missing.joined(separator: ", no ")): this proves nothing"
    }
}
