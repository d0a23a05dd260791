import JSON

extension OngoingFake {
    /// A pair most catalogues are made of.
    package struct CodeName: Sendable, Equatable {
        package let code: String
        package let name: String?

        package init(code: String, name: String?) {
            self.code = code
            self.name = name
        }

        var json: JSON { Wire.codeAndName(code, name) }
    }
}

typealias CodeName = OngoingFake.CodeName

/// Entries that requests find or create by code, and that lists show afterwards.
struct Catalogues {
    struct Entry {
        let id: Int
        let code: String
        var name: String
        var comment: String?
        var flags: JSONObject = [:]
    }

    private var entries: [Kind: [Entry]] = [:]
    /// Where the entry of a code stands.
    private var positions: [Kind: [String: Int]] = [:]

    enum Kind: Hashable {
        case articleGroup, articleCategory, articleClass, orderType, orderClass, wayOfDelivery, purchaseOrderType
        case supplier, returnCause
    }

    /// Customers by number, or by full name and address.
    var customers: [String: Int] = [:]

    /// In the order in which they were made.
    func all(_ kind: Kind) -> [Entry] { entries[kind] ?? [] }

    func find(_ kind: Kind, code: String) -> Entry? { positions[kind]?[code].map { entries[kind]![$0] } }

    func find(_ kind: Kind, id: Int) -> Entry? { entries[kind]?.first { $0.id == id } }

    /// Finds by code or makes; a name that is given takes the place of the old one.
    mutating func settle(_ kind: Kind, code: String, name: String?, comment: String? = nil, ids: inout Counters) -> (
        entry: Entry, isNew: Bool
    ) {
        if let position = positions[kind]?[code] {
            if let name { entries[kind]![position].name = name }
            if let comment { entries[kind]![position].comment = comment }
            return (entries[kind]![position], false)
        }
        let entry = Entry(id: ids.next(\.other), code: code, name: name ?? "", comment: comment)
        positions[kind, default: [:]][code] = entries[kind]?.count ?? 0
        entries[kind, default: []].append(entry)
        return (entry, true)
    }

    mutating func replace(_ kind: Kind, _ entry: Entry) {
        guard let position = entries[kind]?.firstIndex(where: { $0.id == entry.id }) else { return }
        entries[kind]![position] = entry
        index(kind)
    }

    mutating func remove(_ kind: Kind, id: Int) {
        entries[kind]?.removeAll { $0.id == id }
        index(kind)
    }

    private mutating func index(_ kind: Kind) {
        let codes = all(kind).enumerated().map { ($1.code, $0) }
        positions[kind] = Dictionary(codes, uniquingKeysWith: { first, _ in first })
    }
}
