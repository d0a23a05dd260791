import Testing

@testable import ScenarioKit

struct ScenarioFormatTests {
    @Test func keysAreOrderedAndCommentsStayWithThem() throws {
        let text = """
            # The claim.
            expect:
              parked: []
            # What happens.
            steps:
            # First.
            - engine.sync
            - wait: 1m\u{20}

            seed: 7

            """
        let formatted = try ScenarioFormat.formatted(text, path: "s.yaml")
        #expect(
            formatted == """
                # The claim.
                seed: 7
                # What happens.
                steps:
                  # First.
                  - engine.sync
                  - wait: 1m
                expect:
                  parked: []

                """)
        #expect(try ScenarioFormat.formatted(formatted, path: "s.yaml") == formatted)
    }

    @Test func aFileInBracesStaysAsItIs() throws {
        let text = "{ steps: [ engine.sync ], seed: 7 }\n"
        #expect(try ScenarioFormat.formatted(text, path: "s.yaml") == text)
    }

    @Test func aBadFileIsRefused() {
        #expect(throws: (any Error).self) { try ScenarioFormat.formatted("stpes: []\n", path: "s.yaml") }
    }
}
