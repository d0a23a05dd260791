import Embedded
import Foundation
import JSON
import SchemaCheck
import Testing

@testable import tandem

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Reports as programs read them: the JSON of every command against the schema in the repository, the JUnit of every command against
/// what build servers check.
struct ReportFormTests {
    private static let good = "# All is well.\nsteps: [ engine.sync ]\n"
    private static let bad = "# Expects articles that do not arrive.\nsteps: [ engine.sync ]\nexpect: { ongoing.articles: 3 }\n"
    private static let drifts = """
        # Somebody takes a chair & says nothing < >.
        world: { products: [ { number: CHAIR-01, stock: 10 } ] }
        steps:
          - engine.sync
          - ongoing.move-unrecorded: { item: CHAIR-01, change: -1 }
          - engine.sync

        """
    private static let refused = """
        # A step that cannot be taken.
        world: { products: [ { number: CHAIR-01, stock: 10 } ] }
        steps:
          - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
          - ongoing.pick: { order: 1042 }

        """
    private static let missed = """
        # A mutant that nobody can see.
        steps: [ engine.sync ]
        mutant: order-swallowed
        caught-by: [ stock-agrees ]

        """

    private func tandem(_ arguments: [String]) -> (status: ExitReason, output: String) {
        final class Box { var text = "" }
        let box = Box()
        let terminal = Terminal(print: { box.text += $0 }, printError: { _ in }, isColoured: false, showsProgress: false)
        return (Main.run(arguments, on: terminal), box.text)
    }

    private func withScenarios(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let files = [
            "good": Self.good, "bad": Self.bad, "drifts": Self.drifts, "refused": Self.refused,
            "missed": Self.missed, "broken": "steps: [ engine.sink ]\n",
        ]
        for (name, text) in files { try text.write(toFile: "\(folder)/\(name).yaml", atomically: true, encoding: .utf8) }
        try body(folder)
    }

    /// Each with runs that are not good. `$` is the folder of the scenarios.
    static let commands: [(arguments: [String], status: ExitReason)] = [
        (["run", "$"], .usage), (["run", "$/drifts.yaml", "$/bad.yaml", "--exchanges", "--trace"], .violation),
        (["run", "$/good.yaml"], .allHeld), (["explore", "--seeds", "1", "--from", "2"], .allHeld),
        (["explore", "--seeds", "1", "--from", "2", "--mutant", "ordered-instead-of-picked", "--save", "$/kept"], .violation),
        (["sweep", "$/good.yaml", "--limit", "4"], .allHeld),
        (["sweep", "$/bad.yaml", "$/missed.yaml", "--limit", "2"], .violation),
        (["sweep", "--assumptions", "RB-28", "RB-37"], .allHeld),
        (["sweep", "--outages", "unauthorised@ongoing GET /orders/statuses", "--duration", "1h"], .allHeld),
        (["mutants", "$/missed.yaml"], .violation), (["mutants", "$"], .usage),
        (["mutants", "--mechanism", "retry-after", "$/good.yaml"], .violation),
        (["mutants", "--generated", "--limit", "3", "$/good.yaml"], .allHeld),
    ]

    @Test(arguments: commands) func theJSONIsValidByTheSchema(_ command: (arguments: [String], status: ExitReason)) throws {
        let schema = SchemaCheck(try JSON.parse(EmbeddedFile.reportSchema))
        try withScenarios { folder in
            let run = tandem(command.arguments.map { $0.replacing("$", with: folder) } + ["--format", "json"])
            #expect(run.status == command.status, "\(run.output)")
            let problems = schema.problems(of: try JSON.parse(run.output))
            #expect(problems.isEmpty, "\(problems.prefix(4))")
        }
    }

    /// The schema must not hold whatever is written.
    @Test func theSchemaRefusesWhatIsNoReport() throws {
        let schema = SchemaCheck(try JSON.parse(EmbeddedFile.reportSchema))
        try withScenarios { folder in
            let report = try #require(try JSON.parse(tandem(["run", folder + "/good.yaml", "--format", "json"]).output).object)
            #expect(schema.problems(of: .object(report)).isEmpty)
            for name in report.names {
                var without = report
                without[name] = nil
                #expect(!schema.problems(of: .object(without)).isEmpty, "without \(name)")
            }
            let changes: [(String, JSON)] = [
                ("version", JSON(2)), ("command", "tandem walk"), ("scenarios", .array([])), ("more", true),
            ]
            for (name, value) in changes {
                var other = report
                other[name] = value
                #expect(schema.problems(of: .object(other)).isEmpty == (name == "scenarios"), "\(name)")
            }
        }
    }

