import ScenarioKit
import Testing

@testable import Exploration

struct AssumptionSweepTests {
    /// Also those of assumptions that may be any number: a sweep that leaves one out proves nothing of it.
    @Test func everyAlternativeIsInTheSweepOnce() {
        let names = Alternative.all.map(\.name)
        #expect(names.count == Set(names).count)
        #expect(names.count > 100)
        #expect(names.contains("RB-47=children"))
        #expect(names.contains("ON-26=5000"))
    }

    /// The reader refuses what it is told to refuse, and takes every other day as it is written.
    @Test func theDayOfEverySupportedAlternativeIsRead() throws {
        for alternative in Alternative.all {
            if alternative.refusal == nil {
                #expect(throws: Never.self, "\(alternative.name)") { try WorkingDay.scenario(alternative) }
            } else {
                #expect(throws: (any Error).self, "\(alternative.name)") { try WorkingDay.scenario(alternative) }
            }
        }
    }

    @Test func anAlternativeIsNamedAsItIsPrinted() {
        #expect(Alternative.named("RB-47=children").map(\.title) == ["RB-47 location_match = children"])
        #expect(Alternative.named("RB-27").map(\.choice) == ["edit_after_create", "whole_only"])
        // Any number is a choice, also one that is no example.
        #expect(Alternative.named("RB-02=7").map(\.name) == ["RB-02=7"])
        for text in ["RB-47=exact", "RB-47=parents", "RB-99", "location_match", ""] { #expect(Alternative.named(text).isEmpty) }
    }
}
