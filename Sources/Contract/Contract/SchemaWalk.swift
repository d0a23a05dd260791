import JSON
import Units

/// Checks one value against one schema, in one walk.
///
/// The way to the place is kept as positions and becomes a pointer only when there is something to say about it.
struct SchemaWalk {
    struct Finding {
        var pointer: JSONPointer
        var kind: Violation.Kind
        var found: String
        var expected: String
    }

    /// A list repeats the mistake of one row in every row; more of them add nothing.
    static let mostFindings = 25

    private let tree: SchemaTree
    private let root: JSON
    /// The caller requested only some members, so that none is missing.
    private let requiresMembers: Bool
    private let secrets: Secrets
    private var positions: [Int] = []
    private(set) var findings: [Finding] = []

    init(tree: SchemaTree, root: JSON, requiresMembers: Bool, secrets: Secrets) {
        self.tree = tree
        self.root = root
        self.requiresMembers = requiresMembers
        self.secrets = secrets
        positions.reserveCapacity(8)
    }

    mutating func check(against schema: Int) { check(root, schema) }

    private mutating func check(_ value: JSON, _ schema: Int) {
        let node = tree.nodes[schema]
        switch value {
        case .null:
            if !node.kinds.contains(.null) { refuse(value, node) }
        case .bool:
            if !node.kinds.contains(.boolean) { refuse(value, node) }
        case .number(let number):
            if !node.kinds.contains(.number), !(node.kinds.contains(.integer) && number.isWrittenWhole) { refuse(value, node) }
        case .string(let text):
            if !node.kinds.contains(.string) || (node.text >= 0 && !tree.texts[node.text].accepts(text)) {
                refuse(value, node)
            }
        case .array(let elements):
            guard node.kinds.contains(.array) else { return refuse(value, node) }
            if node.elements >= 0 { checkElements(elements, node.elements) }
        case .object(let object):
            guard node.kinds.contains(.object) else { return refuse(value, node) }
            if node.shape >= 0 { checkMembers(object, node.shape) }
        }
    }

    private mutating func checkElements(_ elements: [JSON], _ schema: Int) {
        for index in elements.indices {
            guard findings.count < Self.mostFindings else { return }
            positions.append(index)
            check(elements[index], schema)
            positions.removeLast()
        }
    }

    private mutating func checkMembers(_ object: JSONObject, _ index: Int) {
        let shape = tree.shapes[index]
        let members = object.members
        var expected = shape.members.lowerBound
        var required = 0
        for position in members.indices {
            let name = members[position].name
            // Members usually come in the order in which they are declared.
            if expected == shape.members.upperBound || tree.memberNames[expected] != name {
                guard let place = tree.memberPlaces[index][name] else {
                    checkFurther(members[position], at: position, shape)
                    continue
                }
                expected = place
            }
            let rule = tree.memberRules[expected]
            expected += 1
            if rule.isRequired { required += 1 }
            positions.append(position)
            check(members[position].value, rule.schema)
            positions.removeLast()
        }
        if required < shape.requiredCount, requiresMembers { reportMissing(from: object, shape) }
        if members.count < shape.minimumCount || members.count > shape.maximumCount {
            add(pointer(), .wrong, "an object with \(members.count) members", shape.countWords)
        }
    }

    private mutating func checkFurther(_ member: JSONObject.Member, at position: Int, _ shape: ObjectShape) {
        guard case .allowed(let schema) = shape.further,
            !shape.furtherNamesAreDigits || member.name.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else {
            // Of a body with very many of them, only what is told is worth the search.
            guard findings.count < Self.mostFindings else { return }
            let names = Array(tree.memberNames[shape.members])
            return add(
                pointer().appending(member.name), .unknown, member.value.kind,
                "no such member" + Spelling.hint(for: member.name, among: names))
        }
        guard schema >= 0 else { return }
        positions.append(position)
        check(member.value, schema)
        positions.removeLast()
    }

    private mutating func reportMissing(from object: JSONObject, _ shape: ObjectShape) {
        for place in shape.members where tree.memberRules[place].isRequired {
            let name = tree.memberNames[place]
            guard object[name] == nil else { continue }
            add(pointer().appending(name), .missing, "nothing", tree.words(for: tree.memberRules[place].schema))
        }
    }

    private mutating func refuse(_ value: JSON, _ node: SchemaNode) {
        let isSecret = node.text >= 0 && tree.texts[node.text].isSecret
        add(pointer(), .wrong, isSecret ? "\(value.kind) that is not shown" : secrets.show(value), tree.words(for: node))
    }

    private mutating func add(_ pointer: JSONPointer, _ kind: Violation.Kind, _ found: String, _ expected: String) {
        guard findings.count < Self.mostFindings else { return }
        findings.append(Finding(pointer: pointer, kind: kind, found: found, expected: expected))
    }

    /// The way from the root to where the walk stands.
    private func pointer() -> JSONPointer {
        var pointer = JSONPointer()
        var value = root
        for position in positions {
            switch value {
            case .object(let object):
                pointer = pointer.appending(object.members[position].name)
                value = object.members[position].value
            case .array(let elements):
                pointer = pointer.appending(position)
                value = elements[position]
            case .null, .bool, .number, .string:
                preconditionFailure("the walk went below a value that has nothing below it")
            }
        }
        return pointer
    }
}

extension JSONNumber {
    /// Whether it has neither fraction nor exponent: a strict reader takes `2.0` for no integer.
    var isWrittenWhole: Bool { text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: "-") } }
}

extension ObjectShape {
    fileprivate var countWords: String {
        if minimumCount == maximumCount { return "an object with exactly \(minimumCount)" }
        return maximumCount == .max
            ? "an object with at least \(minimumCount)" : "an object with \(minimumCount) to \(maximumCount)"
    }
}

extension TextRule {
    func accepts(_ text: String) -> Bool {
        if let choices, !choices.contains(text) { return false }
        if minimumLength > 0 || maximumLength < .max {
            // The vendors count UTF-16 units, as their databases do.
            guard (minimumLength...maximumLength).contains(text.utf16.count) else { return false }
        }
        return formats.isEmpty || formats.accept(text)
    }

    var words: String {
        if let choices { return choices.map { "'\($0)'" }.joined(separator: " or ") }
        if !formats.isEmpty { return formats.words }
        if minimumLength > 0, maximumLength < .max {
            return "a string of \(minimumLength) to \(maximumLength) characters"
        }
        if maximumLength < .max { return "a string of at most \(maximumLength) characters" }
        if minimumLength > 0 {
            return minimumLength == 1 ? "a string that is not empty" : "a string of at least \(minimumLength) characters"
        }
        return "a string"
    }
}

extension SchemaTree {
    func words(for schema: Int) -> String { words(for: nodes[schema]) }

    /// What the schema says, for messages: `a string that is not empty or null`.
    func words(for node: SchemaNode) -> String {
        if node.kinds == .all { return "anything" }
        return Kinds.named.filter { node.kinds.contains($0.kind) }.map { entry in
            entry.kind == .string && node.text >= 0 ? texts[node.text].words : entry.words
        }.joined(separator: " or ")
    }
}