    /// What Jenkins' and Surefire's schemas both allow: the elements, their order, their attributes, and the counts.
    @Test(
        arguments: commands.filter { ["run", "sweep", "mutants"].contains($0.arguments[0]) && !$0.arguments[1].hasPrefix("--") })
    func theJUnitIsWhatBuildServersRead(_ command: (arguments: [String], status: ExitReason)) throws {
        try withScenarios { folder in
            let run = tandem(command.arguments.map { $0.replacing("$", with: folder) } + ["--format", "junit"])
            #expect(run.status == command.status)
            let reader = JUnitReader()
            let parser = XMLParser(data: Data(run.output.utf8))
            parser.delegate = reader
            #expect(parser.parse(), "\(String(describing: parser.parserError)) \(run.output.prefix(2000))")
            #expect(reader.problems == [])
            #expect(reader.cases > 0)
            if command.status == .allHeld { #expect(reader.bad == 0) } else { #expect(reader.bad > 0, "\(run.output)") }
            if command.arguments.contains("--trace") {
                #expect(reader.output.contains("ongoing.move-unrecorded: { item: CHAIR-01, change: -1 }"), "\(reader.output)")
                #expect(reader.output.contains("stock of CHAIR-01"), "\(reader.output)")
            }
        }
    }

    /// With `--output` the results are in the file, and the terminal has one line.
    @Test(arguments: [
        ("text", ["explore", "--seeds", "1"]), ("junit", ["sweep", "$/good.yaml", "--limit", "2"]),
        ("json", ["explore", "--seeds", "1"]), ("github", ["sweep", "$/good.yaml", "--limit", "2"]),
    ])
    func theResultsGoToAFile(format: String, arguments: [String]) throws {
        try withScenarios { folder in
            let path = folder + "/results"
            let run = tandem(arguments.map { $0.replacing("$", with: folder) } + ["--format", format, "--output", path])
            #expect(run.status == .allHeld)
            #expect(
                run.output.split(separator: "\n").count == 1 && run.output.contains(" · 0 violations · digest "), "\(run.output)")
            let written = try String(contentsOfFile: path, encoding: .utf8)
            #expect(
                ["text": "violations · digest", "junit": "<testsuites", "json": "\"version\": 1", "github": " · digest "][format]
                    .map(written.contains) == true)
        }
    }

    /// An annotation for each failing run, with its scenario.
    @Test func aSweepIsAnnotated() throws {
        try withScenarios { folder in
            let run = tandem(["sweep", folder + "/bad.yaml", "--format", "github"])
            let lines = run.output.split(separator: "\n")
            #expect(lines.first?.hasPrefix("::error file=\(folder)/bad.yaml,line=3,title=") == true, "\(run.output)")
            #expect(lines.last?.contains(" · digest ") == true)
        }
    }
}

private final class JUnitReader: NSObject, XMLParserDelegate {
    private static let rules: [String: (parents: [String], required: Set<String>, optional: Set<String>)] = [
        "testsuites": ([""], [], ["name", "time", "tests", "failures", "errors"]),
        "testsuite": (["testsuites"], ["name", "tests", "failures", "errors", "skipped"], ["time"]),
        "testcase": (["testsuite"], ["name", "classname", "time"], []),
        "skipped": (["testcase"], [], ["message"]), "failure": (["testcase"], ["type"], ["message"]),
        "error": (["testcase"], ["type"], ["message"]), "system-out": (["testcase"], [], []),
    ]

    private(set) var problems: [String] = []
    private(set) var cases = 0
    private(set) var bad = 0
    private(set) var output = ""
    private var open: [String] = []
    /// What the suite that is open says of itself, and what it has.
    private var said: [String: String] = [:]
    private var counted: [String: Int] = [:]
    private var children: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        defer { open.append(name) }
        guard let rule = Self.rules[name] else { return problems.append("<\(name)> is in no schema") }
        if !rule.parents.contains(open.last ?? "") { problems.append("<\(name)> in <\(open.last ?? "")>") }
        let names = Set(attributes.keys)
        problems += rule.required.subtracting(names).map { "<\(name)> without \($0)" }
        problems += names.subtracting(rule.required).subtracting(rule.optional).map { "<\(name)> with \($0)" }
        if let time = attributes["time"], time.wholeMatch(of: /[0-9]+\.[0-9]{3}/) == nil { problems.append("time \(time)") }
        switch name {
        case "testsuite": (said, counted) = (attributes, [:])
        case "testcase":
            cases += 1
            counted["tests", default: 0] += 1
            children = []
        case "failure", "error", "skipped":
            counted[name == "skipped" ? name : name + "s", default: 0] += 1
            if name != "skipped" { bad += 1 }
            if !children.isEmpty { problems.append("<\(name)> after <\(children.last!)>") }
            children.append(name)
        case "system-out": children.append(name)
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if open.last == "system-out" { output += string }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
        guard name == "testsuite" else { return }
        for key in ["tests", "failures", "errors", "skipped"] where said[key] != String(counted[key] ?? 0) {
            problems.append("\(said["name"] ?? ""): \(key) \(said[key] ?? "-"), not \(counted[key] ?? 0)")
        }
    }
}
