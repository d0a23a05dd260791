/// The members a request body may have, and of what kind each is.
///
/// Each resource declares its tables in its `Wire` file; ``BodyReader`` reads a body by them.
struct RequestShape: Sendable {
    /// How long a text may be. The first three hold only where the profile says that lengths are limited.
    enum Length: Sendable {
        case code, name, remark, any
        case exactly(Int)
    }

    indirect enum Kind: Sendable {
        case text(Length)
        case int
        /// Any decimal: prices and measures, which the warehouse only keeps.
        case decimal
        /// A decimal the warehouse reckons with: not negative.
        case quantity
        case flag
        case time
        case choice([String])
        case object(RequestShape)
        case list(Kind)
        /// An object that is kept as it comes: no table knows its members.
        case members

        static let code = Kind.text(.code)
        static let name = Kind.text(.name)
        static let remark = Kind.text(.remark)
        static let words = Kind.text(.any)
    }

    struct Member: Sendable {
        let name: String
        let kind: Kind
        let isRequired: Bool
        /// Whether a required text may be empty: the vendor declares a least length of 1 for some only.
        var mayBeEmpty = false
    }

    /// Some members of one kind: a row of the table.
    struct Row: Sendable {
        let members: [Member]

        static func required(_ kind: Kind, _ names: String...) -> Row {
            Row(members: names.map { Member(name: $0, kind: kind, isRequired: true) })
        }

        static func present(_ kind: Kind, _ names: String...) -> Row {
            Row(members: names.map { Member(name: $0, kind: kind, isRequired: true, mayBeEmpty: true) })
        }

        static func optional(_ kind: Kind, _ names: String...) -> Row {
            Row(members: names.map { Member(name: $0, kind: kind, isRequired: false) })
        }
    }

    /// The vendor's name of the model, for messages.
    let title: String
    let members: [Member]
    private let positions: [String: Int]

    init(_ title: String, _ rows: [Row]) {
        self.title = title
        members = rows.flatMap(\.members)
        var positions: [String: Int] = [:]
        for (position, member) in members.enumerated() {
            positions[member.name] = position
            positions[member.name.lowercased()] = position
        }
        self.positions = positions
    }

    /// The position of a member; as in ASP.NET, upper and lower case do not matter.
    func position(of name: String) -> Int? { positions[name] ?? positions[name.lowercased()] }
}
