import Exchange
import HTTPTypes
import JSON
import Units

extension Mutant {
    private static func inArticles(_ name: String, _ description: String, _ edit: @escaping @Sendable (JSON) -> JSON) -> Mutant {
        rewritingBody(name, .ongoing, .put, "articles", description: description, caughtBy: "catalogue-agrees", edit)
    }

    static let catalogue: [Mutant] = [
        inArticles(
            "barcode-never-sent",
            "The barcode was read from a field that Rackbeat never fills. Every pick was typed in by hand."
        ) { $0.removing("barCodeInfo") },
        inArticles(
            "supplier-never-sent",
            "The supplier was read from a stub that has only its number, and was not sent."
        ) { $0.removing("supplierInfo") },
        inArticles(
            "batch-flag-never-sent",
            "Batch articles were sent as plain ones. The warehouse never registered the batch of received goods."
        ) { $0.removing("storageProperties") },
        inArticles("vat-twice", "VAT was added to a price that already included it. Packing slips showed too high a price.") {
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
            description: "A Danish server wrote numbers with its own locale: \"99,95\", as a text.", caughtBy: "contract-kept"
        ) {
            $0.editing("customerPrice") { price in
                price.number.map { number in
                    .string(String(number.text.map { $0 == "." ? "," : $0 }))
                } ?? price
            }
        },
        inArticles("centimetres-as-metres", "A mug of 9 cm was sent as 9 m high. The packing station asked for a pallet.") {
            var body = $0
            for side in ["height", "length", "width"] {
                body = body.editing(side) { value in
                    value.decimal.map { JSON($0.multiplied(by: 100)) } ?? value
                }
            }
            return body
        },
        inArticles("grams-as-kilograms", "A weight of 400 g was sent as 400 kg, and freight was quoted for it.") {
            $0.editing("weight") { value in value.decimal.map { JSON($0.multiplied(by: 1000)) } ?? value }
        },
        rewritingBody(
            "made-up-json-member", .ongoing, .put, "articles",
            description: "The name was sent in a JSON member that the vendor does not have. It was ignored silently.",
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
            description: "A proxy responded instead of the warehouse. Articles were reported as sent and never arrived.",
            caughtBy: "catalogue-agrees"
        ) { _ in Response(status: 200, json: ["articleSystemId": 987_654, "message": "Article updated"]) },
    ]
}
