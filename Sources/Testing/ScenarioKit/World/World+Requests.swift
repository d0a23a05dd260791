import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import RackbeatFake
import Simulation
import StrictYAML
import Units

/// Requests of another program: past the engine, the network and its faults, and held against the contract like any other.
extension World {
    func request(_ value: Value, to system: System) throws {
        let wanted = value.required("send").exchange
        var target = basePaths[system] + "/" + wanted.segments.joined(separator: "/")
        var query = Query()
        for (name, text) in value["query"]?.table ?? [] { query.append(name.text, text.text) }
        if !query.isEmpty { target += "?" + query.text }
        var headers: HTTPFields = [
            .accept: "application/json", .authorization: authorization(at: system),
            .userAgent: "Another program (it@shop.example)",
            HTTPField.Name("Consumer-Name")!: "Another program", HTTPField.Name("Consumer-Contact")!: "it@shop.example",
        ]
        let body = value["body"].map(\.tree.serialized) ?? []
        if !body.isEmpty { headers[.contentType] = "application/json" }
        let request = Request(wanted.method!, target, headers: headers, body: body)
        let response = system == .rackbeat ? erpActor.fake.respond(to: request) : warehouseActor.fake.respond(to: request)
        network.trail.add(
            "\(system) \(request.method) \(target): \(response.status) \(String(decoding: response.body, as: UTF8.self))",
            at: clock.now())
        let violates = value["violates"]?.text
        let wasViolated = checkContract(
            Exchanged(
                number: network.journal.count, system: system, connection: "", request: request, outcome: .response(response),
                served: response, startedAt: clock.now(), endedAt: clock.now()), except: violates)
        if let violates, !wasViolated {
            throw ActionError("the contract of \(system.title) allows it, or says nothing of '\(violates)'.")
        }
        try check(response, against: value, to: "\(system.title) \(request.method) /\(wanted.segments.joined(separator: "/"))")
    }

    private func authorization(at system: System) -> String {
        let credentials = runOptions.credentials
        return switch system {
        case .rackbeat: "Bearer \(credentials.token)"
        case .ongoing: "Basic " + Base64.encode("\(credentials.user):\(credentials.password)")
        }
    }

    private func check(_ response: Response, against value: Value, to request: String) throws {
        let shown = String(decoding: response.body.prefix(300), as: UTF8.self)
        let status = value.required("status").int
        guard response.status == status else {
            throw ActionError("\(request) got status \(response.status) and not \(status): \(shown)")
        }
        guard let shows = value["shows"] else { return }
        let body = try? JSON.parse(response.body)
        for (path, wanted) in shows.table {
            let found = body.flatMap { $0.value(at: path.text) }
            guard !Self.isSame(wanted.tree, found) else { continue }
            let words = found.map(\.text) ?? "nothing"
            throw ActionError("\(request) showed \(words) under \(path.text) and not \(wanted.tree.text): \(shown)")
        }
    }

    private static func isSame(_ wanted: JSON, _ found: JSON?) -> Bool {
        switch (wanted, found) {
        case (.null, nil), (.null, .null?): true
        case (.number(let wanted), .number(let found)?): ExactDecimal(wanted.text) == ExactDecimal(found.text)
        default: wanted == found
        }
    }
}

extension JSON {
    /// The value under names and, in lists, places from 0, with full stops between.
    fileprivate func value(at path: String) -> JSON? {
        path.split(separator: ".").reduce(Optional(self)) { value, name in
            if let rows = value?.array { return Int(name).flatMap { rows.indices.contains($0) ? rows[$0] : nil } }
            return value?[String(name)]
        }
    }
}
