import Exchange
import FakeKit
import JSON
import Units

/// The filters and orders of a list, and how a row is written.
struct Listing<Row: Document> {
    /// The key of the envelope.
    let plural: String
    /// The name of a row's key: `number` or `id`.
    let keyName: String
    var filters: [Filter<Row>] = []
    var columns: [SortColumn<Row>] = []
    /// The filters of `simple_filter[…]`.
    var simpleFilters: [Filter<Row>] = []
    /// Whether a row belongs to the list at all; `nil` when every row of the table does.
    var belongs: ((Row) -> Bool)?
    /// Parameters that the handler reads itself.
    var otherParameters: [String] = []
    let write: (Row) -> JSON
}

/// One query parameter that filters a list.
struct Filter<Row> {
    let name: String
    /// Fails when the value is not one for this parameter.
    let predicate: (_ value: String) -> Result<(Row) -> Bool, RequestProblem>

    static func flag(_ name: String, _ value: @escaping (Row) -> Bool) -> Filter {
        Filter(name: name) { text in
            switch text {
            case "true", "1": .success(value)
            case "false", "0": .success { !value($0) }
            default: .failure(RequestProblem(path: name, text: "The \(name) parameter must be true or false."))
            }
        }
    }

    static func number(_ name: String, _ value: @escaping (Row) -> Int?) -> Filter {
        Filter(name: name) { text in
            guard let wanted = Int(text) else {
                return .failure(RequestProblem(path: name, text: "The \(name) parameter must be an integer."))
            }
            return .success { value($0) == wanted }
        }
    }

    static func text(_ name: String, _ value: @escaping (Row) -> String?) -> Filter {
        Filter(name: name) { wanted in .success { value($0) == wanted } }
    }

    /// Free text: any of the texts contains it, regardless of case.
    static func search(_ texts: @escaping (Row) -> [String?]) -> Filter {
        Filter(name: "search") { wanted in
            let needle = wanted.lowercased()
            return .success { row in
                texts(row).contains { $0.map { needle.isEmpty || $0.lowercased().contains(needle) } ?? false }
            }
        }
    }

    static func from(_ name: String, _ value: @escaping (Row) -> CivilDate?) -> Filter { date(name, value, >=) }
    static func to(_ name: String, _ value: @escaping (Row) -> CivilDate?) -> Filter { date(name, value, <=) }

    private static func date(
        _ name: String, _ value: @escaping (Row) -> CivilDate?, _ holds: @escaping (CivilDate, CivilDate) -> Bool
    ) -> Filter {
        Filter(name: name) { text in
            guard let bound = CivilDate(text) else {
                return .failure(RequestProblem(path: name, text: "The \(name) parameter must be a date, YYYY-MM-DD."))
            }
            return .success { value($0).map { holds($0, bound) } ?? false }
        }
    }

    /// `<name>_from` and `<name>_to`, both inclusive.
    static func range(_ name: String, _ value: @escaping (Row) -> Int?) -> [Filter] {
        func bound(_ name: String, _ holds: @escaping (Int, Int) -> Bool) -> Filter {
            Filter(name: name) { text in
                guard let bound = Int(text) else {
                    return .failure(RequestProblem(path: name, text: "The \(name) parameter must be an integer."))
                }
                return .success { value($0).map { holds($0, bound) } ?? false }
            }
        }
        return [bound("\(name)_from", >=), bound("\(name)_to", <=)]
    }
}

/// A column by which a list can be ordered, besides key and timestamps.
struct SortColumn<Row> {
    let name: String
    let areInOrder: (Row, Row) -> Bool

    static func by<Value: Comparable>(_ name: String, _ value: @escaping (Row) -> Value) -> SortColumn {
        SortColumn(name: name) { value($0) < value($1) }
    }

    /// Rows without a value come first.
    static func byOptional<Value: Comparable>(_ name: String, _ value: @escaping (Row) -> Value?) -> SortColumn {
        SortColumn(name: name) { left, right in
            switch (value(left), value(right)) {
            case (let left?, let right?): left < right
            case (nil, .some): true
            case (_, nil): false
            }
        }
    }
}

/// One query of a list.
struct ListQuery<Row: Document> {
    enum Order {
        case key
        case created
        case updated
        case column(SortColumn<Row>)
    }

    var page = 1
    var limit: Int
    /// Inclusive; the upper bound is exclusive.
    var updatedFrom: Moment?
    var updatedUntil: Moment?
    var predicates: [(Row) -> Bool] = []
    var order = Order.key
    var isDescending = false
    var fields: FieldSelection?

    func admits(_ row: Row) -> Bool { predicates.allSatisfy { $0(row) } }

    /// The offsets of the page. A page number that overflows is behind the end.
    var offsets: Range<Int> {
        let (start, overflows) = (page - 1).multipliedReportingOverflow(by: limit)
        guard !overflows, start < Int.max - limit else { return Int.max..<Int.max }
        return start..<start + limit
    }

    func isChanged(within row: Row) -> Bool {
        (updatedFrom.map { row.updatedAt >= $0 } ?? true) && (updatedUntil.map { row.updatedAt < $0 } ?? true)
    }
}
