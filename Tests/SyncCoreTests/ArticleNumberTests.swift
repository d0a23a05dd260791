import SyncCore
import Testing
import Trade

/// Which products are one article to a warehouse.
@Suite struct ArticleNumberTests {
    @Test(
        arguments: [
            ("SKU123", "SKU123 ", true, true), ("SKU123", "\t SKU123", true, true), ("SKU123", "sku123", true, false),
            ("ÆBLE", "æble ", true, false), ("SKU123", "SKU124", false, false), ("SKU123", "SKU 123", false, false),
        ]) func numbersThatDifferInBlanksOrCaseAreOneArticle(one: String, other: String, ignoringCase: Bool, exact: Bool)
    {
        var mapping = MappingContext(locations: [])
        #expect(mapping.areOneArticle(ItemNumber(one), ItemNumber(other)) == ignoringCase)
        mapping.articleNumbersIgnoreCase = false
        #expect(mapping.areOneArticle(ItemNumber(one), ItemNumber(other)) == exact)
    }

    @Test func anArticleHasTheProductsNumberWithoutBlanksAroundIt() {
        #expect(ArticleNumber(of: ItemNumber(" SKU 123 ")).text == "SKU 123")
    }

    @Test func aFindingIsToldWithoutWhatItQuotes() {
        let finding = MappingFinding(field: "consignee.countryCode", problem: "'Peter's, DK' is no country; it was left out")
        #expect(finding.withoutQuotes.problem == "'…' is no country; it was left out")
        #expect(MappingFinding(field: "a", problem: "120 characters").withoutQuotes.problem == "120 characters")
    }
}
