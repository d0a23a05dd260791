import Exchange
import HTTPTypes
import JSON

/// A contract as the observer needs it: paths as a tree, operations and schemas prepared.
final class CompiledContract: Sendable {
    enum Authentication: String, Sendable {
        case bearer
        case basic

        /// As it usually stands before the credentials.
        var scheme: String { self == .bearer ? "Bearer " : "Basic " }

        /// What a request must carry, for messages.
        var words: String { self == .bearer ? "a bearer token" : "a user and a password by the basic scheme" }
    }

    let system: System
    let authentication: Authentication
    /// Headers that every request must carry, with the media type each must name.
    let requiredHeaders: [(name: HTTPField.Name, media: String)]
    /// The query parameter by which a caller requests only some members of a response.
    let memberSelection: String?
    let paths: PathTree
    let operations: [OperationPlan]
    let schemas: SchemaTree

    static let rackbeat = embedded(.rackbeat)
    static let ongoing = embedded(.ongoing)

    static func of(_ system: System) -> CompiledContract {
        switch system {
        case .rackbeat: rackbeat
        case .ongoing: ongoing
        }
    }

    private static func embedded(_ system: System) -> CompiledContract {
        do {
            return try CompiledContract(ContractDocument.standard(for: system))
        } catch {
            preconditionFailure("the contract of \(system) in this build: \(error)")
        }
    }

    init(_ document: ContractDocument) throws(ResourceError) {
        var compiler = try ContractCompiler(document.json)
        system = document.system
        authentication = try compiler.authentication()
        requiredHeaders = try compiler.requiredHeaders()
        memberSelection = try compiler.document.optionalString("x-member-selection")
        var paths = PathTree()
        var operations: [OperationPlan] = []
        for operation in document.operations {
            let plan = try compiler.plan(operation)
            guard paths.add(operation.method, operation.path, plan: operations.count) else {
                throw ResourceError(
                    place: JSONPointer(["paths", operation.path]), problem: "\(operation.label) has a path like another's")
            }
            operations.append(plan)
        }
        self.paths = paths
        self.operations = operations
        schemas = try compiler.schemas.finish()
    }
}

/// Compiles the operations of one document.
private struct ContractCompiler {
    let document: ResourceReader
    var schemas: SchemaCompiler
    private let components: ResourceReader
    /// Most operations share their refusals: each is compiled once.
    private var sharedResponses: [JSON: OperationPlan.ResponseRule] = [:]

    private static let parameterKeywords: Set<String> = [
        "name", "in", "required", "schema", "style", "explode", "x-source", "x-confidence", "x-assumption", "x-note",
        "x-since",
    ]
    private static let operationKeywords: Set<String> = [
        "operationId", "summary", "parameters", "requestBody", "responses", "x-source", "x-confidence", "x-assumption",
        "x-note", "x-since",
    ]
    private static let responseKeywords: Set<String> = [
        "description", "content", "x-body", "x-source", "x-confidence", "x-assumption", "x-note",
    ]

    init(_ json: JSON) throws(ResourceError) {
        document = ResourceReader(json, at: JSONPointer())
        components = try document.member("components")
        let schemas = try components.member("schemas")
        self.schemas = try SchemaCompiler(components: schemas.object(), at: schemas.place)
    }

    func authentication() throws(ResourceError) -> CompiledContract.Authentication {
        let schemes = try components.member("securitySchemes").object()
        guard let name = document.json["security"]?[0]?.object?.names.first, let scheme = schemes[name]?["scheme"]?.string,
            let authentication = CompiledContract.Authentication(rawValue: scheme)
        else {
            throw ResourceError(place: JSONPointer(["security"]), problem: "the bearer or the basic scheme was expected")
        }
        return authentication
    }

    func requiredHeaders() throws(ResourceError) -> [(name: HTTPField.Name, media: String)] {
        guard document.optional("x-required-headers") != nil else { return [] }
        let reader = try document.member("x-required-headers")
        var headers: [(name: HTTPField.Name, media: String)] = []
        for member in try reader.object() {
            guard let name = HTTPField.Name(member.name), let media = member.value.string else {
                throw reader.failure("'\(member.name)' is no header with a media type")
            }
            headers.append((name, media))
        }
        return headers
    }

    mutating func plan(_ operation: ContractDocument.Operation) throws(ResourceError) -> OperationPlan {
        let place = JSONPointer(["paths", operation.path, operation.method.lowercased()])
        guard let json = place.value(in: document.json) else {
            preconditionFailure("\(operation.label) was read from this document and is not in it")
        }
        let reader = ResourceReader(json, at: place)
        try reader.allow(only: Self.operationKeywords)
        var pathRules: [String: ParameterRule] = [:]
        var query = QueryPlan()
        for parameter in try parameters(reader) {
            try parameter.allow(only: Self.parameterKeywords)
            switch try parameter.string("in") {
            case "path":
                let rule = try rule(parameter)
                pathRules[rule.name] = rule
            case "query": try add(parameter, to: &query)
            case let other: throw parameter.failure("a parameter in '\(other)' is not known here")
            }
        }
        query.required = query.parameters.values.filter(\.isRequired).sorted { $0.name < $1.name }
        return OperationPlan(
            label: operation.label, method: operation.method,
            pathParameters: try pathParameters(of: operation, among: pathRules, at: place), query: query,
            body: try body(reader), responses: try responses(reader))
    }

