package import JSON

/// The differences between our contract and another description of the same API: a newer OpenAPI file of the vendor, or one that
/// somebody else wrote.
///
/// Compared are operations, query parameters, and the members of request bodies and of successful responses with their kinds.
/// Descriptions, names of schemas and failures are not: they differ without meaning anything.
package struct ContractComparison: Sendable {
    package struct Difference: Sendable, Hashable, CustomStringConvertible {
        /// `PUT /orders` or `PUT /orders, request /orderLines/*/rowNumber`.
        package let place: String
        /// `only ours has it`, `ours says a string, theirs a number`.
        package let what: String

        package var description: String { "\(place): \(what)" }
    }

    /// In the order of our contract, then what only the other has, by name.
    package private(set) var differences: [Difference] = []

    private let ours: JSON
    private let theirs: JSON
    /// Pairs of named schemas that have been compared: schemas may contain themselves.
    private var compared: Set<[String]> = []

    /// - Parameters:
    ///   - other: an OpenAPI document, version 3.0 or 3.1.
    ///   - pathPrefix: what stands before its paths and not before ours, such as `/api/v1`.
    package init(of document: ContractDocument, with other: JSON, pathPrefix: String = "") {
        ours = document.json
        theirs = other
        var unmatched: [String: (label: String, operation: JSON, shared: JSON?)] = [:]
        for path in other["paths"]?.object ?? [:] {
            let name = path.name.hasPrefix(pathPrefix) ? String(path.name.dropFirst(pathPrefix.count)) : path.name
            for method in path.value.object ?? [:] where Self.methods.contains(method.name) {
                let label = "\(method.name.uppercased()) \(name)"
                unmatched[Self.anonymous(label)] = (label, method.value, path.value["parameters"])
            }
        }
        for operation in document.operations {
            let place = JSONPointer(["paths", operation.path, operation.method.lowercased()])
            guard let found = unmatched.removeValue(forKey: Self.anonymous(operation.label)) else {
                add(operation.label, "only ours has it")
                continue
            }
            compare(operation.label, place.value(in: ours) ?? [:], found.operation, shared: found.shared)
        }
        for label in unmatched.values.map(\.label).sorted() { add(label, "only theirs has it") }
    }

    private static let methods = ["get", "put", "post", "patch", "delete"]

    /// A label without the names of its parameters, which each author chooses.
    private static func anonymous(_ label: String) -> String {
        label.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }.joined(separator: "/")
    }

    private mutating func compare(_ label: String, _ our: JSON, _ their: JSON, shared: JSON?) {
        let ourNames = queryNames(our["parameters"], in: ours)
        let theirNames = queryNames(their["parameters"], in: theirs) + queryNames(shared, in: theirs)
        compareNames(ourNames, theirNames) { "\(label), query parameter '\($0)'" }
        compareSchemas(
            "\(label), request", Self.schema(of: our["requestBody"], in: ours), Self.schema(of: their["requestBody"], in: theirs))
        compareSchemas("\(label), response", Self.response(of: our, in: ours), Self.response(of: their, in: theirs))
    }

    private mutating func compareNames(_ our: [String], _ their: [String], place: (String) -> String) {
        for name in our where !their.contains(name) { add(place(name), "only ours has it") }
        for name in their where !our.contains(name) { add(place(name), "only theirs has it") }
    }

    /// The names of query parameters; a group of parameters counts as its members.
    private func queryNames(_ parameters: JSON?, in root: JSON) -> [String] {
        (parameters?.array ?? []).flatMap { parameter -> [String] in
            let parameter = Self.resolved(parameter, in: root)
            guard parameter["in"] == "query", let name = parameter["name"]?.string else { return [] }
            guard parameter["style"] == "form", let group = parameter["schema"]?["properties"]?.object else { return [name] }
            return group.names
        }
    }

    /// The schema of the JSON content of a request body or a response.
    private static func schema(of holder: JSON?, in root: JSON) -> JSON? {
        holder.flatMap { resolved($0, in: root)["content"]?["application/json"]?["schema"] }
    }

    /// The schema of the first success that has one.
    private static func response(of operation: JSON, in root: JSON) -> JSON? {
        let responses = operation["responses"]?.object ?? [:]
        let successes = responses.filter { $0.name.hasPrefix("2") }.sorted { $0.name < $1.name }
        return successes.lazy.compactMap { schema(of: $0.value, in: root) }.first
    }

    private mutating func compareSchemas(_ place: String, _ our: JSON?, _ their: JSON?) {
        switch (our, their) {
        case (nil, nil): return
        case (.some, nil): add(place, "only ours has a body in JSON")
        case (nil, .some): add(place, "only theirs has a body in JSON")
        case (.some(let our), .some(let their)):
            let names = [our, their].compactMap(Self.name)
            let our = Outline(of: our, in: ours)
            let their = Outline(of: their, in: theirs)
            if our.kinds != their.kinds { add(place, "ours says \(our.words), theirs \(their.words)") }
            if names.count == 2, !compared.insert(names).inserted { return }
            compareMembers(place, our, their)
            if let our = our.elements, let their = their.elements { compareSchemas(Self.below(place, "*"), our, their) }
        }
    }

    private mutating func compareMembers(_ place: String, _ our: Outline, _ their: Outline) {
        compareNames(our.members.names, their.members.names) { Self.below(place, $0) }
        for member in our.members {
            guard let their = their.members[member.name] else { continue }
            compareSchemas(Self.below(place, member.name), member.value, their)
        }
        for name in our.required where their.members[name] != nil && !their.required.contains(name) {
            add(Self.below(place, name), "only ours requires it")
        }
        for name in their.required where our.members[name] != nil && !our.required.contains(name) {
            add(Self.below(place, name), "only theirs requires it")
        }
    }

    /// The name of a schema that has one, also where it may be something else besides, such as null.
    private static func name(_ schema: JSON) -> String? {
        if let name = schema["$ref"]?.string { return name }
        let parts = (schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"])?.array ?? []
        return parts.lazy.compactMap { $0["$ref"]?.string }.first
    }

    /// The place of a member, as in `PUT /orders, request /orderLines/*/rowNumber`.
    private static func below(_ place: String, _ name: String) -> String {
        let isRoot = place.hasSuffix("request") || place.hasSuffix("response")
        return place + (isRoot ? " " : "") + JSONPointer([name]).description
    }

    private mutating func add(_ place: String, _ what: String) {
        differences.append(Difference(place: place, what: what))
    }

    /// What a reference leads to; the thing itself when it is none, or leads nowhere.
    fileprivate static func resolved(_ json: JSON, in root: JSON) -> JSON {
        guard let text = json["$ref"]?.string, text.hasPrefix("#/") else { return json }
        let tokens = text.dropFirst(2).split(separator: "/").map(String.init)
        return JSONPointer(tokens).value(in: root) ?? json
    }
}

