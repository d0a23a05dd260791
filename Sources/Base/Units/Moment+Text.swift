extension Moment {
    /// Reads ISO 8601 with an offset or `Z` and up to nine decimals of a second, or, when `zone` is given, the same without an
    /// offset or with a space instead of the `T`.
    ///
    /// - Returns: `nil` when the text is anything else. A fraction finer than a millisecond is dropped; second 60 is the second
    ///   that follows.
    package init?(iso text: some StringProtocol, zone: Zone? = nil) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)),
            bytes[10] == UInt8(ascii: "T") || (bytes[10] == UInt8(ascii: " ") && zone != nil),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"), let hour = number(bytes[11..<13]),
            let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]), hour < 24, minute < 60, second < 61
        else { return nil }
        var rest = bytes[19...]
        guard let fraction = Self.takeFraction(from: &rest) else { return nil }
        let wall = date.daysSince1970 * 86400 + Int64(hour * 3600 + minute * 60 + second)
        if rest.isEmpty {
            guard let zone else { return nil }
            self = Moment(wallSeconds: wall, zone: zone) + .milliseconds(fraction)
        } else {
            guard let offset = Self.offsetSeconds(Array(rest)) else { return nil }
            self.init(milliseconds: (wall - offset) * 1000 + fraction)
        }
    }

    /// The milliseconds of a point and one to nine digits; 0 when there is no point.
    private static func takeFraction(from rest: inout ArraySlice<UInt8>) -> Int64? {
        guard rest.first == UInt8(ascii: ".") else { return 0 }
        let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest[digits.endIndex...]
        guard (1...9).contains(digits.count) else { return nil }
        let padded = (digits + [UInt8(ascii: "0"), UInt8(ascii: "0")]).prefix(3)
        return number(padded).map(Int64.init)
    }

    /// Reads `Z`, `+01:00`, `-05:30` or `+0100`.
    private static func offsetSeconds(_ text: [UInt8]) -> Int64? {
        if text == [UInt8(ascii: "Z")] { return 0 }
        let hasColon = text.count == 6 && text[3] == UInt8(ascii: ":")
        guard hasColon || text.count == 5, text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-"),
            let hours = number(text[1..<3]), let minutes = number(text.suffix(2)), hours < 24, minutes < 60
        else { return nil }
        return Int64(hours * 3600 + minutes * 60) * (text[0] == UInt8(ascii: "-") ? -1 : 1)
    }

    /// `2026-03-02T14:05:09+01:00`; in UTC with `Z`. The fraction of the second is dropped.
    package func iso(in zone: Zone) -> String {
        let offset = zone.offsetSeconds(at: self)
        let suffix =
            zone == .utc
            ? "Z"
            : (offset < 0 ? "-" : "+") + zeroPadded(Int(abs(offset) / 3600), 2) + ":" + zeroPadded(Int(abs(offset) / 60 % 60), 2)
        return wallText(in: zone, separator: "T") + suffix
    }

    /// `2026-03-02T13:05:09.583Z`: UTC with milliseconds.
    package var isoUTCMilliseconds: String {
        wallText(in: .utc, separator: "T") + "." + zeroPadded(Int(milliseconds - seconds * 1000), 3) + "Z"
    }

    /// `2026-03-02 14:05:09` on the wall clock of `zone`.
    package func sql(in zone: Zone) -> String { wallText(in: zone, separator: " ") }

    /// `14:05:09` on the wall clock of `zone`.
    package func timeOfDay(in zone: Zone) -> String { String(wallText(in: zone, separator: " ").suffix(8)) }

    private func wallText(in zone: Zone, separator: String) -> String {
        let wall = seconds + zone.offsetSeconds(at: self)
        let day = wall.dividedDown(by: 86400)
        let second = Int(wall - day * 86400)
        return CivilDate(daysSince1970: day).description + separator + zeroPadded(second / 3600, 2) + ":"
            + zeroPadded(second / 60 % 60, 2) + ":" + zeroPadded(second % 60, 2)
    }
}
