import Foundation
import Testing

@testable import tandem

/// The command line as people and build servers use it.
struct TandemTests {
    /// Runs a command; returns its exit status and output.
    private func tandem(_ arguments: String..., onTerminal: Bool = false) -> (status: ExitReason, output: String, errors: String)
    {
        let output = Box()
        let errors = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, printError: { errors.text += $0 }, isColoured: false, showsProgress: onTerminal)
        return (Main.run(arguments, on: terminal), output.text, errors.text)
    }

    private final class Box {
        var text = ""
    }

    /// A folder with these scenarios, removed afterwards.
    private func withScenarios(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in files {
            let path = folder + "/" + name
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        try body(folder)
    }

    /// An order that the journal has lost and the warehouse has renumbered is found by a comparison that comes first. It is no
    /// scenario of the suite: where a fault delays the comparison, a round sends the order anew, since it looks the number up alone.
    @Test func aComparisonFindsWhatIsLostAndRenumbered() throws {
        let text = """
            # The journal is lost, and the order has another number.
            world: { products: [ { number: CHAIR-01, stock: 10 } ] }
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - ongoing.renumber: { order: 1042, number: W-77 }
              - engine.lose-journal
              - engine.reconcile
              - engine.sync
            expect: { ongoing.orders: [ W-77 ] }

            """
        try withScenarios(["orders/lost.yaml": text]) { folder in
            let run = tandem("run", folder)
            #expect(run.status == .allHeld, "\(run.output)")
        }
    }

    private static let good = "# All is well.\nsteps: [ engine.sync ]\n"
    private static let broken =
        "# Expects articles that do not arrive.\nsteps: [ engine.sync ]\nexpect: { ongoing.articles: 3 }\n"
    private static let bad = "steps: [ engine.sink ]\n"

    @Test func successEndsWithZero() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            let run = tandem("run", folder)
            #expect(run.status == .allHeld)
            #expect(run.status.rawValue == 0)
            #expect(run.output.hasPrefix("passed  orders/all-is-well  "))
            #expect(run.output.contains("\n1 scenario: 1 passed · "))
            #expect(run.errors == "")
        }
    }

    @Test func aFailureEndsWithOne() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good, "orders/broken.yaml": Self.broken]) { folder in
            let run = tandem("run", folder)
            #expect(run.status.rawValue == 1)
            #expect(
                run.output.contains(
                    """
                      expect ongoing.articles (line 3)
                          expected  3
                          found     0
                    """))
        }
    }

    /// The other scenarios still run.
    @Test func aFileThatCannotBeReadEndsWithTwo() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good, "orders/bad.yaml": Self.bad]) { folder in
            let run = tandem("run", folder)
            #expect(run.status.rawValue == 2)
            #expect(run.output.contains("passed  orders/all-is-well"))
            #expect(
                run.output.contains(
                    "line 1, column 10: 'steps': a step such as engine.sync was expected, not 'engine.sink'; "
                        + "did you mean 'engine.sync'?"))
        }
    }

    @Test func aPathThatLeadsNowhereEndsWithTwo() {
        let run = tandem("run", "no/such/folder")
        #expect(run.status.rawValue == 2)
        #expect(run.output == "")
        #expect(run.errors == "Error: no/such/folder: there is nothing at this path\n")
    }

    @Test func theMutationSuiteReportsWhatCatchesEachMutant() throws {
        let mutantResult = "# The price had VAT twice.\nmutant: vat-twice\ncaught-by: [ catalogue-agrees ]\n"
        let products = "world: { products: [ { number: CHAIR-01, price: 79.96 } ] }\nsteps: [ engine.sync ]\n"
        try withScenarios(["mutants/vat.yaml": mutantResult + products]) { folder in
            let run = tandem("mutants", folder)
            #expect(run.status == .allHeld)
            #expect(
                run.output.hasPrefix(
                    "mutant       caught by         after\nmutants/vat  catalogue-agrees  6 of 10 exchanges\n"))
            #expect(tandem("mutants", folder, "--format", "json").output.contains(#""outcome": "caught""#))
        }
        let missed = mutantResult.replacingOccurrences(of: "catalogue-agrees", with: "rate-limits-kept")
        try withScenarios(["mutants/vat.yaml": missed + products]) { folder in
            #expect(tandem("mutants", folder).status == .violation)
        }
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            #expect(tandem("mutants", folder).errors == "Error: no scenario has a mutant\n")
        }
    }

    @Test func anOptionThatDoesNotExistEndsWithTwo() {
        let run = tandem("run", "--fromat", "json")
        #expect(run.status.rawValue == 2)
        #expect(run.errors.hasPrefix("Error: Unknown option '--fromat'. Did you mean '--format'?\n"))
    }

    @Test func aFilterThatMatchesNothingIsReported() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            let run = tandem("run", folder, "--filter", "nothing-like-it")
            #expect(run.status.rawValue == 2)
            #expect(run.errors == "Error: no scenario file matches --filter and --tag\n")
        }
    }

    @Test func filterAndTagChoose() throws {
        let tagged = "# Tagged.\ntags: [ slow ]\nsteps: []\n"
        try withScenarios(["orders/one.yaml": Self.good, "stock/two.yaml": Self.good, "stock/three.yaml": tagged]) { folder in
            #expect(names(tandem("run", folder, "--list", "--filter", "one").output) == ["orders/one.yaml"])
            #expect(names(tandem("run", folder, "--list", "--tag", "stock").output) == ["stock/three.yaml", "stock/two.yaml"])
            #expect(names(tandem("run", folder, "--list", "--tag", "slow").output) == ["stock/three.yaml"])
        }
    }

    private func names(_ list: String) -> [String] {
        list.split(separator: "\n").filter { !$0.hasPrefix(" ") }
            .map { $0.split(separator: "/").suffix(2).joined(separator: "/") }
    }

    @Test func theListShowsTheFirstComments() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            #expect(tandem("run", folder, "--list").output == "\(folder)/orders/all-is-well.yaml\n    All is well.\n")
        }
    }

    /// Two runs of one build give the same bytes.
    @Test func resultsRepeatToTheByte() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good, "orders/broken.yaml": Self.broken]) { folder in
            for format in ["text", "json", "junit", "github"] {
                #expect(tandem("run", folder, "--format", format).output == tandem("run", folder, "--format", format).output)
            }
        }
    }

    @Test func resultsGoToAFileWhenAskedTo() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            let run = tandem("run", folder, "--format", "junit", "--output", folder + "/results.xml")
            #expect(run.status == .allHeld)
            #expect(run.output.hasPrefix("1 scenario: 1 passed · "))
            let written = try String(contentsOfFile: folder + "/results.xml", encoding: .utf8)
            #expect(written.hasPrefix("<?xml"))
        }
    }

    @Test func progressIsShownOnATerminalAndClearedAfterwards() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            let run = tandem("run", folder, onTerminal: true)
            #expect(run.errors.hasPrefix("\r\u{1B}[K0 of 1"))
            #expect(run.errors.hasSuffix("\r\u{1B}[K"))
        }
    }

    @Test func helpEndsWithZero() {
        let run = tandem("--help")
        #expect(run.status.rawValue == 0)
        #expect(run.output.contains("Keep Rackbeat and Ongoing WMS in step, and prove it."))
    }

    @Test func bothContractsCanBePrinted() {
        #expect(tandem("contract", "rackbeat").output.hasPrefix("{\n"))
        #expect(tandem("contract", "ongoing").output.contains("\"/orders\""))
        #expect(tandem("contract").output.contains("PUT /orders"))
    }

    /// A change in the vendor's file is found before it breaks the client.
    @Test func aContractIsComparedWithAnotherFile() throws {
        let ours = tandem("contract", "rackbeat").output
        try withScenarios(["same.json": ours, "other.json": ours.replacing("\"/self\"", with: "\"/me\"")]) { folder in
            let same = tandem("contract", "rackbeat", "--compare", folder + "/same.json")
            #expect(same.output == "no difference\n")
            #expect(same.status.rawValue == 0)
            let other = tandem("contract", "rackbeat", "--compare", folder + "/other.json")
            #expect(other.output == "GET /self: only ours has it\nGET /me: only theirs has it\n2 differences\n")
            #expect(other.status.rawValue == 1)
        }
    }

    @Test func aComparisonNeedsASystem() {
        let run = tandem("contract", "--compare", "other.json")
        #expect(run.status.rawValue == 2)
        #expect(run.errors.hasPrefix("Error: --compare needs a system: rackbeat or ongoing\n"))
    }

    @Test func everyAssumptionIsPrintedWithItsNumber() {
        let output = tandem("assumptions").output
        #expect(output.contains("RB-01  list_status = 206\n"))
        #expect(output.contains("ON-01  order.initial_status = 200\n"))
    }

    /// Of each assumption the page says who reads it, and which choices are for fakes alone.
    @Test func anAssumptionIsPrintedWithWhoReadsIt() {
        let output = tandem("assumptions").output
        func entry(_ number: String) -> String {
            let lines = output.components(separatedBy: "\n").drop { !$0.hasPrefix(number) }
            return ([""] + lines.prefix(1) + lines.dropFirst().prefix { $0.hasPrefix("    ") } + [""]).joined(separator: "\n")
        }
        #expect(entry("RB-27").contains("\n    read by   the engine\n"))
        #expect(entry("RB-01").contains("\n    read by   the fake only\n"))
        #expect(entry("RB-74").contains("\n    read by   nobody: documentation only\n"))
        #expect(entry("RB-28").contains("\n    choices   false or true (fakes only)\n"))
    }
}
