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

    func listLocations(_ asked: Asked) throws(Refusal) -> Response {
        try list(locationBook, locationListing, asked.query)
    }

    func listChildren(_ asked: Asked) throws(Refusal) -> Response {
        try list(children(of: try location(asked).number), locationListing, asked.query)
    }

    private func location(_ asked: Asked) throws(Refusal) -> LocationRecord {
        guard let location = locationBook[try asked.number("number")] else { throw .notFound }
        return location
    }

    func getLocation(_ asked: Asked) throws(Refusal) -> Response {
        one("location", wire(try location(asked)), fields: try asked.fields())
    }

    func postLocation(_ asked: Asked) throws(Refusal) -> Response {
        one("location", wire(try createLocation(asked.body)), status: 201)
    }

    func putLocation(_ asked: Asked) throws(Refusal) -> Response {
        one("location", wire(try change(location: try location(asked).number, asked.body)))
    }

    func deleteLocation(_ asked: Asked) throws(Refusal) -> Response {
        try delete(location: try location(asked).number)
        return deleted()
    }

    func listGroups(_ asked: Asked) throws(Refusal) -> Response {
        let listing = Listing<GroupRecord>(
            plural: "product_groups", keyName: "number", filters: [.search { [String($0.number), $0.name] }],
            write: { [self] in wire($0) })
        return try list(groupBook, listing, asked.query)
    }

    func getGroup(_ asked: Asked) throws(Refusal) -> Response {
        guard let group = groupBook[try asked.number("number")] else { throw .notFound }
        return one("product_group", wire(group), fields: try asked.fields())
    }

    func postGroup(_ asked: Asked) throws(Refusal) -> Response {
        one("product_group", wire(try createGroup(asked.body)), status: 201)
    }

    func listSuppliers(_ asked: Asked) throws(Refusal) -> Response {
        let listing = Listing<SupplierRecord>(
            plural: "suppliers", keyName: "number", filters: [.search { [String($0.number), $0.name] }],
            columns: [.by("name", \.name)], write: { [self] in wire($0) })
        return try list(supplierBook, listing, asked.query)
    }

    func supplier(_ asked: Asked) throws(Refusal) -> SupplierRecord {
        guard let supplier = supplierBook[try asked.number("number")] else { throw .notFound }
        return supplier
    }

    func getSupplier(_ asked: Asked) throws(Refusal) -> Response {
        one("supplier", wire(try supplier(asked)), fields: try asked.fields())
    }

    func postSupplier(_ asked: Asked) throws(Refusal) -> Response {
        one("supplier", wire(try createSupplier(asked.body)), status: 201)
    }

    func listSupplierGroups(_ asked: Asked) throws(Refusal) -> Response {
        let listing = Listing<SupplierGroupRecord>(
            plural: "supplier_groups", keyName: "number", write: { [self] in wire($0) })
        return try list(supplierGroupBook, listing, asked.query)
    }

    func listCustomers(_ asked: Asked) throws(Refusal) -> Response {
        let listing = Listing<CustomerRecord>(
            plural: "customers", keyName: "number",
            filters: [.flag("is_barred", \.isBarred), .search { [String($0.number), $0.name] }],
            columns: [.by("name", \.name)], simpleFilters: [.text("ean", \.ean)], write: { [self] in wire($0) })
        return try list(customerBook, listing, asked.query)
    }

    func customer(_ asked: Asked) throws(Refusal) -> CustomerRecord {
        guard let customer = customerBook[try asked.number("number")] else { throw .notFound }
        return customer
    }

    func getCustomer(_ asked: Asked) throws(Refusal) -> Response {
        one("customer", wire(try customer(asked)), fields: try asked.fields())
    }

    func postCustomer(_ asked: Asked) throws(Refusal) -> Response {
        one("customer", wire(try createCustomer(asked.body)), status: 201)
    }

    func listPaymentTerms(_ asked: Asked) throws(Refusal) -> Response {
        let listing = Listing<PaymentTermRecord>(plural: "payment_terms", keyName: "number", write: { [self] in wire($0) })
        return try list(paymentTermBook, listing, asked.query)
    }

    func getPaymentTerm(_ asked: Asked) throws(Refusal) -> Response {
        guard let term = paymentTermBook[try asked.number("number")] else { throw .notFound }
        return one("payment_term", wire(term), fields: try asked.fields())
    }

    func listDeliveryTerms(_ asked: Asked) throws(Refusal) -> Response {
        let listing = Listing<DeliveryTermRecord>(
            plural: "delivery_terms", keyName: "number", write: { [self] in wire($0) })
        return try list(deliveryTermBook, listing, asked.query)
    }

    func listEmployees(_ asked: Asked) throws(Refusal) -> Response {
        let listing = Listing<EmployeeRecord>(
            plural: "employees", keyName: "number", filters: [.text("name", \.name)], write: { [self] in wire($0) })
        return try list(employeeBook, listing, asked.query)
    }

    func getEmployee(_ asked: Asked) throws(Refusal) -> Response {
        guard let employee = employeeBook[try asked.number("number")] else { throw .notFound }
        return one("employee", wire(employee), fields: try asked.fields())
    }

    func listUnits(_ asked: Asked) throws(Refusal) -> Response {
        let listing = Listing<UnitRecord>(plural: "units", keyName: "number", write: { [self] in wire($0) })
        return try list(unitBook, listing, asked.query)
    }

    func listLayouts(_ asked: Asked) throws(Refusal) -> Response {
        try list([["number": 1, "name": "Standard"]], as: "layouts", asked.query)
    }

    /// No custom fields are kept.
    func listFields(_ asked: Asked) throws(Refusal) -> Response { try list([JSON](), as: "fields", asked.query) }
}
