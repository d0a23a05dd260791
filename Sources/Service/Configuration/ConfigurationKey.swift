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

    static func whole(
        _ path: String, _ range: ClosedRange<Int>, _ member: WritableKeyPath<Draft, Int>, in fresh: Draft, _ about: String
    ) -> Self {
        .optional(path, .whole(range), sample: "\(fresh[keyPath: member])", about) { draft, value in
            if case .whole(let number) = value { draft[keyPath: member] = number }
        }
    }

    static func flag(_ path: String, _ member: WritableKeyPath<Draft, Bool>, in fresh: Draft, _ about: String) -> Self {
        .optional(path, .flag, sample: "\(fresh[keyPath: member])", about) { draft, value in
            if case .flag(let flag) = value { draft[keyPath: member] = flag }
        }
    }

    static func duration(
        _ path: String, atLeast least: Duration, _ member: WritableKeyPath<Draft, Duration>, in fresh: Draft, _ about: String
    ) -> Self {
        .optional(path, .duration(atLeast: least), sample: fresh[keyPath: member].asSetting, about) { draft, value in
            if case .duration(let duration) = value { draft[keyPath: member] = duration }
        }
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

    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ path: String, _ member: WritableKeyPath<Draft, Choice>, in fresh: Draft, _ about: String
    ) -> Self where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue)
        return .optional(path, .choice(words), sample: fresh[keyPath: member].rawValue, about) { draft, value in
            if case .text(let text) = value, let choice = Choice(rawValue: text) { draft[keyPath: member] = choice }
        }
    }
}
