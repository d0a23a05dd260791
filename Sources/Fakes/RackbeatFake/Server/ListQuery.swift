import Exchange
import FakeKit
import Units

extension ListQuery {
    /// Reads the parameters that the list knows.
    init(_ query: Query, of listing: Listing<Row>, behaviour: Behaviour) throws(Refusal) {
        limit = behaviour.defaultLimit
        let problems = Problems()
        if let belongs = listing.belongs { predicates.append(belongs) }
        readPaging(query, behaviour, problems)
        readBounds(query, behaviour, problems)
        readOrder(query, listing, behaviour, problems)
        for filter in listing.filters {
            if let value = query[filter.name] { take(filter.predicate(value), problems) }
        }
        readSimpleFilters(query, listing, behaviour, problems)
        // Custom fields are not kept, so no row matches.
        if query.parameters.contains(where: { $0.name.hasPrefix("field_eq[") || $0.name.hasPrefix("field[") }) {
            predicates.append { _ in false }
        }
        if let text = query["fields"] {
            fields = FieldSelection(text)
            if fields == nil { problems.add("fields", "The fields parameter cannot be read.") }
        }
        if behaviour.refusesUnknownParameters { refuseUnknown(query, listing, behaviour, problems) }
        try problems.throwIfAny()
    }

    private func refuseUnknown(_ query: Query, _ listing: Listing<Row>, _ behaviour: Behaviour, _ problems: Problems) {
        var known = ["page", "limit", "per_page", "fields", "expand", "suppress_webhooks", "order_direction"]
        known.append(behaviour.sortParameter)
        if behaviour.updatedFrom == .updatedAtFrom { known.append("updated_at_from") }
        if behaviour.updatedFrom != .none { known.append("updated_at_to") }
        known += listing.filters.map(\.name) + listing.otherParameters
        for (name, _) in query.parameters where !known.contains(name) {
            let isBracketed = ["simple_filter[", "field_eq[", "field["].contains { name.hasPrefix($0) }
            if !isBracketed { problems.add(name, "The \(name) parameter is unknown.") }
        }
    }

    private mutating func take(_ result: Result<(Row) -> Bool, RequestProblem>, _ problems: Problems) {
        switch result {
        case .success(let predicate): predicates.append(predicate)
        case .failure(let problem): problems.add(problem.path, problem.text)
        }
    }

    private mutating func readPaging(_ query: Query, _ behaviour: Behaviour, _ problems: Problems) {
        if let text = query["page"] {
            if let number = Int(text), number >= 1 {
                page = number
            } else {
                problems.add("page", "The page parameter must be an integer of at least 1.")
            }
        }
        guard let text = query["limit"] else { return }
        guard let number = Int(text), number >= 1 else {
            return problems.add("limit", "The limit parameter must be an integer of at least 1.")
        }
        if number > behaviour.maxLimit, behaviour.refusesLimitOverMax {
            problems.add("limit", "The limit parameter may not be greater than \(behaviour.maxLimit).")
        }
        limit = min(number, behaviour.maxLimit)
    }

    private mutating func readBounds(_ query: Query, _ behaviour: Behaviour, _ problems: Problems) {
        let fromName: String
        switch behaviour.updatedFrom {
        case .updatedAtFrom: fromName = "updated_at_from"
        case .simpleFilter: fromName = "simple_filter[updated_at]"
        case .none: return
        }
        if let text = query[fromName] {
            if let moment = Self.moment(text, behaviour.zone) {
                updatedFrom = behaviour.updatedFromIsInclusive ? moment : moment + .seconds(1)
            } else {
                problems.add(fromName, "The \(fromName) parameter must be written YYYY-MM-DD HH:MM:SS.")
            }
        }
        if let text = query["updated_at_to"] {
            if let moment = Self.moment(text, behaviour.zone) {
                updatedUntil = moment + .seconds(1)
            } else {
                problems.add("updated_at_to", "The updated_at_to parameter must be written YYYY-MM-DD HH:MM:SS.")
            }
        }
    }

    /// A moment in the account's time zone, in whole seconds; a date alone is the start of its day.
    static func moment(_ text: String, _ zone: Zone) -> Moment? {
        if let date = CivilDate(text) { return Moment(date, zone: zone) }
        return Moment(iso: text, zone: zone)?.truncatedToSecond
    }

    private mutating func readOrder(
        _ query: Query, _ listing: Listing<Row>, _ behaviour: Behaviour, _ problems: Problems
    ) {
        if let direction = query["order_direction"] {
            switch direction.uppercased() {
            case "ASC": isDescending = false
            case "DESC": isDescending = true
            default: problems.add("order_direction", "The order_direction parameter must be ASC or DESC.")
            }
        }
        guard let name = query[behaviour.sortParameter], !name.isEmpty else { return }
        switch name {
        case listing.keyName: order = .key
        case "created_at": order = .created
        case "updated_at": order = .updated
        default:
            guard let column = listing.columns.first(where: { $0.name == name }) else {
                return problems.add(behaviour.sortParameter, "The list cannot be ordered by \(name).")
            }
            order = .column(column)
        }
    }

    /// The real server refuses a simple filter on any property that is not filterable, whatever it does with other parameters.
    private mutating func readSimpleFilters(
        _ query: Query, _ listing: Listing<Row>, _ behaviour: Behaviour, _ problems: Problems
    ) {
        for parameter in query.parameters where parameter.name.hasPrefix("simple_filter[") {
            if behaviour.updatedFrom == .simpleFilter, parameter.name == "simple_filter[updated_at]" { continue }
            guard let filter = listing.simpleFilters.first(where: { "simple_filter[\($0.name)]" == parameter.name }) else {
                let property = parameter.name.dropFirst("simple_filter[".count).prefix { $0 != "]" }
                problems.add("simple_filter.\(property)", "The property \(property) is not filterable.")
                continue
            }
            take(filter.predicate(parameter.value), problems)
        }
    }
}

extension Filter where Row: Document {
    /// `created_at` and `updated_at` as simple filters: the exact second, or the day.
    static func stamp(_ name: String, zone: Zone, _ value: @escaping (Row) -> Moment) -> Filter {
        Filter(name: name) { text in
            if let date = CivilDate(text) { return .success { value($0).date(in: zone) == date } }
            guard let moment = ListQuery<Row>.moment(text, zone) else {
                return .failure(RequestProblem(path: "simple_filter.\(name)", text: "The \(name) is not a valid date."))
            }
            return .success { value($0) == moment }
        }
    }
}
