import Exchange
import HTTPTypes
import JSON
import Logging
import Synchronization
import Units

@testable import Service

/// A clock that only moves when somebody waits.
final class SteppingClock: Clock {
    private var time: Moment
    init(_ time: Moment = noon) { self.time = time }
    func now() -> Moment { time }
    func wait(for duration: Duration) { time = time + duration }
    func wait(for duration: Duration, unless isNudged: () -> Bool) { if !isNudged() { time = time + duration } }
}

let noon = Moment(iso: "2026-03-02T12:00:00Z")!

/// Always the same number.
struct FixedNumber: RandomNumberGenerator {
    mutating func next() -> UInt64 { 7 }
}

/// Two servers that answer by method and path, and keep what they were asked. A path without an answer is not found.
final class CannedServers: Sendable {
    typealias Answer = @Sendable (Request) throws -> Response

    private struct State {
        var answers: [String: Answer] = [:]
        var requests: [Request] = []
    }

    private let state = Mutex(State())

    /// - Parameter place: Such as `GET /api/orders`: the path without its query.
    func on(_ place: String, _ answer: @escaping Answer) { state.withLock { $0.answers[place] = answer } }

    func on(_ place: String, _ json: JSON, status: Int = 200) { on(place) { _ in Response(status: status, json: json) } }

    var requests: [Request] { state.withLock { $0.requests } }

    /// Method and target of every request, one each.
    var conversation: [String] { requests.map { "\($0.method.rawValue) \($0.target)" } }

    /// Those that were to change something.
    var writes: [String] { requests.filter { $0.method != .get }.map { "\($0.method.rawValue) \($0.path)" } }

    fileprivate func answer(_ request: Request) throws -> Response {
        let answer = state.withLock { state in
            state.requests.append(request)
            return state.answers["\(request.method.rawValue) \(request.path)"]
        }
        return try answer?(request) ?? Response(status: 404, json: ["message": "Not found."])
    }

    var runtime: Runtime {
        Runtime(
            transport: { _, _ in CannedTransport(servers: self) },
            clock: { WakeableClock(SteppingClock(), wake: {}) }, generator: { FixedNumber() })
    }
}

final class CannedTransport: Transport {
    private let servers: CannedServers
    init(servers: CannedServers) { self.servers = servers }
    func send(_ request: Request) throws -> Response { try servers.answer(request) }
}

/// Lines that were logged.
final class LoggedLines: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }

    func logger(_ form: LogLines.Form = .text, level: Logger.Level = .debug, hiding secrets: [Secret] = []) -> Logger {
        let handler = LogLines(
            form, level: level, redaction: Redaction(hiding: secrets), now: { noon },
            write: { line in self.kept.withLock { $0.append(line) } })
        return Logger(label: "test", factory: { _ in handler })
    }
}

let silence = Logger(label: "silence", factory: { _ in SwiftLogNoOpLogHandler() })

// MARK: Configurations

let plainFile = """
    rackbeat:
      base-url: https://app.rackbeat.com/api
      token: { env: RACKBEAT_TOKEN }
      name: Tandem
      email: ops@example.test
      account: 4711
    listen:
      address: 127.0.0.1:8080
      rackbeat-tokens: [ { env: RACKBEAT_WEBHOOK } ]
      ongoing-tokens: [ { env: ONGOING_WEBHOOK } ]
    connections:
      main:
        location: 1001
        ongoing:
          base-url: https://api.ongoingsystems.se/demo/api/v1
          user: WSI-demo
          password: { env: ONGOING_PASSWORD }
          goods-owner: 42
    """

let plainEnvironment = [
    "RACKBEAT_TOKEN": "rb-t0ken-planted", "ONGOING_PASSWORD": "on-passw0rd-planted", "RACKBEAT_WEBHOOK": "rb-hook-planted",
    "ONGOING_WEBHOOK": "on-hook-planted",
]

func configuration(
    _ file: String = plainFile, environment: [String: String] = [:], flags: [FlagSetting] = []
) throws -> Configuration {
    try Configuration(
        reading: ConfigurationLayers(file: ("tandem.yaml", Array(file.utf8)), environment: environment, flags: flags))
}

/// What is wrong with a configuration, as it is printed; empty when nothing is.
func problems(_ file: String, environment: [String: String] = [:], flags: [FlagSetting] = []) -> String {
    do {
        _ = try configuration(file, environment: environment, flags: flags)
        return ""
    } catch {
        return "\(error)"
    }
}

func credentials(of configuration: Configuration) throws -> Credentials {
    try Credentials(of: configuration, in: SecretSources(environment: plainEnvironment) { _ in throw NoFile() })
}

struct NoFile: Error {}

// MARK: A small world

/// One booked order of five mugs at the location, and an empty warehouse.
func smallWorld() -> CannedServers {
    let servers = CannedServers()
    servers.on("GET /api/self", ["user_account": ["id": 4711, "company_name": "Fjord Fiktiv ApS"]])
    servers.on("GET /api/locations/1001", ["location": ["number": 1001, "name": "Main"]])
    servers.on("GET /api/products", list("products", [mug]))
    servers.on("GET /api/products/KOP-01", ["product": mug])
    servers.on("GET /api/orders", list("orders", [order1042]))
    servers.on("GET /api/orders/1042", ["order": order1042])
    servers.on("GET /api/purchase-orders", list("purchase_orders", []))
    servers.on("GET /demo/api/v1/articles", [])
    servers.on("GET /demo/api/v1/orders", [])
    servers.on("GET /demo/api/v1/purchaseOrders", [])
    servers.on("PUT /demo/api/v1/articles", ["articleSystemId": 9001, "message": ""])
    servers.on("PUT /demo/api/v1/orders", ["orderId": 70_011, "message": ""])
    return servers
}

func list(_ key: String, _ rows: [JSON]) -> JSON {
    .object([key: .array(rows), "total": JSON(rows.count), "pages": 1, "limit": 100, "page": 1])
}

/// Orders of the warehouse, paged by their identifiers as the vendor does.
func paged(_ orders: [JSON]) -> CannedServers.Answer {
    { request in
        let query = Query(parsing: request.queryText ?? "")
        let from = query["orderIdFrom"].flatMap { Int($0) } ?? 0
        return Response(
            status: 200, json: .array(orders.filter { $0.at(["orderInfo", "orderId"])?.int ?? 0 >= from }))
    }
}

let mug: JSON = [
    "number": "KOP-01", "name": "Mug, blue", "sales_price": 80, "group": ["number": 1, "name": "Tableware", "vat_domestic": 25],
    "is_barred": false, "inventory_enabled": true, "updated_at": "2026-03-01T10:00:00+01:00",
]

let order1042: JSON = [
    "number": 1042, "customer_id": 501, "is_booked": true, "is_shipped": false, "is_partly_shipped": false,
    "is_cancelled": false, "currency": "DKK", "deliver_at": "2026-03-05",
    "delivery_address": ["name": "Cafe Fiktiv", "street": "Lager 2", "city": "Aarhus N", "email": "in@example.test"],
    "lines": [
        [
            "id": 90_011, "child_id": "KOP-01", "item": ["number": "KOP-01", "name": "Mug, blue"],
            "location": ["number": 1001, "name": "Main"], "quantity": 5, "quantity_shipped": 0, "line_total": 400,
            "vat_percentage": 25,
        ]
    ], "updated_at": "2026-03-02T08:00:00+01:00",
]

extension JSON {
    static func read(_ text: String) -> JSON {
        do {
            return try JSON.parse(text)
        } catch {
            preconditionFailure("the sample is no JSON: \(error)")
        }
    }
}
