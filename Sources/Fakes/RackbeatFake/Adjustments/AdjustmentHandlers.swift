import Exchange
import FakeKit
import JSON
import Units

extension RackbeatFake {
    static var adjustmentRoutes: [Route<Handler>] {
        [
            .list("inventory-adjustments", listAdjustments),
            .post("inventory-adjustments", postAdjustment),
            .delete("inventory-adjustments/{id}", deleteAdjustment),
            .post("inventory-adjustments/{id}/book", postBookAdjustment),
            .post("inventory-adjustment", postAdjustmentOf2018),
        ]
    }

    /// An adjustment with the member names of 2018. It means the same as today's.
    func postAdjustmentOf2018(_ context: RequestContext) throws(Refusal) -> Response {
        let problems = Problems()
        let reader = BodyReader(object: context.body, problems: problems)
        reader.require("item_type", "item_number", "location_number", "quantity", "regulated_at", "reason")
        checkKind(reader, "item_type")
        try problems.throwIfAny()
        var body: JSONObject = ["adjustment_type": "quantity"]
        let names = [
            ("item_number", "item_id"), ("location_number", "location"), ("quantity", "quantity"),
            ("regulated_at", "regulated_at"), ("reason", "reason"),
        ]
        for (old, new) in names { body[new] = context.body[old] }
        do {
            return one("inventory_regulation", wire(try createAdjustment(body)), status: 201)
        } catch .unprocessable(let list) {
            // Problems name the members of the request.
            throw .unprocessable(
                list.map { problem in
                    RequestProblem(path: names.first { $0.1 == problem.path }?.0 ?? problem.path, text: problem.text)
                })
        }
    }

    func listAdjustments(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<AdjustmentRecord>(
            plural: "inventory_regulations", keyName: "id", filters: [.search { [$0.reason] }],
            columns: [.by("regulated_at", \.date)], write: { [self] in wire($0) })
        return try list(store.adjustments, listing, context.query)
    }

    func postAdjustment(_ context: RequestContext) throws(Refusal) -> Response {
        one("inventory_regulation", wire(try createAdjustment(context.body)), status: 201)
    }

    func postBookAdjustment(_ context: RequestContext) throws(Refusal) -> Response {
        one("inventory_regulation", wire(try book(adjustment: try context.number("id"))))
    }

    func deleteAdjustment(_ context: RequestContext) throws(Refusal) -> Response {
        guard behaviour.adjustmentsAreDeletable else { throw .methodNotAllowed([]) }
        try delete(adjustment: try context.number("id"))
        return deleted()
    }
}
