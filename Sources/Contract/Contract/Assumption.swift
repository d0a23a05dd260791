package import Exchange
import JSON

/// One fact that the public material about a system does not settle, and what we assume until somebody finds out.
package struct Assumption: Sendable, Equatable {
    /// How `verify` can find out on a real account.
    package struct Probe: Sendable, Equatable {
        package let how: String
        /// Whether it writes, so that it runs only when writing is allowed.
        package let writes: Bool
    }

    /// Who reads the choice. A test compares it with the sources.
    package enum Reader: String, Sendable, CaseIterable {
        /// The engine decides by it, and the fake behaves by it.
        case engine
        /// The fake behaves by it; the engine does the same whatever it is.
        case fake
        /// It only documents how the fake behaves.
        case nobody
    }

    /// Whether the engine behaves rightly where the system is as a choice says.
    package enum Support: Sendable, Equatable {
        case supported
        /// - Parameter sentence: Why not, and what to do instead.
        case refused(_ sentence: String)
    }

    package let system: System
    /// `RB-07`, `ON-03`: its name in reports. Numbers are never reused.
    package let number: String
    /// Its name in profiles: clients, fakes and scenarios look up the choice by it.
    package let key: String
    /// What the default says of the system, as a sentence.
    package let statement: String
    package let defaultChoice: String
    /// Every possible choice. `any number` and `any text` stand for all values of that kind.
    package let alternatives: [String]
    /// Where any number or any text is a choice: some that differ in what follows from them.
    package let examples: [String]
    package let readBy: Reader
    /// The smallest number where any number is a choice.
    package let minimum: Int
    /// Whether only a fake reads it: it makes the fake misbehave, and no client may know.
    package let concernsFakeOnly: Bool
    /// What depends on it.
    package let affects: String
    /// Where the material is silent or contradicts itself.
    package let source: String
    /// `nil` where only the vendor can tell.
    package let probe: Probe?

    static let anyNumber = "any number"
    static let anyText = "any text"

    /// Whether the choice is one of the alternatives.
    package func accepts(_ choice: String) -> Bool {
        if choice != Self.anyNumber, choice != Self.anyText, alternatives.contains(choice) { return true }
        if alternatives.contains(Self.anyText) { return !choice.isEmpty }
        guard alternatives.contains(Self.anyNumber), let number = Int(choice) else { return false }
        // "+5" and "007" are read by Int, yet two spellings of one choice would make profiles differ that do not.
        return number >= minimum && String(number) == choice
    }

    /// Whether configurations and scenarios may choose it. The one place that decides so.
    package func support(of choice: String) -> Support {
        concernsFakeOnly && choice != defaultChoice ? .refused(Self.misbehaviour) : .supported
    }

    private static let misbehaviour =
        "It makes a fake misbehave and says nothing of a real account; in a scenario, write it under fake-profile."

    /// Every choice beside the default that can be tried, examples in place of any number and any text.
    package var choicesToTry: [String] {
        (alternatives.filter { $0 != Self.anyNumber && $0 != Self.anyText } + examples).filter { $0 != defaultChoice }
    }

    /// The alternatives as they stand in a sentence: `206 or 200`.
    package var alternativesText: String {
        let words = alternatives.map { $0 == Self.anyNumber ? "any whole number from \(minimum)" : $0 }
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}

extension Assumption {
    private static let members: Set<String> = [
        "number", "key", "statement", "default", "alternatives", "examples", "minimum", "readBy", "fakeOnly",
        "affects", "source", "probe",
    ]

    init(reading json: JSON, of system: System, at place: JSONPointer) throws(ResourceError) {
        let entry = ResourceReader(json, at: place)
        try entry.allow(only: Self.members)
        self.system = system
        number = try entry.string("number")
        key = try entry.string("key")
        statement = try entry.string("statement")
        defaultChoice = try entry.string("default")
        alternatives = try entry.strings("alternatives")
        examples = entry.optional("examples") == nil ? [] : try entry.strings("examples")
        readBy = try Self.reader(entry)
        minimum = try entry.optionalInt("minimum") ?? 0
        concernsFakeOnly = try entry.optionalBool("fakeOnly") ?? false
        affects = try entry.string("affects")
        source = try entry.string("source")
        probe = try entry.optional("probe").map { json throws(ResourceError) in
            let probe = ResourceReader(json, at: place.appending("probe"))
            try probe.allow(only: ["how", "writes"])
            return Probe(how: try probe.string("how"), writes: try probe.optionalBool("writes") ?? false)
        }
    }

    private static func reader(_ entry: ResourceReader) throws(ResourceError) -> Reader {
        guard let reader = Reader(rawValue: try entry.string("readBy")) else {
            let words = Reader.allCases.map(\.rawValue).joined(separator: ", ")
            throw ResourceError(place: entry.place.appending("readBy"), problem: "one of \(words) was expected")
        }
        return reader
    }
}
