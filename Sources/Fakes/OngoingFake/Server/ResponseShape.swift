import JSON
import Units

/// A record that stores members of a request body as sent and shows them in responses.
protocol KeptMembers {
    var kept: JSONObject { get }
}

extension JSONObject: KeptMembers {
    var kept: JSONObject { self }
}

/// All members of one response model, in the vendor's order, and where each comes from.
///
/// Every declared member appears in every response. An absent member is null; some texts are empty instead.
struct ResponseShape<View: KeptMembers>: Sendable {
    enum Default: Sendable {
        /// Null when never given.
        case null
        /// `""` when never given.
        case empty
        /// `0.0` when never given.
        case zero
        /// `false` when never given.
        case no
        /// `true` when never given.
        case yes

        var value: JSON {
            switch self {
            case .null: .null
            case .empty: ""
            case .zero: Wire.number(.zero)
            case .no: false
            case .yes: true
            }
        }
    }

    enum Source: Sendable {
        /// Kept from the request, possibly under another name.
        case kept(String, Default)
        /// A kept object, shown by the table of its model.
        case nested(String, @Sendable (JSONObject) -> JSON)
        /// A kept list of objects, shown by the table of their model.
        case list(String, @Sendable (JSONObject) -> JSON)
        /// Worked out.
        case made(@Sendable (View) -> JSON)
        /// Never filled here.
        case absent
    }

    struct Row: Sendable {
        let members: [(name: String, source: Source)]

        static func kept(_ whenAbsent: Default, _ names: String...) -> Row {
            Row(members: names.map { ($0, .kept($0, whenAbsent)) })
        }

        /// Written under one name and read under another.
        static func kept(_ name: String, from written: String, _ whenAbsent: Default) -> Row {
            Row(members: [(name, .kept(written, whenAbsent))])
        }

        static func nested(_ table: ResponseShape<JSONObject>, _ names: String...) -> Row {
            Row(members: names.map { ($0, .nested($0) { table.render($0) }) })
        }

        static func nested(_ name: String, from written: String, _ table: ResponseShape<JSONObject>) -> Row {
            Row(members: [(name, .nested(written) { table.render($0) })])
        }

        static func list(_ table: ResponseShape<JSONObject>, _ names: String...) -> Row {
            Row(members: names.map { ($0, .list($0) { table.render($0) }) })
        }

        static func made(_ name: String, _ make: @escaping @Sendable (View) -> JSON) -> Row {
            Row(members: [(name, .made(make))])
        }

        static func absent(_ names: String...) -> Row { Row(members: names.map { ($0, .absent) }) }
    }

    private let members: [(name: String, source: Source)]

    init(_ rows: [Row]) { members = rows.flatMap(\.members) }

    func render(_ view: View) -> JSON {
        let kept = view.kept
        return .object(JSONObject(members.map { JSONObject.Member(name: $0.name, value: value($0.source, view, kept)) }))
    }

    private func value(_ source: Source, _ view: View, _ kept: JSONObject) -> JSON {
        switch source {
        case .kept(let name, let whenAbsent): return kept[name] ?? whenAbsent.value
        case .nested(let name, let show): return kept[name]?.object.map(show) ?? .null
        case .list(let name, let show): return Wire.list((kept[name]?.array ?? []).compactMap { $0.object.map(show) })
        case .made(let make): return make(view)
        case .absent: return .null
        }
    }
}
