import ArgumentParser
import FoundationEssentials
import ScenarioKit
import Units

struct NewCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a first scenario to start from.",
        discussion: "The file passes as it is. Change its claim, its steps and what it expects, and run it again.")

    @Argument(help: "Name of the file: a claim, such as outbound/a-partial-pick-ships. Below Scenarios unless it names a folder.")
    var name: String

    func perform(on terminal: Terminal) throws -> ExitReason {
        let path = path
        guard !FileManager.default.fileExists(atPath: path) else {
            throw UsageError("\(path) exists already: choose another name, or change that file")
        }
        do {
            try FileManager.default.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(Self.scenario.utf8).write(to: URL(filePath: path))
        } catch {
            throw UsageError("\(path): the scenario cannot be written there")
        }
        terminal.print("\(path)\n  run it: tandem run \(path.quotedForShell)\n")
        return .allHeld
    }

    private var path: String {
        let file = name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? name : name + ".yaml"
        return file.hasPrefix("/") || file.hasPrefix(".") || file.hasPrefix("Scenarios/") ? file : "Scenarios/" + file
    }

    static let scenario = """
        # What happens, and what a customer would lose otherwise: five are ordered, three are picked, and three are shipped.
        world:
          products:
            - { number: CHAIR-01, name: Oak chair, stock: 10 }
        steps:
          - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
          - engine.sync
          - ongoing.pick: { order: 1042, lines: { 1: 3 } }
          - ongoing.send: { order: 1042 }
          - engine.sync
        expect:
          rackbeat.shipments: [ { order: 1042, lines: { 1: 3 } } ]
          stock: { CHAIR-01: { rackbeat: 7, ongoing: 7 } }

        """
}
