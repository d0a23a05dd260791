import SyncCore
import Units

/// The corrections of one item in the warehouse, and the adjustments of Rackbeat that replay them.
struct Replays {
    let item: String
    /// The signed changes that must have been replayed, oldest first.
    var required: [ExactDecimal] = []
    /// Those that may have been.
    var optional: [ExactDecimal] = []
    /// What the integration booked, in the order of the documents.
    var booked: [ExactDecimal] = []

    /// What was corrected in all, as far as it is to be replayed at all.
    var tally: Tally {
        var tally = Tally.nothing
        for change in required { tally.addRequired(change) }
        for change in optional { tally.addOptional(change) }
        return tally
    }

    var bookedSum: ExactDecimal { booked.reduce(.zero, +) }

    /// Whether every correction was replayed once. More documents than corrections are right as long as the sum is: where
    /// Rackbeat only takes a new total, a movement that falls in between has to be made good by one more.
    var areComplete: Bool { tally.allows(bookedSum) && booked.count >= required.count }

    func explained(isExcused: Bool) -> ExactDecimal {
        tally.total - (isExcused || areComplete ? bookedSum : required.reduce(.zero, +))
    }

    /// Where people adjusted something else than the warehouse's documents tell.
    static func contradictions(_ evidence: Evidence, _ connection: ConnectionFacts) -> [String] {
        var told: [String: (book: [ExactDecimal], warehouse: [ExactDecimal])] = [:]
        for entry in evidence.book.entries {
            guard case .adjusted(connection.goodsOwner, let item, let change, _) = entry.act else { continue }
            told[item, default: ([], [])].book.append(change)
        }
        for row in evidence.warehouse.adjustments where row.goodsOwner == connection.goodsOwner {
            told[row.article, default: ([], [])].warehouse.append(row.change)
        }
        return told.sorted { $0.key < $1.key }.filter { $0.value.book.sorted() != $0.value.warehouse.sorted() }.map {
            "by the book \($0.key) was adjusted by \(words($0.value.book)), "
                + "by the warehouse by \(words($0.value.warehouse))"
        }
    }

    private static func words(_ changes: [ExactDecimal]) -> String {
        changes.isEmpty ? "nothing" : listed(changes.map(signed))
    }

    /// By item, in alphabetical order.
    static func all(_ evidence: Evidence, _ connection: ConnectionFacts) -> [Replays] {
        var byItem: [String: Replays] = [:]
        let began = connection.settings.stockSync == .off ? nil : evidence.stockSyncBegan[connection.name]
        for entry in evidence.book.entries {
            guard case .adjusted(connection.goodsOwner, let item, let change, _) = entry.act else { continue }
            // What was adjusted before sync began was compared; while it is off, nothing is replayed.
            guard let began, entry.time >= began else { continue }
            if evidence.isPending(entry.time) {
                byItem[item, default: Replays(item: item)].optional.append(change)
            } else {
                byItem[item, default: Replays(item: item)].required.append(change)
            }
        }
        for adjustment in evidence.shop.adjustments
        where !adjustment.isByHand && evidence.shop.isAt(adjustment.location, connection) {
            guard let change = adjustment.change else { continue }
            byItem[adjustment.item, default: Replays(item: adjustment.item)].booked.append(change)
        }
        return byItem.values.sorted { $0.item < $1.item }
    }
}
