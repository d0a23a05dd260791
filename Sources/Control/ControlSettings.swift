package import ScenarioKit
package import Units

/// What the control API gets from outside: the wall clock and new secrets.
package struct ControlEnvironment: Sendable {
    package var now: @Sendable () -> Moment
    /// A new secret of letters and digits.
    package var secret: @Sendable () -> String

    package init(now: @escaping @Sendable () -> Moment, secret: @escaping @Sendable () -> String) {
        self.now = now
        self.secret = secret
    }
}

/// How the control API is set up.
package struct ControlSettings: Sendable {
    /// The world that is loaded; ``DemoWorld`` when nobody names one.
    package var scenario: Scenario
    /// Whether the steps of the scenario are taken at once, as those of the demo are.
    package var runsSteps: Bool
    /// Whether time stands still unless the control API moves it.
    package var isTimeVirtual = false
    /// Those of the first world; `nil`: a new secret.
    package var rackbeatToken: String?
    package var ongoingUser = "WSI-demo"
    package var ongoingPassword: String?
    /// The goods owner of the first connection; `nil`: the scenario's.
    package var goodsOwner: Int?
    /// What callers of the control API must present; `nil`: nothing, which is for loopback alone.
    package var controlToken: String?
    /// Whether webhooks are delivered to other machines.
    package var deliversAnywhere = false
    package var memory = World.Memory(exchanges: 10_000, breaches: 5_000)

    /// - Parameter scenario: `nil` for the demo.
    package init(scenario: Scenario?) {
        self.scenario = scenario ?? DemoWorld.scenario
        runsSteps = scenario == nil
    }
}

/// Scheme, host and port of each of the three listeners, such as `http://127.0.0.1:41001`.
package struct Origins: Sendable, Equatable {
    package var rackbeat: String
    package var ongoing: String
    package var control: String

    package init(rackbeat: String, ongoing: String, control: String) {
        self.rackbeat = rackbeat
        self.ongoing = ongoing
        self.control = control
    }
}
