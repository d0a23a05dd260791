import Exchange
import HTTPTypes
import JSON
import Trade
import Units

/// A Rackbeat account that writes nothing down but in the plan.
final class RackbeatRehearsal: Rehearsal {
    let basePath: String
    private let transport: any Transport
    let lookup: Lookup
    private let plan: WritePlan
    private let profile: Profile
    /// The connection's location: where a line stands that names none.
    private let location: String

    private var documents: [RehearsedDocument] = []
    private var adjustments: [Adjustment] = []
    /// What would have moved so far, by item and location.
    private var moved: [String: Quantity] = [:]
    /// What the engine saw last of an item at a location: the ground on which it works out a total.
    private var seen: [String: Quantity] = [:]
    private var nextIdentifier = 900_000_001

    private struct Adjustment {
        let id: Int
        let item: JSON
        let location: JSON
        let change: Quantity
        let reason: JSON
        /// What its line shows.
        let shown: Quantity
        var isBooked = false
        var isRemoved = false
        let handle: Int

        var place: String { RackbeatRehearsal.place(item.shown, location.shown) }

        var json: JSON {
            [
                "id": JSON(id), "reason": reason,
                "lines": [
                    [
                        "item": ["number": item], "child_id": item, "location": ["number": location], "location_id": location,
                        "quantity": shown.json,
                    ]
                ],
            ]
        }
    }

    init(
        basePath: String, transport: any Transport, lookup: Lookup, plan: WritePlan, profile: Profile, location: LocationNumber
    ) {
        self.basePath = basePath
        self.transport = transport
        self.lookup = lookup
        self.plan = plan
        self.profile = profile
        self.location = location.text
    }

    private static func place(_ item: String, _ location: String) -> String { item + "\u{1F}" + location }

    private var receiptKey: String { profile["receipt.envelope_key"] }

    // MARK: Reading

    func answer(_ target: Target, to request: Request) throws -> Response {
        let path = target.segments
        let isFirstPage = (target.query["page"] ?? "1") == "1"
        switch (path.count, path.first) {
        case (3, "orders") where path[2] == "shipments":
            return try list(request, "order_shipments", id: "id", of: .shipment, order: path[1], isFirstPage)
        case (2, "order-shipments"): return try single(request, "order_shipment", Int(path[1]), .shipment)
        case (3, "purchase-orders") where path[2] == "receipts":
            return try list(request, receiptKey + "s", id: "number", of: .receipt, order: path[1], isFirstPage)
        case (4, "purchase-orders") where path[2] == "receipts":
            return try single(request, receiptKey, Int(path[3]), .receipt)
        case (4, "products") where path[2] == "locations": return try stock(request, item: path[1], location: path[3])
        case (3, "reports") where path[1] == "ledger":
            return try adding(ledger(of: path[2]), to: "ledger_items", request, isFirstPage)
        case (1, "inventory-adjustments"):
            return try adding(
                adjustments.filter { !$0.isRemoved }.map(\.json), to: "inventory_regulations", request, isFirstPage)
        default: return try transport.send(request)
        }
    }

    private func list(
        _ request: Request, _ key: String, id: String, of kind: RehearsedDocument.Kind, order: String, _ isFirstPage: Bool
    ) throws -> Response {
        let response = try transport.send(request)
        let own = documents.filter { $0.kind == kind && $0.order == order }
        guard !own.isEmpty, let json = response.tree, let rows = json[key]?.array else { return response }
        let others = rows.filter { row in !own.contains { $0.id == row[id]?.int } }
        let added = isFirstPage ? own.filter { !$0.isRemoved }.map(\.json) : []
        return response.saying(json.replacing([key], with: .array(others + added)))
    }

    private func single(_ request: Request, _ key: String, _ id: Int?, _ kind: RehearsedDocument.Kind) throws -> Response {
        guard let document = documents.first(where: { $0.kind == kind && $0.id == id }) else {
            return try transport.send(request)
        }
        guard !document.isRemoved else { return Response(status: 404, json: ["message": "Not found."]) }
        return Response(status: 200, json: .object([key: document.json]))
    }

