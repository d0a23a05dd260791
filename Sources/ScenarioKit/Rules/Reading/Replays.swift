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
