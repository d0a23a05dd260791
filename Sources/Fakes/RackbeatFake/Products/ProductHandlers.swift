import Exchange
import FakeKit
import JSON
import Units

/// Products, lots and items.
extension RackbeatFake {
    static var productRoutes: [Route<Handler>] {
        [
            .list("products", listProducts),
            .get("products/{number}", getProduct),
            .post("products", postProduct),
            .put("products/{number}", putProduct),
            .delete("products/{number}", deleteProduct),
            .post("products/bulk/delete", bulkDeleteProducts),
            .list("lots", listLots),
            .get("lots/{number}", getLot),
            .list("items", listItems),
            .get("items/{number}", getItem),
        ]
            + ["products", "lots"].flatMap { kind in
                [
                    .list("\(kind)/{number}/fields", listItemFields),
                    .list("\(kind)/{number}/prices", listItemPrices),
                    .list("\(kind)/{number}/units", listItemUnits),
                    .list("\(kind)/{number}/translations", listItemTranslations),
                ] as [Route<Handler>]
            }
    }

    private func listing(_ plural: String, ofKind kind: ProductKind?, _ context: RequestContext) -> Listing<ProductRecord> {
        let withFieldValues = withFieldValues(context)
        var filters: [Filter<ProductRecord>] = [
            .flag("is_barred", \.isBarred), .flag("is_sellable") { !$0.isBarred },
            .search { [$0.number, $0.name, $0.barcode, $0.description] },
        ]
        filters += Filter.range("group", \.group)
        return Listing(
            plural: plural, keyName: "number", filters: filters,
            columns: [.by("name", \.name), .byOptional("barcode", \.barcode), .by("sales_price", \.price)],
            // Most accounts have no lots. Then products and items are the same list, and a page is read without visiting the rest.
            belongs: kind == nil || (kind == .product && store.lotCount == 0) ? nil : { $0.kind == kind },
            write: { [self] in wire($0, isItem: kind == nil, withFieldValues: withFieldValues) })
    }

    private func list(_ plural: String, ofKind kind: ProductKind?, _ context: RequestContext) throws(Refusal) -> Response {
        try list(store.products, listing(plural, ofKind: kind, context), context.query)
    }

    func listProducts(_ context: RequestContext) throws(Refusal) -> Response { try list("products", ofKind: .product, context) }
    func listLots(_ context: RequestContext) throws(Refusal) -> Response { try list("lots", ofKind: .lot, context) }
    func listItems(_ context: RequestContext) throws(Refusal) -> Response { try list("items", ofKind: nil, context) }

    /// The product that the path names, decoded as often as the profile says.
    func product(_ context: RequestContext, ofKind kind: ProductKind? = nil) throws(Refusal) -> ProductRecord {
        for number in context.candidates("number") {
            if let product = store.products[number], kind == nil || product.kind == kind { return product }
        }
        throw .notFound
    }

    /// Whether the caller wants the values of custom fields too.
    func withFieldValues(_ context: RequestContext) -> Bool {
        context.query["expand"]?.split(separator: ",").contains("field_values") ?? false
    }

    func getProduct(_ context: RequestContext) throws(Refusal) -> Response {
        let product = try product(context, ofKind: .product)
        return one("product", wire(product, withFieldValues: withFieldValues(context)), fields: try context.fields())
    }

    func getLot(_ context: RequestContext) throws(Refusal) -> Response {
        let product = try product(context, ofKind: .lot)
        return one("lot", wire(product, withFieldValues: withFieldValues(context)), fields: try context.fields())
    }

    func getItem(_ context: RequestContext) throws(Refusal) -> Response {
        let product = try product(context)
        let json = wire(product, isItem: true, withFieldValues: withFieldValues(context))
        return one("item", json, fields: try context.fields())
    }

    func postProduct(_ context: RequestContext) throws(Refusal) -> Response {
        one("product", wire(try createProduct(context.body)), status: 201)
    }

    func putProduct(_ context: RequestContext) throws(Refusal) -> Response {
        one("product", wire(try change(product: try product(context, ofKind: .product).number, context.body)))
    }

    func deleteProduct(_ context: RequestContext) throws(Refusal) -> Response {
        try delete(product: try product(context, ofKind: .product).number)
        return Response(status: 204)
    }

    /// All or none.
    func bulkDeleteProducts(_ context: RequestContext) throws(Refusal) -> Response {
        guard let numbers = context.body["numbers"]?.array, !numbers.isEmpty else {
            throw .rule("numbers", "The numbers field is required.")
        }
        let problems = Problems()
        var found: [String] = []
        for (index, json) in numbers.enumerated() {
            guard let number = json.string, store.products[number] != nil, !found.contains(number) else {
                problems.add("numbers.\(index)", "Unknown item.")
                continue
            }
            if store.demand.isUsed(number) {
                problems.add("numbers.\(index)", "The product \(number) is used in lines and cannot be deleted.")
            }
            found.append(number)
        }
        try problems.throwIfAny()
        for number in found { try delete(product: number) }
        return Response(status: 204)
    }

    /// Custom fields are kept for orders only.
    func listItemFields(_ context: RequestContext) throws(Refusal) -> Response {
        try itemList("field_values", context) { _ in [] }
    }

    /// Prices are kept in the account's own currency only, on the item itself.
    func listItemPrices(_ context: RequestContext) throws(Refusal) -> Response {
        try itemList("currency_prices", context) { _ in [] }
    }

    func listItemTranslations(_ context: RequestContext) throws(Refusal) -> Response {
        try itemList("translations", context) { _ in [] }
    }

    func listItemUnits(_ context: RequestContext) throws(Refusal) -> Response {
        try itemList("item_units", context) { item in
            // Every account has unit 1, and no item has more than one unit.
            let unit = store.units[item.unit ?? 1].map { ["number": JSON($0.number), "name": .string($0.name)] as JSON }
            return [["unit": unit ?? nil, "quantity": 1]]
        }
    }

    private func itemList(
        _ plural: String, _ context: RequestContext, _ rows: (ProductRecord) -> [JSON]
    ) throws(Refusal) -> Response {
        let item = try product(context, ofKind: context.isBelow("lots") ? .lot : .product)
        return try list(rows(item), as: plural, context.query)
    }
}