    private func stock(_ request: Request, item: String, location: String) throws -> Response {
        let response = try transport.send(request)
        let place = Self.place(item, location)
        let path = ["product_location", "stock_quantity"]
        guard let json = response.tree, let held = json.at(path)?.quantity else { return response }
        let now = held + (moved[place] ?? .zero)
        seen[place] = now
        return response.saying(json.replacing(path, with: now.json))
    }

    private func ledger(of item: String) -> [JSON] {
        adjustments.filter { $0.isBooked && $0.item.shown == item }.map { adjustment in
            [
                "id": JSON(adjustment.id), "item_number": adjustment.item, "location_id": adjustment.location,
                "quantity": adjustment.change.json, "type": "inventory_adjustment", "document_id": JSON(adjustment.id),
            ]
        }
    }

    private func adding(_ rows: [JSON], to key: String, _ request: Request, _ isFirstPage: Bool) throws -> Response {
        let response = try transport.send(request)
        guard isFirstPage, !rows.isEmpty, let json = response.tree, let held = json[key]?.array else { return response }
        return response.saying(json.replacing([key], with: .array(held + rows)))
    }

    // MARK: Writing

    func record(_ target: Target) throws -> Response {
        let path = target.segments
        switch (target.call.method, path.count) {
        case ("POST", 3) where path[0] == "orders" && path[2] == "create-shipment": return try create(.shipment, path[1], target)
        case ("POST", 3) where path[0] == "purchase-orders" && path[2] == "create-receipt":
            return try create(.receipt, path[1], target)
        case ("PUT", 6), ("DELETE", 6): return try editLine(target)
        case ("POST", 5) where path[2] == "receipts" && path[4] == "lines": return try addLine(target)
        case ("POST", 4) where path[1] == "shipments" && path[3] == "mark-shipped":
            return try confirm(.shipment, path[2], order: nil, target)
        case ("POST", 5) where path[2] == "receipts" && path[4] == "mark-received":
            return try confirm(.receipt, path[3], order: path[1], target)
        case ("DELETE", 4): return try remove(path[2] == "receipts" ? .receipt : .shipment, path[3], order: path[1], target)
        case ("POST", 1) where path[0] == "inventory-adjustments": return adjust(target)
        case ("POST", 3) where path[0] == "inventory-adjustments": return book(target)
        case ("DELETE", 2) where path[0] == "inventory-adjustments": return removeAdjustment(target)
        default:
            plan.add(.rackbeat, .other, "\(target.call.method) /\(path.joined(separator: "/"))", call: target.call)
            return Response(status: 200, json: [:])
        }
    }

    // MARK: Shipments and receipts

    private func create(_ kind: RehearsedDocument.Kind, _ order: String, _ target: Target) throws -> Response {
        let (path, key, noun) =
            kind == .shipment ? ("orders", "order", "order") : ("purchase-orders", "purchase_order", "purchase order")
        guard let held = try lookup.json("\(path)/\(PercentEncoding.encode(order))")?[key] else {
            return refused("the dry run could not read \(noun) \(order) to tell what would be made of it")
        }
        let id = newIdentifier()
        let handle = plan.add(.rackbeat, .draft, "\(noun) \(order)", call: target.call)
        var document = RehearsedDocument(
            kind: kind, id: id, order: order, lines: lines(kind, of: held, asked: target.body?["lines"]?.array),
            isConfirmed: false, handle: handle)
        if kind == .shipment, profile.isOn("shipment.create_also_ships") { confirm(&document) }
        documents.append(document)
        tell(document)
        return Response(status: 201, json: .object([kind == .shipment ? "order_shipment" : receiptKey: document.json]))
    }

