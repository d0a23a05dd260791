import ScenarioKit
import Units

/// What the control room cannot make for itself: the wall's clock and secrets.
public struct Outside: Sendable {
    public var now: @Sendable () -> Moment
    /// A new secret of letters and digits, each time another.
    public var secret: @Sendable () -> String

    public init(now: @escaping @Sendable () -> Moment, secret: @escaping @Sendable () -> String) {
        self.now = now
        self.secret = secret
    }
}

/// How the control room is set up.
public struct ControlSettings: Sendable {
    /// The world that is loaded; ``DemoWorld`` when nobody names one.
    public var scenario: Scenario
    /// Whether a world's first steps are played at once: the demo's are part of its furniture.
    public var playsSteps: Bool
    /// Whether time stands still unless the control API moves it.
    public var isTimeVirtual = false
    /// Those of the first world; `nil`: a new secret.
    public var rackbeatToken: String?
    public var ongoingUser = "WSI-demo"
    public var ongoingPassword: String?
    /// The goods owner of the first connection; `nil`: the scenario's.
    public var goodsOwner: Int?
    /// What callers of the control API must present; `nil`: nothing, which is for loopback alone.
    public var controlToken: String?
    /// Whether webhooks are delivered to other machines.
    public var deliversAnywhere = false
    package var memory = World.Memory(exchanges: 10_000, breaches: 5_000)

    /// - Parameter scenario: `nil` for the demo.
    public init(scenario: Scenario?) {
        self.scenario = scenario ?? DemoWorld.scenario
        playsSteps = scenario == nil
    }
}

/// Scheme, host and port of each of the three listeners, such as `http://127.0.0.1:41001`.
public struct Origins: Sendable, Equatable {
    public var rackbeat: String
    public var ongoing: String
    public var control: String

    public init(rackbeat: String, ongoing: String, control: String) {
        self.rackbeat = rackbeat
        self.ongoing = ongoing
        self.control = control
    }
}
