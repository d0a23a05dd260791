import Contract
import Exchange
import Simulation
import StrictYAML
import SyncCore
import Trade
import Units

/// How a world is set up: the scenario's `world`, the changes of a variant, and the defaults.
struct WorldPlan {
    var startedAt: Moment
    var latency: Duration?
    /// How far each system's clock is ahead of the right time.
    var clockSkew: [System: Duration]
    /// What the clients assume.
    var profiles: [System: Profile]
    /// What the fakes do.
    var fakeProfiles: [System: Profile]
    var connections: [ConnectionSettings]
    let world: Value?

    /// The location of the first connection, and of everything that names none.
    var defaultLocation: Int { Int(connections[0].location.text)! }

    /// Each once, in the order of the connections.
    var goodsOwners: [Int] {
        connections.map(\.goodsOwner).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    init(_ scenario: Scenario, _ variant: Scenario.Variant, _ options: RunOptions = RunOptions()) {
        let world = scenario.world
        self.world = world
        startedAt = options.startedAt ?? world?["clock"]?.moment ?? WorldDefaults.start
        latency = world?["latency"]?.duration
        let skew = variant.changes?["clock-skew"] ?? world?["clock-skew"]
        clockSkew = Dictionary(uniqueKeysWithValues: System.allCases.map { ($0, skew?[$0.rawValue]?.duration ?? .zero) })
        var profiles: [System: Profile] = [:]
        var fakeProfiles: [System: Profile] = [:]
        for system in System.allCases {
            let assumed = Self.choices([world?["profile"], variant.changes?["profile"]], system)
            let made = Self.choices([world?["fake-profile"], variant.changes?["fake-profile"]], system)
            profiles[system] = AssumptionLedger.standard.profile(for: system).changing(assumed)
            fakeProfiles[system] = AssumptionLedger.standard.profile(for: system).changing(assumed).changing(made)
        }
        self.profiles = profiles
        self.fakeProfiles = fakeProfiles
        connections = Self.connections(world, variant.changes)
        if let goodsOwner = options.goodsOwner { connections[0].goodsOwner = goodsOwner }
    }

    /// The reader has checked every key and every choice against the assumptions.
    private static func choices(_ records: [Value?], _ system: System) -> [String: String] {
        var choices: [String: String] = [:]
        for record in records {
            for member in record?[system.rawValue]?.members ?? [] { choices[member.name] = member.value.choiceText }
        }
        return choices
    }

    private static func connections(_ world: Value?, _ changes: Value?) -> [ConnectionSettings] {
        let first = world?["locations"]?.list.first { $0["default"]?.flag ?? false } ?? world?["locations"]?.list.first
        let location = first?.required("number").text ?? WorldDefaults.names[.location]!
        let given = world?["connections"]?.list ?? []
        let common: (inout ConnectionSettings) -> Void = { settings in
            if let engine = world?["engine"] { EngineSettings.apply(engine, to: &settings) }
            if let engine = changes?["engine"] { EngineSettings.apply(engine, to: &settings) }
        }
        guard !given.isEmpty else {
            var settings = ConnectionSettings(
                name: WorldDefaults.names[.connection]!, location: LocationNumber(location), goodsOwner: WorldDefaults.goodsOwner)
            common(&settings)
            return [settings]
        }
        return given.map { value in
            var settings = ConnectionSettings(
                name: value.required("name").text, location: LocationNumber(value.required("location").text),
                goodsOwner: value.required("goods-owner").int)
            common(&settings)
            EngineSettings.apply(value, to: &settings)
            return settings
        }
    }
}

extension Value {
    /// The choice of a profile, whatever type it was read as.
    var choiceText: String {
        switch content {
        case .whole(let number): String(number)
        default: text
        }
    }
}