    /// What was asked for, or everything that is outstanding.
    private func lines(_ kind: RehearsedDocument.Kind, of order: JSON, asked: [JSON]?) -> [RehearsedDocument.Line] {
        let (reference, done) =
            kind == .shipment ? ("order_line_id", "quantity_shipped") : ("purchase_order_line_id", "quantity_received")
        return (order["lines"]?.array ?? []).compactMap { line in
            guard let key = line["id"], let item = line.at(["item", "number"]) ?? line["child_id"], !item.isNull,
                let ordered = line["quantity"]?.quantity
            else { return nil }
            var quantity = ordered - (line[done]?.quantity ?? .zero)
            var place = line.at(["location", "number"]) ?? line["location_id"] ?? .null
            if place.isNull { place = Int(location).map { JSON($0) } ?? .string(location) }
            if let asked {
                guard let wanted = asked.first(where: { $0[reference]?.key == key.key }) else { return nil }
                quantity = wanted["quantity"]?.quantity ?? quantity
                place = wanted["location_id"] ?? place
            } else if line.at(["item", "inventory_enabled"])?.bool == false || !quantity.isPositive {
                return nil
            }
            return RehearsedDocument.Line(
                id: newIdentifier(), orderLine: key, item: item, location: place, quantity: quantity)
        }
    }

    /// Finds a document of the rehearsal, or takes a real draft into it before it is changed.
    private func index(_ kind: RehearsedDocument.Kind, _ text: String, order: String?, _ target: Target) throws -> Int? {
        guard let id = Int(text) else { return nil }
        if let index = documents.firstIndex(where: { $0.kind == kind && $0.id == id }) { return index }
        let held =
            switch kind {
            case .shipment: try lookup.json("order-shipments/\(id)")?["order_shipment"]
            case .receipt:
                try order.flatMap { try lookup.json("purchase-orders/\(PercentEncoding.encode($0))/receipts/\(id)")?[receiptKey] }
            }
        guard let held, let number = order ?? held["order_id"]?.key ?? held.at(["order", "number"])?.key else { return nil }
        let noun = kind == .shipment ? "order" : "purchase order"
        let handle = plan.add(
            .rackbeat, .draft, "\(noun) \(number)", note: "goes on with the draft \(id) that an earlier run made",
            call: target.call)
        plan.change(handle) { $0.calls = [] }
        documents.append(
            RehearsedDocument(
                kind: kind, id: id, order: number, lines: RehearsedDocument.lines(of: held, kind),
                isConfirmed: held[kind == .shipment ? "is_shipped" : "is_received"]?.bool ?? false, handle: handle))
        return documents.count - 1
    }

    private func editLine(_ target: Target) throws -> Response {
        let path = target.segments
        let kind: RehearsedDocument.Kind = path[2] == "receipts" ? .receipt : .shipment
        guard let index = try index(kind, path[3], order: path[1], target), let line = Int(path[5]),
            let place = documents[index].lines.firstIndex(where: { $0.id == line })
        else { return missing }
        if target.call.method == "DELETE" {
            documents[index].lines.remove(at: place)
        } else if let quantity = target.body?["quantity"]?.quantity {
            documents[index].lines[place].quantity = quantity
        }
        tell(documents[index], target.call)
        return Response(status: 200, json: [:])
    }

    private func addLine(_ target: Target) throws -> Response {
        guard let index = try index(.receipt, target.segments[3], order: target.segments[1], target),
            let item = target.body?["product_id"], let quantity = target.body?["quantity"]?.quantity
        else { return missing }
        documents[index].lines.append(
            RehearsedDocument.Line(
                id: newIdentifier(), orderLine: .null, item: item, location: target.body?["location_id"] ?? .null,
                quantity: quantity))
        tell(documents[index], target.call)
        return Response(status: 201, json: [:])
    }

    private func confirm(_ kind: RehearsedDocument.Kind, _ id: String, order: String?, _ target: Target) throws -> Response {
        guard let index = try index(kind, id, order: order, target) else { return missing }
        confirm(&documents[index])
        tell(documents[index], target.call)
        return Response(status: 200, json: [:])
    }

    private func confirm(_ document: inout RehearsedDocument) {
        guard !document.isConfirmed else { return }
        document.isConfirmed = true
        for line in document.lines {
            let change = document.kind == .shipment ? -line.quantity : line.quantity
            moved[Self.place(line.item.shown, line.location.shown), default: .zero] += change
        }
    }