/// What two schemas are compared by, whichever way they are written.
private struct Outline {
    var kinds: Set<String> = []
    var members: JSONObject = [:]
    var required: [String] = []
    var elements: JSON?

    init(of schema: JSON, in root: JSON, depth: Int = 0) {
        let schema = ContractComparison.resolved(schema, in: root)
        if let type = schema["type"] { kinds = Set(type.array?.compactMap(\.string) ?? [type.string ?? ""]) }
        // Version 3.0 has no type null: it has a flag, and an enumeration of nothing but null.
        if schema["nullable"] == true || schema["enum"] == [nil] { kinds.insert("null") }
        members = schema["properties"]?.object ?? [:]
        required = schema["required"]?.array?.compactMap(\.string) ?? []
        elements = schema["items"]
        guard depth < 8 else { return }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            for part in schema[keyword]?.array ?? [] { add(Outline(of: part, in: root, depth: depth + 1)) }
        }
    }

    private mutating func add(_ part: Outline) {
        kinds.formUnion(part.kinds)
        for member in part.members where members[member.name] == nil { members.append(member.name, member.value) }
        required += part.required
        elements = elements ?? part.elements
    }

    var words: String {
        let words = Kinds.named.filter { kinds.contains($0.keyword) }.map(\.words)
        return words.isEmpty ? "anything" : words.joined(separator: " or ")
    }
}
