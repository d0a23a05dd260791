import Exchange
import JSON

/// Changes of customers and suppliers, and the people and addresses that belong to them.
extension RackbeatFake {
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
        guard let group = supplierGroupBook[try context.number("number")] else { throw .notFound }
        return one("supplier_group", wire(group), fields: try context.fields())
    }

    // MARK: People

    func listSupplierContacts(_ context: RequestContext) throws(Refusal) -> Response {
        let supplier = try supplier(context)
        let people = people.ofSupplier[supplier.number] ?? []
        return try list(contacts(of: supplier.name, supplier.address, people), as: "contacts", context.query)
    }

    func listCustomerContacts(_ context: RequestContext) throws(Refusal) -> Response {
        let customer = try customer(context)
        let people = people.ofCustomer[customer.number] ?? []
        return try list(contacts(of: customer.name, customer.address, people), as: "contacts", context.query)
    }

    func postSupplierContact(_ context: RequestContext) throws(Refusal) -> Response {
        let supplier = try supplier(context).number
        let person = try person(context.body)
        people.ofSupplier[supplier, default: []].append(person)
        return one("contact", wire(person), status: 201)
    }

    func postCustomerContact(_ context: RequestContext) throws(Refusal) -> Response {
        let customer = try customer(context).number
        let person = try person(context.body)
        people.ofCustomer[customer, default: []].append(person)
        return one("contact", wire(person), status: 201)
    }

    private func person(_ body: JSONObject) throws(Refusal) -> AddressBook.Person {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        var name = ""
        var (email, phone): (String?, String?)
        reader.text("name", into: &name)
        reader.text("email", into: &email)
        reader.text("phone", into: &phone)
        try problems.throwIfAny()
        return AddressBook.Person(number: numbers.nextContact(), name: name, email: email, phone: phone)
    }

    /// The way to reach a partner that stands on the partner itself comes first, under the number 0.
    private func contacts(of name: String, _ address: Address, _ people: [AddressBook.Person]) -> [JSON] {
        let isReachable = address.email != nil || address.phone != nil
        let own = AddressBook.Person(number: 0, name: name, email: address.email, phone: address.phone)
        return ((isReachable ? [own] : []) + people).map(wire)
    }

    private func wire(_ person: AddressBook.Person) -> JSON {
        var members = Members(capacity: 4)
        members.add("number", person.number)
        members.add("name", person.name)
        members.add("email", person.email)
        members.add("phone", person.phone)
        return members.json
    }

    // MARK: Addresses

    func listCustomerAddresses(_ context: RequestContext) throws(Refusal) -> Response {
        let addresses = people.addressesOfCustomer[try customer(context).number] ?? []
        return try list(addresses.map { wire($0.address, number: $0.number) }, as: "addresses", context.query)
    }

    func postCustomerAddress(_ context: RequestContext) throws(Refusal) -> Response {
        let customer = try customer(context).number
        let problems = Problems()
        let reader = Reader(object: context.body, problems: problems)
        reader.require("name")
        var address = Address()
        read(address: reader, "", into: &address)
        try problems.throwIfAny()
        let number = numbers.nextContact()
        people.addressesOfCustomer[customer, default: []].append((number, address))
        return one("address", wire(address, number: number), status: 201)
    }

    private func wire(_ address: Address, number: Int) -> JSON {
        var members = Members(capacity: 9)
        members.add("number", number)
        members.add("name", address.name)
        members.add(placeOf: address)
        return members.json
    }
}