    private func remove(_ kind: RehearsedDocument.Kind, _ id: String, order: String, _ target: Target) throws -> Response {
        guard let index = try index(kind, id, order: order, target) else { return missing }
        documents[index].isRemoved = true
        let isOurs = documents[index].id >= 900_000_001
        if isOurs {
            plan.drop(documents[index].handle)
        } else {
            plan.change(documents[index].handle) { write in
                write.action = .remove
                write.calls.append(target.call)
            }
        }
        return Response(status: 200, json: [:])
    }

    /// Brings the plan up to what has become of the document.
    private func tell(_ document: RehearsedDocument, _ call: PlannedWrite.Call? = nil) {
        plan.change(document.handle) { write in
            write.action = !document.isConfirmed ? .draft : document.kind == .shipment ? .ship : .receive
            write.fields = document.fields
            if let call { write.calls.append(call) }
        }
    }

    // MARK: Adjustments

    private func adjust(_ target: Target) -> Response {
        guard let body = target.body, let item = body["item_id"], let quantity = body["quantity"]?.quantity,
            let location = body["location"]
        else { return refused("the dry run cannot read this adjustment") }
        let isRelative = body[profile["adjustment.relative_flag_name"]]?.bool ?? false
        let base = seen[Self.place(item.shown, location.shown)] ?? .zero
        let change = isRelative ? quantity : quantity - base
        let showsChange = profile["adjustment.line_quantity"] == "change"
        let handle = plan.add(
            .rackbeat, .draft, "\(item.shown) at \(location.shown)",
            fields: [
                PlannedWrite.Field(
                    name: "stock", held: isRelative ? .notShown : .value(base.description),
                    new: isRelative ? change.signed : "\(quantity) (\(change.signed))"),
                PlannedWrite.Field(name: "reason", held: .nothing, new: body["reason"]?.shown ?? ""),
            ], call: target.call)
        let adjustment = Adjustment(
            id: newIdentifier(), item: item, location: location, change: change, reason: body["reason"] ?? .null,
            shown: showsChange ? change : base + change, handle: handle)
        adjustments.append(adjustment)
        if !profile.isOn("adjustment.needs_booking") { book(adjustments.count - 1) }
        return Response(status: 201, json: ["inventory_regulation": adjustment.json])
    }

    private func book(_ target: Target) -> Response {
        guard let index = adjustments.firstIndex(where: { String($0.id) == target.segments[1] && !$0.isRemoved }) else {
            // A draft that an earlier run made. Its ledger row cannot be foreseen, so the run stops at it, as after a doubt.
            plan.add(.rackbeat, .adjust, "the draft \(target.segments[1]) that an earlier run made", call: target.call)
            return Response(status: 200, json: [:])
        }
        book(index)
        plan.change(adjustments[index].handle) { $0.calls.append(target.call) }
        return Response(status: 200, json: [:])
    }

    private func book(_ index: Int) {
        guard !adjustments[index].isBooked else { return }
        adjustments[index].isBooked = true
        moved[adjustments[index].place, default: .zero] += adjustments[index].change
        plan.change(adjustments[index].handle) { $0.action = .adjust }
    }

    private func removeAdjustment(_ target: Target) -> Response {
        guard let index = adjustments.firstIndex(where: { String($0.id) == target.segments[1] }) else {
            plan.add(.rackbeat, .remove, "the draft \(target.segments[1]) that an earlier run made", call: target.call)
            return Response(status: 200, json: [:])
        }
        adjustments[index].isRemoved = true
        plan.drop(adjustments[index].handle)
        return Response(status: 200, json: [:])
    }

    // MARK: Answers

    private func refused(_ message: String) -> Response { Response(status: 422, json: ["message": .string(message)]) }

    private var missing: Response { Response(status: 404, json: ["message": "Not found."]) }

    private func newIdentifier() -> Int {
        defer { nextIdentifier += 1 }
        return nextIdentifier
    }
}
