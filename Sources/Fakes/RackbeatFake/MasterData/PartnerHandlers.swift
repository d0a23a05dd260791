import Exchange
import FakeKit
import JSON
import Units

/// Suppliers and customers, with their contacts and addresses.
extension RackbeatFake {
    static var partnerRoutes: [Route<Handler>] {
        [
            .list("suppliers", listSuppliers),
            .post("suppliers", postSupplier),
            .get("suppliers/{number}", getSupplier),
            .put("suppliers/{number}", putSupplier),
            .list("suppliers/{number}/contacts", listSupplierContacts),
            .post("suppliers/{number}/contacts", postSupplierContact),
            .list("supplier-groups", listSupplierGroups),
            .post("supplier-groups", postSupplierGroup),
            .get("supplier-groups/{number}", getSupplierGroup),
            .list("customers", listCustomers),
            .post("customers", postCustomer),
            .get("customers/{number}", getCustomer),
            .put("customers/{number}", putCustomer),
            .list("customers/{number}/contacts", listCustomerContacts),
            .post("customers/{number}/contacts", postCustomerContact),
            .list("customers/{number}/addresses", listCustomerAddresses),
            .post("customers/{number}/addresses", postCustomerAddress),
        ]
    }

    func listSuppliers(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<SupplierRecord>(
            plural: "suppliers", keyName: "number", filters: [.search { [String($0.number), $0.name] }],
            columns: [.by("name", \.name)], write: { [self] in wire($0) })
        return try list(store.suppliers, listing, context.query)
    }

    func supplier(_ context: RequestContext) throws(Refusal) -> SupplierRecord {
        let supplier = try store.suppliers.found(context.number("number"))
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
        return try list(store.supplierGroups, listing, context.query)
    }

    func listCustomers(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<CustomerRecord>(
            plural: "customers", keyName: "number",
            filters: [.flag("is_barred", \.isBarred), .search { [String($0.number), $0.name] }],
            columns: [.by("name", \.name)], simpleFilters: [.text("ean", \.ean)], write: { [self] in wire($0) })
        return try list(store.customers, listing, context.query)
    }

    func customer(_ context: RequestContext) throws(Refusal) -> CustomerRecord {
        let customer = try store.customers.found(context.number("number"))
        return customer
    }

    func getCustomer(_ context: RequestContext) throws(Refusal) -> Response {
        one("customer", wire(try customer(context)), fields: try context.fields())
    }

    func postCustomer(_ context: RequestContext) throws(Refusal) -> Response {
        one("customer", wire(try createCustomer(context.body)), status: 201)
    }

    func putSupplier(_ context: RequestContext) throws(Refusal) -> Response {
        one("supplier", wire(try change(supplier: try supplier(context).number, context.body)))
    }

    func putCustomer(_ context: RequestContext) throws(Refusal) -> Response {
        one("customer", wire(try change(customer: try customer(context).number, context.body)))
    }

    func postSupplierGroup(_ context: RequestContext) throws(Refusal) -> Response {
        one("supplier_group", wire(try createSupplierGroup(context.body)), status: 201)
    }

    func getSupplierGroup(_ context: RequestContext) throws(Refusal) -> Response {
        let group = try store.supplierGroups.found(context.number("number"))
        return one("supplier_group", wire(group), fields: try context.fields())
    }

    // MARK: People

    func listSupplierContacts(_ context: RequestContext) throws(Refusal) -> Response {
        let supplier = try supplier(context)
        let people = store.people.ofSupplier[supplier.number] ?? []
        return try list(contacts(of: supplier.name, supplier.address, people), as: "contacts", context.query)
    }

    func listCustomerContacts(_ context: RequestContext) throws(Refusal) -> Response {
        let customer = try customer(context)
        let people = store.people.ofCustomer[customer.number] ?? []
        return try list(contacts(of: customer.name, customer.address, people), as: "contacts", context.query)
    }

    func postSupplierContact(_ context: RequestContext) throws(Refusal) -> Response {
        let supplier = try supplier(context).number
        let person = try person(context.body)
        store.people.ofSupplier[supplier, default: []].append(person)
        return one("contact", wire(person), status: 201)
    }

    func postCustomerContact(_ context: RequestContext) throws(Refusal) -> Response {
        let customer = try customer(context).number
        let person = try person(context.body)
        store.people.ofCustomer[customer, default: []].append(person)
        return one("contact", wire(person), status: 201)
    }

    private func person(_ body: JSONObject) throws(Refusal) -> AddressBook.Person {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        var name = ""
        var (email, phone): (String?, String?)
        reader.text("name", into: &name)
        reader.text("email", into: &email)
        reader.text("phone", into: &phone)
        try problems.throwIfAny()
        return AddressBook.Person(number: store.numbers.next(\.contact), name: name, email: email, phone: phone)
    }

    /// The contact on the partner itself comes first, as number 0.
    private func contacts(of name: String, _ address: Address, _ people: [AddressBook.Person]) -> [JSON] {
        let isReachable = address.email != nil || address.phone != nil
        let own = AddressBook.Person(number: 0, name: name, email: address.email, phone: address.phone)
        return ((isReachable ? [own] : []) + people).map(wire)
    }

    // MARK: Addresses

    func listCustomerAddresses(_ context: RequestContext) throws(Refusal) -> Response {
        let addresses = store.people.addressesOfCustomer[try customer(context).number] ?? []
        return try list(addresses.map { wire($0.address, number: $0.number) }, as: "addresses", context.query)
    }

    func postCustomerAddress(_ context: RequestContext) throws(Refusal) -> Response {
        let customer = try customer(context).number
        let problems = Problems()
        let reader = BodyReader(object: context.body, problems: problems)
        reader.require("name")
        var address = Address()
        read(address: reader, "", into: &address)
        try problems.throwIfAny()
        let number = store.numbers.next(\.contact)
        store.people.addressesOfCustomer[customer, default: []].append((number, address))
        return one("address", wire(address, number: number), status: 201)
    }
}
