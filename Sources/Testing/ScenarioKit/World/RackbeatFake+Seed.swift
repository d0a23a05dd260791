import FakeKit
import RackbeatFake
package import StrictYAML
import Units

/// A part of a scenario's `world` that a fake does not take.
struct RefusedSeed: Error {
    let place: Place
    let reason: ActionError
}

extension Value {
    /// Sets up what the value describes, and says where it stands when a fake refuses it.
    func seeding(_ act: () throws -> Void) throws {
        do { try act() } catch let error as ActionError { throw RefusedSeed(place: place, reason: error) }
    }
}

extension RackbeatFake {
    /// Sets up the account as the scenario's `world` says, with defaults for the rest.
    package func seedAccount(with world: Value?, stockAt location: Int) throws {
        try seedMasterData(with: world)
        let group = RackbeatSeeds.defaultGroup(world)
        for product in world?["products"]?.list ?? [] {
            try product.seeding { try addProduct(RackbeatSeeds.product(product, stockAt: location, group: group)) }
        }
        guard let generate = world?["generate"] else { return }
        for number in 1...generate.required("products").int {
            var seed = ProductSeed(number: GeneratedProduct.name(number), name: "Product \(number)")
            seed.price = ExactDecimal(number)
            seed.group = group
            if let stock = generate["stock"] { seed.stock[location] = stock.decimal }
            try generate.seeding { try addProduct(seed) }
        }
    }

    private func seedMasterData(with world: Value?) throws {
        let locations = world?["locations"]?.list ?? []
        // By their order in the list: values that were not read from a file all have one place.
        for (index, location) in locations.enumerated() {
            try location.seeding { try addLocation(RackbeatSeeds.location(location, isFirst: index == 0)) }
        }
        if locations.isEmpty { try addLocation(LocationSeed(number: 1001, name: "Main", isDefault: true)) }

        let groups = world?["groups"]?.list ?? []
        for group in groups { try group.seeding { try addGroup(RackbeatSeeds.group(group)) } }
        if groups.isEmpty { try addGroup(GroupSeed(number: 1, name: "Goods")) }

        let terms = world?["payment-terms"]?.list ?? []
        for term in terms {
            let seed = PaymentTermSeed(
                number: term.required("number").number, name: term["name"]?.text ?? "", description: term["description"]?.text)
            try term.seeding { try addPaymentTerm(seed) }
        }
        if terms.isEmpty { try addPaymentTerm(PaymentTermSeed(number: 7, name: "Net 14", description: "14 days")) }

        let employees = world?["employees"]?.list ?? []
        for employee in employees {
            let seed = EmployeeSeed(number: employee.required("number").number, name: employee.required("name").text)
            try employee.seeding { try addEmployee(seed) }
        }
        if employees.isEmpty { try addEmployee(EmployeeSeed(number: 3, name: "Mia Prøve")) }
        try seedPartners(with: world)
    }

    private func seedPartners(with world: Value?) throws {
        let suppliers = world?["suppliers"]?.list ?? []
        var groups: [String] = []
        for supplier in suppliers {
            var seed = SupplierSeed(number: supplier.required("number").number)
            seed.name = supplier["name"]?.text ?? "Supplier \(seed.number)"
            seed.address = RackbeatSeeds.address(supplier)
            if let group = supplier["group"]?.text {
                if !groups.contains(group) {
                    groups.append(group)
                    try supplier.seeding { try addSupplierGroup(SupplierGroupSeed(number: groups.count, name: group)) }
                }
                seed.group = groups.firstIndex(of: group)! + 1
            }
            try supplier.seeding { try addSupplier(seed) }
        }
        if suppliers.isEmpty { try addSupplier(RackbeatSeeds.usualSupplier) }

        let customers = world?["customers"]?.list ?? []
        let term = paymentTerms.first?.number
        for customer in customers {
            var seed = CustomerSeed(number: customer.required("number").number, paymentTerm: term)
            seed.name = customer["name"]?.text ?? "Customer \(seed.number)"
            seed.address = RackbeatSeeds.address(customer)
            seed.address.name = seed.name
            try customer.seeding { try addCustomer(seed) }
        }
        if customers.isEmpty { try addCustomer(RackbeatSeeds.usualCustomer(paymentTerm: term)) }
    }
}

extension RackbeatSeeds {
    static func location(_ value: Value, isFirst: Bool) -> LocationSeed {
        let number = value.required("number")
        return LocationSeed(
            number: number.number, name: value["name"]?.text ?? number.text, isDefault: value["default"]?.flag ?? isFirst,
            parent: value["parent"]?.number)
    }

    static func group(_ value: Value) -> GroupSeed {
        GroupSeed(
            number: value.required("number").number, name: value["name"]?.text ?? "Goods",
            vatDomestic: value["vat"]?.decimal ?? 25)
    }

    /// The group of a product that names none: the first.
    static func defaultGroup(_ world: Value?) -> Int { world?["groups"]?.list.first?.required("number").number ?? 1 }

    static let usualSupplier = SupplierSeed(
        number: 20, name: "Ler A/S",
        address: Address(
            street: "Ovnvej 4", zipcode: "7100", city: "Vejle", country: "Denmark", email: "salg@ler.example",
            phone: "+4575111111"))

    static func usualCustomer(paymentTerm: Int?) -> CustomerSeed {
        CustomerSeed(
            number: 501, name: "Café Fiktiv",
            address: Address(
                name: "Café Fiktiv", street: "Gade 1", zipcode: "8000", city: "Aarhus C", country: "Denmark",
                email: "lager@fiktiv.example", phone: "+4586111111"),
            paymentTerm: paymentTerm)
    }
}
