/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z.
package struct Moment: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// Whole seconds since 1970, rounded down.
    package var seconds: Int64 { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000 }

    /// The same moment with the fraction of the second dropped.
    package var truncatedToSecond: Moment { Moment(milliseconds: seconds * 1000) }

    package static func + (moment: Self, duration: Duration) -> Self {
        Moment(milliseconds: moment.milliseconds + duration.milliseconds)
    }

    package static func - (moment: Self, duration: Duration) -> Self {
        Moment(milliseconds: moment.milliseconds - duration.milliseconds)
    }

    package static func - (later: Self, earlier: Self) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let attosecondsPerMillisecond: Int64 = 1_000_000_000_000_000
        let whole = seconds * 1000 + attoseconds / attosecondsPerMillisecond
        return attoseconds % attosecondsPerMillisecond < 0 ? whole - 1 : whole
    }

    /// As files write it, the largest units first: `1h30m`, `250ms`.
    package var written: String {
        var rest = abs(milliseconds)
        guard rest > 0 else { return "0s" }
        var text = self < .zero ? "-" : ""
        for (unit, size) in [("d", Int64(86_400_000)), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] where rest >= size
        {
            text += "\(rest / size)\(unit)"
            rest %= size
        }
        return text
    }

    /// A length of time as people write it: `1.5 s`, `250 ms`, `15m`, `2h 5m`, `3d 2h`.
    package var forPeople: String {
        let total = milliseconds
        if total < 0 { return "-" + Duration.milliseconds(-total).forPeople }
        if total < 1000 { return "\(total) ms" }
        let tenths = (total + 50) / 100
        if tenths < 600 {
            return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
        }
        let seconds = max(60, total / 1000)
        let parts: [(Int64, String)] = [
            (seconds / 86400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        return parts.filter { $0.0 > 0 }.prefix(2).map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }
}

/// `1 line`, `2 lines`: a number of things, in English.
package func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
