package import Exchange
import JSON

extension GeneratedMutant {
    /// Puts one or more generated mutants between the engine and the network at once.
    ///
    /// - Parameter operation: Names the operation of a request; `nil` where the contract has none.
    package static func mutants(
        _ mutants: [GeneratedMutant], operation: @escaping @Sendable (Request, System) -> String?
    ) -> [Mutant] {
        System.allCases.compactMap { system in
            let own = mutants.filter { $0.member.system == system }
            guard !own.isEmpty else { return nil }
            return Mutant(
                name: own.map(\.id).joined(separator: ", "), description: "Generated from the traffic.", caughtBy: "",
                act: .wire(system) {
                    let editor = MemberEditor(own)
                    return { request, wire in
                        guard let operation = operation(request, system), let edits = editor.edits[operation] else {
                            return try wire.send(request)
                        }
                        let response = try wire.send(edits.edited(request, operation: operation, wire))
                        return edits.edited(response)
                    }
                })
        }
    }
}

/// The edits of each operation.
private final class MemberEditor {
    let edits: [String: OperationEdits]

    init(_ mutants: [GeneratedMutant]) {
        edits = Dictionary(grouping: mutants) { $0.member.operation }.mapValues { OperationEdits($0.map { MemberEdit($0) }) }
    }
}

private final class OperationEdits {
    private let edits: [ExchangeMember.Part: [MemberEdit]]
    private let bodies: BodyEdits?
    private let responses: BodyEdits?

    init(_ edits: [MemberEdit]) {
        self.edits = Dictionary(grouping: edits) { $0.mutant.member.part }
        bodies = self.edits[.body].map { BodyEdits($0) }
        responses = self.edits[.response].map { BodyEdits($0) }
    }

    func edited(_ request: Request, operation: String, _ wire: Wire) -> Request {
        var request = request
        for edit in edits[.path] ?? [] { editPath(of: &request, edit, operation, wire) }
        for edit in edits[.query] ?? [] { editQuery(of: &request, edit) }
        if !request.body.isEmpty, let edited = bodies?.edit(request.body) { request.body = edited }
        return request
    }

    func edited(_ response: Response) -> Response {
        guard response.isSuccess, let edited = responses?.edit(response.body) else { return response }
        var response = response
        response.body = edited
        return response
    }

    private func editPath(of request: inout Request, _ edit: MemberEdit, _ operation: String, _ wire: Wire) {
        let template = operation.split(separator: " ").last?.split(separator: "/") ?? []
        guard let place = template.firstIndex(of: "{\(edit.mutant.member.name)}") else { return }
        var segments = wire.segments(of: request)
        guard segments.indices.contains(place) else { return }
        guard let new = edit.replacements(of: [.string(segments[place])]).first?.string, new != segments[place] else { return }
        segments[place] = new
        request.target =
            wire.facts.basePath + "/" + segments.map { PercentEncoding.encode($0) }.joined(separator: "/")
            + (request.queryText.map { "?\($0)" } ?? "")
    }

    private func editQuery(of request: inout Request, _ edit: MemberEdit) {
        let query = Query(parsing: request.queryText ?? "")
        let name = edit.mutant.member.name
        let values = query.all(name).map { JSON.string($0) }
        guard !values.isEmpty else { return }
        let new = edit.replacements(of: values)
        guard new != values else { return }
        var edited = Query()
        var index = 0
        for parameter in query.parameters {
            guard parameter.name == name else {
                edited.append(parameter.name, parameter.value)
                continue
            }
            if new.indices.contains(index), let value = new[index].string { edited.append(name, value) }
            index += 1
        }
        request = request.editingQuery { _ in edited }
    }
}
