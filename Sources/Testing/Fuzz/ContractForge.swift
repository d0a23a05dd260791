import Contract
import Exchange
import HTTPTypes
import JSON
import Simulation

/// A request in parts, so that each can be mutated by itself.
struct ForgedRequest {
    var method: HTTPRequest.Method
    /// Behind the base path, percent-encoded.
    var segments: [String]
    var query: [(name: String, value: String)]
    var headers: HTTPFields
    var body: JSON?

    func request(basePath: String) -> Request {
        var target = basePath + "/" + segments.joined(separator: "/")
        if !query.isEmpty {
            target +=
                "?"
                + query.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }.joined(separator: "&")
        }
        return Request(method, target, headers: headers, body: body?.serialized ?? [])
    }
}

/// Makes requests that a contract allows, from its parameters, schemas and formats.
struct ContractForge {
    let document: ContractDocument
    private let components: JSON

    private static let words = ["A", "Bænk nr. 7", "x", "12", "Ring på døren", "2026", "a/b", "50 %", "ÅÄÖ", "日本", "0"]
    private static let amounts = ["1", "2", "0.5", "10", "3.25", "0", "7.123456", "999"]
    private static let days = ["2026-03-01", "2026-03-02", "2026-02-28", "2026-01-31"]

    init(_ system: System) {
        document = .standard(for: system)
        components = document.json["components"] ?? nil
    }

    /// A request of the operation.
    ///
    /// - Parameter optional: of how many optional members and parameters one is sent; 1 sends them all.
    func request(
        for operation: ContractDocument.Operation, headers: HTTPFields, pool: ValuePool, optional: Int64,
        using random: inout SeededRandom
    ) -> ForgedRequest {
        let json = document.json["paths"]?[operation.path]?[operation.method.lowercased()] ?? nil
        var forged = ForgedRequest(
            method: HTTPRequest.Method(rawValue: operation.method)!, segments: [], query: [], headers: headers, body: nil)
        let parameters = (json["parameters"]?.array ?? []).map(resolved)
        for segment in operation.path.split(separator: "/").map(String.init) {
            guard segment.hasPrefix("{") else {
                forged.segments.append(segment)
                continue
            }
            let name = String(segment.dropFirst().dropLast())
            let schema = parameters.first { $0["name"]?.string == name }?["schema"] ?? nil
            let before = forged.segments.last { Int($0) == nil }
            forged.segments.append(PercentEncoding.encode(text(schema, name, after: before, pool, &random)))
        }
        for parameter in parameters where parameter["in"]?.string == "query" {
            guard parameter["required"]?.bool == true || random.once(in: optional) else { continue }
            add(parameter, to: &forged.query, pool, optional, &random)
        }
        if let body = json["requestBody"] {
            let schema = body["content"]?["application/json"]?["schema"] ?? nil
            guard body["required"]?.bool == true || random.once(in: 2) else { return forged }
            forged.headers[.contentType] = "application/json"
            forged.body = value(schema, "", pool, optional, 0, &random)
        }
        return forged
    }

    private func resolved(_ json: JSON) -> JSON {
        guard let reference = json["$ref"]?.string else { return json }
        let parts = reference.split(separator: "/").suffix(2).map(String.init)
        return components[parts[0]]?[parts[1]] ?? nil
    }

    // MARK: Parameters

    private func add(
        _ parameter: JSON, to query: inout [(name: String, value: String)], _ pool: ValuePool, _ optional: Int64,
        _ random: inout SeededRandom
    ) {
        let name = parameter["name"]?.string ?? ""
        let schema = resolved(parameter["schema"] ?? nil)
        switch schema["type"]?.string {
        case "array":
            for _ in 0..<random.draw(1...2) { query.append((name, text(schema["items"] ?? nil, name, pool, &random))) }
        case "object":
            let isDeep = parameter["style"]?.string == "deepObject"
            for member in schema["properties"]?.object ?? [:] where random.once(in: max(optional, 3)) {
                let value = text(member.value, member.name, pool, &random)
                query.append((isDeep ? "\(name)[\(member.name)]" : member.name, value))
            }
        default: query.append((name, text(schema, name, pool, &random)))
        }
    }

