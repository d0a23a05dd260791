import Exchange
import FakeKit
import JSON
import Units

extension RackbeatFake {
    /// The response to a list of a table. Reads no more of the table than the query needs.
    func list<Row>(_ table: Table<Row>, _ listing: Listing<Row>, _ query: Query) throws(Refusal) -> Response {
        let wanted = try ListQuery(query, of: listing, behaviour: behaviour)
        if hiding == .everywhere, ["products", "orders", "purchase_orders"].contains(listing.plural) {
            return try page([], total: 0, listing, wanted)
        }
        let (rows, total) = Self.select(from: table, wanted)
        return try page(rows, total: total, listing, wanted)
    }

    /// The response to a list of rows that belong to one document: few.
    func list<Row>(_ rows: [Row], _ listing: Listing<Row>, _ query: Query) throws(Refusal) -> Response {
        let wanted = try ListQuery(query, of: listing, behaviour: behaviour)
        let admitted = Self.sorted(rows.filter { wanted.isChanged(within: $0) && wanted.admits($0) }, wanted)
        return try page(Array(admitted[wanted.offsets.clamped(to: 0..<admitted.count)]), total: admitted.count, listing, wanted)
    }

    /// The response to a list of plain values, which has neither filters nor order.
    func list(_ elements: [JSON], as plural: String, _ query: Query) throws(Refusal) -> Response {
        let rows = elements.enumerated().map { Plain(key: $0.offset, json: $0.element) }
        return try list(rows, Listing(plural: plural, keyName: "", write: \.json), query)
    }

    private struct Plain: Document {
        let key: Int
        let json: JSON
        var createdAt: Moment { Moment(milliseconds: 0) }
        var updatedAt: Moment { Moment(milliseconds: 0) }
        var isListed: Bool { true }
    }

    private static func select<Row>(from table: Table<Row>, _ wanted: ListQuery<Row>) -> (rows: [Row], total: Int) {
        let isBounded = wanted.updatedFrom != nil || wanted.updatedUntil != nil
        switch wanted.order {
        case .updated:
            return read(table.byUpdate, bounds(table, wanted), table, wanted, key: { $0.key })
        case .key where !isBounded:
            return read(table.byKey, 0..<table.byKey.count, table, wanted, key: { $0 })
        case .created where !isBounded:
            return read(table.byCreation, 0..<table.byCreation.count, table, wanted, key: { $0.key })
        case .key where wanted.predicates.isEmpty:
            // The keys are sorted, and only the rows of the page are looked at.
            var keys: [Row.Key] = []
            table.byUpdate.visit(bounds(table, wanted)) { keys.append($0.key) }
            keys.sort()
            let page = wanted.offsets.clamped(to: 0..<keys.count)
            let shown =
                wanted.isDescending
                ? keys[keys.count - page.upperBound..<keys.count - page.lowerBound].reversed() : Array(keys[page])
            return (shown.map { table[$0]! }, keys.count)
        case .key, .created, .column:
            // Another order than that of the index: the admitted rows have to be sorted.
            var admitted: [Row] = []
            table.byUpdate.visit(bounds(table, wanted)) { stamp in
                if let row = table[stamp.key], wanted.admits(row) { admitted.append(row) }
            }
            let sorted = sorted(admitted, wanted)
            return (Array(sorted[wanted.offsets.clamped(to: 0..<sorted.count)]), sorted.count)
        }
    }

    /// The offsets of the query's bounds in the order of changes.
    private static func bounds<Row>(_ table: Table<Row>, _ wanted: ListQuery<Row>) -> Range<Int> {
        let count = table.byUpdate.count
        let from = wanted.updatedFrom.map { bound in table.byUpdate.offset { $0.moment >= bound } } ?? 0
        let until = wanted.updatedUntil.map { bound in table.byUpdate.offset { $0.moment >= bound } } ?? count
        return from..<max(from, until)
    }

    /// Reads a page of an index. Without predicates only the page itself is visited.
    private static func read<Row, Element>(
        _ index: OrderedIndex<Element>, _ range: Range<Int>, _ table: Table<Row>, _ wanted: ListQuery<Row>,
        key: (Element) -> Row.Key
    ) -> (rows: [Row], total: Int) {
        let page = wanted.offsets.clamped(to: 0..<range.count)
        var rows: [Row] = []
        guard !wanted.predicates.isEmpty else {
            let offsets =
                wanted.isDescending
                ? range.upperBound - page.upperBound..<range.upperBound - page.lowerBound
                : range.lowerBound + page.lowerBound..<range.lowerBound + page.upperBound
            index.visit(offsets, descending: wanted.isDescending) { rows.append(table[key($0)]!) }
            return (rows, range.count)
        }
        var total = 0
        index.visit(range, descending: wanted.isDescending) { element in
            guard let row = table[key(element)], wanted.admits(row) else { return }
            if page.contains(total) { rows.append(row) }
            total += 1
        }
        return (rows, total)
    }

    private static func sorted<Row>(_ rows: [Row], _ wanted: ListQuery<Row>) -> [Row] {
        let ascending: [Row]
        switch wanted.order {
        case .key: ascending = rows.sorted { $0.key < $1.key }
        case .created: ascending = rows.sorted { ($0.createdAt, $0.key) < ($1.createdAt, $1.key) }
        case .updated: ascending = rows.sorted { ($0.updatedAt, $0.key) < ($1.updatedAt, $1.key) }
        case .column(let column):
            // Sorting is stable: rows with the same value stay in the order of their keys.
            ascending = rows.sorted { $0.key < $1.key }.sorted(by: column.areInOrder)
        }
        return wanted.isDescending ? ascending.reversed() : ascending
    }

    private func page<Row>(
        _ rows: [Row], total: Int, _ listing: Listing<Row>, _ wanted: ListQuery<Row>
    ) throws(Refusal) -> Response {
        let pages = max(1, (total + wanted.limit - 1) / wanted.limit)
        if behaviour.refusesPageAfterLast, wanted.page > pages { throw .notFound }
        let elements = rows.map { row in
            let json = listing.write(row)
            return wanted.fields?.applied(to: json) ?? json
        }
        // One SDK takes the first member as the payload, so the rows come first.
        var body = JSONObject([.init(name: listing.plural, value: .array(elements))])
        if behaviour.pagingMembers != .none { body.append("total", JSON(total)) }
        if behaviour.pagingMembers == .both { body.append("pages", JSON(pages)) }
        body.append("limit", JSON(wanted.limit))
        body.append("page", JSON(wanted.page))
        return Response(status: behaviour.listStatus, json: .object(body))
    }

    func locationFilter<Row>(_ locations: @escaping (Row) -> [Int]) -> Filter<Row> {
        Filter(name: "location") { [self] text in
            guard let wanted = Int(text) else {
                return .failure(RequestProblem(path: "location", text: "The location parameter must be an integer."))
            }
            return .success { [self] row in locations(row).contains { location($0, matches: wanted) } }
        }
    }
}
