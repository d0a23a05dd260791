import Exchange
import Testing

@Suite struct QueryTests {
    @Test(
        arguments: [
            ("", []), ("a=1", ["a=1"]), ("a=1&b=2", ["a=1", "b=2"]), ("b=2&a=1", ["b=2", "a=1"]), ("a=1&a=2", ["a=1", "a=2"]),
            ("a", ["a="]), ("a=", ["a="]), ("=1", ["=1"]), ("&", []), ("a=1&&b=2&", ["a=1", "b=2"]), ("a=b=c", ["a=b=c"]),
            ("name=Stol%2C%20eg", ["name=Stol, eg"]), ("q=a+b", ["q=a b"]), ("q=a%2Bb", ["q=a+b"]), ("q=%26%3D", ["q=&="]),
            ("filter%5Blocation%5D=1001", ["filter[location]=1001"]), ("q=100%", ["q=100%"]),
            ("q=K%C3%B8benhavn", ["q=København"]),
            // Raw, an accent after the sign would hide it from whoever looks for characters.
            ("a=\u{301}1&\u{301}b=2", ["a=\u{301}1", "\u{301}b=2"]),
        ] as [(String, [String])])
    func parametersAreReadInTheirOrder(text: String, parameters: [String]) {
        #expect(Query(parsing: text).parameters.map { "\($0.name)=\($0.value)" } == parameters)
    }

    @Test func theLastOfANameCountsAndAllCanBeHad() {
        let query = Query(parsing: "page=1&limit=20&page=2")
        #expect(query["page"] == "2")
        #expect(query.all("page") == ["1", "2"])
        #expect(query["sort"] == nil)
        #expect(query.all("sort").isEmpty)
        #expect(Query().isEmpty && !query.isEmpty)
    }

    @Test func whatIsWrittenReadsBackAsItself() {
        var query = Query()
        query.append("updated_at_from", "2026-03-02T14:05:09+01:00")
        query.append("search", "Tandem a=b&c d%20é")
        query.append("empty", "")
        #expect(
            query.text
                == "updated_at_from=2026-03-02T14%3A05%3A09%2B01%3A00&search=Tandem%20a%3Db%26c%20d%2520%C3%A9&empty=")
        #expect(Query(parsing: query.text) == query)
    }

    @Test func queriesAreEqualWhenTheirParametersAreInTheSameOrder() {
        #expect(Query(parsing: "a=1&b=%32") == Query(parsing: "a=1&b=2"))
        #expect(Query(parsing: "a=1&b=2") != Query(parsing: "b=2&a=1"))
        #expect(Query(parsing: "a=1") != Query(parsing: "a=1&a=1"))
    }
}

@Suite struct PercentEncodingTests {
    @Test func onlyUnreservedCharactersStayAsTheyAre() {
        let unreserved = "ABCXYZabcxyz0189-._~"
        #expect(PercentEncoding.encode(unreserved) == unreserved)
        #expect(
            PercentEncoding.encode(" !\"#$%&'()*+,/:;<=>?@[\\]^`{|}")
                == "%20%21%22%23%24%25%26%27%28%29%2A%2B%2C%2F%3A%3B%3C%3D%3E%3F%40%5B%5C%5D%5E%60%7B%7C%7D")
        #expect(PercentEncoding.encode("Ærø 🪑") == "%C3%86r%C3%B8%20%F0%9F%AA%91")
        #expect(PercentEncoding.encode("\n\0") == "%0A%00")
        #expect(PercentEncoding.encode("") == "")
    }

    @Test(arguments: [
        "", "abc", "a/b?c#d", "100 %", "%41", "%%", "+ +", "Nørrebro 12, 2. th", "🪑\u{301}", "\u{0}\u{7F}\u{10FFFF}", "e\u{301}",
    ])
    func whatIsEncodedDecodesToItself(text: String) {
        let decoded = PercentEncoding.decode(PercentEncoding.encode(text))
        #expect(Array(decoded.utf8) == Array(text.utf8))
        #expect(PercentEncoding.decode(PercentEncoding.encode(text), plusIsSpace: true) == text)
    }

    /// Both systems' numbers may hold a percent sign; a stray one is taken for itself, as servers do.
    @Test(
        arguments: [
            ("%", "%"), ("%4", "%4"), ("%4G", "%4G"), ("%G4", "%G4"), ("%%41", "%A"), ("100%", "100%"), ("%41%", "A%"),
            ("%4%41", "%4A"),
            ("%c3%a6", "æ"), ("%C3%A6", "æ"), ("%2541", "%41"), ("%C3", "\u{FFFD}"), ("%FF%41", "\u{FFFD}A"), ("a+b", "a+b"),
            ("%٣1", "%٣1"),
        ] as [(String, String)])
    func aMalformedEscapeStaysAsItIs(text: String, decoded: String) {
        #expect(PercentEncoding.decode(text) == decoded)
    }

    @Test func aPlusIsASpaceOnlyInAQuery() {
        #expect(PercentEncoding.decode("a+b%2B") == "a+b+")
        #expect(PercentEncoding.decode("a+b%2B", plusIsSpace: true) == "a b+")
    }
}
