import Foundation
import Testing

@testable import tandem

/// The command line as people and build servers meet it.
struct TandemTests {
    /// Everything a command wrote, and how it ended.
    private func tandem(_ arguments: String..., watched: Bool = false) -> (ending: Ending, output: String, complaints: String) {
        let output = Box()
        let complaints = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, complain: { complaints.text += $0 }, isColoured: false, showsProgress: watched)
        return (Main.run(arguments, on: terminal), output.text, complaints.text)
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

    private static let good = "# All is well.\nsteps: [ engine.sync ]\n"
    private static let broken = "# Expects what does not come.\nsteps: [ engine.sync ]\nexpect: { ongoing.articles: 3 }\n"
    private static let bad = "steps: [ engine.sink ]\n"

    @Test func allThatHoldsEndsWithZero() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            let run = tandem("run", folder)
            #expect(run.ending == .allHeld)
            #expect(run.ending.rawValue == 0)
            #expect(run.output.hasPrefix("passed     orders/all-is-well  "))
            #expect(run.output.contains("\n1 scenario: 1 passed · "))
            #expect(run.complaints == "")
        }
    }

    @Test func whatIsBrokenEndsWithOne() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good, "orders/broken.yaml": Self.broken]) { folder in
            let run = tandem("run", folder)
            #expect(run.ending.rawValue == 1)
            #expect(
                run.output.contains(
                    """
                      expect ongoing.articles (line 3)
                          expected  3
                          found     0
                    """))
        }
    }

    /// The others still run, and nobody overlooks the one that did not.
    @Test func aFileThatCannotBeReadEndsWithTwo() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good, "orders/bad.yaml": Self.bad]) { folder in
            let run = tandem("run", folder)
            #expect(run.ending.rawValue == 2)
            #expect(run.output.contains("passed     orders/all-is-well"))
            #expect(
                run.output.contains(
                    "line 1, column 10: 'steps': a step such as engine.sync was expected, not 'engine.sink'; "
                        + "did you mean 'engine.sync'?"))
        }
    }

    @Test func aPathThatLeadsNowhereEndsWithTwo() {
        let run = tandem("run", "no/such/folder")
        #expect(run.ending.rawValue == 2)
        #expect(run.output == "")
        #expect(run.complaints == "Error: no/such/folder: there is nothing at this path\n")
    }

    @Test func theMuseumTellsWhoCaughtWhat() throws {
        let mutantResult = "# The price had VAT twice.\nmutant: vat-twice\ncaught-by: [ catalogue-agrees ]\n"
        let products = "world: { products: [ { number: CHAIR-01, price: 79.96 } ] }\nsteps: [ engine.sync ]\n"
        try withScenarios(["mutants/vat.yaml": mutantResult + products]) { folder in
            let tour = tandem("museum", folder)
            #expect(tour.ending == .allHeld)
            #expect(
                tour.output.hasPrefix(
                    "defect       caught by         after\nmutants/vat  catalogue-agrees  4 of 8 exchanges\n"))
            #expect(tandem("museum", folder, "--format", "json").output.contains(#""isCaught": true"#))
        }
        let missed = mutantResult.replacingOccurrences(of: "catalogue-agrees", with: "pace-kept")
        try withScenarios(["mutants/vat.yaml": missed + products]) { folder in
            #expect(tandem("museum", folder).ending == .ruleBroken)
        }
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            #expect(tandem("museum", folder).complaints == "Error: none of the 1 scenario files has a sabotage\n")
        }
    }

    @Test func anOptionThatDoesNotExistEndsWithTwo() {
        let run = tandem("run", "--fromat", "json")
        #expect(run.ending.rawValue == 2)
        #expect(run.complaints.hasPrefix("Error: Unknown option '--fromat'. Did you mean '--format'?\n"))
    }

    @Test func aFilterThatLeavesNothingIsSaid() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            let run = tandem("run", folder, "--filter", "nothing-like-it")
            #expect(run.ending.rawValue == 2)
            #expect(run.complaints == "Error: none of the 1 scenario files is left to be played\n")
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

    @Test func theListTellsTheStories() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            #expect(tandem("run", folder, "--list").output == "\(folder)/orders/all-is-well.yaml\n    All is well.\n")
        }
    }

    /// Two runs of one build give the same bytes: what differs is what somebody changed.
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
            #expect(run.ending == .allHeld)
            #expect(run.output.hasPrefix("1 scenario: 1 passed · "))
            let written = try String(contentsOfFile: folder + "/results.xml", encoding: .utf8)
            #expect(written.hasPrefix("<?xml"))
        }
    }

    @Test func progressIsShownToThoseWhoWatchAndClearedAfterwards() throws {
        try withScenarios(["orders/all-is-well.yaml": Self.good]) { folder in
            let run = tandem("run", folder, watched: true)
            #expect(run.complaints.hasPrefix("\r\u{1B}[K1 of 1  "))
            #expect(run.complaints.hasSuffix("\r\u{1B}[K"))
        }
    }

    @Test func helpEndsWithZero() {
        let run = tandem("--help")
        #expect(run.ending.rawValue == 0)
        #expect(run.output.contains("Keeps Rackbeat and Ongoing WMS in step, and proves it."))
    }

    @Test func bothContractsCanBePrinted() {
        #expect(tandem("contract", "rackbeat").output.hasPrefix("{\n"))
        #expect(tandem("contract", "ongoing").output.contains("\"/orders\""))
        #expect(tandem("contract").output.contains("PUT /orders"))
    }

    /// A vendor's file that has moved on is seen before a client meets it.
    @Test func aContractIsComparedWithAnotherFile() throws {
        let ours = tandem("contract", "rackbeat").output
        try withScenarios(["same.json": ours, "other.json": ours.replacing("\"/self\"", with: "\"/me\"")]) { folder in
            let same = tandem("contract", "rackbeat", "--compare", folder + "/same.json")
            #expect(same.output == "no difference\n")
            #expect(same.ending.rawValue == 0)
            let other = tandem("contract", "rackbeat", "--compare", folder + "/other.json")
            #expect(other.output == "GET /self: only ours has it\nGET /me: only theirs has it\n2 differences\n")
            #expect(other.ending.rawValue == 1)
        }
    }

    @Test func aComparisonNeedsToKnowWithWhat() {
        let run = tandem("contract", "--compare", "other.json")
        #expect(run.ending.rawValue == 2)
        #expect(run.complaints.hasPrefix("Error: --compare takes one system: rackbeat or ongoing\n"))
    }

    @Test func everyAssumptionIsPrintedWithItsNumber() {
        let output = tandem("assumptions").output
        #expect(output.contains("RB-01  list_status = 206\n"))
        #expect(output.contains("ON-01  order.initial_status = 200\n"))
    }
}
