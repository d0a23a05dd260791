import Contract
import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import Synchronization
import Testing
import Units

@testable import Control

/// A control API with a wall clock that the test moves, and numbered secrets.
final class ControlHarness: Sendable {
    static let start = Moment(iso: "2026-03-02T07:00:00Z")!

    let control: Control

    init(_ scenario: String? = nil, change: (inout ControlSettings) -> Void = { _ in }) throws {
        let wall = Clockwork()
        let count = Counter()
        var settings = ControlSettings(scenario: try scenario.map { try ScenarioReader.read($0, path: "test.yaml") })
        change(&settings)
        control = try Control(
            settings, environment: ControlEnvironment(now: { wall.now }, secret: { "secret-number-\(count.next())" }))
        control.listens(
            at: Origins(rackbeat: "http://127.0.0.1:1", ongoing: "http://127.0.0.1:2", control: "http://127.0.0.1:3"))
        clockwork = wall
    }

    let clockwork: Clockwork

    final class Clockwork: Sendable {
        private let moment = Mutex(ControlHarness.start)
        var now: Moment { moment.withLock { $0 } }
        func pass(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)
        func next() -> Int {
            count.withLock {
                $0 += 1
                return $0
            }
        }
    }

    static let chairs = """
        world:
          products:
            - { number: CHAIR-01, name: Oak chair, stock: 10 }
        steps: []
        """

    // MARK: The control API

    @discardableResult
    func ask(_ method: HTTPRequest.Method, _ target: String, _ body: String = "", headers: HTTPFields = [:]) -> Response {
        var headers = headers
        if !body.isEmpty, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return control.respond(to: Request(method, target, headers: headers, body: Array(body.utf8)))
    }

    func read(_ target: String) throws -> JSON {
        let response = ask(.get, target)
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        return try JSON.parse(response.body)
    }

    /// Takes steps in the words of scenario files.
    func take(_ steps: String, of world: String = "") throws {
        var headers = HTTPFields()
        headers[.contentType] = "application/yaml"
        let response = ask(.post, world + "/steps", steps, headers: headers)
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
    }

    // MARK: The fakes

    func addresses(_ world: String = "main") -> JSONObject { control.addresses(of: control.world(world)!) }

    func rackbeat(
        _ method: HTTPRequest.Method, _ path: String, _ body: String = "", world: String = "main"
    ) -> Served {
        var request = Request(method, folder(world) + "/api" + path, body: Array(body.utf8))
        request.headers[.authorization] = "Bearer " + (addresses(world)["rackbeatToken"]?.string ?? "")
        request.headers[.accept] = "application/json"
        request.headers[.userAgent] = "Test (test@example.test)"
        request.headers[HTTPField.Name("Consumer-Name")!] = "Test"
        request.headers[HTTPField.Name("Consumer-Contact")!] = "test@example.test"
        if !body.isEmpty { request.headers[.contentType] = "application/json" }
        return control.respond(to: request, as: .rackbeat)
    }

    func ongoing(_ method: HTTPRequest.Method, _ path: String, _ body: String = "", world: String = "main") -> Served {
        var request = Request(method, folder(world) + "/demo/api/v1" + path, body: Array(body.utf8))
        let addresses = addresses(world)
        let pair = "\(addresses["ongoingUser"]?.string ?? ""):\(addresses["ongoingPassword"]?.string ?? "")"
        request.headers[.authorization] = "Basic " + Base64.encode(pair)
        request.headers[.accept] = "application/json"
        if !body.isEmpty { request.headers[.contentType] = "application/json" }
        return control.respond(to: request, as: .ongoing)
    }

    private func folder(_ world: String) -> String { world == "main" ? "" : "/worlds/\(world)" }
}

extension Served {
    var response: Response? {
        if case .response(let response) = self { response } else { nil }
    }
    var status: Int? { response?.status }
    var json: JSON { response.flatMap { try? JSON.parse($0.body) } ?? .null }
}

extension Response {
    var json: JSON { (try? JSON.parse(body)) ?? .null }
}
