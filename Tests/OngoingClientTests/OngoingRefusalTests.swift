import JSON
import Scripted
import Testing

@testable import OngoingClient

/// What people read when Ongoing refuses a request.
@Suite struct OngoingRefusalTests {
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
        #expect(OngoingRefusal.text(.read(body)) == text)
    }
}
