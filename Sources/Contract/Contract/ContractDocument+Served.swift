import Exchange
package import JSON

extension ContractDocument {
    /// The document as a server that implements it publishes it: with its own address, and promising only what it always does.
    ///
    /// The contract is strict with callers: the observer reports an unknown member. A server ignores it. So the schemas of bodies are
    /// here a second time, with `.sent` after their name, without the rules that no server enforces. Where a caller may choose the
    /// members of a response, its schemas are here again with `.chosen` after their name, and none of their members is required.
    ///
    /// - Parameter url: with the base path, such as `http://127.0.0.1:41001/api`.
    package func served(at url: String) -> JSON {
        var document = json.object ?? [:]
        document["servers"] = [["url": .string(url)]]
        var copies = SchemaCopies(components: json["components"]?.object ?? [:], coerces: system == .ongoing)
        document["paths"] = .object(
            copies.paths(json["paths"]?.object ?? [:], memberSelection: json["x-member-selection"]?.string))
        document["components"] = .object(copies.components)
        return .object(document)
    }
}

/// Makes the further sets of schemas and responses, each when it is first needed.
private struct SchemaCopies {
    /// What is left out of a copy.
    private enum Purpose: String {
        case sent
        case chosen

        func drops(_ member: JSONObject.Member) -> Bool {
            switch self {
            case .sent: member.name == "additionalProperties" && member.value == false
            case .chosen: member.name == "required"
            }
        }
    }

    private(set) var components: JSONObject
    /// Whether the server makes texts of numbers and numbers of texts where it can: the vendor's own samples send weights as strings.
    private let coerces: Bool

    init(components: JSONObject, coerces: Bool) {
        self.components = components
        self.coerces = coerces
        var responses = components["responses"]?.object ?? [:]
        // A format cannot say that a body is optional. A response without access usually has none.
        if var unauthorised = responses["Unauthorised"]?.object, unauthorised["x-body"] == "optional" {
            unauthorised["content"] = nil
            responses["Unauthorised"] = .object(unauthorised)
        }
        self.components["responses"] = .object(responses)
        // Nor does a server refuse a parameter that it does not know, so a group of them is not all there is.
        var parameters = components["parameters"]?.object ?? [:]
        for entry in parameters where entry.value["schema"]?["type"] == "object" {
            guard var parameter = entry.value.object, var schema = parameter["schema"]?.object else { continue }
            if schema["additionalProperties"] == false { schema["additionalProperties"] = nil }
            parameter["schema"] = .object(schema)
            parameters[entry.name] = .object(parameter)
        }
        self.components["parameters"] = .object(parameters)
    }

    mutating func paths(_ paths: JSONObject, memberSelection: String?) -> JSONObject {
        var result = paths
        for path in paths {
            var methods = path.value.object ?? [:]
            for method in methods {
                guard var operation = method.value.object else { continue }
                if let body = operation["requestBody"] { operation["requestBody"] = sent(body) }
                if let memberSelection, offers(memberSelection, operation), var responses = operation["responses"]?.object {
                    for response in responses where response.name.hasPrefix("2") {
                        responses[response.name] = chosen(response.value)
                    }
                    operation["responses"] = .object(responses)
                }
                methods[method.name] = .object(operation)
            }
            result[path.name] = .object(methods)
        }
        return result
    }

    /// A body as it is sent. One without members counts as none, unless its schema requires a member.
    private mutating func sent(_ body: JSON) -> JSON {
        guard var result = copied(body, for: .sent).object else { return body }
        if !coerces { result["required"] = nil }
        return .object(result)
    }

    /// Whether the operation has a query parameter of that name, by itself or in a group.
    private func offers(_ name: String, _ operation: JSONObject) -> Bool {
        (operation["parameters"]?.array ?? []).contains { parameter in
            let parameter =
                Self.name(of: parameter["$ref"], in: "parameters").flatMap { components["parameters"]?[$0] } ?? parameter
            return parameter["name"]?.string == name || parameter["schema"]?["properties"]?[name] != nil
        }
    }

