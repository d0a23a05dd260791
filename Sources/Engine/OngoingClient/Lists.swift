import ClientKit
import Exchange
import JSON
import Trade
import Units

extension OngoingClient {
    static var pageSize: Int { 200 }

    /// The parameters of a list, beginning with the goods owner.
    func query() -> Query {
        var query = Query()
        query.append("goodsOwnerId", String(goodsOwner))
        return query
    }

    /// Every row of a list that is paged by its identifiers.
    func keySetPages(
        _ path: String, _ filters: Query, idFrom: String, limit: String, id: (WireReader) throws(WireError) -> Int
    ) throws -> [WireReader] {
        var rows: [WireReader] = []
        try eachPage(path, filters, idFrom: idFrom, limit: limit, id: id) { rows += $0 }
        return rows
    }

    /// Every page of a list that is paged by its identifiers: the next page begins behind the highest one seen.
    ///
    /// Only an empty page is the end, as the vendor says: a short one may come from a limit below the requested one.
    func eachPage(
        _ path: String, _ filters: Query, idFrom: String, limit: String, id: (WireReader) throws(WireError) -> Int,
        _ body: ([WireReader]) throws -> Void
    ) throws {
        var next = 0
        var watch = ListWatch()
        while true {
            var query = filters
            query.append(idFrom, String(next))
            query.append(limit, String(Self.pageSize))
            var call = Call.get(path, query)
            call.readsOn = next > 0
            call.rows = Self.pageSize
            let page = try api.readPage(call, under: nil) { root, rows throws(WireError) in
                guard let rows else { return try root.list() }
                return rows
            }
            if page.isEmpty { return }
            let identified = page.map { row in (row: row, id: try? id(row.loaded)) }
            // A server that ignores the parameter would be read forever.
            guard let highest = identified.compactMap(\.id).max(), highest >= next, highest < Int.max else {
                throw api.unreadable(call, "\(idFrom)=\(next) was requested, but no row has such an identifier")
            }
            do {
                try watch.read(CollectionOfOne(UInt64(bitPattern: Int64(highest))), announcedPages: nil)
            } catch {
                throw api.unreadable(call, error.problem, isMisshapen: true)
            }
            // Rows from before the bound were there already; a row without an identifier may be new.
            try body(identified.filter { $0.id.map { $0 >= next } ?? true }.map(\.row))
            next = highest + 1
        }
    }

    func row<Value>(
        _ wire: WireReader, key: (WireReader) throws(WireError) -> String?, _ read: (WireReader) throws(WireError) -> Value
    ) -> Row<Value> {
        let wire = wire.loaded
        do {
            return .value(try read(wire))
        } catch {
            return .unreadable(key: try? key(wire), problem: error.problem)
        }
    }

    /// A lower bound of a time filter that lets everything pass that happened after `moment`, in the form of the vendor's
    /// samples. Fractions are dropped on both sides and the bound is said to be exclusive, so it is set one second back.
    static func bound(after moment: Moment) -> String {
        (moment.truncatedToSecond - .seconds(1)).isoUTCMilliseconds.dropLast() + "+00:00"
    }
}