    /// A value of a parameter, as text.
    private func text(
        _ schema: JSON, _ name: String, after segment: String? = nil, _ pool: ValuePool, _ random: inout SeededRandom
    ) -> String {
        let schema = resolved(schema)
        let wantsText = schema["type"]?.string != "integer"
        if schema["enum"] == nil, schema["format"] == nil, !random.once(in: 8),
            let known = pool.value(for: name, after: segment, wantsText: wantsText, using: &random)
        {
            return known.string ?? known.number?.text ?? ""
        }
        switch value(schema, name, pool, 1, 0, &random) {
        case .string(let text): return text
        case .number(let number): return number.text
        case .bool(let flag): return String(flag)
        case .null, .array, .object: return "1"
        }
    }

    // MARK: Bodies

    private func value(
        _ schema: JSON, _ name: String, _ pool: ValuePool, _ optional: Int64, _ depth: Int, _ random: inout SeededRandom
    ) -> JSON {
        let schema = resolved(schema)
        if let branches = schema["oneOf"]?.array {
            let filled = branches.filter { $0["type"]?.string != "null" }
            return value(random.pick(random.once(in: 5) ? branches : filled), name, pool, optional, depth, &random)
        }
        if let choices = schema["enum"]?.array { return random.pick(choices) }
        let kinds = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string ?? "string"]
        let filled = kinds.filter { $0 != "null" }
        switch random.once(in: 8) ? random.pick(kinds) : random.pick(filled.isEmpty ? kinds : filled) {
        case "null": return .null
        case "boolean": return .bool(random.once(in: 2))
        case "integer":
            return pool.value(for: name, wantsText: false, using: &random) ?? JSON(Int(random.draw(0...12)))
        case "number": return .number(JSONNumber(random.pick(Self.amounts))!)
        case "array": return array(schema, name, pool, optional, depth, &random)
        case "object": return object(schema, pool, optional, depth, &random)
        default: return .string(string(schema, name, pool, &random))
        }
    }

    private func array(
        _ schema: JSON, _ name: String, _ pool: ValuePool, _ optional: Int64, _ depth: Int, _ random: inout SeededRandom
    ) -> JSON {
        guard depth < 6 else { return [] }
        let count = random.once(in: 10) ? 0 : random.draw(1...3)
        return .array((0..<count).map { _ in value(schema["items"] ?? nil, name, pool, optional, depth + 1, &random) })
    }

    private func object(
        _ schema: JSON, _ pool: ValuePool, _ optional: Int64, _ depth: Int, _ random: inout SeededRandom
    ) -> JSON {
        let required = Set(schema["required"]?.array?.compactMap(\.string) ?? [])
        var object = JSONObject()
        for member in schema["properties"]?.object ?? [:] {
            guard required.contains(member.name) || (depth < 6 && random.once(in: optional)) else { continue }
            object.append(member.name, value(member.value, member.name, pool, optional, depth + 1, &random))
        }
        return .object(object)
    }

    private func string(_ schema: JSON, _ name: String, _ pool: ValuePool, _ random: inout SeededRandom) -> String {
        if let format = schema["format"]?.string {
            let day = random.pick(Self.days)
            if format.hasPrefix("date-or") || format == "date" { return day }
            return format.hasPrefix("sql") ? day + " 10:20:30" : day + "T10:20:30+01:00"
        }
        let least = schema["minLength"]?.int ?? 0
        let most = schema["maxLength"]?.int ?? .max
        if !random.once(in: 4), let known = pool.value(for: name, wantsText: true, using: &random)?.string,
            (least...most).contains(known.utf16.count)
        {
            return known
        }
        let text = random.once(in: 12) && least == 0 ? "" : random.pick(Self.words)
        return text.utf16.count <= most ? text : String(text.prefix(1))
    }
}
