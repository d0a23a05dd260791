import ScenarioKit
import StrictYAML
import Units

// Values without a place in a file.

extension Value {
    static func text(_ text: String) -> Value { Value(.text(text), at: .start) }
    static func whole(_ number: Int) -> Value { Value(.whole(number), at: .start) }
    static func decimal(_ number: ExactDecimal) -> Value { Value(.decimal(number), at: .start) }
    static func flag(_ flag: Bool) -> Value { Value(.flag(flag), at: .start) }
    static func duration(_ duration: Duration) -> Value { Value(.duration(duration), at: .start) }
    static func time(_ duration: Duration) -> Value { Value(.time(.sinceStart(duration)), at: .start) }
    static func list(_ values: [Value]) -> Value { Value(.list(values), at: .start) }

    /// A record of the members that have a value.
    static func record(_ members: [(name: String, value: Value?)]) -> Value {
        Value(
            .record(
                members.compactMap { member in
                    member.value.map { Value.Member(name: member.name, place: .start, value: $0) }
                }), at: .start)
    }

    static func table(_ entries: [(key: Value, value: Value)]) -> Value { Value(.table(entries), at: .start) }
}
