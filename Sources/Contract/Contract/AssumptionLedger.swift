import Embedded
package import Exchange
import JSON
import Units

/// The single place of every assumption about both systems: its number, its key, its default, its alternatives.
///
/// The clients and the fakes read the choice of a key from a ``Profile``; only this ledger makes profiles, so that an unknown key
/// or choice is refused at the entrance and never found inside.
package struct AssumptionLedger: Sendable {
    private let rackbeat: [Assumption]
    private let ongoing: [Assumption]

    /// The ledger that this build carries. That it can be read is tested; an unreadable one is a defect in Tandem.
    package static let standard: AssumptionLedger = {
        do {
            return try AssumptionLedger(parsing: EmbeddedFile.assumptions)
        } catch {
            preconditionFailure("the assumption ledger of this build: \(error)")
        }
    }()

    /// - Throws: ``JSONError`` for a text that is no JSON, ``ResourceError`` for an entry that is incomplete, contradicts
    ///   itself or repeats another's number or key.
    package init(parsing bytes: [UInt8]) throws {
        let document = ResourceReader(try JSON.parse(bytes), at: JSONPointer())
        try document.allow(only: Set(System.allCases.map(\.rawValue)))
        rackbeat = try Self.read(.rackbeat, prefix: "RB", from: document)
        ongoing = try Self.read(.ongoing, prefix: "ON", from: document)
    }

    /// The assumptions about a system, in the order of their numbers.
    package func assumptions(about system: System) -> [Assumption] {
        switch system {
        case .rackbeat: rackbeat
        case .ongoing: ongoing
        }
    }

    package func assumption(_ key: String, about system: System) -> Assumption? {
        assumptions(about: system).first { $0.key == key }
    }

    /// The assumption of a number such as `RB-07`.
    package func assumption(number: String) -> Assumption? {
        System.allCases.lazy.flatMap(assumptions(about:)).first { $0.number == number }
    }

    /// Every assumption at its default.
    package func profile(for system: System) -> Profile {
        Profile(
            system: system,
            choices: Dictionary(uniqueKeysWithValues: assumptions(about: system).map { ($0.key, $0.defaultChoice) }))
    }

    /// Every assumption at its default but for the changes.
    package func profile(for system: System, changing changes: [String: String]) throws(LedgerError) -> Profile {
        for (key, choice) in changes.sorted(by: { $0.key < $1.key }) { try check(choice, for: key, of: system) }
        return profile(for: system).changing(changes)
    }

    /// Throws unless the key exists and the choice is one of its alternatives, and a supported one.
    package func check(_ choice: String, for key: String, of system: System) throws(LedgerError) {
        guard let assumption = assumption(key, about: system) else {
            let keys = assumptions(about: system).map(\.key)
            throw .unknownKey(key, system, nearest: Spelling.nearest(to: key, among: keys))
        }
        guard assumption.accepts(choice) else { throw .refusedChoice(choice, assumption) }
        if case .refused(let sentence) = assumption.support(of: choice) { throw .unsupported(choice, assumption, sentence) }
    }

    private static func read(
        _ system: System, prefix: String, from document: ResourceReader
    ) throws(ResourceError) -> [Assumption] {
        let place = document.place.appending(system.rawValue)
        guard let entries = try document.required(system.rawValue).array else {
            throw ResourceError(place: place, problem: "a list was expected")
        }
        var assumptions: [Assumption] = []
        for (index, entry) in entries.enumerated() {
            let assumption = try Assumption(reading: entry, of: system, at: place.appending(index))
            func refuse(_ member: String, _ problem: String) -> ResourceError {
                ResourceError(place: place.appending(index).appending(member), problem: problem)
            }
            let number = "\(prefix)-\(index < 9 ? "0" : "")\(index + 1)"
            guard assumption.number == number else {
                throw refuse("number", "'\(number)' was expected, not '\(assumption.number)'")
            }
            guard assumption.accepts(assumption.defaultChoice) else {
                throw refuse("default", "'\(assumption.defaultChoice)' is not \(assumption.alternativesText)")
            }
            for choice in assumption.examples where !assumption.accepts(choice) {
                throw refuse("examples", "'\(choice)' is not \(assumption.alternativesText)")
            }
            guard !assumptions.contains(where: { $0.key == assumption.key }) else {
                throw refuse("key", "'\(assumption.key)' stands twice")
            }
            assumptions.append(assumption)
        }
        return assumptions
    }
}

/// A change of a profile that the ledger does not know.
package enum LedgerError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownKey(String, System, nearest: String?)
    case refusedChoice(String, Assumption)
    /// The choice exists, and the engine cannot work with it.
    case unsupported(String, Assumption, String)

    package var description: String {
        switch self {
        case .unknownKey(let key, let system, let nearest):
            "'\(key)' is no assumption about \(system.title)"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "; 'tandem contract' lists them")
        case .refusedChoice(let choice, let assumption):
            "'\(choice)' is no choice for \(assumption.number) '\(assumption.key)' of \(assumption.system.title): "
                + "\(assumption.alternativesText) was expected"
        case .unsupported(let choice, let assumption, let sentence):
            "'\(choice)' for \(assumption.number) '\(assumption.key)' of \(assumption.system.title) is not supported: \(sentence)"
        }
    }
}
