import Exchange
import Foundation
import HTTPTypes
package import JSON
import Sockets

/// A running `tandem serve`: both fakes and the control API, at the addresses that it printed.
package final class Fakes {
    package let process: TandemProcess
    package let rackbeat: String
    package let ongoing: String
    package let rackbeatToken: String
    package let ongoingUser: String
    package let ongoingPassword: String
    package let goodsOwner: Int
    /// Where the control API is, and the live page.
    package let control: String
    private let transport: SocketTransport
    private let office: SocketTransport
    private let officePath: String

    /// - Parameters:
    ///   - world: A scenario file's text; `nil`: the demo world.
    ///   - arguments: More options of `tandem serve`.
    package init(world: String?, in folder: String, arguments: [String] = []) throws {
        var file: [String] = []
        if let world {
            let path = "\(folder)/world.yaml"
            try world.write(toFile: path, atomically: true, encoding: .utf8)
            file = [path]
        }
        process = try TandemProcess(["serve"] + file + arguments, in: folder)
        let process = process
        guard TandemProcess.eventually(within: 30, { process.output.contains("\n") || !process.isRunning }),
            let line = process.output.split(separator: "\n").first
        else { throw StageError("tandem serve printed nothing to stdout, and to stderr: \(process.errorOutput)") }
        let ready = try JSON.parse(String(line))
        func text(_ name: String) throws -> String {
            guard let text = ready[name]?.string else { throw StageError("tandem serve printed no '\(name)': \(line)") }
            return text
        }
        rackbeat = try text("rackbeat")
        ongoing = try text("ongoing")
        rackbeatToken = try text("rackbeatToken")
        ongoingUser = try text("ongoingUser")
        ongoingPassword = try text("ongoingPassword")
        guard let owner = ready["goodsOwnerId"]?.int else { throw StageError("tandem serve printed no goods owner: \(line)") }
        goodsOwner = owner
        control = try text("control")
        transport = SocketTransport(to: control)
        guard let base = URL(string: rackbeat), let host = base.host(), let port = base.port else {
            throw StageError("tandem serve printed no address of Rackbeat: \(line)")
        }
        office = SocketTransport(to: "http://\(host):\(port)")
        officePath = base.path()
    }

    // MARK: The control API

    package func get(_ path: String) throws -> JSON { try ask(.get, path, nil) }

    @discardableResult package func post(_ path: String, _ body: JSON) throws -> JSON { try ask(.post, path, body) }

    package func delete(_ path: String) throws { _ = try ask(.delete, path, nil) }

    /// Takes one step, written as in scenario files.
    ///
    /// - Returns: Whether it could be taken. An order that the warehouse does not have yet cannot be picked.
    package func take(_ name: String, _ value: JSON) throws -> Bool {
        let response = try send(.post, "/steps", .object(JSONObject([JSONObject.Member(name: name, value: value)])))
        guard response.isSuccess || response.status == 409 else { throw failure(.post, "/steps", response) }
        return response.isSuccess
    }

    /// Takes a step without an argument.
    package func take(_ name: String) throws -> Bool {
        let response = try send(.post, "/steps", .string(name))
        guard response.isSuccess || response.status == 409 else { throw failure(.post, "/steps", response) }
        return response.isSuccess
    }

    /// Every exchange that is kept, oldest first.
    package func exchanges() throws -> [JSON] {
        var all: [JSON] = []
        while true {
            let page = try get("/exchanges?limit=1000&since=\(all.last?["number"]?.int ?? 0)")["exchanges"]?.array ?? []
            if page.isEmpty { return all }
            all += page
        }
    }

    /// Checks the invariants, now that the engine has run.
    ///
    /// - Returns: `nil` when all hold, otherwise the violated ones, as the control API returns them.
    package func violatedInvariants() throws -> String? {
        let check = try get("/check?settled=true")
        if check["verdict"]?.string == "holds" { return nil }
        let broken = (check["invariants"]?.array ?? []).filter { !["holds", "not-judged"].contains($0["verdict"]?.string) }
        return JSON.array(broken).pretty
    }

    /// Deletes a document of Rackbeat, as somebody in the office would.
    ///
    /// - Parameter path: Behind the base path, such as `/orders/1001/shipments/700`.
    package func deleteInRackbeat(_ path: String) throws {
        let headers: HTTPFields = [
            .accept: "application/json", .authorization: "Bearer \(rackbeatToken)", .userAgent: "Office (office@example.test)",
        ]
        let response = try office.send(Request(.delete, officePath + path, headers: headers))
        guard response.isSuccess else { throw failure(.delete, path, response) }
    }

    private func ask(_ method: HTTPRequest.Method, _ path: String, _ body: JSON?) throws -> JSON {
        let response = try send(method, path, body)
        guard response.isSuccess else { throw failure(method, path, response) }
        return response.body.isEmpty ? .null : try JSON.parse(response.body)
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, _ body: JSON?) throws -> Response {
        var headers: HTTPFields = [.accept: "application/json"]
        if body != nil { headers[.contentType] = "application/json" }
        return try transport.send(Request(method, path, headers: headers, body: body?.serialized ?? []))
    }

    private func failure(_ method: HTTPRequest.Method, _ path: String, _ response: Response) -> StageError {
        StageError(
            "the fakes answered \(method.rawValue) \(path) with \(response.status): "
                + String(decoding: response.body.prefix(2000), as: UTF8.self))
    }
}
