import Contract
import Exchange
package import StrictYAML
import SyncCore
import Trade

/// A scenario as it was read: everything in it has the shape it should, and every name it uses is given somewhere.
package struct Scenario: Sendable {
    /// The path as it was given.
    package let path: String
    /// The folder's name and the file's without its ending, which is the claim.
    package let title: String
    /// The comment block at the head of the file.
    package let summary: String
    /// Those of the file, and the name of its folder.
    package let tags: [String]
    package let seed: UInt64
    package let world: Value?
    package let faults: [Value]
    package let steps: [Step]
    package let settle: Duration?
    /// At least one; without a matrix the one that changes nothing.
    package let variants: [Variant]
    package let expectations: [Expectation]
    package private(set) var mutant: Value?
    /// Identifiers of invariants.
    package private(set) var caughtBy: [Value]

    package struct Variant: Sendable {
        /// `nil`: the scenario as it is.
        package let name: String?
        package let changes: Value?

        package init(name: String?, changes: Value?) {
            self.name = name
            self.changes = changes
        }

        /// The scenario as it is.
        package static let plain = Variant(name: nil, changes: nil)
    }

    package struct Expectation: Sendable {
        package let kind: ExpectationKind
        package let value: Value
        package let place: Place

        package init(kind: ExpectationKind, value: Value, place: Place) {
            self.kind = kind
            self.value = value
            self.place = place
        }
    }

    /// A scenario that was put together in memory. Whoever does so answers for the shapes: what the reader would have refused
    /// ends the process when the scenario is run.
    package init(
        path: String, title: String, summary: String = "", tags: [String] = [], seed: UInt64 = 1, world: Value? = nil,
        faults: [Value] = [], steps: [Step], settle: Duration? = nil, variants: [Variant] = [.plain],
        expectations: [Expectation] = [], mutant: Value? = nil, caughtBy: [Value] = []
    ) {
        self.path = path
        self.title = title
        self.summary = summary
        self.tags = tags
        self.seed = seed
        self.world = world
        self.faults = faults
        self.steps = steps
        self.settle = settle
        self.variants = variants
        self.expectations = expectations
        self.mutant = mutant
        self.caughtBy = caughtBy
    }

    /// The same scenario with the engine as it is.
    var withUnmodifiedEngine: Scenario {
        var scenario = self
        scenario.mutant = nil
        scenario.caughtBy = []
        return scenario
    }

    /// The names of the variants of a matrix; empty without one.
    package var variantNames: [String] { variants.compactMap(\.name) }
}

/// Reads scenario files.
package enum ScenarioReader {
    static let subject = "scenario"

    /// - Throws: everything that is wrong with the file, at once.
    package static func read(path: String) throws(InvalidFile) -> Scenario {
        try read(try SourceText.load(path, subject: subject))
    }

    /// - Parameter path: what the file is called in messages, and what its claim is read from.
    package static func read(_ text: String, path: String) throws(InvalidFile) -> Scenario {
        try read(try SourceText(file: path, subject: subject, bytes: Array(text.utf8)))
    }

    static func read(_ source: SourceText) throws(InvalidFile) -> Scenario {
        guard let document = try YAMLDocument.compose(source) else {
            throw InvalidFile([
                Problem(file: source.file, place: .start, text: "the file holds no scenario: at least 'steps' was expected")
            ])
        }
        var reader = StrictReader(source, names: NameBook(defaults: WorldDefaults.names))
        let file = reader.read(document, as: .record(ScenarioShape.file), label: "scenario")
        reader.generateProducts(file)
        reader.checkNames()
        let steps = file?.required("steps").list.compactMap { step(from: $0, &reader) } ?? []
        if let file { checkRules(file, &reader) }
        guard reader.problems.isEmpty, let file else { throw InvalidFile(reader.problems) }
        return scenario(source, file, steps)
    }

    private static func scenario(_ source: SourceText, _ file: Value, _ steps: [Step]) -> Scenario {
        let title = ScenarioFiles.title(of: source.file)
        let folder = title.split(separator: "/").dropLast().first.map(String.init)
        return Scenario(
            path: source.file, title: title, summary: source.headComment,
            tags: (file["tags"]?.list.map(\.text) ?? []) + (folder.map { [$0] } ?? []),
            seed: UInt64(file["seed"]?.int ?? 1), world: file["world"], faults: file["faults"]?.list ?? [], steps: steps,
            settle: file["settle"]?.duration,
            variants: file["matrix"]?.list.map { Scenario.Variant(name: $0.required("name").text, changes: $0) }
                ?? [.plain],
            expectations: file["expect"]?.members.map {
                Scenario.Expectation(kind: ExpectationKind.named($0.name)!, value: $0.value, place: $0.place)
            } ?? [],
            mutant: file["mutant"], caughtBy: file["caught-by"]?.list ?? [])
    }

    static func step(from value: Value, _ reader: inout StrictReader) -> Step? {
        guard value.isRecord else {
            let kind = StepKind.named(value.text)!
            if case .required(let shape) = kind.argument {
                reader.refuse(value.place, "'\(kind.word)' takes \(shape.expectation): write '\(kind.word): …'")
                return nil
            }
            return Step(kind: kind, argument: nil, time: nil, place: value.place)
        }
        let word = value.members.first { $0.name != "at" }!
        let kind = StepKind.named(word.name)!
        let time = value.members.first { $0.name == "at" }
        return Step(kind: kind, argument: word.value.isNothing ? nil : word.value, time: time?.value.time, place: word.place)
    }

    private static func checkRules(_ file: Value, _ reader: inout StrictReader) {
        checkTwins(file["world"]?["connections"]?.list ?? [], &reader)
        for profile in [file["world"]?["profile"]] + (file["matrix"]?.list ?? []).map({ $0["profile"] }) {
            if let profile { checkSupport(of: profile, &reader) }
        }
    }

    /// One location and one goods owner belong to one connection, as in a configuration.
    private static func checkTwins(_ connections: [Value], _ reader: inout StrictReader) {
        let plans = connections.map { value in
            ConnectionSettings(
                name: value.required("name").text, location: LocationNumber(value.required("location").text),
                goodsOwner: value.required("goods-owner").int)
        }
        for (index, plan) in plans.enumerated() {
            for other in plans.prefix(index) {
                if other.location == plan.location {
                    reader.refuse(connections[index].required("location").place, plan.locationIsTaken(by: other.name))
                }
                if other.goodsOwner == plan.goodsOwner {
                    reader.refuse(connections[index].required("goods-owner").place, plan.goodsOwnerIsTaken(by: other.name))
                }
            }
        }
    }

    /// Clients may assume only what the engine can work with. The fakes alone (`fake-profile`) may do anything: that is a system other
    /// than the engine was told.
    private static func checkSupport(of profile: Value, _ reader: inout StrictReader) {
        for system in System.allCases {
            for member in profile[system.rawValue]?.members ?? [] {
                do {
                    try AssumptionLedger.standard.check(member.value.choiceText, for: member.name, of: system)
                } catch {
                    reader.refuse(member.place, error.description)
                }
            }
        }
    }
}

extension StrictReader {
    fileprivate mutating func generateProducts(_ file: Value?) {
        guard let count = file?["world"]?["generate"]?["products"]?.int else { return }
        names.generate(.product) { name in
            GeneratedProduct.number(of: name).map { 1 <= $0 && $0 <= count } ?? false
        }
    }
}
