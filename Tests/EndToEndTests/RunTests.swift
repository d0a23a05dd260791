import Embedded
import Foundation
import JSON
import SchemaCheck
import Stage
import Testing

extension EndToEndTests {
    /// `tandem run` as a process: what it exits with and prints for every outcome, in every format, and how it watches files.
    @Suite(.timeLimit(.minutes(5))) struct RunTests {
        private let folder: TemporaryFolder

        init() throws { folder = try TemporaryFolder() }

        struct Outcome: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var yaml: String
            var code: Int32
            /// What each format must say, in the order of ``formats``.
            var says: [String]
        }

        static let formats = ["text", "junit", "json", "github"]

        /// The table of `.github/CI.md`.
        static let outcomes = [
            Outcome(
                testDescription: "passed", yaml: "# All is well.\nsteps: [ engine.sync ]\n", code: 0,
                says: ["passed  ", "<testcase ", #""outcome": "passed""#, "1 scenario: 1 passed"]),
            Outcome(
                testDescription: "failed", yaml: "# No such article.\nsteps: [ engine.sync ]\nexpect: { ongoing.articles: 3 }\n",
                code: 1, says: ["failed  ", "<failure ", #""outcome": "failed""#, "::error file="]),
            Outcome(
                testDescription: "a step that cannot be taken",
                yaml: """
                    # The warehouse does not know the order.
                    world: { products: [ { number: CHAIR-01, stock: 10 } ] }
                    steps:
                      - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                      - ongoing.pick: { order: 1042 }

                    """, code: 1, says: ["failed  ", "<failure ", #""outcome": "failed""#, ",line=5,"]),
            Outcome(
                testDescription: "error", yaml: "steps: [ engine.sink ]\n", code: 2,
                says: ["error   ", "<error ", #""outcome": "error""#, ",line=1,col=10,"]),
            Outcome(
                testDescription: "caught",
                yaml:
                    "# Must be caught.\nsteps: [ engine.sync, { ongoing.move-unrecorded: { item: A, change: 1 } }, engine.sync ]\n"
                    + "world: { products: [ { number: A, stock: 1 } ] }\ncaught-by: [ stock-agrees ]\n", code: 0,
                says: ["caught  ", "<testcase ", #""outcome": "caught""#, "1 scenario: 1 caught"]),
            Outcome(
                testDescription: "missed", yaml: "# Nothing is wrong.\nsteps: [ engine.sync ]\ncaught-by: [ stock-agrees ]\n",
                code: 1,
                says: ["missed  ", "<failure ", #""outcome": "missed""#, "::error file="]),
        ]

        @Test(arguments: outcomes) func theExitCodeIsTheSameInEveryFormat(outcome: Outcome) throws {
            try outcome.yaml.write(toFile: folder.path + "/claim.yaml", atomically: true, encoding: .utf8)
            for (format, says) in zip(Self.formats, outcome.says) {
                let tandem = try TandemProcess(["run", "claim.yaml", "--format", format], in: folder.path)
                #expect(try tandem.exitCode(within: 30) == outcome.code, "\(format)")
                #expect(tandem.output.contains(says), "\(format): \(tandem.output)")
                let isGood = outcome.code == 0
                if format == "junit" {
                    #expect(tandem.output.contains("<failure ") == !isGood || tandem.output.contains("<error "))
                }
                if format == "github" { #expect(tandem.output.contains("::error ") == !isGood) }
                guard format == "json" else { continue }
                let schema = SchemaCheck(try JSON.parse(EmbeddedFile.reportSchema))
                #expect(schema.problems(of: try JSON.parse(tandem.output)) == [])
            }
        }

        @Test(arguments: [["run", "nowhere"], ["run", "--shard", "3/2"], ["run", "claim.yaml", "--output", "/dev/full"]])
        func whatCannotBeDoneEndsWithTwo(arguments: [String]) throws {
            try "# All is well.\nsteps: [ engine.sync ]\n".write(
                toFile: folder.path + "/claim.yaml", atomically: true, encoding: .utf8)
            let tandem = try TandemProcess(arguments, in: folder.path)
            #expect(try tandem.exitCode(within: 30) == 2)
            #expect(tandem.errorOutput.hasPrefix("Error: "), "\(tandem.errorOutput)")
        }

        // MARK: --accept

        private static let course =
            "# An order.\nworld: { products: [ { number: A, stock: 9 } ] }\nsteps:\n"
            + "  - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: A, quantity: 5 } ] }\n  - engine.sync\n"

        private func run(_ arguments: String...) throws -> (code: Int32, output: String) {
            let tandem = try TandemProcess(["run"] + arguments, in: folder.path)
            return (try tandem.exitCode(within: 30), tandem.output)
        }

        @Test func whatIsNotAsItWasFailsInEveryFormatUntilItIsAccepted() throws {
            let (claims, file) = (folder.path + "/claims", folder.path + "/claims/orders/a.yaml")
            try FileManager.default.createDirectory(atPath: claims + "/orders", withIntermediateDirectories: true)
            try Self.course.write(toFile: file, atomically: true, encoding: .utf8)
            let first = try run("claims", "--accept")
            #expect(first.code == 0 && first.output.contains("accepted  orders/a: new\nclaims/baseline.json: 1 change\n"))
            #expect(try run("claims/orders/a.yaml").output.hasPrefix("passed  orders/a"))

            try Self.course.replacing("quantity: 5", with: "quantity: 4").write(toFile: file, atomically: true, encoding: .utf8)
            let says = ["changed orders/a", "<failure ", #""outcome": "changed""#, "::error file="]
            for (format, says) in zip(Self.formats, says) {
                let changed = try run("claims", "--format", format)
                #expect(changed.code == 1 && changed.output.contains(says), "\(format): \(changed.output)")
                guard format == "json" else { continue }
                let schema = SchemaCheck(try JSON.parse(EmbeddedFile.reportSchema))
                #expect(schema.problems(of: try JSON.parse(changed.output)) == [])
            }
            // Another seed is another run.
            #expect(try run("claims", "--seed", "7").code == 0)
            let second = try run("claims", "--accept")
            #expect(second.code == 0 && second.output.contains("accepted  orders/a: as many calls"), "\(second.output)")
            #expect(try run("claims").code == 0)
        }

        @Test func whatIsViolatedIsNotAcceptedAndWhatIsGoneIsRemoved() throws {
            let (claims, file) = (folder.path + "/claims", folder.path + "/claims/a.yaml")
            try FileManager.default.createDirectory(atPath: claims, withIntermediateDirectories: true)
            try Self.course.write(toFile: file, atomically: true, encoding: .utf8)
            try Self.course.write(toFile: claims + "/b.yaml", atomically: true, encoding: .utf8)
            #expect(try run("claims", "--accept").code == 0)
            let baseline = try String(contentsOfFile: claims + "/baseline.json", encoding: .utf8)

            try (Self.course + "expect: { ongoing.orders: 2 }\n").write(toFile: file, atomically: true, encoding: .utf8)
            try FileManager.default.removeItem(atPath: claims + "/b.yaml")
            let wrong = try run("claims", "--accept")
            #expect(wrong.code == 1)
            #expect(wrong.output.contains("removed   b: there is no such scenario\n"), "\(wrong.output)")
            #expect(
                wrong.output.contains("1 change; 1 run not accepted, since something is wrong with them\n"), "\(wrong.output)")
            let lines = try String(contentsOfFile: claims + "/baseline.json", encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 5 && baseline.contains(lines[2]))

            try "{".write(toFile: claims + "/baseline.json", atomically: true, encoding: .utf8)
            #expect(try run("claims").code == 2)
        }

        // MARK: --watch

        private func write(_ name: String, _ expected: Int) throws {
            let text = "# So many articles.\nsteps: [ engine.sync ]\nexpect: { ongoing.articles: \(expected) }\n"
            try text.write(toFile: "\(folder.path)/claims/\(name).yaml", atomically: true, encoding: .utf8)
        }

        private func count(_ text: String, in output: String) -> Int { output.components(separatedBy: text).count - 1 }

        @Test func whatChangesRunsAgainUntilControlC() throws {
            try FileManager.default.createDirectory(atPath: folder.path + "/claims", withIntermediateDirectories: true)
            try write("a", 0)
            try write("b", 0)
            let tandem = try TandemProcess(["run", "claims", "--watch"], in: folder.path)
            func eventually(_ condition: () -> Bool) -> Bool { TandemProcess.eventually(within: 30, condition) }
            #expect(eventually { tandem.errorOutput.contains("Watching 2 scenarios and the program; Ctrl-C ends.\n") })
            #expect(tandem.output.contains("passed  claims/a") && tandem.output.contains("passed  claims/b"))
            // Only what changed, and what is new.
            try write("b", 3)
            #expect(eventually { tandem.output.contains("failed  claims/b") }, "\(tandem.output)\(tandem.errorOutput)")
            #expect(tandem.errorOutput.contains("changed: claims/b.yaml\n"))
            try write("c", 0)
            #expect(eventually { tandem.output.contains("passed  claims/c") }, "\(tandem.output)")
            #expect(eventually { tandem.errorOutput.contains("Watching 3 scenarios") })
            // A file that cannot be read ends nothing.
            try "steps: [ engine.sink ]\n".write(toFile: folder.path + "/claims/c.yaml", atomically: true, encoding: .utf8)
            #expect(eventually { tandem.output.contains("error   claims/c") }, "\(tandem.output)")
            try FileManager.default.removeItem(atPath: folder.path + "/claims/c.yaml")
            #expect(eventually { tandem.errorOutput.contains("claims/c.yaml is gone.\n") })
            #expect(count("passed  claims/a", in: tandem.output) == 1)
            // The last results count: b fails.
            tandem.signal(SIGINT)
            #expect(try tandem.exitCode(within: 10) == 1)
        }

        /// Who builds anew wants to see all scenarios with the new program, in the same terminal.
        @Test func aNewProgramRunsEverythingAgain() throws {
            try FileManager.default.createDirectory(atPath: folder.path + "/claims", withIntermediateDirectories: true)
            try write("a", 0)
            let copy = folder.path + "/tandem"
            try FileManager.default.copyItem(atPath: try TandemProcess.path, toPath: copy)
            let tandem = try TandemProcess(["run", "claims", "--watch"], in: folder.path, program: copy)
            #expect(TandemProcess.eventually(within: 30) { tandem.errorOutput.contains("Ctrl-C ends.") })
            try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: copy)
            #expect(
                TandemProcess.eventually(within: 30) { count("passed  claims/a", in: tandem.output) == 2 },
                "\(tandem.errorOutput)")
            #expect(tandem.errorOutput.contains("\nThe program has changed.\n"))
            #expect(TandemProcess.eventually(within: 30) { count("Ctrl-C ends.", in: tandem.errorOutput) == 2 })
            tandem.signal(SIGINT)
            #expect(try tandem.exitCode(within: 10) == 0)
        }
    }
}
