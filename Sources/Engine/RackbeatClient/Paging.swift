package import ClientKit
import Exchange
import JSON
import Trade
package import Units

extension RackbeatClient {
    /// One page of a list. Pages are cut by offset: a row that changes while they are read can stand on two or on none.
    package struct Page<Value> {
        package var rows: [Row<Value>]
        /// From 1.
        package var page: Int
        /// `nil` when the server does not page this list.
        package var pages: Int?
        package var total: Int?
        package var isLast: Bool
    }

    struct RawPage {
        var rows: [WireReader]
        var page: Int
        var pages: Int?
        var total: Int?
        /// How many rows a full page has, as far as the response or the request says.
        var limit: Int
        /// Whether it is the page before once more: then the list is not paged, and has just as many rows as were asked for.
        var isRepeated = false

        /// An empty page is the end, whatever `pages` says. Without `pages` the total tells; without either, a full page may have
        /// another behind it.
        var isLast: Bool {
            if rows.isEmpty || isRepeated { return true }
            if let pages { return page >= pages }
            if let total { return page * limit >= total }
            return rows.count < limit
        }
    }

    func rawPage(_ path: String, _ key: String, page: Int, _ filters: Query = Query()) throws -> RawPage {
        var query = Query()
        let limit = min(100, profile.int("max_limit"))
        query.append("limit", String(limit))
        query.append("page", String(page))
        for filter in filters.parameters { query.append(filter.name, filter.value) }
        var call = Call.get(path, query, about: page > 1 ? "page \(page)" : nil)
        call.readsOn = page > 1
        call.rows = limit
        do {
            return try api.readPage(call, under: key) { root, rows throws(WireError) in
                guard let rows else { throw root.missingEnvelope(key) }
                // A server that ignores `page` would be read forever.
                if let received = try root.optional("page", .whole), received != page {
                    throw WireError(problem: "page \(page) was requested, but page \(received) came")
                }
                var raw = RawPage(
                    rows: rows, page: page, pages: try root.optional("pages", .whole), total: try root.optional("total", .whole),
                    limit: min(max(1, try root.optional("limit", .whole) ?? limit), 1_000_000))
                raw.isRepeated = isRepeated(raw, of: path)
                if raw.isRepeated { raw.rows = [] }
                try watch(raw, of: path + "?" + filters.text)
                return raw
            }
        } catch let error as ExchangeError where page > 1 && error.saysAbsent {
            // Rows may have gone since the page before was read; some servers send 404 behind the last page.
            return RawPage(rows: [], page: page, limit: limit)
        }
    }

    /// Whether a list without any paging members shows the page before once more: so does one that is not paged at all.
    private func isRepeated(_ raw: RawPage, of path: String) -> Bool {
        guard raw.pages == nil, raw.total == nil, !raw.isLast else {
            latestFullPage = nil
            return false
        }
        var hash = FNV1a()
        for row in raw.rows { hash.mix(row.value.serialized) }
        let rows = hash.value
        defer { latestFullPage = (path, raw.page, rows) }
        guard let latest = latestFullPage, latest.path == path, latest.page + 1 == raw.page else { return false }
        return latest.rows == rows
    }

    /// - Throws: What is wrong with a list that goes on and on.
    private func watch(_ raw: RawPage, of list: String) throws(WireError) {
        var watch = raw.page == 1 ? ListWatch() : watches[list] ?? ListWatch()
        watches[list] = nil
        guard !raw.isLast else { return }
        try watch.read(
            raw.rows.lazy.map(\.value.rowIdentity), announcedPages: raw.pages ?? raw.total.map { ($0 - 1) / raw.limit + 1 })
        watches[list] = watch
    }

