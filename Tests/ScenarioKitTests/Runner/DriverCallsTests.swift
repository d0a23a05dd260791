import Exchange
import Foundation
import HTTPTypes
import ScenarioKit
import Simulation
import StrictYAML
import Testing
import Units

/// What each driver of the engine calls, in which order, and what it calls when one of its writes fails. The network is scripted: it
/// fails that one exchange. The calls are kept in `Tests/Kept/driver-calls.md`; set TANDEM_REGENERATE=1 to write it, and read it before it
/// is kept.
struct DriverCallsTests {
    struct Driver: Sendable {
        let name: String
        let job: String
        var engine = ""
        let steps: [String]
    }

    static let drivers = [
        Driver(
            name: "an article", job: "products",
            steps: ["engine.sync", "wait: 5m", "rackbeat.change-product: { number: CHAIR-01, name: Oak chair }"]),
        Driver(name: "an order", job: "orders", steps: ["engine.sync", book]),
        Driver(
            name: "the cancellation of an order", job: "orders",
            steps: [book, "engine.sync", "wait: 5m", "rackbeat.cancel-order: { order: 1042 }"]),
        Driver(name: "a purchase order", job: "purchase-orders", steps: ["engine.sync", buy]),
        Driver(
            name: "the cancellation of a purchase order", job: "purchase-orders",
            steps: [buy, "engine.sync", "wait: 5m", "rackbeat.cancel-purchase-order: { purchase-order: 3001 }"]),
        Driver(
            name: "a shipment", job: "shipments",
            steps: [book, "engine.sync", "ongoing.pick: { order: 1042, lines: { 1: 3 } }", "ongoing.send: { order: 1042 }"]),
        Driver(
            name: "a receipt", job: "receipts",
            steps: [
                buy, "engine.sync", "ongoing.receive: { purchase-order: 3001, lines: { 1: 5 } }",
                "ongoing.finish: { purchase-order: 3001 }",
            ]),
        Driver(
            name: "an adjustment", job: "stock", engine: "  engine: { stock-sync: on }\n",
            steps: ["engine.sync", "wait: 5m", "ongoing.adjust: { item: CHAIR-01, change: -1 }"]),
    ]

    private static let book = "rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }"
    private static let buy = "rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }"

    /// Refused before anything happened; carried out, and no response; lost on the way.
    private static let faults: [(kind: FaultKind, words: String)] = [
        (.serverErrorBefore, "is refused with 500"), (.slow, "is carried out and never responded to"),
        (.requestLost, "gets lost on the way"),
    ]

    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Kept/driver-calls.md")
        .standardized

    @Test func theCallsOfEveryDriverAreAsKept() throws {
        let sections = try Self.drivers.map(Self.section)
        if ProcessInfo.processInfo.environment["TANDEM_REGENERATE"] == "1" {
            try (Self.head + sections.joined(separator: "\n")).write(to: Self.path, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOf: Self.path, encoding: .utf8)
        for section in sections { #expect(kept.contains(section), "\(section)") }
    }

    /// Whatever a driver reads in vain it reads again, and it writes no more than without the failure.
    @Test(arguments: 0..<drivers.count) func aReadThatFailsDoublesNoWrite(_ index: Int) throws {
        let driver = Self.drivers[index]
        let before = try Self.run(driver, times: 0).exchanges.count
        let calls = try Self.run(driver, times: 3).exchanges.filter { $0.number > before }
        let writes = calls.filter(\.isWrite).map(\.words)
        #expect(!writes.isEmpty)
        for read in calls where !read.isWrite {
            let run = try Self.run(driver, times: 5, .fault(.serverErrorBefore, exchange: read.number))
            #expect(run.result.outcome == .passed, "\(driver.name): \(read.words)")
            #expect(
                run.exchanges.filter { $0.number > before && $0.isWrite }.map(\.words) == writes, "\(driver.name): \(read.words)")
        }
    }

    private static let head = """
        # What the drivers call

        For each driver the calls of the run that finds something to do, and of later runs of the same job ten minutes apart, behind
        a bar. Then for each of its writes what it calls from that write on when the write fails. Generated; read it before you keep it.


        """

    private static func section(_ driver: Driver) throws -> String {
        let before = try Self.run(driver, times: 0).exchanges.count
        let undisturbed = try Self.run(driver, times: 3)
        #expect(undisturbed.result.outcome == .passed, "\(driver.name)")
        let calls = undisturbed.exchanges.filter { $0.number > before }
        var lines = ["## \(driver.name)", "", "    \(words(calls))"]
        for write in calls where write.isWrite {
            for fault in faults {
                let run = try Self.run(driver, times: 3, .fault(fault.kind, exchange: write.number))
                #expect(run.result.outcome == .passed, "\(driver.name): \(write.words) \(fault.words)")
                lines += [
                    "", "\(write.words) \(fault.words):", "",
                    "    " + words(run.exchanges.filter { $0.number >= write.number }),
                ]
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The calls of one run after those of another; reads in a row that differ in their query alone are one.
    private static func words(_ calls: [ScenarioRun.Exchange]) -> String {
        var parts: [String] = []
        var last: ScenarioRun.Exchange?
        for call in calls {
            if let last, call.startedAt - last.startedAt > .seconds(240) { parts.append("|") }
            if call.isWrite || parts.last != call.words { parts.append(call.words) }
            last = call
        }
        return parts.joined(separator: "\n    ")
    }

    private static func run(_ driver: Driver, times: Int, _ fault: InjectedFault? = nil) throws -> ScenarioRun {
        let steps =
            driver.steps + Array(repeating: ["engine.run: { job: \(driver.job) }", "wait: 10m"], count: times).flatMap { $0 }
        let text =
            "# \(driver.name)\nworld:\n  products: [ { number: CHAIR-01, stock: 10 } ]\n" + driver.engine + "steps:\n"
            + steps.map { "  - \($0)\n" }.joined()
        let scenario = try ScenarioReader.read(text, path: "\(driver.job).yaml")
        var options = RunOptions()
        options.listsExchanges = true
        options.injectedFaults = [fault].compactMap(\.self)
        return Runner.run(scenario, .plain, options)
    }
}

extension ScenarioRun.Exchange {
    fileprivate var isWrite: Bool { method != .get }
    fileprivate var words: String { "\(system.rawValue) \(method) \(path)" }
}
