import Exchange
import FakeKit
import JSON
import Units

/// Groups, terms, units and employees.
extension RackbeatFake {
    static var masterDataRoutes: [Route<Handler>] {
        [
            .list("product-groups", listGroups),
            .post("product-groups", postGroup),
            .get("product-groups/{number}", getGroup),
            .list("payment-terms", listPaymentTerms),
            .get("payment-terms/{number}", getPaymentTerm),
            .list("delivery-terms", listDeliveryTerms),
            .list("employees", listEmployees),
            .get("employees/{number}", getEmployee),
            .list("units", listUnits),
        ]
    }

    func listGroups(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<GroupRecord>(
            plural: "product_groups", keyName: "number", filters: [.search { [String($0.number), $0.name] }],
            write: { [self] in wire($0) })
        return try list(store.groups, listing, context.query)
    }

    func getGroup(_ context: RequestContext) throws(Refusal) -> Response {
        let group = try store.groups.found(context.number("number"))
        return one("product_group", wire(group), fields: try context.fields())
    }

    func postGroup(_ context: RequestContext) throws(Refusal) -> Response {
        one("product_group", wire(try createGroup(context.body)), status: 201)
    }

    func listPaymentTerms(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<PaymentTermRecord>(plural: "payment_terms", keyName: "number", write: { [self] in wire($0) })
        return try list(store.paymentTerms, listing, context.query)
    }

    func getPaymentTerm(_ context: RequestContext) throws(Refusal) -> Response {
        let term = try store.paymentTerms.found(context.number("number"))
        return one("payment_term", wire(term), fields: try context.fields())
    }

    func listDeliveryTerms(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<DeliveryTermRecord>(
            plural: "delivery_terms", keyName: "number", write: { [self] in wire($0) })
        return try list(store.deliveryTerms, listing, context.query)
    }

    func listEmployees(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<EmployeeRecord>(
            plural: "employees", keyName: "number", filters: [.text("name", \.name)], write: { [self] in wire($0) })
        return try list(store.employees, listing, context.query)
    }

    func getEmployee(_ context: RequestContext) throws(Refusal) -> Response {
        let employee = try store.employees.found(context.number("number"))
        return one("employee", wire(employee), fields: try context.fields())
    }

    func listUnits(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<UnitRecord>(plural: "units", keyName: "number", write: { [self] in wire($0) })
        return try list(store.units, listing, context.query)
    }
}
