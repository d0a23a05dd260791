import Testing
import Units

/// Copenhagen's clocks go forward at 01:00 UTC on the last Sunday of March and back at 01:00 UTC on the last Sunday of October.
@Suite struct ZoneTests {
    @Test(
        arguments: [
            ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"), ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"),
            ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59+02:00"), ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00+01:00"),
            ("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00"), ("2026-12-31T23:00:00Z", "2027-01-01T00:00:00+01:00"),
            ("2026-06-30T22:00:00Z", "2026-07-01T00:00:00+02:00"),
            // The last Sunday is the 31st, the 25th and the day after a leap day's month.
            ("2024-03-31T00:59:59Z", "2024-03-31T01:59:59+01:00"), ("2024-03-31T01:00:00Z", "2024-03-31T03:00:00+02:00"),
            ("2027-03-28T01:00:00Z", "2027-03-28T03:00:00+02:00"), ("2030-03-31T01:00:00Z", "2030-03-31T03:00:00+02:00"),
            ("2027-10-31T00:59:59Z", "2027-10-31T02:59:59+02:00"), ("2027-10-31T01:00:00Z", "2027-10-31T02:00:00+01:00"),
            ("2029-03-25T01:00:00Z", "2029-03-25T03:00:00+02:00"), ("2029-10-28T01:00:00Z", "2029-10-28T02:00:00+01:00"),
        ] as [(String, String)]) func aMomentIsWrittenOnTheWallOfCopenhagen(utc: String, wall: String) throws
    {
        let moment = try #require(Moment(iso: utc))
        #expect(moment.iso(in: .copenhagen) == wall)
        #expect(Moment(iso: wall) == moment)
    }

    @Test(
        arguments: [
            ("2026-03-29 01:59:59", "2026-03-29T00:59:59Z"), ("2026-03-29 03:00:00", "2026-03-29T01:00:00Z"),
            ("2026-10-25 01:59:59", "2026-10-24T23:59:59Z"), ("2026-10-25 03:00:00", "2026-10-25T02:00:00Z"),
            ("2026-01-15 12:00:00", "2026-01-15T11:00:00Z"), ("2026-07-15 12:00:00", "2026-07-15T10:00:00Z"),
            // Skipped: half past two never was; it is read as if the clock had not been changed yet.
            ("2026-03-29 02:00:00", "2026-03-29T01:00:00Z"), ("2026-03-29 02:30:00", "2026-03-29T01:30:00Z"),
            // Twice: half past two is its first pass, so that a cursor made from it misses nothing.
            ("2026-10-25 02:00:00", "2026-10-25T00:00:00Z"), ("2026-10-25 02:30:00", "2026-10-25T00:30:00Z"),
            ("2026-10-25 02:59:59", "2026-10-25T00:59:59Z"),
        ] as [(String, String)]) func aWallTimeOfCopenhagenIsOneMoment(wall: String, utc: String) throws
    {
        #expect(try #require(Moment(iso: wall, zone: .copenhagen)).iso(in: .utc) == utc)
    }

    @Test func everyHourOfAYearComesBackFromTheWallButTheOneThatRepeats() throws {
        let start = try #require(Moment(iso: "2026-01-01T00:00:00Z"))
        let lost = (0..<8760).map { start + .seconds($0 * 3600) }
            .filter { Moment(iso: $0.sql(in: .copenhagen), zone: .copenhagen) != $0 }
        #expect(lost.map { $0.iso(in: .utc) } == ["2026-10-25T01:00:00Z"])
    }

    @Test func aDayBeginsOnItsOwnWall() throws {
        let summer = try #require(CivilDate("2026-07-01"))
        #expect(Moment(summer, zone: .copenhagen).iso(in: .utc) == "2026-06-30T22:00:00Z")
        #expect(Moment(summer, zone: .utc).iso(in: .utc) == "2026-07-01T00:00:00Z")
        let lateInTheEvening = try #require(Moment(iso: "2026-06-30T22:30:00Z"))
        #expect(lateInTheEvening.date(in: .copenhagen).description == "2026-07-01")
        #expect(lateInTheEvening.date(in: .utc).description == "2026-06-30")
    }
}
