import JSON
import Scripted
import Testing

@testable import RackbeatClient

/// What people read when Rackbeat refuses a request.
@Suite struct RackbeatRefusalTests {
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
        #expect(RackbeatRefusal.text(.read(body)) == text)
    }
}
