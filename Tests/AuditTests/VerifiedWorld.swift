import Exchange
import HTTPTypes
import JSON
import Logging
import Service
import SyncEngine
import Synchronization
import Testing
import Units

@testable import ScenarioKit

/// A verification of a configuration, with the fakes behind its addresses and something between that alters what they say.
struct VerifiedWorld {
    typealias Alter = @Sendable (System, Request, Response) throws -> Response

    static let file = """
        rackbeat: { base-url: "https://rackbeat.example/api", token: { env: RB }, name: Trial, email: trial@example.test PROFILE }
        verify: { allow-writes-for: [ 42 ] }
        connections:
          main:
            location: 1001
            ongoing: { base-url: "https://ongoing.example/demo/api/v1", user: USER, password: { env: OW }, goods-owner: 42 WAREHOUSE }
        """

    static let products = "- { number: CHAIR-01, name: Oak chair, stock: 10 }"

    var products = Self.products
    var steps = ""
    /// Entries of `fake-profile`, such as `rackbeat: { max_limit: 100 }`.
    var fakes = ""
    /// What the configuration says of itself, replaced in ``file``.
    var replacing: [String: String] = [:]
    var rackbeatProfile = ""
    var token: String?
    var password: String?
    var certificate: (@Sendable (String) -> SeenCertificate?)?
    var options = Verification.Options()
    /// How often it is verified, one after the other.
    var alter: Alter = { $2 }
    /// What people do when they are asked; `nil`: nobody is asked.
    var people: (@Sendable (World, OperatorTask) throws -> Void)?
    var patience = Duration.seconds(600)
    /// Ctrl-C, in the run of the same place.
    var stops: [StopRequest] = []
    /// What happens before the verification.
    var before: @Sendable (World) throws -> Void = { _ in }

    struct Outcome {
        let verification: Verification
        /// Method and path of every write.
        let writes: [String]
        let world: WorldFacts
    }

    /// What stands in the fakes in the end and bears the prefix of a canary, and is not cancelled or inactive.
    struct WorldFacts: Sendable, Equatable {
        var left: [String] = []
    }

