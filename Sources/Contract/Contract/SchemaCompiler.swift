import JSON

/// Turns the schemas of a contract into a ``SchemaTree``. It knows the part of JSON Schema that the contracts use and refuses
/// the rest: a keyword that is not enforced would be an empty promise.
struct SchemaCompiler {
    private var nodes: [SchemaNode] = []
    private var texts: [TextRule] = []
    private var shapes: [ObjectShape] = []
    private var memberNames: [String] = []
    private var memberRules: [MemberRule] = []
    private var memberPlaces: [[String: Int]] = []
    /// The schemas of `components`, by name.
    private var named: [String: Int] = [:]
    /// Schemas that are one of several others, to be put together when all the others are known.
    private var unions: [(node: Int, branches: [Int], place: JSONPointer)] = []

    private static let keywords: Set<String> = [
        "type", "enum", "minLength", "maxLength", "format", "items", "properties", "required", "additionalProperties",
        "propertyNames", "minProperties", "maxProperties", "oneOf", "$ref", "description", "x-source", "x-confidence",
        "x-assumption", "x-note", "x-since",
    ]

    /// Compiles the schemas of `components` first, since everything else refers to them.
    init(components: JSONObject, at place: JSONPointer) throws(ResourceError) {
        for member in components {
            named[member.name] = nodes.count
            nodes.append(SchemaNode(kinds: .all))
        }
        for (index, member) in components.enumerated() {
            try fill(index, with: member.value, at: place.appending(member.name))
        }
    }

    /// The index of a schema that stands anywhere in the document.
    mutating func compile(_ schema: JSON, at place: JSONPointer) throws(ResourceError) -> Int {
        if let reference = schema["$ref"] {
            try ResourceReader(schema, at: place).allow(only: Self.keywords)
            let prefix = "#/components/schemas/"
            guard let text = reference.string, text.hasPrefix(prefix), let node = named[String(text.dropFirst(prefix.count))]
            else {
                throw ResourceError(
                    place: place.appending("$ref"), problem: "'\(reference.string ?? reference.text)' leads to no schema")
            }
            return node
        }
        let node = nodes.count
        nodes.append(SchemaNode(kinds: .all))
        try fill(node, with: schema, at: place)
        return node
    }

    /// Puts the unions together and hands everything over.
    mutating func finish() throws(ResourceError) -> SchemaTree {
        var pending = unions
        while !pending.isEmpty {
            let open = Set(pending.map(\.node))
            let ready = pending.filter { !$0.branches.contains(where: open.contains) }
            guard !ready.isEmpty else {
                throw ResourceError(place: pending[0].place, problem: "the schema is nothing but itself")
            }
            for union in ready { nodes[union.node] = try merged(union.branches, at: union.place) }
            pending.removeAll { !$0.branches.contains(where: open.contains) }
        }
        return SchemaTree(
            nodes: nodes, texts: texts, shapes: shapes, memberNames: memberNames, memberRules: memberRules,
            memberPlaces: memberPlaces)
    }

    private mutating func fill(_ index: Int, with schema: JSON, at place: JSONPointer) throws(ResourceError) {
        let reader = ResourceReader(schema, at: place)
        try reader.allow(only: Self.keywords)
        if schema["$ref"] != nil {
            unions.append((index, [try compile(schema, at: place)], place))
        } else if let branches = schema["oneOf"]?.array {
            var indexes: [Int] = []
            for (position, branch) in branches.enumerated() {
                indexes.append(try compile(branch, at: place.appending("oneOf").appending(position)))
            }
            unions.append((index, indexes, place))
        } else {
            var node = SchemaNode(kinds: try kinds(reader))
            node.text = try textRule(reader)
            if let items = schema["items"] { node.elements = try compile(items, at: place.appending("items")) }
            node.shape = try shape(reader)
            nodes[index] = node
        }
    }

    private func kinds(_ reader: ResourceReader) throws(ResourceError) -> Kinds {
        guard let type = reader.optional("type") else { return .all }
        let names = type.array ?? [type]
        var kinds: Kinds = []
        for name in names {
            guard let kind = Kinds.named.first(where: { $0.keyword == name.string })?.kind else {
                throw ResourceError(place: reader.place.appending("type"), problem: "\(name.text) is no type")
            }
            kinds.insert(kind)
        }
        return kinds
    }

