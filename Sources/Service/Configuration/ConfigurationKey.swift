import StrictYAML
import SyncCore

/// One key of the configuration: everything there is to know about it. The reader, the example and the messages all look here.
struct ConfigurationKey<Draft> {
    /// Such as `schedule.orders`, below the top of the file or below the connection's name.
    let path: String
    let kind: ValueKind
    let isRequired: Bool
    /// How it is written in the example: its default, or what it could be.
    let sample: String
    /// One or more sentences for the operator.
    let about: String
    let store: (inout Draft, SettingValue) -> Void

    var components: [String] { path.split(separator: ".").map(String.init) }

    /// Its name in the environment, below a prefix such as `TANDEM`.
    func environmentName(_ prefix: String) -> String { prefix + "_" + environmentSpelling(path) }
}

/// `shipped-status-from` as part of a variable's name: `SHIPPED_STATUS_FROM`.
func environmentSpelling(_ name: String) -> String {
    String(name.uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
}

// MARK: Making keys

/// An optional key's default is what a fresh draft holds, so that no default is written down twice.
extension ConfigurationKey {
    static func required(
        _ path: String, _ kind: ValueKind, sample: String, _ about: String, _ store: @escaping (inout Draft, SettingValue) -> Void
    ) -> Self {
        Self(path: path, kind: kind, isRequired: true, sample: sample, about: about, store: store)
    }

    static func optional(
        _ path: String, _ kind: ValueKind, sample: String, _ about: String, _ store: @escaping (inout Draft, SettingValue) -> Void
    ) -> Self {
        Self(path: path, kind: kind, isRequired: false, sample: sample, about: about, store: store)
    }

    static func text(_ path: String, _ member: WritableKeyPath<Draft, String>, in fresh: Draft, _ about: String) -> Self {
        .optional(path, .text, sample: fresh[keyPath: member], about) { draft, value in
            if case .text(let text) = value { draft[keyPath: member] = text }
        }
    }

    /// A choice that is kept as its word.
    static func word(
        _ path: String, _ words: [String], _ member: WritableKeyPath<Draft, String>, in fresh: Draft, _ about: String
    ) -> Self {
        .optional(path, .choice(words), sample: fresh[keyPath: member], about) { draft, value in
            if case .text(let text) = value { draft[keyPath: member] = text }
        }
    }
}

extension ConfigurationKey<Configuration.ConnectionPlan> {
    /// The key of a setting of the connection.
    static func setting(_ setting: ConnectionSetting) -> Self {
        .optional(setting.path, ValueKind(setting.kind), sample: "\(setting.standard)", setting.doc) { plan, value in
            let made: ConnectionSetting.Value? =
                switch value {
                case .whole(let number): .whole(number)
                case .wholes(let numbers): .wholes(Set(numbers))
                case .flag(let flag): .flag(flag)
                case .text(let text):
                    if case .timeOfDay = setting.kind { .timeOfDay(ScalarReading.timeOfDay(text)) } else { .word(text) }
                case .duration(let duration): .duration(duration)
                case .endpoint, .secret, .secrets, .choices: nil
                }
            if let made { setting.set(made, in: &plan.settings) }
        }
    }
}

extension ValueKind {
    fileprivate init(_ kind: ConnectionSetting.Kind) {
        switch kind {
        case .whole(let range): self = .whole(range)
        case .wholes(let range): self = .wholes(range)
        case .flag: self = .flag
        case .word(let words): self = .choice(words)
        case .duration(let least): self = .duration(atLeast: least)
        case .timeOfDay: self = .timeOfDay
        }
    }
}
