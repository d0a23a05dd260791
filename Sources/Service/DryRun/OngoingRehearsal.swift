import Exchange
import HTTPTypes
import JSON

/// A warehouse that writes nothing down but in the plan.
final class OngoingRehearsal: Rehearsal {
    let basePath: String
    private let transport: any Transport
    let lookup: Lookup
    private let plan: WritePlan
    private let cancelledOrderStatus: Int
    private let cancelledPurchaseStatus: Int
    /// Of what would be new.
    private var nextIdentifier = 900_000_001
    private var cancelledOrders: Set<Int> = []
    private var cancelledPurchaseOrders: Set<Int> = []

    init(
        basePath: String, transport: any Transport, lookup: Lookup, plan: WritePlan, cancelledOrderStatus: Int,
        cancelledPurchaseStatus: Int
    ) {
        self.basePath = basePath
        self.transport = transport
        self.lookup = lookup
        self.plan = plan
        self.cancelledOrderStatus = cancelledOrderStatus
        self.cancelledPurchaseStatus = cancelledPurchaseStatus
    }

    // MARK: Reading

    /// The engine does not believe a yes to a cancelling: it looks whether the order is cancelled now.
    func answer(_ target: Target, to request: Request) throws -> Response {
        let response = try transport.send(request)
        switch target.segments.first {
        case "orders" where !cancelledOrders.isEmpty:
            return response.tree.map { response.saying(cancelling($0, cancelledOrders, in: "order", cancelledOrderStatus)) }
                ?? response
        case "purchaseOrders" where !cancelledPurchaseOrders.isEmpty:
            return response.tree.map {
                response.saying(cancelling($0, cancelledPurchaseOrders, in: "purchaseOrder", cancelledPurchaseStatus))
            } ?? response
        default: return response
        }
    }

    private func cancelling(_ json: JSON, _ ids: Set<Int>, in noun: String, _ status: Int) -> JSON {
        if case .array(let rows) = json { return .array(rows.map { cancelling($0, ids, in: noun, status) }) }
        guard let id = json.at(["\(noun)Info", "\(noun)Id"])?.int, ids.contains(id) else { return json }
        return json.replacing(["\(noun)Info", "\(noun)Status"], with: ["number": JSON(status), "text": "Cancelled"])
    }

    // MARK: Writing

    func record(_ target: Target) throws -> Response {
        let body = target.body ?? [:]
        switch (target.call.method, target.segments.count, target.segments.first) {
        case ("PUT", 1, "articles"): return try put(.article, body, target.call)
        case ("PUT", 1, "orders"): return try put(.order, body, target.call)
        case ("PUT", 1, "purchaseOrders"): return try put(.purchaseOrder, body, target.call)
        case ("DELETE", 2, "orders"):
            try cancel(target, "order", noting: &cancelledOrders)
            return said("orderId", Int(target.segments[1]))
        case ("DELETE", 2, "purchaseOrders"):
            try cancel(target, "purchase order", noting: &cancelledPurchaseOrders)
            return said("purchaseOrderId", Int(target.segments[1]))
        case ("PATCH", 5, "orders"), ("PATCH", 5, "purchaseOrders"):
            let noun = target.segments[0] == "orders" ? "order" : "purchase order"
            let field = PlannedWrite.Field(
                name: "line \(target.segments[3]), reportedNumberOfItems", held: .notShown,
                new: body["reportedNumberOfItems"]?.shown ?? "")
            plan.add(
                .ongoing, .report, "\(noun) with the identifier \(target.segments[1])", fields: [field], call: target.call)
        case ("PATCH", _, "inventoryAdjustments"):
            plan.add(.ongoing, .report, "adjustment \(target.segments.dropFirst().first ?? "")", call: target.call)
        default:
            plan.add(.ongoing, .other, "\(target.call.method) /\(target.segments.joined(separator: "/"))", call: target.call)
        }
        return Response(status: 200, json: [:])
    }

    private struct Shape {
        let noun: String
        let number: String
        let list: String
        let identifier: [String]
        let status: [String]
    }

    private func shape(_ kind: HeldComparison.Kind) -> Shape {
        switch kind {
        case .article:
            Shape(
                noun: "article", number: "articleNumber", list: "articles", identifier: ["articleSystemId"], status: [])
        case .order:
            Shape(
                noun: "order", number: "orderNumber", list: "orders", identifier: ["orderInfo", "orderId"],
                status: ["orderInfo", "orderStatus"])
        case .purchaseOrder:
            Shape(
                noun: "purchase order", number: "purchaseOrderNumber", list: "purchaseOrders",
                identifier: ["purchaseOrderInfo", "purchaseOrderId"], status: ["purchaseOrderInfo", "purchaseOrderStatus"])
        }
    }

    private func put(_ kind: HeldComparison.Kind, _ body: JSON, _ call: PlannedWrite.Call) throws -> Response {
        let shape = shape(kind)
        let number = body[shape.number]?.shown ?? ""
        var query = Query()
        query.append("goodsOwnerId", body["goodsOwnerId"]?.shown ?? "")
        query.append(shape.number, number)
        var held: JSON?
        var problem: String?
        switch try lookup.get(shape.list, query) {
        case .json(let rows):
            // Never trust a filter: a server that ignores it would show another's.
            held = rows.array?.first { row in
                (kind == .article ? row[shape.number] : row.at([shape.identifier[0], shape.number]))?.key == number
            }
        case .nothing: break
        case .unreadable(let why): problem = "what the warehouse holds could not be read: \(why)"
        }
        let fields = HeldComparison(kind, held: problem == nil ? held : [:]).fields(of: body)
        let isNew = held == nil && problem == nil
        plan.add(
            .ongoing, isNew ? .create : fields.isEmpty ? .rewrite : .change, "\(shape.noun) \(number)", fields: fields,
            note: problem ?? status(held, shape), call: call)
        return said(shape.identifier.last!, held?.at(shape.identifier)?.int ?? newIdentifier())
    }

    /// Whether it may still be changed is the warehouse's decision; its status lets a person guess.
    private func status(_ held: JSON?, _ shape: Shape) -> String? {
        guard !shape.status.isEmpty, let status = held?.at(shape.status), let number = status["number"] else { return nil }
        return String("the warehouse holds it at status \(number.shown) \(status["text"]?.shown ?? "")".trimmed)
    }

    private func cancel(_ target: Target, _ noun: String, noting ids: inout Set<Int>) throws {
        let path = target.segments[0]
        let info = path == "orders" ? "orderInfo" : "purchaseOrderInfo"
        let member = path == "orders" ? "orderNumber" : "purchaseOrderNumber"
        let number = try lookup.json("\(path)/\(target.segments[1])")?.at([info, member])?.shown
        plan.add(
            .ongoing, .cancel, number.map { "\(noun) \($0)" } ?? "\(noun) with the identifier \(target.segments[1])",
            call: target.call)
        if let id = Int(target.segments[1]) { ids.insert(id) }
    }

    private func said(_ member: String, _ id: Int?) -> Response {
        Response(status: 200, json: .object([member: id.map { JSON($0) } ?? .null, "message": ""]))
    }

    private func newIdentifier() -> Int {
        defer { nextIdentifier += 1 }
        return nextIdentifier
    }
}