    /// The copy of a response: its envelope must be whole, what is in it need not.
    private mutating func chosen(_ response: JSON) -> JSON {
        guard let plain = Self.name(of: response["$ref"], in: "responses") else { return references(in: response, for: .chosen) }
        let name = "\(plain).\(Purpose.chosen.rawValue)"
        if components["responses"]?[name] == nil, let original = components["responses"]?[plain] {
            set(references(in: original, for: .chosen), name, in: "responses")
        }
        return ["$ref": .string("#/components/responses/\(name)")]
    }

    /// The value with its references turned to copies, and nothing else changed.
    private mutating func references(in json: JSON, for purpose: Purpose) -> JSON {
        map(json, purpose) { _ in false }
    }

    private mutating func copied(_ json: JSON, for purpose: Purpose) -> JSON { map(json, purpose, purpose.drops) }

    private mutating func map(_ json: JSON, _ purpose: Purpose, _ drops: (JSONObject.Member) -> Bool) -> JSON {
        switch json {
        case .object(let object):
            var result = JSONObject()
            for member in object where !drops(member) {
                if member.name == "$ref", let name = Self.name(of: member.value, in: "schemas") {
                    result.append("$ref", .string("#/components/schemas/" + copy(of: name, for: purpose)))
                } else {
                    result.append(member.name, map(member.value, purpose, drops))
                }
            }
            return .object(purpose == .sent ? asSent(result) : result)
        case .array(let elements): return .array(elements.map { map($0, purpose, drops) })
        case .null, .bool, .number, .string: return json
        }
    }

    /// What stands for nothing may be null, and what can be read as the kind that is meant is taken for it.
    private func asSent(_ schema: JSONObject) -> JSONObject {
        var result = schema
        if coerces, schema["enum"] == nil, schema["format"] == nil, let type = schema["type"], type.object == nil {
            result["type"] = Self.coerced(type)
        }
        guard let members = schema["properties"]?.object else { return result }
        let required = schema["required"]?.array ?? []
        var optional = members
        for member in members where !required.contains(.string(member.name)) {
            optional[member.name] = Self.orNull(member.value)
        }
        result["properties"] = .object(optional)
        return result
    }

    private static func coerced(_ type: JSON) -> JSON {
        var kinds = type.array?.compactMap(\.string) ?? [type.string ?? ""]
        if kinds.contains("string") {
            kinds += ["number", "boolean"]
        } else if kinds.contains("number") || kinds.contains("integer") || kinds.contains("boolean") {
            kinds.append("string")
        }
        return kinds.count == 1 ? .string(kinds[0]) : .array(kinds.map(JSON.string))
    }

    private static func orNull(_ schema: JSON) -> JSON {
        guard var object = schema.object else { return schema }
        if object["$ref"] != nil { return ["oneOf": [schema, ["type": "null"]]] }
        guard let type = object["type"] else { return schema }
        let kinds = type.array ?? [type]
        if !kinds.contains("null") { object["type"] = .array(kinds + ["null"]) }
        if let choices = object["enum"]?.array, !choices.contains(.null) { object["enum"] = .array(choices + [.null]) }
        return .object(object)
    }

    private mutating func copy(of plain: String, for purpose: Purpose) -> String {
        let name = "\(plain).\(purpose.rawValue)"
        if components["schemas"]?[name] == nil, let schema = components["schemas"]?[plain] {
            // A schema may contain itself, so its name must be taken before its inside is looked at.
            set(schema, name, in: "schemas")
            set(copied(schema, for: purpose), name, in: "schemas")
        }
        return name
    }

    private mutating func set(_ json: JSON, _ name: String, in section: String) {
        var entries = components[section]?.object ?? [:]
        entries[name] = json
        components[section] = .object(entries)
    }

    private static func name(of reference: JSON?, in section: String) -> String? {
        let prefix = "#/components/\(section)/"
        guard let text = reference?.string, text.hasPrefix(prefix) else { return nil }
        return String(text.dropFirst(prefix.count))
    }
}
