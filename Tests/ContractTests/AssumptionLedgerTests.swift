import Exchange
import Foundation
import JSON
import Testing

@testable import Contract

@Suite struct AssumptionLedgerTests {
    let ledger = AssumptionLedger.standard

    /// Reports name assumptions by number, so a number may never move to another assumption: new ones join at the end.
    @Test func numbersAreConsecutive() {
        let rackbeat = ledger.assumptions(about: .rackbeat)
        let ongoing = ledger.assumptions(about: .ongoing)
        #expect(rackbeat.count >= 59)
        #expect(ongoing.count >= 39)
        #expect(rackbeat.enumerated().allSatisfy { $1.number == "RB-\($0 < 9 ? "0" : "")\($0 + 1)" })
        #expect(ongoing.enumerated().allSatisfy { $1.number == "ON-\($0 < 9 ? "0" : "")\($0 + 1)" })
        #expect(ledger.assumption(number: "RB-01")?.key == "list_status")
        #expect(ledger.assumption(number: "RB-27")?.key == "shipment.partial_mode")
        #expect(ledger.assumption(number: "RB-59")?.key == "shipped_lists")
        #expect(ledger.assumption(number: "ON-01")?.key == "order.initial_status")
        #expect(ledger.assumption(number: "ON-39")?.key == "date_header")
    }

    @Test(arguments: System.allCases) func everyAssumptionIsWholeAndItsDefaultIsAChoice(system: System) {
        for assumption in ledger.assumptions(about: system) {
            #expect(assumption.statement.hasSuffix("."), "\(assumption.number) is no sentence")
            #expect(assumption.statement.count > 20, "\(assumption.number) says too little")
            #expect(assumption.accepts(assumption.defaultChoice), "\(assumption.number)")
            #expect(!assumption.affects.isEmpty, "\(assumption.number)")
            #expect(!assumption.source.isEmpty, "\(assumption.number)")
            #expect(assumption.probe?.how.hasSuffix(".") ?? true, "\(assumption.number) has a probe that is no sentence")
            #expect(Set(assumption.alternatives).count == assumption.alternatives.count, "\(assumption.number)")
        }
    }

    /// A probe that has to write must say so, or a read-only `verify` would change a real account.
    @Test(arguments: System.allCases) func aProbeThatOnlyReadsBeginsWithAReadingCall(system: System) {
        for assumption in ledger.assumptions(about: system) {
            guard let probe = assumption.probe, !probe.writes else { continue }
            for verb in ["POST ", "PUT ", "PATCH ", "DELETE ", "Create ", "Cancel ", "Reopen ", "Book ", "Delete "] {
                #expect(!probe.how.hasPrefix(verb), "\(assumption.number) writes")
            }
        }
    }

    /// Who reads an assumption is not a matter of opinion: its key stands in the sources of the engine or of the fake, or in neither.
    @Test(arguments: System.allCases) func whoReadsAnAssumptionIsSaidTruly(system: System) throws {
        let engine = try Self.sources(below: "Engine")
        let fake = try Self.sources(below: "Fakes/\(system.title)Fake/Server/Behaviour.swift")
        for assumption in ledger.assumptions(about: system) {
            let key = "\"\(assumption.key)\""
            let reader: Assumption.Reader = engine.contains(key) ? .engine : fake.contains(key) ? .fake : .nobody
            #expect(assumption.readBy == reader, "\(assumption.number) \(assumption.key)")
        }
    }

    /// A choice that nobody reads would be advertised and ignored.
    @Test(arguments: System.allCases) func whatNobodyReadsHasNoAlternative(system: System) {
        for assumption in ledger.assumptions(about: system) where assumption.readBy == .nobody {
            #expect(assumption.choicesToTry == [], "\(assumption.number)")
            #expect(assumption.alternatives == [assumption.defaultChoice], "\(assumption.number)")
        }
    }

    /// Where any number is a choice, some have to be named to be tried.
    @Test(arguments: System.allCases) func everyOpenChoiceHasExamples(system: System) {
        for assumption in ledger.assumptions(about: system) {
            let isOpen = assumption.alternatives.contains { $0 == Assumption.anyNumber || $0 == Assumption.anyText }
            #expect(isOpen == !assumption.examples.isEmpty, "\(assumption.number)")
            #expect(assumption.readBy == .nobody || !assumption.choicesToTry.isEmpty, "\(assumption.number)")
        }
    }

