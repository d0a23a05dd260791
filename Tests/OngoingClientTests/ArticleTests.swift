import Exchange
import JSON
import Scripted
import Testing
import Trade

@testable import OngoingClient

@Suite struct ArticleTests {
    private let done: JSON = ["articleSystemId": 9001, "message": "Article KOP-01 Updated/Created"]

    @Test func anArticleIsSentWhole() throws {
        let bench = Bench(done)
        #expect(try bench.client.put(Sample.article) == WarehouseID(9001))
        #expect(
            bench.transport.conversation == [
                """
                PUT /demo/api/v1/articles {"goodsOwnerId":42,"articleNumber":"KOP-01","articleName":"Mug, blue",\
                "productCode":"KOP-01","description":"Stoneware","isActive":true,"barCodeInfo":{"barCode":"5700000000012"},\
                "customerPrice":100.31,"articleGroup":{"code":"1","name":"Tableware"},"weight":0.4,"length":0.08,\
                "width":0.085,"height":0.09,"linkToPicture":"https://img.example.test/kop-01.jpg",\
                "supplierInfo":{"supplierNumber":"20","supplierName":"Ler A/S"},\
                "storageProperties":{"isBatchArticle":true,"isSerialNumberArticle":false}}
                """
            ])
    }

    @Test func whatHasNoValueIsLeftOut() throws {
        let bench = Bench(done)
        _ = try bench.client.put(Article(number: ItemNumber("KOP-01")))
        #expect(
            bench.transport.conversation == [
                """
                PUT /demo/api/v1/articles {"goodsOwnerId":42,"articleNumber":"KOP-01",\
                "storageProperties":{"isBatchArticle":false,"isSerialNumberArticle":false}}
                """
            ])
    }

    /// Left out, the old barcode would stay. A text can be sent empty; a number, a group or a supplier cannot.
    @Test func anUpdateEmptiesTheTextsThatHaveNoValue() throws {
        let bench = Bench(done)
        _ = try bench.client.put(Article(number: ItemNumber("KOP-01")), isUpdate: true)
        #expect(
            bench.transport.conversation == [
                """
                PUT /demo/api/v1/articles {"goodsOwnerId":42,"articleNumber":"KOP-01","articleName":"","productCode":"",\
                "description":"","barCodeInfo":{"barCode":""},"linkToPicture":"",\
                "storageProperties":{"isBatchArticle":false,"isSerialNumberArticle":false}}
                """
            ])
    }

    /// Where an absent member erases there is nothing to empty.
    @Test func whereAbsentMembersEraseAnUpdateLeavesThemOut() throws {
        let bench = Bench(done, choosing: ["put.null_members": "erase"])
        _ = try bench.client.put(Article(number: ItemNumber("KOP-01")), isUpdate: true)
        #expect(bench.transport.conversation[0].contains(#""articleNumber":"KOP-01","storageProperties""#))
    }

    /// A success without an identifier is how the warehouse reports a problem.
    @Test(
        arguments: [
            (
                #"{"articleSystemId":null,"message":"Group <br/>is locked."}"#,
                "it names no articleSystemId and says: Group is locked"
            ),
            (#"{"message":""}"#, "it names no articleSystemId"),
            ("[]", "it is an array; an object was expected"),
            (#"{"articleSystemId":9001.5}"#, "/articleSystemId is 9001.5; a whole number was expected"),
        ]) func aSuccessWithoutAnIdentifierIsUnreadable(response: String, problem: String)
    {
        let bench = Bench(JSON.read(response))
        #expect(
            failure { try bench.client.put(Sample.article) } == """
                Ongoing PUT /articles, article KOP-01: the response cannot be read: \(problem). \
                Ongoing may or may not have carried it out.
                """)
    }

    /// The vendor's samples write numbers as texts, and identifiers may come with a fraction of zero.
    @Test(arguments: ["9001", "9001.0", #""9001""#]) func anIdentifierIsAnyWholeNumber(id: String) throws {
        #expect(try Bench(["articleSystemId": .read(id)]).client.put(Sample.article) == WarehouseID(9001))
    }
}
