import Reports
import SyncCore
import Testing
import Units

@testable import ScenarioKit

/// One axis of time for people, engine and both systems, addressed by document.
struct TraceTests {
    private func result(_ text: String, _ wanted: RunOptions.TraceWanted = .every) throws -> ScenarioResult {
        let world = """
            world:
              products:
                - { number: CHAIR-01, name: Oak chair, stock: 10 }

            """
        var options = RunOptions()
        options.trace = wanted
        return Runner(options: options).run([
            .scenario(try ScenarioReader.read(world + text, path: "Scenarios/orders/a-promise.yaml"))
        ])[0]
    }

    private let partialPick = """
        steps:
          - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
          - engine.sync
          - ongoing.pick: { order: 1042, lines: { 1: 3 } }
          - engine.sync
        expect:
          rackbeat.order: { number: 1042, state: shipped }
        """

    @Test func everyEntryKnowsItsDocuments() throws {
        let trace = try #require(try result(partialPick).trace)
        let order = RecordRef(.order, "1042")
        #expect(trace.entries.map(\.after) == trace.entries.map(\.after).sorted())
        let about = trace.entries.filter { $0.records.contains(order) }
        #expect(
            about.contains { entry in
                if case .step(let step) = entry.event { step.line == 5 && entry.lane == .rackbeat } else { false }
            })
        // The pick names the order, and so does the movement of its goods.
        #expect(
            about.contains { entry in
                guard case .movement(let movement) = entry.event else { return false }
                return entry.lane == .ongoing && movement.change == -3 && movement.stock == 7
            })
        #expect(trace.concerned.contains(order))
    }

    /// The request that decided it carries only the warehouse's id of the order.
    @Test func aRefusedCancellationIsInTheReportAboutItsOrder() throws {
        let result = try result(
            """
            steps:
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - engine.sync
              - ongoing.pick: { order: 1042, lines: { 1: 5 } }
              - wait: 1m
              - rackbeat.cancel-order: { order: 1042 }
              - engine.sync
            """)
        #expect(result.outcome == .failed)
        #expect(result.excerpts.map(\.request).contains { $0.hasPrefix("ongoing DELETE /demo/api/v1/orders/7") })
    }

    @Test func aTraceIsMadeOnlyWhereItIsWanted() throws {
        #expect(try result(partialPick, .none).trace == nil)
        #expect(try result("steps: [ engine.sync ]", .failures).trace == nil)
        #expect(try result(partialPick, .failures).trace?.changes == [])
        #expect(try result(partialPick, .whole).trace?.changes.isEmpty == false)
    }

    /// What is parked about the stock of everything is no product, and says itself what it is.
    @Test func aComparisonOfAllStockIsNoProduct() throws {
        let result = try result(
            """
            steps:
              - engine.switch: { stock-sync: on }
              - ongoing.adjust: { item: CHAIR-01, change: -1 }
              - engine.sync
            """)
        #expect(result.linesOfFailure.contains { $0.hasPrefix("    stock comparison, connection 'main': The record is parked") })
        let trace = try #require(result.trace)
        #expect(!trace.entries.contains { $0.records.contains(RecordRef(.product, Job.stockComparison)) })
        #expect(TraceText(trace).lines.contains { $0.contains("── stock comparison is parked: ") })
    }

    @Test func attemptsThatFailInTheSameWayAreOneLine() throws {
        let trace = try #require(
            try result(
                """
                faults: [ { match: ongoing GET /orders/statuses, fault: 503, times: 3 } ]
                steps: [ engine.sync ]
                """
            ).trace)
        let lines = TraceText(trace, isWhole: true).lines.filter { $0.contains("503") }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("#3–#5 GET /orders/statuses → 503, 3 times  ⚡ 503") == true)
    }

    @Test func aTraceReadsAsTwoLanes() throws {
        let trace = try #require(try result(partialPick).trace)
        let lines = TraceText(trace).lines
        #expect(lines[0].hasPrefix("  what happened to "))
        #expect(lines.contains { $0.contains("#") && $0.contains("│ #") && $0.contains("PUT /orders → 201") })
        #expect(lines.contains { $0.contains("── order 1042: send it") })
        #expect(lines.contains { $0.hasSuffix("polls, nothing new") })
        #expect(!lines.contains { $0.contains("PUT /articles") })
        #expect(TraceText(trace, isWhole: true).lines.contains { $0.contains("PUT /articles") })
    }
}
