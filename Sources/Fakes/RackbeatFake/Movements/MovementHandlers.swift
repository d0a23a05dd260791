import Exchange
import FakeKit
import JSON
import Units

/// Movements between locations and stock checks, under today's paths and those of 2018.
extension RackbeatFake {
    // MARK: As in 2018

    func listMovements(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<MovementRecord>(
            plural: "inventory_regulations", keyName: "id", filters: [.search { [$0.item] }],
            write: { [self] in wireAsRegulation($0) })
        return try list(movementBook, listing, context.query)
    }

    func postMovementOf2018(_ context: RequestContext) throws(Refusal) -> Response {
        let names = MovementNames(
            item: "item_number", from: "from_location_number", to: "to_location_number", kind: "item_type")
        return one("inventory_regulation", wireAsRegulation(try createMovement(context.body, names)), status: 201)
    }

    /// By the paths of 2018 there is no second step: what leaves arrives.
    func postBookMovement(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.number("id")
        try book(movement: id)
        try receive(movement: id)
        return one("inventory_regulation", wireAsRegulation(movementBook[id]!))
    }

    private func wireAsRegulation(_ movement: MovementRecord) -> JSON {
        func line(_ id: Int, _ location: Int, _ quantity: ExactDecimal) -> JSON {
            [
                "id": JSON(id), "child_id": .string(movement.item), "child_type": childType(movement.item),
                "location_id": JSON(location), "location": reference(location: location), "quantity": .decimal(quantity),
            ]
        }
        let (leaving, arriving) = movement.lines
        return [
            "id": JSON(movement.id), "reason": nil, "description": nil,
            "lines": [
                line(leaving, movement.from, -movement.quantity), line(arriving, movement.to, movement.quantity),
            ],
            "created_at": time(movement.createdAt), "updated_at": time(movement.updatedAt),
        ]
    }

    /// An adjustment with the names of 2018, which means what today's means.
    func postAdjustmentOf2018(_ context: RequestContext) throws(Refusal) -> Response {
        let problems = Problems()
        let reader = Reader(object: context.body, problems: problems)
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
            // The caller is told in the caller's own words.
            throw .unprocessable(
                list.map { problem in
                    Problem(path: names.first { $0.1 == problem.path }?.0 ?? problem.path, text: problem.text)
                })
        }
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
        return try list(movementBook, listing, context.query)
    }

    func postInternalMovement(_ context: RequestContext) throws(Refusal) -> Response {
        let names = MovementNames(item: "item_id", from: "from_location", to: "to_location")
        return one("internal_movement", wire(try createMovement(context.body, names)), status: 201)
    }

    func postBookInternalMovement(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.number("id")
        try book(movement: id)
        return one("internal_movement", wire(movementBook[id]!))
    }

    func postReceiveInternalMovement(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try context.number("id")
        try receive(movement: id)
        return one("internal_movement", wire(movementBook[id]!), status: 201)
    }

    private func wire(_ movement: MovementRecord) -> JSON {
        var members = Members()
        members.add("id", movement.id)
        members.add("item_id", movement.item)
        members.add("from_location", movement.from)
        members.add("to_location", movement.to)
        members.add("quantity", movement.quantity)
        members.add("is_booked", movement.isBooked)
        members.add("is_received", movement.isReceived)
        members.add("created_at", time(movement.createdAt))
        members.add("updated_at", time(movement.updatedAt))
        return members.json
    }

    // MARK: Stock checks

    func listCheckingDrafts(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<CheckingRecord>(plural: "checking_drafts", keyName: "id", write: { [self] in wire($0) })
        return try list(checkingBook, listing, context.query)
    }

    func postCheckingDraft(_ context: RequestContext) throws(Refusal) -> Response {
        one("checking_draft", wire(try createChecking(context.body)), status: 201)
    }

    func postBookCheckingDraft(_ context: RequestContext) throws(Refusal) -> Response {
        one("checking_draft", wire(try book(checking: try context.number("id"))))
    }

    private func wire(_ checking: CheckingRecord) -> JSON {
        var members = Members()
        members.add("id", checking.id)
        members.add("location", checking.location)
        members.add("is_booked", checking.isBooked)
        members.add(
            "lines", .array(checking.lines.map { ["item_id": .string($0.item), "quantity": .decimal($0.quantity)] }))
        members.add("created_at", time(checking.createdAt))
        members.add("updated_at", time(checking.updatedAt))
        return members.json
    }
}
