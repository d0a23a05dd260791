import Foundation
import Testing

@testable import tandem

/// `tandem sweep` and `tandem explore` as people and build servers use them.
struct ExplorationCommandTests {
    private func tandem(_ arguments: String...) -> (status: ExitReason, output: String, errors: String) {
        let output = Box()
        let errors = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, printError: { errors.text += $0 }, isColoured: false, showsProgress: false)
        return (Main.run(arguments, on: terminal), output.text, errors.text)
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

    /// The output without the real time it took.
    private func withoutTime(_ output: String) -> String { output.replacing(#/ in [^·]* per second\)/#, with: "") }

    @Test func aSweepWithoutViolationsEndsWithZero() throws {
        try withScenario(Self.quiet) { folder in
            let run = tandem("sweep", folder, "--limit", "12")
            #expect(run.status == .allHeld)
            #expect(run.output.contains("a-promise: 12 of "))
            #expect(run.output.contains("12 runs of 1 scenario in "))
            #expect(run.output.contains(" · 0 violations · digest "))
        }
    }

    /// Random cases find a mutant, and the report has the command that repeats the case.
    @Test func aMutantIsFound() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // Of several seeds, so that a change of what is drawn does not take the mutant's chance away.
        let run = tandem(
            "explore", "--seeds", "4", "--mutant", "ordered-instead-of-picked", "--save", folder, "--reproducers", "1")
        #expect(run.status == .violation)
        #expect(run.output.contains("shipped-equals-picked"))
        #expect(run.output.contains("  replay: tandem explore --seeds 1 --from "))
        #expect(run.output.contains(" --mutant ordered-instead-of-picked"))
    }

    /// Whoever asks only whether a defect is noticed need not wait for more.
    @Test func theFirstFailureIsEnoughAndNothingIsShrunk() {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()
        let run = tandem(
            "explore", "--seeds", "400", "--mutant", "ordered-instead-of-picked", "--save", folder, "--reproducers", "0",
            "--fail-fast", "--jobs", "1")
        #expect(run.status == .violation)
        #expect(!run.output.contains("400 cases"))
        #expect(!run.output.contains("minimal reproducer"))
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func anUnknownMutantIsRefused() {
        let run = tandem("explore", "--seeds", "1", "--mutant", "no-such-thing")
        #expect(run.status == .usage)
        #expect(run.errors.contains("--mutant no-such-thing: there is no such mutant; the mutants are "))
    }

    @Test func theOutputDoesNotDependOnTheNumberOfThreads() throws {
        try withScenario(Self.quiet) { folder in
            let outputs = ["1", "2", "5"].map {
                withoutTime(tandem("sweep", folder, "--limit", "25", "--jobs", $0).output)
            }
            #expect(Set(outputs).count == 1)
        }
    }

    @Test func aRunIsRepeatedWhenDeterminismIsChecked() throws {
        try withScenario(Self.quiet) { folder in
            let run = tandem("sweep", folder, "--limit", "5", "--check-determinism")
            #expect(run.status == .allHeld, "\(run.output)")
        }
    }

    @Test func shardsTogetherRunEverything() throws {
        try withScenario(Self.quiet) { folder in
            func runs(_ arguments: String...) -> Int {
                let output = tandem("sweep", folder, "--limit", "11", "--shard", arguments[0]).output
                return output.split(separator: "\n").last.flatMap { Int($0.prefix { $0 != " " }) } ?? 0
            }
            #expect((1...3).map { runs("\($0)/3") }.reduce(0, +) == 11)
        }
    }

    /// An expectation of the end that fails without any fault.
    @Test func aScenarioThatFailsWithoutAFaultIsReported() throws {
        try withScenario(Self.quiet + "expect: { ongoing.articles: 3 }\n") { folder in
            let run = tandem("sweep", folder)
            #expect(run.status == .violation)
            #expect(run.output.contains("a-promise, without a fault"))
        }
    }

    @Test func aScenarioThatMustBeCaughtIsSkipped() throws {
        let text = "# Must be caught.\nsteps: [ engine.sync ]\ncaught-by: [ stock-agrees ]\n"
        try withScenario(text) { folder in
            let run = tandem("sweep", folder)
            #expect(run.status == .usage)
            #expect(run.errors.contains("its invariants must be broken"))
        }
    }

    @Test func injectedFaultsRunAlone() throws {
        try withScenario(Self.quiet) { folder in
            let run = tandem("sweep", folder, "--inject", "slow@2,crash-after@4")
            #expect(run.status == .allHeld)
            #expect(run.output.contains("1 run of 1 scenario in "))
            #expect(run.output.contains(" · 1 fault, 1 crash · "))
        }
    }

    /// The scenario's two shipments become one when the engine is late. The failing run is reported with the command that repeats it,
    /// and saved as a minimal reproducer that fails without the sweep.
    @Test func aFailingRunIsSavedAsAMinimalReproducer() throws {
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
            let injectedFault = try #require(faultThatDelays(path))
            let run = tandem("sweep", path, "--inject", injectedFault, "--save", kept)
            #expect(run.status == .violation, "\(run.output)")
            #expect(run.output.contains("  replay: tandem sweep \(path) --inject \(injectedFault)\n"))
            let files = try FileManager.default.contentsOfDirectory(atPath: kept)
            #expect(files.count == 1)
            #expect(run.output.contains("  minimal reproducer: tandem run \(kept)/\(files[0])\n"), "\(run.output)")
            let output = Box()
            let terminal = Terminal(print: { output.text += $0 }, printError: { _ in }, isColoured: false, showsProgress: false)
            #expect(Main.run(["run", kept], on: terminal) == .violation)
            #expect(output.text.contains("rackbeat.shipments"), "\(output.text)")
        }
    }

    /// The first fault that delays the engine beyond the first pick.
    private func faultThatDelays(_ path: String) -> String? {
        (20...60).lazy.map { "unauthorised@\($0)" }.first { injectedFault in
            tandem("sweep", path, "--inject", injectedFault, "--save", "/dev/null/nowhere").status == .violation
        }
    }

    /// Of an alternative that is refused the sentence is shown, and of one that runs whether it failed.
    @Test func alternativesOfAssumptionsAreSwept() {
        let run = tandem("sweep", "--assumptions", "RB-28", "RB-37", "--jobs", "1")
        #expect(run.status == .allHeld)
        #expect(run.output.hasPrefix("refused    RB-28 shipment.body_ignored = true: It makes a fake misbehave"), "\(run.output)")
        #expect(run.output.contains("1 alternative, 1 refused, 0 failed in "), "\(run.output)")
        let json = tandem("sweep", "--assumptions", "RB-28", "RB-37", "--format", "json").output
        #expect(json.contains("\"refused\": 1"), "\(json)")
        #expect(json.contains("\"name\": \"RB-37=200\""), "\(json)")
    }

    /// One fault of one operation for hours. The report says how often the engine asked, and how often it might have.
    @Test func outagesAreSwept() {
        let name = "unauthorised@ongoing GET /orders/statuses"
        let run = tandem("sweep", "--outages", name, "--duration", "1h", "--jobs", "1")
        #expect(run.status == .allHeld, "\(run.output)")
        #expect(run.output.hasPrefix("undisturbed  "), "\(run.output)")
        #expect(run.output.contains("most exchanges  \(name): "), "\(run.output)")
        #expect(run.output.contains("\n1 outage of 1h, 1 operation, 0 failed in "), "\(run.output)")
        #expect(run.output.contains(" · 0 violations · digest "), "\(run.output)")
        let json = tandem("sweep", "--outages", name, "--duration", "1h", "--format", "json").output
        #expect(json.contains("\"name\": \"\(name)\""), "\(json)")
        #expect(json.contains("\"outcome\": \"passed\""), "\(json)")
    }

    @Test(arguments: [
        ["sweep", "--outages", "--inject", "slow@3"], ["sweep", "--outages", "--assumptions"], ["sweep", "--duration", "4h"],
        ["sweep", "--outages", "--duration", "0s"], ["sweep", "--outages", "--limit", "0"],
        ["sweep", "--assumptions", "RB-47=parents"], ["sweep", "--assumptions", "--limit", "3"], ["sweep", "--format", "yaml"],
        ["sweep", "--outages", "--html", "x.html"],
        ["explore"], ["explore", "--seeds", "0"], ["sweep", "--faults-per-run", "3"], ["sweep", "--limit", "0"],
        ["sweep", "--shard", "9/8"], ["sweep", "--jobs", "0"], ["sweep", "--inject", "haste@3"],
    ]) func wrongUsageIsRefused(arguments: [String]) throws {
        try withScenario(Self.quiet) { folder in
            let box = Box()
            let terminal = Terminal(print: { _ in }, printError: { box.text += $0 }, isColoured: false, showsProgress: false)
            let paths = arguments[0] == "sweep" ? [folder] : []
            #expect(Main.run(arguments + paths, on: terminal) == .usage)
            #expect(box.text.hasPrefix("Error: "))
        }
    }
}
