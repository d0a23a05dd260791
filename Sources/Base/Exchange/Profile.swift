/// The choices made for the assumptions about one system: what the public material does not settle.
///
/// The keys, their defaults and alternatives stand in the assumption ledger of `Contract`; a profile always has all of them.
/// The client and the fake each read what they need from a profile of their own, so that a scenario can let them differ.
package struct Profile: Sendable, Equatable {
    package let system: System
    private let choices: [String: String]

    package init(system: System, choices: [String: String]) {
        self.system = system
        self.choices = choices
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

    /// The same profile with other choices; the caller has checked them against the ledger.
    package func changing(_ changes: [String: String]) -> Profile {
        Profile(system: system, choices: choices.merging(changes) { $1 })
    }

    /// Every choice, by key in alphabetical order.
    package var all: [(key: String, choice: String)] {
        choices.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
