import SyncCore
import Units

/// The stock adjustments of one item in the warehouse, and the adjustments in Rackbeat that recreate them.
struct ItemAdjustments {
    let item: String
    /// The signed changes that must be recreated, oldest first.
    var required: [ExactDecimal] = []
    /// Those that may be.
    var optional: [ExactDecimal] = []
    /// What the engine booked, in the order of the documents.
    private(set) var booked: [ExactDecimal] = []
    /// The documents of those, in the same order.
    private var documents: [RecordRef] = []

    init(item: String) { self.item = item }

    /// The sum of the changes, and the sums that may be booked.
    var bookable: BookableQuantity {
        var bookable = BookableQuantity.nothing
        for change in required { bookable.addRequired(change) }
        for change in optional { bookable.addOptional(change) }
        return bookable
    }

    var bookedSum: ExactDecimal { booked.reduce(.zero, +) }

    /// Whether every change was recreated once. More documents than changes are right as long as the sum is: where Rackbeat only
    /// accepts a new total, a movement in between makes one more adjustment necessary.
    var areComplete: Bool { bookable.allows(bookedSum) && booked.count >= required.count }

    /// Whether all else is right beside what these records tell. Each accounts for one change that is not recreated; what is booked in a
    /// document that one names may be wrong.
    func areComplete(beside facts: [ParkedFact], unknown: Int) -> Bool {
        let named = Set(facts.flatMap(\.documents))
        let most = facts.count + unknown
        // The sums that may be booked, by how many changes are left out.
        var sums: [Set<ExactDecimal>] = [[.zero]]
        for change in required {
            var next = sums.map { Set($0.map { $0 + change }) }
            for (left, values) in sums.enumerated() where left < most {
                if left + 1 == next.count { next.append([]) }
                next[left + 1].formUnion(values)
            }
            sums = next
        }
        var possible: Set<ExactDecimal> = []
        for values in sums { possible.formUnion(values) }
        let wrong = zip(documents, booked).filter { named.contains($0.0) }.map(\.1)
        for change in optional + wrong { possible.formUnion(possible.map { $0 + change }) }
        return possible.contains(bookedSum) && booked.count + most >= required.count
    }

    /// Whether what differs is excused by parked records. The APIs do not show which adjustment a record is about.
    func areExcused(_ evidence: Evidence, _ connection: ConnectionFacts) -> Bool {
        guard evidence.api == nil else { return evidence.isExcused(item, in: connection, jobs: [.stock]) }
        guard !evidence.isShownLate(RecordRef(.product, item), to: .stock, of: connection) else { return true }
        let (facts, unknown) = evidence.records(of: .stock, about: item, in: connection)
        return areComplete(beside: facts, unknown: unknown)
    }

    func explained(isExcused: Bool) -> ExactDecimal {
        bookable.total - (isExcused || areComplete ? bookedSum : required.reduce(.zero, +))
    }

    /// Where the action log and the warehouse's documents differ.
    static func contradictions(_ evidence: Evidence, _ connection: ConnectionFacts) -> [String] {
        var changes: [String: (actions: [ExactDecimal], documents: [ExactDecimal])] = [:]
        for entry in evidence.actionLog.entries {
            guard case .adjusted(connection.goodsOwner, let item, let change, _) = entry.action else { continue }
            changes[withoutEdges(item), default: ([], [])].actions.append(change)
        }
        for row in evidence.ongoing.adjustments where row.goodsOwner == connection.goodsOwner {
            changes[withoutEdges(row.article), default: ([], [])].documents.append(row.change)
        }
        return changes.sorted { $0.key < $1.key }.filter { $0.value.actions.sorted() != $0.value.documents.sorted() }.map {
            "the action log has adjustments of \($0.key) by \(words($0.value.actions)), "
                + "the warehouse by \(words($0.value.documents))"
        }
    }

    private static func words(_ changes: [ExactDecimal]) -> String {
        changes.isEmpty ? "nothing" : listed(changes.map(\.signed))
    }

    private mutating func add(_ change: ExactDecimal, in document: RecordRef) {
        booked.append(change)
        documents.append(document)
    }

    /// By item, in alphabetical order.
    static func all(_ evidence: Evidence, _ connection: ConnectionFacts) -> [ItemAdjustments] {
        var byItem: [String: ItemAdjustments] = [:]
        let periods = StockSyncPeriods(evidence, connection)
        for entry in evidence.actionLog.entries {
            guard case .adjusted(connection.goodsOwner, let item, let change, _) = entry.action else { continue }
            // Adjustments before the start of sync were compared; while sync is off, nothing is recreated.
            let account = withoutEdges(item)
            switch periods.demand(of: entry.time) {
            case .recreated: byItem[account, default: ItemAdjustments(item: item)].required.append(change)
            case .either: byItem[account, default: ItemAdjustments(item: item)].optional.append(change)
            case .left: break
            }
        }
        for adjustment in evidence.rackbeat.adjustments
        where !adjustment.isByHand && evidence.rackbeat.isAt(adjustment.location, connection) {
            guard let change = adjustment.change else { continue }
            byItem[withoutEdges(adjustment.item), default: ItemAdjustments(item: adjustment.item)]
                .add(change, in: RecordRef(.adjustment, String(adjustment.id)))
        }
        return byItem.values.sorted { $0.item < $1.item }
    }
}