    /// Every row of a list that has to be read as a whole: one that cannot be read fails the call.
    func all<Value>(
        _ path: String, _ key: String, _ filters: Query = Query(), _ read: (WireReader) throws(WireError) -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        var page = 1
        while true {
            let raw = try rawPage(path, key, page: page, filters)
            for row in raw.rows {
                do {
                    values.append(try read(row.loaded))
                } catch {
                    throw api.unreadable(.get(path), error.problem, isMisshapen: true)
                }
            }
            if raw.isLast { return values }
            page += 1
        }
    }

    /// One page of what changed, newest change first.
    ///
    /// - Parameter read: `nil` for a row that is gone by the time it is read.
    func changes<Value>(
        _ path: String, _ key: String, from: Moment?, page: Int, _ filters: Query, _ read: (WireReader) throws -> Value?
    ) throws -> Page<Value> {
        var query = changed(from: from)
        for filter in filters.parameters { query.append(filter.name, filter.value) }
        let raw = try rawPage(path, key, page: page, query)
        let rows = try raw.rows.compactMap { try row($0, read) }
        return Page(rows: rows, page: page, pages: raw.pages, total: raw.total, isLast: raw.isLast)
    }

    private func row<Value>(_ wire: WireReader, _ read: (WireReader) throws -> Value?) throws -> Row<Value>? {
        let wire = wire.loaded
        let problem: String
        var mayPass = false
        do {
            return try read(wire).map { .value($0) }
        } catch let error as WireError {
            problem = error.problem
        } catch let error as ExchangeError where error.concernsOneRecord {
            problem = "\(error.place): \(error.reasonText)"
            if case .unreadable = error.reason { mayPass = !error.isMisshapen }
        }
        let key = try? wire.optional("number", .key)
        let updatedAt = try? wire.optional("updated_at", .moment)
        return .unreadable(key: key, updatedAt: updatedAt, problem: problem, mayPass: mayPass)
    }

    /// The newest first: a row that changes meanwhile moves to the front, so that its neighbours move back and are seen twice
    /// rather than not at all.
    private func changed(from: Moment?) -> Query {
        var query = Query()
        query.append(profile["sort_param"], "updated_at")
        query.append("order_direction", "DESC")
        guard let from else { return query }
        switch profile["updated_from_param"] {
        case "updated_at_from": query.append("updated_at_from", wallText(notAfter: from))
        case "simple_filter": query.append("simple_filter[updated_at]", wallText(notAfter: from))
        default: break
        }
        return query
    }

    /// The earliest moment that a change at `moment` or later can be read as: in autumn one hour happens twice, and what is written
    /// in its second pass without an offset is read as if it were the first.
    package func earliestReading(of moment: Moment) -> Moment {
        guard profile["datetime_format"] == "sql" else { return moment }
        let hour = Duration.seconds(3600)
        let isTwice = [moment - hour, moment + hour].contains { $0.sql(in: zone) == moment.sql(in: zone) }
        return isTwice ? moment - hour : moment
    }

    /// A bound that lets everything pass that was changed at `moment` or later, however the server reads it.
    private func wallText(notAfter moment: Moment) -> String {
        var bound = moment.truncatedToSecond
        // One second back costs nothing; a bound that is thought to be inclusive and is not loses a change.
        if !profile.isOn("updated_from_inclusive") || !profile.isConfirmed("updated_from_inclusive") {
            bound = bound - .seconds(1)
        }
        // Nor does the account's clock: it is Danish time or UTC, and as UTC a bound is read as that moment or as an earlier one.
        guard profile.isConfirmed("time_zone") else { return bound.sql(in: .utc) }
        // In autumn one hour happens twice, and a text without offset does not say which of the two it means.
        let hour = Duration.seconds(3600)
        while bound.sql(in: zone) == (bound + hour).sql(in: zone) || bound.sql(in: zone) == (bound - hour).sql(in: zone) {
            bound = bound - hour
        }
        return bound.sql(in: zone)
    }
}

extension RackbeatClient.Page: Sendable where Value: Sendable {}
extension RackbeatClient.Page: Equatable where Value: Equatable {}
