import SyncCore

/// The layers of a configuration, lowest first.
package struct ConfigurationLayers: Sendable {
    /// The path as the user knows it, and what the file holds; `nil`: no file.
    package var file: (path: String, bytes: [UInt8])?
    package var environment: [String: String] = [:]
    package var flags: [FlagSetting] = []

    package init(file: (path: String, bytes: [UInt8])?, environment: [String: String] = [:], flags: [FlagSetting] = []) {
        self.file = file
        self.environment = environment
        self.flags = flags
    }
}

extension Configuration {
    /// Variables that begin with `TANDEM_` and tell the command line something else.
    private static let otherVariables: Set = ["TANDEM_CONFIG"]

    /// Reads the layers: the file, then the environment, then the flags, each overriding the one before, key by key.
    ///
    /// - Throws: Everything that is wrong in any of them, also in what a later layer replaces.
    package init(reading layers: ConfigurationLayers) throws(BadConfiguration) {
        var table = layers.file.map { FileLayer.read($0.bytes, path: $0.path) } ?? SettingsTable()
        let references = table.references.compactMap { if case .environment(let name) = $0 { name } else { nil } }
        table.read(environment: layers.environment, others: Self.otherVariables.union(references))
        table.read(flags: layers.flags)

        let start = SettingOrigin.file(layers.file?.path ?? "tandem.yaml", line: 1, column: 1)
        if table.isLegible {
            table.store(Catalogue.general, table.general, in: &general, at: start, of: nil)
            for section in table.connections {
                var plan = ConnectionPlan(name: section.name)
                table.store(Catalogue.connection, section.settings, in: &plan, at: section.origin, of: section.name)
                connections.append(plan)
            }
            if connections.isEmpty {
                table.refuse(start, "there is no connection; a name with its keys was expected under 'connections'")
            }
            table.checkTogether(general, connections, start)
        }
        written = table.written
        if !table.problems.isEmpty { throw BadConfiguration(table.problems) }
    }
}

extension SettingsTable {
    /// Every reference to a secret.
    fileprivate var references: [SecretReference] {
        let all = [general] + connections.map(\.settings)
        return all.flatMap(\.values).flatMap { setting -> [SecretReference] in
            switch setting.value {
            case .secret(let reference): [reference]
            case .secrets(let references): references
            default: []
            }
        }
    }

    fileprivate mutating func store<Draft>(
        _ keys: [ConfigurationKey<Draft>], _ settings: [String: Setting], in draft: inout Draft, at origin: SettingOrigin,
        of connection: String?
    ) {
        let place = connection.map { "connection '\($0)'" } ?? "the configuration"
        for key in keys {
            if let setting = settings[key.path] {
                key.store(&draft, setting.value)
            } else if key.isRequired, !knowsAsFaulty(key.path, of: connection) {
                refuse(origin, "'\(key.path)' is missing from \(place): \(key.kind.expectation) was expected")
            }
        }
    }

    // MARK: Checks across keys

    fileprivate mutating func checkTogether(
        _ general: Configuration.General, _ plans: [Configuration.ConnectionPlan], _ start: SettingOrigin
    ) {
        let listen = general.listen
        if !listen.rackbeatTokens.isEmpty, general.rackbeat.account == nil {
            refuse(
                origin(of: "listen.rackbeat-tokens", start),
                "'rackbeat.account' is missing: a webhook is taken only from the account that it names")
        }
        if listen.address == nil, !listen.rackbeatTokens.isEmpty || !listen.ongoingTokens.isEmpty {
            let path = listen.rackbeatTokens.isEmpty ? "listen.ongoing-tokens" : "listen.rackbeat-tokens"
            refuse(origin(of: path, start), "'listen.address' is missing: nothing would listen for webhooks")
        }
        for (section, plan) in zip(connections, plans) {
            let settings = plan.settings
            if settings.shippedStatusFrom > settings.shippedStatusTo {
                refuse(
                    section.settings["shipped-status-from"]?.origin ?? section.origin,
                    "'shipped-status-from' (\(settings.shippedStatusFrom)) is above 'shipped-status-to' (\(settings.shippedStatusTo))"
                )
            }
        }
        checkTwins(plans)
    }

    /// One location and one goods owner belong to one connection.
    private mutating func checkTwins(_ plans: [Configuration.ConnectionPlan]) {
        for (index, plan) in plans.enumerated() {
            let section = connections[index]
            for (other, earlier) in zip(connections, plans).prefix(index) {
                if let location = section.settings["location"], earlier.settings.location == plan.settings.location {
                    refuse(location.origin, plan.settings.locationIsTaken(by: other.name))
                }
                guard let owner = section.settings["ongoing.goods-owner"], earlier.ongoing.endpoint == plan.ongoing.endpoint,
                    earlier.settings.goodsOwner == plan.settings.goodsOwner
                else { continue }
                refuse(owner.origin, plan.settings.goodsOwnerIsTaken(by: other.name))
            }
        }
    }

    private func origin(of path: String, _ start: SettingOrigin) -> SettingOrigin { general[path]?.origin ?? start }
}
