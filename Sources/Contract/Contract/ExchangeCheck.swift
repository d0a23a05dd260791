import Exchange
import HTTPTypes
import JSON
import Units

/// The check of one exchange.
struct ExchangeCheck {
    let contract: CompiledContract
    let request: Request
    let secrets: Secrets
    private let basePath: String
    private let target: RequestTarget
    private(set) var violations: [Violation] = []

    init(contract: CompiledContract, request: Request, basePath: String) {
        self.contract = contract
        self.request = request
        secrets = Secrets(of: request)
        self.basePath = basePath
        target = RequestTarget(request.target, basePath: basePath)
    }

    // MARK: The request

    /// - Returns: The requested operation; `nil` when the contract does not have it.
    mutating func checkRequest(body: JSON?) -> OperationPlan? {
        guard let (operation, values) = findOperation() else { return nil }
        checkAuthentication(operation.label)
        checkHeaders(operation.label)
        for (rule, value) in zip(operation.pathParameters, values) {
            let text = PercentEncoding.decode(value)
            if !accepts(text, rule) {
                add(.request, operation.label, .pathParameter(rule.name), .wrong, quoted(text), words(rule))
            }
        }
        checkQuery(operation)
        checkBody(operation, parsed: body)
        return operation
    }

    private mutating func findOperation() -> (OperationPlan, [String])? {
        guard let segments = target.segments else {
            add(.request, requestLine, .path, .wrong, quoted(target.path), "a path that begins with '\(basePath)/'")
            checkAuthentication(requestLine)
            return nil
        }
        guard let (operations, values) = contract.paths.find(segments) else {
            let known = contract.operations.map { String($0.label.drop { $0 != "/" }) }
            let hint = Spelling.hint(for: "/" + segments.joined(separator: "/"), among: known)
            add(.request, requestLine, .path, .unknown, quoted(target.path), "no such path" + hint)
            checkAuthentication(requestLine)
            return nil
        }
        let method = request.method.rawValue
        guard let match = operations.first(where: { $0.method == method }) else {
            let methods = operations.map(\.method).joined(separator: " or ")
            add(.request, requestLine, .method, .wrong, method, methods)
            checkAuthentication(requestLine)
            return nil
        }
        return (contract.operations[match.plan], values)
    }

    /// Method and path as they were sent, where the contract has no such operation.
    private var requestLine: String { "\(request.method.rawValue) \(secrets.show(target.path))" }

    private mutating func checkAuthentication(_ operation: String) {
        let header = request.headers[.authorization]
        let scheme = contract.authentication.scheme
        if let header, header.utf8.starts(with: scheme.utf8), header.utf8.count > scheme.utf8.count { return }
        let part = Violation.Part.header("Authorization")
        let words = contract.authentication.words
        guard let header else { return add(.request, operation, part, .missing, "nothing", words) }
        let sent = header.prefix { $0 != " " }
        if "\(sent.lowercased()) " != scheme.lowercased() {
            add(.request, operation, part, .wrong, "another scheme", words)
        } else if header.dropFirst(sent.count).allSatisfy({ $0 == " " }) {
            add(.request, operation, part, .wrong, "the scheme and nothing behind it", words)
        }
    }

    private mutating func checkHeaders(_ operation: String) {
        for (name, media) in contract.requiredHeaders {
            guard let value = request.headers[name] else {
                add(.request, operation, .header(name.rawName), .missing, "nothing", media)
                continue
            }
            if value != media, !value.lowercased().contains(media), !value.contains("*/*") {
                add(.request, operation, .header(name.rawName), .wrong, quoted(value), media)
            }
        }
    }

    private mutating func checkQuery(_ operation: OperationPlan) {
        for (index, parameter) in target.parameters.enumerated() {
            let name = parameter.name
            guard let rule = rule(named: name, in: operation.query) else {
                let words = unknownWords(name, operation.query)
                add(.request, operation.label, .query(secrets.show(name)), .unknown, "it", words)
                continue
            }
            if !rule.repeats, target.parameters[..<index].contains(where: { $0.name == name }) {
                add(.request, operation.label, .query(name), .wrong, "it more than once", "once")
            }
            if !accepts(parameter.value, rule) {
                add(.request, operation.label, .query(name), .wrong, quoted(parameter.value), words(rule))
            }
        }
        for rule in operation.query.required where !target.has(rule.name) {
            add(.request, operation.label, .query(rule.name), .missing, "nothing", words(rule))
        }
    }

    /// The rule for a name such as `page` or `simple_filter[number]`.
    private func rule(named name: String, in plan: QueryPlan) -> ParameterRule? {
        if let rule = plan.parameters[name] { return rule }
        guard !plan.families.isEmpty, name.hasSuffix("]"), let bracket = name.firstIndex(of: "["),
            let family = plan.families[String(name[..<bracket])]
        else { return nil }
        let member = name[name.index(after: bracket)...].dropLast()
        if let rule = family.members[String(member)] { return rule }
        guard let rule = family.numbered, !member.isEmpty, member.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        return rule
    }

