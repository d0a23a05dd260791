import Units

/// A kind of thing that a file gives names or numbers to, and refers to by them.
package struct NameKind: Hashable, Sendable {
    /// In words that stand in a sentence: `purchase order`.
    package let title: String
    /// With `a` or `an`.
    package let withArticle: String
    /// What it is known by: `name` or `number`.
    package let handle: String
    /// Whether only whole numbers can be its name.
    package let isWhole: Bool
    /// Where a file gives it, for who uses one that does not exist; `nil` where that goes without saying.
    package let givenUnder: String?

    package init(
        _ title: String, article: String = "a", handle: String = "number", isWhole: Bool = true, givenUnder: String? = nil
    ) {
        self.givenUnder = givenUnder
        self.title = title
        self.withArticle = "\(article) \(title)"
        self.handle = handle
        self.isWhole = isWhole
    }
}

/// Which names a file gives, and which it uses.
package struct NameBook {
    struct Use {
        let name: String
        let kind: NameKind
        let place: Place
    }

    private var given: [NameKind: [String: Place]] = [:]
    /// In the order in which they were given, for hints that do not depend on a hash.
    private var order: [NameKind: [String]] = [:]
    private var defaults: [NameKind: String] = [:]
    private var uses: [Use] = []
    private var generated: [NameKind: (String) -> Bool] = [:]
    /// What exists already, beside what the text gives.
    private var held: [NameKind: [String]] = [:]

    package init() {}

    /// - Parameter defaults: names that exist unless the file gives others of their kind.
    package init(defaults: [NameKind: String]) { self.defaults = defaults }

    /// These exist already. Giving one of them again is for the user of the file to refuse.
    package mutating func hold(_ names: [String], of kind: NameKind) { held[kind, default: []] += names }

    /// - Parameter isOne: Whether a name is one of those that the file has made without listing them.
    package mutating func generate(_ kind: NameKind, isOne: @escaping (String) -> Bool) { generated[kind] = isOne }

    /// - Returns: where the same name was given before, if it was.
    mutating func give(_ name: String, to kind: NameKind, at place: Place) -> Place? {
        if let first = given[kind]?[name] { return first }
        given[kind, default: [:]][name] = place
        order[kind, default: []].append(name)
        return nil
    }

    mutating func use(_ name: String, of kind: NameKind, at place: Place) {
        uses.append(Use(name: name, kind: kind, place: place))
    }

    var unknownUses: [Use] { uses.filter { !isKnown($0) } }

    private func isKnown(_ use: Use) -> Bool {
        if held[use.kind]?.contains(use.name) == true { return true }
        let isGenerated = generated[use.kind]?(use.name) ?? false
        if let given = given[use.kind] { return given[use.name] != nil || isGenerated }
        return defaults[use.kind] == use.name || isGenerated
    }

    func hint(for use: Use) -> String { nearest(to: use) + (use.kind.givenUnder.map { " It is given under '\($0)'." } ?? "") }

    private func nearest(to use: Use) -> String {
        let names = (held[use.kind] ?? []) + (order[use.kind] ?? defaults[use.kind].map { [$0] } ?? [])
        if let nearest = Spelling.nearest(to: use.name, among: names) { return "; did you mean '\(nearest)'?" }
        if names.isEmpty { return generated[use.kind] == nil ? "; it names none" : "" }
        return names.count <= 12 ? "; it names \(names.joined(separator: ", "))" : ""
    }
}
