import Exchange
import Foundation
import HTTPTypes
import JSON
import Sockets
import Stage
import Testing

/// Tests with real processes. They run one after another, because each blocks a thread of Swift's pool while it waits for a process,
/// and the tests of other modules need the remaining threads.
@Suite(.serialized) struct EndToEndTests {}

let smallWorld = """
    # Chairs, and a table and a half to be cut.
    world:
      products:
        - { number: CHAIR-01, name: Oak chair, stock: 10 }
        - { number: TABLE-02, name: Oak table, stock: 2.5 }
    steps: []
    """

let fiveChairs: JSON = ["number": 1042, "lines": [["id": 1, "item": "CHAIR-01", "quantity": 5]]]

extension Fakes {
    /// An order from Rackbeat's own API.
    func rackbeatOrder(_ number: Int) throws -> JSON {
        try rackbeat("/orders/\(number)")["order"] ?? .null
    }

    func rackbeat(_ path: String) throws -> JSON {
        try ask(rackbeat + path, authorization: "Bearer \(rackbeatToken)")
    }

    func ongoing(_ path: String) throws -> JSON {
        let basic = Data("\(ongoingUser):\(ongoingPassword)".utf8).base64EncodedString()
        return try ask(ongoing + path, authorization: "Basic \(basic)")
    }

    private func ask(_ url: String, authorization: String) throws -> JSON {
        let origin = url.prefix { $0 != ":" } + "://" + url.dropFirst("http://".count).prefix { $0 != "/" }
        let target = String(url.dropFirst(origin.count))
        var headers: HTTPFields = [.authorization: authorization, .accept: "application/json"]
        headers[.userAgent] = "Stage (stage@example.test)"
        let response = try SocketTransport(to: String(origin)).send(Request(.get, target, headers: headers))
        guard response.isSuccess else {
            throw StageError("GET \(target) returned \(response.status): \(String(decoding: response.body, as: UTF8.self))")
        }
        return try JSON.parse(response.body)
    }

    /// Method and path of every writing request so far.
    func writes() throws -> [String] {
        try exchanges().filter { $0["method"]?.string != "GET" }.map {
            "\($0["system"]?.string ?? "") \($0["method"]?.string ?? "") \($0["target"]?.string ?? "")"
        }
    }

}

extension Operator {
    /// The journal's file and the files of SQLite beside it, except its shared memory, which holds no data of its own.
    func journalBytes() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasPrefix("tandem.db") && !$0.hasSuffix("-shm") }
        let files = try names.map { ($0, try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
        // SQLite creates an empty write-ahead log at the first read.
        return Dictionary(uniqueKeysWithValues: files.filter { !$0.1.isEmpty })
    }

    /// Whether any job has not finished its first run.
    func openJobs() throws -> Bool {
        guard FileManager.default.fileExists(atPath: journal) else { return true }
        // A new journal has no tables yet, and status reports that it cannot be read.
        let status = try run("status", "--json")
        guard status.code != 2 else { return true }
        let jobs = try JSON.parse(status.output)["connections"]?.array?.first?["jobs"]?.array ?? []
        // The comparison of both systems waits for the night.
        return jobs.isEmpty || jobs.contains { $0["endedAt"] == .null && $0["job"] != "reconcile" }
    }
}

extension JSON {
    /// The value at a path of names and indices.
    func at(_ path: any PathPart...) -> JSON? {
        path.reduce(self as JSON?) { value, part in value.flatMap(part.step) }
    }
}

protocol PathPart { func step(into value: JSON) -> JSON? }
extension String: PathPart { func step(into value: JSON) -> JSON? { value[self] } }
extension Int: PathPart {
    func step(into value: JSON) -> JSON? {
        guard let items = value.array, items.indices.contains(self) else { return nil }
        return items[self]
    }
}
