import Exchange
import HTTPTypes
import Simulation
import Testing

@Suite struct ExchangePatternTests {
    @Test(arguments: [
        ("ongoing PUT /orders", "/orders", true),
        ("ongoing PUT /orders", "/orders/7", false),
        ("ongoing PUT /orders/{}", "/orders/7", true),
        ("ongoing PUT /orders/*/lines", "/orders/7/lines", true),
        ("ongoing PUT /orders/*/lines", "/orders/7/boxes", false),
        ("ongoing * /orders", "/orders", true),
        ("rackbeat PUT /orders", "/orders", false),
        ("ongoing GET /orders", "/orders", false),
        ("ongoing PUT /**", "/orders/7/lines", true),
        ("ongoing PUT /orders/**", "/orders", true),
        ("ongoing PUT /orders/**", "/articles", false),
    ])
    func aPatternMatchesWhatItNames(_ text: String, _ path: String, _ matches: Bool) throws {
        let pattern = try ExchangePattern(text)
        #expect(pattern.matches(.ongoing, .put, path: path) == matches)
        #expect(pattern.description == text)
    }

    @Test(arguments: [
        (
            "PUT /orders",
            "'PUT /orders' is no exchange pattern: expected a system, a method and a path, such as 'ongoing PUT /orders'"
        ),
        ("onging PUT /orders", "'onging' is no system: expected 'rackbeat' or 'ongoing'"),
        ("ongoing put /orders", "'put' is no method: expected GET, POST, PUT, PATCH, DELETE or *"),
        ("ongoing PUT orders", "the path 'orders' must begin with '/'"),
        (
            "ongoing GET /orders?page=2",
            "the path '/orders?page=2' must have no query: exchanges are matched by their path alone"
        ),
    ])
    func aTextThatNamesNoExchangeIsRefusedWithWhatWasExpected(_ text: String, _ problem: String) {
        let error = #expect(throws: PatternError.self) { try ExchangePattern(text) }
        #expect(error?.description == problem)
    }
}
