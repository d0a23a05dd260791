import Exchange
import HTTPTypes
import JSON
import Testing

@Suite struct RequestTests {
    @Test func theTargetHasAPathAndPerhapsAQuery() {
        #expect(Request(.get, "/api/orders?page=2&limit=20").path == "/api/orders")
        #expect(Request(.get, "/api/orders?page=2&limit=20").queryText == "page=2&limit=20")
        #expect(Request(.get, "/api/orders").path == "/api/orders")
        #expect(Request(.get, "/api/orders").queryText == nil)
        #expect(Request(.get, "/api/orders?").queryText == "")
        #expect(Request(.get, "/a?b?c").queryText == "b?c")
        #expect(Request(.get, "?").path == "")
        #expect(Request(.get, "/a?\u{301}b").path == "/a", "a raw accent does not hide the question mark")
    }
}

@Suite struct ResponseTests {
    @Test(arguments: [
        "application/json", "application/json; charset=utf-8", "application/json;charset=utf8", "Application/JSON",
        " application/json ; x=y",
        "application/problem+json", "application/vnd.shop+json; charset=utf-8",
    ]) func aResponseSaysJSONWithOrWithoutACharset(contentType: String) {
        #expect(Response(status: 200, headers: [.contentType: contentType]).saysJSON)
    }

    @Test(arguments: [
        "text/html", "text/html; application/json", "application/jsonp", "application/xml", "text/json-not", "json", "",
    ])
    func anythingElseDoesNotSayJSON(contentType: String) {
        #expect(!Response(status: 200, headers: [.contentType: contentType]).saysJSON)
    }

    @Test func withoutAContentTypeNothingIsSaid() {
        #expect(!Response(status: 200, body: Array("{}".utf8)).saysJSON)
    }

    @Test func aResponseMadeOfJSONSaysSo() {
        let response = Response(status: 206, headers: [.date: "Mon, 02 Mar 2026 13:05:09 GMT"], json: ["pages": 1])
        #expect(response.saysJSON)
        #expect(response.headers[.date] == "Mon, 02 Mar 2026 13:05:09 GMT")
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"pages":1}"#)
    }

    @Test func successIsTwoHundredAndSomething() {
        let statuses = [100, 199, 200, 201, 204, 206, 299, 300, 304, 400, 429, 500]
        #expect(statuses.filter { Response(status: $0).isSuccess } == [200, 201, 204, 206, 299])
    }
}

@Suite struct PartsTests {
    @Test(
        arguments: [
            ("", []), ("/", []), ("a", ["a"]), ("/a/b", ["a", "b"]), ("a/b/", ["a", "b"]), ("//a///b//", ["a", "b"]),
            ("Nørrebro/12", ["Nørrebro", "12"]), ("a/\u{301}b", ["a", "\u{301}b"]), ("a?b/c", ["a?b", "c"]),
        ] as [(String, [Substring])])
    func partsStandBetweenSeparatorsAndAreNeverEmpty(text: String, parts: [Substring]) {
        #expect(text.parts(between: "/") == parts)
        #expect("x\(text)y".dropFirst().dropLast().parts(between: "/") == parts, "a part of a text has the same parts")
    }
}

@Suite struct TrimmedTests {
    @Test func spacesAndTabsAtTheEndsGoAndThoseInsideStay() {
        #expect(" \ta b\t ".trimmed == "a b")
        #expect("a".trimmed == "a")
        #expect(" \t ".trimmed == "")
        #expect("".trimmed == "")
        #expect("\na".trimmed == "\na", "a line break is no blank of a header")
    }
}
