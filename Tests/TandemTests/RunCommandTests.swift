import Foundation
import Testing

@testable import tandem

/// Which runs `tandem run` chooses, on how many threads, and where it stops.
struct RunCommandTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()

    private static let good = "# All is well.\nsteps: [ engine.sync ]\n"
    private static let bad = "# Expects articles that do not arrive.\nsteps: [ engine.sync ]\nexpect: { ongoing.articles: 3 }\n"
    private static let matrix = """
        # The second variant expects what does not arrive.
        world: { products: [ { number: A, stock: 1 } ] }
        matrix:
          - { name: one }
          - { name: two, faults: [ { match: ongoing PUT /articles, fault: server-error-before, times: all } ] }
        steps: [ engine.sync ]
        expect: { ongoing.articles: 1 }

        """

    private func tandem(_ arguments: String..., showsProgress: Bool = false) -> (
        status: ExitReason, output: String, errors: String
    ) {
        let output = Written()
        let errors = Written()
        let terminal = Terminal(
            print: { output.text += $0 }, printError: { errors.text += $0 }, isColoured: false, showsProgress: showsProgress)
        return (Main.run(["run"] + arguments, on: terminal), output.text, errors.text)
    }

    private final class Written {
        var text = ""
    }

    private func write(_ files: [String: String]) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files { try text.write(toFile: "\(folder)/\(name).yaml", atomically: true, encoding: .utf8) }
    }

    private func remove() { try? FileManager.default.removeItem(atPath: folder) }

    private func verdicts(_ output: String) -> [String] {
        output.split(separator: "\n").filter { $0.hasPrefix("passed ") || $0.hasPrefix("failed  ") }
            .map { $0.split(separator: " ").prefix(2).map { $0.split(separator: "/").last! }.joined(separator: " ") }
    }

    @Test(arguments: ["text", "json", "junit", "github"])
    func theNumberOfThreadsChangesNoByte(format: String) throws {
        defer { remove() }
        var files = Dictionary(uniqueKeysWithValues: (10...29).map { ("good-\($0)", Self.good) })
        files["good-15"] = Self.bad
        files["good-20"] = Self.matrix
        try write(files)
        let one = tandem(folder, "--format", format, "--jobs", "1")
        let many = tandem(folder, "--format", format, "--jobs", "7")
        #expect(one.status == .violation)
        #expect(one.output == many.output)
    }

    @Test func theShardsRunEverythingOnce() throws {
        defer { remove() }
        try write(["a": Self.good, "b": Self.good, "c": Self.matrix, "d": Self.good])
        let whole = verdicts(tandem(folder).output)
        let shards = (1...2).map { verdicts(tandem(folder, "--shard", "\($0)/2").output) }
        #expect(whole.count == 5)
        #expect(shards.map(\.count) == [3, 2])
        #expect(shards.flatMap(\.self).sorted() == whole.sorted())
        #expect(tandem(folder, "--shard", "3/2").status == .usage)
    }

    /// Whatever other threads have run meanwhile.
    @Test(arguments: ["1", "4"])
    func nothingRunsAfterTheFirstFailureWhenAsked(jobs: String) throws {
        defer { remove() }
        try write(["a": Self.good, "b": Self.bad, "c": Self.bad, "d": Self.good])
        let run = tandem(folder, "--fail-fast", "--jobs", jobs)
        #expect(run.status == .violation)
        #expect(verdicts(run.output) == ["passed a", "failed b"])
        #expect(run.output.hasSuffix("\nStopped at the first failure: 2 runs left out.\n"))
    }

    @Test func onlyWhatFailedRunsAgainWhenAsked() throws {
        defer { remove() }
        try write(["a": Self.good, "b": Self.bad, "c": Self.matrix])
        #expect(verdicts(tandem(folder).output).count == 4)
        #expect(verdicts(tandem(folder, "--failed").output) == ["failed b", "failed c"])
        // Running another file leaves what is known of these.
        #expect(tandem("\(folder)/a.yaml").status == .allHeld)
        try write(["b": Self.good])
        let second = tandem(folder, "--failed")
        #expect(verdicts(second.output) == ["passed b", "failed c"])
        #expect(second.output.contains("  to run it again: tandem run \(folder)/c.yaml --variant two\n"))
        #expect(verdicts(tandem(folder, "--failed").output) == ["failed c"])
        try write(["c": Self.good])
        _ = tandem(folder)
        let nothing = tandem(folder, "--failed")
        #expect(nothing.status == .allHeld)
        #expect(nothing.output == "Nothing failed when it was last run.\n")
    }

    @Test func oneVariantRunsWhenAsked() throws {
        defer { remove() }
        try write(["c": Self.matrix])
        #expect(tandem(folder, "--variant", "one").status == .allHeld)
        #expect(tandem(folder, "--variant", "two").status == .violation)
        let none = tandem(folder, "--variant", "three")
        #expect(none.status == .usage)
        #expect(none.errors == "Error: --variant three: no scenario has such a variant\n")
    }

    /// Exit 1, as for every other run that does not do what its file says; 2 is for files that cannot be read.
    @Test func aStepThatCannotBeTakenEndsWithOne() throws {
        defer { remove() }
        try write(["a": "# The order is nowhere.\nsteps: [ { ongoing.pick: { order: 7 } } ]\n"])
        let run = tandem(folder)
        #expect(run.status.rawValue == 1)
        #expect(
            run.output.contains("line 2, column 12: this step cannot be taken: The warehouse holds no order 7"), "\(run.output)")
    }

    // MARK: Where the results go

    @Test func resultsGoThroughALinkAndToADevice() throws {
        defer { remove() }
        try write(["a": Self.good])
        let target = folder + "/results.txt"
        let link = folder + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "results.txt")
        #expect(tandem(folder, "--output", link).status == .allHeld)
        #expect(try String(contentsOfFile: target, encoding: .utf8).hasPrefix("passed  "))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "results.txt")
        #expect(tandem(folder, "--output", "/dev/null").status == .allHeld)
        #expect(!(try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType == .typeRegular))
    }

    @Test(arguments: ["no/such/folder/results.txt", "."])
    func aPlaceThatCannotBeWrittenIsNamed(place: String) throws {
        defer { remove() }
        try write(["a": Self.good])
        let run = tandem(folder, "--output", place)
        #expect(run.status == .usage)
        #expect(run.errors.hasPrefix("Error: --output \(place): the results cannot be written there"), "\(run.errors)")
    }

    #if os(Linux)
        @Test func aFullDiskIsAnError() throws {
            defer { remove() }
            try write(["a": Self.good])
            let run = tandem(folder, "--output", "/dev/full")
            #expect(run.status == .usage)
            #expect(run.errors.contains("No space left on device"), "\(run.errors)")
        }
    #endif

    @Test func colourIsOneOfThree() throws {
        defer { remove() }
        try write(["a": Self.good])
        #expect(tandem(folder, "--color", "always").output.hasPrefix("\u{1B}[32mpassed"))
        #expect(tandem(folder, "--color", "never").output.hasPrefix("passed"))
        #expect(tandem(folder, "--color", "sometimes").status == .usage)
    }
}
