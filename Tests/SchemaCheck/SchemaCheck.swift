import Foundation
package import JSON

/// Checks values against a JSON Schema (2020-12), as far as the schemas of this repository go. What it does not know it reports, so
/// that no rule is passed over.
package struct SchemaCheck {
    private let root: JSON

    package init(_ schema: JSON) { root = schema }

    /// What is wrong, each with the place in the value; empty when the value is valid.
    package func problems(of value: JSON) -> [String] { problems(value, root, "") }

    private static let annotations: Set = ["$schema", "$defs", "title", "description"]

    private func problems(_ value: JSON, _ schema: JSON, _ place: String) -> [String] {
        if case .bool(let allows) = schema { return allows ? [] : ["\(place): nothing may stand here"] }
        guard let rules = schema.object else { return ["\(place): the schema is no object"] }
        return rules.flatMap { rule -> [String] in
            switch rule.name {
            case let name where Self.annotations.contains(name): []
            // Read with the rule that they belong to.
            case "then", "additionalProperties": []
            case "properties": properties(value, rules, place)
            case "if": condition(value, rules, place)
            default: problems(value, rule.name, rule.value, place)
            }
        } + (rules["properties"] == nil && rules["additionalProperties"] != nil ? properties(value, rules, place) : [])
    }

    private func problems(_ value: JSON, _ rule: String, _ says: JSON, _ place: String) -> [String] {
        func unless(_ holds: Bool) -> [String] {
            holds ? [] : ["\(place): \(rule) \(says.text.prefix(160)), not \(value.text.prefix(80))"]
        }
        func each(_ alternatives: JSON) -> [[String]] { (alternatives.array ?? []).map { problems(value, $0, place) } }
        switch rule {
        case "$ref": return problems(value, referred(says), place)
        case "type": return unless((says.array ?? [says]).contains { isOf($0.string ?? "", value) })
        case "const": return unless(says == value)
        case "enum": return unless(says.array?.contains(value) == true)
        case "allOf": return each(says).flatMap(\.self)
        case "anyOf":
            let all = each(says)
            return all.contains { $0.isEmpty } ? [] : unless(false) + (all.min { $0.count < $1.count } ?? [])
        case "oneOf":
            let all = each(says)
            let valid = all.count { $0.isEmpty }
            if valid > 1 { return ["\(place): valid by \(valid) alternatives of oneOf"] }
            return valid == 1 ? [] : unless(false) + (all.min { $0.count < $1.count } ?? [])
        case "not": return unless(!problems(value, says, place).isEmpty)
        case "required":
            guard let object = value.object else { return [] }
            return (says.array ?? []).compactMap(\.string).filter { object[$0] == nil }.map { "\(place): '\($0)' is missing" }
        case "dependentRequired":
            guard let object = value.object else { return [] }
            return (says.object?.members ?? []).filter { object[$0.name] != nil }.flatMap { member in
                (member.value.array ?? []).compactMap(\.string).filter { object[$0] == nil }
                    .map { "\(place): '\(member.name)' needs '\($0)'" }
            }
        case "propertyNames":
            return (value.object?.names ?? []).flatMap { problems(.string($0), says, "\(place)/\($0)") }
        case "maxProperties": return unless((value.object?.count ?? 0) <= says.int ?? 0)
        case "items":
            return (value.array ?? []).enumerated().flatMap { problems($0.element, says, "\(place)/\($0.offset)") }
        case "minItems": return unless((value.array?.count ?? .max) >= says.int ?? 0)
        case "minLength": return unless((value.string?.count ?? .max) >= says.int ?? 0)
        case "minimum": return unless(number(value).map { $0 >= number(says)! } ?? true)
        case "maximum": return unless(number(value).map { $0 <= number(says)! } ?? true)
        case "pattern":
            guard let text = value.string, let pattern = says.string else { return [] }
            guard let expression = try? NSRegularExpression(pattern: pattern) else { return ["\(pattern) is no pattern"] }
            return unless(expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil)
        default: return ["\(place): this check does not know '\(rule)'"]
        }
    }

    private func properties(_ value: JSON, _ rules: JSONObject, _ place: String) -> [String] {
        guard let object = value.object else { return [] }
        let known = rules["properties"]?.object ?? JSONObject()
        return object.flatMap { member -> [String] in
            let inner = "\(place)/\(member.name)"
            if let schema = known[member.name] { return problems(member.value, schema, inner) }
            guard let further = rules["additionalProperties"] else { return [] }
            return further == .bool(false) ? ["\(inner): there is no such key"] : problems(member.value, further, inner)
        }
    }

    private func condition(_ value: JSON, _ rules: JSONObject, _ place: String) -> [String] {
        guard let test = rules["if"], let then = rules["then"] else { return [] }
        return problems(value, test, place).isEmpty ? problems(value, then, place) : []
    }

    private func referred(_ reference: JSON) -> JSON {
        let path = (reference.string ?? "").split(separator: "/").dropFirst()
        return path.reduce(root) { $0[String($1)] ?? .bool(false) }
    }

    private func number(_ value: JSON) -> Decimal? {
        guard case .number(let number) = value else { return nil }
        return Decimal(string: number.text)
    }

    private func isOf(_ type: String, _ value: JSON) -> Bool {
        switch value {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .number(let number): type == "number" || type == "integer" && !number.text.contains { ".eE".contains($0) }
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
