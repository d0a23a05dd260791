import Exchange
import FakeKit
import JSON
import Units

/// Products, lots, items, and what lies where.
extension RackbeatFake {
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
            // Most accounts have no lots: then products and items are the same list, and a page is read without a look at the rest.
            belongs: kind == nil || (kind == .product && lotCount == 0) ? nil : { $0.kind == kind },
            write: { [self] in wire($0, isItem: kind == nil, withFieldValues: withFieldValues) })
    }

    private func list(_ plural: String, ofKind kind: ProductKind?, _ context: RequestContext) throws(Refusal) -> Response {
        try list(productBook, listing(plural, ofKind: kind, context), context.query)
    }

    func listProducts(_ context: RequestContext) throws(Refusal) -> Response { try list("products", ofKind: .product, context) }
    func listLots(_ context: RequestContext) throws(Refusal) -> Response { try list("lots", ofKind: .lot, context) }
    func listItems(_ context: RequestContext) throws(Refusal) -> Response { try list("items", ofKind: nil, context) }

    /// The product that the path names, decoded as often as the profile says.
    func product(_ context: RequestContext, ofKind kind: ProductKind? = nil) throws(Refusal) -> ProductRecord {
        for number in context.candidates("number") {
            if let product = productBook[number], kind == nil || product.kind == kind { return product }
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
            guard let number = json.string, productBook[number] != nil, !found.contains(number) else {
                problems.add("numbers.\(index)", "Unknown item.")
                continue
            }
            if demand.isUsed(number) {
                problems.add("numbers.\(index)", "The product \(number) is used in lines and cannot be deleted.")
            }
            found.append(number)
        }
        try problems.throwIfAny()
        for number in found { try delete(product: number) }
        return Response(status: 204)
    }

    // MARK: Stock

    private func locations(of item: String, as plural: String, _ context: RequestContext) throws(Refusal) -> Response {
        let onlyTop = try context.flag("only_toplevel")
        let listing = Listing<LocationRecord>(
            plural: plural, keyName: "number", otherParameters: ["only_toplevel"],
            write: { [self] in wireStock(of: item, at: $0) })
        return try list(locationBook.all.filter { !onlyTop || $0.parent == nil }, listing, context.query)
    }

    func listProductLocations(_ context: RequestContext) throws(Refusal) -> Response {
        try locations(of: product(context, ofKind: .product).number, as: "product_locations", context)
    }

    func listLotLocations(_ context: RequestContext) throws(Refusal) -> Response {
        try locations(of: product(context, ofKind: .lot).number, as: "lot_locations", context)
    }

    private func location(_ context: RequestContext) throws(Refusal) -> LocationRecord {
        guard let location = locationBook[try context.number("location")] else { throw .notFound }
        return location
    }

    func getProductLocation(_ context: RequestContext) throws(Refusal) -> Response {
        one("product_location", wireStock(of: try product(context, ofKind: .product).number, at: try location(context)))
    }

    func getLotLocation(_ context: RequestContext) throws(Refusal) -> Response {
        one("lot_location", wireStock(of: try product(context, ofKind: .lot).number, at: try location(context)))
    }

    func listAvailable(_ context: RequestContext) throws(Refusal) -> Response {
        let number = try product(context).number
        let listing = Listing<LocationRecord>(
            plural: "locations", keyName: "number", write: { [self] in wireAvailable(number, at: $0) })
        return try list(locationBook, listing, context.query)
    }

    func getAvailable(_ context: RequestContext) throws(Refusal) -> Response {
        one("location", wireAvailable(try product(context).number, at: try location(context)))
    }

    func getStock(_ context: RequestContext) throws(Refusal) -> Response {
        let (item, location) = (try product(context).number, try location(context).number)
        let (stock, reserved) = (stock(of: item, at: location), demand.reserved(item, at: location))
        var members = Members(capacity: 4)
        members.add("stock_quantity", stock)
        members.add("in_order_quantity", reserved)
        members.add("available_quantity", stock - reserved)
        members.add("purchased_quantity", demand.purchased(item))
        return Response(status: 200, json: members.json)
    }

    /// All stock of all items; by location only when asked.
    func listChecking(_ context: RequestContext) throws(Refusal) -> Response {
        let byLocation = try context.flag("show_all_locations")
        let locations = byLocation ? locationBook.all : []
        let listing = Listing<ProductRecord>(
            plural: "items", keyName: "number", filters: [.search { [$0.number, $0.name] }],
            otherParameters: ["show_all_locations"],
            write: { [self] product in
                var members = Members(capacity: 4)
                members.add("number", product.number)
                members.add("name", product.name)
                if !byLocation {
                    members.add("stock_quantity", stock(of: product.number))
                } else {
                    members.add(
                        "locations",
                        .array(
                            locations.map { location in
                                [
                                    "number": JSON(location.number), "name": .string(location.name),
                                    "stock_quantity": .decimal(stock(of: product.number, at: location.number)),
                                ]
                            }))
                }
                return members.json
            })
        return try list(productBook, listing, context.query)
    }

    func listLedger(_ context: RequestContext) throws(Refusal) -> Response {
        let item = try product(context).number
        let rows = locationBook.all.flatMap { ledger.entries(of: item, at: String($0.number)) }.map(LedgerRow.init)
        let listing = Listing<LedgerRow>(plural: "ledger_items", keyName: "id", write: { [self] in wire($0) })
        return try list(rows, listing, context.query)
    }
}
