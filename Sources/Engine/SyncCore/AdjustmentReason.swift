package import Trade
import Units

/// The reason of an adjustment that the engine makes in Rackbeat: the mark by which it is found again.
package enum AdjustmentReason {
    private static let beginning = "WMS adj "

    /// The same in every journal: an older copy of this one, or another engine's, finds what was made of the row.
    ///
    /// - Parameters:
    ///   - row: All that the row says.
    ///   - occurrence: From 1; rows that are equal in everything are told apart by it.
    package static func text(inventory: WarehouseID, article: WarehouseID, row: String, occurrence: Int) -> String {
        let mark = FNV1a.hash("\(row)\u{1F}\(occurrence)".utf8)
        return "\(beginning)\(inventory)/\(article) #\(String(mark & 0xFFFF_FFFF, radix: 16))"
    }

    /// The inventory document of the warehouse that a reason names; `nil` when it is not the engine's.
    package static func inventory(in reason: String?) -> Int? {
        guard let reason, reason.hasPrefix(beginning) else { return nil }
        return Int(reason.dropFirst(beginning.count).prefix { $0.isNumber })
    }

    package static func isOwn(_ reason: String?) -> Bool { inventory(in: reason) != nil }
}
