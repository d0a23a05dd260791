import Foundation
import Testing

@testable import tandem

/// `tandem explore --exhaustive` as people and build servers meet it.
struct ExploreCommandTests {
    private func explore(_ arguments: String..., watched: Bool = false) -> (ending: Ending, output: String, complaints: String) {
        let output = Box()
        let complaints = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, complain: { complaints.text += $0 }, isColoured: false, showsProgress: watched)
        return (Main.run(["explore"] + arguments, on: terminal), output.text, complaints.text)
    }

    private final class Box {
        var text = ""
    }

    private func withScenario(_ text: String, _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: folder + "/a-promise.yaml", atomically: true, encoding: .utf8)
        try body(folder)
    }

    private static let quiet = "# One round.\nsteps: [ engine.sync ]\n"

    /// Everything but the time it took, which is the machine's.
    private func withoutTime(_ output: String) -> String { output.replacing(#/ in .* a second\)/#, with: "") }

    @Test func whatHoldsEndsWithZeroAndItsFigures() throws {
        try withScenario(Self.quiet) { folder in
            let run = explore("--exhaustive", folder, "--most", "12")
            #expect(run.ending == .allHeld)
            #expect(run.output.contains("a-promise: 12 of "))
            #expect(run.output.contains("12 runs of 1 scenarios and variants in "))
            #expect(run.output.contains(" 0 broken · digest "))
        }
    }

    /// The engine is broken on purpose, and what is found is told with the command that breaks it again.
    @Test func aDefectMadeOnPurposeIsFoundWithoutAHint() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let run = explore("--seeds", "1", "--from", "38", "--sabotage", "earlier-receipts-forgotten", "--save", folder)
        #expect(run.ending == .ruleBroken)
        #expect(run.output.contains("rule received-equals-receipts"))
        #expect(run.output.contains("explore --seeds 1 --from 38 --sabotage earlier-receipts-forgotten"))
    }

    @Test func anUnknownDefectIsTold() {
        let run = explore("--seeds", "1", "--sabotage", "no-such-thing")
        #expect(run.ending == .badInput)
        #expect(run.complaints.contains("--sabotage no-such-thing: there is no such defect; there are "))
    }

    @Test func theOutputDoesNotDependOnTheNumberOfThreads() throws {
        try withScenario(Self.quiet) { folder in
            let outputs = ["1", "2", "5"].map {
                withoutTime(explore("--exhaustive", folder, "--most", "25", "--jobs", $0).output)
            }
            #expect(Set(outputs).count == 1)
        }
    }

    @Test func aRunIsPlayedTwiceWhenDeterminismIsChecked() throws {
        try withScenario(Self.quiet) { folder in
            let run = explore("--exhaustive", folder, "--most", "5", "--check-determinism")
            #expect(run.ending == .allHeld, "\(run.output)")
        }
    }

    @Test func shardsPlayTheWholeBetweenThem() throws {
        try withScenario(Self.quiet) { folder in
            func runs(_ arguments: String...) -> Int {
                let output = explore("--exhaustive", folder, "--most", "11", "--shard", arguments[0]).output
                return output.split(separator: "\n").last.flatMap { Int($0.prefix { $0 != " " }) } ?? 0
            }
            #expect((1...3).map { runs("\($0)/3") }.reduce(0, +) == 11)
        }
    }

    /// An expectation of the end that is not so: broken without any blow, and said to be.
    @Test func aScenarioThatDoesNotHoldAtRestIsBroken() throws {
        try withScenario(Self.quiet + "expect: { ongoing.articles: 3 }\n") { folder in
            let run = explore("--exhaustive", folder)
            #expect(run.ending == .ruleBroken)
            #expect(run.output.contains("a-promise, without a blow"))
        }
    }

    @Test func whatBreaksItselfIsLeftOutAndListed() throws {
        let text = "# Broken on purpose.\nsteps: [ engine.sync ]\ncaught-by: [ stock-agrees ]\n"
        try withScenario(text) { folder in
            let run = explore("--exhaustive", folder)
            #expect(run.ending == .badInput)
            #expect(run.complaints.contains("its rules must be broken"))
        }
    }

    @Test func oneBlowIsPlayedAlone() throws {
        try withScenario(Self.quiet) { folder in
            let run = explore("--exhaustive", folder, "--only", "slow@2,crash-after@4")
            #expect(run.ending == .allHeld)
            #expect(run.output.contains("1 runs of 1 scenarios and variants"))
            #expect(run.output.contains("1 faults and 1 crashes"))
        }
    }

    /// The scenario is stricter than trouble allows: its two shipments become one when the engine comes late. What broke is shown
    /// with the command that strikes it again, and kept as a file that plays it without the sweep.
    @Test func aRunThatBreaksIsKeptMadeSmall() throws {
        let text = """
            # Picked twice, shipped twice.
            world:
              products: [ { number: CHAIR-01, stock: 10 } ]
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - { at: 10m, ongoing.pick: { order: 1042, lines: { 1: 2 } } }
              - { at: 11m, ongoing.send: { order: 1042 } }
              - { at: 20m, ongoing.pick: { order: 1042, lines: { 1: 3 } } }
              - run-until: 1h
            expect:
              rackbeat.shipments: [ { order: 1042, lines: { 1: 2 } }, { order: 1042, lines: { 1: 3 } } ]

            """
        try withScenario(text) { folder in
            let (path, kept) = (folder + "/a-promise.yaml", folder + "/kept")
            let injectedFault = try #require(blowThatDelays(path))
            let run = explore("--exhaustive", path, "--only", injectedFault, "--save", kept)
            #expect(run.ending == .ruleBroken, "\(run.output)")
            #expect(run.output.contains("to play it again: tandem explore --exhaustive \(path) --only \(injectedFault)\n"))
            #expect(run.output.contains("  made small: "))
            let files = try FileManager.default.contentsOfDirectory(atPath: kept)
            #expect(files.count == 1)
            #expect(run.output.contains("to play it again, made small: tandem run \(kept)/\(files[0])\n"), "\(run.output)")
            let output = Box()
            let terminal = Terminal(print: { output.text += $0 }, complain: { _ in }, isColoured: false, showsProgress: false)
            #expect(Main.run(["run", kept], on: terminal) == .ruleBroken)
            #expect(output.text.contains("rackbeat.shipments"), "\(output.text)")
        }
    }

    /// The first crash of the engine at which it comes back too late for the first pick alone.
    private func blowThatDelays(_ path: String) -> String? {
        (20...60).lazy.map { "unauthorised@\($0)" }.first { injectedFault in
            explore("--exhaustive", path, "--only", injectedFault, "--save", "/dev/null/nowhere").ending == .ruleBroken
        }
    }

    @Test(arguments: [
        ["explore"], ["--exhaustive", "--depth", "3"], ["--exhaustive", "--most", "0"], ["--exhaustive", "--shard", "9/8"],
        ["--exhaustive", "--jobs", "0"], ["--exhaustive", "--only", "haste@3"],
    ]) func usageThatMeansNothingIsRefused(arguments: [String]) throws {
        try withScenario(Self.quiet) { folder in
            let box = Box()
            let terminal = Terminal(print: { _ in }, complain: { box.text += $0 }, isColoured: false, showsProgress: false)
            #expect(Main.run(["explore", folder] + arguments.filter { $0 != "explore" }, on: terminal) == .badInput)
            #expect(!box.text.isEmpty)
        }
    }
}
