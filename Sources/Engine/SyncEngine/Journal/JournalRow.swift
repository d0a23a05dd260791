package import GRDB
package import SyncCore
package import Trade
package import Units

/// A row of the journal. Reading a column throws where it does not hold what belongs there: the file is damaged, and that is for the
/// operator to know, not a defect.
struct JournalRow {
    let row: Row

    subscript<Value: DatabaseValueConvertible>(index: Int) -> Value {
        get throws { try row.decode(Value.self, atIndex: index) }
    }

    subscript<Value: DatabaseValueConvertible>(name: String) -> Value {
        get throws { try row.decode(Value.self, forColumn: name) }
    }
}

/// A value that cannot stand in its column, or not beside the others of its row.
struct DamagedValue: Error {
    var column: String
}

/// A number of something, far below where counting on would overflow.
struct Count: DatabaseValueConvertible {
    var value: Int

    var databaseValue: DatabaseValue { value.databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Count? {
        Int.fromDatabaseValue(value).flatMap { (0...1_000_000_000).contains($0) ? Count(value: $0) : nil }
    }
}

/// How far one clock is ahead of another.
struct Offset: DatabaseValueConvertible {
    var duration: Duration

    var databaseValue: DatabaseValue { duration.milliseconds.databaseValue }

    static func fromDatabaseValue(_ value: DatabaseValue) -> Offset? {
        Int64.fromDatabaseValue(value).flatMap { Moment.range.contains($0) ? Offset(duration: .milliseconds($0)) : nil }
    }
}

/// By its name; a name that no job bears is damage.
extension Job: DatabaseValueConvertible {}

/// By its name; a name that no kind bears is damage.
extension RecordRef.Kind: DatabaseValueConvertible {}

extension Moment: DatabaseValueConvertible {
    /// Ten thousand years around 1970: reckoning with them cannot overflow.
    fileprivate static let range = -315_360_000_000_000...315_360_000_000_000 as ClosedRange<Int64>

    package var databaseValue: DatabaseValue { milliseconds.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Moment? {
        Int64.fromDatabaseValue(value).flatMap { range.contains($0) ? Moment(milliseconds: $0) : nil }
    }
}

extension CivilDate: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { description.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> CivilDate? {
        String.fromDatabaseValue(value).flatMap { CivilDate($0) }
    }
}

extension Quantity: DatabaseValueConvertible {
    package var databaseValue: DatabaseValue { description.databaseValue }

    package static func fromDatabaseValue(_ value: DatabaseValue) -> Quantity? {
        String.fromDatabaseValue(value).flatMap { Quantity($0) }
    }
}
