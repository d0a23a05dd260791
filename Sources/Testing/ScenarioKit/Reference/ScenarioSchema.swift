package import JSON
import StrictYAML

/// The JSON Schema of scenario files, for completion and checking in editors. Written from the same shapes that files are read by.
package enum ScenarioSchema {
    package static let json: JSON = {
        var writer = SchemaWriter()
        let file = writer.schema(of: .record(ScenarioShape.file))
        var schema: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A Tandem scenario",
        ]
        for member in file.object?.members ?? [] { schema.append(member.name, member.value) }
        schema.append("$defs", .object(JSONObject(writer.definitions.sorted { $0.name < $1.name })))
        return .object(schema)
    }()

    /// The schemas of one step and of one fault, and those that they refer to, for a document that keeps its schemas elsewhere.
    ///
    /// - Parameter folder: What stands before a definition's name in a reference, such as `#/components/schemas/`.
    package static func pieces(in folder: String) -> (step: JSON, fault: JSON, definitions: [(name: String, schema: JSON)]) {
        var writer = SchemaWriter(folder: folder)
        let step = writer.schema(of: ScenarioShape.step)
        let fault = writer.schema(of: .record(FaultShapes.fault))
        return (step, fault, writer.definitions.sorted { $0.name < $1.name }.map { ($0.name, $0.value) })
    }

    /// As it stands in `Scenarios/scenario.schema.json`.
    package static var text: String { json.pretty + "\n" }
}

/// Writes shapes as schemas. Records become definitions, so that an order line is described once.
private struct SchemaWriter {
    var folder = "#/$defs/"
    var definitions: [JSONObject.Member] = []

    mutating func schema(of shape: Shape) -> JSON {
        switch shape {
        case .text:
            // Reading keeps what stands there, so a post code may look like a number.
            ["type": ["string", "number", "boolean"]]
        case .name(let kind), .newName(let kind): kind.isWhole ? ["type": "integer"] : schema(of: .text)
        case .whole(let range): ["type": "integer", "minimum": JSON(range.lowerBound), "maximum": JSON(range.upperBound)]
        case .decimal: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .duration: ["type": "string", "pattern": #"^(?=\d)(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$"#]
        case .offset: ["type": "string", "pattern": #"^-?(?=\d)(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$"#]
        case .moment: ["type": "string", "pattern": #"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$"#]
        case .date: ["type": "string", "pattern": #"^\d{4}-\d\d-\d\d$"#]
        case .choice(let choices): ["enum": .array(choices.flatMap(Self.spellings))]
        case .custom(let scalar): scalar.schema
        case .confidential(let inner, _): schema(of: inner)
        case .list(let element): ["type": "array", "items": schema(of: element)]
        case .record(let record): reference(to: record)
        case .table(let key, let value): table(key, value)
        case .either(let shapes): ["anyOf": .array(shapes.map { schema(of: $0) })]
        case .anything: true
        case .nothing: ["anyOf": [["type": "null"], ["type": "object", "maxProperties": 0]]]
        }
    }

    /// A choice as text, and as what YAML makes of the text.
    private static func spellings(_ choice: String) -> [JSON] {
        if let flag = ScalarReading.flag(choice) { return [.string(choice), .bool(flag)] }
        if let whole = ScalarReading.whole(choice) { return [.string(choice), JSON(whole)] }
        return [.string(choice)]
    }

    private mutating func table(_ key: Shape, _ value: Shape) -> JSON {
        var object: JSONObject = ["type": "object", "additionalProperties": schema(of: value)]
        if case .whole = key { object.append("propertyNames", ["pattern": "^[0-9]+$"]) }
        if case .custom = key { object.append("propertyNames", schema(of: key)) }
        return .object(object)
    }

    private mutating func reference(to record: Record) -> JSON {
        let name = record.title.filter { $0.isLetter || $0 == " " }.split(separator: " ").joined(separator: "-")
        let described = describe(record)
        if let known = definitions.first(where: { $0.name == name }) {
            // Two records of one title that differ in a key are written out where they stand.
            return known.value == described ? ["$ref": .string(folder + name)] : described
        }
        definitions.append(JSONObject.Member(name: name, value: described))
        return ["$ref": .string(folder + name)]
    }

    private mutating func describe(_ record: Record) -> JSON {
        var properties = JSONObject()
        for field in record.fields {
            var schema = schema(of: field.shape).object ?? JSONObject()
            schema["description"] = .string(field.doc)
            properties.append(field.name, .object(schema))
        }
        var object: JSONObject = ["type": "object", "properties": .object(properties), "additionalProperties": false]
        let required = record.fields.filter(\.isRequired)
        if !required.isEmpty { object.append("required", .array(required.map { .string($0.name) })) }
        if !record.exactlyOneOf.isEmpty {
            object.append(
                "allOf",
                .array(
                    record.exactlyOneOf.map { names in
                        ["oneOf": .array(names.map { ["required": [.string($0)]] })]
                    }))
        }
        for rule in record.rules {
            switch rule.relation {
            case .requires(let other): object.append("dependentRequired", [rule.key: [.string(other)]])
            case .excludes(let others):
                object.append(
                    "not",
                    ["required": [.string(rule.key)], "anyOf": .array(others.map { ["required": [.string($0)]] })])
            }
        }
        return .object(object)
    }
}