    /// The rules of the parameters in the path, in its order.
    private func pathParameters(
        of operation: ContractDocument.Operation, among rules: [String: ParameterRule], at place: JSONPointer
    ) throws(ResourceError) -> [ParameterRule] {
        var ordered: [ParameterRule] = []
        for segment in operation.path.split(separator: "/") where segment.hasPrefix("{") {
            let name = String(segment.dropFirst().dropLast())
            guard let rule = rules[name] else {
                throw ResourceError(place: place, problem: "the path parameter '\(name)' is not declared")
            }
            ordered.append(rule)
        }
        guard ordered.count == rules.count else {
            throw ResourceError(place: place, problem: "a path parameter is declared that the path does not have")
        }
        return ordered
    }

    private func parameters(_ operation: ResourceReader) throws(ResourceError) -> [ResourceReader] {
        let place = operation.place.appending("parameters")
        var readers: [ResourceReader] = []
        for (index, json) in (operation.json["parameters"]?.array ?? []).enumerated() {
            readers.append(try resolve(json, in: "parameters", at: place.appending(index)))
        }
        return readers
    }

    /// A part of the document, or the component it refers to.
    private func resolve(
        _ json: JSON, in section: String, at place: JSONPointer
    ) throws(ResourceError) -> ResourceReader {
        guard let reference = json["$ref"] else { return ResourceReader(json, at: place) }
        let prefix = "#/components/\(section)/"
        guard let text = reference.string, text.hasPrefix(prefix) else {
            throw ResourceError(place: place.appending("$ref"), problem: "'\(reference.text)' leads to none of the \(section)")
        }
        let name = String(text.dropFirst(prefix.count))
        guard let target = components.json[section]?[name] else {
            throw ResourceError(place: place.appending("$ref"), problem: "'\(text)' leads nowhere")
        }
        return ResourceReader(target, at: components.place.appending(section).appending(name))
    }

    private mutating func rule(_ parameter: ResourceReader) throws(ResourceError) -> ParameterRule {
        let name = try parameter.string("name")
        return try rule(
            name, parameter.required("schema"), isRequired: try parameter.optionalBool("required") ?? false,
            at: parameter.place.appending("schema"))
    }

    private mutating func rule(
        _ name: String, _ schema: JSON, isRequired: Bool, at place: JSONPointer
    ) throws(ResourceError) -> ParameterRule {
        let elements = schema["type"]?.string == "array" ? schema["items"] : nil
        return ParameterRule(
            name: name, isRequired: isRequired, repeats: elements != nil,
            schema: try schemas.compile(elements ?? schema, at: elements == nil ? place : place.appending("items")))
    }

    /// Adds one parameter, every member of a group of parameters, or a family with brackets.
    private mutating func add(_ parameter: ResourceReader, to query: inout QueryPlan) throws(ResourceError) {
        let schema = try parameter.member("schema")
        guard schema.json["type"]?.string == "object" else {
            let rule = try rule(parameter)
            return try insert(rule, into: &query.parameters, at: parameter)
        }
        var members: [String: ParameterRule] = [:]
        for member in schema.json["properties"]?.object ?? [:] {
            let place = schema.place.appending("properties").appending(member.name)
            try insert(try rule(member.name, member.value, isRequired: false, at: place), into: &members, at: parameter)
        }
        switch try parameter.string("style") {
        case "form":
            for member in schema.json["properties"]?.object ?? [:] {
                try insert(members[member.name]!, into: &query.parameters, at: parameter)
            }
        case "deepObject":
            var numbered: ParameterRule?
            if schema.json["propertyNames"] != nil {
                let place = schema.place.appending("additionalProperties")
                numbered = try rule("", try schema.required("additionalProperties"), isRequired: false, at: place)
            }
            query.families[try parameter.string("name")] = QueryPlan.Family(members: members, numbered: numbered)
        case let other: throw parameter.failure("the style '\(other)' is not known here")
        }
    }

    private func insert(
        _ rule: ParameterRule, into rules: inout [String: ParameterRule], at parameter: ResourceReader
    ) throws(ResourceError) {
        guard rules.updateValue(rule, forKey: rule.name) == nil else {
            throw parameter.failure("'\(rule.name)' is declared twice")
        }
    }

    private mutating func body(_ operation: ResourceReader) throws(ResourceError) -> OperationPlan.BodyRule? {
        guard operation.optional("requestBody") != nil else { return nil }
        let body = try operation.member("requestBody")
        let media = try body.member("content").member("application/json")
        return OperationPlan.BodyRule(
            isRequired: try body.optionalBool("required") ?? false,
            schema: try schemas.compile(try media.required("schema"), at: media.place.appending("schema")))
    }

    private mutating func responses(_ operation: ResourceReader) throws(ResourceError) -> [Int: OperationPlan.ResponseRule] {
        let all = try operation.member("responses")
        var rules: [Int: OperationPlan.ResponseRule] = [:]
        for member in try all.object() {
            guard let status = Int(member.name) else { throw all.failure("'\(member.name)' is no status") }
            rules[status] = try response(member.value, at: all.place.appending(member.name))
        }
        return rules
    }

    private mutating func response(
        _ json: JSON, at place: JSONPointer
    ) throws(ResourceError) -> OperationPlan.ResponseRule {
        if let reference = json["$ref"], let known = sharedResponses[reference] { return known }
        let response = try resolve(json, in: "responses", at: place)
        try response.allow(only: Self.responseKeywords)
        var content: [(media: String, schema: Int)] = []
        for entry in response.json["content"]?.object ?? [:] {
            var schema = SchemaNode.none
            if let json = entry.value["schema"] {
                let place = response.place.appending("content").appending(entry.name).appending("schema")
                schema = try schemas.compile(json, at: place)
            }
            content.append((entry.name, schema))
        }
        let rule = OperationPlan.ResponseRule(
            mayBeEmpty: try response.optionalString("x-body") == "optional", content: content)
        if let reference = json["$ref"] { sharedResponses[reference] = rule }
        return rule
    }
}
