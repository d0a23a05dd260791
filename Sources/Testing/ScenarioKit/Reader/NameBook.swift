import Contract

/// Which names a file gives, and which it uses.
struct NameBook {
    struct Use {
        let name: String
        let kind: Shape.Name
        let place: Place
    }

    private var given: [Shape.Name: [String: Place]] = [:]
    /// In the order in which they were given, for hints that do not depend on a hash.
    private var order: [Shape.Name: [String]] = [:]
    private var defaults: [Shape.Name: String] = [:]
    private var uses: [Use] = []
    private var generatedProducts = 0
    /// What a world that is under way has by now, beside what the text gives.
    private var held: [Shape.Name: [String]] = [:]

    init() {}

    /// - Parameter defaults: names that exist unless the file gives others of their kind.
    init(defaults: [Shape.Name: String]) { self.defaults = defaults }

    /// These exist already. Giving one of them again is for the world to refuse, which knows what it holds.
    mutating func hold(_ names: [String], of kind: Shape.Name) { held[kind, default: []] += names }

    /// - Returns: where the same name was given before, if it was.
    mutating func give(_ name: String, to kind: Shape.Name, at place: Place) -> Place? {
        if let first = given[kind]?[name] { return first }
        given[kind, default: [:]][name] = place
        order[kind, default: []].append(name)
        return nil
    }

    mutating func use(_ name: String, of kind: Shape.Name, at place: Place) {
        uses.append(Use(name: name, kind: kind, place: place))
    }

    mutating func generateProducts(_ count: Int) { generatedProducts = count }

    var unknownUses: [Use] { uses.filter { !isKnown($0) } }

    private func isKnown(_ use: Use) -> Bool {
        if held[use.kind]?.contains(use.name) == true { return true }
        if let given = given[use.kind] { return given[use.name] != nil || isGenerated(use) }
        return defaults[use.kind] == use.name || isGenerated(use)
    }

    private func isGenerated(_ use: Use) -> Bool {
        guard use.kind == .product, let number = GeneratedProduct.number(of: use.name) else { return false }
        return (1...max(1, generatedProducts)).contains(number) && generatedProducts > 0
    }

    func hint(for use: Use) -> String {
        let names = (held[use.kind] ?? []) + (order[use.kind] ?? defaults[use.kind].map { [$0] } ?? [])
        if let nearest = Spelling.nearest(to: use.name, among: names) { return "; did you mean '\(nearest)'?" }
        if names.isEmpty { return generatedProducts > 0 && use.kind == .product ? "" : "; it names none" }
        return names.count <= 12 ? "; it names \(names.joined(separator: ", "))" : ""
    }
}

/// The products that `generate` makes: `P-0001`, `P-0002`, …
enum GeneratedProduct {
    static func name(_ number: Int) -> String {
        let digits = String(number)
        return "P-" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    static func number(of name: String) -> Int? {
        guard name.hasPrefix("P-"), let number = Int(name.dropFirst(2)), self.name(number) == name else { return nil }
        return number
    }
}
