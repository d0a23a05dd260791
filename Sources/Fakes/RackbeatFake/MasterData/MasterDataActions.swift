import FakeKit
package import JSON
import Units

extension RackbeatFake {
    /// People may choose any number; the API is stricter.
    private func add<Content>(
        _ content: Content, to table: ReferenceWritableKeyPath<Store, Table<MasterRecord<Content>>>, _ kind: String
    ) throws {
        let wish = "add \(kind) \(content.number)"
        try refuse(wish, unless: (1...999_999_999).contains(content.number), "A number lies between 1 and 999999999.")
        try refuse(wish, unless: store[keyPath: table][content.number] == nil, "Rackbeat holds it already.")
        store[keyPath: table].put(MasterRecord(content: content, createdAt: now, updatedAt: now))
    }

    /// Adds a location. Marking it as default unmarks the old default.
    package func addLocation(_ seed: LocationSeed) throws {
        let wish = "add location \(seed.number)"
        try refuse(
            wish, unless: seed.parent.map { store.locations[$0] != nil } ?? true,
            "Rackbeat holds no location \(seed.parent ?? 0) for it to lie in.")
        try add(seed, to: \.locations, "location")
        if seed.isDefault { _ = put(seed) }
    }

    package func addGroup(_ seed: GroupSeed) throws {
        try refuse(
            "add product group \(seed.number)",
            unless: VATZone.allCases.allSatisfy { (0...100).contains(seed.vat(in: $0)) },
            "A percentage lies between 0 and 100.")
        try add(seed, to: \.groups, "product group")
    }

    package func addSupplierGroup(_ seed: SupplierGroupSeed) throws { try add(seed, to: \.supplierGroups, "supplier group") }

    package func addPaymentTerm(_ seed: PaymentTermSeed) throws {
        try add(seed, to: \.paymentTerms, "payment term")
        raise("payment_terms.created", key: JSON(seed.number), keyName: "number") { wire(store.paymentTerms[seed.number]!) }
    }

    package func addDeliveryTerm(_ seed: DeliveryTermSeed) throws {
        try add(seed, to: \.deliveryTerms, "delivery term")
        raise("delivery_terms.created", key: JSON(seed.number), keyName: "number") { wire(store.deliveryTerms[seed.number]!) }
    }

    package func addEmployee(_ seed: EmployeeSeed) throws {
        try add(seed, to: \.employees, "employee")
        raise("employee.created", key: JSON(seed.number), keyName: "number") { wire(store.employees[seed.number]!) }
    }

    package func addSupplier(_ seed: SupplierSeed) throws {
        let wish = "add supplier \(seed.number)"
        try refuse(
            wish, unless: seed.paymentTerm.map { store.paymentTerms[$0] != nil } ?? true,
            "Rackbeat holds no payment term \(seed.paymentTerm ?? 0).")
        try refuse(
            wish, unless: seed.group.map { store.supplierGroups[$0] != nil } ?? true,
            "Rackbeat holds no supplier group \(seed.group ?? 0).")
        try add(seed, to: \.suppliers, "supplier")
    }

    /// Changes the named members, as a PUT would. Documents that name the supplier are not touched.
    package func changeSupplier(_ number: Int, _ members: JSONObject) throws {
        _ = try perform("change supplier \(number)", held(supplier: number)) {
            try change(supplier: number, members)
        }
    }

    package func addCustomer(_ seed: CustomerSeed) throws {
        try refuse(
            "add customer \(seed.number)", unless: seed.paymentTerm.map { store.paymentTerms[$0] != nil } ?? true,
            "Rackbeat holds no payment term \(seed.paymentTerm ?? 0).")
        try add(seed, to: \.customers, "customer")
    }
}
