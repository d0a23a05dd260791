import SyncCore
import Testing
import Trade
import Units

struct FingerprintTests {
    /// The journal outlives the process: a fingerprint that differed from run to run would send everything again.
    @Test func aFingerprintIsTheSameInEveryProcess() {
        var article = Article(number: ItemNumber("CHAIR-01"))
        article.name = "Oak chair"
        #expect(article.fingerprint.text == "8e58d8f9b4d617da")
    }

    @Test func everyFieldOfAnArticleCounts() {
        let plain = Article(number: ItemNumber("A"))
        var texts: Set<String> = [plain.fingerprint.text]
        let changes: [(inout Article) -> Void] = [
            { $0.number = ItemNumber("B") }, { $0.name = "x" }, { $0.productCode = "x" }, { $0.description = "x" },
            { $0.barcode = "x" }, { $0.customerPrice = Money("1") }, { $0.groupCode = "x" }, { $0.groupName = "x" },
            { $0.height = 1 }, { $0.length = 1 }, { $0.width = 1 }, { $0.weight = 1 }, { $0.isBatchArticle = true },
            { $0.isSerialNumberArticle = true }, { $0.pictureURL = "x" }, { $0.supplierNumber = "x" },
            { $0.supplierName = "x" }, { $0.isActive = true },
        ]
        for change in changes {
            var article = plain
            change(&article)
            texts.insert(article.fingerprint.text)
        }
        #expect(texts.count == changes.count + 1)
    }

    @Test func absentIsNotEmpty() {
        var empty = Article(number: ItemNumber("A"))
        empty.name = ""
        #expect(empty.fingerprint != Article(number: ItemNumber("A")).fingerprint)
    }
}
