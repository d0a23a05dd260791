import Exchange
import JSON

/// Changes of customers and suppliers, and the people and addresses that belong to them.
extension RackbeatFake {
    func putSupplier(_ asked: Asked) throws(Refusal) -> Response {
        one("supplier", wire(try change(supplier: try supplier(asked).number, asked.body)))
    }

    func putCustomer(_ asked: Asked) throws(Refusal) -> Response {
        one("customer", wire(try change(customer: try customer(asked).number, asked.body)))
    }

    func postSupplierGroup(_ asked: Asked) throws(Refusal) -> Response {
        one("supplier_group", wire(try createSupplierGroup(asked.body)), status: 201)
    }

    func getSupplierGroup(_ asked: Asked) throws(Refusal) -> Response {
        guard let group = supplierGroupBook[try asked.number("number")] else { throw .notFound }
        return one("supplier_group", wire(group), fields: try asked.fields())
    }

    // MARK: People

    func listSupplierContacts(_ asked: Asked) throws(Refusal) -> Response {
        let supplier = try supplier(asked)
        let people = people.ofSupplier[supplier.number] ?? []
        return try list(contacts(of: supplier.name, supplier.address, people), as: "contacts", asked.query)
    }

    func listCustomerContacts(_ asked: Asked) throws(Refusal) -> Response {
        let customer = try customer(asked)
        let people = people.ofCustomer[customer.number] ?? []
        return try list(contacts(of: customer.name, customer.address, people), as: "contacts", asked.query)
    }

    func postSupplierContact(_ asked: Asked) throws(Refusal) -> Response {
        let supplier = try supplier(asked).number
        let person = try person(asked.body)
        people.ofSupplier[supplier, default: []].append(person)
        return one("contact", wire(person), status: 201)
    }

    func postCustomerContact(_ asked: Asked) throws(Refusal) -> Response {
        let customer = try customer(asked).number
        let person = try person(asked.body)
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

    func listCustomerAddresses(_ asked: Asked) throws(Refusal) -> Response {
        let addresses = people.addressesOfCustomer[try customer(asked).number] ?? []
        return try list(addresses.map { wire($0.address, number: $0.number) }, as: "addresses", asked.query)
    }

    func postCustomerAddress(_ asked: Asked) throws(Refusal) -> Response {
        let customer = try customer(asked).number
        let problems = Problems()
        let reader = Reader(object: asked.body, problems: problems)
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
