import Exchange
import FakeKit
import JSON
import Units

extension RackbeatFake {
    static var stockRoutes: [Route<Handler>] {
        [
            .list("products/{number}/locations", listProductLocations),
            .get("products/{number}/locations/{location}", getProductLocation),
            .list("lots/{number}/locations", listLotLocations),
            .get("lots/{number}/locations/{location}", getLotLocation),
            .list("items/{number}/locations/available", listAvailable),
            .get("items/{number}/locations/available/{location}", getAvailable),
            .list("reports/checking", listChecking),
            .list("reports/ledger/{number}", listLedger),
            .get("locations/{location}/get-stock/{number}", getStock),
        ]
    }

    // MARK: Stock

    private func locations(of item: String, as plural: String, _ context: RequestContext) throws(Refusal) -> Response {
        let onlyTop = try context.flag("only_toplevel")
        let listing = Listing<LocationRecord>(
            plural: plural, keyName: "number", otherParameters: ["only_toplevel"],
            write: { [self] in wireStock(of: item, at: $0) })
        return try list(store.locations.all.filter { !onlyTop || $0.parent == nil }, listing, context.query)
    }

    func listProductLocations(_ context: RequestContext) throws(Refusal) -> Response {
        try locations(of: product(context, ofKind: .product).number, as: "product_locations", context)
    }

    func listLotLocations(_ context: RequestContext) throws(Refusal) -> Response {
        try locations(of: product(context, ofKind: .lot).number, as: "lot_locations", context)
    }

    private func location(_ context: RequestContext) throws(Refusal) -> LocationRecord {
        let location = try store.locations.found(context.number("location"))
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
        return try list(store.locations, listing, context.query)
    }

    func getAvailable(_ context: RequestContext) throws(Refusal) -> Response {
        one("location", wireAvailable(try product(context).number, at: try location(context)))
    }

    func getStock(_ context: RequestContext) throws(Refusal) -> Response {
        let (item, location) = (try product(context).number, try location(context).number)
        let (stock, reserved) = (stock(of: item, at: location), self.reserved(item, at: location))
        var members = Members(capacity: 4)
        members.add("stock_quantity", stock)
        members.add("in_order_quantity", reserved)
        members.add("available_quantity", stock - reserved)
        members.add("purchased_quantity", store.demand.purchased(item))
        return Response(status: 200, json: members.json)
    }

    /// The stock of all items; by location only on request.
    func listChecking(_ context: RequestContext) throws(Refusal) -> Response {
        let byLocation = try context.flag("show_all_locations")
        let locations = byLocation ? store.locations.all : []
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
        return try list(store.products, listing, context.query)
    }

    func listLedger(_ context: RequestContext) throws(Refusal) -> Response {
        let item = try product(context).number
        let rows = store.locations.all.flatMap { ledger.entries(of: item, at: String($0.number)) }.map(LedgerRow.init)
        let listing = Listing<LedgerRow>(plural: "ledger_items", keyName: "id", write: { [self] in wire($0) })
        return try list(rows, listing, context.query)
    }
}
