/// The choices made for the assumptions about one system: what the public material does not settle.
///
/// The keys, their defaults and alternatives stand in the assumption ledger of `Contract`; a profile always has all of them.
/// The client and the fake each read what they need from a profile of their own, so that a scenario can let them differ.
package struct Profile: Sendable, Equatable {
    package let system: System
    private let choices: [String: String]

    /// The keys whose choice somebody has stated, be it the default.
    private let stated: Set<String>

    package init(system: System, choices: [String: String]) { self.init(system, choices, stated: []) }

    private init(_ system: System, _ choices: [String: String], stated: Set<String>) {
        self.system = system
        self.choices = choices
        self.stated = stated
    }

    /// The choice for a key of the ledger. Asking for a key that is not in the ledger is a defect in Tandem.
    package subscript(key: String) -> String {
        guard let choice = choices[key] else { preconditionFailure("no assumption '\(key)' in the ledger of \(system)") }
        return choice
    }

    package func isOn(_ key: String) -> Bool { self[key] == "true" }

    package func int(_ key: String) -> Int {
        guard let value = Int(self[key]) else { preconditionFailure("'\(key)' of \(system) is no whole number") }
        return value
    }

    /// Whether somebody stands for the choice: it is written in a configuration or a scenario. What nobody has looked at is the
    /// default of the ledger, and is not relied on where relying on it could lose a change.
    package func isConfirmed(_ key: String) -> Bool { stated.contains(key) }

    /// The same profile with other choices, which count as confirmed; the caller has checked them against the ledger.
    package func changing(_ changes: [String: String]) -> Profile {
        Profile(system, choices.merging(changes) { $1 }, stated: stated.union(changes.keys))
    }

    /// Every choice, by key in alphabetical order.
    package var all: [(key: String, choice: String)] {
        choices.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
