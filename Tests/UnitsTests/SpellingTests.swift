import Testing
import Units

struct SpellingTests {
    @Test(arguments: [
        ("ordrs", "orders"), ("Orders", "orders"), ("purchase_order", "purchase-order"), ("x", nil), ("shipmnets", "shipments"),
        ("", nil), ("zzzzzz", nil),
    ]) func theNearestNameIsTheOneThatWasMeant(typed: String, meant: String?) {
        #expect(Spelling.nearest(to: typed, among: ["orders", "purchase-order", "shipments", "products"]) == meant)
    }

    /// Of two that are as near, the first.
    @Test func theFirstOfEqualsIsTaken() { #expect(Spelling.nearest(to: "ab", among: ["ac", "ad"]) == "ac") }

    @Test func nobodyMistypesAVeryLongName() {
        let long = String(repeating: "a", count: 65)
        #expect(Spelling.nearest(to: long, among: [long + "b"]) == nil)
    }
}
