import Testing
import Units

@Suite struct MomentTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-03-02T13:05:09Z", 1_772_456_709_000),
            ("2026-03-02T14:05:09+01:00", 1_772_456_709_000),
            ("2026-03-02T14:05:09+0100", 1_772_456_709_000), ("2026-03-02T07:35:09-05:30", 1_772_456_709_000),
            ("2026-03-02T13:05:09+00:00", 1_772_456_709_000), ("2026-03-02T13:05:09-00:00", 1_772_456_709_000),
            ("2026-03-03T03:04:09+13:59", 1_772_456_709_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000), ("1969-12-31T23:59:59Z", -1000), ("1969-12-31T23:59:59.999Z", -1),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
            // A leap second is the second that follows: the clocks of both systems do not have it.
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
            // One to nine decimals; what is finer than a millisecond is dropped, not rounded.
            ("2026-03-02T13:05:09.5Z", 1_772_456_709_500), ("2026-03-02T13:05:09.58Z", 1_772_456_709_580),
            ("2026-03-02T13:05:09.583Z", 1_772_456_709_583), ("2026-03-02T13:05:09.5839Z", 1_772_456_709_583),
            ("2026-03-02T13:05:09.58399Z", 1_772_456_709_583), ("2026-03-02T13:05:09.583999Z", 1_772_456_709_583),
            ("2026-03-02T13:05:09.5839999Z", 1_772_456_709_583), ("2026-03-02T13:05:09.58399999Z", 1_772_456_709_583),
            ("2026-03-02T13:05:09.583999999Z", 1_772_456_709_583), ("2026-03-02T14:05:09.007+01:00", 1_772_456_709_007),
        ] as [(String, Int64)]) func aTextWithAnOffsetIsOneMoment(text: String, milliseconds: Int64)
    {
        #expect(Moment(iso: text)?.milliseconds == milliseconds)
        #expect(Moment(iso: text, zone: .copenhagen)?.milliseconds == milliseconds, "its own offset weighs more than the zone")
    }

    @Test(arguments: [
        "", "now", "2026-03-02", "2026-03-02T13:05", "2026-03-02T13:05Z", "2026-03-02T13:05:9Z", "2026-3-2T13:05:09Z",
        "2026-02-29T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-01T00:00:00Z", "2026-04-31T00:00:00Z", "0000-01-01T00:00:00Z",
        "2026-03-02T24:00:00Z", "2026-03-02T13:60:00Z", "2026-03-02T13:05:61Z", "2026-03-02t13:05:09Z", "2026-03-02T13:05:09z",
        "2026-03-02T13:05:09 Z", "2026-03-02T13:05:09ZZ", "2026-03-02T13:05:09Z ", " 2026-03-02T13:05:09Z",
        "2026-03-02T13.05.09Z",
        "2026-03-02T13:05:09.Z", "2026-03-02T13:05:09.1234567890Z", "2026-03-02T13:05:09,5Z", "2026-03-02T13:05:09.5.5Z",
        "2026-03-02T13:05:09+1", "2026-03-02T13:05:09+01", "2026-03-02T13:05:09+1:00", "2026-03-02T13:05:09+01:0",
        "2026-03-02T13:05:09+0:100", "2026-03-02T13:05:09+01:00:00", "2026-03-02T13:05:09+24:00", "2026-03-02T13:05:09+01:60",
        "2026-03-02T13:05:09+ab:cd", "2026-03-02T13:05:09CET", "2026-03-02T-1:05:09Z", "2026-03-02T13:05:+9Z",
        "-026-03-02T13:05:09Z",
        "20260302T130509Z", "２026-03-02T13:05:09Z",
    ]) func anythingElseIsRefused(text: String) {
        #expect(Moment(iso: text) == nil)
        #expect(Moment(iso: text, zone: .utc) == nil)
    }

    /// Without an offset a text says when only to someone who knows whose wall it was read from.
    @Test func aTextWithoutAnOffsetNeedsAZone() {
        for text in ["2026-03-02T14:05:09", "2026-03-02 14:05:09", "2026-03-02T14:05:09.5"] {
            #expect(Moment(iso: text) == nil)
        }
        #expect(Moment(iso: "2026-03-02T14:05:09", zone: .utc)?.isoUTCMilliseconds == "2026-03-02T14:05:09.000Z")
        #expect(Moment(iso: "2026-03-02T14:05:09", zone: .copenhagen)?.isoUTCMilliseconds == "2026-03-02T13:05:09.000Z")
        #expect(Moment(iso: "2026-07-02 14:05:09.25", zone: .copenhagen)?.isoUTCMilliseconds == "2026-07-02T12:05:09.250Z")
        #expect(Moment(iso: "2026-03-02 14:05:09Z") == nil, "a space is SQL's, and needs the zone too")
    }

    @Test func everyFormOfTheSameMomentIsWritten() throws {
        let moment = try #require(Moment(iso: "2026-03-02T13:05:09.583Z"))
        #expect(moment.iso(in: .utc) == "2026-03-02T13:05:09Z")
        #expect(moment.iso(in: .copenhagen) == "2026-03-02T14:05:09+01:00")
        #expect(moment.isoUTCMilliseconds == "2026-03-02T13:05:09.583Z")
        #expect(moment.sql(in: .utc) == "2026-03-02 13:05:09")
        #expect(moment.sql(in: .copenhagen) == "2026-03-02 14:05:09")
        #expect(moment.timeOfDay(in: .copenhagen) == "14:05:09")
        #expect((moment + .seconds(86400 * 120)).iso(in: .copenhagen) == "2026-06-30T15:05:09+02:00")
    }

    @Test func momentsBefore1970AreWrittenLikeAnyOther() {
        #expect(Moment(milliseconds: -1).isoUTCMilliseconds == "1969-12-31T23:59:59.999Z")
        #expect(Moment(milliseconds: -1000).iso(in: .copenhagen) == "1970-01-01T00:59:59+01:00")
        #expect(Moment(milliseconds: -1).seconds == -1)
        #expect(Moment(milliseconds: -1).truncatedToSecond == Moment(milliseconds: -1000))
        #expect(Moment(milliseconds: 1999).truncatedToSecond == Moment(milliseconds: 1000))
    }

    /// .NET writes an unset date as the first of January of the year 1, and an offset carries it into the year before.
    @Test func theFirstAndTheLastYearCanBeCarriedAcrossTheirEdge() throws {
        let before = try #require(Moment(iso: "0001-01-01T00:00:00+02:00"))
        #expect(before.date(in: .copenhagen) < CivilDate(year: 1, month: 1, day: 1)!)
        let after = try #require(Moment(iso: "9999-12-31T23:59:59-02:00"))
        #expect(after.date(in: .copenhagen) > CivilDate(year: 9999, month: 12, day: 31)!)
    }

    @Test func aMomentAndADurationMakeAMoment() {
        let start = Moment(milliseconds: 1000)
        #expect(start + .milliseconds(500) == Moment(milliseconds: 1500))
        #expect(start - .seconds(2) == Moment(milliseconds: -1000))
        #expect(Moment(milliseconds: 1500) - start == .milliseconds(500))
        #expect(start - Moment(milliseconds: 1500) == .milliseconds(-500))
        #expect(start < Moment(milliseconds: 1001))
    }
}

