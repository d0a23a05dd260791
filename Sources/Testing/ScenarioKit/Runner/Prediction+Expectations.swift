import Invariants
import StrictYAML
import SyncCore

extension Prediction {
    /// The same as a scenario says it.
    static func expectations(_ parked: [ExpectedParked]) -> [Scenario.Expectation] {
        guard !parked.isEmpty, let kind = ExpectationKind.named("parked") else { return [] }
        func text(_ name: String, _ text: String) -> Value.Member {
            Value.Member(name: name, place: .start, value: Value(.text(text), at: .start))
        }
        let records = parked.map { expected in
            Value(
                .record(
                    [
                        expected.connection.map { text("connection", $0) }, expected.job.map { text("job", $0.rawValue) },
                        text("subject", expected.number),
                    ].compactMap(\.self)), at: .start)
        }
        return [Scenario.Expectation(kind: kind, value: Value(.list(records), at: .start), place: .start)]
    }
}
