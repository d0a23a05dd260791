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

    private static let namedInTexts =
        "an article and a purchase order show the name of their supplier until they change themselves"
    private static let kindOfProduct = "a product that becomes another kind leaves its open documents; scenarios change each kind"
    private static let statusesThere = "the fakes' warehouse has these statuses and no others"
    private static let editedThere =
        "only the comparison of the next night finds it, and parks it in ways that no prediction knows"
    private static let otherProgram = "what a system answers another program is no work for the engine; scenarios ask for it"
    private static let articles = "an article that another source makes or renumbers belongs to no document of the case"

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
            // The others are each swept with a day of work: `tandem sweep --assumptions`.
            CaseProfile.all.map { "\($0.system.rawValue) \($0.key) = \($0.choice)" }
        }
    }

    /// What no case can be made of, and why.
    package static let leftOut: [String: String] = [
        "rackbeat.book-many": "a case has few orders, so that its reproducer can be read; scenarios book thousands",
        "engine.lose-journal":
            "what a lost journal cannot know is parked by many rules at once; scenarios lose it in known states",
        "engine.back-up-journal": "an older journal parks what a prediction from people's actions cannot know",
        "engine.restore-journal": "an older journal parks what a prediction from people's actions cannot know",
        "engine.second": "a second engine is judged by what it ships, in scenarios of its own",
        "rackbeat.renumber-product": "its stock differs on both sides until a person has moved it; scenarios declare that",
        "future-row": "the sweep tries it on every list",
        "duplicated-later": "no look of its round can show it; scenarios deliver it in known states",
        "rackbeat.change-supplier name": namedInTexts, "rackbeat.change-supplier group": namedInTexts,
        "rackbeat.change-product batch": kindOfProduct, "rackbeat.change-product serial": kindOfProduct,
        "rackbeat.change-product keeps-inventory": kindOfProduct,
        "rackbeat.change-order vat-zone": "the VAT of a line is drawn itself",
        "rackbeat.change-purchase-order vat-zone": "the VAT of a line is drawn itself",
        "shipped-status-to": statusesThere, "cancelled-order-status": statusesThere, "cancelled-purchase-status": statusesThere,
        "existing-documents": "no other source writes into the warehouse of a case",
        "schedule.reconcile": "comparisons are drawn as steps",
        "schedule.overlap": "a shorter one loses changes where clocks are skewed, and a longer one finds only more",
        "schedule.sweep": "a case is mostly shorter than a sweep",
        "engine.switch": "what must hold from which moment on is a matter of the scenario",
        "rackbeat.hide-records": "what Rackbeat hides for a while is deleted to the engine, as scenarios show for each document",
        "rackbeat.show-records": "nothing is hidden",
        "ongoing.set-status": editedThere, "ongoing.delete-line": editedThere, "ongoing.renumber": editedThere,
        "ongoing.change-line": editedThere, "ongoing.remove": editedThere, "ongoing.reactivate": editedThere,
        "ongoing.create-order": "an order of another source belongs to no document of the case",
        "ongoing.create-article": articles, "ongoing.change-article": articles,
        "ongoing.move-unrecorded": "a difference without a record is no work for the engine; scenarios show that it is reported",
        "service-unavailable-after": "to the engine it is a 500 that was carried out",
        "request-timeout-after": "to the engine it is a 500 that was carried out",
        "rackbeat.request": otherProgram, "ongoing.request": otherProgram,
        "respond": "a response of one's own is written for a scenario",
        "respond-after": "a response of one's own is written for a scenario",
    ]
}
