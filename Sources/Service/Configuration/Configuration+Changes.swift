import Units

extension Configuration {
    /// What differs between two configurations, key by key.
    package struct Change: Equatable, CustomStringConvertible {
        /// Such as `connections.main.schedule.orders`.
        package let path: String
        /// As it is set; `nil`: it is not, and has its default.
        let before: String?
        let after: String?

        /// `connections.main.schedule.orders: 5m, was not set`; secrets are references, which are no secret.
        package var description: String { "\(path): \(after ?? "not set"), was \(before ?? "not set")" }
    }

    /// In the order of the paths. Where a token is kept may be unchanged while the token is another.
    package func changes(to next: Configuration) -> [Change] {
        Set(written.keys).union(next.written.keys).sorted().compactMap { path in
            let (before, after) = (written[path], next.written[path])
            return before == after ? nil : Change(path: path, before: before, after: after)
        }
    }

    /// What the service cannot change while it runs: the journal is locked, and what logs is set up once.
    package static let fixedPaths: Set = ["journal", "log-format"]
}

extension SettingsTable {
    /// Every setting of every layer as text, by path.
    var written: [String: String] {
        var texts: [String: String] = [:]
        for (path, setting) in general { texts[path] = setting.value.written }
        for section in connections {
            // A connection may have been added or taken out.
            texts["connections.\(section.name)"] = "present"
            for (path, setting) in section.settings { texts["connections.\(section.name).\(path)"] = setting.value.written }
        }
        return texts
    }
}

extension SettingValue {
    fileprivate var written: String {
        switch self {
        case .text(let text): text
        case .endpoint(let endpoint): endpoint.description
        case .whole(let number): String(number)
        case .wholes(let numbers): "[\(numbers.map(String.init).joined(separator: ", "))]"
        case .flag(let isOn): isOn ? "true" : "false"
        case .duration(let duration): duration.written
        case .secret(let reference): reference.description
        case .secrets(let references): "[\(references.map(\.description).joined(separator: ", "))]"
        case .choices(let choices):
            "{ " + choices.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + " }"
        }
    }
}
