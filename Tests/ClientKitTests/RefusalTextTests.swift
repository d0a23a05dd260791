import ClientKit
import Exchange
import HTTPTypes
import JSON
import Testing

@Suite struct RefusalTextTests {
    /// A cut that falls into the token would leave it whole but for a letter.
    @Test func aTextIsMaskedBeforeItIsCut() {
        let secret = "s3cret-t0ken-of-some-length"
        let mask = SecretMask([secret])
        for before in 470..<500 {
            let message = String(repeating: "x", count: before) + secret + " and more"
            let refusal = RefusalText.of(
                Response(status: 422, json: ["message": .string(message)]), masking: mask.covering
            ) { $0["message"]?.string ?? "" }
            #expect(!refusal.text.contains("s3cret"), "\(before)")
        }
    }

    private func refusal(_ response: Response) -> Refusal {
        RefusalText.of(response) { body in body["message"]?.string ?? "" }
    }

    @Test func thePageOfAProxyIsNotReadOut() {
        let page = Response(status: 502, headers: [.contentType: "text/html"], body: Array("<h1>Bad gateway</h1>".utf8))
        #expect(refusal(page) == Refusal(text: "a page instead of JSON (text/html)", isPage: true))
        #expect(refusal(Response(status: 502, body: [0x21])) == Refusal(text: "a page instead of JSON", isPage: true))
        #expect(refusal(Response(status: 401)) == Refusal(text: ""))
    }

    @Test func aMessageMayLookLikeThatOfAPage() {
        let response = Response(status: 404, json: ["message": "a page instead of JSON"])
        #expect(refusal(response) == Refusal(text: "a page instead of JSON", isPage: false))
    }

    @Test func aLongTextIsCut() {
        let response = Response(status: 500, json: ["message": .string(String(repeating: "x", count: 600))])
        #expect(refusal(response).text == String(repeating: "x", count: 499) + "…")
    }

    @Test func fiveHundredCharactersAreShownWhole() {
        func shown(_ count: Int) -> String {
            RefusalText.of(Response(status: 400, json: ["message": .string(String(repeating: "x", count: count))])) { body in
                body["message"]?.string ?? ""
            }.text
        }
        #expect(shown(500) == String(repeating: "x", count: 500))
        #expect(shown(501) == String(repeating: "x", count: 499) + "…")
    }
}
