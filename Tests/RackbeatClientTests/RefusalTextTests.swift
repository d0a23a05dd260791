import Exchange
import HTTPTypes
import JSON
import Testing

@testable import RackbeatClient

/// What people read when Rackbeat says no.
@Suite struct RefusalTextTests {
    @Test(
        arguments: [
            (
                #"{"message":"The given data was invalid.","errors":{"supplier_id":["The supplier id field is required."],"lines.0.item_id":["Unknown item.","Too long."]}}"#,
                "supplier_id: The supplier id field is required; lines.0.item_id: Unknown item, Too long"
            ),
            (#"{"errors":{"lines.0.item_id":"Unknown item."}}"#, "lines.0.item_id: Unknown item"),
            (#"{"errors":["Not filterable."]}"#, "Not filterable"),
            (#"{"errors":[],"message":"Nothing would change."}"#, "Nothing would change"),
            (#"{"errors":null,"message":"Not found."}"#, "Not found"),
            (#"{"error":"x"}"#, ""),
            ("[]", ""),
        ]) func errorsComeBeforeTheMessage(body: String, text: String)
    {
        #expect(RefusalText.of(Response(status: 422, json: .read(body))) == text)
    }

    @Test func aPageIsNotReadOut() {
        let page = Response(status: 502, headers: [.contentType: "text/html"], body: Array("<h1>Bad gateway</h1>".utf8))
        #expect(RefusalText.of(page) == "a page instead of JSON (text/html)")
        #expect(RefusalText.of(Response(status: 502, body: [0x21])) == "a page instead of JSON")
        #expect(RefusalText.of(Response(status: 401)) == "")
    }

    @Test func aLongTextIsCut() {
        let text = RefusalText.of(Response(status: 500, json: ["message": .string(String(repeating: "x", count: 600))]))
        #expect(text == String(repeating: "x", count: 499) + "…")
    }
}
