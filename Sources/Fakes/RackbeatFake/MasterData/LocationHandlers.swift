import Exchange
import FakeKit
import JSON
import Units

extension RackbeatFake {
    static var locationRoutes: [Route<Handler>] {
        [
            .list("locations", listLocations),
            .list("locations/flat", listLocations),
            .post("locations", postLocation),
            .get("locations/{number}", getLocation),
            .put("locations/{number}", putLocation),
            .delete("locations/{number}", deleteLocation),
            .list("locations/{number}/children", listChildren),
        ]
    }

    private var locationListing: Listing<LocationRecord> {
        Listing(
            plural: "locations", keyName: "number",
            filters: [
                .flag("is_default", \.isDefault), .flag("is_draft") { _ in false }, .number("parent_id", \.parent),
                .search { [String($0.number), $0.name, $0.barcode] },
            ], columns: [.by("name", \.name)], write: { [self] in wire($0) })
    }

    func listLocations(_ context: RequestContext) throws(Refusal) -> Response {
        try list(store.locations, locationListing, context.query)
    }

    func listChildren(_ context: RequestContext) throws(Refusal) -> Response {
        try list(children(of: try location(context).number), locationListing, context.query)
    }

    private func location(_ context: RequestContext) throws(Refusal) -> LocationRecord {
        let location = try store.locations.found(context.number("number"))
        return location
    }

    func getLocation(_ context: RequestContext) throws(Refusal) -> Response {
        one("location", wire(try location(context)), fields: try context.fields())
    }

    func postLocation(_ context: RequestContext) throws(Refusal) -> Response {
        one("location", wire(try createLocation(context.body)), status: 201)
    }

    func putLocation(_ context: RequestContext) throws(Refusal) -> Response {
        one("location", wire(try change(location: try location(context).number, context.body)))
    }

    func deleteLocation(_ context: RequestContext) throws(Refusal) -> Response {
        try delete(location: try location(context).number)
        return deleted()
    }
}
