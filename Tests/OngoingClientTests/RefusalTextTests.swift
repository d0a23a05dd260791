import Exchange
import HTTPTypes
import JSON
import Testing
import Trade

@testable import OngoingClient

/// What people read when Ongoing says no.
@Suite struct RefusalTextTests {
    @Test(
        arguments: [
            (
                #"{"message":"The request is invalid.","modelState":{"o.orderNumber":["The field is required.","Too short."],"o.deliveryDate":["No date."]}}"#,
                "The request is invalid; o.orderNumber: The field is required, Too short; o.deliveryDate: No date"
            ),
            (#"{"Message":"An error has occurred."}"#, "An error has occurred"),
            (#"{"MESSAGE":"No.","ModelState":{"a.weight":"Not a number."}}"#, "No; a.weight: Not a number"),
            (#"{"modelState":{"m":["Missing."]}}"#, "m: Missing"),
            (#"{"message":"Order 1042 <br/>cannot be changed.<br />  "}"#, "Order 1042 cannot be changed"),
            (#"{"message":"5 < 7 and 9 > 7"}"#, "5 < 7 and 9 > 7"),
            (#""Wrong goods owner.""#, "Wrong goods owner"),
            (#"{"message":null,"modelState":null}"#, ""),
        ]) func messageAndModelStateMakeOneSentence(body: String, text: String)
    {
        #expect(RefusalText.of(Response(status: 400, json: .read(body))) == text)
    }

    @Test func aPageIsNotReadOut() {
        let page = Response(status: 502, headers: [.contentType: "text/html"], body: Array("<h1>Bad gateway</h1>".utf8))
        #expect(RefusalText.of(page) == "a page instead of JSON (text/html)")
        #expect(RefusalText.of(Response(status: 401)) == "")
    }

    @Test func aLongTextIsCut() {
        let text = RefusalText.of(Response(status: 500, json: ["message": .string(String(repeating: "x", count: 600))]))
        #expect(text == String(repeating: "x", count: 499) + "…")
    }
}
