/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z.
public struct Moment: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000 }

    /// The same moment with the fraction of the second dropped.
    public var truncatedToSecond: Moment { Moment(milliseconds: seconds * 1000) }

    public static func + (moment: Self, duration: Duration) -> Self {
        Moment(milliseconds: moment.milliseconds + duration.milliseconds)
    }

    public static func - (moment: Self, duration: Duration) -> Self {
        Moment(milliseconds: moment.milliseconds - duration.milliseconds)
    }

    public static func - (later: Self, earlier: Self) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    public var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// A length of time as people write it: `1.5 s`, `250 ms`, `15m`, `2h 5m`, `3d 2h`.
    public var forPeople: String {
        let total = milliseconds
        if total < 0 { return "-" + Duration.milliseconds(-total).forPeople }
        if total < 1000 { return "\(total) ms" }
        if total < 60_000 {
            let tenths = (total + 50) / 100
            return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
        }
        let seconds = total / 1000
        let parts: [(Int64, String)] = [
            (seconds / 86400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        return parts.filter { $0.0 > 0 }.prefix(2).map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }
}

/// A day of the Gregorian calendar, in no particular time zone.
public struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    /// - Returns: `nil` for a day that does not exist.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysIn(month: month, year: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Days since 1970-01-01.
    public init(daysSince1970 days: Int64) {
        // Howard Hinnant, «chrono-Compatible Low-Level Date Algorithms», civil_from_days.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    public var daysSince1970: Int64 {
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * Int64(month > 2 ? month - 3 : month + 9) + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    public func adding(days: Int) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + Int64(days)) }

    public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// The clock on a wall somewhere.
public enum Zone: String, Hashable, Sendable {
    case utc = "UTC"
    /// Central European time with the summer time of the European Union, as in every Danish Rackbeat account.
    case copenhagen = "Europe/Copenhagen"

    /// How far the wall clock is ahead of UTC at `moment`, in whole seconds.
    public func offsetSeconds(at moment: Moment) -> Int64 {
        switch self {
        case .utc: return 0
        case .copenhagen:
            let year = CivilDate(daysSince1970: moment.seconds.dividedDown(by: 86400)).year
            // Directive 2000/84/EC: from 01:00 UTC on the last Sunday of March to the same of October.
            let begin = Self.lastSunday(month: 3, year: year) * 86400 + 3600
            let end = Self.lastSunday(month: 10, year: year) * 86400 + 3600
            return moment.seconds >= begin && moment.seconds < end ? 7200 : 3600
        }
    }

    private static func lastSunday(month: Int, year: Int) -> Int64 {
        let last = CivilDate(year: year, month: month, day: 31)!.daysSince1970
        // 1970-01-01 was a Thursday, so day 3 was a Sunday.
        return last - (last - 3) % 7
    }
}

extension Moment {
    /// Reads ISO 8601 with an offset or `Z` and up to nine decimals of a second, or, when `zone` is given, the same without an
    /// offset or with a space instead of the `T`.
    ///
    /// - Returns: `nil` when the text is anything else. A fraction finer than a millisecond is dropped.
    public init?(iso text: some StringProtocol, zone: Zone? = nil) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            bytes[10] == UInt8(ascii: "T") || (bytes[10] == UInt8(ascii: " ") && zone != nil),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), let hour = number(bytes[11..<13]),
            let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]), hour < 24, minute < 60, second < 61
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            var count = 0
            while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]), count < 9 {
                if count < 3 { fraction = fraction * 10 + Int64(bytes[index] - UInt8(ascii: "0")) }
                count += 1
                index += 1
            }
            guard count > 0 else { return nil }
            for _ in 0..<max(0, 3 - count) { fraction *= 10 }
        }
        let wall = date.daysSince1970 * 86400 + Int64(hour * 3600 + minute * 60 + second)
        let rest = Array(bytes[index...])
        if rest.isEmpty {
            guard let zone else { return nil }
            self = Moment(wallSeconds: wall, zone: zone) + .milliseconds(fraction)
            return
        }
        if rest == [UInt8(ascii: "Z")] {
            self.init(milliseconds: wall * 1000 + fraction)
            return
        }
        guard rest[0] == UInt8(ascii: "+") || rest[0] == UInt8(ascii: "-") else { return nil }
        let digits = rest.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard digits.count == 4, let hours = number(digits[0..<2]), let minutes = number(digits[2..<4]) else { return nil }
        let offset = Int64(hours * 3600 + minutes * 60) * (rest[0] == UInt8(ascii: "-") ? -1 : 1)
        self.init(milliseconds: (wall - offset) * 1000 + fraction)
    }

    /// The moment at which a wall clock in `zone` shows the given seconds since 1970.
    ///
    /// An hour that happens twice is read as its first pass; one that is skipped, as if the clock had not been changed yet.
    public init(wallSeconds wall: Int64, zone: Zone) {
        let guess = Moment(milliseconds: wall * 1000 - 7200_000)
        let offset = zone.offsetSeconds(at: guess)
        self.init(milliseconds: (wall - offset) * 1000)
    }

    /// The start of a day on the wall clock of `zone`.
    public init(_ date: CivilDate, zone: Zone) { self.init(wallSeconds: date.daysSince1970 * 86400, zone: zone) }

    /// The day on the wall clock of `zone`.
    public func date(in zone: Zone) -> CivilDate {
        CivilDate(daysSince1970: (seconds + zone.offsetSeconds(at: self)).dividedDown(by: 86400))
    }

    /// `2026-03-02T14:05:09+01:00`; in UTC with `Z`. The fraction of the second is dropped.
    public func iso(in zone: Zone) -> String {
        let offset = zone.offsetSeconds(at: self)
        let suffix =
            zone == .utc
            ? "Z" : (offset < 0 ? "-" : "+") + padded(Int(abs(offset) / 3600), 2) + ":" + padded(Int(abs(offset) / 60 % 60), 2)
        return wallText(in: zone, separator: "T") + suffix
    }

    /// `2026-03-02T13:05:09.583Z`: UTC with milliseconds.
    public var isoUTCMilliseconds: String {
        wallText(in: .utc, separator: "T") + "." + padded(Int(milliseconds - seconds * 1000), 3) + "Z"
    }

    /// `2026-03-02 14:05:09` on the wall clock of `zone`.
    public func sql(in zone: Zone) -> String { wallText(in: zone, separator: " ") }

    /// `14:05:09` on the wall clock of `zone`.
    public func timeOfDay(in zone: Zone) -> String { String(wallText(in: zone, separator: " ").suffix(8)) }

    private func wallText(in zone: Zone, separator: String) -> String {
        let wall = seconds + zone.offsetSeconds(at: self)
        let day = wall.dividedDown(by: 86400)
        let second = Int(wall - day * 86400)
        return CivilDate(daysSince1970: day).description + separator + padded(second / 3600, 2) + ":"
            + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2)
    }
}

extension Int64 {
    fileprivate func dividedDown(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}

private func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
}

private func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
}
