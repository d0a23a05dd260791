import ArgumentParser
import Dispatch
import Foundation
import Simulation
import Stage

/// Kills `tandem sync` at random moments, round after round, and holds both sides against what people did.
///
/// Everything is real but the two vendors: processes, signals, sockets, files, the wall's clock. A seed chooses what people do,
/// what goes wrong on the wire and how long each process lives; where exactly the kill lands is the machine's choice.
@main
struct Soak: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Kills 'tandem sync' with SIGKILL at random moments against 'tandem serve'; nothing may be lost or doubled.")

    @Option(help: "How many rounds, each in a world of its own.")
    var rounds = 25

    @Option(help: "Where chance begins. Without it: drawn, and printed.")
    var seed: UInt64 = .random(in: 1...999_999)

    @Option(help: ArgumentHelp("Only this round of the seed.", valueName: "number"))
    var only: Int?

    @Option(help: ArgumentHelp("Keeps the folder of a failed round there.", valueName: "folder"))
    var keep: String?

    /// Rounds that wait until what is in doubt may be decided. Each holds a process and a folder.
    private static let mostWaiting = 40

    func run() throws {
        let began = ContinuousClock.now
        var tally = Tally()
        var waiting: [Round] = []
        var failures: [String] = []

        func finish(_ round: Round) {
            do {
                try round.finish()
                tally.add(round.tally)
                say("round \(round.number): \(round.tally)")
            } catch {
                failures.append("seed \(seed), round \(round.number): \(error)")
                say("FAILED  \(failures.last!)")
                say("        again: swift run Soak --seed \(seed) --only \(round.number)")
                if let keep { round.keep(in: keep) }
            }
        }

        let numbers = only.map { [$0] } ?? Array(1...max(1, rounds))
        for number in numbers {
            do {
                let round = try Round(number: number, chance: Chance(seed: seed))
                do { try round.trouble() } catch {
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
        say("\n\(numbers.count) rounds, seed \(seed): \(tally) · \(failures.count) failed · \(seconds) s")
        if failures.isEmpty, only == nil, let idle = tally.idle { failures.append(idle) }
        for failure in failures { say("FAILED  \(failure)") }
        if !failures.isEmpty { throw ExitCode(1) }
        say("Every rule held in every round: nothing lost, nothing doubled.")
    }
}

/// Writes a line at once: whoever watches a long soak through a pipe wants to see it live.
private func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

/// What happened, so that nobody takes a soak in which nothing did for a proof.
struct Tally: CustomStringConvertible {
    var kills = 0
    /// Of those, how many struck while a write was under way.
    var killsInFlight = 0
    var faults = 0
    var steps = 0
    var exchanges = 0
    var shipments = 0
    var receipts = 0
    var adjustments = 0

    mutating func add(_ other: Tally) {
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
        "\(kills) kills (\(killsInFlight) with a write under way), \(faults) faults, \(steps) steps of people, \(exchanges) exchanges, "
            + "\(shipments) shipments, \(receipts) receipts, \(adjustments) adjustments"
    }

    /// What a soak of many rounds must have come past, and did not.
    var idle: String? {
        let counts = [
            ("kill", kills), ("kill with a write under way", killsInFlight), ("fault", faults), ("shipment", shipments),
            ("receipt", receipts), ("adjustment", adjustments),
        ]
        let missing = counts.filter { $0.1 == 0 }.map(\.0)
        return missing.isEmpty ? nil : "not one \(missing.joined(separator: ", no ")): this proves nothing"
    }
}
