import Contract
import Exchange
import Units

/// A setting that was made on the command line.
package struct FlagSetting: Sendable, Equatable {
    /// As the user wrote it, without the value: `--log-level`, `--set`.
    package let flag: String
    /// Such as `log-level` or `connections.main.schedule.orders`.
    package let path: String
    package let value: String

    package init(flag: String, path: String, value: String) {
        self.flag = flag
        self.path = path
        self.value = value
    }

    /// Reads `schedule.orders=5m`, as it stands behind `--set`.
    package init(set text: String) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(flag: "--set", path: String(halves[0]), value: halves.count > 1 ? String(halves[1]) : "")
    }
}

/// The layers above the file. Both know the keys of the catalogue only.
extension SettingsTable {
    /// The second layer: variables that begin with `TANDEM_`.
    ///
    /// - Parameter others: Variables that begin so and are no settings, such as those that references name.
    mutating func read(environment: [String: String], others: Set<String>) {
        let names = environmentNames
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("TANDEM_") && !others.contains(name)
        {
            let origin = SettingOrigin.environment(name)
            guard let target = names.first(where: { $0.name == name }) else {
                let hint = Spelling.hint(for: name, among: names.map(\.name))
                refuse(origin, "no setting has this name" + (hint.isEmpty ? "; 'tandem config example' shows them all" : hint))
                continue
            }
            read(text, target.key, of: target.connection, origin)
        }
    }

    /// The third layer: flags.
    mutating func read(flags: [FlagSetting]) {
        for setting in flags {
            let origin = SettingOrigin.flag("\(setting.flag) \(setting.path)")
            let parts = setting.path.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            if parts.first == "connections", parts.count == 3 {
                guard connections.contains(where: { $0.name == parts[1] }) else {
                    refuse(
                        origin,
                        "there is no connection '\(parts[1])'" + Spelling.hint(for: parts[1], among: connections.map(\.name)))
                    continue
                }
                read(setting, parts[2], among: AnyKey.connection, of: parts[1], origin)
            } else {
                read(setting, setting.path, among: AnyKey.general, of: nil, origin)
            }
        }
    }

    private mutating func read(
        _ setting: FlagSetting, _ path: String, among keys: [AnyKey], of connection: String?, _ origin: SettingOrigin
    ) {
        guard let key = keys.first(where: { $0.path == path }) else {
            let names = keys.map(\.path)
            return refuse(origin, "there is no key '\(path)'" + Spelling.hint(for: path, among: names))
        }
        read(setting.value, key, of: connection, origin)
    }

    private mutating func read(_ text: String, _ key: AnyKey, of connection: String?, _ origin: SettingOrigin) {
        guard let value = key.kind.read(text) else {
            var problem = "\(key.kind.expectationOnOneLine) was expected"
            if key.kind.mayBeQuoted { problem += ", not '\(text.prefix(60))'" }
            if case .choice(let words) = key.kind { problem += Spelling.hint(for: text, among: words) }
            isFaulty(key.path, of: connection)
            return refuse(origin, problem)
        }
        if case .choices(let choices) = value, case .profile(let system) = key.kind {
            for (name, choice) in choices.sorted(by: { $0.key < $1.key }) {
                if let problem = ProfileCheck.problem(name, choice, system) { refuse(origin, problem) }
            }
        }
        set(key.path, of: connection, to: value, origin)
    }

    private var environmentNames: [(name: String, key: AnyKey, connection: String?)] {
        let general = AnyKey.general.map { (name: "TANDEM_" + environmentSpelling($0.path), key: $0, connection: String?.none) }
        let own = connections.flatMap { section in
            AnyKey.connection.map { key in
                (
                    name: "TANDEM_CONNECTIONS_\(environmentSpelling(section.name))_\(environmentSpelling(key.path))", key: key,
                    connection: String?.some(section.name)
                )
            }
        }
        return general + own
    }
}

extension ValueKind {
    /// What was expected where there is only a line of text.
    fileprivate var expectationOnOneLine: String {
        switch self {
        case .secret: "a reference, env:NAME or file:PATH,"
        case .secrets: "references with commas between them, each env:NAME or file:PATH,"
        case .wholes: "whole numbers with commas between them"
        case .profile(let system): "choices for assumptions about \(system.title) with commas between them, each key=choice,"
        default: expectation
        }
    }
}
