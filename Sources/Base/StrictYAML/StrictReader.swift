import JSON
import Units
import Yams

/// Reads nodes by their shape: what the shape does not know is refused with its place, and reading goes on behind it, so that
/// one look at a file tells all that is wrong with it.
package struct StrictReader {
    private let source: SourceText
    package private(set) var problems: [Problem] = []
    package var names: NameBook
    private let keepsReadable: Bool

    /// - Parameters:
    ///   - names: What is named without the file's doing, by default.
    ///   - keepsReadable: Whether a mapping with a mistake in it is still returned, so that what else is wrong can be told as well.
    ///     The values in question are ``Value/Content/unreadable`` then, and a required key may be missing.
    package init(_ source: SourceText, names: NameBook = NameBook(), keepsReadable: Bool = false) {
        self.source = source
        self.names = names
        self.keepsReadable = keepsReadable
    }

    /// Whoever has made more mistakes than this reads no hint about each of them, and looking for them takes its time.
    private static let mostHints = 100

    private func nearest(to name: String, among names: @autoclosure () -> [String]) -> String? {
        problems.count < Self.mostHints ? Spelling.nearest(to: name, among: names()) : nil
    }

    package mutating func refuse(_ place: Place, _ text: String) {
        problems.append(Problem(file: source.file, place: place, text: text))
    }

    /// Reads the whole document.
    ///
    /// - Parameter label: What it is called in messages.
    /// - Returns: `nil` when it is not what it should be; the problems have been noted then.
    package mutating func read(_ document: YAMLDocument, as shape: Shape, label: String) -> Value? {
        withExtendedLifetime(document) { read(document.root, as: shape, label: label) }
    }

    /// Reads a document that is one value of the shape, or a list of them.
    package mutating func readOneOrMore(_ document: YAMLDocument, as shape: Shape, label: String) -> [Value] {
        withExtendedLifetime(document) {
            guard case .sequence(let nodes) = document.root else {
                return read(document.root, as: shape, label: label).map { [$0] } ?? []
            }
            return nodes.compactMap { read($0, as: shape, label: label) }
        }
    }

    /// - Parameter label: The key the value stands under, or another word for what it is.
    /// - Returns: `nil` when the value is not what it should be; the problem has been noted then.
    mutating func read(_ node: Node, as shape: Shape, label: String) -> Value? {
        if let anchor = node.anchorName {
            refuse(node.place, "anchors are not read here; write out what '&\(anchor)' stands for")
            return nil
        }
        switch (shape, node) {
        case (.either(let shapes), _): return readAlternative(node, of: shapes, label: label)
        case (.confidential(let inner, _), _):
            let before = problems.count
            let value = read(node, as: inner, label: label)
            guard problems.count > before else { return value }
            problems.removeSubrange(before...)
            refuseWrong(node, expected: shape, label: label, hint: nil)
            return nil
        case (.anything, _): return Value(.tree(tree(node)), at: node.place)
        case (.list(let element), .sequence(let sequence)):
            return readAll(sequence, as: element, label: label).map { Value(.list($0), at: node.place) }
        case (.record(let record), .mapping(let mapping)): return readRecord(mapping, at: node.place, as: record)
        case (.table(let key, let value), .mapping(let mapping)):
            return readTable(mapping, at: node.place, key: key, value: value, label: label)
        case (.nothing, .mapping(let mapping)) where mapping.isEmpty: return Value(.nothing, at: node.place)
        case (_, .scalar(let scalar)):
            let content: Value.Content?
            do throws(ScalarRefusal) { content = try read(scalar, as: shape) } catch {
                refuse(node.place, "'\(label)': \(error.text)")
                return nil
            }
            guard let content else {
                let hint = ScalarReading.hint(for: scalar.string, expecting: shape)
                refuseWrong(node, expected: shape, label: label, hint: hint)
                return nil
            }
            note(scalar.string, as: shape, at: node.place)
            return Value(content, at: node.place)
        default:
            refuseWrong(node, expected: shape, label: label, hint: nil)
            return nil
        }
    }

    /// Remembers names where they are given and where they are used, to be compared when the whole file is read.
    private mutating func note(_ name: String, as shape: Shape, at place: Place) {
        switch shape {
        case .name(let kind): names.use(name, of: kind, at: place)
        case .newName(let kind):
            if let first = names.give(name, to: kind, at: place) {
                refuse(
                    place, "the \(kind.title) '\(name)' stands here a second time; the first is in line \(first.line)")
            }
        default: break
        }
    }

    /// Refuses every use of a name that is given nowhere.
    package mutating func checkNames() {
        for use in names.unknownUses {
            let hint = problems.count < Self.mostHints ? names.hint(for: use) : ""
            refuse(use.place, "there is no \(use.kind.title) '\(use.name)' in this \(source.subject)" + hint)
        }
    }

    private mutating func refuseWrong(_ node: Node, expected shape: Shape, label: String, hint: String?) {
        var text = "'\(label)': \(shape.expectation) was expected"
        if let remark = shape.remark {
            if case .scalar(let scalar) = node, !scalar.isNothing { text += "; \(remark)" }
            return refuse(node.place, text)
        }
        text += ", not \(node.found)"
        if case .scalar(let scalar) = node {
            text +=
                nearest(to: scalar.string, among: shape.words).map { "; did you mean '\($0)'?" }
                ?? listed(shape.words, nearestTo: scalar.string)
        }
        if let hint { text += "; \(hint)" }
        refuse(node.place, text)
    }

    /// Up to so many words, a message lists all; beyond, the nearest.
    private static let mostWords = 12
    private static let nearestWords = 8

    /// What could have been meant, where the message says no words yet.
    private func listed(_ words: [String], nearestTo name: String) -> String {
        guard words.count > Self.mostWords, problems.count < Self.mostHints else { return "" }
        let some = Spelling.ranked(words, by: name).prefix(Self.nearestWords)
        return "; the nearest words are \(some.joined(separator: ", "))"
    }

    private func read(_ scalar: Node.Scalar, as shape: Shape) throws(ScalarRefusal) -> Value.Content? {
        let text = scalar.string
        if case .nothing = shape { return scalar.isNothing ? .nothing : nil }
        guard !scalar.isNothing else { return nil }
        switch shape {
        case .text: return .text(text)
        case .name(let kind), .newName(let kind):
            guard !kind.isWhole || ScalarReading.whole(text) != nil else { return nil }
            return text.isEmpty ? nil : .text(text)
        case .whole(let range): return ScalarReading.whole(text).flatMap { range.contains($0) ? .whole($0) : nil }
        case .decimal: return ScalarReading.decimal(text).map { .decimal($0) }
        case .flag: return ScalarReading.flag(text).map { .flag($0) }
        case .duration: return ScalarReading.duration(text).map { .duration($0) }
        case .offset: return ScalarReading.offset(text).map { .duration($0) }
        case .moment: return Moment(iso: text).map { .moment($0) }
        case .date: return CivilDate(text).map { .date($0) }
        case .choice(let choices): return choices.contains(text) ? .text(text) : nil
        case .custom(let scalar): return try scalar.read(text)
        case .list, .record, .table, .either, .anything, .nothing, .confidential: return nil
        }
    }

    private mutating func readAlternative(_ node: Node, of shapes: [Shape], label: String) -> Value? {
        guard let shape = shapes.first(where: { $0.fits(node) }) else {
            refuseWrong(node, expected: .either(shapes), label: label, hint: nil)
            return nil
        }
        return read(node, as: shape, label: label)
    }

    private mutating func readAll(_ nodes: Node.Sequence, as element: Shape, label: String) -> [Value]? {
        var values: [Value] = []
        for node in nodes {
            if let value = read(node, as: element, label: label) { values.append(value) }
        }
        return values.count == nodes.count ? values : nil
    }

    private mutating func readTable(
        _ mapping: Node.Mapping, at place: Place, key keyShape: Shape, value valueShape: Shape, label: String
    ) -> Value? {
        var table: [(key: Value, value: Value)] = []
        for (keyNode, valueNode) in mapping {
            let key = read(keyNode, as: keyShape, label: label)
            let value = read(valueNode, as: valueShape, label: keyNode.scalar?.string ?? label)
            guard let key else { continue }
            if let value = value ?? unreadable(valueNode) { table.append((key, value)) }
        }
        return keepsReadable || table.count == mapping.count ? Value(.table(table), at: place) : nil
    }

    private mutating func readRecord(_ mapping: Node.Mapping, at place: Place, as record: Record) -> Value? {
        let before = problems.count
        var members: [Value.Member] = []
        var seen: Set<String> = []
        for (key, node) in mapping {
            guard let name = key.scalar?.string, let field = record.field(name) else {
                refuseUnknown(key, in: record)
                continue
            }
            seen.insert(name)
            if let value = read(node, as: field.shape, label: name) ?? unreadable(node) {
                members.append(Value.Member(name: name, place: key.place, value: value))
            }
        }
        for field in record.fields where field.isRequired && !seen.contains(field.name) {
            refuse(place, "'\(field.name)' is missing from \(record.title): \(field.shape.expectation) was expected")
        }
        for names in record.exactlyOneOf where names.count(where: seen.contains) != 1 {
            let found = names.filter(seen.contains).map { "'\($0)'" }
            let expected = names.count > 6 ? "one \(record.keyTitle)" : "one of " + Shape.alternatives(names.map { "'\($0)'" })
            let instead = found.isEmpty ? "there is none" : "not " + found.joined(separator: " and ")
            if found.isEmpty, problems.count > before { continue }
            refuse(place, "\(record.title) takes exactly \(expected), \(instead)")
        }
        if problems.count == before { check(record.rules, of: mapping, seen) }
        return keepsReadable || problems.count == before ? Value(.record(members), at: place) : nil
    }

    private mutating func check(_ rules: [KeyRule], of mapping: Node.Mapping, _ seen: Set<String>) {
        for rule in rules where seen.contains(rule.key) {
            let culprit: String? =
                switch rule.relation {
                case .requires(let other): seen.contains(other) ? nil : other
                case .excludes(let others): others.first(where: seen.contains)
                }
            guard let culprit, let key = mapping.first(where: { $0.key.scalar?.string == rule.key })?.key else { continue }
            refuse(key.place, rule.sentence(culprit))
        }
    }

    private func unreadable(_ node: Node) -> Value? { keepsReadable ? Value(.unreadable, at: node.place) : nil }

    /// A key that nobody reads: a misspelt one would otherwise be dropped in silence.
    mutating func refuseUnknown(_ key: Node, in record: Record) {
        let names = record.fields.map(\.name)
        guard let name = key.scalar?.string else {
            return refuse(key.place, "a \(record.keyTitle) of \(record.title) was expected, not \(key.found)")
        }
        var text = "\(record.title) has no \(record.keyTitle) '\(name)'"
        if let nearest = nearest(to: name, among: names) {
            text += "; did you mean '\(nearest)'?"
        } else if ScalarReading.whole(name) != nil {
            text += "; a comma ends a value here, so write decimals with a point"
        } else if names.count <= Self.mostWords {
            text += "; \(Shape.alternatives(names)) was expected"
        } else {
            text += listed(names, nearestTo: name)
        }
        refuse(key.place, text)
    }

    /// The node as it would stand in a JSON document: plain scalars by the rules of YAML 1.2, numbers as their exact text.
    private func tree(_ node: Node) -> JSON {
        switch node {
        case .scalar(let scalar):
            if scalar.isNothing { return .null }
            guard scalar.style == .plain else { return .string(scalar.string) }
            if let flag = ScalarReading.flag(scalar.string) { return .bool(flag) }
            if ScalarReading.decimal(scalar.string) != nil, let number = JSONNumber(scalar.string) { return .number(number) }
            return .string(scalar.string)
        case .sequence(let sequence): return .array(sequence.map { tree($0) })
        case .mapping(let mapping):
            return .object(
                JSONObject(mapping.map { JSONObject.Member(name: $0.key.scalar?.string ?? "", value: tree($0.value)) }))
        case .alias: return .null
        }
    }
}

extension Shape {
    /// The words it can be.
    fileprivate var words: [String] {
        switch self {
        case .choice(let choices): choices
        case .custom(let scalar): scalar.words
        default: []
        }
    }

    /// What is said of a scalar that was put here; `nil` where it is quoted instead.
    fileprivate var remark: String? {
        switch self {
        case .confidential(_, let remark): remark
        case .list(let element): element.remark
        default: nil
        }
    }

    /// Whether the node has the form of this shape: scalar, list or mapping.
    fileprivate func fits(_ node: Node) -> Bool {
        switch (self, node) {
        case (.list, .sequence), (.record, .mapping), (.table, .mapping): true
        case (.list, _), (.record, _), (.table, _): false
        case (.anything, _): true
        case (.nothing, .scalar(let scalar)): scalar.isNothing
        case (.nothing, .mapping(let mapping)): mapping.isEmpty
        case (.confidential(let shape, _), _): shape.fits(node)
        case (.either(let shapes), _): shapes.contains { $0.fits(node) }
        case (_, .scalar): true
        default: false
        }
    }
}
