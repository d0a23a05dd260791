/// The clock on a wall somewhere.
package enum Zone: String, Hashable, Sendable {
    case utc = "UTC"
    /// Central European time with the summer time of the European Union, as in every Danish Rackbeat account.
    case copenhagen = "Europe/Copenhagen"

    /// How far the wall clock is ahead of UTC at `moment`, in whole seconds.
    package func offsetSeconds(at moment: Moment) -> Int64 {
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
        let last = CivilDate.daysSince1970(year: year, month: month, day: 31)
        // 1970-01-01 was a Thursday, so day 3 was a Sunday.
        return last - ((last - 3) % 7 + 7) % 7
    }
}

extension Moment {
    /// The moment at which a wall clock in `zone` shows the given seconds since 1970.
    ///
    /// An hour that happens twice is read as its first pass; one that is skipped, as if the clock had not been changed yet.
    package init(wallSeconds wall: Int64, zone: Zone) {
        let guess = Moment(milliseconds: wall * 1000 - 7200_000)
        let offset = zone.offsetSeconds(at: guess)
        self.init(milliseconds: (wall - offset) * 1000)
    }

    /// The start of a day on the wall clock of `zone`.
    package init(_ date: CivilDate, zone: Zone) { self.init(wallSeconds: date.daysSince1970 * 86400, zone: zone) }

    /// The day on the wall clock of `zone`.
    package func date(in zone: Zone) -> CivilDate {
        CivilDate(daysSince1970: (seconds + zone.offsetSeconds(at: self)).dividedDown(by: 86400))
    }
}