    /// - Parameter runs: What alters the exchanges of each verification in turn; a verification that fails is followed by the next.
    func verify(runs: [Alter]? = nil) throws -> Outcome {
        let text = """
            # A world to verify.
            world:\(fakes.isEmpty ? "" : "\n  fake-profile: { \(fakes) }")
              products:
                \(products)
            steps:
              - rackbeat.book-order: { number: 1041, lines: [ { id: 1, item: CHAIR-01, quantity: 2 } ] }
              - engine.sync
              - ongoing.pick: { order: 1041 }
              - ongoing.send: { order: 1041 }
              - engine.sync
              - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
              - rackbeat.book-purchase-order: { number: 77, lines: [ { id: 1, item: CHAIR-01, quantity: 4 } ] }
            \(steps.split(separator: "\n").map { "  - \($0)" }.joined(separator: "\n"))
            """
        let scenario = try ScenarioReader.read(text, path: "Scenarios/verify/verified.yaml")
        let kept = Mutex<(verification: Verification?, writes: [String], left: [String], error: (any Error)?)>((nil, [], [], nil))
        var runOptions = RunOptions()
        let simulated = runOptions.credentials
        let all = runs ?? [alter]
        runOptions.atEnd = { [self] world in
            do {
                try world.pass(until: world.now + .seconds(600))
                try before(world)
                var file = Self.file.replacing("USER", with: simulated.user)
                file = file.replacing(" PROFILE", with: rackbeatProfile.isEmpty ? "" : ", profile: \(rackbeatProfile)")
                file = file.replacing(" WAREHOUSE", with: "")
                for (old, new) in replacing { file = file.replacing(old, with: new) }
                let configuration = try Configuration(
                    reading: ConfigurationLayers(file: ("tandem.yaml", Array(file.utf8)), environment: [:], flags: []))
                let secrets = ["RB": token ?? simulated.token, "OW": password ?? simulated.password]
                let credentials = try Service.Credentials(
                    of: configuration, in: SecretSources(environment: secrets) { _ in throw NoFile() })
                nonisolated(unsafe) let world = world
                var options = options
                if let people {
                    options.people = OperatorPlan { task in
                        do { try people(world, task) } catch { kept.withLock { $0.error = error } }
                    }
                    options.people?.patience = patience
                }
                for (index, alter) in all.enumerated() {
                    let stop = index < stops.count ? stops[index] : StopRequest()
                    var runtime = Runtime(
                        transport: { system, _ in
                            Altering(world.transport(to: system)) { request, response in
                                if request.method != .get {
                                    kept.withLock { $0.writes.append("\(request.method.rawValue) \(request.path)") }
                                }
                                return try alter(system, request, response)
                            }
                        }, clock: { WakeableClock(world.ownClock, wake: {}) }, generator: { Steady() })
                    if let certificate { runtime.certificate = certificate }
                    do {
                        let verification = try Verification(
                            configuration, credentials, journal: nil, options: options, runtime: runtime,
                            log: Logger(label: "silence", factory: { _ in SwiftLogNoOpLogHandler() }), stop: stop)
                        kept.withLock { $0.verification = verification }
                    } catch is Killed {
                    } catch is Stopped {}
                }
                let left = try Self.left(in: world)
                kept.withLock { $0.left = left }
            } catch {
                kept.withLock { $0.error = error }
            }
        }
        let run = Runner.run(scenario, .plain, runOptions)
        #expect(run.result.problem == nil)
        let (verification, writes, left, error) = kept.withLock { $0 }
        if let error { throw error }
        return Outcome(verification: try #require(verification), writes: writes, world: WorldFacts(left: left))
    }

    /// What the warehouse takes.
    static var basic: String {
        let credentials = RunOptions().credentials
        return "Basic " + Base64.encode("\(credentials.user):\(credentials.password)")
    }

    /// Somebody else's order in the warehouse, of a number that Rackbeat has too.
    static let putAnotherOrder: @Sendable (World) throws -> Void = { world in
        let body = #"{"goodsOwnerId":42,"orderNumber":"1042","deliveryDate":"2026-03-09","consignee":{"name":"Another"}}"#
        let response = try world.transport(to: .ongoing).send(
            Request(
                .put, "/demo/api/v1/orders",
                headers: [.authorization: basic, .contentType: "application/json", .accept: "application/json"],
                body: Array(body.utf8)))
        #expect(response.isSuccess)
    }

    /// The process was killed: nothing of it runs on.
    struct Killed: Error {}
    private struct NoFile: Error {}

    private struct Steady: RandomNumberGenerator {
        mutating func next() -> UInt64 { 7 }
    }

    private final class Altering: Transport {
        private let transport: any Transport
        private let alter: (Request, Response) throws -> Response

        init(_ transport: any Transport, _ alter: @escaping (Request, Response) throws -> Response) {
            self.transport = transport
            self.alter = alter
        }

        func send(_ request: Request) throws -> Response { try alter(request, transport.send(request)) }
    }

    /// Asks the fakes, with no client of the engine's between.
    private static func left(in world: World) throws -> [String] {
        let rackbeat = world.transport(to: .rackbeat)
        let warehouse = world.transport(to: .ongoing)
        func rows(_ transport: any Transport, _ target: String, _ authorization: String) throws -> JSON {
            let response = try transport.send(
                Request(.get, target, headers: [.authorization: authorization, .accept: "application/json"]))
            return try JSON.parse(response.body)
        }
        let bearer = "Bearer \(RunOptions().credentials.token)"
        var left: [String] = []
        let root = "/api"
        for path in ["orders", "purchase-orders", "products", "inventory-adjustments"] {
            let answer = try rows(rackbeat, "\(root)/\(path)?limit=100", bearer)
            for row in answer.object?.first(where: { $0.value.array != nil })?.value.array ?? []
            where row.text.contains("TANDEM-CANARY-") && row["is_cancelled"]?.bool != true {
                left.append("Rackbeat \(path) \(row["number"]?.text ?? row["id"]?.text ?? "")")
            }
        }
        let base = "/demo/api/v1"
        let orders = try rows(warehouse, "\(base)/orders?goodsOwnerId=42&orderStatusFrom=0&orderStatusTo=999", basic)
        let purchases = try rows(
            warehouse, "\(base)/purchaseOrders?goodsOwnerId=42&purchaseOrderStatusFrom=0&purchaseOrderStatusTo=899", basic)
        let articles = try rows(warehouse, "\(base)/articles?goodsOwnerId=42", basic)
        for row in orders.array ?? [] where row.text.contains("\"orderNumber\":\"TANDEM-CANARY-") { left.append("Ongoing order") }
        for row in purchases.array ?? [] where row.text.contains("TANDEM-CANARY-") { left.append("Ongoing purchase order") }
        for row in articles.array ?? [] where row.text.contains("TANDEM-CANARY-") && row["isActive"]?.bool != false {
            left.append("Ongoing article")
        }
        return left
    }
}
