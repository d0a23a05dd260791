import JSON
import Simulation
package import StrictYAML
import Units

/// Values as YAML on one line.
package enum FlowText {
    package static func of(_ value: Value) -> String {
        switch value.content {
        case .text(let text): scalar(text)
        case .whole(let number): String(number)
        case .decimal(let number): number.description
        case .flag(let flag): String(flag)
        case .duration(let duration): duration.written
        case .moment(let moment): moment.isoUTCMilliseconds
        case .date(let date): date.description
        case .custom(let custom): written(custom)
        case .list(let values): values.isEmpty ? "[]" : "[ " + values.map(of).joined(separator: ", ") + " ]"
        case .record(let members): mapping(members.map { (scalar($0.name), $0.value) })
        case .table(let entries): mapping(entries.map { (of($0.key), $0.value) })
        case .tree(let tree): tree.text
        case .nothing: "~"
        case .unreadable: preconditionFailure("\(value.place): what could not be read cannot be written")
        }
    }

    /// A step as it stands in a scenario.
    package static func of(_ step: Step) -> String {
        guard let time = step.time else {
            guard let argument = step.argument else { return step.kind.word }
            return "\(step.kind.word): \(of(argument))"
        }
        return "{ at: \(self.time(time)), \(step.kind.word): \(step.argument.map(of) ?? "~") }"
    }

    /// What only scenarios know how to write.
    private static func written(_ custom: any Sendable) -> String {
        switch custom {
        case let time as TimePoint: self.time(time)
        case let pattern as ExchangePattern: quoted(pattern.description)
        default: preconditionFailure("no scenario holds a \(type(of: custom))")
        }
    }

    private static func mapping(_ entries: [(key: String, value: Value)]) -> String {
        entries.isEmpty ? "{}" : "{ " + entries.map { "\($0.key): \(of($0.value))" }.joined(separator: ", ") + " }"
    }

    /// The text as YAML, quoted where it would otherwise mean something else.
    package static func scalar(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: byte >= 0x80 || "-_./ ".utf8.contains(byte)
            }
        }
        let first = text.utf8.first
        let startsPlain = first.map { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ".") } ?? false
        let isNull = ["null", "Null", "NULL"].contains(text)
        return isPlain && startsPlain && text.utf8.last != UInt8(ascii: " ") && !isNull ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                result += "\\x" + zeroPadded(scalar.value, 2, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func time(_ time: TimePoint) -> String {
        switch time {
        case .sinceStart(let duration): duration.written
        case .timeOfDay(let minutes):
            quoted(zeroPadded(minutes / 60, 2) + ":" + zeroPadded(minutes % 60, 2))
        case .moment(let moment): moment.isoUTCMilliseconds
        }
    }
}