@Suite struct DurationTests {
    @Test(
        arguments: [
            (0, "0 ms"), (1, "1 ms"), (999, "999 ms"), (1000, "1 s"), (1049, "1 s"), (1050, "1.1 s"), (1500, "1.5 s"),
            (9_949, "9.9 s"),
            (30_000, "30 s"), (59_949, "59.9 s"), (59_950, "1m"), (60_000, "1m"), (60_999, "1m"), (61_000, "1m 1s"),
            (900_000, "15m"),
            (3_600_000, "1h"), (7_500_000, "2h 5m"), (7_505_000, "2h 5m"), (3_605_000, "1h 5s"), (86_400_000, "1d"),
            (86_400_000 * 3 + 3_600_000 * 2 + 60_000 * 5, "3d 2h"), (86_400_000 * 400, "400d"), (-1, "-1 ms"), (-1500, "-1.5 s"),
            (-900_000, "-15m"),
        ] as [(Int64, String)]) func aLengthOfTimeIsWrittenForPeople(milliseconds: Int64, text: String)
    {
        #expect(Duration.milliseconds(milliseconds).forPeople == text)
    }

    @Test func millisecondsAreRoundedDown() {
        #expect(Duration.microseconds(1999).milliseconds == 1)
        #expect(Duration.microseconds(-1).milliseconds == -1)
        #expect(Duration.microseconds(-1000).milliseconds == -1)
        #expect(Duration.microseconds(-1001).milliseconds == -2)
        #expect((Duration.seconds(-2) + .milliseconds(500)).milliseconds == -1500)
        #expect(Duration.zero.milliseconds == 0)
    }
}
