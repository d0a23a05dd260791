import Contract
import Exchange
package import ScenarioKit
import Simulation
import StrictYAML
import SyncCore

/// What of the language the cases of an exploration were made of: the steps, what changes can be made of documents, faults, settings and
/// alternatives of assumptions. What no seed ever draws, no seed ever finds anything about.
package struct Vocabulary: Sendable, Equatable {
    package enum Part: String, Sendable, CaseIterable {
        case steps, changes, faults, settings, alternatives
    }

    private var drawn: [Part: Set<String>] = [:]

    package init() {}

    package static func += (left: inout Vocabulary, right: Vocabulary) {
        left.drawn.merge(right.drawn) { $0.union($1) }
    }

    package mutating func add(_ scenario: Scenario) {
        for step in scenario.steps {
            note(.steps, step.kind.word)
            guard let argument = step.argument else { continue }
            if Self.changes.contains(step.kind.word) {
                for member in argument.members { note(.changes, "\(step.kind.word) \(member.name)") }
            }
            if step.kind.word == "fault.begin" { note(.faults, argument.required("fault").text) }
        }
        guard let world = scenario.world else { return }
        for owner in [world["engine"]].compactMap({ $0 }) + (world["connections"]?.list ?? []) { noteSettings(owner, "") }
        for system in System.allCases {
            for member in world["profile"]?[system.rawValue]?.members ?? [] {
                note(.alternatives, "\(system.rawValue) \(member.name) = \(member.value.plain)")
            }
        }
    }

    private mutating func noteSettings(_ owner: Value, _ path: String) {
        for member in owner.members {
            let name = path.isEmpty ? member.name : "\(path).\(member.name)"
            if member.value.isRecord { noteSettings(member.value, name) } else { note(.settings, name) }
        }
    }

    private mutating func note(_ part: Part, _ name: String) { drawn[part, default: []].insert(name) }

    /// What was never drawn, in the order of the language; parts of which everything was drawn are left out.
    package var neverDrawn: [(part: Part, names: [String])] {
        Part.allCases.compactMap { part in
            let names = Self.names(part).filter { !drawn[part, default: []].contains($0) && Self.leftOut[$0] == nil }
            return names.isEmpty ? nil : (part, names)
        }
    }

    // MARK: All of it

    private static let changes: Set = [
        "rackbeat.change-product", "rackbeat.change-supplier", "rackbeat.change-order", "rackbeat.change-purchase-order",
    ]

    private static func names(_ part: Part) -> [String] {
        switch part {
        case .steps: StepKind.all.map(\.word)
        case .changes:
            StepKind.all.filter { changes.contains($0.word) }.flatMap { kind -> [String] in
                guard case .required(.record(let record)) = kind.argument else { return [] }
                return record.fields.map { "\(kind.word) \($0.name)" }
            }
        case .faults: FaultKind.allCases.map(\.rawValue)
        case .settings: SettingsCatalogue.all.map(\.path)
        case .alternatives:
            Alternative.all.filter { $0.refusal == nil }.map {
                "\($0.assumption.system.rawValue) \($0.assumption.key) = \($0.choice)"
            }
        }
    }

    /// What no case can be made of, and why.
    package static let leftOut: [String: String] = [
        "fault.end": "faults end with the last step, so that every case settles",
        "rackbeat.book-many": "a case has few orders, so that its reproducer can be read; scenarios book thousands",
        "engine.lose-journal":
            "what a lost journal cannot know is parked by many rules at once; scenarios lose it in known states",
        "engine.back-up-journal": "an older journal parks what a prediction from people's actions cannot know",
        "engine.restore-journal": "an older journal parks what a prediction from people's actions cannot know",
        "engine.second": "a second engine is judged by what it ships, in scenarios of its own",
        "rackbeat.renumber-product": "its stock differs on both sides until a person has moved it; scenarios declare that",
        "ongoing.return": "what comes back is parked until a person has credited it; scenarios return goods in known states",
        "rackbeat.close-rest":
            "whether a rest is parked hangs on what the warehouse has begun; scenarios give it up in known states",
        "rackbeat reopen_when = part_shipped":
            "the sweep of assumptions and scenarios reopen what is begun; a case reopens what a prediction knows",
        "rackbeat rest_closed = quantities_cut": "no case gives a rest up",
        "future-row": "the sweep tries it on every list",
        "service-unavailable-after": "to the engine it is a 500 that was carried out",
        "request-timeout-after": "to the engine it is a 500 that was carried out",
    ]
}
