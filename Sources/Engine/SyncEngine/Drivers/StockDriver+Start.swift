import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// Switching stock sync on: deltas only keep in step what was equal.
extension StockDriver {
    static var comparison: String { Job.stockComparison }

    /// Deltas only keep in step what was equal: both sides are compared before the first one is replayed.
    func startStockSync() throws {
        for _ in 0..<3 {
            let now = clock.now()
            let before = try adjustments(from: now - Self.baseline)
            let differences = try stockDifferences()
            let after = try adjustments(from: now - Self.baseline)
            // Something was adjusted while the two sides were read: neither reading can be told from the other.
            guard before.count == after.count else { continue }
            guard differences.isEmpty || settings.stockSync == .onWithOffset else { throw Self.refusal(differences) }
            _ = try journal.record(after, asBaseline: true, at: now)
            try journal.startStockSync(offsets: differences.map { ($0.item, $0.ongoing - $0.rackbeat) }, at: now)
            return
        }
        throw RecordFailure(
            reason: "The warehouse adjusted stock during every comparison.", effect: "Stock sync was not switched on.",
            remedy: "It is compared again in the next run.")
    }

    /// An item of which the two sides hold different stock.
    struct UnequalStock {
        var item: ItemNumber
        /// What Rackbeat should hold by what the warehouse has and what is on its way between the two.
        var ongoing: Quantity
        var rackbeat: Quantity
    }

    func stockDifferences() throws -> [UnequalStock] {
        let warehouse = try ongoing.stock()
        let erp = try rackbeat.stockEverywhere(at: mapping.locations)
        var expected: [ItemNumber: Quantity] = [:]
        for stock in warehouse {
            // Picked and not booked yet: Rackbeat still has it. Received and not booked yet: Rackbeat does not have it.
            let inFlight = settings.marksReported ? stock.pickedToBeReported - stock.receivedToBeReported : .zero
            expected[try journal.product(ofArticle: stock.article), default: .zero] += stock.onHand + inFlight
        }
        return Set(expected.keys).union(erp.keys).sorted().compactMap { item in
            let difference = UnequalStock(item: item, ongoing: expected[item] ?? .zero, rackbeat: erp[item] ?? .zero)
            return difference.ongoing == difference.rackbeat ? nil : difference
        }
    }

    static func refusal(_ differences: [UnequalStock]) -> RecordFailure {
        let shown = differences.prefix(50).map { "\($0.item): Ongoing \($0.ongoing), Rackbeat \($0.rackbeat)" }
        let rest = differences.count - shown.count
        return RecordFailure(
            reason: "The two sides hold different stock. " + shown.joined(separator: "; ")
                + (rest > 0 ? "; and \(rest) more." : "."),
            effect: "Stock sync was not switched on; nothing was adjusted.",
            remedy: "Make the two sides equal, or accept the differences as the known offset (stock-sync: on-with-offset).")
    }
}
