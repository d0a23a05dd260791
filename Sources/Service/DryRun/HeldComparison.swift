import JSON
import Units

/// Holds the body of a PUT against what the warehouse shows of the same thing, member by member.
///
/// What is written and what is shown have different shapes; each kind has a table that says where a member is to be found.
struct HeldComparison {
    enum Kind { case article, order, purchaseOrder }

    private let kind: Kind
    private let held: JSON?

    /// - Parameter held: As `GET` shows it; `nil` when there is none yet.
    init(_ kind: Kind, held: JSON?) {
        self.kind = kind
        self.held = held
    }

    /// Every member that would change; every member when there is none yet.
    func fields(of body: JSON) -> [PlannedWrite.Field] {
        var fields: [PlannedWrite.Field] = []
        for member in body.object ?? [:] {
            switch (kind, member.name) {
            case (_, "goodsOwnerId"): continue
            case (.order, "orderLines"), (.purchaseOrder, "purchaseOrderLines"):
                compareLines(member.name, member.value.array ?? [], into: &fields)
            default:
                compare(member.value, [member.name], in: held, at: headPath, into: &fields)
            }
        }
        return fields
    }

    // MARK: Where things are shown

    private func headPath(_ path: [String]) -> [String] {
        switch (kind, path[0]) {
        case (.article, _), (.order, "consignee"): path
        case (.order, _): ["orderInfo"] + path
        case (.purchaseOrder, "supplierInfo"):
            path.count > 1 && path[1] == "supplierAddress" ? ["supplierInfo", "address"] + path.dropFirst(2) : path
        case (.purchaseOrder, _): ["purchaseOrderInfo"] + path
        }
    }

    private func linePath(_ path: [String]) -> [String] {
        switch path[0] {
        case "articleNumber": ["article", "articleNumber"]
        case "numberOfItems": kind == .order ? ["orderedNumberOfItems"] : ["advisedNumberOfItems"]
        case "currencyCode": ["currency", "code"]
        default: path
        }
    }

    // MARK: Comparing

    private func compareLines(_ name: String, _ lines: [JSON], into fields: inout [PlannedWrite.Field]) {
        var left = held?[name]?.array ?? []
        for line in lines {
            let row = line["rowNumber"]?.key
            let index = left.firstIndex { $0["rowNumber"]?.key == row }
            let before = index.map { left.remove(at: $0) }
            for member in line.object ?? [:] where before == nil || member.name != "rowNumber" {
                compare(
                    member.value, [member.name], in: before, at: linePath, label: "line \(row ?? "?"), ", into: &fields)
            }
        }
        for gone in left {
            let shown = gone.at(["article", "articleNumber"])?.shown ?? ""
            let quantity = gone.at(linePath(["numberOfItems"]))?.shown ?? ""
            fields.append(
                PlannedWrite.Field(
                    name: "line \(gone["rowNumber"]?.key ?? "without a number")", held: .value("\(quantity) of \(shown)"),
                    new: "removed"))
        }
    }

    private func compare(
        _ value: JSON, _ path: [String], in held: JSON?, at place: ([String]) -> [String], label: String = "",
        into fields: inout [PlannedWrite.Field]
    ) {
        if case .object(let members) = value {
            for member in members {
                compare(member.value, path + [member.name], in: held, at: place, label: label, into: &fields)
            }
            return
        }
        let name = label + path.joined(separator: ".")
        guard let held else {
            if !value.shown.isEmpty { fields.append(PlannedWrite.Field(name: name, held: .nothing, new: value.shown)) }
            return
        }
        guard let before = found(place(path), in: held) else {
            // An empty text for what nobody can see: there is nothing to show.
            guard !value.shown.isEmpty else { return }
            return fields.append(PlannedWrite.Field(name: name, held: .notShown, new: value.shown))
        }
        guard !Self.isSame(before, value) else { return }
        fields.append(
            PlannedWrite.Field(name: name, held: before.shown.isEmpty ? .nothing : .value(before.shown), new: value.shown))
    }

    /// What stands there; null below an object that is null itself. `nil` where the member is not shown at all.
    private func found(_ path: [String], in held: JSON) -> JSON? {
        var value = held
        for name in path {
            if value.isNull { return .null }
            guard let next = value[name] else { return nil }
            value = next
        }
        return value
    }

    /// `2.0` is 2, a missing text is an empty one, and a moment is one however it is written.
    private static func isSame(_ left: JSON, _ right: JSON) -> Bool {
        if left == right || left.shown == right.shown { return true }
        if let one = left.number.flatMap({ ExactDecimal($0.text) }), let other = right.number.flatMap({ ExactDecimal($0.text) }) {
            return one == other
        }
        guard let one = left.string, let other = right.string else { return false }
        if let one = Moment(iso: one, zone: .utc), let other = Moment(iso: other, zone: .utc) { return one == other }
        return one.count >= 10 && other.count >= 10 && CivilDate(one.prefix(10)) != nil && min(one.count, other.count) == 10
            && one.prefix(10) == other.prefix(10)
    }
}
