import Contract
package import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import Simulation
import Synchronization
import Units

/// The worlds that are served, the two fakes' front doors, and the control API: requests in, responses out.
///
/// It opens no port and starts no thread. Any number of threads may call it; each world lets in one at a time.
package final class Control: Sendable {
    /// The highest number of worlds at once.
    static let mostWorlds = 256
    static let mainID = "main"

    let settings: ControlSettings
    let environment: ControlEnvironment
    /// What a browser presents instead of the token, until this process ends.
    let session: String
    private let state: Mutex<State>

    private struct State {
        var origins: Origins
        /// In the order in which they were made; the first is `main`.
        var worlds: [ServedWorld]
        var made = 1
    }

    /// - Throws: ``Problem`` when the scenario's world cannot be set up.
    package init(_ settings: ControlSettings, environment: ControlEnvironment) throws {
        self.settings = settings
        self.environment = environment
        let main = try ServedWorld(
            id: Self.mainID,
            ServedWorld.Setup(
                scenario: settings.scenario, runsSteps: settings.runsSteps,
                credentials: Credentials(
                    token: settings.rackbeatToken ?? environment.secret(), user: settings.ongoingUser,
                    password: settings.ongoingPassword ?? environment.secret()),
                goodsOwner: settings.goodsOwner, isTimeVirtual: settings.isTimeVirtual,
                deliversAnywhere: settings.deliversAnywhere, memory: settings.memory), now: environment.now())
        session = environment.secret()
        state = Mutex(State(origins: Origins(rackbeat: "", ongoing: "", control: ""), worlds: [main]))
    }

    /// Where the three listeners can be reached, once they are open.
    package func listens(at origins: Origins) { state.withLock { $0.origins = origins } }

    // MARK: Worlds

    var main: ServedWorld { state.withLock { $0.worlds[0] } }
    var worlds: [ServedWorld] { state.withLock { $0.worlds } }
    var origins: Origins { state.withLock { $0.origins } }

    func world(_ id: String) -> ServedWorld? { state.withLock { state in state.worlds.first { $0.id == id } } }

    /// - Parameters:
    ///   - scenario: `nil`: that of the first world.
    ///   - isTimeVirtual: `nil`: as in the first world.
    func addWorld(_ scenario: Scenario?, isTimeVirtual: Bool?, goodsOwner: Int?) throws -> ServedWorld {
        let id = try state.withLock { state throws(ControlProblem) in
            guard state.worlds.count < Self.mostWorlds else {
                throw ControlProblem(409, "\(Self.mostWorlds) worlds exist already; remove one with DELETE /worlds/{id} first.")
            }
            state.made += 1
            return "w\(state.made)"
        }
        let added = try ServedWorld(
            id: id,
            ServedWorld.Setup(
                scenario: scenario ?? settings.scenario, runsSteps: scenario == nil && settings.runsSteps,
                credentials: Credentials(token: environment.secret(), user: "WSI-\(id)", password: environment.secret()),
                goodsOwner: goodsOwner ?? (scenario == nil ? settings.goodsOwner : nil),
                isTimeVirtual: isTimeVirtual ?? settings.isTimeVirtual, deliversAnywhere: settings.deliversAnywhere,
                memory: settings.memory), now: environment.now())
        state.withLock { $0.worlds.append(added) }
        return added
    }

    /// - Returns: whether there was one.
    func removeWorld(_ id: String) -> Bool {
        state.withLock { state in
            let count = state.worlds.count
            state.worlds.removeAll { $0.id == id }
            return state.worlds.count < count
        }
    }

    /// What a caller of a world's fakes needs: the line that `tandem serve` prints, with these members and no others.
    func addresses(of world: ServedWorld) -> JSONObject {
        let origins = origins
        let folder = world.id == Self.mainID ? "" : "/worlds/\(world.id)"
        let paths = BasePaths()
        return [
            "rackbeat": .string(origins.rackbeat + folder + paths.rackbeat),
            "ongoing": .string(origins.ongoing + folder + paths.ongoing),
            "control": .string(origins.control + folder),
            "rackbeatToken": .string(world.credentials.rackbeatToken),
            "ongoingUser": .string(world.credentials.ongoingUser),
            "ongoingPassword": .string(world.credentials.ongoingPassword),
            "goodsOwnerId": JSON(world.credentials.goodsOwner),
        ]
    }

    /// One line of JSON, without its end.
    package var readyLine: String { JSON.object(addresses(of: main)).text }

    // MARK: The fakes' front doors

    /// The response to a request that came in at one fake's port.
    package func respond(to request: Request, as system: System) -> Served {
        var request = request
        var world = main
        if let (id, rest) = Self.folder(of: request.target) {
            guard let other = self.world(id) else {
                return .response(Response(status: 404, json: ["message": .string("There is no world '\(id)' here.")]))
            }
            world = other
            request.target = rest
        }
        if request.path == "/openapi.json" { return .response(contract(of: system, for: world, request)) }
        let now = environment.now()
        return world.enter { served in
            served.catchUp(with: now)
            return served.serve(request, to: system)
        }
    }

    /// `/worlds/w2/api/orders` is `/api/orders` of the world `w2`.
    static func folder(of target: String) -> (id: String, rest: String)? {
        let prefix = "/worlds/"
        guard target.hasPrefix(prefix) else { return nil }
        let behind = target.dropFirst(prefix.count)
        let id = behind.prefix { $0 != "/" && $0 != "?" }
        let rest = behind[id.endIndex...]
        return (String(id), rest.hasPrefix("/") ? String(rest) : "/" + rest)
    }

    /// The contract of a system as an OpenAPI document whose server is the world's fake.
    func contract(of system: System, for world: ServedWorld, _ request: Request) -> Response {
        guard request.method == .get else {
            var response = Response(status: 405, json: ["message": "This document can only be read."])
            response.headers[.allow] = "GET"
            return response
        }
        let address = addresses(of: world)[system.rawValue]?.string ?? ""
        return Response(status: 200, json: ContractDocument.standard(for: system).served(at: address))
    }

    // MARK: Webhooks

    /// One message to be posted.
    package struct Post: Sendable {
        package let url: String
        /// Already found to be one to which something may be sent.
        package let target: WebhookTarget
        package let request: Request
        let world: String
        let generation: Int
        let id: Int
    }

    /// Takes everything that is due in any world. The caller posts it and reports each outcome with ``posted(_:_:)``.
    package func takeDueWebhooks() -> [Post] {
        let now = environment.now()
        return worlds.flatMap { world in
            world.enter { served -> [Post] in
                served.catchUp(with: now)
                return served.handOut().compactMap { delivery in
                    guard let target = WebhookTarget(delivery.url) else { return nil }
                    return Post(
                        url: delivery.url, target: target,
                        request: Request(
                            .post, target.target, headers: delivery.headers, body: delivery.body, timeout: delivery.timeout),
                        world: world.id, generation: served.generation, id: delivery.id)
                }
            }
        }
    }

    /// Takes the outcome of posting. A world that was removed or restarted since ignores it.
    package func posted(_ post: Post, _ outcome: DeliveryOutcome) {
        let now = environment.now()
        world(post.world)?.enter { served in
            served.catchUp(with: now)
            served.finishDelivery(post.id, of: post.generation, with: outcome)
        }
    }
}
