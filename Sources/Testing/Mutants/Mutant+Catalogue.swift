import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    private static func inArticles(_ name: String, _ story: String, _ edit: @escaping @Sendable (JSON) -> JSON) -> Mutant {
        rewritingBody(name, .ongoing, .put, "articles", story: story, caughtBy: "catalogue-agrees", edit)
    }

    static let catalogue: [Mutant] = [
        inArticles(
            "barcode-never-sent",
            "The barcode was read from a field path that the shop never fills. Every pick was scanned by hand."
        ) { $0.removing("barCodeInfo") },
        inArticles(
            "supplier-never-sent",
            "The supplier was taken from a stub that holds its number alone, and then left out altogether."
        ) { $0.removing("supplierInfo") },
        inArticles(
            "batch-flag-never-sent",
            "Batch articles arrived as plain ones, so the warehouse never asked for the batch of what it received."
        ) { $0.removing("storageProperties") },
        inArticles("vat-twice", "The price already had VAT on it when VAT was added. The packing slips overcharged.") {
            $0.editing("customerPrice") { price in
                price.decimal.map { JSON($0.multiplied(by: ExactDecimal(millionths: 1_250_000), decimals: 2)) } ?? price
            }
        },
        inArticles("price-cut-to-whole-units", "Prices went through an integer: 99.95 became 99.") {
            $0.editing("customerPrice") { price in
                price.decimal.map { JSON(ExactDecimal(Int($0.millionths / 1_000_000))) } ?? price
            }
        },
        inArticles(
            "prices-in-floating-point",
            "Prices went through binary floating point, which cannot hold 0.07 and wrote 0.07000000000000001."
        ) {
            $0.editing("customerPrice") { price in
                price.number.flatMap { JSONNumber($0.text + ($0.text.contains(".") ? "" : ".") + "00000000000001") }
                    .map(JSON.number) ?? price
            }
        },
        rewritingBody(
            "decimal-comma", .ongoing, .put, "articles",
            story: "A Danish server wrote numbers with its own locale: \"99,95\", as a text.", caughtBy: "contract-kept"
        ) {
            $0.editing("customerPrice") { price in
                price.number.map { number in
                    .string(String(number.text.map { $0 == "." ? "," : $0 }))
                } ?? price
            }
        },
        inArticles("centimetres-as-metres", "A mug of 9 cm was 9 m high, and the packing station asked for a pallet.") {
            var body = $0
            for side in ["height", "length", "width"] {
                body = body.editing(side) { value in
                    value.decimal.map { JSON($0.multiplied(by: 100)) } ?? value
                }
            }
            return body
        },
        inArticles("grams-as-kilograms", "A weight of 400 g went out as 400, and freight was quoted for a ton.") {
            $0.editing("weight") { value in value.decimal.map { JSON($0.multiplied(by: 1000)) } ?? value }
        },
        rewritingBody(
            "made-up-json-member", .ongoing, .put, "articles",
            story: "The description was written to a member that the vendor does not have, and ignored without a word.",
            caughtBy: "contract-kept"
        ) { body in
            guard case .object(let object) = body else { return body }
            let members = object.members.map {
                JSONObject.Member(name: $0.name == "articleName" ? "articleTitle" : $0.name, value: $0.value)
            }
            return .object(JSONObject(members))
        },
        swallowing(
            "article-swallowed", .ongoing, .put, "articles",
            story: "A proxy answered in the warehouse's stead. The articles were reported as sent and never were.",
            caughtBy: "catalogue-agrees"
        ) { _ in Response(status: 200, json: ["articleSystemId": 987_654, "message": "Article updated"]) },
    ]
}
