import JSON
import Units

/// Compares what would be written with what is shown: member by member, as far as both have one of that name.
///
/// What is shown has members of its own, writes nothing as null or as an empty text, and leaves out a few that cannot be read back.
enum Comparison {
    /// Whether what is written of these members, or of all but some, is what is shown of them.
    static func agrees(
        _ written: JSON, _ names: Set<String>? = nil, except others: Set<String> = [], with shown: JSON?
    ) -> Bool {
        guard let members = written.object else { return false }
        return members.allSatisfy { member in
            guard names?.contains(member.name) ?? !others.contains(member.name), let shown = shown?[member.name] else {
                return true
            }
            return agrees(member.value, shown)
        }
    }

    /// Whether each row that is shown says of itself what would be written. Rows of one number belong together.
    static func agree(rows written: JSON?, with shown: JSON?) -> Bool {
        let shown = shown?.array ?? []
        return (written?.array ?? []).allSatisfy { row in
            shown.filter { $0["rowNumber"] == row["rowNumber"] }.allSatisfy { agrees(row, with: $0) }
        }
    }

    private static func agrees(_ written: JSON, _ shown: JSON) -> Bool {
        switch (written, shown) {
        case (.object(let members), .null): return members.allSatisfy { agrees($0.value, .null) }
        case (.object, _): return agrees(written, with: shown)
        case (.string(let text), .null): return text.isEmpty
        case (.string(let text), .string(let other)): return text == other || isSameTime(text, other)
        case (.bool(let flag), .null): return !flag
        case (.number(let number), .number(let other)): return ExactDecimal(number.text) == ExactDecimal(other.text)
        default: return written == shown
        }
    }

    /// A day may be shown with a time, and a time in another fraction than it was written in.
    private static func isSameTime(_ text: String, _ other: String) -> Bool {
        if CivilDate(text) != nil { return other.hasPrefix(text + "T") }
        guard let time = Moment(iso: text) else { return false }
        return Moment(iso: other) == time
    }
}
