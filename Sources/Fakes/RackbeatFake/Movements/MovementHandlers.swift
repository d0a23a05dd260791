import Exchange
import FakeKit
import JSON
import Units

/// Movements between locations and stock checks, under today's paths and those of 2018.
extension RackbeatFake {
    static var movementRoutes: [Route<Handler>] {
        [
            .list("inventory-movements", listMovements),
            .post("inventory-movement", postMovementOf2018),
            .post("inventory-movements/{id}/book", postBookMovement),
            .list("inventory/internal-movements", listInternalMovements),
            .post("inventory/internal-movements", postInternalMovement),
            .post("inventory/internal-movements/{id}/book", postBookInternalMovement),
            .post("inventory/internal-movements/{id}/create-receipt", postReceiveInternalMovement),
            .list("inventory/checking-drafts", listCheckingDrafts),
            .post("inventory/checking-drafts", postCheckingDraft),
            .post("inventory/checking-drafts/{id}/book", postBookCheckingDraft),
        ]
    }

    // MARK: As in 2018

    func listMovements(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<MovementRecord>(
            plural: "inventory_regulations", keyName: "id", filters: [.search { [$0.item] }],
            write: { [self] in wireAsRegulation($0) })
        return try list(store.movements, listing, context.query)
    }

    func postMovementOf2018(_ context: RequestContext) throws(Refusal) -> Response {
        let names = MovementNames(
            item: "item_number", from: "from_location_number", to: "to_location_number", kind: "item_type")
        return one("inventory_regulation", wireAsRegulation(try createMovement(context.body, names)), status: 201)
    }

    /// The paths of 2018 have no second step: what leaves arrives at once.
    func postBookMovement(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.number("id")
        try book(movement: id)
        try receive(movement: id)
        return one("inventory_regulation", wireAsRegulation(store.movements[id]!))
    }

    // MARK: The newer family

    func listInternalMovements(_ context: RequestContext) throws(Refusal) -> Response {
        let zone = behaviour.zone
        let listing = Listing<MovementRecord>(
            plural: "internal_movements", keyName: "id",
            filters: [
                .from("dateFrom") { $0.createdAt.date(in: zone) }, .to("dateTo") { $0.createdAt.date(in: zone) },
                .text("itemNumber", \.item), .number("fromLocation", \.from), .number("toLocation", \.to),
                .flag("booked", \.isBooked), .flag("received", \.isReceived), .search { [$0.item] },
            ], write: { [self] in wire($0) })
        return try list(store.movements, listing, context.query)
    }

    func postInternalMovement(_ context: RequestContext) throws(Refusal) -> Response {
        let names = MovementNames(item: "item_id", from: "from_location", to: "to_location")
        return one("internal_movement", wire(try createMovement(context.body, names)), status: 201)
    }

    func postBookInternalMovement(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.number("id")
        try book(movement: id)
        return one("internal_movement", wire(store.movements[id]!))
    }

    func postReceiveInternalMovement(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.number("id")
        try receive(movement: id)
        return one("internal_movement", wire(store.movements[id]!), status: 201)
    }

    // MARK: Stock checks

    func listCheckingDrafts(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<CheckingRecord>(plural: "checking_drafts", keyName: "id", write: { [self] in wire($0) })
        return try list(store.stockChecks, listing, context.query)
    }

    func postCheckingDraft(_ context: RequestContext) throws(Refusal) -> Response {
        one("checking_draft", wire(try createChecking(context.body)), status: 201)
    }

    func postBookCheckingDraft(_ context: RequestContext) throws(Refusal) -> Response {
        one("checking_draft", wire(try book(checking: try context.number("id"))))
    }
}
