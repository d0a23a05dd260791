import Exchange
import JSON
import Units

/// Locations, groups, partners and the small lists around them.
extension RackbeatFake {
    private var locationListing: Listing<LocationRecord> {
        Listing(
            plural: "locations", keyName: "number",
            filters: [
                .flag("is_default", \.isDefault), .flag("is_draft") { _ in false }, .number("parent_id", \.parent),
                .search { [String($0.number), $0.name, $0.barcode] },
            ], columns: [.by("name", \.name)], write: { [self] in wire($0) })
    }

    func listLocations(_ context: RequestContext) throws(Refusal) -> Response {
        try list(locationBook, locationListing, context.query)
    }

    func listChildren(_ context: RequestContext) throws(Refusal) -> Response {
        try list(children(of: try location(context).number), locationListing, context.query)
    }

    private func location(_ context: RequestContext) throws(Refusal) -> LocationRecord {
        guard let location = locationBook[try context.number("number")] else { throw .notFound }
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

    func listGroups(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<GroupRecord>(
            plural: "product_groups", keyName: "number", filters: [.search { [String($0.number), $0.name] }],
            write: { [self] in wire($0) })
        return try list(groupBook, listing, context.query)
    }

    func getGroup(_ context: RequestContext) throws(Refusal) -> Response {
        guard let group = groupBook[try context.number("number")] else { throw .notFound }
        return one("product_group", wire(group), fields: try context.fields())
    }

    func postGroup(_ context: RequestContext) throws(Refusal) -> Response {
        one("product_group", wire(try createGroup(context.body)), status: 201)
    }

    func listSuppliers(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<SupplierRecord>(
            plural: "suppliers", keyName: "number", filters: [.search { [String($0.number), $0.name] }],
            columns: [.by("name", \.name)], write: { [self] in wire($0) })
        return try list(supplierBook, listing, context.query)
    }

    func supplier(_ context: RequestContext) throws(Refusal) -> SupplierRecord {
        guard let supplier = supplierBook[try context.number("number")] else { throw .notFound }
        return supplier
    }

    func getSupplier(_ context: RequestContext) throws(Refusal) -> Response {
        one("supplier", wire(try supplier(context)), fields: try context.fields())
    }

    func postSupplier(_ context: RequestContext) throws(Refusal) -> Response {
        one("supplier", wire(try createSupplier(context.body)), status: 201)
    }

    func listSupplierGroups(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<SupplierGroupRecord>(
            plural: "supplier_groups", keyName: "number", write: { [self] in wire($0) })
        return try list(supplierGroupBook, listing, context.query)
    }

    func listCustomers(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<CustomerRecord>(
            plural: "customers", keyName: "number",
            filters: [.flag("is_barred", \.isBarred), .search { [String($0.number), $0.name] }],
            columns: [.by("name", \.name)], simpleFilters: [.text("ean", \.ean)], write: { [self] in wire($0) })
        return try list(customerBook, listing, context.query)
    }

    func customer(_ context: RequestContext) throws(Refusal) -> CustomerRecord {
        guard let customer = customerBook[try context.number("number")] else { throw .notFound }
        return customer
    }

    func getCustomer(_ context: RequestContext) throws(Refusal) -> Response {
        one("customer", wire(try customer(context)), fields: try context.fields())
    }

    func postCustomer(_ context: RequestContext) throws(Refusal) -> Response {
        one("customer", wire(try createCustomer(context.body)), status: 201)
    }

    func listPaymentTerms(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<PaymentTermRecord>(plural: "payment_terms", keyName: "number", write: { [self] in wire($0) })
        return try list(paymentTermBook, listing, context.query)
    }

    func getPaymentTerm(_ context: RequestContext) throws(Refusal) -> Response {
        guard let term = paymentTermBook[try context.number("number")] else { throw .notFound }
        return one("payment_term", wire(term), fields: try context.fields())
    }

    func listDeliveryTerms(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<DeliveryTermRecord>(
            plural: "delivery_terms", keyName: "number", write: { [self] in wire($0) })
        return try list(deliveryTermBook, listing, context.query)
    }

    func listEmployees(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<EmployeeRecord>(
            plural: "employees", keyName: "number", filters: [.text("name", \.name)], write: { [self] in wire($0) })
        return try list(employeeBook, listing, context.query)
    }

    func getEmployee(_ context: RequestContext) throws(Refusal) -> Response {
        guard let employee = employeeBook[try context.number("number")] else { throw .notFound }
        return one("employee", wire(employee), fields: try context.fields())
    }

    func listUnits(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<UnitRecord>(plural: "units", keyName: "number", write: { [self] in wire($0) })
        return try list(unitBook, listing, context.query)
    }

    func listLayouts(_ context: RequestContext) throws(Refusal) -> Response {
        try list([["number": 1, "name": "Standard"]], as: "layouts", context.query)
    }

    /// No custom fields are kept.
    func listFields(_ context: RequestContext) throws(Refusal) -> Response { try list([JSON](), as: "fields", context.query) }
}
