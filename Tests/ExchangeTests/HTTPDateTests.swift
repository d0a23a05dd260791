import Exchange
import Testing
import Units

@Suite struct HTTPDateTests {
    /// The example of RFC 9110, a leap day, and both ends of a week and a year.
    @Test(
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"), ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
            ("Wed, 31 Dec 1969 23:59:59 GMT", "1969-12-31T23:59:59Z"), ("Thu, 29 Feb 2024 12:00:00 GMT", "2024-02-29T12:00:00Z"),
            ("Mon, 02 Mar 2026 13:05:09 GMT", "2026-03-02T13:05:09Z"), ("Sat, 31 Oct 2026 00:00:00 GMT", "2026-10-31T00:00:00Z"),
        ] as [(String, String)])
    func theFormOfHeadersIsReadAndWritten(text: String, iso: String) throws {
        let moment = try #require(Moment(iso: iso))
        #expect(HTTPDate.parse(text) == moment)
        #expect(HTTPDate.text(moment) == text)
        #expect(HTTPDate.text(moment + .milliseconds(999)) == text, "the fraction is dropped")
    }

    @Test(arguments: [
        "", "120", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49:37.5 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37+01:00 GMT",
    ]) func anythingElseIsRefused(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }
}
