package import Units

/// The date form of HTTP headers (RFC 9110, 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// - Returns: `nil` for anything but the preferred form; the two obsolete forms are not read.
    package static func parse(_ text: some StringProtocol) -> Moment? {
        let parts = text.parts(between: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT", parts[4].utf8.count == 8,
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let twoDigits = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Moment(iso: "\(parts[3])-\(twoDigits)-\(parts[1])T\(parts[4])Z")
    }

    package static func text(_ moment: Moment) -> String {
        let date = moment.date(in: .utc)
        let weekday = weekdays[Int(((date.daysSince1970 % 7) + 7) % 7)]
        let day = date.description.suffix(2)
        return "\(weekday), \(day) \(months[date.month - 1]) \(date.description.prefix(4)) \(moment.timeOfDay(in: .utc)) GMT"
    }
}
