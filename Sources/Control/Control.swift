package import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import Simulation
import Synchronization
import Units

/// The worlds that are served, the two fakes' front doors, and the control API: requests in, responses out.
///
/// It opens no port and starts no thread. Any number of threads may call it; each world is entered by one at a time.
package final class Control: Sendable {
    /// How many worlds may stand at once.
    static let mostWorlds = 256
    static let mainID = "main"

    let settings: ControlSettings
    let outside: Outside
    private let state: Mutex<State>

    private struct State {
        var origins: Origins
        /// In the order in which they were made; the first is `main`.
        var worlds: [ServedWorld]
        var made = 1
    }

    /// - Throws: ``Problem`` when the scenario's world cannot be set up.
    package init(_ settings: ControlSettings, outside: Outside) throws {
        self.settings = settings
        self.outside = outside
        let main = try Self.found(
            Self.mainID,
            LiveWorld.Charter(
                scenario: settings.scenario, playsSteps: settings.playsSteps,
                credentials: Credentials(
                    token: settings.rackbeatToken ?? outside.secret(), user: settings.ongoingUser,
                    password: settings.ongoingPassword ?? outside.secret()),
                goodsOwner: settings.goodsOwner, isTimeVirtual: settings.isTimeVirtual,
                deliversAnywhere: settings.deliversAnywhere, memory: settings.memory), now: outside.now())
        state = Mutex(State(origins: Origins(rackbeat: "", ongoing: "", control: ""), worlds: [main]))
    }

    private static func found(_ id: String, _ charter: LiveWorld.Charter, now: Moment) throws -> ServedWorld {
        let live = try LiveWorld(charter, now: now)
        return ServedWorld(
            id: id,
            credentials: ServedCredentials(
                rackbeatToken: charter.credentials.token, ongoingUser: charter.credentials.user,
                ongoingPassword: charter.credentials.password, goodsOwner: live.world.goodsOwners[0]), live)
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
                throw ControlProblem(409, "\(Self.mostWorlds) worlds stand already; remove one with DELETE /worlds/{id} first.")
            }
            state.made += 1
            return "w\(state.made)"
        }
        let added = try Self.found(
            id,
            LiveWorld.Charter(
                scenario: scenario ?? settings.scenario, playsSteps: scenario == nil && settings.playsSteps,
                credentials: Credentials(token: outside.secret(), user: "WSI-\(id)", password: outside.secret()),
                goodsOwner: goodsOwner ?? (scenario == nil ? settings.goodsOwner : nil),
                isTimeVirtual: isTimeVirtual ?? settings.isTimeVirtual, deliversAnywhere: settings.deliversAnywhere,
                memory: settings.memory), now: outside.now())
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

    /// Answers a request that came in at one fake's port.
    package func answer(_ request: Request, as system: System) -> Served {
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
        let now = outside.now()
        return world.enter { live in
            live.catchUp(with: now)
            return live.serve(request, to: system)
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

    // MARK: Webhooks

    /// One message to be posted.
    package struct Post: Sendable {
        package let url: String
        /// Already found to be one to which something may be sent.
        package let target: WebhookTarget
        package let request: Request
        let world: String
        let life: Int
        let id: Int
    }

    /// Everything that is due in any world. Whoever takes it posts it and says what came of it with ``posted(_:_:)``.
    package func takeDueWebhooks() -> [Post] {
        let now = outside.now()
        return worlds.flatMap { world in
            world.enter { live -> [Post] in
                live.catchUp(with: now)
                return live.handOut().compactMap { delivery in
                    guard let target = WebhookTarget(delivery.url) else { return nil }
                    return Post(
                        url: delivery.url, target: target,
                        request: Request(
                            .post, target.target, headers: delivery.headers, body: delivery.body, timeout: delivery.timeout),
                        world: world.id, life: live.life, id: delivery.id)
                }
            }
        }
    }

    /// What came of posting it. A world that is gone, or has begun again, does not care.
    package func posted(_ post: Post, _ outcome: DeliveryOutcome) {
        let now = outside.now()
        world(post.world)?.enter { live in
            live.catchUp(with: now)
            live.delivery(post.id, of: post.life, came: outcome)
        }
    }
}
