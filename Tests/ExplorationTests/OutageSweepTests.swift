import ScenarioKit
import Simulation
import SyncEngine
import Testing

@testable import Exploration

struct OutageSweepTests {
    private static let duration = OutageMatrix.defaultDuration

    /// Reads and writes of both systems, each with every fault that can stand on it.
    @Test func theDayUsesWhatTheEngineUses() throws {
        let matrix = try OutageMatrix(duration: Self.duration)
        #expect(matrix.undisturbed.allSatisfy { $0.result.outcome == .passed })
        let names = matrix.cells.map(\.outage.name)
        #expect(names.count == Set(names).count)
        let operations = Set(matrix.cells.map(\.outage.operation.match))
        for operation in [
            "rackbeat GET /self", "rackbeat GET /products", "rackbeat GET /orders", "rackbeat GET /orders/{}",
            "rackbeat GET /orders/{}/shipments", "rackbeat POST /orders/{}/create-shipment",
            "rackbeat POST /orders/shipments/{}/mark-shipped", "rackbeat PUT /orders/{}/shipments/{}/lines/{}",
            "rackbeat POST /purchase-orders/{}/create-receipt", "rackbeat POST /purchase-orders/{}/receipts/{}/mark-received",
            "rackbeat POST /inventory-adjustments", "rackbeat POST /inventory-adjustments/{}/book", "rackbeat GET /locations",
            "ongoing PUT /articles", "ongoing PUT /orders", "ongoing GET /orders", "ongoing DELETE /orders/{}",
            "ongoing PUT /purchaseOrders", "ongoing DELETE /purchaseOrders/{}", "ongoing GET /inventoryAdjustments",
            "ongoing PATCH /orders/{}/lines/{}/reportedNumberOfItems",
        ] { #expect(operations.contains(operation), "\(operation)") }
        // What a read cannot be is not tried, and what another kind is already is not either.
        #expect(names.contains("no-id@ongoing PUT /orders"))
        #expect(!names.contains("no-id@ongoing GET /orders"))
        #expect(!names.contains("service-unavailable-after@ongoing PUT /orders"))
        let kinds = Set(matrix.cells.filter { $0.outage.operation.match == "ongoing PUT /orders" }.map(\.outage.kind))
        #expect(kinds.count == 20)
        try aLimitTakesSomeOfEachOperation(matrix)
        try aRunThatAsksTooOftenFails(matrix)
    }

    private func aLimitTakesSomeOfEachOperation(_ matrix: OutageMatrix) throws {
        var limited = matrix
        limited.limit(2)
        #expect(limited.operations == matrix.operations)
        #expect(limited.cells.count == 2 * matrix.operations)
        #expect(Set(limited.cells.map(\.outage.kind)).count > 10)
    }

    private func aRunThatAsksTooOftenFails(_ matrix: OutageMatrix) throws {
        let cell = try #require(matrix.cells.first { $0.outage.name == "html@ongoing PUT /purchaseOrders" })
        #expect(OutageSweep([cell], duration: Self.duration).run(0).failures.isEmpty)
        let strict = OutageMatrix.Cell(
            outage: cell.outage, account: cell.account, from: cell.from, until: cell.until, mostExchanges: 100, end: cell.end)
        let failure = try #require(OutageSweep([strict], duration: Self.duration).run(0).failures.first)
        #expect(failure.result.failedExpectations.map(\.expectation) == ["exchanges"])
        #expect(failure.result.failedExpectations.map(\.expected) == ["fewer than 100"])
        #expect(failure.replay == "sweep --outages 'html@ongoing PUT /purchaseOrders'")
        let late = OutageMatrix.Cell(
            outage: cell.outage, account: cell.account, from: cell.end, until: cell.end, mostExchanges: 100_000, end: cell.end)
        #expect(OutageSweep([late], duration: Self.duration).run(0).failures.first?.result.outcome == .error)
    }

    /// As the engine's pauses allow: 1, 2, 5, 10, 20, 40 and 60 minutes, and every hour from then on.
    @Test func attemptsFollowTheBackOff() {
        #expect(Engine.attempts(within: .seconds(60)) == 1)
        #expect(Engine.attempts(within: .seconds(61)) == 2)
        #expect(Engine.attempts(within: .seconds(4 * 3600)) == 9)
        #expect(Engine.attempts(within: .seconds(24 * 3600)) == 29)
    }
}
