import FakeKit
import Units

/// A document or a piece of master data: listed, read by its key, with timestamps.
protocol Document {
    associatedtype Key: Hashable & Comparable
    var key: Key { get }
    var createdAt: Moment { get }
    var updatedAt: Moment { get }
    /// Deleted rows are kept for the rules, but neither listed nor read.
    var isListed: Bool { get }
}

/// A moment, and a key that orders what happened in the same second.
struct Stamp<Key: Comparable>: Comparable {
    let moment: Moment
    let key: Key

    static func < (left: Self, right: Self) -> Bool {
        left.moment == right.moment ? left.key < right.key : left.moment < right.moment
    }
}

/// Documents by key, with an index for each of the common orders of lists.
struct Table<Row: Document> {
    private var rows: [Row.Key: Row] = [:]
    private(set) var byKey = OrderedIndex<Row.Key>()
    private(set) var byUpdate = OrderedIndex<Stamp<Row.Key>>()
    private(set) var byCreation = OrderedIndex<Stamp<Row.Key>>()

    /// Listed or not.
    subscript(any key: Row.Key) -> Row? { rows[key] }

    /// Listed rows only.
    subscript(key: Row.Key) -> Row? {
        guard let row = rows[key], row.isListed else { return nil }
        return row
    }

    /// The listed row of that key.
    func found(_ key: Row.Key) throws(Refusal) -> Row {
        guard let row = self[key] else { throw .notFound }
        return row
    }

    /// Everything, listed or not, by key.
    var all: [Row] { rows.values.sorted { $0.key < $1.key } }

    /// The greatest key that is listed.
    var lastKey: Row.Key? { byKey.elements(max(0, byKey.count - 1)..<byKey.count).first }

    mutating func put(_ row: Row) {
        if let old = rows[row.key] { leaveIndexes(old) }
        rows[row.key] = row
        enterIndexes(row)
    }

    /// Changes the row of that key, which must exist.
    mutating func update(_ key: Row.Key, _ change: (inout Row) -> Void) {
        let (wasListed, created, updated) = (rows[key]!.isListed, rows[key]!.createdAt, rows[key]!.updatedAt)
        change(&rows[key]!)
        let row = rows[key]!
        if wasListed == row.isListed, created == row.createdAt {
            if wasListed, updated != row.updatedAt {
                byUpdate.remove(Stamp(moment: updated, key: key))
                byUpdate.insert(Stamp(moment: row.updatedAt, key: key))
            }
            return
        }
        if wasListed {
            byKey.remove(key)
            byCreation.remove(Stamp(moment: created, key: key))
            byUpdate.remove(Stamp(moment: updated, key: key))
        }
        enterIndexes(row)
    }

    mutating func remove(_ key: Row.Key) {
        if let row = rows.removeValue(forKey: key) { leaveIndexes(row) }
    }

    private mutating func enterIndexes(_ row: Row) {
        guard row.isListed else { return }
        byKey.insert(row.key)
        byCreation.insert(Stamp(moment: row.createdAt, key: row.key))
        byUpdate.insert(Stamp(moment: row.updatedAt, key: row.key))
    }

    private mutating func leaveIndexes(_ row: Row) {
        guard row.isListed else { return }
        byKey.remove(row.key)
        byCreation.remove(Stamp(moment: row.createdAt, key: row.key))
        byUpdate.remove(Stamp(moment: row.updatedAt, key: row.key))
    }
}
