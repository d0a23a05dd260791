/// Something wrong with a configuration, and where it stands. Never shows a secret.
package struct ConfigurationProblem: Error, Hashable, Comparable, Sendable, CustomStringConvertible {
    package let origin: SettingOrigin
    /// What was found, what was expected, and the nearest valid name where there is one.
    package let text: String

    package static func < (left: Self, right: Self) -> Bool { (left.origin, left.text) < (right.origin, right.text) }
    package var description: String { "\(origin): \(text)" }
}

/// Where a setting was made. Later cases override earlier ones.
package enum SettingOrigin: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Line and column count from 1, columns in Unicode scalars.
    case file(String, line: Int, column: Int)
    case environment(String)
    case flag(String)
    /// The place of a secret that a setting refers to.
    case reference(SecretReference)

    package var description: String {
        switch self {
        case .file(let path, let line, let column): "\(path):\(line):\(column)"
        case .environment(let name): "environment variable \(name)"
        case .flag(let flag): flag
        case .reference(let reference): "\(reference)"
        }
    }
}

/// All that is wrong with a configuration: file first, in its order, then environment, then flags. Never empty.
package struct BadConfiguration: Error, Equatable, Sendable, CustomStringConvertible {
    package let problems: [ConfigurationProblem]

    init(_ problems: [ConfigurationProblem]) {
        precondition(!problems.isEmpty)
        // What two layers find wrong alike is said once.
        self.problems = Set(problems).sorted()
    }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