    @Test(arguments: System.allCases) func aChoiceThatIsNotSupportedIsRefusedWithWhatToDo(system: System) {
        for assumption in ledger.assumptions(about: system) {
            for choice in assumption.choicesToTry where assumption.concernsFakeOnly {
                guard case .refused(let sentence) = assumption.support(of: choice) else {
                    Issue.record("\(assumption.number) \(choice)")
                    continue
                }
                #expect(sentence.hasSuffix("."), "\(assumption.number) is no sentence")
                #expect {
                    try ledger.profile(for: system, changing: [assumption.key: choice])
                } throws: {
                    "\($0)"
                        == "'\(choice)' for \(assumption.number) '\(assumption.key)' of \(system.title) is not supported: \(sentence)"
                }
            }
        }
    }

    private static func sources(below path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources").appending(path: path)
        guard path.hasSuffix(".swift") == false else { return try String(contentsOf: root, encoding: .utf8) }
        let files = FileManager.default.enumerator(atPath: root.path)!.compactMap { $0 as? String }.filter {
            $0.hasSuffix(".swift")
        }
        return try files.map { try String(contentsOf: root.appending(path: $0), encoding: .utf8) }.joined()
    }

    @Test func theProfileHoldsEveryDefault() {
        for system in System.allCases {
            let profile = ledger.profile(for: system)
            #expect(profile.system == system)
            #expect(profile.all.count == ledger.assumptions(about: system).count)
            for assumption in ledger.assumptions(about: system) {
                #expect(profile[assumption.key] == assumption.defaultChoice)
            }
        }
    }

    @Test func aChangedProfileDiffersInThatOnly() throws {
        let changed = try ledger.profile(
            for: .rackbeat, changing: ["list_status": "200", "rate_limit": "60", "adjustment.relative_flag_name": "delta"])
        #expect(changed["list_status"] == "200")
        #expect(changed.int("rate_limit") == 60)
        #expect(changed["adjustment.relative_flag_name"] == "delta")
        #expect(changed["default_limit"] == "20")
    }

    @Test func anUnknownKeyIsRefusedWithTheNearestOne() {
        #expect {
            try ledger.profile(for: .rackbeat, changing: ["shipment.partial_mod": "whole_only"])
        } throws: { error in
            "\(error)" == "'shipment.partial_mod' is no assumption about Rackbeat; did you mean 'shipment.partial_mode'?"
        }
        #expect {
            try ledger.profile(for: .ongoing, changing: ["x": "1"])
        } throws: { error in
            "\(error)" == "'x' is no assumption about Ongoing; 'tandem contract' lists them"
        }
    }

    @Test(arguments: [
        ("list_status", "204", "'204' is no choice for RB-01 'list_status' of Rackbeat: 206 or 200 was expected"),
        (
            "max_limit", "0",
            "'0' is no choice for RB-03 'max_limit' of Rackbeat: 1000, 100, 200 or any whole number from 1 was expected"
        ),
        ("rate_limit", "lots", "'lots' is no choice for RB-14 'rate_limit' of Rackbeat: any whole number from 0 was expected"),
        (
            "rate_limit", "any number",
            "'any number' is no choice for RB-14 'rate_limit' of Rackbeat: any whole number from 0 was expected"
        ),
        ("rate_limit", "+5", "'+5' is no choice for RB-14 'rate_limit' of Rackbeat: any whole number from 0 was expected"),
        ("shipped_lists", "bare", "'bare' is no choice for RB-59 'shipped_lists' of Rackbeat: paged was expected"),
    ])
    func aChoiceThatDoesNotExistIsRefused(key: String, choice: String, message: String) {
        #expect {
            try ledger.profile(for: .rackbeat, changing: [key: choice])
        } throws: { "\($0)" == message }
    }

    @Test(arguments: [
        (
            #"{"rackbeat":[{"number":"RB-02"}],"ongoing":[]}"#,
            "/rackbeat/0: the member 'key' is missing"
        ),
        (
            #"{"rackbeat":[{"number":"RB-01","nubmer":1}],"ongoing":[]}"#,
            "/rackbeat/0/nubmer: no such member is known here; did you mean 'number'?"
        ),
        (
            """
            {"rackbeat":[{"number":"RB-02","key":"a","statement":"A.","default":"x","alternatives":["x"],"affects":"a",\
            "readBy":"nobody","source":"s","probe":null}],"ongoing":[]}
            """,
            "/rackbeat/0/number: 'RB-01' was expected, not 'RB-02'"
        ),
        (
            """
            {"rackbeat":[{"number":"RB-01","key":"a","statement":"A.","default":"y","alternatives":["x"],"affects":"a",\
            "readBy":"nobody","source":"s","probe":null}],"ongoing":[]}
            """,
            "/rackbeat/0/default: 'y' is not x"
        ),
        (
            """
            {"rackbeat":[{"number":"RB-01","key":"a","statement":"A.","default":"x","alternatives":["x"],"affects":"a",\
            "readBy":"everybody","source":"s","probe":null}],"ongoing":[]}
            """,
            "/rackbeat/0/readBy: one of engine, fake, nobody was expected"
        ),
    ])
    func aLedgerThatContradictsItselfIsNotLoaded(text: String, message: String) {
        #expect {
            try AssumptionLedger(parsing: Array(text.utf8))
        } throws: { "\($0)" == message }
    }
}