    private func unknownWords(_ name: String, _ plan: QueryPlan) -> String {
        if let family = plan.families[String(name.prefix { $0 != "[" })] {
            return "no such parameter; in the brackets may stand \(family.words)"
        }
        return "no such parameter" + Spelling.hint(for: name, among: plan.parameters.keys.sorted())
    }

    private mutating func checkBody(_ operation: OperationPlan, parsed: JSON?) {
        guard let rule = operation.body else {
            guard !request.body.isEmpty else { return }
            return add(
                .request, operation.label, .body, .unknown, "a body of \(request.body.count) bytes", "no body here")
        }
        guard !request.body.isEmpty else {
            if rule.isRequired { add(.request, operation.label, .body, .missing, "nothing", "a body in JSON") }
            return
        }
        if !isMedia("application/json", request.headers[.contentType]) {
            addMedia(.request, operation.label, request.headers[.contentType], expected: "application/json")
        }
        check(.request, operation.label, request.body, parsed: parsed, against: rule.schema, requiresMembers: true)
    }

    // MARK: The response

    mutating func check(_ response: Response, to operation: OperationPlan, body: JSON?) {
        guard let rule = operation.responses[response.status] else {
            let statuses = operation.responses.keys.sorted().map(String.init)
            let words = statuses.dropLast().joined(separator: ", ") + " or " + (statuses.last ?? "none")
            return add(.response, operation.label, .status, .wrong, "\(response.status)", words)
        }
        guard !response.body.isEmpty else {
            guard !rule.content.isEmpty, !rule.mayBeEmpty else { return }
            return add(
                .response, operation.label, .body, .missing, "nothing", "a body with the status \(response.status)")
        }
        guard !rule.content.isEmpty else {
            return add(
                .response, operation.label, .body, .unknown, "a body of \(response.body.count) bytes",
                "no body with the status \(response.status)")
        }
        let sent = response.headers[.contentType]
        guard let content = rule.content.first(where: { isMedia($0.media, sent) }) else {
            let words = rule.content.map(\.media).joined(separator: " or ")
            return addMedia(.response, operation.label, sent, expected: words)
        }
        guard content.media == "application/json" else { return }
        let selectsMembers = contract.memberSelection.map { target.has($0) } ?? false
        check(
            .response, operation.label, response.body, parsed: body, against: content.schema,
            requiresMembers: !selectsMembers)
    }

    // MARK: Both

    private mutating func check(
        _ side: Violation.Side, _ operation: String, _ bytes: [UInt8], parsed: JSON?, against schema: Int,
        requiresMembers: Bool
    ) {
        let json: JSON
        do throws(JSONError) {
            if let parsed { json = parsed } else { json = try JSON.parse(bytes) }
        } catch {
            // Only the place is reported: the text of the body may hold anything.
            let found = "a text that is no JSON from line \(error.line), column \(error.column)"
            return add(side, operation, .body, .wrong, found, "a body in JSON")
        }
        guard schema >= 0 else { return }
        var walk = SchemaWalk(
            tree: contract.schemas, root: json, requiresMembers: requiresMembers, secrets: secrets)
        walk.check(against: schema)
        for finding in walk.findings {
            add(side, operation, .body, finding.kind, finding.found, finding.expected, at: finding.pointer)
        }
    }

    /// Whether a `Content-Type` names that media type, whatever its parameters.
    private func isMedia(_ media: String, _ contentType: String?) -> Bool {
        guard let contentType else { return false }
        if contentType == media { return true }
        return contentType.prefix { $0 != ";" }.trimmed.lowercased() == media
    }

    private mutating func addMedia(
        _ side: Violation.Side, _ operation: String, _ contentType: String?, expected: String
    ) {
        let found = contentType.map { quoted($0) } ?? "nothing"
        add(side, operation, .header("Content-Type"), contentType == nil ? .missing : .wrong, found, expected)
    }

    private func accepts(_ text: String, _ rule: ParameterRule) -> Bool {
        let node = contract.schemas.nodes[rule.schema]
        if node.kinds.contains(.string) {
            return node.text < 0 || contract.schemas.texts[node.text].accepts(text)
        }
        if node.kinds.contains(.integer) { return !text.isEmpty && text.utf8.count < 20 && Int(text) != nil }
        if node.kinds.contains(.number) { return JSONNumber(text) != nil }
        if node.kinds.contains(.boolean) { return text == "true" || text == "false" }
        return true
    }

    private func words(_ rule: ParameterRule) -> String { contract.schemas.words(for: rule.schema) }

    private func quoted(_ text: some StringProtocol) -> String { "'\(secrets.show(text))'" }

    private mutating func add(
        _ side: Violation.Side, _ operation: String, _ part: Violation.Part, _ kind: Violation.Kind, _ found: String,
        _ expected: String, at pointer: JSONPointer = JSONPointer()
    ) {
        violations.append(
            Violation(
                system: contract.system, side: side, operation: operation, part: part, pointer: pointer, kind: kind,
                found: found, expected: expected))
    }
}
