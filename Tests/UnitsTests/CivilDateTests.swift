import Testing
import Units

@Suite struct CivilDateTests {
    @Test(
        arguments: [
            (2024, true), (2026, false), (2000, true), (1900, false), (2100, false), (2400, true), (4, true), (1, false),
        ] as [(Int, Bool)])
    func leapYearsAreThoseOfTheGregorianCalendar(year: Int, isLeap: Bool) {
        #expect((CivilDate(year: year, month: 2, day: 29) != nil) == isLeap)
        #expect(CivilDate(year: year, month: 2, day: 28) != nil)
        #expect(CivilDate(year: year, month: 2, day: 30) == nil)
    }

    @Test func aMonthHasItsDays() {
        let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for (month, count) in zip(1...12, days) {
            #expect(CivilDate(year: 2026, month: month, day: count) != nil)
            #expect(CivilDate(year: 2026, month: month, day: count + 1) == nil)
            #expect(CivilDate(year: 2026, month: month, day: 0) == nil)
        }
        #expect(CivilDate(year: 2026, month: 0, day: 1) == nil)
        #expect(CivilDate(year: 2026, month: 13, day: 1) == nil)
        #expect(CivilDate(year: 0, month: 1, day: 1) == nil)
        #expect(CivilDate(year: 10_000, month: 1, day: 1) == nil)
    }

    @Test(
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2024-02-29", 19_782), ("2026-03-02", 20_514),
            ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
        ] as [(String, Int64)]) func aDateIsACountOfDays(text: String, days: Int64) throws
    {
        #expect(try #require(CivilDate(text)).daysSince1970 == days)
        #expect(CivilDate(daysSince1970: days).description == text)
    }

    /// Four hundred years repeat, so each of their days is tried.
    @Test func everyDayOfFourHundredYearsComesBackFromItsCount() throws {
        let first = try #require(CivilDate("1999-12-31")).daysSince1970
        var before = CivilDate(daysSince1970: first - 1)
        var broken: [CivilDate] = []
        for days in first..<(first + 146_098) {
            let date = CivilDate(daysSince1970: days)
            let exists = CivilDate(year: date.year, month: date.month, day: date.day) == date
            if date.daysSince1970 != days || !exists || before >= date { broken.append(date) }
            before = date
        }
        #expect(broken.isEmpty)
        #expect(before.description == "2399-12-31")
    }

    @Test(arguments: [
        "", "2026-3-2", "2026-03-2", "26-03-02", "2026/03/02", "2026-03-02T00:00:00", "2026-03-02 ", " 2026-03-02", "2026-02-29",
        "2026-00-01",
        "2026-01-00", "0000-01-01", "2026-1a-01", "+026-01-01", "20260302", "２026-03",
    ]) func onlyTheFullDateOfADayThatExistsIsRead(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func daysAreAddedAcrossMonthsAndYears() throws {
        #expect(try #require(CivilDate("2024-02-28")).adding(days: 1).description == "2024-02-29")
        #expect(try #require(CivilDate("2026-12-31")).adding(days: 1).description == "2027-01-01")
        #expect(try #require(CivilDate("2026-03-01")).adding(days: -1).description == "2026-02-28")
        #expect(try #require(CivilDate("2026-03-01")) < CivilDate("2026-03-02")!)
        #expect(try #require(CivilDate("2025-12-31")) < CivilDate("2026-01-01")!)
    }
}