    private mutating func textRule(_ reader: ResourceReader) throws(ResourceError) -> Int {
        var rule = TextRule()
        var rules = false
        if let choices = reader.optional("enum")?.array {
            rule.choices = choices.compactMap(\.string)
            rules = true
        }
        if let length = try reader.optionalInt("minLength") {
            rule.minimumLength = length
            rules = true
        }
        if let length = try reader.optionalInt("maxLength") {
            rule.maximumLength = length
            rules = true
        }
        if let format = try reader.optionalString("format") {
            if format == "password" {
                rule.isSecret = true
            } else if let formats = TextFormats(keyword: format) {
                rule.formats = formats
            } else {
                throw ResourceError(place: reader.place.appending("format"), problem: "'\(format)' is no format known here")
            }
            rules = true
        }
        guard rules else { return SchemaNode.none }
        texts.append(rule)
        return texts.count - 1
    }

    private mutating func shape(_ reader: ResourceReader) throws(ResourceError) -> Int {
        let properties = try reader.optional("properties") == nil ? nil : reader.member("properties").object()
        let further = reader.optional("additionalProperties")
        guard properties != nil || further != nil || reader.optional("propertyNames") != nil else { return SchemaNode.none }
        var rules: [MemberRule] = []
        let required = reader.optional("required") == nil ? [] : try reader.strings("required")
        for member in properties ?? [:] {
            let schema = try compile(member.value, at: reader.place.appending("properties").appending(member.name))
            rules.append(MemberRule(schema: schema, isRequired: required.contains(member.name)))
        }
        let names = (properties ?? [:]).names
        if let stray = required.first(where: { !names.contains($0) }) {
            throw ResourceError(
                place: reader.place.appending("required"), problem: "'\(stray)' is required but not declared")
        }
        // Appended only now: compiling a member may have appended shapes of its own.
        let start = memberNames.count
        memberNames += names
        memberRules += rules
        memberPlaces.append(Dictionary(uniqueKeysWithValues: zip(names, start...)))
        shapes.append(
            ObjectShape(
                members: start..<memberNames.count, requiredCount: required.count, further: try self.further(reader),
                furtherNamesAreDigits: try namesAreDigits(reader), minimumCount: try reader.optionalInt("minProperties") ?? 0,
                maximumCount: try reader.optionalInt("maxProperties") ?? .max))
        return shapes.count - 1
    }

    private mutating func further(_ reader: ResourceReader) throws(ResourceError) -> ObjectShape.Further {
        switch reader.json["additionalProperties"] {
        case nil, .bool(true): return .allowed(SchemaNode.none)
        case .bool(false): return .refused
        case .some(let schema):
            return .allowed(try compile(schema, at: reader.place.appending("additionalProperties")))
        }
    }

    private func namesAreDigits(_ reader: ResourceReader) throws(ResourceError) -> Bool {
        guard reader.optional("propertyNames") != nil else { return false }
        let pattern = try reader.member("propertyNames").string("pattern")
        guard pattern == "^[0-9]+$" else {
            throw ResourceError(
                place: reader.place.appending("propertyNames"), problem: "the only pattern known here is ^[0-9]+$")
        }
        return true
    }

    /// One schema for several, each of which must speak of other kinds of value than the rest.
    private func merged(_ branches: [Int], at place: JSONPointer) throws(ResourceError) -> SchemaNode {
        var result = SchemaNode(kinds: [])
        for branch in branches.map({ nodes[$0] }) {
            guard result.kinds.isDisjoint(with: branch.kinds) else {
                throw ResourceError(place: place, problem: "two of the schemas it may be speak of the same kind of value")
            }
            result.kinds.formUnion(branch.kinds)
            if branch.text != SchemaNode.none { result.text = branch.text }
            if branch.elements != SchemaNode.none { result.elements = branch.elements }
            if branch.shape != SchemaNode.none { result.shape = branch.shape }
        }
        return result
    }
}
