import Invariants
import Mutants
import Simulation
import StrictYAML

/// The reference part of `Scenarios/README.md`: every key of a scenario, from the shapes that files are read by.
package enum ReferencePage {
    /// The generated part of the page follows this mark.
    package static let mark = "<!-- From here on this page is generated from the catalogue that scenarios are read by. -->"

    /// The world of an example that has none.
    package static let exampleWorld = """
        world:
          products:
            - { number: CHAIR-01, name: Oak chair, stock: 10 }
            - { number: TABLE-01, name: Oak table, stock: 4 }

        """

    package static var text: String {
        var page = mark + "\n\n## The file\n\n" + table(of: ScenarioShape.file)
        page += "\n## The world\n\n" + worldPart
        page += "\n## Settings\n\nUnder `world: engine:` for every connection, or under one connection.\n\n" + settingsPart
        page += "\n## Steps\n\n" + stepsPart
        page += "\n## Faults\n\n" + faultsPart
        page += "\n## Expectations\n\n" + expectationsPart
        page += "\n## Invariants\n\n" + invariantsPart
        page += "\n## Mutants\n\n" + mutantsPart
        page += "\n## The parts\n\n" + recordsPart
        return page
    }

    /// Every example of the page as a whole scenario, by name.
    package static var examples: [(name: String, scenario: String)] {
        StepKind.all.map { ($0.word, exampleWorld + steps($0.example)) }
            + ExpectationKind.all.map { kind in
                (kind.name, exampleWorld + steps(kind.example.steps) + "expect:\n" + indent(kind.example.expect, by: 2) + "\n")
            }
            + WorldShapes.world.fields.map { ("world \($0.name)", worldExample($0)) }
            + EngineSettings.fields.map { field in
                let line = "    \(field.name): \(field.example ?? "")\n"
                return (field.name, exampleWorld + "  engine:\n" + line + steps("- engine.sync"))
            }
            + FaultShapes.fault.fields.compactMap { field in
                guard let example = field.example else { return nil }
                return (
                    "fault \(field.name)",
                    exampleWorld
                        + "faults:\n  - { match: ongoing PUT /articles, fault: response-lost, \(field.name): \(example) }\n"
                        + steps("- engine.sync")
                )
            }
    }

    // MARK: Parts

    private static var worldPart: String {
        WorldShapes.world.fields.map { field in
            "### \(field.name)\n\n\(field.doc)\n\n" + yaml("world:\n  \(field.name): \(field.example ?? "")")
        }.joined(separator: "\n")
    }

    private static var settingsPart: String {
        var rows = "| setting | value | what it does | example |\n|---|---|---|---|\n"
        for field in EngineSettings.fields {
            rows +=
                "| `\(field.name)` | \(cell(field.shape)) | \(escape(field.doc)) | `\(field.name): \(field.example ?? "")` |\n"
        }
        return rows
    }

    private static var stepsPart: String {
        "A step is its name, alone or with an argument. Steps of people can have a time of their own: "
            + "`{ at: 5m, ongoing.pick: { order: 1042 } }` happens five minutes after the start, whatever the engine is doing then, and "
            + "the next step does not wait for it.\n\n"
            + StepKind.all.map { kind in
                var part = "### \(kind.word)\n\n\(kind.doc)\n\n"
                if let record = kind.argument.shape?.record { part += table(of: record) + "\n" }
                return part + yaml("steps:\n" + indent(kind.example, by: 2))
            }.joined(separator: "\n")
    }

    private static var faultsPart: String {
        let intro =
            "A fault says which exchanges it matches and what goes wrong with them. It stands under `faults:`, in a variant of the `matrix`, or in a step "
            + "`fault.begin`. A fault or a crash that never happens makes the scenario fail: it would prove nothing.\n\n"
        return intro + table(of: FaultShapes.fault) + "\n" + faultWords
            + "\nA fault can bring a response of its own along:\n\n" + table(of: OwnResponse.fault) + "\n"
            + yaml(
                """
                faults:
                  - { match: "rackbeat POST /orders/{}/create-shipment", fault: response-lost, nth: 2, times: 3 }
                  - { match: ongoing GET /**, fault: too-many-requests, retry-after: 12s, from: 10m, until: 20m }
                  - { match: ongoing PUT /orders, fault: { respond: { status: 418, headers: { X-Reason: teapot }, body: { message: No. } } }, times: 2 }
                """)
    }

    private static var faultWords: String {
        let rows = FaultKind.complete.map { kind -> String in
            let names = [kind.rawValue] + FaultKind.aliases.filter { $0.kind == kind }.map(\.name)
            let words = names.map { "`\($0)`" }.joined(separator: ", ")
            return "| \(words) | \(escape(kind.words)) |\n"
        }
        return "| fault | what happens |\n|---|---|\n" + rows.joined()
    }

    private static var expectationsPart: String {
        ExpectationKind.all.map { kind in
            var part = "### \(kind.name)\n\n\(kind.doc)\n\n"
            if let record = kind.shape.record { part += table(of: record) + "\n" }
            return part + yaml(steps(kind.example.steps) + "expect:\n" + indent(kind.example.expect, by: 2))
        }.joined(separator: "\n")
    }

    private static var invariantsPart: String {
        "They judge every run from snapshots of both systems and from the action log, never from what the engine says of itself.\n\n"
            + "| invariant | statement |\n|---|---|\n"
            + AllInvariants.types.map { "| `\($0.id)` | \(escape($0.statement)) |\n" }.joined()
    }

    private static var mutantsPart: String {
        "A scenario with `mutant` puts a known bug into the engine or a fake. It passes when the invariants that `caught-by` names "
            + "are violated.\n\n| mutant | the bug |\n|---|---|\n"
            + Mutant.all.map { "| `\($0.name)` | \(escape($0.description)) |\n" }.joined() + "\n"
            + yaml(Mutant.all.first.map { "mutant: \($0.name)\ncaught-by: [ \($0.caughtBy) ]" } ?? "")
    }

    /// The records inside others, each once.
    private static var recordsPart: String {
        inner.map { "### \($0.title)\n\n" + table(of: $0) }.joined(separator: "\n")
    }

    private static var inner: [Record] {
        var found: [Record] = []
        let shown = StepKind.all.compactMap(\.argument.shape?.record) + ExpectationKind.all.compactMap(\.shape.record)
        var pending = shown.flatMap(\.fields) + WorldShapes.world.fields + EngineSettings.fields
        while let field = pending.first {
            pending.removeFirst()
            guard let record = field.shape.record, !found.contains(where: { $0.title == record.title }),
                !isLedger(record)
            else { continue }
            found.append(record)
            pending += record.fields
        }
        return found
    }

    /// The keys of profiles are those of the assumptions, which `tandem assumptions` prints.
    private static func isLedger(_ record: Record) -> Bool { record.title.contains("profile") }

    // MARK: Markdown

    private static func table(of record: Record) -> String {
        guard !record.fields.isEmpty else { return "" }
        var rows = "| key | value | meaning |\n|---|---|---|\n"
        for field in record.fields {
            let required = field.isRequired ? " **required**" : ""
            rows += "| `\(field.name)`\(required) | \(cell(field.shape)) | \(escape(field.doc)) |\n"
        }
        return rows
    }

    private static func cell(_ shape: Shape) -> String {
        switch shape {
        case .either(let shapes): shapes.map(cell).joined(separator: " or ")
        case .list(let element): "a list: " + cell(element)
        case .table(let key, let value): cell(key) + " → " + cell(value)
        case .choice(let choices) where choices.count > 6: "a word, see below"
        case .choice(let choices): choices.map { "`\($0)`" }.joined(separator: ", ")
        case .record(let record) where record.fields.count > 40: "words, see below"
        default: escape(shape.expectation)
        }
    }

    private static func escape(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("\n", with: " ") }

    private static func yaml(_ text: String) -> String { "```yaml\n\(text)\n```\n" }

    private static func indent(_ text: String, by count: Int) -> String {
        let space = String(repeating: " ", count: count)
        return text.split(separator: "\n").map { space + $0 }.joined(separator: "\n")
    }

    private static func steps(_ example: String) -> String { "steps:\n" + indent(example, by: 2) + "\n" }

    private static func worldExample(_ field: Field) -> String {
        let products = field.name == "products" ? "" : exampleWorld.dropFirst("world:\n".count).description
        return "world:\n  \(field.name): \(field.example ?? "")\n" + products + steps("- engine.sync")
    }
}
